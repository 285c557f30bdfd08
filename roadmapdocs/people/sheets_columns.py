"""Columns of a table of people by their headings, and what stands in their cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming_taking import fold
from roadmapdocs.people.rules import Role
from roadmapdocs.people.sheets_reading import FAILED, FORMULA, Row
from roadmapdocs.russian.dates import read_date


class Column(StrEnum):
    NUMBER = "табельный номер"
    SURNAME = "фамилия"
    NAME = "имя"
    PATRONYMIC = "отчество"
    FULL_NAME = "фио"
    GENDER = "пол"
    ORGANISATION = "организация"
    UNIT = "подразделение"
    ABOVE = "вышестоящее"
    POST = "должность"
    HEADS = "руководит"
    SINCE = "дата приёма"
    UNTIL = "дата увольнения"
    EMAIL = "почта"
    LOGIN = "логин"
    ROLE = "роль"


#: Headings as they are met, without points, spaces and ё.
_HEADINGS: Final[Mapping[Column, str]] = {
    Column.NUMBER: "табельныйномер таб№ табномер табн табельный табельный№ тн номерсотрудника personnelnumber",
    Column.SURNAME: "фамилия фам surname lastname",
    Column.NAME: "имя name firstname",
    Column.PATRONYMIC: "отчество отч patronymic middlename",
    Column.FULL_NAME: "фио фамилияимяотчество сотрудник работник фиосотрудника фиоработника fullname",
    Column.GENDER: "пол gender sex",
    Column.ORGANISATION: "организация юрлицо юридическоелицо organisation organization",
    Column.UNIT: "подразделение структурноеподразделение отдел подр unit department",
    Column.ABOVE: "вышестоящее вышестоящееподразделение вышестподразделение вышест родительскоеподразделение parent",
    Column.POST: "должность долж должн post title jobtitle",
    Column.HEADS: "руководит руководительподразделения руководитель рук heads",
    Column.SINCE: "датаприема датаприеманаработу принят датаприемана приеманаработу since hired",
    Column.UNTIL: "датаувольнения датаувольн уволен увольнение until left",
    Column.EMAIL: "почта электроннаяпочта элпочта email адресэлектроннойпочты адрес",
    Column.LOGIN: "логин учетнаязапись учзапись имявхода login username",
    Column.ROLE: "роль роли role roles",
}
_BY_HEADING: Final = {heading: column for column, headings in _HEADINGS.items() for heading in headings.split()}
_ROLES: Final = {
    "делопроизводитель": Role.CLERK,
    "руководитель": Role.EXECUTIVE,
    "сотрудник": Role.STAFF,
    "координатор": Role.COORDINATOR,
    "администратор": Role.ADMINISTRATOR,
    **{str(role): role for role in Role},
}
_YES: Final = frozenset({"да", "1", "+", "истина", "true", "yes", "y", "д", "x", "х", "v", "✓"})
_NO: Final = frozenset({"", "нет", "0", "-", "–", "—", "ложь", "false", "no", "n", "н"})
_DAY_OF_TIME: Final = re.compile(r"\s+0?0:00(:00)?$")
_YEARS: Final = range(1900, 2101)
#: A heading stands among the first rows, below a title and a stamp.
HEADING_ROWS: Final = 20


class Unreadable(Exception):
    """A cell that says nothing certain; the message is a sentence about it."""


def columns_of(row: Row) -> dict[Column, int]:
    """Which column stands where, if this row is a heading; of two of one name, the first."""
    found: dict[Column, int] = {}
    for place, cell in enumerate(row):
        column = _BY_HEADING.get(_plain(cell))
        if column is not None:
            found.setdefault(column, place)
    return found


def _plain(heading: str) -> str:
    return re.sub(r"[^\w№]|_", "", fold(heading))


def heading_of(rows: Sequence[Row]) -> tuple[int, dict[Column, int]] | None:
    """The index of the row with the headings and the columns; None where no row names people."""
    for index, row in enumerate(rows[:HEADING_ROWS]):
        columns = columns_of(row)
        if Column.FULL_NAME in columns or {Column.SURNAME, Column.NAME} <= columns.keys():
            return index, columns
    return None


def text(cell: str) -> str:
    """
    :raise Unreadable: for a formula
    """
    if cell == FORMULA:
        raise Unreadable(_("A cell holds a formula. Put its value there: copy, then paste values only."))
    if cell == FAILED:
        raise Unreadable(_("A cell shows that a formula failed. Put its value there."))
    return cell


def day(cell: str) -> dt.date | None:
    """A day as Excel or a person writes it; None for an empty cell.

    :raise Unreadable: for anything else
    """
    words = _DAY_OF_TIME.sub("", text(cell))
    if not words:
        return None
    found: dt.date | None
    try:
        found = dt.date.fromisoformat(words)
    except ValueError:
        found = read_date(words)
    if found is None or found.year not in _YEARS:
        raise Unreadable(_("“%(words)s” is not read as a day. Write it as 31.12.2025.", words=words))
    return found


def heads(cell: str) -> bool:
    """
    :raise Unreadable: if it is neither yes nor no
    """
    words = fold(text(cell))
    if words not in _YES | _NO:
        raise _unknown(cell)
    return words in _YES


def gender(cell: str) -> str:
    """"m", "f" or nothing.

    :raise Unreadable: for anything else
    """
    words = fold(text(cell))
    if words and words[0] not in "мжmf":
        raise _unknown(cell)
    return {"м": "m", "ж": "f"}.get(words[:1], words[:1])


def roles(cell: str) -> frozenset[Role]:
    """Roles by their Russian names or codes, separated by commas.

    :raise Unreadable: for a role that there is none of
    """
    words = [fold(one) for one in re.split(r"[,;/\n]", text(cell)) if one.strip()]
    for one in words:
        if one not in _ROLES:
            raise _unknown(one)
    return frozenset(_ROLES[one] for one in words)


def _unknown(cell: str) -> Unreadable:
    return Unreadable(_("“%(words)s” is not known here. Look at the sample file.", words=cell))
