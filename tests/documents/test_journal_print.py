from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.journals import printing as journal_print
from roadmapdocs.documents.journals.columns import SHEET_MM, columns_of
from roadmapdocs.documents.journals.package import stable
from roadmapdocs.documents.journals.printing import Printed, print_journal
from roadmapdocs.documents.journals.regulations import print_regulations
from roadmapdocs.documents.journals.xlsx import write_xlsx
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.transitions import perform
from roadmapdocs.drafting import sheet_printing
from roadmapdocs.errors import Refusal
from roadmapdocs.people.models import Organisation
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.registration.gaps import explain_gap
from roadmapdocs.registration.models import Journal
from roadmapdocs.registration.operations import reserve
from roadmapdocs.registration.patterns import Context
from roadmapdocs.web.journals.journal_docx import write_docx
from tests.conftest import NOW, TODAY, person

pytestmark = pytest.mark.usefixtures("database")
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def order(number: str, title: str = "О неделе чтения", *, day: dt.date = dt.date(2026, 2, 2), **card: object) -> Document:
    made = {"kind": "order_main", "preparation": Preparation.SIGNED, "date": day, **card}
    return create_document(Card(title=title, number=number, **made), by=SYSTEM, now=NOW, today=TODAY)


def journal(code: str = "order_main") -> Journal:
    found: Journal = Journal.get(Journal.code == code)
    return found


def printed(since: dt.date = FIRST, until: dt.date = LAST, *, code: str = "order_main", by: Actor = SYSTEM) -> Printed:
    return print_journal(journal(code), since, until, by=by)


def column(told: Printed, role: str) -> list[object]:
    place = next(place for place, one in enumerate(told.columns) if one.role == role)
    return [line.cells[place] for line in told.lines]


def test_numbers_stand_in_natural_order_with_the_gaps_in_their_place() -> None:
    for number in ("10", "9", "45а", "45", "45/1"):
        order(number)
    told = printed()
    assert column(told, "number") == ["1–8", "9", "10", "11–44", "45", "45/1", "45а"]
    # What was never given counts no place.
    assert column(told, "place") == [None, 1, 2, None, 3, 4, 5]
    assert [line.gap for line in told.lines] == [True, False, False, True, False, False, False]


def test_an_annulled_number_stays_with_its_reason() -> None:
    annulled = order("1")
    perform(annulled.id, "annul", answers=Answers(reason="ошибочная регистрация"), by=SYSTEM, now=NOW, today=TODAY)
    (line,) = printed().lines
    assert line.struck
    assert "ошибочная регистрация" in line.note
    assert "О неделе чтения" in line.cells


def test_reserved_numbers_and_reasons_of_gaps_are_printed() -> None:
    order("1")
    order("3")
    explain_gap(journal(), "2026", 2, 2, reason="номер испорчен", by=SYSTEM, now=NOW)
    reserve(journal(), on=TODAY, reserved_for="приказ о лагере", context=Context(), by=SYSTEM, now=NOW, today=TODAY)
    notes = [line.note for line in printed().lines]
    assert notes[0] == notes[2] == ""
    assert "номер испорчен" in notes[1]
    assert "приказ о лагере" in notes[3]


