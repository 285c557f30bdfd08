"""Every shipped template, with a usual document and with too much of everything, keeps to the measures of an office.

Asserted from the OOXML of the printed file, and on pages where LibreOffice is there to lay them out.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn

from roadmapdocs.drafting.ooxml_check import problems
from roadmapdocs.drafting.samples_minutes import SHEETS
from roadmapdocs.drafting.shapes import SHAPES
from tests.drafting.printed import printed, text_of, words_of

MILLIMETRE = 1440 / 25.4
A4 = {(11906, 16838), (16838, 11906)}
#: Twips that rounding may cost.
CLOSE = 3
ALL = [(template, which) for template in SHAPES for which in ("sample", "extreme")]
every = pytest.mark.parametrize(("template", "which"), ALL, ids=[f"{template[:-5]}-{which}" for template, which in ALL])
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


class Opened:
    """A printed file, and its styles by their ids: the library looks each up among all."""

    def __init__(self, data: bytes) -> None:
        document = docx.Document(io.BytesIO(data))
        self.body, self.part, self.paragraphs = document.element.body, document.part, document.paragraphs
        self.defaults = document.styles.element.find(qn("w:docDefaults"))
        self.styles = {one.style_id: one.element for one in document.styles}


@cache
def opened(template: str, which: str) -> Opened:
    return Opened(printed(template, which))


def mm(value: int) -> float:
    return round(value / MILLIMETRE, 1)


def sections(document: Opened) -> list[Any]:
    return list(document.body.iter(qn("w:sectPr")))


def measures(section: Any) -> dict[str, int]:
    margins = section.find(qn("w:pgMar"))
    return {name: int(margins.get(qn(f"w:{name}"))) for name in ("left", "right", "top", "bottom", "header")}


def text_width(section: Any) -> int:
    sides = measures(section)
    return int(section.find(qn("w:pgSz")).get(qn("w:w"))) - sides["left"] - sides["right"]


def by_section(document: Opened) -> Iterator[tuple[Any, Any]]:
    """Blocks of the body, each with the section that it stands in."""
    waiting: list[Any] = []
    for element in document.body:
        waiting.append(element)
        properties = element if element.tag == qn("w:sectPr") else element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if properties is not None:
            yield from ((one, properties) for one in waiting)
            waiting = []


def attribute(element: Any, path: str, name: str, otherwise: Any = None) -> Any:
    """The attribute of what stands at «pPr/ind» below the element."""
    found = element.find("/".join(qn(f"w:{step}") for step in path.split("/"))) if element is not None else None
    return otherwise if found is None else found.get(qn(f"w:{name}"), otherwise)


def style_of(document: Opened, paragraph: Any) -> Any:
    return document.styles[attribute(paragraph, "pPr/pStyle", "val", "Normal")]


@every
def test_the_file_is_sound_and_nothing_of_the_template_is_left(template: str, which: str) -> None:
    assert problems(printed(template, which)) == []
    assert not re.search(r"\{[{%#]|[}%#]\}", text_of(printed(template, which)))


@every
def test_pages_are_a4_with_the_margins_of_documents_that_are_kept(template: str, which: str) -> None:
    for section in sections(opened(template, which)):
        size = section.find(qn("w:pgSz"))
        assert (int(size.get(qn("w:w"))), int(size.get(qn("w:h")))) in A4
        across = int(size.get(qn("w:w"))) > int(size.get(qn("w:h")))
        assert (size.get(qn("w:orient")) == "landscape") == across
        assert {name: mm(value) for name, value in measures(section).items()} == {
            "left": 30.0,
            "right": 10.0,
            "top": 20.0,
            "bottom": 20.0,
            "header": 10.0,
        }


@every
def test_the_number_of_a_page_stands_at_the_top_centre_from_the_second_page_on(template: str, which: str) -> None:
    document = opened(template, which)
    for section in sections(document):
        assert section.find(qn("w:titlePg")) is not None
        headers = {one.get(qn("w:type")): one.get(qn("r:id")) for one in section.findall(qn("w:headerReference"))}
        usual = document.part.related_parts[headers["default"]].element
        assert [one.text.strip() for one in usual.iter(qn("w:instrText"))] == ["PAGE"]
        (paragraph,) = usual.iter(qn("w:p"))
        assert attribute(style_of(document, paragraph), "pPr/jc", "val") == "center"
        first = document.part.related_parts[headers["first"]].element
        assert not list(first.iter(qn("w:instrText")))
        assert not "".join(first.itertext()).strip()


@every
def test_the_type_is_times_new_roman_14_and_in_tables_12(template: str, which: str) -> None:
    document = opened(template, which)
    defaults = document.defaults
    fonts = next(defaults.iter(qn("w:rFonts")))
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    assert next(defaults.iter(qn("w:sz"))).get(qn("w:val")) == "28"
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:val")) == "ru-RU"
    assert next(defaults.iter(qn("w:widowControl"))).get(qn("w:val"), "1") == "1"
    known = {"24", "28"} if template not in SHEETS else {"16", "18", "20", "24", "28"}
    for paragraph in document.body.iter(qn("w:p")):
        if words_of(paragraph).strip():
            style = style_of(document, paragraph)
            assert attribute(style, "rPr/sz", "val", "28") in known, words_of(paragraph)
            assert all(one.get(qn("w:val")) in known for one in paragraph.iter(qn("w:sz")))
            assert not list(paragraph.iter(qn("w:rFonts")))


@every
def test_lines_are_set_single_to_one_and_a_half(template: str, which: str) -> None:
    document = opened(template, which)
    for paragraph in document.body.iter(qn("w:p")):
        if words_of(paragraph).strip():
            style = style_of(document, paragraph)
            assert attribute(style, "pPr/spacing", "lineRule", "auto") == "auto"
            assert 240 <= int(attribute(style, "pPr/spacing", "line", 240)) <= 360


@every
def test_text_is_justified_behind_an_indent_of_its_first_line(template: str, which: str) -> None:
    document = opened(template, which)
    for paragraph in document.body.findall(qn("w:p")):
        style = style_of(document, paragraph)
        if style.get(qn("w:styleId")) in ("DocText", "DocTextKept", "DocBullet"):
            assert attribute(style, "pPr/jc", "val") == "both"
            assert mm(int(attribute(style, "pPr/ind", "firstLine"))) == 12.5


@every
def test_lines_are_as_long_as_their_place_allows(template: str, which: str) -> None:
    """The text takes the page between its margins, a requisite in the corner 75 mm of it, a heading 120."""
    document = opened(template, which)
    for element, section in by_section(document):
        if element.tag != qn("w:p") or not words_of(element).strip():
            continue
        style = style_of(document, element)
        indents = sum(int(attribute(style, "pPr/ind", side, 0)) for side in ("left", "right"))
        room = mm(text_width(section) - indents)
        name = style.get(qn("w:styleId"))
        if name.startswith("Corner"):
            assert room == pytest.approx(75, abs=0.2)
        elif name == "DocHeading":
            assert room == pytest.approx(120, abs=0.2)
        elif name.startswith("DocText"):
            assert room == pytest.approx(257 if text_width(section) > 12_000 else 170, abs=0.2)


@every
def test_tables_fill_the_page_and_no_row_is_divided(template: str, which: str) -> None:
    for element, section in by_section(opened(template, which)):
        if element.tag != qn("w:tbl"):
            continue
        columns = [int(one.get(qn("w:w"))) for one in element.find(qn("w:tblGrid"))]
        assert sum(columns) <= text_width(section) + CLOSE
        if attribute(element, "tblPr/tblBorders/top", "val") == "single" and len(columns) > 1:
            assert sum(columns) >= text_width(section) - CLOSE
        for row in element.findall(qn("w:tr")):
            assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None or template in SHEETS
            spans = [int(attribute(cell, "tcPr/gridSpan", "val", 1)) for cell in row.findall(qn("w:tc"))]
            assert sum(spans) == len(columns)


@every
def test_a_long_table_repeats_its_head(template: str, which: str) -> None:
    for table in opened(template, which).body.findall(qn("w:tbl")):
        if len(table.findall(qn("w:tr"))) > 40:
            head = table.find(qn("w:tr"))
            if style_id(head) in ("TableHead", "SheetHead"):
                assert head.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def style_id(row: Any) -> str:
    return str(attribute(next(row.iter(qn("w:p"))), "pPr/pStyle", "val", ""))


@pytest.mark.parametrize("which", ["sample", "extreme"])
@pytest.mark.parametrize("template", ["order.docx", "directive.docx", "protocol.docx", "protocol_brief.docx", "note.docx"])
def test_a_signature_never_stands_alone_on_a_page(template: str, which: str) -> None:
    """What stands before it is kept with it: the gap, and the last of the text."""
    document = opened(template, which)
    (signatures,) = (one for one in document.body.findall(qn("w:tbl")) if style_id(one) == "Signature")
    before = signatures.getprevious()
    while not words_of(before).strip():
        assert style_of(document, before).find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
        before = before.getprevious()
    assert style_of(document, before).find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


@every
def test_no_section_is_empty(template: str, which: str) -> None:
    body = opened(template, which).body
    before = body[-2]
    assert before.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None


def test_each_appendix_begins_on_a_page_of_its_own_and_a_wide_one_lies_across() -> None:
    document = opened("order.docx", "sample")
    wide = [text_width(section) > 12_000 for section in sections(document)]
    assert wide == [False, False, True]
    assert all(section.find(qn("w:type")).get(qn("w:val")) == "nextPage" for section in sections(document))
    assert all(section.find(qn("w:pgNumType")).get(qn("w:start")) == "1" for section in sections(document))


def test_the_kind_is_spaced_by_the_style_and_not_by_blanks() -> None:
    document = opened("order.docx", "sample")
    kind = next(one for one in document.body.findall(qn("w:p")) if words_of(one) == "ПРИКАЗ")
    assert int(attribute(style_of(document, kind), "rPr/spacing", "val")) > 0


def test_headings_of_sections_are_headings_of_word() -> None:
    document = opened("regulation.docx", "sample")
    headings = [one for one in document.paragraphs if one.style.name == "Heading 1"]
    assert [one.text.replace("\u00a0", " ") for one in headings][:2] == ["1. Общие положения", "2. Порядок проведения"]
    assert attribute(headings[0].style.element, "pPr/outlineLvl", "val") == "0"


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_all_lie_on_pages_as_they_should(tmp_path: Path) -> None:
    """One conversion for all: pages are as many as the text is long, numbered from the second, none empty, none full
    to the edge.
    """
    files = []
    for template, which in ALL:
        file = tmp_path / f"{template[:-5]}-{which}.docx"
        file.write_bytes(printed(template, which))
        files.append(file)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    for file in files:
        with pdfplumber.open(file.with_suffix(".pdf")) as pdf:
            assert 1 <= len(pdf.pages) <= (5 if file.stem.endswith("sample") else 80), file.stem
            if file.stem.endswith("sample"):
                for page in pdf.pages:
                    check_page(page, file.stem)


def check_page(page: Any, name: str) -> None:
    """In PDF points: the text keeps to the margins, and the number above it is centred between them."""
    words = page.extract_words()
    assert words, f"{name}: page {page.page_number} is empty"
    body = [word for word in words if word["top"] > 50]
    assert min(word["x0"] for word in body) >= 30 / 25.4 * 72 - 2, name
    assert max(word["x1"] for word in body) <= page.width - 10 / 25.4 * 72 + 3, name
    assert max(word["bottom"] for word in body) <= page.height - 10 / 25.4 * 72, name
    for word in words:
        if word["top"] <= 50 and word["text"].isdigit():
            assert (word["x0"] + word["x1"]) / 2 == pytest.approx((page.width + 20 / 25.4 * 72) / 2, abs=3)
            assert word["top"] >= 10 / 25.4 * 72 - 2
    if page.page_number == 1:
        assert not any(word["top"] <= 50 for word in words), name
