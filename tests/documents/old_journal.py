"""Old journals as offices keep them in Excel, for tests of bringing them in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence

import openpyxl

HEAD = ("№ п/п", "Дата", "Номер", "Заголовок", "Кто подписал", "Исполнитель", "Листов", "Дело №")


def workbook(*rows: Sequence[object], head: Sequence[str] = HEAD, title: str = "Журнал регистрации приказов за 2021 год") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    if title:
        sheet.append([title])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def order(number: object, day: object, title: str = "О неделе чтения", **more: object) -> list[object]:
    """A row under :data:`HEAD`."""
    return [None, day, number, title, more.get("signer", "Лаврова О. С."), more.get("drafter"), more.get("sheets", 2), more.get("case")]


def year_of(numbers: int) -> bytes:
    first = dt.date(2021, 1, 11)
    days = (first + dt.timedelta(days=number * 300 // numbers) for number in range(numbers))
    return workbook(*(order(number, day, f"О деле {number}") for number, day in enumerate(days, start=1)))


def as_csv(*rows: Sequence[object], delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)
