"""An entry to a draft item: terms, responsible, expected documents, planned values, results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdocs.roadmap.draft import DraftExpected, DraftItem
from roadmapdocs.roadmap.reader.defects import Defects
from roadmapdocs.roadmap.reader.entries import Entry
from roadmapdocs.roadmap.reader.expected import split_expected
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.inferred import infer_expected
from roadmapdocs.roadmap.reader.planned import adds_up
from roadmapdocs.roadmap.reader.responsibles import Spellings, has_surplus_separator, split_responsible
from roadmapdocs.roadmap.reader.terms import ItemTerms


@dataclass(frozen=True, slots=True)
class Plan:
    """What items are read against: the years of the plan, whether they are school years, the names of the table."""

    years: tuple[int, int] | None
    spellings: Spellings
    school_years: bool = False


def build_items(entries: Sequence[Entry], plan: Plan, defects: Defects) -> tuple[DraftItem, ...]:
    return tuple(_item(entry, plan, defects) for entry in entries)


def _item(entry: Entry, plan: Plan, defects: Defects) -> DraftItem:
    names, when, printed = _responsible(entry, plan.spellings, defects)
    planned, results = _by_year(entry)
    terms = ItemTerms(entry, plan.years, defects, plan.school_years).read(planned, results, when, printed)
    if not entry.title:
        defects.add("missing_title", entry.line, entry.name)
    _check_planned(entry, planned, defects)
    _tell_unplaced(entry, defects)
    return DraftItem(
        number=entry.number.value if entry.number else entry.printed_number,
        section=entry.section,
        title=entry.title,
        terms=terms,
        responsible=tuple(names),
        responsible_text=printed,
        expected_documents=_expected(entry, defects),
        planned=planned,
        results=results,
        line=entry.line,
    )


def _responsible(entry: Entry, spellings: Spellings, defects: Defects) -> tuple[list[str], str, str]:
    """Names, a period printed among them, and the cell as printed."""
    lines = entry.of(Role.RESPONSIBLE)
    printed = " ".join(lines)
    parts, when = split_responsible(lines)
    names: list[str] = []
    for part in parts:
        whole = spellings.mended(part)
        if whole != part:
            defects.add("broken_word", entry.line, entry.name, printed=part, read=whole)
        two = spellings.parted(whole)
        if len(two) > 1:
            defects.add("missing_separator", entry.line, entry.name, first=two[0], second=two[1])
        names.extend(name for name in two if name not in names)
    if when:
        defects.add("date_in_responsible_cell", entry.line, entry.name, text=printed)
    if has_surplus_separator(printed):
        defects.add("surplus_separator", entry.line, entry.name, text=printed)
    if not names and entry.layout.has(Role.RESPONSIBLE):
        defects.add("missing_responsible", entry.line, entry.name)
    return names, when, printed


def _by_year(entry: Entry) -> tuple[dict[str, str], dict[str, str]]:
    """Planned figures (total and per year) and the prose of year cells."""
    planned: dict[str, str] = {}
    results: dict[str, str] = {}
    for column, lines in zip(entry.layout.columns, entry.lines, strict=True):
        key = "total" if column.role is Role.TOTAL else str(column.year)
        if column.role is Role.TOTAL or (column.role is Role.YEAR and column.figures):
            planned[key] = "; ".join(text for text in (planned.get(key, ""), " ".join(lines)) if text)
        elif column.role is Role.YEAR and lines:
            results[key] = "\n".join(text for text in (results.get(key, ""), *lines) if text)
    return planned, results


def _expected(entry: Entry, defects: Defects) -> tuple[DraftExpected, ...]:
    if not entry.layout.has(Role.DOCUMENTS):
        return infer_expected(entry.title)
    found = split_expected(entry.of(Role.DOCUMENTS))
    if not found:
        defects.add("missing_expected_document", entry.line, entry.name)
    return found


def _check_planned(entry: Entry, planned: dict[str, str], defects: Defects) -> None:
    years = {key: text for key, text in planned.items() if key != "total"}
    if adds_up(planned) is False:
        listed = ", ".join(f"{key} – {text or '0'}" for key, text in years.items())
        defects.add("total_does_not_add_up", entry.line, entry.name, total=planned["total"], years=listed)
    for text in planned.values():
        if re.search(r"\d\s*;\s*\d", text):
            defects.add("two_values_in_cell", entry.line, entry.name, text=text)


def _tell_unplaced(entry: Entry, defects: Defects) -> None:
    """Columns that have no place in an item, and a number cell that holds words."""
    for column, lines in zip(entry.layout.columns, entry.lines, strict=True):
        text = " ".join(lines)
        if column.role is Role.OTHER and any(sign.isalnum() for sign in text):
            defects.add("unplaced_text", entry.line, entry.name, text=f"{column.header}: {text}" if column.header else text)


def merge_spellings(entries: Sequence[Entry], abbreviations: dict[str, str]) -> Spellings:
    names = [name for entry in entries for name in split_responsible(entry.of(Role.RESPONSIBLE))[0]]
    return Spellings.of(names, abbreviations)
