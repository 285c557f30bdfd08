"""Whether a DOCX is put together as ECMA-376 wants it, in the parts that our files have: Word is told before it asks.

Not a validator of the whole schema: the package with its types and relationships, the order of children that Word
insists on, ids that may stand but once, and references that must lead somewhere.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from lxml import etree

from roadmapdocs.drafting.engine.ooxml_order import ORDER
from roadmapdocs.files.kinds import BROKEN_ARCHIVE

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TYPES: Final = "[Content_Types].xml"
_STORIES: Final = ("document", "header", "footer", "footnotes", "endnotes")
_REFERENCES: Final = ((f"{_W}pStyle", "style"), (f"{_W}rStyle", "style"), (f"{_W}tblStyle", "style"), (f"{_W}numId", "num"))
_parser: Final = partial(etree.XMLParser, resolve_entities=False, no_network=True, load_dtd=False)


def problems(data: bytes) -> list[str]:
    """A line for each thing wrong, «word/document.xml: …»; none, if all is well. The same thing is told once."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except BROKEN_ARCHIVE:
        return ["not an archive"]
    trees: dict[str, Any] = {}
    found = []
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(content, _parser())
            except etree.XMLSyntaxError as problem:
                found.append(f"{name}: not well formed: {problem.msg}")
    if _TYPES not in trees or "word/document.xml" not in trees:
        return [*found, "no content types or no text"]
    found.extend(_types(parts, trees[_TYPES]))
    for name, tree in trees.items():
        found.extend(_relationships(name, tree, parts, trees))
        if name.startswith("word/") and not name.endswith(".rels"):
            found.extend(f"{name}: {one}" for one in _part(name, tree, trees))
    return list(dict.fromkeys(found))


def _types(parts: dict[str, bytes], types: Any) -> Iterator[str]:
    """Every part has a type, and every type a part."""
    defaults = {one.get("Extension", "").lower() for one in types if etree.QName(one).localname == "Default"}
    named = [one.get("PartName", "").lstrip("/") for one in types if etree.QName(one).localname == "Override"]
    for name in parts:
        if name != _TYPES and not name.endswith("/") and name not in named and name.rpartition(".")[2].lower() not in defaults:
            yield f"{name}: has no content type"
    yield from (f"{name}: has a content type and is not there" for name in named if name not in parts)
    yield from (f"{name}: has two content types" for name, count in Counter(named).items() if count > 1)


def _relationships(name: str, tree: Any, parts: dict[str, bytes], trees: dict[str, Any]) -> Iterator[str]:
    if name.endswith(".rels"):
        folder = posixpath.dirname(posixpath.dirname(name))
        for one in tree:
            target = one.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if one.get("TargetMode") != "External" and place not in parts:
                yield f"{name}: leads to {target}, which is not there"
        yield from (f"{name}: {one} stands twice" for one in _twice(one.get("Id") for one in tree))
        return
    folder, _slash, own = name.rpartition("/")
    known = {one.get("Id") for one in trees.get(f"{folder}/_rels/{own}.rels", ())}
    for element in tree.iter(etree.Element):
        for attribute, value in element.attrib.items():
            if attribute.startswith(_R) and value and value not in known:
                yield f"{name}: {value} leads nowhere"


def _part(name: str, tree: Any, trees: dict[str, Any]) -> Iterator[str]:
    for element in tree.iter(etree.Element):
        yield from _order(element)
        yield from _table(element)
    stem = posixpath.basename(name)
    if stem.startswith(_STORIES):
        yield from _identities(tree)
        yield from _fields(tree)
        yield from _names(tree, trees)
    if stem == "document.xml":
        body = tree.find(f"{_W}body")
        if body is None or not len(body) or body[-1].tag != f"{_W}sectPr":
            yield "w:body does not end with w:sectPr"


