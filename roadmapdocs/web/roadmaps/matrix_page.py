"""The matrix section × item × year of a roadmap's page, with the chips and selects above it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from roadmapdocs.assignments.slots import live_keys
from roadmapdocs.assignments.visibility import visible_to
from roadmapdocs.coverage.matrix import CoveredItem, RoadmapCoverage
from roadmapdocs.coverage.phrases import look, state_word
from roadmapdocs.coverage.reader import Reader
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Unit
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.roadmaps.filters import LOOKS, Filters
from roadmapdocs.web.roadmaps.section_tree import below, branch
from roadmapdocs.web.roadmaps.slot_words import SlotWords, answering_words, cut
from roadmapdocs.web.roadmaps.slots import slot_key

#: As many columns of years as fit beside the titles.
MOST_YEARS = 6

Chip = dict[str, object]
Select = dict[str, object]


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    current: bool


class SlotCell(NamedTuple):
    key: str
    state: str
    kind: str
    detail: str
    given: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    id: int
    number: str
    title: str
    responsible: str
    cells: list[list[SlotCell]]
    hidden: frozenset[int]
    """Columns where something is expected and the filters hide it: not the same as not required."""


@dataclass(frozen=True, slots=True)
class SectionRows:
    id: int | None
    number: str
    title: str
    proved: int
    due: int
    late: int
    items: list[ItemRow]


class MatrixPage:
    """One reading of a roadmap's coverage, under the filters of one request."""

    def __init__(
        self, coverage: RoadmapCoverage, filters: Filters, *, page: str, actor: Actor, today: dt.date
    ) -> None:
        """``page`` is the address of the roadmap without filters."""
        self.coverage, self.filters, self.page, self.actor, self.today = coverage, filters, page, actor, today
        self._given = live_keys(coverage.edition, visible_to(actor))
        self._below = below(coverage.sections)
        self._shown = filters.apply(coverage.items, self._below, actor)
        self._blocks = year_blocks(slot.slot.year for item in coverage.items for slot in item.slots)
        self._years = _chosen_block(self._blocks, filters.years, today.year)

    def context(self) -> dict[str, object]:
        """The part of the page's context that the filters decide."""
        places: dict[int | None, int] = {year: place for place, year in enumerate(self._years)}
        undated = any(slot.slot.year is None for item in self._shown for slot in item.slots)
        columns = [Column(str(year), year == self.today.year) for year in self._years]
        if undated or not columns:
            places[None] = len(columns)
            columns.append(Column(_("without a term"), current=False))
        return {
            "columns": columns,
            "sections": self._sections(places, len(columns)),
            "state_chips": self._chips(),
            "selects": self._selects(),
            "total_shown": sum(len(item.slots) for item in self._shown),
        }

    def _sections(self, places: dict[int | None, int], columns: int) -> list[SectionRows]:
        words = SlotWords(self.today, Reader(self.actor))
        by_section: dict[int | None, list[ItemRow]] = {}
        expected = {one.item.id: {slot.slot.year for slot in one.slots} for one in self.coverage.items}
        for covered in self._shown:
            cells: list[list[SlotCell]] = [[] for _column in range(columns)]
            for one in covered.slots:
                place = places.get(one.slot.year)
                if place is not None:
                    slot = one.slot
                    key = slot_key(slot.expected, slot.key)
                    given = (slot.expected, slot.key) in self._given
                    cells[place].append(
                        SlotCell(key, look(slot, one.state), words.kind(one.expected), words.detail(one), given)
                    )
            awaited = frozenset(places[year] for year in expected[covered.item.id] if year in places)
            by_section.setdefault(covered.item.section, []).append(_row(covered, cells, awaited))
        shown = []
        for section in (None, *self.coverage.sections):
            ids = self._below[section.id] if section else {None}
            # A section without items of its own is the heading of those below it.
            if not ids.isdisjoint(by_section):
                score = branch(self.coverage, section, ids)
                rows = by_section.get(section.id if section else None, [])
                shown.append(SectionRows(section.id if section else None, score.number, score.title, score.proved, score.due, score.late, rows))
        return shown

    def _chips(self) -> list[Chip]:
        """States with how many slots each would show under the other filters, then «mine»."""
        filters = self.filters
        items = filters.but(state="").apply(self.coverage.items, self._below, self.actor)
        numbers = Counter(look(slot.slot, slot.state) for item in items for slot in item.slots)
        chips = [self._chip(_("All"), sum(numbers.values()), filters.but(state=""), not filters.state)]
        chips += [
            self._chip(state_word(code).capitalize(), numbers[code], filters.but(state=code), filters.state == code, code)
            for code in LOOKS
            if numbers[code] or filters.state == code
        ]
        if self.actor.unit_ids or self.actor.employee_id:
            other = filters.but(mine="" if filters.mine else "1")
            chips.append(self._chip(_("Mine"), None, other, bool(filters.mine), symbol="users"))
        return chips

    def _chip(
        self, label: str, count: int | None, to: Filters, current: bool, code: str = "", *, symbol: str | None = None
    ) -> Chip:
        url = to.address(self.page)
        return {"label": label, "url": url, "current": current, "count": count, "late": code == "late", "symbol": symbol}

    def _selects(self) -> dict[str, object]:
        filters = self.filters
        sections = [(str(row.id), f"{row.number} {row.title}".strip()) for row in self.coverage.sections]
        kinds = sorted({expected.kind for item in self.coverage.items for expected in item.item.plan.expected})
        fields = [
            _select("section", _("Section"), _("All sections"), sections, filters.section),
            _select("who", _("Who answers"), _("Everybody"), self._answering(), filters.who),
            _select("kind", _("Kind of document"), _("All kinds"), [(kind, kind) for kind in kinds], filters.kind),
        ]
        if len(self._blocks) > 1:
            blocks = [(str(block[0]), f"{block[0]}–{block[-1]}") for block in self._blocks]
            fields.append(_select("years", _("Years"), None, blocks, str(self._years[0])))
        hidden = [(name, value) for name, value in filters.pairs() if name in {"state", "mine"}]
        return {"action": self.page, "hidden": hidden, "fields": fields}

    def _answering(self) -> list[tuple[str, str]]:
        """Units and people that are known, by name, then the words that name nobody known."""
        everyone = [one for item in self.coverage.items for one in item.item.answering]
        units = {one.unit for one in everyone if one.unit is not None}
        people = {one.employee for one in everyone if one.employee is not None}
        known = [(f"unit:{row.id}", row.name) for row in Unit.select().where(Unit.id.in_(list(units)))]
        known += [(f"person:{row.id}", str(row)) for row in Employee.select().where(Employee.id.in_(list(people)))]
        texts = {one.text for one in everyone if one.unit is None and one.employee is None}
        return sorted(known, key=lambda pair: pair[1]) + [(text, text) for text in sorted(texts)]


