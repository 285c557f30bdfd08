"""What a Word file taken for a template must not hold: programs, things embedded, and whatever leads outside it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from lxml import etree

from roadmapdocs.drafting.engine.troubles import Code, Place, Trouble
from roadmapdocs.drafting.markers import W
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
#: Fields that read other files or start programs when somebody opens the document.
_FIELDS: Final = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|DDE|DDEAUTO|LINK|DATABASE|EMBED|MACROBUTTON|RD|MERGEFIELD)\b", re.IGNORECASE
)
#: Parts that are filled in; markers anywhere else would stay as they are.
_READ_PARTS: Final = re.compile(r"^word/(document|header|footer|footnotes)\d*\.xml$")
_HALF_MARKER: Final = re.compile(rb"\{\{|\{%")


def check_package(data: bytes) -> list[Trouble]:
    """All that is wrong with the file as a package.

    :raise Refusal: as :func:`roadmapdocs.files.rules.check_file`, of a file in which nothing may be read
    """
    if (data and kind_of(data) not in _TOLD) or check_file(data, "template.docx") is not Kind.DOCX:
        return [Trouble(Code.NOT_DOCX)]
    troubles: list[Trouble] = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        if _MAIN.encode() not in archive.read("[Content_Types].xml"):
            return [Trouble(Code.NOT_DOCX)]
        for name in names:
            content = archive.read(name)
            if name.endswith(".rels"):
                troubles.extend(_relationships(content))
            elif _READ_PARTS.match(name):
                troubles.extend(_fields(content))
            elif name.endswith(".xml") and _HALF_MARKER.search(content):
                troubles.append(Trouble(Code.MARKER_ELSEWHERE, name))
    return troubles


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


def _fields(content: bytes) -> Iterator[Trouble]:
    tree = _tree(content)
    instructions = [field.get(f"{W}instr", "") for field in tree.iter(f"{W}fldSimple")]
    for paragraph in tree.iter(f"{W}p"):
        instructions.append("".join(text.text or "" for text in paragraph.iter(f"{W}instrText")))
    for instruction in instructions:
        if found := _FIELDS.search(instruction):
            yield Trouble(Code.FIELD, found[1].upper(), Place(paragraph=instruction.strip()[:80]))
