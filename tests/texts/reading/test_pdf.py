from __future__ import annotations

import io

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from roadmapdocs.errors import Refusal
from roadmapdocs.texts.reading.pdf import read_pdf
from roadmapdocs.texts.rules import Limits, Problem
from tests.texts.made import pdf, scan


def locked() -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, encrypt=StandardEncryption("пароль"))
    canvas.drawString(50, 700, "secret")
    canvas.save()
    return written.getvalue()


def test_pages_are_parted_by_form_feeds() -> None:
    found = read_pdf(pdf("О проведении смотра", "", "Приложение"), Limits())
    assert found.text.split("\f") == ["О проведении смотра", "", "Приложение"]
    assert (found.problem, found.scans) == (None, ())


def test_a_word_broken_at_the_end_of_a_line_keeps_its_hyphen_and_its_line() -> None:
    assert read_pdf(pdf("О проведении общерайон-\nного смотра"), Limits()).text == "О проведении общерайон-\nного смотра"


def test_ligatures_are_letters() -> None:
    assert read_pdf(pdf("\ufb01re"), Limits()).text == "fire"


def test_pages_that_are_pictures_are_named() -> None:
    assert read_pdf(scan("Приказ", "Приложение"), Limits()).scans == (0, 1)


def test_an_empty_page_is_no_picture() -> None:
    assert read_pdf(pdf("", ""), Limits()).scans == ()


@pytest.mark.parametrize(("limits", "problem"), [(Limits(pages=2), Problem.PAGES), (Limits(pages=3), None)])
def test_no_more_pages_are_read_than_the_limit_allows(limits: Limits, problem: Problem | None) -> None:
    found = read_pdf(pdf("раз", "два", "три"), limits)
    assert (len(found.text.split("\f")), found.problem) == (min(limits.pages, 3), problem)


def test_no_more_pages_are_read_than_hold_what_is_kept() -> None:
    assert read_pdf(pdf("раз", "два", "три"), Limits(signs=4)).text == "раз\fдва"


@pytest.mark.parametrize(
    ("data", "code"),
    [(locked(), "encrypted"), (b"%PDF-1.4\nrubbish", "damaged"), (pdf("Приказ")[:300], "damaged")],
)
def test_a_file_that_does_not_open_is_told(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_pdf(data, Limits())
    assert caught.value.code == code