def _order(element: Any) -> Iterator[str]:
    """Children in the order of the schema, each once but for those that may repeat."""
    order = ORDER.get(element.tag)
    if order is None:
        return
    last, seen = -1, None
    for child in element:
        if not isinstance(child.tag, str) or not child.tag.startswith(_W):
            continue
        place = order.get(child.tag)
        local = child.tag.removeprefix(_W)
        if place is None:
            yield f"w:{local} does not belong into w:{element.tag.removeprefix(_W)}"
        elif place < last:
            yield f"w:{local} stands too late in w:{element.tag.removeprefix(_W)}"
        elif place == last and child.tag == seen and local not in _REPEATED:
            yield f"w:{local} stands twice in w:{element.tag.removeprefix(_W)}"
        last, seen = max(last, place or 0), child.tag


_REPEATED: Final = frozenset("headerReference footerReference tblStylePr tab gridCol lvl abstractNum num lvlOverride".split())


def _table(element: Any) -> Iterator[str]:
    """Tables have a grid and rows, rows cells, cells a paragraph at their end (ECMA-376 part 1, 17.4.66)."""
    if element.tag == f"{_W}tc" and (not len(element) or element[-1].tag != f"{_W}p"):
        yield "w:tc does not end with a paragraph"
    elif element.tag == f"{_W}tr" and element.find(f".//{_W}tc") is None:
        yield "w:tr has no cell"
    elif element.tag == f"{_W}tbl":
        if element.find(f"{_W}tblGrid") is None:
            yield "w:tbl has no w:tblGrid"
        if element.find(f".//{_W}tr") is None:
            yield "w:tbl has no row"
    elif element.tag in (f"{_W}p", f"{_W}r"):
        first = f"{element.tag}Pr"
        if any(child.tag == first for child in element[1:]):
            yield f"{first.replace(_W, 'w:')} does not stand first"
        if next(element.iterancestors(element.tag), None) is element.getparent():
            yield f"{element.tag.replace(_W, 'w:')} stands within its like"


def _identities(tree: Any) -> Iterator[str]:
    starts = [one.get(f"{_W}id") for one in tree.iter(f"{_W}bookmarkStart")]
    ends = [one.get(f"{_W}id") for one in tree.iter(f"{_W}bookmarkEnd")]
    names = (one.get(f"{_W}name") for one in tree.iter(f"{_W}bookmarkStart"))
    drawings = (one.get("id") for one in tree.iter(f"{_WP}docPr"))
    paragraphs = (one.get(f"{_W14}paraId") for one in tree.iter(f"{_W}p"))
    for what, ids in (("bookmark", starts), ("bookmark", names), ("drawing", drawings), ("paragraph", paragraphs)):
        yield from (f"the id {one} of a {what} stands twice" for one in _twice(ids))
    if sorted(map(str, starts)) != sorted(map(str, ends)):
        yield "a bookmark begins or ends without the other"


def _fields(tree: Any) -> Iterator[str]:
    depth = 0
    for mark in tree.iter(f"{_W}fldChar"):
        depth += {"begin": 1, "end": -1}.get(mark.get(f"{_W}fldCharType", ""), 0)
        if depth < 0:
            yield "a field ends that has not begun"
            depth = 0
    if depth:
        yield "a field has no end"


def _names(tree: Any, trees: dict[str, Any]) -> Iterator[str]:
    """Styles and numberings that are used are there."""
    styles, numbering = trees.get("word/styles.xml"), trees.get("word/numbering.xml")
    known = {
        "style": {one.get(f"{_W}styleId") for one in styles.iter(f"{_W}style")} if styles is not None else set(),
        "num": {one.get(f"{_W}numId") for one in numbering.iter(f"{_W}num")} if numbering is not None else set(),
    }
    known["num"].add("0")  # «no numbering»
    for tag, what in _REFERENCES:
        for one in tree.iter(tag):
            if one.get(f"{_W}val") not in known[what]:
                yield f"{tag.replace(_W, 'w:')} names {one.get(f'{_W}val')}, which is not there"


def _twice(ids: Any) -> list[str]:
    return [one for one, count in Counter(ids).items() if one is not None and count > 1]
