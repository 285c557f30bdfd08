"""The printed sheet (лист ознакомления) and the list «кто не ознакомлен», as files. What is printed is Russian."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from typing import IO

from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.printed import AcquaintedLine, acquainted_lines
from roadmapdocs.acquaintance.words import ReadingState, ReadingWay
from roadmapdocs.documents.export import Cell, Heading, write_xlsx
from roadmapdocs.documents.links.stamps import organisation_of
from roadmapdocs.documents.models import Document
from roadmapdocs.drafting.present import cited
from roadmapdocs.drafting.printing import page_from
from roadmapdocs.drafting.sheet_printing import print_sheet
from roadmapdocs.drafting.values import AcquaintanceValues, Acquainted
from roadmapdocs.drafting.vocabulary import AcquaintancePage
from roadmapdocs.people.models import Unit

TEMPLATE = "acquaintance.docx"
_MARKS = {ReadingWay.PAPER: "подпись на листе", ReadingWay.ALOUD: "прочитано вслух, подпись на листе"}


def sheet_docx(document: Document, *, today: dt.date, zone: dt.tzinfo) -> bytes:
    """The sheet as the office keeps it: those who have signed with how and when, room to sign for all others."""
    lines = acquainted_lines(document.id)
    organisation = organisation_of(document)
    values = AcquaintanceValues(
        organisation=organisation.name if organisation else "",
        organisation_genitive=(organisation.genitive or organisation.short_name) if organisation else "",
        kind=document.kind.code,
        document=cited(document),
        acquainted=tuple(_person(line, zone) for line in lines),
        notes=tuple(_notes(lines, today)),
    )
    page = page_from(TEMPLATE, values, document.kind, today)
    assert isinstance(page, AcquaintancePage)  # the shape of this template
    return print_sheet(TEMPLATE, page, today, title=f"Лист ознакомления: {document.title}"[:255])


def _person(line: AcquaintedLine, zone: dt.tzinfo) -> Acquainted:
    post = f"{line.post} (вместо: {line.stands_in_for})" if line.stands_in_for else line.post
    return Acquainted(name=line.name, post=post, day=line.day, mark=_mark(line, zone))


def _mark(line: AcquaintedLine, zone: dt.tzinfo) -> str:
    """What stands where others sign. A simple signature is no electronic one with a certificate: no mark of such."""
    if line.state == ReadingState.REFUSED:
        return "отказ, акт"
    if line.state != ReadingState.CONFIRMED:
        return ""
    if line.way == ReadingWay.ELECTRONIC and line.at is not None:
        return f"простая ЭП, {line.at.astimezone(zone):%d.%m.%Y %H:%M}"
    return _MARKS.get(ReadingWay(line.way), "")


def _notes(lines: Iterable[AcquaintedLine], today: dt.date) -> Iterator[str]:
    found = list(lines)
    rules = dict.fromkeys(line.rule for line in found if line.rule)
    if rules:
        yield f"Простая ЭП: подтверждено в реестре документов по правилу организации о простой подписи, {'; '.join(rules)}."
    done = sum(line.state == ReadingState.CONFIRMED for line in found)
    if found:
        yield f"Ознакомлены {done} из {len(found)}. Составлено {today:%d.%m.%Y}."


def waiting_xlsx(document: Document) -> IO[bytes]:
    """«Кто не ознакомлен»: everybody waited for, by unit and name, as an open file at its beginning."""
    headings = [Heading("Подразделение", 34), Heading("Ф.И.О.", 34), Heading("Должность", 34), Heading("Срок", 12), Heading("Открыт", 18)]
    stream = io.BytesIO()
    write_xlsx(stream, headings, _waiting(document), "Кто не ознакомлен")
    stream.seek(0)
    return stream


def _waiting(document: Document) -> Iterator[list[Cell]]:
    rows = (
        Acquaintance.select(Acquaintance.name, Acquaintance.post, Acquaintance.due, Acquaintance.opened_at, Unit.name.alias("unit_name"))
        .join(AcquaintanceSheet)
        .switch(Acquaintance)
        .left_outer_join(Unit)
        .where((Acquaintance.document == document) & (Acquaintance.state == ReadingState.ASKED))
        .order_by(Unit.name, Acquaintance.name, Acquaintance.id)
        .objects()
    )
    for row in rows:
        yield [row.unit_name or "", row.name, row.post, row.due, "да" if row.opened_at is not None else "нет"]
