"""Opening a sheet and putting people on it, thousands at once: their places, and their right to read the document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roadmapdocs.acquaintance.addressees import words_of
from roadmapdocs.acquaintance.lists import current_version
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.acquaintance.staff import Placed
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.audit.operations import record
from roadmapdocs.documents.models import Document, DocumentReader
from roadmapdocs.hooks import reading_asked
from roadmapdocs.people.rules import Actor
from roadmapdocs.prepared import Prepared, place

_COLUMNS = (
    *(Acquaintance.sheet, Acquaintance.document, Acquaintance.employee, Acquaintance.place, Acquaintance.name),
    *(Acquaintance.post, Acquaintance.unit, Acquaintance.stands_in_for, Acquaintance.asked_at, Acquaintance.due),
)
_ADD = Prepared(lambda: Acquaintance.insert({column: place(column.name, column) for column in _COLUMNS}))
_HAND = Prepared(
    lambda: DocumentReader.insert(
        {column: place(column.name, column) for column in (DocumentReader.document, DocumentReader.employee)}
    ).on_conflict_ignore()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to be put on a list; ``stands_in_for`` is the id of the absent person in whose place."""

    person: Placed
    due: dt.date | None = None
    stands_in_for: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A sheet that is to be opened: enclosed with the answers of ``send_to_read`` and ``read_anew``.

    ``new_readers`` counts those who may read the document only from now on. ``previous`` is the sheet of the edition
    before; ``sent_by`` and ``sent_by_employee`` are then those who sent that one.
    """

    addressees: Addressees
    asked: tuple[Asked, ...]
    due: dt.date | None = None
    days: int | None = None
    standing: bool = False
    note: str = ""
    new_readers: int = 0
    previous: AcquaintanceSheet | None = None


def open_sheet(document: Document, opening: Opening, *, by: Actor, now: dt.datetime) -> AcquaintanceSheet:
    """Within a transaction; the document has a text."""
    version = current_version(document.id)
    if version is None:
        raise ValueError(f"document {document.id} has no text to be read")
    before = opening.previous
    sheet = AcquaintanceSheet.create(
        document=document,
        version=version,
        edition=version.edition,
        sha256=version.file.sha256,
        previous=before,
        addressees=opening.addressees.as_json(),
        standing=opening.standing,
        due=opening.due,
        days=opening.days,
        note=opening.note,
        sent_by=before.sent_by if before else by.name,
        sent_by_employee=before.sent_by_employee_id if before else by.employee_id,
        sent_at=now,
    )
    effect = {
        "sheet": sheet.id,
        "edition": sheet.edition,
        "to": words_of(opening.addressees),
        "asked": sum(one.stands_in_for is None for one in opening.asked),
        "steads": sum(one.stands_in_for is not None for one in opening.asked),
        "new_readers": opening.new_readers,
        "standing": opening.standing,
        "due": opening.due.isoformat() if opening.due else "",
        "note": opening.note,
        "anew": before is not None,
    }
    record("acquaintance_sent", subject=document, effect=effect, by=by, now=now)
    put_on(sheet, opening.asked, now=now)
    return sheet


def put_on(sheet: AcquaintanceSheet, asked: Sequence[Asked], *, now: dt.datetime) -> None:
    """Ask these people, who are not on the sheet yet, to read it; within a transaction."""
    if not asked:
        return
    first = Acquaintance.select().where(Acquaintance.sheet == sheet.id).count() + 1
    _ADD.many(_rows(sheet, asked, first, now))
    ids = [one.person.employee_id for one in asked]
    hand_over(sheet.document_id, ids)
    reading_asked.send(sheet, employees=ids, now=now)


def hand_over(document_id: int, employee_ids: Iterable[int]) -> None:
    """All of them may read the document from now on, whatever its state and mark."""
    _HAND.many({"document": document_id, "employee": one} for one in employee_ids)


def ask_again(sheet: AcquaintanceSheet, lines: Sequence[Acquaintance], *, due: dt.date | None, now: dt.datetime) -> None:
    """People of the sheet who were dropped are asked again; within a transaction."""
    if not lines:
        return
    columns = {"state": str(ReadingState.ASKED), "asked_at": now, "due": due, "comment": "", "made_by": ""}
    Acquaintance.update(columns).where(Acquaintance.id.in_([line.id for line in lines])).execute()
    ids = [line.employee_id for line in lines]
    hand_over(sheet.document_id, ids)
    reading_asked.send(sheet, employees=ids, now=now)


def _rows(sheet: AcquaintanceSheet, asked: Sequence[Asked], first: int, now: dt.datetime) -> Iterable[dict[str, object]]:
    for number, one in enumerate(asked, start=first):
        yield {
            "sheet": sheet.id,
            "document": sheet.document_id,
            "employee": one.person.employee_id,
            "place": number,
            "name": one.person.name,
            "post": one.person.post,
            "unit": one.person.unit_id,
            "stands_in_for": one.stands_in_for,
            "asked_at": now,
            "due": one.due,
        }
