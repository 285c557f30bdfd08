"""A sample of the table of people: made-up, with every column that is read."""

from __future__ import annotations

import io
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_HEADINGS: Final = (
    "Табельный номер", "Фамилия", "Имя", "Отчество", "Пол", "Организация", "Подразделение", "Вышестоящее", "Должность",
    "Руководит", "Дата приёма", "Дата увольнения", "Почта", "Логин", "Роль",
)  # fmt: skip
#: The organisation's column, which is filled in for whom the sample is made.
_PLACE: Final = _HEADINGS.index("Организация")
#: Numbers, names and logins that no office has: a sample taken in by mistake must not touch anybody who is there.
_ROWS: Final = (
    ("ОБРАЗЕЦ-1", "Образцова-Первая", "Анна", "Павловна", "ж", "Управление из образца", "", "начальник управления",
     "да", "01.09.2018", "", "obrazec-1@example.org", "obrazec-1", "руководитель"),
    ("ОБРАЗЕЦ-2", "Образцов-Второй", "Лев", "Ильич", "м", "Отдел из образца", "Управление из образца", "методист",
     "", "11.01.2021", "", "obrazec-2@example.org", "obrazec-2", "сотрудник, координатор"),
    ("ОБРАЗЕЦ-3", "Образцова-Третья", "Саша", "", "ж", "Отдел из образца", "Управление из образца", "делопроизводитель",
     "", "15.03.2022", "", "", "obrazec-3", "делопроизводитель"),
    ("ОБРАЗЕЦ-4", "Образцов-Четвёртый", "Пётр", "Олегович", "", "Отдел из образца", "Управление из образца", "водитель",
     "", "01.02.2019", "31.05.2025", "", "", ""),
)  # fmt: skip


def sample(organisation: str = "Организация из образца") -> bytes:
    """The sample as an Excel file in which every cell is text, so that numbers keep their zeros.

    ``organisation`` is where its people work: one of the registry's, so that the sample adds none.
    """
    rows = [(*row[:_PLACE], organisation, *row[_PLACE:]) for row in _ROWS]
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new workbook opens on its only sheet
    sheet.title = "Сотрудники"
    for number, row in enumerate((_HEADINGS, *rows), start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value, cell.number_format = text or None, "@"
            cell.font, cell.alignment = Font(bold=number == 1), Alignment(vertical="top")
    for place, heading in enumerate(_HEADINGS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(len(heading), *(len(row[place - 1]) for row in rows)) + 2
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
