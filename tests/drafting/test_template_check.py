"""Checking a template: every finding names what, where, and what is meant; a hostile file is a finding as well."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from roadmapdocs.drafting.engine.names import names_of
from roadmapdocs.drafting.engine.package_check import check_fields
from roadmapdocs.drafting.engine.prepared import Prepared
from roadmapdocs.drafting.engine.printing import _tried
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


def turn(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def told(text: str) -> str:
    return f"<w:r><w:instrText xml:space='preserve'>{text}</w:instrText></w:r>"


BEGIN, SEPARATE, END = turn("begin"), turn("separate"), turn("end")
NEXT = "</w:p><w:p>"
DDE = f"{BEGIN}{told('DDEAUTO cmd')}{SEPARATE}{END}"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_field(field: str) -> bytes:
    return changed(word("{{ kind }}"), "word/document.xml", lambda text: text.replace("</w:p>", f"{field}</w:p>", 1))


@pytest.mark.parametrize(
    "field",
    [
        f"{BEGIN}{told('DDEAUTO cmd')}{END}",
        f"{BEGIN}{told('DDE')}{NEXT}{told('AUTO cmd')}{SEPARATE}{END}",
        f"{BEGIN}{told('D')}<w:bookmarkStart w:id='7' w:name='x'/>{NEXT}{NEXT}{told('DEAUTO cmd')}",
        f"{BEGIN}<w:r><w:t>DDEAUTO cmd</w:t></w:r>{SEPARATE}{END}",
        f"{BEGIN}{BEGIN}{told('PAGE')}{SEPARATE}<w:r><w:t>DDEAUTO</w:t></w:r>{END}{told(' cmd')}{END}",
        f"{BEGIN}{told('QUOTE 68 68 69')}{END}",
        f"{BEGIN}{told('IF 1 = 1 x y')}{SEPARATE}{END}",
        f"{BEGIN}{told('= 1 + 1')}{END}",
        f"{BEGIN}{told('DATE @ x DDEAUTO')}{END}",
        f"{BEGIN}{told('REF DDEAUTO')}{END}",
        f"{BEGIN}{told('HYPERLINK &quot;file:///c:/x.exe&quot;')}{END}",
        f"{BEGIN}{SEPARATE}{END}",
        turn("start"),
        f"{BEGIN}{told('PAGE')}{SEPARATE}{told('DDEAUTO cmd')}{END}",
        "<w:fldSimple w:instr=''/>",
        "<w:fldSimple w:instr='FILLIN x'/>",
        "<s:fldSimple xmlns:s='http://purl.oclc.org/ooxml/wordprocessingml/main' s:instr='DDEAUTO cmd'/>",
        BEGIN * 25 + told("PAGE") + END * 25,
    ],
)
def test_fields_but_the_harmless_ones_are_refused(field: str) -> None:
    found = codes(with_field(field))
    assert found
    assert set(found) == {"field"}


@pytest.mark.parametrize(
    "field",
    [
        f"{BEGIN}{told('DDEAU{{ &quot;TO&quot; }} cmd &quot;/c calc&quot;')}{END}",
        f"{BEGIN}{told('{{ kind }}')}{SEPARATE}{END}",
        f"{BEGIN}{told('{')}{told('{ kind }}')}{END}",
        f"{BEGIN}<w:r><w:t>{{{{ kind }}}}</w:t></w:r>{told(' PAGE ')}{SEPARATE}{END}",
        "<w:fldSimple w:instr='DDEAU{{ &quot;TO&quot; }} cmd'/>",
        "<w:fldSimple w:instr='{% if kind %}PAGE{% endif %}'/>",
    ],
)
def test_a_field_holds_no_marker(field: str) -> None:
    found = [one for one in check_template(with_field(field), OrderPage) if one.severity is Severity.ERROR]
    assert found
    assert {one.code for one in found} == {"field_marker"}
    with use_language("en"):
        assert "In the text: «" in check_template(with_field(field), OrderPage)[0].where


def test_a_marker_that_takes_the_end_of_a_field_away_is_found() -> None:
    """With its paragraph would go ``separate``, and the text behind it would be the field's instruction."""
    field = f"{BEGIN}{NEXT}{told('PAGE')}{SEPARATE}<w:r><w:t>{{%p if kind == 'x' %}}</w:t></w:r>{NEXT}<w:r><w:t>DDEAUTO cmd</w:t></w:r>{NEXT}"
    found = codes(with_field(f"{NEXT}{field}<w:r><w:t>{{%p endif %}}</w:t></w:r>{NEXT}{END}"))
    assert found
    assert set(found) <= {"field", "field_marker"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("header", "header"), ("footer", "footer"), ("endnotes", "endnotes"), ("comments", "comments"), ("glossary", "document.glossary")],
)
@pytest.mark.parametrize("path", ["word/kopf.xml", "custom/kopf.dat"])
def test_a_part_is_what_its_content_type_says(name: str, kind: str, path: str) -> None:
    override = f'<Override PartName="/{path}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/></Types>'
    data = changed(word("{{ kind }}"), "[Content_Types].xml", lambda text: text.replace("</Types>", override))
    data = changed(data, path, lambda _text: f"<w:x xmlns:w='{WORDS}'><w:p>{DDE}</w:p></w:x>")
    assert codes(data) == ["field"], name


