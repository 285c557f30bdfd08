"""Checking a template: every finding names what, where, and what is meant; a hostile file is a finding as well."""

from __future__ import annotations

import io

import docx
import pytest

from roadmapdocs.drafting.shapes import SHAPES
from roadmapdocs.drafting.template_check import Severity, check_template, is_sound
from roadmapdocs.drafting.templates import shipped_template
from roadmapdocs.drafting.vocabulary import OrderPage, Page
from roadmapdocs.i18n import use_language
from tests.drafting.made import changed, word

RELATIONS = "word/_rels/document.xml.rels"
BASE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def codes(data: bytes, page: type[Page] = OrderPage) -> list[str]:
    return [one.code for one in check_template(data, page) if one.severity is Severity.ERROR]


def related(kind: str, target: str, mode: str = "External") -> bytes:
    added = f'<Relationship Id="rId77" Type="{BASE}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return changed(word("{{ kind }}"), RELATIONS, lambda text: text.replace("</Relationships>", added))


@pytest.mark.parametrize("path", SHAPES)
def test_shipped_templates_are_without_findings(path: str) -> None:
    assert check_template(shipped_template(path).data, SHAPES[path].page) == []


def test_an_unknown_name_comes_with_the_nearest_and_the_place() -> None:
    with use_language("en"):
        found = check_template(word("Слова", table=[["а", "{% for p in points %}{{ p.txet }}{% endfor %}"]]), OrderPage)
    first = found[0]
    assert (first.code, first.name, first.place.row, first.place.column) == ("unknown_name", "p.txet", 1, 2)
    assert "Is text meant?" in first.sentence
    assert "table 1, row 1, cell 2" in first.where


@pytest.mark.parametrize(
    ("marker", "code"),
    [
        ("{{ points }}", "not_a_text"),
        ("{% for p in points %}{{ p }}{% endfor %}", "not_a_text"),
        ("{% for a in appendices %}{{ a.pieces[0].rows }}{% endfor %}", "not_a_text"),
        ("{% for p in title %}x{% endfor %}", "not_a_list"),
        ("{{ title|uper }}", "unknown_filter"),
        ("{{ points|upper }}", "forbidden"),
        ("{% if kind %}", "not_closed"),
        ("{% endfor %}", "unknown_tag"),
        ("{{ kind", "broken_marker"),
        ("{{ kind kind }}", "syntax"),
        ("{% fro p in points %}", "unknown_tag"),
        ("{{ p.text }}", "unknown_name"),
        ("{% for p in points %}{% endfor %}{{ p.text }}", "unknown_name"),
        ("{{ title.text }}", "unknown_name"),
    ],
)
def test_mistakes_are_found_before_a_document_is_made(marker: str, code: str) -> None:
    assert codes(word(marker)) == [code]


def test_loops_know_what_is_in_their_lists() -> None:
    nested = "{% for a in appendices %}{% for p in a.pieces %}{% for r in p.rows %}{{ r.cells[0].text }}{{ loop.index }}{% endfor %}{% endfor %}{% endfor %}"
    assert codes(word(nested)) == []


def test_markers_that_would_tear_the_file_are_found_by_printing() -> None:
    torn = word("{% for p in points %}{{ p.text }}", table=[["{% endfor %}"]])
    assert codes(torn) == ["torn"]


def test_what_a_document_may_not_do_without_is_asked_about() -> None:
    found = check_template(word("{{ kind }}"), OrderPage)
    assert is_sound(found)
    assert {"signers", "points", "number"} <= {one.name for one in found}
    assert {one.code for one in found} == {"not_used"}


def test_a_file_without_markers_is_asked_about() -> None:
    assert "no_markers" in {one.code for one in check_template(word("Слова"), Page)}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.4", "not_docx"),
        ("слова".encode(), "not_docx"),
        (b"MZ" + bytes(100), "not_a_document"),
        (related("attachedTemplate", "https://example.org/evil.dotm"), "dangerous_part"),
        (related("oleObject", "file:///c:/x.bin"), "dangerous_part"),
        (related("aFChunk", "chunk.html", "Internal"), "dangerous_part"),
        (related("image", "https://example.org/a.png"), "external"),
        (related("hyperlink", "file:///etc/passwd"), "external"),
        (related("hyperlink", "javascript:alert(1)"), "external"),
        (related("hyperlink", "https://example.org/"), None),
        (changed(word("{{ kind }}"), "word/vbaProject.bin", lambda _text: "x"), "macros"),
        (changed(word("{{ kind }}"), "word/document.xml", lambda text: text.replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1)), "external_entities"),
        (changed(word("{{ kind }}"), "word/styles.xml", lambda text: text[: len(text) // 2]), "render_failed"),
    ],
)
def test_hostile_and_broken_files(data: bytes, code: str | None) -> None:
    assert codes(data) == ([code] if code else [])


@pytest.mark.parametrize("instruction", ["INCLUDETEXT c:\\x.txt", "DDEAUTO c:\\cmd.exe", "includepicture http://x/y.png", "LINK Excel.Sheet"])
def test_fields_that_reach_outside_are_refused_however_they_are_split(instruction: str) -> None:
    half = len(instruction) // 2
    split = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (instruction[:half], instruction[half:]))
    for field in (split, f'<w:fldSimple w:instr="{instruction}"/>'):
        data = changed(word("{{ kind }}"), "word/document.xml", lambda text, field=field: text.replace("</w:p>", f"{field}</w:p>", 1))  # type: ignore[misc]  # the field of this turn
        assert codes(data) == ["field"]


def test_page_numbers_are_no_danger() -> None:
    data = changed(word("{{ kind }}"), "word/document.xml", lambda text: text.replace("</w:p>", '<w:fldSimple w:instr=" PAGE "/></w:p>', 1))
    assert codes(data) == []


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = changed(word("{{ kind }}"), "word/media/image1.png", lambda _text: "\0" * 80_000_000)
    assert codes(data) == ["archive_bomb"]


def test_findings_are_told_once() -> None:
    document = docx.Document()
    for _ in range(3):
        document.add_paragraph("{{ nmber }}")
    stream = io.BytesIO()
    document.save(stream)
    assert codes(stream.getvalue()) == ["unknown_name"]
