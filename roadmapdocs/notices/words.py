"""What notices say: a headline, which is also the subject of a mail, what is known besides, and the word of the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.models import Document
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext, pgettext
from roadmapdocs.notices import assignment_words, reading_words
from roadmapdocs.notices.told import Phrase, Told

LONGEST_NAME: Final = 120
LONGEST_DETAIL: Final = 1000


@dataclass(frozen=True, slots=True)
class Said:
    """``act`` is the word of the button that leads to the act."""

    headline: str
    details: tuple[str, ...]
    act: str


def document_name(document: Document) -> str:
    """«приказ № 5 «О зачёте»», the title cut to what a line holds."""
    title = document.title if len(document.title) <= LONGEST_NAME else document.title[: LONGEST_NAME - 1].rstrip() + "…"
    number = f" №\N{NO-BREAK SPACE}{document.number}" if document.number else ""
    return f"{_kind(document)}{number} «{title}»"


def name_outside(document: Document) -> str:
    """As :func:`document_name`, for a mail: what is marked does not leave the house by its title."""
    return document_name(document) if document.mark == Mark.GENERAL else _kind(document)


def _kind(document: Document) -> str:
    """The word of the kind as it stands inside a sentence: «приказ», but «ПМПК»."""
    word = str(document.kind.short)
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


def say(
    code: str,
    about: Mapping[str, Any],
    *,
    due: dt.date | None,
    document: Document | None,
    outside: bool = False,
) -> Said:
    """The words of a notice. ``document`` is None where none is open to the reader: then nothing of it is told.

    ``outside``: for a mail, which strangers may come to read.
    """
    if document is None:
        name = _("a document that is not open to you")
    else:
        name = name_outside(document) if outside else document_name(document)
    # What was given without a document is hidden with none.
    known = document is not None or bool(about.get("without_document"))
    open_words = known and not (outside and document is not None and document.mark != Mark.GENERAL)
    told = Told(about, due, name, open_words)
    details = tuple(_cut(told.text(key)) for key in ("reason", "note") if told.text(key)) if open_words else ()
    phrase, act = _PHRASES.get(code, (_anything, _look))
    return Said(phrase(told), details, act())


def decision_word(decision: str) -> str:
    words = {
        "agreed": pgettext("neuter", "agreed"),
        "remarks": _("agreed with remarks"),
        "refused": _("not agreed"),
        "seen": _("has read it"),
    }
    return words.get(decision, decision)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_DETAIL else text[: LONGEST_DETAIL - 1] + "…"


def _anything(told: Told) -> str:
    return _("News about: %(name)s", name=told.name)


def _asked(told: Told) -> str:
    who, name, day = told.text("absent"), told.name, told.day
    if told.about.get("information"):
        return _("For your information: %(name)s", name=name)
    if who and day:
        return _("Approve in the stead of %(who)s by %(day)s: %(name)s", who=who, day=day, name=name)
    if who:
        return _("Approve in the stead of %(who)s: %(name)s", who=who, name=name)
    if day:
        return _("Approve by %(day)s: %(name)s", day=day, name=name)
    return _("Approve: %(name)s", name=name)


def _given(told: Told) -> str:
    return _("%(who)s: %(decision)s – %(name)s", who=told.text("who"), decision=decision_word(told.text("decision")), name=told.name)


def _agreed(told: Told) -> str:
    return _("All have agreed: %(name)s", name=told.name)


def _returned(told: Told) -> str:
    return _("Returned for rework: %(name)s", name=told.name)


def _hurry(told: Told) -> str:
    return _("%(who)s asks you to hurry: %(name)s", who=told.text("who"), name=told.name)


def _soon(told: Told) -> str:
    return _("The term for approval is %(day)s: %(name)s", day=told.day, name=told.name)


def _late(told: Told) -> str:
    return ngettext(
        "Approval is late by %(num)s working day: %(name)s",
        "Approval is late by %(num)s working days: %(name)s",
        told.number("days"),
        name=told.name,
    )


def _escalated(told: Told) -> str:
    return ngettext(
        "%(who)s is late with approval by %(num)s working day: %(name)s",
        "%(who)s is late with approval by %(num)s working days: %(name)s",
        told.number("days"),
        who=told.text("who"),
        name=told.name,
    )


def _sign(told: Told) -> str:
    return _("Sign: %(name)s", name=told.name)


def _matched(told: Told) -> str:
    return ngettext(
        "%(num)s new thing is found by your search “%(name)s”",
        "%(num)s new things are found by your search “%(name)s”",
        told.number("count"),
        name=told.text("search"),
    )


def _decide() -> str:
    return _("Look at it")


def _find() -> str:
    return _("Show what is found")


def _look() -> str:
    return _("Open the card")


#: Code of a notice → its headline, and the word of the act.
def _webhook_stopped(told: Told) -> str:
    return _("Webhook “%(name)s” is switched off: nobody takes its deliveries", name=told.text("webhook"))


_PHRASES: Final[dict[str, tuple[Phrase, Callable[[], str]]]] = {
    "webhook_stopped": (_webhook_stopped, _look),
    "visa_asked": (_asked, _decide),
    "visa_reminded": (_hurry, _decide),
    "visa_soon": (_soon, _decide),
    "visa_late": (_late, _decide),
    "visa_escalated": (_escalated, _look),
    "visa_given": (_given, _look),
    "route_agreed": (_agreed, _look),
    "route_returned": (_returned, _look),
    "sign_asked": (_sign, _decide),
    "search_matched": (_matched, _find),
    **assignment_words.PHRASES,
    **reading_words.PHRASES,
}
CODES: Final = frozenset(_PHRASES)
