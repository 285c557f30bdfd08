"""Everything that an address of the list of documents can say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, cast
from urllib.parse import urlencode

from flask import g, url_for

from roadmapdocs.access.rules import Mark
from roadmapdocs.web.forms import plain_line
from roadmapdocs.workflow.rules import STANDARD, Line

#: As many characters as the field for searching takes.
QUERY_LIMIT: Final = 200
WORD_LIMIT: Final = 64
#: The furthest page that is counted from the front; page −1 is the last one, −2 the one before it.
LAST_PAGE: Final = 2_000
SORTS: Final = ("date", "number", "title", "registered")
#: Beside the standard states of preparation: any of those before signing.
UNSIGNED: Final = "unsigned"
TODAY: Final = "today"
IDS: Final = ("journal", "organisation", "unit", "signer", "case")
FLAGS: Final = ("mine", "to_register", "unlinked", "overdue")
_LONGEST_ID = 9


@dataclass(frozen=True, slots=True)
class Conditions:
    """``kind`` is the word of roadmaps («приказ»), ``only`` the code of one kind; ids are those of rows.

    Of the six lines each holds a standard state. ``mine``: the reader is the drafter; ``to_register``: signed, and
    of a kind that takes a number; ``unlinked``: proves nothing; ``overdue``: the term of control is over; ``on``:
    in force on this day (ISO text, or "today" for whichever day it is); ``index`` is that of a case, of any year.
    """

    q: str = ""
    kind: str = ""
    only: str = ""
    preparation: str = ""
    registration: str = ""
    force: str = ""
    acquaintance: str = ""
    control: str = ""
    storage: str = ""
    mark: str = ""
    year: int | None = None
    journal: int | None = None
    organisation: int | None = None
    unit: int | None = None
    signer: int | None = None
    case: int | None = None
    index: str = ""
    on: str = ""
    mine: bool = False
    to_register: bool = False
    unlinked: bool = False
    overdue: bool = False
    sort: str = "date"
    descending: bool = True
    page: int = 1

    @classmethod
    def from_address(cls, arguments: Mapping[str, str]) -> Conditions:
        """Read an address; what makes no sense in it is passed over, so that an old link still opens."""
        # Links made before there were six lines say "state".
        preparation = arguments.get("preparation") or arguments.get("state", "")
        said: dict[str, Any] = {line.value: _one_of(arguments.get(line.value, ""), STANDARD[line]) for line in Line}
        said["preparation"] = _one_of(preparation, (*STANDARD[Line.PREPARATION], UNSIGNED))
        said |= {name: _row_id(arguments.get(name, "")) for name in IDS}
        said |= {name: arguments.get(name) == "1" for name in FLAGS}
        said |= {name: plain_line(arguments.get(name, "")[:WORD_LIMIT]) for name in ("kind", "only", "index")}
        sort = arguments.get("sort", "")
        usual = "number" if said["journal"] else "-date"
        sort = sort if sort.removeprefix("-") in SORTS else usual
        return cls(
            **said,
            q=plain_line(arguments.get("q", "")[:QUERY_LIMIT]),
            mark=_one_of(arguments.get("mark", ""), tuple(Mark)),
            year=_year(arguments.get("year", "")),
            on=_day(arguments.get("on", "")),
            sort=sort.removeprefix("-"),
            descending=sort.startswith("-"),
            page=_page(arguments.get("page", "")),
        )

    def query(self, **changes: Any) -> str:
        """The query string of these conditions, changed; another condition begins at the first page."""
        changed = replace(self, **{"page": 1, **changes})
        said: list[tuple[str, object]] = [("q", changed.q)]
        for field in fields(changed):
            value = getattr(changed, field.name)
            if field.name not in {"q", "sort", "descending", "page"} and value:
                said.append((field.name, 1 if value is True else value))
        said += [("sort", changed.order), ("page", changed.page if changed.page != 1 else "")]
        return urlencode([(name, value) for name, value in said if value])

    def url(self, **changes: Any) -> str:
        query = self.query(**changes)
        return f"{address()}?{query}" if query else address()

    @property
    def usual_order(self) -> str:
        return "number" if self.journal else "-date"

    @property
    def order(self) -> str:
        """The sort as an address says it; nothing for the everyday one."""
        order = ("-" if self.descending else "") + self.sort
        return "" if order == self.usual_order else order

    @property
    def narrowing(self) -> dict[str, Any]:
        """The conditions proper, by name: what narrows the list, whatever its order."""
        usual = Conditions()
        names = [field.name for field in fields(self) if field.name not in {"sort", "descending", "page"}]
        return {name: getattr(self, name) for name in names if getattr(self, name) != getattr(usual, name)}

    def day_of_force(self, today: dt.date) -> dt.date | None:
        """The day for which "in force" is asked."""
        if not self.on:
            return None
        return today if self.on == TODAY else dt.date.fromisoformat(self.on)


def address() -> str:
    """The list without conditions, looked up once a request: a page holds some thirty links to itself."""
    if "roadmapdocs_documents_address" not in g:
        g.roadmapdocs_documents_address = url_for("roadmapdocs_documents.index")
    return cast(str, g.roadmapdocs_documents_address)


def _one_of(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else ""


def _row_id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID else None


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() and 1900 <= int(text[:5]) <= 2200 else None


def _day(text: str) -> str:
    """ISO text, also of a day typed as 16.03.2026 where a browser has no calendar."""
    if text == TODAY:
        return TODAY
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            day = dt.datetime.strptime(text[:10], form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
        return day.isoformat() if 1900 <= day.year <= 2200 else ""
    return ""


def _page(text: str) -> int:
    digits = text.removeprefix("-")
    if not digits.isdecimal():
        return 1
    number = min(max(int(digits[:6]), 1), LAST_PAGE)
    return -number if text.startswith("-") else number
