"""What each row under the header is: a section, an item, the rest of a row cut by a page, or nothing."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdocs.roadmap.reader.align import WorkRow
from roadmapdocs.roadmap.reader.columns import Layout
from roadmapdocs.roadmap.reader.fit import fit
from roadmapdocs.roadmap.reader.grid import GridCell, GridRow
from roadmapdocs.roadmap.reader.headers import Role, header_roles
from roadmapdocs.roadmap.reader.numbers import Number, read_number, read_roman, split_number, split_roman
from roadmapdocs.roadmap.reader.sections import has_section_word

_LISTED = re.compile(r"[-–—•]\s|[а-я]\)\s")
_LOWER_START = re.compile(r"[а-яёa-z\-–—•»),;:…]|\d{4}\b")
_OPEN_END = re.compile(
    r"(?:[-,–—(«]|\b(?:и|в|во|на|о|об|по|для|с|со|к|из|от|при|у|за|или|не|а|на|до|под|через|также|том|числе|"
    r"[а-яё]+(?:ого|ому|ыми|ими|ской|ную|ском))|№)$",
    re.IGNORECASE,
)
_SUM_ROW = re.compile(r"(?:итого|всего)\b", re.IGNORECASE)
_PERSON = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+|[А-ЯЁ][а-яё-]+\s[А-ЯЁ]\.\s?[А-ЯЁ]\.")
_SIGNER = re.compile(
    r"(?:зам\.|составил|методист|секретарь|начальник|директор|заведующ|руководитель|и\.\s?о\.|врио|глава|ректор|председатель|исполнитель|заместитель|исп\.)",
    re.IGNORECASE,
)


class Kind(enum.Enum):
    """``OUTSIDE`` is text that belongs to no item: a total, a signature under the table."""

    EMPTY = "empty"
    HEADER = "header"
    SECTION = "section"
    ITEM = "item"
    REST = "rest"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the kind of a row depends on beside the row: the item above, the numbers below, a gap before it.

    ``gap`` is true when blank lines stand before the row although the table's rows follow line by line.
    """

    title_above: str | None
    number_above: Number | None
    number_below: Number | None
    gap: bool
    numbered: bool
    title_below: str = ""


def kind_of_row(work: WorkRow, layout: Layout, near: Surroundings) -> Kind:
    row = work.row
    filled = row.filled
    if not filled:
        return Kind.EMPTY if not _only_continues(row) else Kind.REST
    if row.is_rule:
        return Kind.EMPTY
    if _repeats_header(row, layout):
        return Kind.HEADER
    if _SUM_ROW.match(row.text(filled[0])) or _is_signature(row):
        return Kind.OUTSIDE
    texts = {row.text(at) for at in filled}
    if len(texts) == 1:
        return _alone(work, layout, near)
    if _is_number_and_title(work, layout):
        return _numbered_heading(work, layout, near)
    if near.title_above is not None and _is_rest(work, layout, near):
        return Kind.REST
    return Kind.ITEM


def _only_continues(row: GridRow) -> bool:
    return bool(row.cells) and any(cell.continued for cell in row.cells) and any(cell.auto_number for cell in row.cells)


def _repeats_header(row: GridRow, layout: Layout) -> bool:
    texts = {row.text(at) for at in row.filled}
    if row.is_column_numbers or texts <= layout.header_texts:
        return layout.header_row is not None
    return len(header_roles(row.texts)) > 2 and len(texts & layout.header_texts) * 2 >= len(texts)


def _is_signature(row: GridRow) -> bool:
    """«Начальник отдела … И.И. Иванов» as the table's last row."""
    texts = [row.text(at) for at in row.filled]
    return 2 <= len(texts) <= 4 and bool(_SIGNER.match(texts[0])) and any(_PERSON.fullmatch(text) for text in texts[1:])


def cell_in(work: WorkRow, layout: Layout, role: Role) -> GridCell:
    """The first cell of a role; empty if the table has no such column."""
    pairs = zip(layout.columns, work.cells, strict=True)
    return next((cell for column, cell in pairs if column.role is role), GridCell())


