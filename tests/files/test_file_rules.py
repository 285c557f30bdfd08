from __future__ import annotations

import contextlib
import hashlib
import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.errors import Refusal
from roadmapdocs.files.kinds import DOCUMENTS
from roadmapdocs.files.rules import Kind, Limits, check_file, display_name, sha256_of

TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
DOCUMENT = b"<w:document xmlns:w='w'/>"


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return stream.getvalue()


def word(**more: bytes) -> bytes:
    return packed({"[Content_Types].xml": TYPES, "word/document.xml": DOCUMENT, **more})


def compound(*names: str) -> bytes:
    """The directory of an OLE compound file ([MS-CFB] 2.6.1): 128 bytes an entry."""
    head = bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0")
    entries = [
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HB", 2 * len(name) + 2, 2) + b"\0" * 61
        for name in ("Root Entry", *names)
    ]
    return head + b"".join(entries)


def code_of(data: bytes, name: str = "план.docx", limits: Limits | None = None) -> str:
    with pytest.raises(Refusal) as refused:
        check_file(data, name, limits or Limits())
    assert name in refused.value.message
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (word(), Kind.DOCX),
        (packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<w/>"}), Kind.XLSX),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), Kind.ODT),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), Kind.ODS),
        (b"%PDF-1.7\n1 0 obj\n", Kind.PDF),
        (b"{\\rtf1\\ansi }", Kind.RTF),
        (compound("WordDocument"), Kind.DOC),
        (compound("Workbook"), Kind.XLS),
        (compound("Book"), Kind.XLS),
        ("1.\tСоздать рабочую группу\n".encode(), Kind.TXT),
        ("1.\tСоздать рабочую группу\n".encode("cp1251"), Kind.TXT),
        ("1.\tСоздать рабочую группу\n".encode("utf-16"), Kind.TXT),
        ("1.\tСоздать рабочую группу\n".encode("utf-16-le"), Kind.TXT),
        ("1.\tСоздать рабочую группу\n".encode("utf-16-be"), Kind.TXT),
    ],
)
def test_a_document_is_told_by_what_it_holds(data: bytes, kind: Kind) -> None:
    assert check_file(data, "что-то.bin") is kind


@pytest.mark.parametrize(
    "data",
    [
        packed({"readme.txt": b"hello"}),
        packed({"[Content_Types].xml": TYPES, "ppt/presentation.xml": b"<p/>"}),
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01",
        b"#!/bin/sh\nrm -r x\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(256)) * 8,
        b"<html><body>1</body></html>",
        compound("PowerPoint Document"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    assert code_of(data) == "not_a_document"


def test_an_empty_file_is_refused() -> None:
    assert code_of(b"") == "empty_file"


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not() -> None:
    assert code_of(b"a" * 11, limits=Limits(max_bytes=10)) == "too_large"
    assert check_file(b"a" * 10, "a.txt", Limits(max_bytes=10)) is Kind.TXT


@pytest.mark.parametrize("cut", [10, 100, -1, -30])
def test_a_truncated_document_is_damaged(cut: int) -> None:
    assert code_of(word()[:cut]) == "damaged"


def test_a_document_under_a_password_has_a_message_of_its_own() -> None:
    assert code_of(compound("EncryptionInfo", "EncryptedPackage")) == "encrypted"


def test_an_archive_with_encrypted_entries_is_under_a_password() -> None:
    data = bytearray(word())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    assert code_of(bytes(data)) == "encrypted"


@pytest.mark.parametrize(
    "data",
    [
        word(**{"word/vbaProject.bin": b"x"}),
        packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<w/>", "xl/VBAPROJECT.BIN": b"x"}),
        packed(
            {
                "[Content_Types].xml": b'<Types><Override PartName="/word/document.xml" ContentType='
                b'"application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
                "word/document.xml": DOCUMENT,
            }
        ),
        packed(
            {"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/Standard/Module1.xml": b"<m/>"}
        ),
        compound("WordDocument", "_VBA_PROJECT"),
        word(**{"word/embeddings/book.xlsx": packed({"xl/vbaProject.bin": b"x"})}),
    ],
)
def test_a_document_with_macros_is_refused(data: bytes) -> None:
    assert code_of(data) == "macros"


@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'\xef\xbb\xbf<?xml version="1.0"?><!-- a --><!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"),
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16-le"),
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16-be"),
    ],
)
@pytest.mark.parametrize("path", ["word/document.xml", "word/_rels/document.xml.rels", "customXml/odd.name"])
def test_a_part_with_a_document_type_is_refused_in_any_encoding(part: bytes, path: str) -> None:
    parts = {"[Content_Types].xml": TYPES, "word/document.xml": DOCUMENT, path: part}
    assert code_of(packed(parts)) == "external_entities"


def test_a_part_in_an_encoding_that_could_hide_a_document_type_is_refused() -> None:
    part = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4APA-a/+AD4-'
    assert code_of(word(**{"word/styles.xml": part})) == "damaged"


@pytest.mark.parametrize("path", ["/etc/passwd", "../../evil.xml", "word\\..\\..\\evil", "C:/evil.xml"])
def test_an_entry_that_points_outside_is_refused(path: str) -> None:
    assert code_of(word(**{path: b"x"})) == "unsafe_archive"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["word/document.xml", "Word/Document.XML"])
