"""What an address of the list of assignments can say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from flask import url_for

from roadmapdocs.assignments.words import State
from roadmapdocs.web.forms import plain_line

MINE, GIVEN, CONTROL, ALL = TABS = ("mine", "given", "control", "all")
#: Beside the states themselves: what somebody still has to do, what is over, and whatever there is.
LIVING, OVER, ANY = "live", "over", "any"
#: Beside "late" and "week": a number of days from today.
LATE, WEEK = "late", "week"
QUERY_LIMIT: Final = 200
LAST_PAGE: Final = 2_000
_MOST_DAYS = 366
_LONGEST_ID = 9


@dataclass(frozen=True, slots=True)
class Conditions:
    """``person`` is a name or its beginning; ``since`` and ``until`` are days between which the deadline falls."""

    tab: str = MINE
    state: str = ""
    due: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    person: str = ""
    unit: int | None = None
    document: int | None = None
    series: int | None = None
    q: str = ""
    page: int = 1

    @classmethod
    def from_address(cls, said: Mapping[str, str]) -> Conditions:
        """Read an address; what makes no sense in it is passed over."""
        tab, state = said.get("tab", ""), said.get("state", "")
        page = said.get("page", "")
        return cls(
            tab=tab if tab in TABS else MINE,
            state=state if state in {LIVING, OVER, ANY, *State} else "",
            due=_due(said.get("due", "")),
            since=day_typed(said.get("since", "")),
            until=day_typed(said.get("until", "")),
            person=plain_line(said.get("person", "")[:QUERY_LIMIT]),
            unit=whole(said.get("unit", "")),
            document=whole(said.get("document", "")),
            series=whole(said.get("series", "")),
            q=plain_line(said.get("q", "")[:QUERY_LIMIT]),
            page=min(max(int(page[:6]), 1), LAST_PAGE) if page.isascii() and page.isdecimal() else 1,
        )

    @classmethod
    def of_query(cls, query: str) -> Conditions:
        """Out of a query string that a form carried along."""
        return cls.from_address(dict(parse_qsl(query[:2_000])))

    @property
    def shown_state(self) -> str:
        """The state asked for: what is live unless something else is said or one looks at one document's."""
        return self.state or (ANY if self.document or self.series else LIVING)

    def query(self, **changes: Any) -> str:
        changed = replace(self, **{"page": 1, **changes})
        usual = Conditions()
        said = [
            (field.name, getattr(changed, field.name))
            for field in fields(changed)
            if field.name == "tab" or getattr(changed, field.name) != getattr(usual, field.name)
        ]
        return urlencode([(name, value) for name, value in said if value])

    def url(self, **changes: Any) -> str:
        """With its tab: without one, the page opens at the first tab on which there is something."""
        return f"{url_for('roadmapdocs_assignments.index')}?{self.query(**changes)}"

    @property
    def narrowing(self) -> int:
        """How many conditions there are beside tab, state and page."""
        return sum(bool(one) for one in (self.due, self.since, self.until, self.person, self.unit, self.document, self.series, self.q))


def whole(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID else None


def day_typed(text: str | None) -> dt.date | None:
    """A day as a browser sends it or as a person types it; None for what is none."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            day = dt.datetime.strptime((text or "").strip()[:10], form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
        return day if 1900 <= day.year <= 2200 else None
    return None


def _due(text: str) -> str:
    if text in {LATE, WEEK}:
        return text
    days = whole(text)
    return str(days) if days is not None and days <= _MOST_DAYS else ""
