"""Words of the office for states, sizes and roles: the one place where codes become what people read."""

from __future__ import annotations

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language, pgettext
from roadmapdocs.people.rules import Role
from roadmapdocs.web.event_words import event_sentence
from roadmapdocs.web.pages import number
from roadmapdocs.workflow.rules import Line, State, Workflow

__all__ = [
    "control_late_badge",
    "event_sentence",
    "gender_word",
    "line_badge",
    "line_word",
    "mark_word",
    "preparation_badge",
    "preparation_word",
    "role_word",
    "size_words",
    "yes_or_no",
]

Badge = dict[str, str | None]
#: Looks of definitions as badges draw them; a plain state is one that asks for nobody's attention.
_LOOKS = {"plain": "na", "info": "info", "work": "work", "ok": "ok", "late": "late", "closed": "plain"}


def preparation_word(state: Preparation, gender: str = "m") -> str:
    """The standard state in words that agree with the kind («приказ подписан», «справка подписана»).

    ``gender`` is that of the kind: m, f, n, or p for what is only plural.
    """
    agreeing = {
        (Preparation.AGREED, "f"): pgettext("feminine", "agreed"),
        (Preparation.AGREED, "n"): pgettext("neuter", "agreed"),
        (Preparation.AGREED, "p"): pgettext("plural", "agreed"),
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
        Preparation.REWORK: _("in rework"),
        Preparation.AGREED: _("agreed"),
        Preparation.IN_SIGNING: _("in signing"),
        Preparation.SIGNED: _("signed"),
        Preparation.WITHDRAWN: _("withdrawn"),
    }
    return agreeing.get((state, gender), words[state])


def preparation_badge(state: Preparation, gender: str = "m") -> Badge:
    looks = {Preparation.DRAFT: "plain", Preparation.WITHDRAWN: "plain", Preparation.SIGNED: "ok", Preparation.AGREED: "ok"}
    return {"look": looks.get(state, "work"), "label": preparation_word(state, gender), "symbol": None}


def line_word(line: Line) -> str:
    """The caption over a state line."""
    words = {
        Line.PREPARATION: _("Preparation"),
        Line.REGISTRATION: _("Registration"),
        Line.FORCE: _("Legal force"),
        Line.ACQUAINTANCE: _("Acquaintance"),
        Line.CONTROL: _("Control"),
        Line.STORAGE: _("Storage"),
    }
    return words[line]


def line_badge(workflow: Workflow, line: Line, name: str, gender: str = "m") -> Badge:
    """The state ``name`` of a line as the document's own workflow words and draws it."""
    state: State | None = workflow.definitions[line].states.get(name)
    if state is None:
        return {"look": "plain", "label": name, "symbol": None}
    look = _LOOKS.get(state.look, "plain")
    # What is still nobody's affair is drawn as an outline; lines at rest only say so.
    if look == "na" and line is Line.PREPARATION:
        look = "plain"
    elif look == "na" and line in (Line.REGISTRATION, Line.FORCE):
        look = "none"
    return {"look": look, "label": state.label.in_language(language(), gender), "symbol": None}


def control_late_badge() -> Badge:
    """The one line that shouts: the term of control has passed."""
    return {"look": "late", "label": _("control overdue"), "symbol": None}


def mark_word(mark: str) -> str:
    words = {
        Mark.GENERAL: _("for general use"),
        Mark.OFFICIAL: _("for official use only"),
        Mark.PERSONAL: _("personal data"),
    }
    return words[Mark(mark)]


def size_words(size: int) -> str:
    """Bytes as people say them: «12 КБ», «3,4 МБ»."""
    if size < 1024 * 1024:
        return _("%(size)s KB", size=max(round(size / 1024), 1))
    return _("%(size)s MB", size=number(round(size / 1024 / 1024, 1)))


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