def year_blocks(years: Iterable[int | None]) -> list[list[int]]:
    """Years that have anything, with the gaps of a year or two filled, in blocks that fit on a page."""
    found = sorted({year for year in years if year is not None})
    filled: list[int] = []
    for year in found:
        if filled and year - filled[-1] <= MOST_YEARS:
            filled.extend(range(filled[-1] + 1, year))
        filled.append(year)
    return [filled[start : start + MOST_YEARS] for start in range(0, len(filled), MOST_YEARS)]


def _chosen_block(blocks: list[list[int]], asked: str, this_year: int) -> list[int]:
    """The block that was asked for, else the one with this year, else the nearest to it."""
    for block in blocks:
        if str(block[0]) == asked:
            return block
    return min(blocks, key=lambda block: min(abs(year - this_year) for year in block), default=[])


def _row(covered: CoveredItem, cells: list[list[SlotCell]], expected: frozenset[int]) -> ItemRow:
    item = covered.item
    hidden = frozenset(place for place in expected if not cells[place])
    return ItemRow(item.id, item.number, item.title, answering_words(item), cells, hidden)


def _select(
    name: str, label: str, everything: str | None, options: Sequence[tuple[str, str]], chosen: str
) -> Select:
    first = [] if everything is None else [("", everything, not chosen)]
    return {
        "name": name,
        "label": label,
        "options": first + [(value, cut(text, 70), value == chosen) for value, text in options],
    }


