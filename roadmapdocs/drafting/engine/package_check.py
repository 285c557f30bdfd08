"""What a Word file taken for a template must not hold: programs, things embedded, and whatever leads outside it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from lxml import etree

from roadmapdocs.drafting.engine.field_check import MARKER_SIGN, field_troubles
from roadmapdocs.drafting.engine.troubles import Code, Trouble
from roadmapdocs.drafting.markers import MARKER
from roadmapdocs.files.kinds import Kind, kind_of
from roadmapdocs.files.rules import check_file

#: Word files, and those of which :func:`check_file` says more than that they are none.
_TOLD: Final = (Kind.DOCX, Kind.ZIP, Kind.LOCKED, Kind.EXECUTABLE)
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: Ends of the types of relationships that bring in what is no text of the document.
_DANGEROUS: Final = frozenset(
    "oleObject package control activeXControlBinary vbaProject wordVbaData aFChunk attachedTemplate subDocument frame "
    "mailMergeSource mailMergeHeaderSource recipientData keyMapCustomizations attachedToolbars".split()
)
_SAFE_ADDRESS: Final = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
_TYPES: Final = "[Content_Types].xml"
#: Ends of the content types of parts that are filled in, and the words for them in places; markers anywhere else would
#: stay as they are. A part's name says nothing: it is what its content type says (ECMA-376 part 2, 10.1.2).
_FILLED: Final = {
    "wordprocessingml.document.main+xml": "body",
    "wordprocessingml.header+xml": "header",
    "wordprocessingml.footer+xml": "footer",
    "wordprocessingml.footnotes+xml": "footnotes",
}
_HALF_MARKER: Final = re.compile(rb"\{\{|\{%")


def check_package(data: bytes) -> list[Trouble]:
    """All that is wrong with the file as a package.

    :raise Refusal: as :func:`roadmapdocs.files.rules.check_file`, of a file in which nothing may be read
    """
    if (data and kind_of(data) not in _TOLD) or check_file(data, "template.docx") is not Kind.DOCX:
        return [Trouble(Code.NOT_DOCX)]
    troubles: list[Trouble] = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if _MAIN.encode() not in archive.read(_TYPES):
            return [Trouble(Code.NOT_DOCX)]
        types = _Types.of(archive)
        for name in archive.namelist():
            content = archive.read(name)
            if name.lower().endswith(".rels"):
                troubles.extend(_relationships(content))
                continue
            word = types.word_of(name)
            if word is None and types.is_xml(name) and _HALF_MARKER.search(content):
                troubles.append(Trouble(Code.MARKER_ELSEWHERE, name))
            troubles.extend(_fields(content, word or name, strict=types.is_xml(name)))
    return troubles


def check_fields(data: bytes) -> list[Trouble]:
    """Fields of a finished file that may not be there: what markers make of a template is looked at as well."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        types = _Types.of(archive)
        return [
            trouble
            for name in archive.namelist()
            for trouble in _fields(archive.read(name), types.word_of(name) or name, strict=types.is_xml(name))
        ]


def check_source(source: str, part: str) -> list[Trouble]:
    """Fields of a part as docxtpl makes it ready: paragraphs, rows and runs that markers take the place of are gone."""
    try:
        tree = _tree(MARKER.sub(MARKER_SIGN, source).encode())
    except etree.XMLSyntaxError:
        # Printing it says what is torn.
        return []
    return list(field_troubles(tree, part))


@dataclass(frozen=True, slots=True)
class _Types:
    """Content types by part (a path, small letters) and by extension."""

    parts: dict[str, str]
    extensions: dict[str, str]

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> _Types:
        tree = _tree(archive.read(_TYPES))
        return cls(
            {one.get("PartName", "").lstrip("/").lower(): one.get("ContentType", "") for one in tree.iter("{*}Override")},
            {one.get("Extension", "").lower(): one.get("ContentType", "") for one in tree.iter("{*}Default")},
        )

    def word_of(self, name: str) -> str | None:
        """The word for a part that is filled in; None for any other."""
        kind = self._of(name)
        return next((word for end, word in _FILLED.items() if kind.endswith(end)), None)

    def is_xml(self, name: str) -> bool:
        return self._of(name).endswith(("+xml", "/xml")) or name.lower().endswith(".xml")

    def _of(self, name: str) -> str:
        low = name.lower()
        return self.parts.get(low) or self.extensions.get(low.rpartition(".")[2], "")


def _tree(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _relationships(content: bytes) -> Iterator[Trouble]:
    for relationship in _tree(content).iter(_RELATIONSHIP):
        kind = relationship.get("Type", "").rsplit("/", 1)[-1]
        target = relationship.get("Target", "")
        if kind in _DANGEROUS:
            yield Trouble(Code.DANGEROUS_PART, kind)
        elif relationship.get("TargetMode") == "External" and not (kind == "hyperlink" and _SAFE_ADDRESS.fullmatch(target)):
            yield Trouble(Code.EXTERNAL, target[:200])


def _fields(content: bytes, part: str, *, strict: bool) -> Iterator[Trouble]:
    """``strict`` is for parts that say that they are XML: in others XML is looked for, and a picture is none."""
    try:
        tree = _tree(content)
    except etree.XMLSyntaxError:
        if strict:
            raise
        return
    yield from field_troubles(tree, part)
