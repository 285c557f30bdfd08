"""What an address of the reports on execution can say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from flask import url_for

from roadmapdocs.assignments.reports import Which
from roadmapdocs.assignments.reports_made import Report
from roadmapdocs.assignments.reports_rules import Period
from roadmapdocs.web.assignments.conditions import day_typed, whole
from roadmapdocs.web.forms import plain_line

QUERY_LIMIT: Final = 200
LAST_PAGE: Final = 2_000
#: Working days ahead that a chip asks for, and as many as may be typed.
DAYS: Final = (3, 7, 14, 30)
MOST_DAYS: Final = 250
#: Reports that are of a time whether one is said or not: the year so far.
_OF_A_TIME: Final = frozenset({Report.DISCIPLINE, Report.EXTENSIONS})
#: Those that ask for no days of the deadline, whatever the address says.
OF_NO_TIME: Final = frozenset({Report.DUE, Report.ROADMAP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """``person`` and ``controller`` are ids or the beginnings of names, as typed. ``turned``: the days were swapped."""

    report: Report
    since: dt.date | None = None
    until: dt.date | None = None
    days: int = 7
    which: Which = Which.GIVEN
    person: str = ""
    controller: str = ""
    unit: int | None = None
    document: int | None = None
    roadmap: int | None = None
    section: int | None = None
    item: int | None = None
    on_control: bool = False
    page: int = 1
    turned: bool = False

    @classmethod
    def from_address(cls, report: Report, said: Mapping[str, str], today: dt.date) -> Conditions:
        """Read an address; what makes no sense in it is passed over."""
        since, until = day_typed(said.get("since", "")), day_typed(said.get("until", ""))
        if report in OF_NO_TIME:
            since = until = None
        elif report in _OF_A_TIME and since is None and until is None:
            since, until = dt.date(today.year, 1, 1), today
        turned = since is not None and until is not None and since > until
        if turned:
            since, until = until, since
        days, page = whole(said.get("days", "")), whole(said.get("page", ""))
        which = said.get("which", "")
        return cls(
            report=report,
            since=since,
            until=until,
            days=min(days, MOST_DAYS) if days is not None else 7,
            which=Which(which) if which in list(Which) else Which.GIVEN,
            person=plain_line(said.get("person", "")[:QUERY_LIMIT]),
            controller=plain_line(said.get("controller", "")[:QUERY_LIMIT]),
            unit=whole(said.get("unit", "")),
            document=whole(said.get("document", "")),
            roadmap=whole(said.get("roadmap", "")),
            section=whole(said.get("section", "")),
            item=whole(said.get("item", "")),
            on_control=said.get("on_control", "") == "1",
            page=min(max(page or 1, 1), LAST_PAGE),
            turned=turned,
        )

    @property
    def period(self) -> Period:
        """Of a report that is of no time, the days of the deadline."""
        return Period(self.since, self.until)

    def said(self, **changes: Any) -> list[tuple[str, str]]:
        """Pairs of an address, only of what narrows."""
        changed = replace(self, **{"page": 1, **changes})
        pairs: list[tuple[str, object]] = [
            ("since", changed.since),
            ("until", changed.until),
            ("days", changed.days if changed.report is Report.DUE and changed.days != 7 else ""),
            ("which", str(changed.which) if changed.report is Report.LIST else ""),
            ("person", changed.person),
            ("controller", changed.controller),
            ("unit", changed.unit),
            ("document", changed.document),
            ("roadmap", changed.roadmap),
            ("section", changed.section),
            ("item", changed.item),
            ("on_control", "1" if changed.on_control else ""),
            ("page", changed.page if changed.page > 1 else ""),
        ]
        return [(name, str(value)) for name, value in pairs if value not in (None, "")]

    def url(self, **changes: Any) -> str:
        """The address of a page with these conditions; another ``report`` keeps them."""
        report = changes.get("report", self.report)
        address = url_for(ENDPOINTS[report])
        query = urlencode(self.said(**changes))
        return f"{address}?{query}" if query else address

    def list_url(self, which: Which, **changes: Any) -> str:
        """The list behind a figure."""
        return self.url(report=Report.LIST, which=which, **changes)

    def file_url(self, format_: str) -> str:
        return f"{url_for('.file')}?{urlencode([('report', str(self.report)), ('format', format_), *self.said()])}"


ENDPOINTS: Final = {
    Report.DUE: "roadmapdocs_control.index",
    Report.LATE: "roadmapdocs_control.late",
    Report.DISCIPLINE: "roadmapdocs_control.discipline",
    Report.EXTENSIONS: "roadmapdocs_control.extensions",
    Report.DOCUMENTS: "roadmapdocs_control.documents",
    Report.ROADMAP: "roadmapdocs_control.roadmap",
    Report.LIST: "roadmapdocs_control.list",
}