def _alone(work: WorkRow, layout: Layout, near: Surroundings) -> Kind:
    """One text in the row (perhaps repeated in every cell)."""
    row = work.row
    at = row.filled[0]
    text = row.text(at)
    column = next((column for column in layout.columns if column.at == at), None)
    if has_section_word(text):
        return Kind.SECTION
    if read_number(text) or read_roman(text):
        return Kind.ITEM if column is not None and column.role is Role.NUMBER else Kind.REST
    repeated = len(row.filled) > 1 or row.cell(at).span * 2 > max(layout.width, 2)
    if repeated and not (near.title_above and _LOWER_START.match(text)):
        return Kind.SECTION
    if column is None or column.role not in (Role.NUMBER, Role.TITLE):
        if at == 0 and column is not None and (fit(column, text) < 1 or split_number(text)[0] or split_roman(text)[0]):
            return Kind.SECTION
        return Kind.REST if near.title_above is not None else Kind.OUTSIDE
    if column.role is Role.NUMBER or split_roman(text)[0]:
        return Kind.SECTION
    number, rest = split_number(text)
    if number and rest:
        return _by_numbers(number, near)
    return Kind.REST if _title_goes_on(text, near) else Kind.SECTION


def _title_goes_on(text: str, near: Surroundings) -> bool:
    """Words alone in the title column: the rest of the title above rather than a heading?"""
    if near.title_above is None:
        return False
    if _LOWER_START.match(text) or _OPEN_END.search(near.title_above):
        return True
    above, below = near.number_above, near.number_below
    if above and below and len(above.parts) > 1:
        return above.parts[:-1] == below.parts[:-1] and below.parts[-1] > above.parts[-1]
    return near.gap


def _is_number_and_title(work: WorkRow, layout: Layout) -> bool:
    if not any(column.role not in (Role.NUMBER, Role.TITLE, Role.OTHER) for column in layout.columns):
        return False
    number, title = cell_in(work, layout, Role.NUMBER).text, cell_in(work, layout, Role.TITLE).text
    return bool(number and title) and len(work.row.filled) == 2


def _numbered_heading(work: WorkRow, layout: Layout, near: Surroundings) -> Kind:
    """A number and words with nothing else: a heading, unless the numbers around say that it is an item."""
    printed = cell_in(work, layout, Role.NUMBER).text
    number = read_number(printed)
    if cell_in(work, layout, Role.TITLE).text.endswith(":") and is_listed(near.title_below):
        return Kind.ITEM
    if number is None:
        return Kind.SECTION if has_section_word(printed + " " + "1") or has_section_word(printed) or read_roman(printed) else Kind.ITEM
    return _by_numbers(number, near)


def _by_numbers(number: Number, near: Surroundings) -> Kind:
    depth = len(number.parts)
    below, above = near.number_below, near.number_above
    if below and below.parts[:depth] == number.parts and len(below.parts) > depth:
        return Kind.SECTION
    if below and len(below.parts) == depth and _follows(number, below):
        return Kind.ITEM if above and len(above.parts) == depth and _follows(above, number) else Kind.SECTION
    if above and len(above.parts) == depth and _follows(above, number):
        return Kind.ITEM
    return Kind.SECTION


def is_listed(title: str) -> bool:
    """«- положение;», «а) положение»: a part of the item above, in a row of its own."""
    return bool(_LISTED.match(title))


def _follows(first: Number, second: Number) -> bool:
    return first.parts[:-1] == second.parts[:-1] and 0 < second.parts[-1] - first.parts[-1] <= 3


def _is_rest(work: WorkRow, layout: Layout, near: Surroundings) -> bool:
    """A row without a number that goes on with the item above: cut by a page, or a cell of it merged downwards."""
    number = cell_in(work, layout, Role.NUMBER)
    title = cell_in(work, layout, Role.TITLE)
    if number.text or number.auto_number or title.auto_number:
        return False
    if title.continued:
        return True
    if not title.text:
        return True
    if split_number(title.text)[0]:
        return False
    goes_on = bool(_LOWER_START.match(title.text) or _OPEN_END.search(near.title_above or ""))
    if near.numbered:
        return goes_on or (near.gap and _lacks(work, layout))
    return goes_on and (near.gap or _lacks(work, layout))


def _lacks(work: WorkRow, layout: Layout) -> bool:
    """No period, or nobody responsible, of its own: half a row."""
    own = [cell_in(work, layout, role).text for role in (Role.PERIOD, Role.RESPONSIBLE) if layout.has(role)]
    return not all(own)


def numbers_below(rows: Sequence[WorkRow], layout: Layout) -> list[Number | None]:
    """For each row the number of the next row that has one and is more than a heading."""
    below: list[Number | None] = []
    nearest: Number | None = None
    for work in reversed(rows):
        below.append(nearest)
        number = read_number(cell_in(work, layout, Role.NUMBER).text)
        title = cell_in(work, layout, Role.TITLE).text
        if number is None and not cell_in(work, layout, Role.NUMBER).text:
            number = split_number(title)[0]
        if number is not None:
            nearest = number
    return below[::-1]
