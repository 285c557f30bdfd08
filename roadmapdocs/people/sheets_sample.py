"""A sample of the table of people: made-up, with every column that is read."""

from __future__ import annotations

import io
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_HEADINGS: Final = (
    "Табельный номер", "Фамилия", "Имя", "Отчество", "Пол", "Подразделение", "Вышестоящее", "Должность",
    "Руководит", "Дата приёма", "Дата увольнения", "Почта", "Логин", "Роль",
)  # fmt: skip
_ROWS: Final = (
    ("0001", "Вересова", "Анна", "Павловна", "ж", "Управление образования", "", "начальник управления",
     "да", "01.09.2018", "", "veresova@example.org", "veresova", "руководитель"),
    ("0002", "Тихий", "Лев", "Ильич", "м", "Отдел чтения", "Управление образования", "методист",
     "", "11.01.2021", "", "tihiy@example.org", "tihiy", "сотрудник, координатор"),
    ("0003", "Горец", "Саша", "", "ж", "Отдел чтения", "Управление образования", "делопроизводитель",
     "", "15.03.2022", "", "", "gorets", "делопроизводитель"),
    ("0004", "Синица", "Пётр", "Олегович", "", "Отдел чтения", "Управление образования", "водитель",
     "", "01.02.2019", "31.05.2025", "", "", ""),
)  # fmt: skip


def sample() -> bytes:
    """The sample as an Excel file in which every cell is text, so that numbers keep their zeros."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new workbook opens on its only sheet
    sheet.title = "Сотрудники"
    for number, row in enumerate((_HEADINGS, *_ROWS), start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value, cell.number_format = text or None, "@"
            cell.font, cell.alignment = Font(bold=number == 1), Alignment(vertical="top")
    for place, heading in enumerate(_HEADINGS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(len(heading), *(len(row[place - 1]) for row in _ROWS)) + 2
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
