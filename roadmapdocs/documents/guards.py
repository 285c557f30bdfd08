"""Conditions that definitions of workflows name: plain decisions with a sentence for those who must wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from roadmapdocs.cases.rules import why_not_closed, why_not_over
from roadmapdocs.documents.rules import Preparation, Registration
from roadmapdocs.i18n import gettext as _
from roadmapdocs.workflow.rules import Line


@dataclass(frozen=True, slots=True)
class Situation:
    """What guards may know of a document. ``meanings`` are its standard states; guards of other domains look up
    what they need by ``document_id``.

    ``case_closed_on`` and ``keep_years`` are those of its case (None: open; kept for good); ``approved`` says
    that a registered document approves it.
    """

    today: dt.date
    document_id: int = 0
    meanings: Mapping[Line, str] = field(default_factory=dict)
    title: str = ""
    date: dt.date | None = None
    signer: str = ""
    has_text: bool = False
    own_number: bool = True
    approved: bool = False
    case_closed_on: dt.date | None = None
    keep_years: int | None = None


Guard = Callable[[Situation], str | None]


def has_text(now: Situation) -> str | None:
    return None if now.has_text else _("There is no file with the text yet. Add it to the card.")


def has_signer(now: Situation) -> str | None:
    return None if now.signer else _("It is not said who signs. Write the signer on the card.")


def is_dated(now: Situation) -> str | None:
    if now.date is None:
        return _("The document has no date. Write the date of signing on the card.")
    if now.date > now.today:
        return _("The document's date, %(date)s, has not come yet.", date=now.date.strftime("%d.%m.%Y"))
    return None


def is_signed(now: Situation) -> str | None:
    if now.meanings.get(Line.PREPARATION) == Preparation.SIGNED:
        return None
    if now.signer:
        return _("When %(signer)s has signed the document, this becomes possible.", signer=now.signer)
    return _("It becomes possible when the document is signed.")


def is_registered(now: Situation) -> str | None:
    if now.meanings.get(Line.REGISTRATION) == Registration.REGISTERED:
        return None
    return _("It becomes possible when the document is registered.")


def not_annulled(now: Situation) -> str | None:
    if now.meanings.get(Line.REGISTRATION) != Registration.ANNULLED:
        return None
    return _("The registration of the document is annulled: it binds nobody.")


def unregistered(now: Situation) -> str | None:
    if now.meanings.get(Line.REGISTRATION) != Registration.REGISTERED:
        return None
    return _("The document is registered. A registered document is amended, repealed or annulled.")


def own_number(now: Situation) -> str | None:
    if now.own_number:
        return None
    return _("A document of this kind has no number of its own: it is known by the document that approves it.")


def approved_by_registered(now: Situation) -> str | None:
    return None if now.approved else _("It becomes possible when the document that approves this one is registered.")


def off_control(now: Situation) -> str | None:
    if now.meanings.get(Line.CONTROL) in {"off", "removed"}:
        return None
    return _("The document is under control. It goes into a case when it has been removed from control.")


def case_closed(now: Situation) -> str | None:
    return why_not_closed(now.case_closed_on)


def term_over(now: Situation) -> str | None:
    return why_not_over(now.case_closed_on, now.keep_years, now.today)


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        has_text,
        has_signer,
        is_dated,
        is_signed,
        is_registered,
        not_annulled,
        unregistered,
        own_number,
        approved_by_registered,
        off_control,
        case_closed,
        term_over,
    )
}
