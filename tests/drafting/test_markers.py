"""Markers that Word has split or made typographic are put together; what cannot be is named with its place."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.drafting.engine.troubles import Code, Severity
from roadmapdocs.drafting.markers import Markers, cleaned, repair
from roadmapdocs.drafting.rendering import render
from roadmapdocs.drafting.vocabulary import Line, OrderPage
from tests.drafting.made import changed, word

PAGE = OrderPage(kind="ПРИКАЗ", number="5-ОД", points=(Line(number="1.", text="первый"),))


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def markers(*paragraphs: str | Sequence[str], table: Sequence[Sequence[str]] = ()) -> Markers:
    document = docx.Document(io.BytesIO(word(*paragraphs, table=table)))
    return repair(document._element.body, "body")


@pytest.mark.parametrize(
    "pieces",
    [
        ["№ {{ num", "ber }} от"],
        ["№ {", "{ number }", "} от"],
        ["№ {{", " ", "number", " ", "}}", " от"],
        ["№ {{\u00a0number\u202f}} от"],
        ["№ {{ \u200bnum\u00adber }} от"],
        ["№ {{ number\t}} от"],
        ["№ {{ num", "ber", "", " }} от"],
        ["№ {{ number", "|lower|upper }} от"],
    ],
)
def test_a_split_marker_is_put_together(pieces: list[str]) -> None:
    assert texts(render(word(pieces), PAGE)) == ["№ 5-ОД от"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("{% if kind == «ПРИКАЗ» %}", '{% if kind == "ПРИКАЗ" %}'),
        ("{% if kind == “ПРИКАЗ” %}", '{% if kind == "ПРИКАЗ" %}'),
        ("{% if kind == ‘ПРИКАЗ’ %}", "{% if kind == 'ПРИКАЗ' %}"),
        ('{{ "«" ~ title ~ "»" }}', '{{ "«" ~ title ~ "»" }}'),
        ("{% p if mark %}", "{%p if mark %}"),
        ("{%\u00a0tr for row in rows %}", "{%tr for row in rows %}"),
        ("{%p  endfor –%}", "{%p endfor -%}"),
        ("{{ p }}", "{{ p }}"),
    ],
)
def test_typographic_signs_are_read_as_typed(typed: str, read: str) -> None:
    assert cleaned(typed) == read


def test_quotes_of_autocorrect_do_not_stand_in_the_way() -> None:
    made = render(word(["{% if kind == «ПРИ", "КАЗ» %}да{% else %}нет{% endif %}"]), PAGE)
    assert texts(made) == ["да"]


@pytest.mark.parametrize(
    "between",
    ['<w:proofErr w:type="spellStart"/>', '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>', "<w:lastRenderedPageBreak/>"],
)
def test_marks_of_word_between_the_pieces_do_no_harm(between: str) -> None:
    data = changed(word(["{{ num", "ber }}"]), "word/document.xml", lambda text: text.replace("<w:t>ber", f"{between}<w:t>ber") if "Rendered" in between else text.replace("</w:r><w:r>", f"</w:r>{between}<w:r>"))
    assert texts(render(data, PAGE)) == ["5-ОД"]


@given(st.sets(st.integers(1, 40)))
def test_wherever_a_marker_is_cut_it_is_the_same(cuts: set[int]) -> None:
    text = "№ {{ number }} и {% if kind %}{{ kind }}{% endif %}."
    edges = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
    pieces = [text[start:end] for start, end in itertools.pairwise(edges)]
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in pieces:
        paragraph.add_run(piece)
    found = repair(document._element.body, "body")
    assert [one.text for one in found.found] == ["{{ number }}", "{% if kind %}", "{{ kind }}", "{% endif %}"]
    assert paragraph.text == text
    assert found.troubles == []
    # Each marker lies in one run.
    for marker in ("{{ number }}", "{% if kind %}", "{{ kind }}", "{% endif %}"):
        assert any(marker in run.text for run in paragraph.runs)


@pytest.mark.parametrize("broken", ["{{ number }", "{{ number", "number }}", "{% if kind }}", "{{ a {{ b }}", "{# слова"])
def test_half_a_marker_is_named_with_its_paragraph(broken: str) -> None:
    found = markers("Вводные слова", f"До {broken}")
    assert [one.code for one in found.troubles][:1] == [Code.BROKEN_MARKER]
    assert found.troubles[0].place.paragraph == f"До {broken}"


def test_the_cell_of_a_marker_is_named() -> None:
    found = markers("Слова", table=[["а", "б"], ["в", "{{ number"]])
    place = found.troubles[0].place
    assert (place.part, place.table, place.row, place.column) == ("body", 1, 2, 2)


@pytest.mark.parametrize(
    ("paragraph", "code"),
    [
        ("Слова {%p if mark %}", Code.TEXT_LOST),
        ("{%p if mark %}{{ mark }}{%p endif %}", Code.TEXT_LOST),
        ("{%tr for row in rows %}", Code.OUTSIDE_TABLE),
        ("{%tc for row in rows %}", Code.OUTSIDE_TABLE),
        ("{{p number }}", Code.RAW_MARKER),
        ("{{r number }}", Code.RAW_MARKER),
        ("{{tr number }}", Code.RAW_MARKER),
    ],
)
def test_a_marker_in_the_wrong_place_is_told(paragraph: str, code: Code) -> None:
    assert code in [one.code for one in markers(paragraph).troubles]


def test_both_ends_of_a_loop_in_one_row_are_told_of() -> None:
    found = markers(table=[["{%tr for row in rows %}", "{%tr endfor %}"]])
    assert {one.code for one in found.troubles} == {Code.TEXT_LOST}


def test_a_space_between_brackets_is_a_question_only() -> None:
    found = markers("{ { number } }")
    assert [(one.code, one.severity) for one in found.troubles] == [(Code.LOOSE_BRACES, Severity.WARNING)]
    assert markers("Ответ {не дан}").troubles == []


def test_a_marker_that_would_take_a_section_with_it_is_told() -> None:
    document = docx.Document()
    document.add_section()  # python-docx ends the section before it with a paragraph of its own
    document.paragraphs[0].add_run("{%p if mark %}")
    assert Code.SECTION_LOST in [one.code for one in repair(document._element.body, "body").troubles]
