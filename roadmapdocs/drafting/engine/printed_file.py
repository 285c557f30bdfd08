"""A rendered document made a finished file: properties of ours, nothing twice, the same bytes for the same input."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from docx.oxml import OxmlElement
from lxml import etree

from roadmapdocs.drafting.markers import W
from roadmapdocs.drafting.page_layout import settle_layout
from roadmapdocs.russian.letters import printable

#: Word takes the time of a part for nothing; the earliest that an archive can have is as good as any.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_LONGEST_PROPERTY: Final = 255
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
#: Marks of an editing session. Loops would repeat them, and Word wants those of paragraphs but once.
_SESSION: Final = (
    *(f"{W}{name}" for name in "rsidR rsidRDefault rsidRPr rsidP rsidTr rsidDel rsidSect".split()),
    f"{_W14}paraId",
    f"{_W14}textId",
)


def finished(document: Any, properties: Mapping[str, str]) -> bytes:
    """The bytes of the file. ``properties`` are title and author."""
    _settle(document._element)
    core = document.core_properties
    core.title = printable(properties.get("title", ""))[:_LONGEST_PROPERTY]
    core.author = core.last_modified_by = printable(properties.get("author", ""))[:_LONGEST_PROPERTY]
    core.language = "ru-RU"
    core.comments = core.subject = core.keywords = core.category = core.identifier = core.version = core.content_status = ""
    core.revision = 1
    core.created = core.modified = dt.datetime(*_EPOCH)  # noqa: DTZ001  # as the library takes it
    for leftover in core._element.findall("{*}lastPrinted"):
        core._element.remove(leftover)
    stream = io.BytesIO()
    document.save(stream)
    return timeless(stream.getvalue())


def _settle(root: Any) -> None:
    """Put right what loops and conditions leave: repeated marks, and cells without a paragraph."""
    for name in _SESSION:
        etree.strip_attributes(root, name)
    for cell in root.iter(f"{W}tc"):
        if not len(cell) or cell[-1].tag != f"{W}p":
            # A cell has to end with a paragraph (ECMA-376 part 1, 17.4.66), or Word calls the file damaged.
            cell.append(OxmlElement("w:p"))
    _bookmarks(root)
    settle_layout(root.body)


def _bookmarks(root: Any) -> None:
    """Each bookmark has an id of its own, and a name that came by before goes with its bookmark."""
    names: set[str] = set()
    fresh: dict[str, str] = {}
    for element in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        identity = element.get(f"{W}id", "")
        if element.tag == f"{W}bookmarkEnd":
            number = fresh.pop(identity, None)
        else:
            name = element.get(f"{W}name", "")
            number = None if name in names else str(len(names))
            if number is not None:
                names.add(name)
                fresh[identity] = number
        if number is None:
            element.getparent().remove(element)
        else:
            element.set(f"{W}id", number)


def timeless(data: bytes) -> bytes:
    """The same archive without the moment at which each part was written."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
