"""Archives (DOCX, XLSX, ODT, ODS are archives) checked before anything in them is unpacked or parsed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from roadmapdocs.errors import Refusal
from roadmapdocs.files.kinds import BROKEN_ARCHIVE
from roadmapdocs.files.limits import Limits
from roadmapdocs.i18n import gettext as _

# A document may hold a document (a chart holds its sheet); deeper nesting is nobody's honest work.
MAX_DEPTH = 2

_LOCAL_HEADER = 30
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MACRO_PART = re.compile(r"(^|/)vbaproject\.bin$|^basic/.*\.(xml|xlb|xba)$", re.IGNORECASE)
_MACRO_TYPE = re.compile(rb"macroEnabled(Template)?\.main", re.IGNORECASE)
_DECLARATION = re.compile(r"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
# ECMA-376 part 2, 10.1.2: parts are in UTF-8 or UTF-16. A rarer encoding could hide a DTD from the check.
_ENCODINGS = {"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"}


def damaged(name: str) -> Refusal:
    """The refusal for a file that cannot be opened, wherever that comes to light."""
    return Refusal(
        "damaged",
        _(
            "The file %(name)s is damaged and cannot be opened. Open it in the program it was made in, "
            "save it anew and choose it again.",
            name=name,
        ),
        name=name,
    )


def check_archive(data: bytes, name: str, limits: Limits) -> None:
    """Refuse an archive that is broken, locked, hostile or carries macros; ``name`` is for messages.

    Codes: ``damaged``, ``encrypted``, ``archive_bomb``, ``unsafe_archive``, ``macros``, ``external_entities``.
    Declared sizes may be trusted as bounds: ``zipfile`` never gives more bytes than an entry declares.
    """
    _Inspection(name, limits, limits.max_unpacked_bytes).archive(data, depth=0)


@dataclass(slots=True)
class _Inspection:
    """``left``: unpacked bytes that may still be spent by the archive together with the archives inside it."""

    name: str
    limits: Limits
    left: int

    def archive(self, data: bytes, depth: int) -> None:
        # Counted in the raw bytes, because opening an archive already builds an object for each entry.
        if depth > MAX_DEPTH or data.count(b"PK\x01\x02") > 2 * self.limits.max_entries:
            raise bomb(self.name)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
                self._check_sizes(entries)
                _check_names(entries, self.name)
                _check_layout(entries, self.name)
                for entry in entries:
                    self._check_content(archive, entry, depth)
        except (*BROKEN_ARCHIVE, zlib.error, RuntimeError) as problem:
            raise damaged(self.name) from problem

    def _check_sizes(self, entries: list[zipfile.ZipInfo]) -> None:
        limits = self.limits
        if len(entries) > limits.max_entries:
            raise bomb(self.name)
        for entry in entries:
            self.left -= entry.file_size
            swollen = entry.file_size > limits.ratio_from_bytes and entry.file_size > (
                limits.max_ratio * max(entry.compress_size, 1)
            )
            if swollen or entry.file_size > limits.max_entry_bytes or self.left < 0:
                raise bomb(self.name)

    def _check_content(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> None:
        with archive.open(entry) as stream:
            head = stream.read(64)
            if head.startswith(b"PK\x03\x04"):
                inner = head + stream.read()
                if zipfile.is_zipfile(io.BytesIO(inner)):
                    self.archive(inner, depth + 1)
            elif _looks_like_xml(entry.filename, head):
                content = head + stream.read()
                _check_xml(content, self.name)
                if entry.filename == "[Content_Types].xml" and _MACRO_TYPE.search(content):
                    raise macros(self.name)


def _check_names(entries: list[zipfile.ZipInfo], name: str) -> None:
    seen: set[str] = set()
    for entry in entries:
        path = entry.filename.replace("\\", "/")
        if path.startswith("/") or ":" in path.split("/", 1)[0] or ".." in path.split("/"):
            raise _unsafe(name)
        # Office compares part names without case (ECMA-376 part 2, 9.1.1), so twins in another case are twins.
        if path.casefold() in seen:
            raise _unsafe(name)
        seen.add(path.casefold())
        if _MACRO_PART.search(path):
            raise macros(name)


def _check_layout(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse entries that lie over each other: that is how a small file unpacks into a huge one."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.flag_bits & 0x1:
            raise locked(name)
        if entry.compress_type not in _METHODS:
            raise damaged(name)
        if entry.header_offset < end:
            raise bomb(name)
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size


def _looks_like_xml(path: str, head: bytes) -> bool:
    # UTF-16 and byte order marks leave "<" among the first bytes too.
    return path.lower().endswith((".xml", ".rels", ".vml")) or b"<" in head.lstrip()[:5]


def _check_xml(content: bytes, name: str) -> None:
    """Refuse a part with a document type: that is where entities, local and remote, come from."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    elif b"\0" in content[:8]:
        codec = "utf-16-be" if content.startswith(b"\0") else "utf-16-le"
        text = content.decode(codec, errors="replace")
    else:
        text = content.decode("utf-8-sig", errors="replace")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Refusal(
            "external_entities",
            _(
                "The file %(name)s refers to things outside itself, which documents have no need of, so it was "
                "not opened. Save it anew in Word, Excel or LibreOffice and choose the new file.",
                name=name,
            ),
            name=name,
        )
    declared = _DECLARATION.match(text[:400])
    if declared and declared[1].lower() not in _ENCODINGS:
        raise damaged(name)


def locked(name: str) -> Refusal:
    """The refusal for a document under a password."""
    return Refusal(
        "encrypted",
        _(
            "The file %(name)s is protected by a password and cannot be read. Remove the password in the program "
            "it was made in and choose the file again.",
            name=name,
        ),
        name=name,
    )


def bomb(name: str) -> Refusal:
    """The refusal for a file that swells when it is unpacked."""
    return Refusal(
        "archive_bomb",
        _(
            "The file %(name)s would unpack into far more than a document holds, so it was not opened. "
            "If it is a real document, take large pictures out of it and choose it again.",
            name=name,
        ),
        name=name,
    )


def _unsafe(name: str) -> Refusal:
    return Refusal(
        "unsafe_archive",
        _(
            "The file %(name)s is put together in an unsafe way: its parts repeat or point outside it. "
            "Save it anew in Word, Excel or LibreOffice and choose the new file.",
            name=name,
        ),
        name=name,
    )


def macros(name: str) -> Refusal:
    """The refusal for a document with programs inside."""
    return Refusal(
        "macros",
        _(
            "The file %(name)s contains macros, that is, programs; they are not accepted. Save it without macros "
            "(as .docx or .xlsx) and choose the new file.",
            name=name,
        ),
        name=name,
    )
