from __future__ import annotations

import contextlib
import io
import random
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.limits import Limits
from roadmapdocs.files.reading import legacy
from roadmapdocs.files.reading.blocks import Block, Paragraph, Table
from roadmapdocs.roadmap.draft import Draft
from roadmapdocs.roadmap.reader.files import read_blocks, read_file
from tests.roadmap.reader.packages import archive
from tests.roadmap.reader.word_tables import to_docx, to_xlsx

PLAN = (
    "План работы школы на 2021-2022 годы\n"
    "№\tМероприятие\tСрок\tОтветственный\n"
    "1. Подготовка\t\t\t\n"
    "1.1\tСоздать рабочую группу\tдо 01.09.2021\tДиректор\n"
    "1.2\tПровести семинар для учителей\tоктябрь 2021\tЗавуч\n"
)


@pytest.fixture(scope="module")
def blocks() -> list[Block]:
    return read_blocks(PLAN.encode(), "план.txt")


@pytest.fixture(scope="module")
def packages(blocks: list[Block]) -> tuple[bytes, bytes]:
    """The plan as Word and as Excel."""
    return to_docx(blocks), to_xlsx(blocks)


def words(blocks: list[Block]) -> list[str]:
    """All the words, in order, whatever stands in a table and whatever in prose."""
    found = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found += block.text.split()
        else:
            found += [word for row in block.rows for cell in row.cells for word in cell.text.split()]
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_in_any_of_the_usual_encodings_is_read(encoding: str) -> None:
    assert words(read_blocks(PLAN.encode(encoding), "план.txt")) == PLAN.split()


def test_the_same_words_come_out_of_word_and_excel(packages: tuple[bytes, bytes]) -> None:
    for data in packages:
        assert words(read_blocks(data, "план")) == PLAN.split()


def test_a_workbook_called_docx_is_read_as_the_workbook_it_is(packages: tuple[bytes, bytes]) -> None:
    assert words(read_blocks(packages[1], "план.docx")) == PLAN.split()


def test_every_format_gives_the_same_items(packages: tuple[bytes, bytes]) -> None:
    drafts = [read_file(data, "план") for data in (PLAN.encode(), *packages)]
    assert all(isinstance(draft, Draft) for draft in drafts)
    for draft in drafts:
        assert [(item.number, item.title) for item in draft.items] == [
            ("1.1", "Создать рабочую группу"),
            ("1.2", "Провести семинар для учителей"),
        ]


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    place = tmp_path / "план.txt"
    place.write_text(PLAN, encoding="utf-8")
    assert len(read_file(place).items) == 2
    with pytest.raises(Refusal) as refused:
        read_file(place, limits=Limits(max_bytes=10))
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("name", ["нет.docx", ""])
def test_a_path_without_a_file_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound) as refused:
        read_file(tmp_path / name)
    assert refused.value.code == "no_file"


@pytest.mark.parametrize("keep", [0.02, 0.3, 0.7, 0.99])
def test_a_truncated_document_is_damaged(packages: tuple[bytes, bytes], keep: float) -> None:
    for data in packages:
        with pytest.raises(Refusal) as refused:
            read_blocks(data[: int(len(data) * keep)], "план.docx")
        assert refused.value.code == "damaged"


def test_an_empty_document_is_refused_in_words() -> None:
    with pytest.raises(Refusal) as refused:
        read_blocks(b"", "C:\\Документы\\план.docx")
    assert refused.value.code == "empty_file"
    assert "план.docx" in refused.value.message
    assert "Документы" not in refused.value.message


def test_an_older_format_without_a_converter_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "find_converter", lambda: None)
    with pytest.raises(Refusal) as refused:
        read_blocks(rb"{\rtf1\ansi plan}", "план.rtf")
    assert refused.value.code == "no_converter"
    assert refused.value.details["kind"] == "rtf"


