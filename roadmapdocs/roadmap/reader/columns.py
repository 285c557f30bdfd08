"""The layout of a table: which column holds what, told by the header's words and by the cells under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from roadmapdocs.roadmap.reader.documents import begins_with_document
from roadmapdocs.roadmap.reader.fit import Column, fit
from roadmapdocs.roadmap.reader.grid import GridRow
from roadmapdocs.roadmap.reader.headers import (
    Role,
    documents_rank,
    header_roles,
    names_indicators,
    role_of,
    role_under,
    title_rank,
    year_in,
    year_of,
)
from roadmapdocs.roadmap.reader.numbers import read_number
from roadmapdocs.roadmap.reader.periods import looks_like_period
from roadmapdocs.roadmap.reader.planned import is_figure
from roadmapdocs.roadmap.reader.responsibles import looks_responsible

_HEADER_AMONG_FIRST = 60
_DEEPEST_HEADER = 4
_LONGEST_LOWER = 60
_SURELY_NUMBERS = 0.8
_ONE_ONLY = (Role.NUMBER, Role.TITLE, Role.DOCUMENTS)


@dataclass(frozen=True, slots=True)
class Layout:
    """``first_row`` is the index of the first row under the header; ``header_row`` of the header, if there is one.

    ``shifted`` tells that a header stood over the wrong column; ``indicators`` that the table lists indicators
    rather than measures; ``fixed`` that a person chose the columns, so that no cell is put elsewhere.
    """

    columns: tuple[Column, ...]
    first_row: int = 0
    header_row: int | None = None
    header_texts: frozenset[str] = frozenset()
    width: int = 0
    shifted: tuple[str, ...] = ()
    indicators: bool = False
    fixed: bool = False

    def has(self, role: Role) -> bool:
        return any(column.role is role for column in self.columns)

    @property
    def holds_measures(self) -> bool:
        beside = (Role.PERIOD, Role.RESPONSIBLE, Role.DOCUMENTS, Role.YEAR)
        return self.has(Role.TITLE) and any(self.has(role) for role in beside)


def find_layout(rows: Sequence[GridRow]) -> Layout | None:
    """By the header if there is one among the first rows; None if there is not."""
    for index, row in enumerate(rows[:_HEADER_AMONG_FIRST]):
        if header_roles(row.texts):
            return _by_header(rows, index)
    return None


def layout_by_content(rows: Sequence[GridRow]) -> Layout:
    """For a table without a header."""
    width = max((len(row.cells) for row in rows), default=0)
    columns = _columns_by_content(rows, [Column(Role.OTHER, at) for at in range(width)])
    return Layout(tuple(columns), width=width)


def _by_header(rows: Sequence[GridRow], start: int) -> Layout:
    depth = 1
    while depth < _DEEPEST_HEADER and start + depth < len(rows) and _is_lower_header(rows[start + depth], rows[start]):
        depth += 1
    body = [row for row in rows[start + depth :] if not row.is_rule]
    header = rows[start : start + depth]
    width = max(row.used for row in body) if body else 0
    width = max([width, *(len(row.cells) for row in header)])
    head = _spread([_merged(row) for row in header], width, body)
    columns = [_column(at, [line[at] for line in head]) for at in range(width)]
    texts = frozenset(text for row in header for text in row.texts if text)
    columns, shifted = _reconciled(body, _columns_by_content(body, _surest_only(columns)))
    columns = with_figures(body, columns)
    title = next((column.header for column in columns if column.role is Role.TITLE), "")
    indicators = names_indicators(title) or any(names_indicators(text) for text in texts if not title)
    return Layout(tuple(columns), start + depth, start, texts, width, tuple(shifted), indicators)


def _is_lower_header(row: GridRow, upper: GridRow) -> bool:
    """A further row of the header: years or words under merged cells, or the row of column numbers."""
    filled = [text for text in row.texts if text]
    if not filled or row.is_column_numbers:
        return bool(filled)
    if any(len(text) > _LONGEST_LOWER for text in filled):
        return False
    known = all(year_of(text) is not None or role_under(text, "") is not None for text in filled)
    years = any(year_of(text) is not None for text in filled)
    under_merged = not row.texts[0] and len(filled) > 1
    return (known and (years or under_merged)) or bool(header_roles(row.texts)) or _parts_columns(row, upper)


def _parts_columns(row: GridRow, upper: GridRow) -> bool:
    """«начало | окончание» under «Срок»: neither a number nor a title, yet a cell where the header above has none."""
    named = {at: role_of(upper.text(at)) for at in upper.filled}
    if Role.TITLE not in named.values() or any(named.get(at) in (Role.NUMBER, Role.TITLE) for at in row.filled):
        return False
    beside = [at for at in row.filled if at not in named and at - 1 in row.filled]
    return len(row.filled) > 1 and bool(beside)


def _merged(row: GridRow) -> list[str]:
    """A header's texts; a cell spread over several columns stands in each of them."""
    if row.is_column_numbers:
        return [""] * len(row.texts)
    return [row.spread[at] for at in range(len(row.texts))]


