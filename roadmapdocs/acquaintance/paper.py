"""What the clerk enters: signatures on paper, texts read aloud, refusals with their act, and what was wrongly entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.access.rules import Action, require
from roadmapdocs.acquaintance.checks import given_reason
from roadmapdocs.acquaintance.lists import follow, latest_sheets
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.operations import locked_line, no_acquaintance
from roadmapdocs.acquaintance.reading import check_open, told_of
from roadmapdocs.acquaintance.words import ReadingState, ReadingWay
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.operations import lock_document, read_document
from roadmapdocs.errors import Conflict, Refusal
from roadmapdocs.files.operations import Kept, keep
from roadmapdocs.files.store import FileStore
from roadmapdocs.hooks import reading_asked, reading_decided
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.russian.names import FullName

#: How many sign an act of a refusal beside the clerk.
WITNESSES: Final = 2
_BY_CLERK: Final = frozenset({str(ReadingWay.PAPER), str(ReadingWay.ALOUD)})
#: What is written when somebody decides, as it is before.
_UNDECIDED: Final[dict[str, Any]] = {
    **{"decided_at": None, "day": None, "way": None, "rule": None, "file": None},
    **{"file_name": "", "comment": "", "made_by": ""},
}


@dataclass(frozen=True, slots=True)
class Scan:
    """A file as it was handed in: the sheet with signatures, or the act of a refusal."""

    data: bytes
    name: str
    store: FileStore


@dataclass(frozen=True, slots=True)
class RefusalAct:
    """The act of a refusal (акт об отказе): at least two ``witnesses`` by name, and its scan if there is one."""

    witnesses: tuple[str, ...]
    scan: Scan | None = None


def confirm_on_paper(
    ids: Collection[int],
    *,
    day: dt.date,
    way: ReadingWay = ReadingWay.PAPER,
    scan: Scan | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> list[Acquaintance]:
    """Enter that these people, of one document, signed the printed sheet on ``day``: all of them, or none.

    :raise Forbidden: if the actor is not the clerk
    :raise NotFound: ``no_acquaintance``
    :raise Refusal: ``day`` if it has not come or is before the document's date; ``way``; ``scan`` if there is none;
        ``documents`` if the people are of several; what :func:`roadmapdocs.files.operations.keep` refuses
    :raise Conflict: ``decided``, ``refused``, ``superseded``, ``dropped``
    """
    require(by, Action.KEEP_READING)
    if str(way) not in _BY_CLERK:
        raise Refusal("way", _("Only signatures on paper and texts read aloud are entered here."), field="way")
    if scan is None:
        raise Refusal("scan", _("Add the scan of the sheet with the signatures: it is the proof."), field="scan")
    with transaction():
        lines = _lines(ids, by)
        for line in lines:
            check_open(line)
        _check_day(lines[0], day, today)
        kept = keep(scan.data, scan.name, store=scan.store, now=now)
        columns = {"state": str(ReadingState.CONFIRMED), "way": str(way), **_entered(kept, day, by, now)}
        Acquaintance.update(columns).where(Acquaintance.id.in_([line.id for line in lines])).execute()
        for line in lines:
            effect = {**told_of(line, way, day), "file": kept.file.sha256}
            record("acquaintance_confirmed", subject=line, effect=effect, by=by, now=now)
        return _decided(lines, by=by, now=now, today=today)


def refuse(
    acquaintance_id: int, *, reason: str, act: RefusalAct, by: Actor, now: dt.datetime, today: dt.date
) -> Acquaintance:
    """Enter that the person refused to sign; ``act`` is drawn up by the clerk with two witnesses.

    :raise Forbidden: if the actor is not the clerk
    :raise NotFound: ``no_acquaintance``
    :raise Refusal: ``reason``, ``witnesses``; what :func:`roadmapdocs.files.operations.keep` refuses
    :raise Conflict: as :func:`confirm_on_paper`
    """
    require(by, Action.KEEP_READING)
    reason = given_reason(reason)
    with transaction():
        line = locked_line(acquaintance_id, by=by)
        check_open(line)
        witnesses = _witnesses(act.witnesses, line, by)
        scan = act.scan
        kept = keep(scan.data, scan.name, store=scan.store, now=now) if scan else None
        comment = f"{reason} (свидетели: {', '.join(witnesses)})"
        columns = {"state": str(ReadingState.REFUSED), **_entered(kept, today, by, now), "comment": comment}
        Acquaintance.update(columns).where(Acquaintance.id == line.id).execute()
        effect = {
            "document": line.document_id,
            "name": line.name,
            "edition": line.sheet.edition,
            "reason": reason,
            "witnesses": list(witnesses),
            "file": kept.file.sha256 if kept else "",
        }
        record("acquaintance_refused", subject=line, effect=effect, by=by, now=now)
        return _decided([line], by=by, now=now, today=today)[0]


def take_back(acquaintance_id: int, *, reason: str, by: Actor, now: dt.datetime, today: dt.date) -> Acquaintance:
    """Take back what a clerk entered by mistake; the person is asked again, if the sheet still asks anybody.

    :raise Forbidden: if the actor is not the clerk
    :raise NotFound: ``no_acquaintance``
    :raise Refusal: ``reason`` if none is given; ``own_word`` if the person confirmed here in person
    :raise Conflict: ``nothing`` if nothing is entered; ``superseded`` if a newer edition is being read
    """
    require(by, Action.KEEP_READING)
    reason = given_reason(reason)
    with transaction():
        line = locked_line(acquaintance_id, by=by)
        if line.state not in (ReadingState.CONFIRMED, ReadingState.REFUSED):
            raise Conflict("nothing", _("Nothing is entered for %(name)s. Look at the list again.", name=line.name))
        if line.way == ReadingWay.ELECTRONIC:
            raise Refusal("own_word", _("%(name)s confirmed in person: this is not the clerk's to take back.", name=line.name))
        if line.sheet_id not in latest_sheets(line.document_id):
            raise Conflict("superseded", _("The document has a newer edition, which is read by now. This entry is history."))
        asked = line.sheet.ended_at is None
        state = ReadingState.ASKED if asked else ReadingState.DROPPED
        columns = {**_UNDECIDED, "state": str(state)}
        if not asked:
            columns |= {"decided_at": now, "comment": reason, "made_by": by.name}
        Acquaintance.update(columns).where(Acquaintance.id == line.id).execute()
        effect = {"document": line.document_id, "name": line.name, "was": line.state, "way": line.way or "", "reason": reason}
        record("acquaintance_taken_back", subject=line, effect=effect, by=by, now=now)
        if asked:
            reading_asked.send(line.sheet, employees=[line.employee_id], now=now)
        follow(line.document_id, by=by, now=now, today=today)
        return Acquaintance.get_by_id(acquaintance_id)


def _lines(ids: Collection[int], by: Actor) -> list[Acquaintance]:
    """The places with their sheets, as they are now, of one document that the clerk may read."""
    wanted = Acquaintance.id.in_(sorted(set(ids)))
    documents = {one for (one,) in Acquaintance.select(Acquaintance.document).where(wanted).tuples()}
    if len(documents) > 1:
        raise Refusal("documents", _("A sheet is of one document. Enter signatures for one document at a time."))
    for document_id in documents:
        lock_document(document_id)
        read_document(document_id, by=by)
    rows = Acquaintance.select(Acquaintance, AcquaintanceSheet).join(AcquaintanceSheet).where(wanted)
    lines = list(rows.order_by(Acquaintance.sheet, Acquaintance.place))
    if not lines or len(lines) < len(set(ids)):
        raise no_acquaintance()
    return lines


def _check_day(line: Acquaintance, day: dt.date, today: dt.date) -> None:
    written = line.document.date
    if day > today:
        raise Refusal("day", _("The day of the signatures has not come yet. Correct it."), field="day")
    if written is not None and day < written:
        words = written.strftime("%d.%m.%Y")
        raise Refusal("day", _("The document is of %(day)s: nobody has signed for it before. Correct the day.", day=words), field="day")


def _entered(kept: Kept | None, day: dt.date, by: Actor, now: dt.datetime) -> dict[str, Any]:
    return {
        "decided_at": now,
        "day": day,
        "file": kept.file.id if kept else None,
        "file_name": kept.name if kept else "",
        "made_by": by.name,
    }


def _decided(lines: Sequence[Acquaintance], *, by: Actor, now: dt.datetime, today: dt.date) -> list[Acquaintance]:
    """The places as they are now; whoever listens is told, and the document's line follows once for all of them."""
    rows = Acquaintance.select(Acquaintance, AcquaintanceSheet).join(AcquaintanceSheet)
    fresh = {row.id: row for row in rows.where(Acquaintance.id.in_([line.id for line in lines]))}
    for line in lines:
        reading_decided.send(fresh[line.id], by=by, now=now)
    follow(lines[0].document_id, by=by, now=now, today=today)
    return [fresh[line.id] for line in lines]


def _witnesses(names: Sequence[str], line: Acquaintance, by: Actor) -> tuple[str, ...]:
    """Names of the witnesses, as they were written; a name that is written in two ways is one.

    :raise Refusal: ``witnesses``
    """
    concerned = Employee.select().where(Employee.id.in_([line.employee_id, by.employee_id or 0]))
    own = {_called(line.name), _called(by.name)}
    own.update(_called(FullName(one.surname, one.name, one.patronymic).full) for one in concerned)
    others = {_called(name): name for one in reversed(names) if (name := " ".join(one.split())) and _called(name) not in own}
    if len(others) < WITNESSES:
        message = _("An act of a refusal is signed by two witnesses beside the clerk and the person. Name both.")
        raise Refusal("witnesses", message, field="witnesses")
    return tuple(reversed(others.values()))


def _called(name: str) -> str:
    """The same for «Лукина О. С.» and «О.С. Лукина»."""
    try:
        spelling = FullName.read(name).full
    except Refusal:
        spelling = " ".join(name.split())
    return spelling.casefold().replace("ё", "е")
