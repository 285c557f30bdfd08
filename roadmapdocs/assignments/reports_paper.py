"""A report on execution as a sheet of paper: heading, period, tables, who made it and who signs.

What is printed is Russian, whatever language the pages speak.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from roadmapdocs.assignments.reports import Line
from roadmapdocs.assignments.reports_rules import Lateness, Period
from roadmapdocs.assignments.reports_sources import DocumentName
from roadmapdocs.assignments.words import LIVE, State
from roadmapdocs.people.models import Post
from roadmapdocs.people.rules import Actor

Cell = str | int | dt.date | None
#: More rows than these are not printed: a list of so many is narrowed first.
MOST_ROWS: Final = 2_000
STATE_WORDS: Final[Mapping[State, str]] = {
    State.DRAFT: "проект резолюции",
    State.NEW: "новое",
    State.IN_WORK: "в работе",
    State.CLARIFYING: "на уточнении",
    State.REPORTED: "на проверке",
    State.RETURNED: "возвращено",
    State.DONE: "исполнено",
    State.REMOVED: "снято с контроля",
    State.CANCELLED: "отменено",
}
LEFT: Final = "исполнитель уволен: передать"
LEFT_OUT: Final = "Отменённые поручения и снятые с контроля без исполнения в подсчёт не входят."


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` is in proportion to the others."""

    label: str
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """``title`` goes across the table and leaves no cells; ``strong`` is the place of the cell that must be seen."""

    cells: tuple[Cell, ...] = ()
    title: str = ""
    strong: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """``facts`` are pairs of words: conditions and totals. ``made`` says when and by whom, ``signer`` is (post, name)."""

    name: str
    title: str
    period: str
    on: dt.date
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    made: str
    signer: tuple[str, str]


def period_words(period: Period) -> str:
    """«за период с 01.01.2026 по 31.03.2026», empty where both sides are open."""
    said = [f"с {period.since:%d.%m.%Y}"] if period.since else []
    said += [f"по {period.until:%d.%m.%Y}"] if period.until else []
    return f"за период {' '.join(said)}" if said else ""


def made_words(now: dt.datetime, zone: dt.tzinfo, by: Actor) -> str:
    return f"Составлено {now.astimezone(zone):%d.%m.%Y %H:%M}, {by.name}"


def signer_of(by: Actor, today: dt.date) -> tuple[str, str]:
    """Post and name of who made the report; without an account of a person both are left to be written by hand."""
    if by.employee_id is None:
        return "", ""
    post = Post.held_on(today).where(Post.employee == by.employee_id).order_by(Post.since, Post.id).first()
    title = str(post.title) if post is not None else ""
    return title[:1].upper() + title[1:], by.name


def document_words(document: DocumentName | None) -> str:
    """«Приказ № 12-О от 01.02.2026»."""
    if document is None:
        return ""
    if document.hidden:
        return "документ с ограниченным доступом"
    said = document.kind[:1].upper() + document.kind[1:]
    said += f" №\N{NO-BREAK SPACE}{document.number}" if document.number else ""
    return said + (f" от {document.date:%d.%m.%Y}" if document.date else "")


def source_words(line: Line, documents: Mapping[int, DocumentName]) -> str:
    """The document and its point: «Приказ № 12-О от 01.02.2026, п. 2.1»."""
    said = document_words(documents.get(line.document)) if line.document is not None else ""
    return ", ".join(part for part in (said, f"п.\N{NO-BREAK SPACE}{line.point}" if line.point else "") if part)


def late_words(late: Lateness) -> str:
    """«12 (раб. 8)», empty for what is not late."""
    return f"{late.days} (раб. {late.working})" if late.days else ""


LINE_COLUMNS: Final = (
    Column("№", 14),
    Column("Поручение", 80),
    Column("Основание", 42),
    Column("Ответственный", 34),
    Column("Контролёр", 32),
    Column("Срок", 22),
    Column("Первый срок", 22),
    Column("Состояние", 34),
    Column("Опоздание, дней", 30),
)
_STATE, _LATE = 7, 8


def _state_words(line: Line) -> str:
    """The day is that of the execution, whether or not the assignment was removed from control since."""
    if line.done_on is not None:
        return f"{STATE_WORDS[State.DONE]} {line.done_on:%d.%m.%Y}"
    return "снято без исполнения" if line.state == State.REMOVED else STATE_WORDS[line.state]


def line_row(number: int, line: Line, documents: Mapping[int, DocumentName]) -> Row:
    said = _state_words(line)
    if line.left and line.state in LIVE:
        said += f"; {LEFT}"
    cells = (
        *(number, line.text, source_words(line, documents), line.responsible_name, line.controller_name, line.due),
        *(line.first_due if line.extended else None, said, late_words(line.late)),
    )
    return Row(cells, strong=_LATE if line.late.days else None)


def line_table(name: str, lines: Iterable[Line], documents: Mapping[int, DocumentName], heads: Mapping[int, str] | None = None) -> Table:
    """Rows in their order; ``heads`` are titles above the row of that place, counted from 0."""
    rows: list[Row] = []
    for place, line in enumerate(lines):
        if heads and place in heads:
            rows.append(Row(title=heads[place]))
        rows.append(line_row(place + 1, line, documents))
    return Table(name, LINE_COLUMNS, tuple(rows))
