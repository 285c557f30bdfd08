"""Words of the office for states, sizes and events: the one place where codes become what people read."""

from __future__ import annotations

from roadmapdocs.audit.models import Event
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import pgettext
from roadmapdocs.people.rules import Role
from roadmapdocs.web.pages import number


def preparation_word(state: Preparation, gender: str = "m") -> str:
    """The state in words that agree with the kind of the document («приказ подписан», «справка подписана»).

    ``gender`` is that of the kind: m, f, n, or p for what is only plural.
    """
    agreeing = {
        (Preparation.SIGNED, "f"): pgettext("feminine", "signed"),
        (Preparation.SIGNED, "n"): pgettext("neuter", "signed"),
        (Preparation.SIGNED, "p"): pgettext("plural", "signed"),
        (Preparation.WITHDRAWN, "f"): pgettext("feminine", "withdrawn"),
        (Preparation.WITHDRAWN, "n"): pgettext("neuter", "withdrawn"),
        (Preparation.WITHDRAWN, "p"): pgettext("plural", "withdrawn"),
    }
    words = {
        Preparation.DRAFT: _("draft"),
        Preparation.IN_APPROVAL: _("in approval"),
        Preparation.IN_SIGNING: _("in signing"),
        Preparation.SIGNED: _("signed"),
        Preparation.WITHDRAWN: _("withdrawn"),
    }
    return agreeing.get((state, gender), words[state])


def preparation_badge(state: Preparation, gender: str = "m") -> dict[str, str | None]:
    looks = {
        Preparation.DRAFT: "plain",
        Preparation.IN_APPROVAL: "work",
        Preparation.IN_SIGNING: "work",
        Preparation.SIGNED: "ok",
        Preparation.WITHDRAWN: "plain",
    }
    return {"look": looks[state], "label": preparation_word(state, gender), "symbol": None}


def size_words(size: int) -> str:
    """Bytes as people say them: «12 КБ», «3,4 МБ»."""
    if size < 1024 * 1024:
        return _("%(size)s KB", size=max(round(size / 1024), 1))
    return _("%(size)s MB", size=number(round(size / 1024 / 1024, 1)))


def event_sentence(event: Event) -> str:
    """What an entry of the journal says to people; an unknown one is shown by its code."""
    effect = event.effect
    sentences = {
        "document_created": lambda: _("made the card"),
        "document_changed": lambda: _("changed the card"),
        "version_added": lambda: _(
            "added version %(number)s: %(name)s", number=effect.get("version"), name=effect.get("name")
        ),
        "edition_stored": lambda: _("stored edition %(number)s", number=effect.get("edition")),
        "document_linked": lambda: _("linked a document: %(expected)s", expected=effect.get("expected")),
        "document_unlinked": lambda: _("took a link back: %(expected)s", expected=effect.get("expected")),
        "period_waived": lambda: _("not required: %(reason)s", reason=effect.get("reason")),
        "waiver_ended": lambda: _("required again: %(expected)s", expected=effect.get("expected")),
        "expected_confirmed": lambda: _("confirmed what is expected: %(title)s", title=effect.get("title")),
        "expected_rejected": lambda: _("not expected: %(title)s", title=effect.get("title")),
        "expected_added": lambda: _("added what is expected: %(title)s", title=effect.get("title")),
    }
    sentence = sentences.get(event.what)
    return sentence() if sentence else str(event.what)


def role_word(role: str) -> str:
    words = {
        Role.CLERK: _("clerk"),
        Role.EXECUTIVE: _("executive"),
        Role.STAFF: _("staff member"),
        Role.COORDINATOR: _("roadmap coordinator"),
        Role.ADMINISTRATOR: _("administrator"),
    }
    return words[Role(role)]


def gender_word(gender: str) -> str:
    return {"f": _("female"), "m": _("male")}[gender]


def yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")
