"""Reports on execution ready to be printed: each is asked for by name, with its conditions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

import peewee as pw

from roadmapdocs.assignments import reports as r
from roadmapdocs.assignments import reports_paper as p
from roadmapdocs.assignments.reports_discipline import discipline
from roadmapdocs.assignments.reports_extensions import Moves, moved, moves_by_person
from roadmapdocs.assignments.reports_rules import Period, Tally
from roadmapdocs.assignments.reports_scope import Scope, Staff, within
from roadmapdocs.assignments.reports_sources import (
    Counts,
    by_document,
    by_section,
    document_names,
)
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Roadmap
from roadmapdocs.roadmap.operations import current_edition, get_roadmap
from roadmapdocs.workdays.operations import calendar
from roadmapdocs.workdays.rules import Calendar

_Key = TypeVar("_Key")
#: Documents of one printed report, each with its assignments.
_MOST_DOCUMENTS: Final = 200


class Report(StrEnum):
    DUE = "due"
    LATE = "late"
    DISCIPLINE = "discipline"
    EXTENSIONS = "extensions"
    DOCUMENTS = "documents"
    ROADMAP = "roadmap"
    LIST = "list"


TITLES: Final = {
    Report.DUE: "Поручения к сроку",
    Report.LATE: "Просроченные поручения",
    Report.DISCIPLINE: "Исполнительская дисциплина",
    Report.EXTENSIONS: "Переносы сроков поручений",
    Report.DOCUMENTS: "Поручения по документам",
    Report.ROADMAP: "Поручения по дорожной карте",
    Report.LIST: "Поручения",
}
#: What a list behind a figure is called.
LISTS: Final = {
    r.Which.DUE: "к сроку",
    r.Which.LATE: "просроченные",
    r.Which.LEFT: "исполнитель уволен",
    r.Which.COUNTED: "со сроком в этом периоде",
    r.Which.IN_TIME: "исполненные в срок",
    r.Which.DONE_LATE: "исполненные с опозданием",
    r.Which.NOT_DONE: "не исполненные в срок",
    r.Which.AHEAD: "срок впереди",
    r.Which.EXTENDED: "с продлённым сроком",
    r.Which.ON_CHECK: "отчёт сдан после срока или ждёт проверки",
    r.Which.LIVE: "не законченные",
    r.Which.DONE: "исполненные",
    r.Which.GIVEN: "все",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """``days`` are working ones, for :attr:`Report.DUE`; ``conditions`` the scope in words, as pairs."""

    report: Report
    scope: Scope = field(default_factory=Scope)
    period: Period = field(default_factory=Period)
    days: int = 7
    which: r.Which = r.Which.GIVEN
    by: Actor
    now: dt.datetime
    zone: dt.tzinfo
    conditions: tuple[tuple[str, str], ...] = ()

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(self.zone).date()


def due_until(today: dt.date, days: int, office_days: Calendar) -> dt.date:
    """The day that is so many working days ahead: whatever falls due on days off before it is seen, too."""
    return office_days.after(today, days) if days else today


class _Making:
    """What all reports of one request need; read once."""

    def __init__(self, asked: Asked) -> None:
        self.asked, self.today = asked, asked.today
        self.calendar = calendar()
        self.staff = Staff(self.today)
        self.within = within(asked.scope, asked.by, self.staff)

    def lines(self, condition: pw.Expression, order: Sequence[object] = r.BY_DUE) -> list[r.Line]:
        return r.lines(condition, today=self.today, calendar=self.calendar, order=order, limit=p.MOST_ROWS)

    def table(self, name: str, lines: Sequence[r.Line], heads: Mapping[int, str] | None = None) -> p.Table:
        return p.line_table(name, lines, document_names([line.document for line in lines], self.asked.by), heads)

    def paper(
        self, tables: Sequence[p.Table], *, period: str, facts: Sequence[tuple[str, str]] = (), notes: Sequence[str] = (), title: str = ""
    ) -> p.Paper:
        asked = self.asked
        return p.Paper(
            name=asked.report,
            title=title or TITLES[asked.report],
            period=period,
            on=self.today,
            facts=(*asked.conditions, *facts),
            tables=tuple(tables),
            notes=tuple(notes),
            made=p.made_words(asked.now, asked.zone, asked.by),
            signer=p.signer_of(asked.by, self.today),
        )


def make_paper(asked: Asked) -> p.Paper:
    """The report as the reader may see it."""
    return _MAKERS[asked.report](_Making(asked))


def _cut(total: int, shown: int) -> list[str]:
    return [f"Показаны первые {shown} из {total}. Остальные – при более узких условиях."] if total > shown else []


def _due(making: _Making) -> p.Paper:
    until = due_until(making.today, making.asked.days, making.calendar)
    condition = r.that(r.Which.DUE, Period(making.today, until), making.today) & making.within
    total, lines = r.count(condition), making.lines(condition)
    heads = _heads([line.due for line in lines], lambda day: _day_words(day, making))
    period = f"со сроком с {making.today:%d.%m.%Y} по {until:%d.%m.%Y}"
    return making.paper(
        [making.table("К сроку", lines, heads)], period=period, facts=[("Всего", str(total))], notes=_cut(total, len(lines))
    )


def _day_words(day: dt.date | None, making: _Making) -> str:
    assert day is not None, "a list of what is due has days"
    off = "" if making.calendar.is_working(day) else ", нерабочий день"
    return f"{day:%d.%m.%Y}{off}, рабочих дней осталось: {making.calendar.between(making.today, day)}"


def _heads(keys: Sequence[_Key], words: Callable[[_Key], str]) -> dict[int, str]:
    """A title above each row whose key is another than that of the row before."""
    return {place: words(key) for place, key in enumerate(keys) if place == 0 or keys[place - 1] != key}


def _late(making: _Making) -> p.Paper:
    condition = r.that(r.Which.LATE, making.asked.period, making.today) & making.within
    lines = making.lines(condition, r.BY_PERSON)
    people = {one.person: one for one in r.late_by_person(condition, today=making.today)}

    def words(person: int) -> str:
        one = people[person]
        return f"{one.name}: {one.count}, дольше всего {one.longest} дн." + (f" ({p.LEFT})" if one.left else "")

    total = sum(one.count for one in people.values())
    period = p.period_words(making.asked.period) or f"на {making.today:%d.%m.%Y}"
    heads = _heads([line.responsible for line in lines], words)
    return making.paper(
        [making.table("Просрочено", lines, heads)], period=period, facts=[("Всего", str(total))], notes=_cut(total, len(lines))
    )


_FIGURES: Final = (
    *(p.Column("Срок в периоде", 24), p.Column("В срок", 20), p.Column("С опозданием", 24), p.Column("Не исполнено", 24)),
    *(p.Column("Из них на проверке", 24), p.Column("Срок впереди", 22), p.Column("В срок, %", 20), p.Column("С продлением", 24)),
)


def _figures(name: str, tally: Tally) -> p.Row:
    share = "" if tally.share is None else f"{tally.share}\N{NO-BREAK SPACE}%"
    cells = (name, tally.all, tally.in_time, tally.done_late, tally.not_done, tally.on_check, tally.ahead, share, tally.extended)
    return p.Row(cells, strong=4 if tally.not_done else None)


def _discipline(making: _Making) -> p.Paper:
    found = discipline(making.within, making.asked.period, staff=making.staff, today=making.today)
    units = [_figures("    " * row.unit.depth + row.unit.name, row.figures) for row in found.units]
    people = [_figures(row.name + (f" ({p.LEFT})" if row.left else ""), row.figures) for row in found.people]
    total = [_figures("Всего", found.whole)] if people else []
    tables = [
        p.Table("По исполнителям", (p.Column("Исполнитель", 60), *_FIGURES), (*people, *total)),
        p.Table("По подразделениям", (p.Column("Подразделение", 60), *_FIGURES), tuple(units)),
    ]
    notes = (
        p.LEFT_OUT,
        "Срок считается действующий; «с продлением» – сколько из них имели более ранний первый срок. "
        "Доля: исполненные в срок из тех, чей срок наступил. Подразделение – вместе с нижестоящими.",
    )
    return making.paper(tables, period=p.period_words(making.asked.period), notes=notes)


def _extensions(making: _Making) -> p.Paper:
    asked = making.asked
    people = moves_by_person(making.within, asked.period, zone=asked.zone)
    found = moved(making.within, asked.period, zone=asked.zone, limit=p.MOST_ROWS)
    times = {one.assignment: one.times for one in found}
    lines = r.lines_of(list(times), today=making.today, calendar=making.calendar)
    documents = document_names([line.document for line in lines], asked.by)
    columns = (p.Column("Исполнитель", 70), *(p.Column(label, 26) for label in _MOVES))
    rows = [p.Row((one.name, *_moves(one.moves))) for one in people]
    total = [p.Row(("Всего", *_moves(sum((one.moves for one in people), Moves()))))] if people else []
    moves = [
        p.Row((line.text, p.source_words(line, documents), line.responsible_name, times[line.id], line.first_due, line.due))
        for line in lines
    ]
    heads = (p.Column("Поручение", 90), p.Column("Основание", 46), p.Column("Ответственный", 36), p.Column("Переносов", 20))
    tables = [
        p.Table("По исполнителям", columns, (*rows, *total)),
        p.Table("По поручениям", (*heads, p.Column("Первый срок", 24), p.Column("Срок", 24)), tuple(moves)),
    ]
    return making.paper(tables, period=p.period_words(asked.period))


_MOVES: Final = ("Запрошено", "Разрешено", "Отказано", "Ждёт ответа", "Перенесено без запроса")


def _moves(moves: Moves) -> tuple[int, ...]:
    return (moves.asked, moves.granted, moves.refused, moves.waiting, moves.ordered)


def _documents(making: _Making) -> p.Paper:
    condition = making.within & r.that(r.Which.GIVEN, making.asked.period, making.today)
    parts = by_document(condition, today=making.today, calendar=making.calendar, limit=_MOST_DOCUMENTS)
    names = document_names([part.document for part in parts], making.asked.by)
    rows: list[p.Row] = []
    for part in parts:
        title = names[part.document].title
        said = p.document_words(names[part.document]) + (f" «{title}»" if title else "")
        rows.append(p.Row(title=f"{said} ({_counts_words(part.counts)})"))
        rows += [p.line_row(number, line, names) for number, line in enumerate(part.lines, start=1)]
        rest = part.counts.given - len(part.lines)
        rows += [p.Row(title=f"и ещё {rest}")] if rest > 0 else []
    return making.paper(
        [p.Table("По документам", p.LINE_COLUMNS, tuple(rows))], period=p.period_words(making.asked.period)
    )


def _counts_words(counts: Counts) -> str:
    late = f", просрочено {counts.late}" if counts.late else ""
    return f"поручений {counts.given}, исполнено {counts.done}{late}"


_ITEM_COLUMNS: Final = (
    *(p.Column("№", 14), p.Column("Пункт", 110), p.Column("Ожидается документов", 30), p.Column("Доказано", 26)),
    *(p.Column("Нет документа в срок", 30), p.Column("Поручений", 28), p.Column("Исполнено", 28), p.Column("Просрочено", 30)),
)


def _roadmap(making: _Making) -> p.Paper:
    """Of the roadmap that is asked for, else of the first one."""
    wanted = making.asked.scope.roadmap or Roadmap.select(Roadmap.id).order_by(Roadmap.title, Roadmap.id).scalar()
    if wanted is None:
        return making.paper([p.Table("По дорожной карте", _ITEM_COLUMNS, ())], period="", notes=["Дорожных карт ещё нет."])
    roadmap = get_roadmap(wanted)
    coverage = coverage_of(current_edition(roadmap), today=making.today)
    rows: list[p.Row] = []
    for section in by_section(making.within, coverage, today=making.today):
        rows += [p.Row(title=section.title)] if section.title else []
        for item in section.items:
            counts = item.counts
            figures = (item.expected, item.proved, item.late, counts.given, counts.done, counts.late)
            rows.append(p.Row((item.number, item.title, *figures), strong=7 if counts.late else 4 if item.late else None))
    period = f"на {making.today:%d.%m.%Y}"
    return making.paper([p.Table("По дорожной карте", _ITEM_COLUMNS, tuple(rows))], period=period, title=f"{TITLES[Report.ROADMAP]}: {roadmap.title}")


def _list(making: _Making) -> p.Paper:
    asked = making.asked
    condition = r.that(asked.which, asked.period, making.today) & making.within
    total, lines = r.count(condition), making.lines(condition)
    title = f"{TITLES[Report.LIST]}: {LISTS[asked.which]}"
    return making.paper(
        [making.table("Поручения", lines)],
        period=p.period_words(asked.period),
        facts=[("Всего", str(total))],
        notes=_cut(total, len(lines)),
        title=title,
    )


_MAKERS: Final[Mapping[Report, Callable[[_Making], p.Paper]]] = {
    Report.DUE: _due,
    Report.LATE: _late,
    Report.DISCIPLINE: _discipline,
    Report.EXTENSIONS: _extensions,
    Report.DOCUMENTS: _documents,
    Report.ROADMAP: _roadmap,
    Report.LIST: _list,
}
