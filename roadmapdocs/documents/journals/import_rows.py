"""What each row of an old journal says, before anybody asks whether the registry has it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from roadmapdocs.documents.journals.days import Day, read_day
from roadmapdocs.documents.journals.sheet import Sheet, SheetRow
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.numbers import without_sign

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WITH_DATE = re.compile(r"(.*?)\s+от\s+(.+)", flags=re.IGNORECASE | re.DOTALL)
_MEANINGS_OF_TEXT = (
    "title",
    "signer",
    "drafter",
    "sheets",
    "recipients",
    "case",
    "execution",
    "agenda",
    "body",
    "chair",
    "secretary",
    "basis",
    "considered",
    "notes",
)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """``texts`` are cells by their meaning; ``doubts`` and ``problem`` are sentences."""

    line: int
    number: str
    day: dt.date | None
    texts: Mapping[str, str]
    doubts: tuple[str, ...] = ()
    problem: str = ""
    raw: str = field(default="", compare=False)


def read_rows(sheet: Sheet, mapped: Mapping[str, int], today: dt.date) -> Iterator[ReadRow]:
    """Every row but headings («Январь 2021»), which only tell the year of those below."""
    year, before = sheet.year, None
    for row in sheet.rows:
        if _is_heading(row, mapped):
            named = _YEAR.findall(" ".join(row.cells))
            year = int(named[-1]) if named else year
            continue
        read = _read(row, mapped, year, before, today)
        yield read
        if read.day is not None and not read.problem:
            before, year = read.day, read.day.year


def _is_heading(row: SheetRow, mapped: Mapping[str, int]) -> bool:
    """One cell with words and no number of a document."""
    said = [place for place, cell in enumerate(row.cells) if cell and place not in row.carried]
    alone = len(said) == 1 and len(mapped) > 1
    return alone and not (said[0] in (mapped.get("number"), mapped.get("number_date")) and row.cells[said[0]][:1].isdigit())


def _read(
    row: SheetRow, mapped: Mapping[str, int], year: int | None, before: dt.date | None, today: dt.date
) -> ReadRow:
    number, date_text, together = _number_and_date(row, mapped)
    texts = {name: row.of(mapped.get(name), own=name == "title") for name in _MEANINGS_OF_TEXT}
    if not texts["title"]:
        texts["title"] = texts["agenda"]
    day = read_day(date_text, year)
    doubts: list[str] = []
    problem = day.problem or _without_day(day, before)
    found = day.day or (None if day.problem else before)
    if not number:
        problem = _("The row has no number. Write it in the file, or leave the row out.")
    elif not texts["title"]:
        problem = problem or _("The row does not say what the document is about.")
    elif found is not None and found > today:
        problem = problem or _("The date %(date)s has not come yet. Correct it.", date=f"{found:%d.%m.%Y}")
    if day.day is None and not problem:
        doubts.append(_("No date: that of the row above is taken, %(date)s.", date=f"{found:%d.%m.%Y}"))
    if day.guessed and day.day is not None:
        doubts.append(_("The year is guessed: %(year)s.", year=day.day.year))
    if together is not None and day.day is not None and together != day.day:
        doubts.append(_("Beside the number stands another date, %(date)s.", date=f"{together:%d.%m.%Y}"))
    raw = " · ".join(cell for cell in row.cells if cell)[:300]
    return ReadRow(row.line, number, found, texts, tuple(doubts), problem, raw)


def _without_day(day: Day, before: dt.date | None) -> str:
    if day.day is None and before is None:
        return _("The row has no date, and no row above has one. Write it in the file.")
    return ""


def _number_and_date(row: SheetRow, mapped: Mapping[str, int]) -> tuple[str, str, dt.date | None]:
    """The number, the text of the date, and a date that stands beside the number although there is a column for it."""
    number = row.of(mapped.get("number"), own=True)
    date_text = row.of(mapped.get("date"))
    both = row.of(mapped.get("number_date"), own=True)
    if both and not number:
        number = both
    together = None
    found = _WITH_DATE.fullmatch(number)
    if found is not None:
        number = found[1]
        if date_text:
            together = read_day(found[2], None).day
        else:
            date_text = found[2]
    elif both and both != number and not date_text:
        date_text = both
    return without_sign(number), date_text, together
