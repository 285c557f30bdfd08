"""What transitions do beyond moving a document: functions that definitions of workflows name.

An effect writes columns of the document into its :class:`Change`, or names what is to follow once the document has
moved: whoever moves it sees to that (:mod:`roadmapdocs.documents.transitions`). Effects on other documents follow,
so that those see this one as it is then.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from roadmapdocs.cases.operations import find_case, open_case
from roadmapdocs.documents import numbering
from roadmapdocs.documents.links.editions import is_amended
from roadmapdocs.documents.models import Document, Suspension
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.workflow.rules import Line, Transition


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person who performs a transition says with it; ids for journal, entry, case and document.

    ``enclosed`` is what an effect of another domain needs besides: a signature made, a route chosen.
    """

    reason: str = ""
    comment: str = ""
    date: dt.date | None = None
    number: str = ""
    journal: int | None = None
    entry: int | None = None
    case: int | None = None
    due: dt.date | None = None
    document: int | None = None
    points: str = ""
    enclosed: object | None = None

    def as_json(self) -> dict[str, object]:
        """What was said, as plain values for the journal of events."""
        names = [field.name for field in dataclasses.fields(self) if field.name != "enclosed"]
        said = {name: value for name in names if (value := getattr(self, name)) not in (None, "")}
        return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in said.items()}


class LinksAct(StrEnum):
    """What the links of a document do once it has moved: have their effects, or lose them."""

    APPLY = "apply"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Rule:
    """A transition of the same document that follows by rule, where it is open."""

    name: str


#: What comes once the document has moved: a rule, the links' effects, or an act of another domain.
Follow = Rule | LinksAct | Callable[["Change"], None]


@dataclass(slots=True)
class Change:
    """A transition under way. ``columns`` are to be written, ``told`` goes to the journal of events besides.

    ``follow`` is what comes once the document has moved, in this order. ``taken`` says that an effect took up what
    was enclosed with the answers: what nobody takes up must not be lost in silence.
    """

    document: Document
    transition: Transition
    answers: Answers
    by: Actor
    now: dt.datetime
    today: dt.date
    columns: dict[str, Any] = field(default_factory=dict)
    told: dict[str, object] = field(default_factory=dict)
    follow: list[Follow] = field(default_factory=list)
    taken: bool = False

    @property
    def day(self) -> dt.date:
        """The day that the act counts from: the one said, else the document's own, else today."""
        return self.answers.date or self.document.date or self.today


Effect = Callable[[Change], None]


def date_signing(change: Change) -> None:
    """The day of signing becomes the document's date (ГОСТ Р 7.0.97: the date is that of signing)."""
    day = change.answers.date or change.document.date or change.today
    if day > change.today:
        raise _wrong("date", _("A day of signing that has not come cannot be written down. Correct the date."))
    change.columns |= {"date": day, "listed_on": day}


def give_number(change: Change) -> None:
    numbering.give(change)
    change.told["number"] = change.columns["number"]


def reserve_number(change: Change) -> None:
    numbering.reserve(change)
    change.told["number"] = change.columns["number"]


def release_number(change: Change) -> None:
    numbering.release(change)


def annul_number(change: Change) -> None:
    numbering.annul(change)


def date_registration(change: Change) -> None:
    """The day of registration of a document without a number of its own."""
    day = change.day
    if day > change.today:
        raise _wrong("date", _("The day of registration has not come yet. Correct the date."))
    change.columns["registered_on"] = day


def start_force(change: Change) -> None:
    """With the force line itself: from which day. With another line: force follows, from the day on the card."""
    document = change.document
    if change.transition.line is not Line.FORCE:
        change.follow.append(Rule("take_effect"))
        return
    change.columns |= {
        "force_from": change.answers.date or document.force_from or document.date or change.today,
        "force_until": None,
    }
    _amended_still(change)


def end_force(change: Change) -> None:
    day = change.answers.date or change.today
    since = change.document.force_from or change.document.date
    if since is not None and day < since:
        words = since.strftime("%d.%m.%Y")
        raise _wrong("date", _("A document does not lose force before it has it, on %(day)s. Correct the date.", day=words))
    change.columns["force_until"] = day


def restore_force(change: Change) -> None:
    """Force as it was before it ended: still suspended, if it was."""
    change.columns["force_until"] = None
    if _open_suspension(change.document) is not None:
        change.follow.append(Rule("suspend_again"))


def suspend_force(change: Change) -> None:
    document, since = change.document, change.answers.date or change.today
    begins = document.force_from or document.date
    if begins is not None and since < begins:
        words = begins.strftime("%d.%m.%Y")
        raise _wrong("date", _("A document is not suspended before it has force, on %(day)s. Correct the date.", day=words))
    Suspension.create(document=document, since=since, reason=change.answers.reason)


def resume_force(change: Change) -> None:
    until = change.answers.date or change.today
    latest = _open_suspension(change.document)
    if latest is None:
        return
    if until < latest.since:
        words = latest.since.strftime("%d.%m.%Y")
        raise _wrong("date", _("It was suspended on %(day)s: it cannot resume before. Correct the date.", day=words))
    Suspension.update(until=until).where(Suspension.id == latest.id).execute()
    _amended_still(change)


def void_force(change: Change) -> None:
    """Force goes with the registration that gave it."""
    if change.transition.line is not Line.FORCE:
        change.follow.append(Rule("void"))
        return
    change.columns |= {"force_from": None, "force_until": None}
    # What never had force was never suspended; the journal of events keeps that it was thought to be.
    Suspension.delete().where(Suspension.document == change.document).execute()


def apply_links(change: Change) -> None:
    """What the document approves, amends or repeals takes its effect: it is registered now."""
    change.follow.append(LinksAct.APPLY)


def withdraw_links(change: Change) -> None:
    change.follow.append(LinksAct.WITHDRAW)


def file_into_case(change: Change) -> None:
    asked = find_case(change.answers.case or 0, by=change.by)
    case = open_case(asked.id, change.document.organisation_id)
    change.columns["case"] = case.id
    change.told["case_name"] = str(case)


def take_out_of_case(change: Change) -> None:
    change.columns["case"] = None


def set_control(change: Change) -> None:
    due = change.answers.due
    if due is not None and change.document.date is not None and due < change.document.date:
        raise _wrong("due", _("The term is earlier than the document itself. Correct it."))
    change.columns["control_due"] = due


def clear_control(change: Change) -> None:
    change.columns["control_due"] = None


def _amended_still(change: Change) -> None:
    """Force comes back with the amendments that are in effect."""
    if is_amended(change.document.id):
        change.follow.append(Rule("amend"))


def _open_suspension(document: Document) -> Suspension | None:
    found: Suspension | None = (
        Suspension.select()
        .where((Suspension.document == document) & Suspension.until.is_null())
        .order_by(Suspension.since.desc())
        .first()
    )
    return found


def _wrong(field_name: str, sentence: str) -> Refusal:
    return Refusal("answer", sentence, fields={field_name: sentence})


EFFECTS: dict[str, Effect] = {
    effect.__name__: effect
    for effect in (
        date_signing,
        give_number,
        reserve_number,
        release_number,
        annul_number,
        date_registration,
        start_force,
        end_force,
        restore_force,
        suspend_force,
        resume_force,
        void_force,
        apply_links,
        withdraw_links,
        file_into_case,
        take_out_of_case,
        set_control,
        clear_control,
    )
}
