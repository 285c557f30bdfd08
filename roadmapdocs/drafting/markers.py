"""Markers of a template, ``{{ … }}`` and ``{% … %}``: put together where Word has split them, or named with their place.

Word cuts a marker into runs at each change of language, spelling or formatting, turns its quotes and dashes into
typographic ones and its spaces into no-break ones. A marker is written whole into the run in which it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.drafting.engine.troubles import Code, Place, Severity, Trouble

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
LONGEST_PLACE: Final = 80

#: A whole marker. Over a text with halves of markers it searches again and again: see :func:`_spans`.
MARKER: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_BEGIN: Final = re.compile(r"\{[{%#]")
_ENDS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_HALF: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_LOOSE: Final = re.compile(r"\{\s+[{%]|[}%]\s+\}")
_SCOPED: Final = re.compile(r"(\{[{%#])(\s*)(tr|tc|p|r)\s")
#: What stands in a run beside its text, as the text that it would be within a marker.
_SIGNS: Final = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_TEXT: Final = f"{W}t"
_SPACES: Final = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_NO_WIDTH: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_TYPEWRITTEN: Final = {ord(sign): plain for plain, signs in {'"': "“”„‟", "'": "‘’‚‛", "-": "‐‑‒–—−"}.items() for sign in signs}
_GUILLEMETS: Final = {ord("«"): '"', ord("»"): '"'}


@dataclass(frozen=True, slots=True)
class Marker:
    """``text`` is the marker as it is read, typewriter signs and single spaces."""

    text: str
    place: Place


@dataclass(slots=True)
class Markers:
    """Markers of a part in their order, and what is wrong with some."""

    found: list[Marker]
    troubles: list[Trouble]


def repair(root: Any, part: str) -> Markers:
    """Put the markers of a part's tree together, in place. ``part`` is the word for the part in a place."""
    tables = {table: number for number, table in enumerate(root.iter(f"{W}tbl"), start=1)}
    markers = Markers([], [])
    for paragraph in root.iter(f"{W}p"):
        pieces = list(_pieces(paragraph))
        text = "".join(piece for _element, piece in pieces)
        if "{" in text or "}" in text:
            _repair_paragraph(paragraph, pieces, text, _place(paragraph, text, part, tables), markers)
    return markers


def cleaned(marker: str) -> str:
    """The marker with typewriter quotes, dashes and spaces, ``p``, ``tr``, ``tc`` and ``r`` next to their bracket."""
    text = marker.translate(_NO_WIDTH).translate(_TYPEWRITTEN)
    if '"' not in text and "'" not in text:
        text = text.translate(_GUILLEMETS)
    text = _SPACES.sub(" ", text)
    scope = _SCOPED.match(text)
    return text[:2] + text[scope.start(3) :] if scope and scope[1] == "{%" else text


def scope_of(marker: str) -> str:
    """``tr``, ``tc``, ``p`` or ``r``: what the marker stands for as a whole; empty for one within a text."""
    scope = _SCOPED.match(marker)
    return scope[3] if scope and not scope[2] else ""


def _pieces(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """Runs' texts of this paragraph and not of one in a frame within it."""
    for element in paragraph.iter(_TEXT, *_SIGNS):
        run = element.getparent()
        if run.tag == f"{W}r" and next(run.iterancestors(f"{W}p")) is paragraph:
            yield element, (element.text or "") if element.tag == _TEXT else _SIGNS[element.tag]


def _repair_paragraph(paragraph: Any, pieces: list[tuple[Any, str]], text: str, place: Place, markers: Markers) -> None:
    spans = [(start, end, cleaned(text[start:end])) for start, end in _spans(text)]
    _rewrite(pieces, spans)
    for _start, _end, marker in spans:
        markers.found.append(Marker(marker, place))
        markers.troubles.extend(_misplaced(paragraph, marker, place))
    rest = _without(text, spans)
    for half in [*(marker for _s, _e, marker in spans if _HALF.search(marker[2:-2])), *_HALF.findall(rest)[:1]]:
        markers.troubles.append(Trouble(Code.BROKEN_MARKER, half[:LONGEST_PLACE], place))
    if loose := _LOOSE.search(rest):
        markers.troubles.append(Trouble(Code.LOOSE_BRACES, loose[0], place, severity=Severity.WARNING))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where whole markers begin and end; the time is that of reading the text, whatever is in it."""
    at, endless = 0, set()
    while begin := _BEGIN.search(text, at):
        at = begin.end()
        if begin[0] in endless:
            continue
        end = text.find(_ENDS[begin[0]], at)
        if end < 0:
            endless.add(begin[0])
        else:
            yield begin.start(), end + 2
            at = end + 2


def _without(text: str, spans: list[tuple[int, int, str]]) -> str:
    bounds = [0, *(edge for start, end, _marker in spans for edge in (start, end)), len(text)]
    return "".join(text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True))


def _rewrite(pieces: list[tuple[Any, str]], spans: list[tuple[int, int, str]]) -> None:
    """Each marker goes whole to the piece in which it begins; the pieces behind it lose their part of it."""
    at = 0
    for element, piece in pieces:
        end, inside = at + len(piece), False
        written, cursor = [], at
        for start, stop, marker in spans:
            if stop <= at or start >= end:
                continue
            inside = True
            written.append(piece[max(cursor, at) - at : max(start, at) - at])
            if start >= at:
                written.append(marker)
            cursor = min(stop, end)
        if inside and element.tag == _TEXT:
            element.text = "".join([*written, piece[cursor - at :]])
            # Spaces at the ends of a value count, whatever stood there when the template was typed.
            element.set(XML_SPACE, "preserve")
        elif inside:
            element.getparent().remove(element)
        at = end


def _misplaced(paragraph: Any, marker: str, place: Place) -> Iterator[Trouble]:
    """A marker that stands for a paragraph, row or cell takes its place wholly: what else is in there would be lost."""
    scope = scope_of(marker)
    if not scope or scope == "r":
        if scope and marker.startswith("{{"):
            yield Trouble(Code.RAW_MARKER, marker, place)
        return
    if marker.startswith("{{"):
        yield Trouble(Code.RAW_MARKER, marker, place)
        return
    holder = paragraph if scope == "p" else next(paragraph.iterancestors(f"{W}{scope}"), None)
    if holder is None:
        yield Trouble(Code.OUTSIDE_TABLE, marker, place)
        return
    texts = (element.text or "" for element in holder.iter(_TEXT))
    if cleaned("".join(texts)).strip() != marker:
        yield Trouble(Code.TEXT_LOST, marker, place)
    if scope == "p" and holder.find(f"{W}pPr/{W}sectPr") is not None:
        yield Trouble(Code.SECTION_LOST, marker, place)


def _place(paragraph: Any, text: str, part: str, tables: dict[Any, int]) -> Place:
    shown = " ".join(text.split())
    shown = shown if len(shown) <= LONGEST_PLACE else shown[:LONGEST_PLACE] + "…"
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    row = next(paragraph.iterancestors(f"{W}tr"), None)
    table = next(paragraph.iterancestors(f"{W}tbl"), None)
    if cell is None or row is None or table is None:
        return Place(part, shown)
    rows, cells = list(table.iter(f"{W}tr")), list(row.iter(f"{W}tc"))
    return Place(part, shown, tables[table], rows.index(row) + 1, cells.index(cell) + 1)
