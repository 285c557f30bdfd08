"""Unrolling: the slots of one item, from its terms, its planned values and its expected documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from roadmapdocs.coverage.quantities import wanted
from roadmapdocs.coverage.rules import Expected, ItemPlan, Slot
from roadmapdocs.coverage.windows import EARLIEST, LATEST, Window, windows
from roadmapdocs.russian.terms import Term

# The longest window that can be the window of one year's planned value: a year, leap or of school.
_A_YEAR = dt.timedelta(days=366)


def unroll(plan: ItemPlan) -> tuple[Slot, ...]:
    """Every expected document of every period, in the order of the documents, then of time (undated last).

    Terms of year columns, a recurrence beside them and planned values say the same thing in different columns;
    none is counted twice. Planned values, where any year has one, decide in which years something is wanted and
    how much. An item without terms has one undated slot for each expected document.
    """
    chosen = _windows_of_documents(
        tuple(plan.terms), tuple(plan.planned.items()), len(plan.expected), plan.period
    )
    return tuple(
        _slot(expected, window) for expected, own in zip(plan.expected, chosen, strict=True) for window in own
    )


@lru_cache(maxsize=4096)
def _windows_of_documents(
    terms: tuple[Term, ...],
    planned: tuple[tuple[str, str], ...],
    documents: int,
    period: tuple[int, int] | None,
) -> tuple[Sequence[Window], ...]:
    """Windows of each expected document in turn. Kept, as plans are read a thousand times for each change."""
    unrolled = _supersede([window for term in terms for window in windows(term, period)])
    values = _values_by_year(planned)
    printed = tuple(values.values()) if values else (dict(planned).get("total", ""),)
    # Most often every document is wanted in the same numbers: then the windows are chosen once for all.
    chosen: dict[tuple[int, ...], Sequence[Window]] = {}
    found = []
    for index in range(documents):
        numbers = tuple(wanted(text, index, documents) for text in printed)
        if numbers not in chosen:
            chosen[numbers] = _merge(_choose(unrolled, values, numbers))
        found.append(chosen[numbers])
    return tuple(found)


def _choose(
    unrolled: Sequence[Window], values: Mapping[int, str], numbers: Sequence[int]
) -> Sequence[Window]:
    """The windows in which ``numbers`` of a document are wanted: one for each value, else that of the total."""
    if values:
        return _by_planned_values(unrolled, dict(zip(values, numbers, strict=True)), values)
    if not unrolled:
        return [Window(None, None, False, None, "", max(1, numbers[0]))]
    if len(unrolled) == 1:
        return [_with(unrolled[0], max(unrolled[0].quantity, numbers[0]))]
    return unrolled


def _values_by_year(planned: Iterable[tuple[str, str]]) -> dict[int, str]:
    """Printed values by year; nothing when every year cell is empty, for then they say nothing."""
    years = {int(key): text for key, text in planned if len(key) == 4 and key.isdecimal()}
    values = {year: text for year, text in years.items() if EARLIEST <= year <= LATEST}
    return values if any(text.strip() for text in values.values()) else {}


def _supersede(unrolled: Sequence[Window]) -> list[Window]:
    """Leave out windows that repeat what the column of a year says; of the two the more exact one speaks."""
    columns = dict.fromkeys(window.year for window in unrolled if window.column)
    if not columns:
        return list(unrolled)
    kept = []
    for year in columns:
        kept += _exact([window for window in unrolled if window.year == year])
    return kept + [window for window in unrolled if window.year is not None and window.year not in columns]


def _exact(of_year: Sequence[Window]) -> list[Window]:
    column = [window for window in of_year if window.column]
    finer = [w for w in of_year if not w.column and w.late and _within_a_year(w) and not _whole_years(w)]
    return finer if finer and all(_whole_years(window) for window in column) else column


def _whole_years(window: Window) -> bool:
    """Calendar years, or undated: nothing more exact than the column itself."""
    if window.start is None or window.end is None:
        return window.end is None
    return (window.start.month, window.start.day, window.end.month, window.end.day) == (1, 1, 12, 31)


def _by_planned_values(
    unrolled: Sequence[Window], quantities: Mapping[int, int], values: Mapping[int, str]
) -> list[Window]:
    """Windows as the planned value of each year asks for them; a year with a value and no window gets one."""
    chosen: list[Window] = []
    for year, quantity in quantities.items():
        if quantity:
            of_year = [window for window in unrolled if window.year == year and _within_a_year(window)]
            whole = Window(dt.date(year, 1, 1), dt.date(year, 12, 31), True, year, values[year].strip())
            chosen += _share(_merge(of_year) or [whole], quantity)
    others = [window for window in unrolled if window.year is not None and window.year not in quantities]
    if chosen:
        # What is undated, or runs over several years, is what the values spell out year by year.
        return chosen + [window for window in others if window.column or _within_a_year(window)]
    return others + [window for window in unrolled if window.year is None]


def _within_a_year(window: Window) -> bool:
    if window.start is None or window.end is None:
        return window.end is not None
    return window.end - window.start <= _A_YEAR


def _share(of_year: Sequence[Window], quantity: int) -> list[Window]:
    """Spread the planned number over the windows of its year, the remainder to the last; at least one each."""
    each, rest = divmod(quantity, len(of_year))
    if not each:
        return list(of_year)
    numbers = [each] * (len(of_year) - 1) + [each + rest]
    return [_with(window, number) for window, number in zip(of_year, numbers, strict=True)]


def _with(window: Window, quantity: int) -> Window:
    return window if window.quantity == quantity else replace(window, quantity=quantity)


def _merge(unrolled: Iterable[Window]) -> list[Window]:
    """One window for each due day, in the order of time, undated last.

    Two terms due on one day ask for the same document: the narrower window and the greater number hold. Windows
    that are never late merge when they begin together, and say nothing beside a dated one of the same days.
    """
    merged: dict[tuple[bool, dt.date | None], Window] = {}
    for window in unrolled:
        key = (window.late, window.end if window.late else window.start)
        other = merged.get(key)
        merged[key] = window if other is None else _joined(other, window)
    dated = {(window.start, window.end) for window in merged.values() if window.late}
    distinct = [
        window for window in merged.values() if window.late or (window.start, window.end) not in dated
    ]
    return sorted(distinct, key=lambda w: (w.end or w.start or dt.date.max, w.start or dt.date.min))


def _joined(one: Window, other: Window) -> Window:
    labels = [one.label] if one.label else []
    if other.label and other.label not in one.label.split("; "):
        labels.append(other.label)
    return replace(
        one,
        start=max(filter(None, (one.start, other.start)), default=None),
        end=max(filter(None, (one.end, other.end)), default=None),
        quantity=max(one.quantity, other.quantity),
        label="; ".join(labels),
        column=one.column or other.column,
    )


def _slot(expected: Expected, window: Window) -> Slot:
    return Slot(
        expected=expected.id,
        year=window.year,
        start=window.start,
        end=window.end,
        due=window.end if window.late else None,
        quantity=window.quantity,
        label=window.label,
        suggested=not expected.confirmed,
    )