def test_a_converter_that_hangs_is_ended(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60 &\nwait\n")
    program.chmod(0o755)
    with pytest.raises(Refusal) as refused:
        legacy.convert(b"x", legacy.Kind.DOC, "план.doc", Limits(convert_seconds=0.2), converter=str(program))
    assert refused.value.code == "conversion_timeout"


def test_a_converter_that_makes_nothing_means_a_damaged_file(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    with pytest.raises(Refusal) as refused:
        legacy.convert(b"x", legacy.Kind.DOC, "план.doc", Limits(), converter=str(program))
    assert refused.value.code == "damaged"


@pytest.mark.skipif(legacy.find_converter() is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_older_formats() -> None:
    table = r"\trowd\cellx2000\cellx6000\cellx9000 1\cell Seminar\cell May\cell\row" * 2
    read = read_blocks(rf"{{\rtf1\ansi Plan\par {table}}}".encode(), "план.rtf")
    assert any(isinstance(block, Table) and block.rows[0].cells[1].text == "Seminar" for block in read)


def mutated(data: bytes, seed: int) -> bytes:
    """The package with one part spoilt inside, so that the archive itself stays whole."""
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts: dict[str, bytes | str] = {name: opened.read(name) for name in opened.namelist()}
    name = chance.choice([part for part in parts if part.endswith((".xml", ".rels"))])
    content = parts[name]
    assert isinstance(content, bytes)
    way = chance.randrange(6)
    if way == 0:
        del parts[name]
    elif way == 1:
        parts[name] = content[: chance.randrange(len(content))]
    elif way == 2:
        at = chance.randrange(len(content))
        parts[name] = content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
    elif way == 3:
        parts[name] = shuffled(content, chance)
    elif way == 4:
        parts[name] = re.sub(
            rb'"\d+"', lambda _match: chance.choice([b'"-1"', b'"x"', b'""', b'"99999999999"']), content
        )
    else:
        other = chance.choice(list(parts.values()))
        parts[name] = other
    return archive(parts)


def shuffled(content: bytes, chance: random.Random) -> bytes:
    """The XML with some elements moved to where they do not belong."""
    from lxml import etree

    root = etree.fromstring(content)
    for _ in range(10):
        elements = [element for element in root.iter() if element is not root]
        if len(elements) < 2:
            break
        one, other = chance.sample(elements, 2)
        if one not in other.iterancestors():
            other.append(one) if chance.random() < 0.5 else other.addnext(one)
    return bytes(etree.tostring(root))


@pytest.mark.parametrize("seed", range(60))
def test_a_spoilt_package_is_read_or_refused(packages: tuple[bytes, bytes], seed: int) -> None:
    for data in packages:
        with contextlib.suppress(Refusal):
            read = read_blocks(mutated(data, seed), "план")
            assert all(isinstance(block, Paragraph | Table) for block in read)


@pytest.mark.parametrize("seed", range(40))
def test_moving_elements_about_invents_no_words(packages: tuple[bytes, bytes], seed: int) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(packages[0])) as opened:
        parts: dict[str, bytes | str] = {name: opened.read(name) for name in opened.namelist()}
    content = parts["word/document.xml"]
    assert isinstance(content, bytes)
    parts["word/document.xml"] = shuffled(content, chance)
    letters = set("".join(words(read_blocks(archive(parts), "план"))))
    assert letters <= set(PLAN)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_flipped_bytes_are_read_or_refused(packages: tuple[bytes, bytes], data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from(packages)))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        whole[at] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(Refusal):
        assert isinstance(read_blocks(bytes(whole), "план.docx"), list)


def test_a_workbook_that_openpyxl_wrote_with_formats_of_its_own_is_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(["№", "Мероприятие", "Срок"])
    book.active["C1"].number_format = '[$-419]d mmmm yyyy" г.";@'
    stream = io.BytesIO()
    book.save(stream)
    assert words(read_blocks(stream.getvalue(), "план.xlsx")) == ["№", "Мероприятие", "Срок"]
