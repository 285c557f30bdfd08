"""Parts of an Office package (DOCX, XLSX) as XML trees: the reader's only door to them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from lxml import etree

from roadmapdocs.files.kinds import BROKEN_ARCHIVE
from roadmapdocs.files.rules import damaged

# Elements of lxml; it ships no types of its own.
Element = Any

_PACKAGE_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

# The strict variant of the standard differs from the usual one by the names of its namespaces only.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class Package:
    """An open package. Whatever is broken in it comes out as the refusal ``damaged``."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN_ARCHIVE as problem:
            raise damaged(name) from problem
        self._parts = {entry.filename.casefold(): entry for entry in self._archive.infolist()}

    def bytes_of(self, part: str) -> bytes | None:
        """Content of a part, or None where there is no such part."""
        entry = self._parts.get(part.lstrip("/").casefold())
        if entry is None:
            return None
        try:
            return self._archive.read(entry)
        except (*BROKEN_ARCHIVE, zlib.error, RuntimeError) as problem:
            raise damaged(self._name) from problem

    def tree(self, part: str) -> Element | None:
        """Root element of a part, or None where there is no such part."""
        content = self.bytes_of(part)
        return None if content is None else self.parse(content)

    def parse(self, content: bytes) -> Element:
        """Root element of a part's content; never loads anything from outside, nor expands entities."""
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as problem:
            raise damaged(self._name) from problem
        if root.getroottree().docinfo.internalDTD is not None:
            raise damaged(self._name)
        return root

    def main_part(self, usual: str) -> str:
        """Path of the document itself, as the package says, or ``usual`` where it does not."""
        for target in self.related("", "/officeDocument").values():
            if target.casefold() in self._parts:
                return target
        return usual

    def related(self, part: str, kind: str) -> dict[str, str]:
        """Relationship id → path of the parts related to ``part`` by a type that ends with ``kind``."""
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        found = {}
        for relation in root.iter(_PACKAGE_RELATIONSHIPS):
            if relation.get("Type", "").endswith(kind) and relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                found[relation.get("Id", "")] = target.lstrip("/")
        return found
