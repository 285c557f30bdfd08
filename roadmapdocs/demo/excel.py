"""The roadmap with year columns as an Excel book."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from roadmapdocs.demo.content import Item, Office, Roadmap, Section

FONT = "Times New Roman"
WIDTHS = (6, 32, 27, 27, 27, 20, 24)  # characters
HEADER = ("№ п/п", "Мероприятия", "Ключевые мероприятия, сроки", None, None, "Ответственный", "Документы")
RULE = Side(style="thin", color="808080")


def year_columns_book(roadmap: Roadmap, office: Office, path: Path) -> None:
    """Title and prose, a header two rows high, sections over all columns, one cell of prose a year."""
    book = Workbook()
    book.properties.creator = office.organisations[0].short_name
    book.properties.title = roadmap.title
    book.remove(book.worksheets[0])
    sheet: Worksheet = book.create_sheet("Дорожная карта")
    short = [f"{abbreviation} – {full}" for abbreviation, full in roadmap.abbreviations.items()]
    prose = [roadmap.title, *roadmap.preamble, "Сокращения в тексте:", *short]
    for line, text in enumerate(prose, 1):
        _prose_line(sheet, line, text)
    first = len(prose) + 2
    _header(sheet, first, roadmap.years)
    for line, row in enumerate(roadmap.rows(), first + 2):
        if isinstance(row, Section):
            _band(sheet, line, f"Направление № {row.number} {row.title}")
        else:
            _item(sheet, line, row)
    sheet.freeze_panes = f"C{first + 2}"
    sheet.print_title_rows = f"{first}:{first + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.save(path)


def _prose_line(sheet: Worksheet, line: int, text: str) -> None:
    title = line == 1
    cell = sheet.cell(line, 1, text)
    cell.font = Font(name=FONT, size=14 if title else 11, bold=title)
    cell.alignment = Alignment(wrap_text=True, horizontal="center" if title else "left")
    sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=len(WIDTHS))
    if title:
        sheet.row_dimensions[line].height = 40


def _header(sheet: Worksheet, first: int, years: tuple[int, int, int]) -> None:
    for column, (width, name) in enumerate(zip(WIDTHS, HEADER, strict=True), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        year = years[column - 3] if 3 <= column <= 5 else None
        _cell(sheet, first, column, name, head=True)
        _cell(sheet, first + 1, column, year, head=True)
        if year is None:
            sheet.merge_cells(start_row=first, end_row=first + 1, start_column=column, end_column=column)
    sheet.merge_cells(start_row=first, end_row=first, start_column=3, end_column=5)


def _band(sheet: Worksheet, line: int, text: str) -> None:
    for column in range(1, len(WIDTHS) + 1):
        _cell(sheet, line, column, text if column == 1 else None, head=True, colour="F4F1E8")
    sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=len(WIDTHS))


def _item(sheet: Worksheet, line: int, item: Item) -> None:
    texts = (item.printed, item.title, *item.cells, item.responsible, "\n".join(item.expected))
    height = 1
    for column, (text, width) in enumerate(zip(texts, WIDTHS, strict=True), 1):
        _cell(sheet, line, column, text or None)
        # A width counts digits; letters of Times are narrower, which pays for wrapping whole words.
        height = max(height, sum(len(part) // (width - 1) + 1 for part in text.split("\n")))
    sheet.row_dimensions[line].height = 16 * height + 2


def _cell(
    sheet: Worksheet,
    line: int,
    column: int,
    value: str | int | None,
    *,
    head: bool = False,
    colour: str = "E7EBF0",
) -> None:
    cell = sheet.cell(line, column)
    cell.value = value
    cell.font = Font(name=FONT, size=11, bold=head)
    cell.border = Border(left=RULE, right=RULE, top=RULE, bottom=RULE)
    centred = head or column == 1
    cell.alignment = Alignment(
        wrap_text=True, vertical="center" if head else "top", horizontal="center" if centred else "left"
    )
    if head:
        cell.fill = PatternFill("solid", fgColor=colour)
