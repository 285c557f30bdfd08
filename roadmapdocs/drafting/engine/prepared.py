"""A template made ready: checked as a package, its markers put together, its language read. Kept for the next time."""

from __future__ import annotations

import hashlib
import io
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError
from lxml import etree

from roadmapdocs.drafting.engine.language import Reader
from roadmapdocs.drafting.engine.package_check import check_package, check_source
from roadmapdocs.drafting.engine.sandbox import TemplateEnvironment
from roadmapdocs.drafting.engine.troubles import NOWHERE, Code, Place, Trouble
from roadmapdocs.drafting.markers import MARKER, Marker, cleaned, repair, scope_of

#: Prepared templates that are kept, and their bytes together; an office uses a dozen small ones.
KEPT: Final = 24
KEPT_BYTES: Final = 64 * 1024 * 1024
ENVIRONMENT: Final = TemplateEnvironment()

_UNKNOWN_TAG: Final = re.compile(r"unknown tag '(\w+)'")
_FOOTNOTES: Final = "wordprocessingml.footnotes+xml"


@dataclass(slots=True)
class Prepared:
    """A template with its markers together. ``data`` is its file anew, ``sources`` what docxtpl makes of its parts.

    The rest is found once and used again: parts as docxtpl patches and Jinja compiles them, and readings by names.
    Nothing of a page is kept.
    """

    data: bytes
    markers: list[Marker]
    troubles: list[Trouble]
    sources: list[str] = field(default_factory=list)
    patched: dict[str, str] = field(default_factory=dict)
    compiled: dict[str, Template] = field(default_factory=dict)
    readings: dict[str, tuple[list[Trouble], frozenset[str]]] = field(default_factory=dict)

    def place_of(self, words: str) -> Place:
        """Where a marker with these words stands; the first of them."""
        return next((one.place for one in self.markers if words in one.text), NOWHERE)


_kept: OrderedDict[str, Prepared] = OrderedDict()


def prepare(data: bytes) -> Prepared:
    """
    :raise Refusal: as :func:`roadmapdocs.files.rules.check_file`
    """
    key = hashlib.sha256(data).hexdigest()
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key]
    prepared = Prepared(data, [], check_package(data))
    if not prepared.troubles:
        _put_together(prepared)
    _kept[key] = prepared
    while len(_kept) > 1 and (len(_kept) > KEPT or sum(len(one.data) for one in _kept.values()) > KEPT_BYTES):
        _kept.popitem(last=False)
    return prepared


def _put_together(prepared: Prepared) -> None:
    template = DocxTemplate(io.BytesIO(prepared.data))
    document = template.get_docx()
    trees = [("body", document._element.body)]
    for word, uri in (("header", template.HEADER_URI), ("footer", template.FOOTER_URI)):
        trees.extend((word, part.element) for _key, part in template.get_headers_footers(uri))
    sources = [(word, _taken_in(prepared, template, word, tree)) for word, tree in trees]
    for part in document.part.package.iter_parts():
        if part.content_type.endswith(_FOOTNOTES):
            tree = etree.fromstring(part.blob)
            sources.append(("footnotes", _taken_in(prepared, template, "footnotes", tree)))
            part._blob = etree.tostring(tree, encoding="UTF-8", standalone=True)
    stream = io.BytesIO()
    document.save(stream)
    prepared.data = stream.getvalue()
    # Half a marker sends docxtpl's expressions over the whole text, again and again.
    if not any(one.code is Code.BROKEN_MARKER for one in prepared.troubles):
        prepared.sources = [template.patch_xml(source) for _word, source in sources]
        for (word, _source), source in zip(sources, prepared.sources, strict=True):
            prepared.troubles.extend(check_source(source, word))


def _taken_in(prepared: Prepared, template: Any, word: str, tree: Any) -> str:
    markers = repair(tree, word)
    prepared.markers.extend(markers.found)
    prepared.troubles.extend(markers.troubles)
    source: str = template.xml_to_string(tree)
    return source


def read(prepared: Prepared, names: Mapping[str, Any], key: str) -> tuple[list[Trouble], frozenset[str]]:
    """All troubles of the template with these names of a page, and the names that it uses."""
    if key not in prepared.readings:
        troubles, used = list(prepared.troubles), frozenset[str]()
        for source in prepared.sources:
            found, names_used = _read_source(source, prepared, names)
            troubles, used = troubles + found, used | names_used
        prepared.readings[key] = (troubles, used)
    return prepared.readings[key]


def _read_source(source: str, prepared: Prepared, names: Mapping[str, Any]) -> tuple[list[Trouble], frozenset[str]]:
    """Every marker begins a line, so that a line of the syntax tree tells the marker."""
    lines = MARKER.sub(lambda marker: f"\n{marker[0]}", source.replace("\n", " ")).split("\n")

    def place(line: int | None) -> Place:
        # Jinja gives a few of its nodes no line.
        marker = MARKER.match(lines[min(line, len(lines)) - 1]) if line else None
        wanted = _bare(marker[0]) if marker else None
        return next((one.place for one in prepared.markers if _bare(one.text) == wanted), NOWHERE)

    try:
        reader = Reader(names, place)
        reader.read(ENVIRONMENT.parse("\n".join(lines)))
    except TemplateSyntaxError as problem:
        return [_unreadable(str(problem.message), place(problem.lineno))], frozenset()
    except RecursionError:
        return [Trouble(Code.FORBIDDEN, "(((")], frozenset()
    return reader.troubles, frozenset(reader.used)


def _unreadable(message: str, place: Place) -> Trouble:
    """What Jinja says in English, as far as people ask about it."""
    if tag := _UNKNOWN_TAG.search(message):
        return Trouble(Code.UNKNOWN_TAG, tag[1], place)
    if "Unexpected end of template" in message:
        return Trouble(Code.NOT_CLOSED, "endfor" if "'endfor'" in message else "endif", place)
    return Trouble(Code.SYNTAX, message[:200], place)


def _bare(marker: str) -> str:
    """The marker without the letters of its scope: docxtpl takes them away, with the paragraph or row around it."""
    text = cleaned(marker.replace("&lt;", "<").replace("&gt;", ">"))
    scope = scope_of(text)
    return " ".join((text[:2] + text[2 + len(scope) :]).split())