def test_a_part_that_does_not_say_that_it_is_xml_is_looked_at() -> None:
    data = changed(word("{{ kind }}"), "[Content_Types].xml", lambda text: text.replace("<Default ", '<Default Extension="png" ContentType="image/png"/><Default ', 1))
    assert codes(changed(data, "word/media/a.png", lambda _text: "PNG <w:p>")) == []
    assert codes(changed(data, "word/media/a.png", lambda _text: f"<w:x xmlns:w='{WORDS}'><w:p>{DDE}</w:p></w:x>")) == ["field"]


def test_a_main_part_of_another_name_is_looked_at() -> None:
    source, stream = zipfile.ZipFile(io.BytesIO(with_field(DDE))), io.BytesIO()
    with source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name in ("[Content_Types].xml", "_rels/.rels"):
                content = content.replace(b"word/document.xml", b"word/haupt.xml")
            target.writestr(name.replace("word/document", "word/haupt").replace("_rels/document", "_rels/haupt"), content)
    assert codes(stream.getvalue()) == ["field"]


def test_what_is_printed_is_looked_at_as_well() -> None:
    assert [(one.code, one.name) for one in check_fields(with_field(DDE))] == [("field", "DDEAUTO")]
    assert check_fields(word("DDEAUTO cmd")) == []
    unread = Prepared(with_field(f"{BEGIN}{told('DDE{{ kind }}')}{END}"), [], [])
    assert [(one.code, one.name) for one in _tried(unread, names_of(OrderPage), lambda _data: [])] == [("field", "DDEkind")]


@pytest.mark.parametrize(
    "instruction",
    [
        " PAGE ",
        "page",
        " NUMPAGES   \\* MERGEFORMAT ",
        "SECTIONPAGES \\* Arabic \\* MERGEFORMAT",
        'DATE \\@ "dd.MM.yyyy"',
        "DATE \\@ \"«dd» MMMM yyyy 'г.'\"",
        "SEQ Таблица \\* ARABIC",
        " REF _Ref123 \\h ",
        "PAGEREF _Toc1 \\h",
        'TOC \\o "1-3" \\h \\z \\u',
        'HYPERLINK \\l "_Toc1"',
        'HYPERLINK "mailto:a@example.org"',
    ],
)
def test_page_numbers_and_dates_are_no_danger(instruction: str) -> None:
    quoted = instruction.replace('"', "&quot;")
    half = len(instruction) // 2
    pieces = [told(piece.replace('"', "&quot;")) for piece in (instruction[:half], instruction[half:])]
    whole = f"{BEGIN}{NEXT.join(pieces)}{SEPARATE}<w:r><w:t>{{{{ kind }}}}</w:t></w:r>{END}"
    for field in (f'<w:fldSimple w:instr="{quoted}"/>', whole):
        assert codes(with_field(field)) == []


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
