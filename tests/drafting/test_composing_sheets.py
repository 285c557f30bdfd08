"""Papers that are tables: their pieces, the sheet of acquaintance, long tables in portions, the code of a card."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import example, given
from hypothesis import strategies as st

from roadmapdocs.drafting import rendering, sheet_printing
from roadmapdocs.drafting import templates as kept
from roadmapdocs.drafting.composing.sheets import frame, heading, paragraph, sheet_table, shown, spans_of
from roadmapdocs.drafting.samples_minutes import ACQUAINTANCE, SHEETS, sample_page
from roadmapdocs.drafting.sheet_printing import portions, print_sheet
from roadmapdocs.drafting.values import AcquaintanceValues
from roadmapdocs.drafting.vocabulary import AcquaintancePage, Acquainted, Cell, TablePage, TableRow
from roadmapdocs.web.sheets.qr import code_png
from tests.drafting.printed import page_of, printed, shipped, text_of, words_of

TODAY = dt.date(2026, 3, 16)


@pytest.fixture(autouse=True)
def _shipped_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which version counts is another test's matter: no database here."""
    monkeypatch.setattr(sheet_printing, "template_for", lambda path, _on: kept.shipped_template(path))


def rows_of(data: bytes, place: int = 0) -> list[list[str]]:
    table = docx.Document(io.BytesIO(data)).tables[place]._tbl
    return [["\n".join(words_of(one) for one in cell.iter(qn("w:p"))) for cell in row.iter(qn("w:tc"))] for row in table.iter(qn("w:tr"))]


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=50))
@example([1] * 19 + [13, 22])
def test_widths_become_shares_that_fill_the_page(widths: list[int]) -> None:
    spans = spans_of(widths)
    assert sum(spans) == 50
    assert min(spans) >= 1
    assert len(spans) == len(widths)


@pytest.mark.parametrize("cells", [("а",), ("а", "б", "в")])
def test_a_row_with_other_cells_than_the_head_is_an_error_of_ours(cells: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="zip"):
        sheet_table(("Дата", "Номер"), (1, 2), [shown(cells)])


def test_a_sheet_of_acquaintance_has_a_row_for_everybody() -> None:
    page = page_of("acquaintance.docx", ACQUAINTANCE)
    assert isinstance(page, AcquaintancePage)
    assert page.kind == "ЛИСТ ОЗНАКОМЛЕНИЯ"
    assert page.document.replace("\u00a0", " ") == (
        "с приказом Управления образования администрации Светлореченского муниципального округа от 16.03.2026 № 41-ОД "
        "«О проведении недели чтения в школах округа»"
    )
    rows = rows_of(printed("acquaintance.docx", "sample"))
    assert rows[0] == ["№", "Должность", "Фамилия, имя, отчество", "Дата", "Подпись"]
    assert rows[1] == [
        *("1", "заместитель начальника Управления образования", "Холмогоров Павел Ильич"),
        *("17.03.2026", "простая ЭП, 17.03.2026 09:12"),
    ]
    assert [row[4] for row in rows[2:4]] == ["подпись на листе, скан", "отказ, акт"]
    assert rows[-1] == ["7", "директор лицея «Маяк»", "Огородник Виктор Семёнович", "", ""]
    assert len(rows) == 1 + len(ACQUAINTANCE.acquainted) + len(ACQUAINTANCE.people)
    assert page.notes[0] in text_of(printed("acquaintance.docx", "sample"))


def test_a_sheet_of_acquaintance_of_any_length_is_printed_whole() -> None:
    people = tuple(
        Acquainted(number=str(number), post=("учитель",), name="Сосновская Вероника Аркадьевна", mark="простая ЭП")
        for number in range(1, 2 * sheet_printing.PORTION + 3)
    )
    page = AcquaintancePage(kind="ЛИСТ ОЗНАКОМЛЕНИЯ", people=people, notes=("Всего опрошены все.",))
    data = print_sheet("acquaintance.docx", page, TODAY, title="Лист")
    rows = rows_of(data)
    assert [row[0] for row in rows] == ["№", *(one.number for one in people)]
    assert text_of(data).count("Всего опрошены все.") == 1


def test_a_sheet_of_acquaintance_without_names_is_filled_in_by_hand() -> None:
    page = page_of("acquaintance.docx", AcquaintanceValues(kind="acquaintance"))
    rows = rows_of(rendering.render(shipped("acquaintance.docx"), page))
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 16)]
    assert all(row[1:] == [""] * 4 for row in rows[1:])


