"""Pages that are pictures. What is recognised needs Tesseract with its Russian data."""

from __future__ import annotations

import time
from pathlib import Path

import pypdfium2
import pytest

from roadmapdocs.texts.reading import scans
from roadmapdocs.texts.reading.pdf import read_pdf
from roadmapdocs.texts.reading.scans import command, find_recogniser, recognised
from roadmapdocs.texts.rules import Limits, Problem
from tests.texts.made import pdf, scan

SAID = "О проведении общерайонного смотра"


@pytest.fixture(scope="module")
def program() -> str:
    found = find_recogniser()
    if not found:
        pytest.skip("Tesseract with Russian is not installed")
    return found


def soon() -> float:
    return time.monotonic() + 60


def test_the_command_names_the_language_and_the_dots_per_inch() -> None:
    assert command("/usr/bin/tesseract", 300) == ["/usr/bin/tesseract", "stdin", "stdout", "-l", "rus", "--dpi", "300"]


def test_scans_are_read_and_pages_over_the_limit_are_left_and_said_so(program: str) -> None:
    data = scan(SAID, SAID)
    found = recognised(data, read_pdf(data, Limits()), program, Limits(scans=1), soon())
    assert (found.text, found.way, found.problem, found.scans) == (SAID, "ocr", Problem.PAGES, (1,))


def test_pages_for_which_there_is_no_time_are_left_and_said_so(program: str) -> None:
    data = scan(SAID)
    found = recognised(data, read_pdf(data, Limits()), program, Limits(), time.monotonic() - 1)
    assert (found.text, found.problem, found.scans) == ("", Problem.TOO_LONG, (0,))


def test_a_picture_of_a_huge_page_is_drawn_coarser() -> None:
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(10_000, 10_000)
    picture, resolution = scans._picture(page)
    assert resolution < scans.RESOLUTION
    assert picture.startswith(b"P5")
    assert len(picture) <= scans._MOST_PIXELS * 1.01


@pytest.mark.parametrize(("said", "found"), [("osd\nrus\neng", True), ("eng\nosd", False)])
def test_a_program_without_russian_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, found: bool) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f'#!/bin/sh\necho "{said}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert find_recogniser() == (str(program) if found else "")


def test_without_the_program_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_recogniser() == ""


def test_text_that_is_there_stays(program: str) -> None:
    data = pdf("Приказ о неделе чтения")
    found = read_pdf(data, Limits())
    assert recognised(data, found, program, Limits(), soon()).text == found.text
