"""The terms of one item: from its period cell, from its year cells, from words printed among other things."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from roadmapdocs.roadmap.reader.defects import Defects
from roadmapdocs.roadmap.reader.entries import Entry
from roadmapdocs.roadmap.reader.headers import Role, names_stretch
from roadmapdocs.roadmap.reader.periods import looks_like_period, names_frequency
from roadmapdocs.roadmap.reader.planned import bracketed, is_figure, means_nothing
from roadmapdocs.russian.terms import Term, find_terms, read_terms

Years = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ItemTerms:
    """Reads an item's terms and tells what is doubtful about them."""

    entry: Entry
    years: Years | None
    defects: Defects
    school_years: bool = False

    def read(self, planned: Mapping[str, str], results: Mapping[str, str], when: str, responsible: str) -> tuple[Term, ...]:
        """``when`` is the period printed among the responsible, ``responsible`` that whole cell."""
        terms = list(self._period_cells())
        if not any(term.kind != "unspecified" for term in terms):  # beside a period they only measure
            terms += self._figures(planned, when, responsible)
        terms += self._prose(results)
        terms += self._total(planned)
        if when and not any(key != "total" for key in planned):
            terms += [replace(term, text=responsible) for term in self._read(when)]
        self._check(terms)
        if not terms and self.entry.layout.has(Role.PERIOD):
            self._tell("missing_period")
        return tuple(terms)

    def _tell(self, code: str, **values: object) -> None:
        self.defects.add(code, self.entry.line, self.entry.name, **values)

    def _read(self, text: str, column_year: int | None = None) -> tuple[Term, ...]:
        return read_terms(text, years=self.years, column_year=column_year, school_years=self.school_years)

    def _period_cells(self) -> list[Term]:
        pairs = list(zip(self.entry.layout.columns, self.entry.lines, strict=True))
        periods = [(column, " ".join(lines)) for column, lines in pairs if column.role is Role.PERIOD]
        marked = [_marked(column.header, text) for column, text in periods if names_stretch(column.header)]
        texts = [text for column, text in periods if not names_stretch(column.header)]
        if len(texts) == 2 and (whole := self._from_to(*texts)):
            return [whole]
        return [term for text in [*texts, *marked] if text for term in self._read(text)]

    def _from_to(self, first: str, last: str) -> Term | None:
        """Two columns, «начало» and «окончание», as one stretch; an empty end leaves it open."""
        begin, finish = self._read(first), self._read(last)
        if len(begin) != 1 or len(finish) > 1 or (last and not finish):
            return None
        start = begin[0].start or begin[0].end
        end = finish[0].end if finish else None
        if start is None or (finish and (end is None or end < start)):
            return None
        return Term("range", start, end, None, f"{first} – {last}".strip())

    def _figures(self, planned: Mapping[str, str], when: str, responsible: str) -> list[Term]:
        """A figure in a year's cell plans something for that year: all of it, or the month printed beside."""
        terms: list[Term] = []
        for key, printed in planned.items():
            if key == "total" or means_nothing(printed):
                continue
            year = int(key)
            text = f"{year} г.: {printed}" + (f"; {responsible}" if when else "")
            inner = bracketed(printed)
            words = inner or ("" if not looks_like_period(printed) else printed)
            found = self._read(words or when, year) if words or when else ()
            readable = [term for term in found if term.kind != "unspecified"]
            if words and readable:
                self._tell("date_in_value_cell", text=printed)
            terms += [replace(term, text=text, year=year) for term in readable] or [_whole_year(year, text)]
        return terms

    def _prose(self, results: Mapping[str, str]) -> list[Term]:
        terms: list[Term] = []
        for key, text in results.items():
            year = int(key)
            if means_nothing(text):
                continue
            found = [_within(term, year) for term in find_terms(text, years=self.years, column_year=year)]
            terms += found or [_whole_year(year, f"{year} г.")]
            for term in found:
                if not _touches(term, year):
                    self._tell("year_outside_column", year=key, text=term.text)
        return terms

    def _total(self, planned: Mapping[str, str]) -> list[Term]:
        """«1 (раз в год)» as the total recurs in the years that have a figure."""
        printed = planned.get("total", "")
        if not names_frequency(printed):
            return []
        used = [int(key) for key, text in planned.items() if key != "total" and not means_nothing(text)]
        bounds = (min(used), max(used)) if used else self.years
        found = [term for term in read_terms(printed, years=bounds) if term.kind != "unspecified"]
        if found:
            self._tell("frequency_in_total_cell", text=printed)
        return [replace(term, text=printed) for term in found]

    def _check(self, terms: list[Term]) -> None:
        for term in terms:
            if term.kind == "unspecified":
                self._tell("unreadable_period", text=term.text)
            elif self.years and not _inside(term, self.years):
                self._tell("year_outside_plan", text=term.text, first=self.years[0], last=self.years[1])


def _marked(header: str, text: str) -> str:
    """A mark under «сентябрь» means September; words under it are read with it."""
    if means_nothing(text):
        return ""
    return header if is_figure(text) else f"{text} {header}"


def _whole_year(year: int, text: str) -> Term:
    return Term("range", dt.date(year, 1, 1), dt.date(year, 12, 31), None, text, year)


def _within(term: Term, year: int) -> Term:
    """What recurs or continues in a year's cell does so within that year."""
    if term.kind in ("recurring", "continuous") and term.start is None and term.end is None:
        return replace(term, start=dt.date(year, 1, 1), end=dt.date(year, 12, 31), year=year)
    return replace(term, year=year)


def _touches(term: Term, year: int) -> bool:
    """A school year that begins or ends in the column's year belongs to it."""
    years = {date.year for date in (term.start, term.end) if date}
    return not years or min(years) <= year <= max(years)


def _inside(term: Term, years: Years) -> bool:
    """The last day may lie in the school year that follows the plan's last one only by its printed words."""
    return all(years[0] <= date.year <= years[1] for date in (term.start, term.end) if date)
