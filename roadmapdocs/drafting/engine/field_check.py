"""Fields of a Word file: a few are harmless; others read files or start programs when somebody opens the document.

A field is what stands between its fldChar ``begin`` and ``separate``, however many runs and paragraphs that takes
(ECMA-376 part 1, 17.16.18), or the ``instr`` of a fldSimple (17.16.19). What a field within it comes to is a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from lxml import etree

from roadmapdocs.drafting.engine.troubles import Code, Place, Trouble

#: Names for people, of the fields of :data:`_HARMLESS`.
ALLOWED: Final = "PAGE NUMPAGES SECTION SECTIONPAGES DATE TIME CREATEDATE SAVEDATE PRINTDATE SEQ REF PAGEREF NOTEREF TOC HYPERLINK".split()
#: Nobody nests fields so deep; a stack without an end is an attack.
DEEPEST: Final = 20
#: Troubles of a part that are worth telling.
MOST: Final = 50

_FORMAT: Final = r"""(?:\s*\\(?:\*\s*[A-Za-z]{1,20}|\#\s*"?[0\#]{1,20}"?|@\s*"[dMyHhmsAPг'/.,:\s«»-]{0,40}"|@\s*[dMyHhms/.:-]{1,20}))*"""
_BOOKMARK: Final = r"[^\W\d]\w{0,39}"
#: The whole of a harmless field. No argument may be a text at will: there is nothing to hide an instruction in.
_HARMLESS: Final = re.compile(
    rf"""\s*(?:
        (?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE)
        |SEQ\s+{_BOOKMARK}(?:\s*\\[nch])*
        |(?:REF|PAGEREF|NOTEREF)\s+{_BOOKMARK}(?:\s*\\[fhnprtw])*
        |TOC(?:\s*\\(?:[hzunp]|o\s*"[1-9]-[1-9]"))*
        |HYPERLINK\s+(?:\\l\s+"{_BOOKMARK}"|"(?:https?://|mailto:)[^\s"\\{{}}]{{1,300}}")
    ){_FORMAT}\s*""",
    re.IGNORECASE | re.VERBOSE,
)
#: However they are disguised: also as the name of a bookmark.
_OUTSIDE: Final = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|DDE|DDEAUTO|LINK|DATABASE|EMBED|MACROBUTTON|RD|MERGEFIELD)\b", re.IGNORECASE
)
#: Signs of markers, and of markers that docxtpl has taken out of their paragraphs.
_MARKED: Final = re.compile(r"\{[{%#]|[}%#]\}|\ue000")
#: Stands for a marker where the file is read without them.
MARKER_SIGN: Final = "\ue000"
_KINDS: Final = frozenset({"begin", "separate", "end"})


@dataclass(slots=True)
class _Field:
    """``open`` while its instruction goes on: from ``begin`` to ``separate`` or ``end``."""

    pieces: list[str] = field(default_factory=list)
    open: bool = True


def field_troubles(root: Any, part: str) -> Iterator[Trouble]:
    """Of a part's tree, the first :data:`MOST`. ``part`` is the word for it in a place."""
    return islice(_troubles(root, part), MOST)


def _troubles(root: Any, part: str) -> Iterator[Trouble]:
    for instruction in _instructions(root):
        shown = " ".join(instruction.replace(MARKER_SIGN, "{{ }}").split())[:80]
        place = Place(part, shown or "{ }")
        if _MARKED.search(instruction):
            yield Trouble(Code.FIELD_MARKER, shown, place)
        elif outside := _OUTSIDE.search(instruction):
            yield Trouble(Code.FIELD, outside[1].upper(), place)
        elif not _HARMLESS.fullmatch(instruction):
            yield Trouble(Code.FIELD, (shown.split() or ["{ }"])[0], place)


def _instructions(root: Any) -> Iterator[str]:
    """The instructions of all fields; text of instructions outside any field is one more."""
    stack: list[_Field] = []
    loose: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if event == "start":
            if name == "fldSimple":
                yield _attribute(element, "instr")
            elif name == "fldChar":
                yield from _turned(stack, _attribute(element, "fldCharType"))
            _said(stack, loose, element.text, name)
        if event != "start" and element is not root:
            _said(stack, loose, element.tail, "")
    yield from ("".join(one.pieces) for one in stack if one.open)
    if "".join(loose).strip():
        yield "".join(loose)


def _turned(stack: list[_Field], kind: str) -> Iterator[str]:
    if kind not in _KINDS or (kind == "begin" and len(stack) >= DEEPEST):
        yield f"fldChar {kind}"
    elif kind == "begin":
        stack.append(_Field())
    elif stack:
        ended = stack[-1] if kind == "separate" else stack.pop()
        if ended.open:
            ended.open = False
            yield "".join(ended.pieces)


def _said(stack: list[_Field], loose: list[str], text: str | None, name: str) -> None:
    """A text belongs to the innermost field whose instruction goes on: results of fields within it do."""
    if not text:
        return
    within = next((one for one in reversed(stack) if one.open), None)
    if within is not None:
        within.pieces.append(text)
    elif name in ("instrText", "delInstrText"):
        # An instruction in a field's result, or in none: Word may yet take it for one.
        loose.append(text)


def _attribute(element: Any, name: str) -> str:
    """By its local name: the strict namespace names the same attribute."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