def test_two_entries_of_one_name_are_refused(twin: str) -> None:
    stream = io.BytesIO(word())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(twin, b"<other/>")
    assert code_of(stream.getvalue()) == "unsafe_archive"


def test_a_bomb_is_refused_by_its_ratio() -> None:
    assert code_of(word(**{"word/media/a.bin": b"\0" * (8 << 20)})) == "archive_bomb"


@pytest.mark.parametrize(
    "limits",
    [Limits(max_entry_bytes=2_000), Limits(max_unpacked_bytes=5_000), Limits(max_entries=4)],
)
def test_each_limit_of_an_archive_holds(limits: Limits) -> None:
    data = word(a=b"a" * 3_000, b=b"b" * 1_999, c=b"c" * 1_999)
    assert check_file(data, "план.docx") is Kind.DOCX
    assert code_of(data, limits=limits) == "archive_bomb"


def test_archives_inside_share_the_limit_of_the_outer_one() -> None:
    inner = packed({f"{at}.bin": b"\0" * (3 << 20) for at in range(4)})
    data = word(**{"word/embeddings/a.xlsx": inner})
    assert check_file(data, "план.docx") is Kind.DOCX
    assert code_of(data, limits=Limits(max_unpacked_bytes=10 << 20)) == "archive_bomb"


def test_archives_nested_without_end_are_a_bomb() -> None:
    data = b"x"
    for _ in range(5):
        data = packed({"deeper.zip": data})
    assert code_of(word(**{"word/embeddings/a.zip": data})) == "archive_bomb"


def test_entries_that_share_their_bytes_are_a_bomb() -> None:
    data = bytearray(packed({"word/document.xml": DOCUMENT, "word/b.bin": b"b" * 100}, zipfile.ZIP_STORED))
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    assert code_of(bytes(data)) == "archive_bomb"


def pdf_with(stream: bytes) -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj\n<</Length "
        + str(len(stream)).encode()
        + b">>\nstream\n"
        + stream
        + b"\nendstream\n"
    )


@pytest.mark.parametrize("layers", [1, 2])
def test_a_pdf_whose_streams_swell_is_a_bomb(layers: int) -> None:
    stream = b"\0" * (5 << 20)
    for _ in range(layers):
        stream = zlib.compress(stream)
    limits = Limits(max_unpacked_bytes=4 << 20)
    assert code_of(pdf_with(stream), limits=limits) == "archive_bomb"
    assert check_file(pdf_with(stream), "a.pdf") is Kind.PDF


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Приказ №5.docx", "Приказ №5.docx"),
        ("C:\\Users\\Анна\\План.docx", "План.docx"),
        ("../../etc/passwd", "passwd"),
        ("план\x00\x1b[31m.docx", "план[31m.docx"),
        ("план\u202excod.exe", "планxcod.exe"),
        ("  план\n  на   год .docx ", "план на год .docx"),
        ("и\u0306од.docx", "йод.docx"),
        ("д" * 300 + ".docx", "д" * 250 + ".docx"),
    ],
)
def test_a_name_is_cleaned_for_showing(raw: str, shown: str) -> None:
    assert display_name(raw) == shown


@given(st.text(max_size=600))
def test_a_shown_name_is_never_a_path_nor_empty_nor_long(raw: str) -> None:
    shown = display_name(raw)
    assert 0 < len(shown) <= 255
    assert "/" not in shown
    assert "\\" not in shown
    assert shown.isprintable()
    assert shown.strip(".")
    assert display_name(shown) == shown


@given(st.binary(max_size=400))
def test_any_bytes_are_told_or_refused(data: bytes) -> None:
    for start in (
        b"",
        b"PK\x03\x04",
        b"PK\x05\x06",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        b"%PDF-1.4\nstream\n\x78\x9c",
    ):
        with contextlib.suppress(Refusal):
            assert check_file(start + data, "a") in DOCUMENTS


def test_the_hash_is_that_of_the_whole_stream() -> None:
    data = bytes(range(256)) * 10_000
    assert sha256_of(io.BytesIO(data)) == hashlib.sha256(data).hexdigest()
