"""What a template cannot say and a printed file should have: no empty last section, and tables with columns of theirs.

Templates count a table's width in many narrow columns of which each cell spans its share, and end pages that lie
another way with a section break. Both are put into the form that Word itself would write.
"""

from __future__ import annotations

import bisect
import itertools
from typing import Any, Final

from docx.oxml import OxmlElement

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_ROW_ENDS: Final = (f"{W}gridBefore", f"{W}gridAfter")


def settle_layout(body: Any) -> None:
    """Change the body of a printed document in place."""
    _take_last_section(body)
    width = 0
    for table, page in _tables(body):
        width = _text_width(page) or width
        _fit_columns(table, width)


def _take_last_section(body: Any) -> None:
    """A section break with nothing behind it is the end of the document, not an empty page."""
    last = body.find(f"{W}sectPr")
    before = last.getprevious() if last is not None else None
    properties = before.find(f"{W}pPr/{W}sectPr") if before is not None else None
    if before is None or properties is None:
        return
    body.replace(last, properties)
    if before.find(f"{W}r") is None and before.getprevious() is not None and before.getprevious().tag == f"{W}p":
        body.remove(before)


def _tables(body: Any) -> list[tuple[Any, Any]]:
    """Tables of the body, each with the properties of the section that it stands in."""
    found: list[tuple[Any, Any]] = []
    waiting: list[Any] = []
    for element in body:
        if element.tag == f"{W}tbl":
            waiting.append(element)
        properties = element if element.tag == f"{W}sectPr" else element.find(f"{W}pPr/{W}sectPr")
        if properties is not None:
            found.extend((table, properties) for table in waiting)
            waiting = []
    return found


def _text_width(section: Any) -> int:
    """Twips between the margins; 0 if the section does not say."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return 0
    return int(size.get(f"{W}w", 0)) - int(margins.get(f"{W}left", 0)) - int(margins.get(f"{W}right", 0))


def _fit_columns(table: Any, page: int) -> None:
    """Only the columns that some cell begins or ends at, as wide as their share of the table; each cell says its width.

    Tables of fixed layout over the whole width alone: the others are as their maker drew them.
    """
    layout, width = table.find(f"{W}tblPr/{W}tblLayout"), table.find(f"{W}tblPr/{W}tblW")
    grid = table.find(f"{W}tblGrid")
    if page <= 0 or layout is None or layout.get(f"{W}type") != "fixed" or width is None or width.get(f"{W}type") != "pct":
        return
    rows = table.findall(f"{W}tr")
    if any(row.find(f".//{end}") is not None for row in rows for end in _ROW_ENDS) or table.find(f".//{W}tc//{W}tbl") is not None:
        return
    shares = [int(column.get(f"{W}w", 0)) for column in grid]
    edges = [0, *itertools.accumulate(shares)]
    spans = [[_span(cell) for cell in row.findall(f"{W}tc")] for row in rows]
    places = [[0, *itertools.accumulate(one)] for one in spans]
    if any(one[-1] >= len(edges) for one in places) or not edges[-1]:
        return
    used = sorted({place for one in places for place in one})
    at = {place: round(edges[place] * page / edges[-1]) for place in used}
    for column in list(grid):
        grid.remove(column)
    for left, right in itertools.pairwise(used):
        grid.append(_element("gridCol", w=at[right] - at[left]))
    for row, ends in zip(rows, places, strict=True):
        for cell, (left, right) in zip(row.findall(f"{W}tc"), itertools.pairwise(ends), strict=True):
            _set_cell(cell, at[right] - at[left], bisect.bisect_left(used, right) - bisect.bisect_left(used, left))
    width.set(f"{W}w", str(page))
    width.set(f"{W}type", "dxa")


def _span(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return max(int(span.get(f"{W}val", 1)), 1) if span is not None else 1


def _set_cell(cell: Any, width: int, span: int) -> None:
    """The order of properties is fixed: width, span, all else (ECMA-376 part 1, 17.4.70)."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = OxmlElement("w:tcPr")
        cell.insert(0, properties)
    for name in ("tcW", "gridSpan"):
        for old in properties.findall(f"{W}{name}"):
            properties.remove(old)
    if span > 1:
        properties.insert(0, _element("gridSpan", val=span))
    wide = _element("tcW", w=width)
    wide.set(f"{W}type", "dxa")
    properties.insert(0, wide)


def _element(name: str, **values: int) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in values.items():
        element.set(f"{W}{key}", str(value))
    return element
