"""Rendering: nothing of a page is lost, the same input gives the same bytes, the file is whole."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapdocs.drafting.ooxml_check import problems
from roadmapdocs.drafting.rendering import MOST_VALUES, render
from roadmapdocs.drafting.vocabulary import (
    Cell,
    Line,
    OrderPage,
    Page,
    Piece,
    RegulationPage,
    Signer,
    TableRow,
)
from roadmapdocs.errors import Refusal
from roadmapdocs.russian.letters import printable
from tests.drafting.made import changed, part, word

POINTS = ("{%p for line in points %}", "{{ line.number }} {{ line.text }}", "{%p endfor %}")


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def order(*points: str, **more: Any) -> OrderPage:
    lines = tuple(Line(number=f"{number}.", text=text) for number, text in enumerate(points, start=1))
    return OrderPage(points=lines, **{"kind": "ПРИКАЗ", **more})


def test_a_page_is_printed_by_its_template() -> None:
    page = order("Утвердить.", "Признать.", signers=(Signer(post=("Начальник",), name="И.А. Вересова"),))
    template = word("{{ kind }}", *POINTS, "{% for s in signers %}{{ s.post|join(' ') }} {{ s.name }}{% endfor %}", header="{{ number }}")
    assert texts(render(template, page)) == ["ПРИКАЗ", "1. Утвердить.", "2. Признать.", "Начальник И.А. Вересова"]


@pytest.mark.parametrize(
    ("marker", "printed"),
    [
        ("{{ kind|lower|capital }}", "Приказ"),
        ("{{ title|nbsp }}", "О\u00a0смотре"),
        ("{{ kind ~ ' № ' ~ number }}", "ПРИКАЗ № 5"),
        ("{{ unit if unit else place }}", "п. Светлоречье"),
        ("{{ points[0].text }}", "первый"),
        ("{{ points|length }}", "2"),
        ("{% if points|length > 1 and not mark %}много{% else %}один{% endif %}", "много"),
        ("{% for p in points if p.level == 1 %}{{ loop.index }}{% if not loop.last %}, {% endif %}{% endfor %}", "1, 2"),
        ("{% for v in visas %}x{% else %}виз нет{% endfor %}", "виз нет"),
        ("{# заметка #}{{ number }}", "5"),
        ("{{ organisation|join(' / ') }}", "Один / Два"),
        ("{{ 'а' if kind in title else 'б' }}", "б"),
        ("{{ '<b>' }}", "<b>"),
    ],
)
def test_the_language_of_templates(marker: str, printed: str) -> None:
    page = order("первый", "второй", title="О смотре", number="5", place="п. Светлоречье", organisation=("Один", "Два"))
    assert texts(render(word(marker), page)) == [printed]


VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["<w:p/>", "&amp;", "{{ kind }}", "{_{ x }_}", "{% raw %}", "</w:t>", "a\tb\nc", "\x07\x0c\x00", "]]>", "😀", "\\", "{"]
)


@settings(max_examples=25)
@given(st.lists(VALUES, min_size=1, max_size=6))
def test_no_value_is_lost_whatever_it_holds(values: list[str]) -> None:
    def seen(text: str) -> str:
        for sign in ("\r\n", "\r", "\u2028", "\u2029"):
            text = text.replace(sign, "\n")
        return printable(text)

    made = render(word(*POINTS), order(*values))
    # python-docx gives line ends and tabs back as such.
    assert texts(made) == [f"{number}. {seen(text)}" for number, text in enumerate(values, start=1)]
    assert problems(made) == []


def test_the_same_input_gives_the_same_bytes_and_a_fresh_process_does_too() -> None:
    from roadmapdocs.drafting.engine.children import CHILDREN

    template = word("{{ kind }}", *POINTS)
    first = render(template, order("раз"), title="О & о", author="Масленко В.И.")
    assert render(template, order("раз"), title="О & о", author="Масленко В.И.") == first
    CHILDREN.end()
    assert render(template, order("раз"), title="О & о", author="Масленко В.И.") == first
    assert render(template, order("два"), title="О & о", author="Масленко В.И.") != first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_are_ours_and_escaped_once() -> None:
    made = docx.Document(io.BytesIO(render(word("{{ kind }}"), order(), title="О «неделе» & <чтения>\x01", author="Масленко В.И.")))
    assert made.core_properties.title == "О «неделе» & <чтения>"
    assert made.core_properties.author == made.core_properties.last_modified_by == "Масленко В.И."
    assert made.core_properties.comments == ""


def test_cells_that_lose_their_only_paragraph_keep_the_file_whole() -> None:
    """A condition around the only paragraph of a cell is a known way to a file that Word calls damaged."""
    data = word("{{ kind }}", table=[["а", "б"]])
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    cell = "".join(paragraph.format(text) for text in ("{%p if mark %}", "{{ mark }}", "{%p endif %}"))
    data = changed(data, "word/document.xml", lambda text: text.replace(paragraph.format("а"), cell))
    assert "{%p if mark %}" in part(data)
    assert problems(render(data, order(mark=""))) == []
    assert problems(render(data, order(mark="ДСП"))) == []


def test_rows_and_cells_are_repeated() -> None:
    table = [["{%tr for row in pieces[0].rows %}", ""], ["{{ row.cells[0].text }}", "{{ row.cells[1].text }}"], ["{%tr endfor %}", ""]]
    rows = tuple(TableRow(cells=(Cell(text=f"а{n}"), Cell(text=f"б{n}"))) for n in range(3))
    made = render(word("{{ kind }}", table=table), RegulationPage(pieces=(Piece(kind="table", rows=rows),)))
    grid = docx.Document(io.BytesIO(made)).tables[0]
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [["а0", "б0"], ["а1", "б1"], ["а2", "б2"]]
    assert problems(made) == []


def test_bookmarks_within_a_loop_keep_ids_of_their_own() -> None:
    mark = '<w:bookmarkStart w:id="0" w:name="here"/>{}<w:bookmarkEnd w:id="0"/>'
    data = changed(word(*POINTS), "word/document.xml", lambda text: text.replace("<w:r><w:t>{{ line.number", mark.format("") + "<w:r><w:t>{{ line.number"))
    made = render(data, order("раз", "два", "три"))
    assert part(made).count("<w:bookmarkStart") == 1
    assert problems(made) == []


def test_a_list_without_rows_is_asked_for_first() -> None:
    with pytest.raises(Refusal) as refused:
        render(word("Подписал: {{ signers[0].name }}"), order())
    assert refused.value.code == "template_unknown_name"
    assert "«Подписал: {{ signers[0].name }}»" in refused.value.message


def test_a_page_of_a_hundred_thousand_rows_is_refused_clearly() -> None:
    page = order(*["пункт"] * 100_000)
    with pytest.raises(Refusal, match=str(MOST_VALUES)) as refused:
        render(word(*POINTS), page)
    assert refused.value.code == "template_too_large"
    with pytest.raises(Refusal) as refused:
        render(word("{{ title }}"), Page(title="я" * 30_000_000))
    assert refused.value.code == "template_too_large"


def test_thousands_of_rows_are_printed() -> None:
    assert len(texts(render(word(*POINTS), order(*["пункт"] * 5_000)))) == 5_000