def test_a_table_has_the_columns_that_it_shows_and_no_finer_grid() -> None:
    data = printed("journal.docx", "sample")
    table = docx.Document(io.BytesIO(data)).tables[0]
    assert len(table.columns) == 10
    assert [len(row.cells) for row in table.rows] == [10] * 6
    assert sum(int(one.get(qn("w:w"))) for one in table._tbl.tblGrid) == pytest.approx(257 * 1440 / 25.4, abs=30)


def test_a_heading_of_rows_goes_across_the_table() -> None:
    rows = rows_of(printed("roadmap_report.docx", "sample"))
    assert [len(row) for row in rows] == [8, 1, 8, 8, 8]
    assert rows[1] == ["1. Библиотека как место встречи (2 из 3 на сегодня, просрочено: 1)"]


def test_notes_struck_texts_and_shaded_rows_are_seen() -> None:
    table = docx.Document(io.BytesIO(printed("journal.docx", "sample"))).tables[0]
    annulled, gap = table.rows[4], table.rows[5]
    title, note = annulled.cells[3].paragraphs
    assert title.runs[0].font.strike
    assert note.runs[0].font.italic
    assert note.text == "Аннулирован 12.03.2026: зарегистрирован дважды."
    assert gap.cells[3].text == "Номера не использованы."
    assert gap._tr.tc_lst[0].tcPr.find(qn("w:shd")).get(qn("w:fill")) == "F4F3F0"


def test_pieces_of_all_kinds_are_printed() -> None:
    page = TablePage(
        caption="Лист",
        pieces=(heading("Часть"), paragraph("Слова", kept=True), paragraph("Ещё"), frame("МАРКА", ("раз", "два"))),
    )
    text = text_of(print_sheet("approval_sheet.docx", page, TODAY, title="Лист"))
    assert [line for line in text.split("\n") if line] == ["Лист", "Часть", "Слова", "Ещё", "МАРКА", "раз", "два"]


def test_the_code_takes_the_place_of_the_picture_and_is_not_there_without_its_words() -> None:
    page, code = sample_page("approval_sheet.docx"), code_png("https://registry.example/documents/7")
    data = print_sheet("approval_sheet.docx", page, TODAY, title="Лист", code=code)
    assert data == print_sheet("approval_sheet.docx", page, TODAY, title="Лист", code=code)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")] == [code]
    without = print_sheet("approval_sheet.docx", dataclasses.replace(page, code=""), TODAY, title="Лист")
    assert not docx.Document(io.BytesIO(without)).inline_shapes


@pytest.mark.parametrize("rows", [0, 1, 4, 5, 9, 10, 11])
def test_a_long_table_is_printed_in_portions_and_loses_nothing(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_printing, "PORTION", 5)
    lines = [TableRow(heading=True, title="Раздел"), *(shown((f"а{number}", "б")) for number in range(rows))]
    page = TablePage(caption="Журнал", facts=(), pieces=(paragraph("до"), sheet_table(("А", "Б"), (1, 1), lines), paragraph("после")))
    assert len(list(portions(page))) == max(1, -(-len(lines) // 5))
    data = print_sheet("journal.docx", page, TODAY, title="Журнал")
    assert rows_of(data) == [["А", "Б"], ["Раздел"], *([f"а{number}", "б"] for number in range(rows))]
    text = text_of(data)
    assert text.startswith("Журнал\nдо")
    assert text.endswith("после")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=80))
def test_whatever_people_typed_is_in_the_cell(text: str) -> None:
    row = TableRow(cells=(Cell(text=text), Cell(text="б", note=text, struck=True)))
    page = TablePage(caption="Журнал", pieces=(sheet_table(("А", "Б"), (1, 1), [row]),))
    cells = rows_of(rendering.render(shipped("journal.docx"), page))[1]
    assert "".join(cells[0].split()) == "".join(text.split())
    assert "".join(cells[1].split()) == "б" + "".join(text.split())


@pytest.mark.parametrize("template", SHEETS)
def test_the_head_of_each_table_is_repeated_and_no_row_is_divided(template: str) -> None:
    document = docx.Document(io.BytesIO(printed(template, "extreme")))
    table = max(document.tables, key=lambda one: len(one._tbl.tr_lst))._tbl
    heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.tr_lst]
    assert heads[0]
    assert not any(heads[1:])
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.tr_lst)