def _spread(head: list[list[str]], width: int, body: Sequence[GridRow]) -> list[list[str]]:
    """All rows of the header at the table's full width."""
    lower = next((line for line in head[1:] if any(line)), None)
    if lower is not None and len(head[0]) < len(lower):
        head = [_over(head[0], lower), *head[1:]]
    elif lower is not None:
        head = [_across(head[0], lower), *head[1:]]
    return [_padded(line, width, body) if line is head[0] else [*line, *[""] * (width - len(line))] for line in head]


def _over(upper: list[str], lower: list[str]) -> list[str]:
    """A converter printed each merged cell of the upper row once: an empty cell below takes one of them, a run of
    filled cells below shares one."""
    waiting = list(upper)
    spread: list[str] = []
    for at, text in enumerate(lower):
        goes_on = at > 0 and bool(text) and bool(lower[at - 1])
        spread.append(spread[-1] if goes_on else (waiting.pop(0) if waiting else ""))
    return spread if not waiting else upper + [""] * (len(lower) - len(upper))


def _across(upper: list[str], lower: list[str]) -> list[str]:
    """A merged cell printed once, empty to the right: it goes on over the words below that have none above."""
    spread = list(upper)
    for at in range(1, min(len(upper), len(lower))):
        if not spread[at] and lower[at] and lower[at - 1]:
            spread[at] = spread[at - 1]
    return spread


def _padded(line: list[str], width: int, body: Sequence[GridRow]) -> list[str]:
    """A header with too few cells: the missing ones are put where the words best fit what stands below."""
    lacking = width - len(line)
    if lacking <= 0:
        return line
    tries = [line[:at] + [""] * lacking + line[at:] for at in range(len(line), -1, -1)]
    return max(tries, key=lambda texts: _agreement(texts, body))


def _agreement(texts: list[str], body: Sequence[GridRow]) -> float:
    columns = [_column(at, [text]) for at, text in enumerate(texts)]
    return sum(fit(column, row.text(column.at)) for row in body[:40] for column in columns if column.header)


def _column(at: int, texts: list[str]) -> Column:
    """``texts`` from the uppermost header row down."""
    filled = [text for index, text in enumerate(texts) if text and text not in texts[:index]]
    own = filled[-1] if filled else ""
    group = " ".join(filled[:-1])
    role = role_under(own, group) if own else None
    year = year_of(own) or (year_in(group) if role not in (None, Role.NUMBER, Role.TITLE) else None)
    if role is Role.PERIOD and year is not None:
        role = Role.YEAR
    header = " ".join(filled)
    return Column(role or Role.OTHER, at, header, year if role is Role.YEAR else None)


