"""Old formats, turned into what is read here by LibreOffice where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.files.kinds import Kind
from roadmapdocs.files.programs import Bounds
from roadmapdocs.files.reading.legacy import find_converter
from roadmapdocs.settings import Settings
from roadmapdocs.texts.converting import Converting
from roadmapdocs.texts.kept import KeptReader
from roadmapdocs.texts.ports import Failure
from roadmapdocs.texts.reader import reader_of
from roadmapdocs.texts.rules import Problem
from tests.texts.made import word


def program(folder: Path, code: str) -> str:
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\nmkdir -p out\n{code}\n")
    file.chmod(0o755)
    return str(file)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """What the made-up office program gives."""
    file = tmp_path / "made.docx"
    file.write_bytes(word("О проведении смотра"))
    return file


@pytest.fixture
def old_reader(tmp_path: Path, made: Path) -> Iterator[KeptReader]:
    reader = KeptReader(converting=Converting(program(tmp_path, f"cp {made} out/source.docx"), Bounds(seconds=30)))
    yield reader
    reader.close()


def test_an_old_file_is_converted_and_read(old_reader: KeptReader) -> None:
    assert old_reader.converts
    found = old_reader.read(b"whatever", "doc")
    assert (found.text, found.way) == ("О проведении смотра", "doc")


@pytest.mark.parametrize(
    ("code", "problem"),
    [("sleep 60", Problem.TOO_LONG), ("kill -9 $$", Problem.CRASHED), ("exit 0", Problem.DAMAGED), ("exit 1", Problem.DAMAGED)],
)
def test_a_program_that_gives_nothing_is_told(tmp_path: Path, code: str, problem: Problem) -> None:
    converting = Converting(program(tmp_path, code), Bounds(seconds=1.5))
    with pytest.raises(Failure) as caught:
        converting.convert(b"x", Kind.DOC)
    assert caught.value.problem == problem


def test_without_the_program_old_files_wait_for_it() -> None:
    reader = KeptReader()
    assert not reader.converts
    with pytest.raises(Failure) as caught:
        reader.read(b"x", "xls")
    assert caught.value.problem == Problem.CONVERTER


def test_the_settings_name_the_program(tmp_path: Path) -> None:
    assert not reader_of(Settings(data=tmp_path, office_program="/no/such/program")).converts
    assert reader_of(Settings(data=tmp_path, office_program=program(tmp_path, "exit 0"))).converts


@pytest.mark.skipif(find_converter() is None, reason="LibreOffice is not installed")
def test_a_real_old_document_is_read(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    office = Converting(find_converter() or "", Bounds(seconds=60))
    rtf = rb"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'ea\'e0\'e7 \'ee \'f1\'ec\'ee\'f2\'f0\'e5}"
    reader = KeptReader(converting=office)
    try:
        # LibreOffice tells the format by the content: its door for old files opens this one as well.
        assert reader.read(rtf, "doc").text == "Приказ о смотре"
    finally:
        reader.close()