def test_a_part_of_the_year_has_its_own_numbers_and_the_gaps_among_them() -> None:
    for number, month in (("1", 1), ("2", 1), ("4", 2), ("6", 2), ("8", 3)):
        order(number, day=dt.date(2026, month, 5))
    february = printed(dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    assert column(february, "number") == ["4", "5", "6"]
    assert column(printed(dt.date(2026, 3, 1), dt.date(2026, 3, 2)), "number") == []


def test_a_number_given_with_another_date_is_printed_with_its_own_time() -> None:
    for number, month in (("1", 2), ("2", 1), ("3", 2)):
        order(number, day=dt.date(2026, month, 5))
    assert column(printed(dt.date(2026, 2, 1), dt.date(2026, 2, 28)), "number") == ["1", "3"]


def test_two_years_stand_one_after_the_other() -> None:
    order("1", day=dt.date(2025, 12, 30))
    order("1", day=dt.date(2026, 1, 12))
    told = printed(dt.date(2025, 1, 1), LAST)
    assert column(told, "date") == [dt.date(2025, 12, 30), dt.date(2026, 1, 12)]


def test_a_restricted_document_keeps_its_number_only() -> None:
    order("1", "О премии Петрова", mark=Mark.PERSONAL, mark_basis="152-ФЗ", signer="Лаврова О. С.")
    told = printed(by=person(Role.STAFF))
    assert column(told, "number") == ["1"]
    assert "Петрова" not in str(told)
    assert "Лаврова" not in str(told)
    assert "О премии Петрова" in str(printed(by=person(Role.CLERK)))


def test_the_reason_of_an_annulled_restricted_document_stays_closed_too() -> None:
    made = order("1", "О премии Петрова", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    perform(made.id, "annul", answers=Answers(reason="Петров уволен"), by=SYSTEM, now=NOW, today=TODAY)
    assert "Петров" not in str(printed(by=person(Role.STAFF)))


@pytest.mark.parametrize("code", ["order_main", "protocol", "note", "memo"])
def test_columns_fill_the_sheet(code: str) -> None:
    columns = columns_of(journal(code))
    assert sum(one.mm for one in columns) == SHEET_MM
    assert {"number", "date", "title"} <= {one.role for one in columns}


def test_orders_protocols_and_notes_have_their_own_columns() -> None:
    order("1", kind="protocol", title="Протокол", body="Совет музея", fields={"agenda": "1. О фонде", "chair": "Ильин", "secretary": "Серова", "sheets": 3})
    order("1", kind="note", title="Об итогах", fields={"basis": "план работы", "considered": "совещание"})
    order("7", fields={"sheets": 2, "recipients": "школы"}, signer="Лаврова О. С.")
    assert printed(code="protocol").lines[0].cells[2:] == ("Совет музея", "1. О фонде", "Ильин, Серова", 3, "")
    assert set(printed(code="note").lines[0].cells) >= {"Об итогах", "план работы", "совещание"}
    assert {"Лаврова О. С.", 2, "школы"} <= set(printed().lines[-1].cells)


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        printed(LAST, FIRST)
    assert refused.value.code == "dates"


def test_too_long_a_journal_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_print, "MOST_LINES", 2)
    for number in ("1", "2", "3"):
        order(number)
    with pytest.raises(Refusal) as refused:
        printed()
    assert refused.value.code == "too_many_lines"


def test_the_only_organisation_heads_the_journal() -> None:
    Organisation.create(name="Управление образования", short_name="УО", genitive="управления образования")
    assert printed().organisation == "Управление образования"
    Organisation.create(name="Школа № 5", short_name="Школа", genitive="школы № 5")
    assert printed().organisation == ""


@pytest.mark.parametrize("write", [write_docx, write_xlsx])
def test_the_same_journal_gives_the_same_bytes(write: Callable[[Printed], bytes]) -> None:
    order("1")
    told = printed()
    assert write(told) == write(told)


def test_the_excel_file_says_nothing_of_when_it_was_written() -> None:
    order("1")
    data = write_xlsx(printed())
    assert stable(later(data)) == data


def later(data: bytes) -> bytes:
    """The package as it would be if it had been written at another moment."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b"2000-01-01T00:00:00Z", b"2026-03-16T09:30:00Z")
            target.writestr(zipfile.ZipInfo(name, (2026, 3, 16, 9, 30, 0)), content)
    assert packed.getvalue() != data
    return packed.getvalue()


HOSTILE = ["=1+1", "+7", "-1", "@SUM(A1)", '=HYPERLINK("http://x";"y")', "a\x0bb\x00c"]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_cell_of_a_print_is_a_formula(title: str) -> None:
    order("1", title.replace("\x00", ""))
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(printed()))).active
    found = [cell for row in sheet.iter_rows(min_row=6) for cell in row if cell.value is not None]
    assert all(cell.data_type in {"s", "n", "d"} for cell in found)
    assert docx.Document(io.BytesIO(write_docx(printed()))).tables


def test_the_excel_file_is_a_table_with_its_head_in_sight() -> None:
    order("1")
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(printed()))).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A6", "A5:K6")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet["B6"].value == dt.datetime(2026, 2, 2)
    assert sheet["D6"].value == "О неделе чтения"


def test_the_word_file_lies_across_with_a_repeated_head_and_page_numbers() -> None:
    perform(order("1").id, "annul", answers=Answers(reason="ошибка адресата"), by=SYSTEM, now=NOW, today=TODAY)
    document = docx.Document(io.BytesIO(write_docx(printed())))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert round(section.left_margin.mm) == 30
    table = document.tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    struck = [run.text for cell in table.rows[1].cells for run in cell.paragraphs[0].runs if run.font.strike]
    assert struck == ["О неделе чтения"]
    assert "ошибка адресата" in table.rows[1].cells[3].text
    assert "PAGE" in section.header._element.xml
    assert section.different_first_page_header_footer
    fonts = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:rFonts')}")
    assert fonts.get(qn("w:ascii")) == "Times New Roman"


def test_a_journal_longer_than_a_portion_is_one_table_with_all_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_printing, "PORTION", 3)
    for number in range(1, 12):
        order(str(number), f"О деле {number}")
    data = write_docx(printed())
    assert write_docx(printed()) == data
    (table,) = docx.Document(io.BytesIO(data)).tables
    assert [row.cells[3].text for row in table.rows[1:]] == [f"О деле {number}" for number in range(1, 12)]
    assert sum(row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows) == 1


def approved() -> tuple[Document, Document]:
    regulation = order("", "О совете музея", kind="regulation", preparation=Preparation.DRAFT, date=None)
    act = order("178-П", "Об утверждении положения", day=dt.date(2026, 2, 10))
    link_documents(act.id, regulation.id, LinkKind.APPROVES, by=SYSTEM, now=NOW, today=TODAY)
    return Document.get_by_id(regulation.id), act


def test_regulations_are_listed_by_the_order_that_approved_them() -> None:
    regulation, _act = approved()
    Document.update(preparation="signed", force_from=dt.date(2026, 2, 10), force_until=dt.date(2026, 3, 1)).where(
        Document.id == regulation.id
    ).execute()
    (line,) = print_regulations(FIRST, LAST, by=SYSTEM).lines
    assert line.cells[0] == "Положение. О совете музея"
    assert "10.02.2026" in str(line.cells[1])
    assert "178-П" in str(line.cells[1])
    assert line.cells[3] == "10.02.2026 – 28.02.2026"
    assert print_regulations(FIRST, dt.date(2026, 1, 31), by=SYSTEM).lines == ()


def test_editions_of_a_regulation_are_named() -> None:
    regulation = order("", "О совете музея", kind="regulation")
    amending = order("200-П", "О внесении изменений", day=dt.date(2026, 3, 2))
    link_documents(amending.id, regulation.id, LinkKind.AMENDS, by=SYSTEM, now=NOW, today=TODAY)
    (line,) = print_regulations(FIRST, LAST, by=SYSTEM).lines
    assert "200-П" in str(line.cells[2])
    assert "02.03.2026" in str(line.cells[2])


def test_a_restricted_regulation_is_left_out() -> None:
    order("", "О тайном совете", kind="regulation", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    assert print_regulations(FIRST, LAST, by=person(Role.STAFF)).lines == ()
    assert len(print_regulations(FIRST, LAST, by=SYSTEM).lines) == 1
