from __future__ import annotations

import pytest

from roadmapdocs.files.reading.blocks import Paragraph, Table
from roadmapdocs.files.reading.docx import read_docx
from roadmapdocs.files.reading.docx_numbering import formatted
from tests.roadmap.reader.packages import docx, paragraph, row, table


def level(depth: int, pattern: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, definition: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def numbered(num_id: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num_id}"/></w:numPr>'


def labels(numbering: str, *places: str, styles: str = "") -> list[str]:
    """Numbers printed before paragraphs with these properties, each with the text «а»."""
    data = docx("".join(paragraph("а", place) for place in places), numbering=numbering, styles=styles)
    blocks = read_docx(data, "план.docx")
    return [block.text.removesuffix("а").strip() for block in blocks if isinstance(block, Paragraph)]


OUTLINE = abstract(1, level(0, "%1."), level(1, "%1.%2."), level(2, "%1.%2.%3")) + num(7, 1)


def test_levels_count_on_and_deeper_ones_begin_anew() -> None:
    places = [numbered(7, depth) for depth in (0, 1, 1, 2, 0, 1, 2, 2)]
    assert labels(OUTLINE, *places) == ["1.", "1.1.", "1.2.", "1.2.1", "2.", "2.1.", "2.1.1", "2.1.2"]


def test_a_deep_level_met_first_takes_the_starts_of_those_above() -> None:
    assert labels(OUTLINE, numbered(7, 2), numbered(7, 1)) == ["1.1.1", "1.2."]


def test_a_list_may_start_from_another_number() -> None:
    assert labels(abstract(1, level(0, "%1)", start=5)) + num(7, 1), numbered(7), numbered(7)) == ["5)", "6)"]


def test_instances_of_one_definition_count_on_unless_told_to_start() -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(1, level(0, "%1.")) + num(7, 1) + num(8, 1) + num(9, 1, start)
    places = [numbered(key) for key in (7, 8, 9, 9, 7)]
    assert labels(numbering, *places) == ["1.", "2.", "1.", "2.", "3."]


def test_an_instance_may_replace_a_level() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "п. %1", start=3)}</w:lvlOverride>'
    assert labels(abstract(1, level(0, "%1.")) + num(7, 1, own), numbered(7)) == ["п. 3"]


def test_a_level_told_never_to_restart_counts_through() -> None:
    deeper = level(1, "%2.", more='<w:lvlRestart w:val="0"/>')
    places = [numbered(7, depth) for depth in (0, 1, 0, 1)]
    assert labels(abstract(1, level(0, "%1."), deeper) + num(7, 1), *places) == ["1.", "1.", "2.", "2."]


def test_roman_sections_give_arabic_numbers_to_legal_items() -> None:
    numbering = abstract(1, level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")) + num(7, 1)
    places = [numbered(7, depth) for depth in (0, 0, 1)]
    assert labels(numbering, *places) == ["I.", "II.", "2.1"]


def test_bullets_and_removed_numbering_print_nothing() -> None:
    numbering = abstract(1, level(0, "\uf0b7", "bullet"), level(1, "%2.")) + num(7, 1)
    assert labels(numbering, numbered(7), numbered(0), numbered(99), numbered(7, 5)) == ["", "", "", ""]


def test_a_style_numbers_its_paragraphs_and_those_based_on_it() -> None:
    numbering = abstract(
        1,
        level(0, "%1.", more='<w:pStyle w:val="Section"/>'),
        level(1, "%1.%2.", more='<w:pStyle w:val="Item"/>'),
    ) + num(7, 1)
    styles = (
        f'<w:style w:styleId="Section"><w:pPr>{numbered(7)}</w:pPr></w:style>'
        '<w:style w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Child"><w:basedOn w:val="Section"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    named = [f'<w:pStyle w:val="{name}"/>' for name in ("Section", "Item", "Item", "Child", "Loop")]
    off = '<w:pStyle w:val="Section"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    assert labels(numbering, *named, off, styles=styles) == ["1.", "1.1.", "1.2.", "2.", "", ""]


def test_a_list_style_stands_for_the_definition_it_links() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Списки"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="Списки"/>{level(0, "%1)")}</w:abstractNum>'
    ) + num(7, 1)
    assert labels(numbering, numbered(7)) == ["1)"]


def test_an_empty_numbered_cell_has_the_number_word_prints() -> None:
    def work(properties: str, title: str) -> str:
        number = f"<w:tc><w:p><w:pPr>{properties}</w:pPr></w:p></w:tc>"
        return row(number, f"<w:tc>{paragraph(title)}</w:tc>", f"<w:tc>{paragraph('май')}</w:tc>")

    data = docx(table(work(numbered(7), "Раздел"), work(numbered(7, 1), "Семинар")), numbering=OUTLINE)
    (block,) = read_docx(data, "план.docx")
    assert isinstance(block, Table)
    assert [(line.cells[0].auto_number, line.cells[0].text) for line in block.rows] == [
        ("1.", ""),
        ("1.1.", ""),
    ]


def test_only_the_first_number_of_a_cell_stands_apart() -> None:
    both = paragraph("приказ", numbered(7)) + paragraph("протокол", numbered(7))
    body = table(row(*(f"<w:tc>{inside}</w:tc>" for inside in (paragraph("1"), both, paragraph("май")))))
    (block,) = read_docx(docx(body, numbering=OUTLINE), "план.docx")
    assert isinstance(block, Table)
    cell = block.rows[0].cells[1]
    assert (cell.auto_number, cell.text) == ("1.", "приказ\n2. протокол")


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (14, "decimalZero", "14"),
        (1994, "upperRoman", "MCMXCIV"),
        (49, "lowerRoman", "xlix"),
        (3, "lowerLetter", "c"),
        (27, "upperLetter", "AA"),
        (1, "russianLower", "а"),
        (10, "russianUpper", "К"),
        (30, "russianLower", "аа"),
        (3, "none", ""),
        (3, "bullet", ""),
        (3, "cardinalText", "3"),
    ],
)
def test_formats_of_numbers(number: int, form: str, text: str) -> None:
    assert formatted(number, form) == text