def _surest_only(columns: list[Column]) -> list[Column]:
    """One column each for number, title and documents; the others of that kind become «other»."""
    def surest(role: Role) -> int:
        rivals = [column for column in columns if column.role is role]
        rank = title_rank if role is Role.TITLE else documents_rank
        return min(rivals, key=lambda column: (rank(column.header), column.at)).at

    return [
        replace(column, role=Role.OTHER) if column.role in _ONE_ONLY and column.at != surest(column.role) else column
        for column in columns
    ]


def _columns_by_content(rows: Sequence[GridRow], columns: list[Column]) -> list[Column]:
    """Give the columns that no word explains a role that no other column has, by what they hold."""
    free = {column.at for column in columns if column.role is Role.OTHER and not column.header}
    taken = {column.role for column in columns}
    found: dict[int, Role] = {}
    body = [row for row in rows if len(row.filled) > 1]

    def claim(role: Role, share: float, test: Callable[[str], bool]) -> None:
        if role in taken:
            return
        shares = {at: _share(body, at, test) for at in free - found.keys()}
        best = max(shares, key=lambda at: (shares[at], -at), default=None)
        if best is not None and shares[best] >= share:
            found[best] = role

    worded = Role.NUMBER not in taken and bool(columns) and columns[0].role is Role.OTHER and bool(columns[0].header)
    # «Этап | Содержание»: whatever stands over it, a first column of numbers numbers the rows.
    if worded and _share(body, columns[0].at, lambda text: read_number(text) is not None) >= _SURELY_NUMBERS:
        found[columns[0].at] = Role.NUMBER
        taken.add(Role.NUMBER)
    claim(Role.NUMBER, 0.6, lambda text: read_number(text) is not None)
    claim(Role.PERIOD, 0.5, looks_like_period)
    if Role.TITLE not in taken:
        longest = {at: sum(len(row.text(at)) for row in body) for at in free - found.keys()}
        if longest and max(longest.values()) > 0:
            found[max(longest, key=lambda at: (longest[at], -at))] = Role.TITLE
    claim(Role.DOCUMENTS, 0.5, begins_with_document)
    claim(Role.RESPONSIBLE, 0.4, looks_responsible)
    return [replace(column, role=found.get(column.at, column.role)) for column in columns]


def _share(rows: Sequence[GridRow], at: int, test: Callable[[str], bool]) -> float:
    texts = [row.text(at) for row in rows if row.text(at)]
    if not texts:
        return 0.0
    return sum(test(text) for text in texts) / len(texts)


def with_figures(rows: Sequence[GridRow], columns: list[Column]) -> list[Column]:
    """Do the year columns, taken together, hold figures or words? Dashes and empty cells say nothing."""
    texts = [row.text(column.at) for column in columns if column.role is Role.YEAR for row in rows]
    telling = [text for text in texts if text.strip("-–— ")]
    figures = bool(telling) and 2 * sum(is_figure(text) for text in telling) >= len(telling)
    return [replace(column, figures=column.role is Role.TOTAL or (column.role is Role.YEAR and figures)) for column in columns]


def _reconciled(body: Sequence[GridRow], columns: list[Column]) -> tuple[list[Column], list[str]]:
    """A filled column without a header beside a header whose own column fits worse: the header was printed one
    column off. Columns that neither words nor content explain are left out; what they hold is surplus."""
    shifted: list[str] = []
    moved = list(columns)
    for blank in (column for column in columns if not column.header and column.role is Role.OTHER):
        for index, named in enumerate(moved):
            if abs(named.at - blank.at) != 1 or named.role is Role.OTHER or not named.header:
                continue
            here = sum(fit(named, row.text(named.at)) > 1 for row in body if row.text(named.at))
            there = sum(fit(named, row.text(blank.at)) > 1 for row in body if row.text(blank.at))
            if there > here:
                moved[index] = replace(named, at=blank.at)
                shifted.append(named.header)
                break
    kept = [column for column in moved if column.header or column.role is not Role.OTHER]
    return sorted(kept, key=lambda column: column.at), shifted
