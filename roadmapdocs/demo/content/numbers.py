"""Registration numbers of the made-up documents: later in the year means a greater number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from roadmapdocs.demo.content.dates import day_of, working_day
from roadmapdocs.demo.content.schema import Journal


def registration_numbers(
    rows: Iterable[Mapping[str, Any]], journals: Iterable[Journal], today: dt.date
) -> dict[str, tuple[dt.date, str]]:
    """Key of each document → its date and number; the number is empty where none has been given.

    A document gets a number when it is signed and its kind has a journal. Each journal starts anew on
    1 January and runs at its own pace, so that the gaps are those of documents the demo does not show.
    """
    by_key = {journal.key: journal for journal in journals}
    last: dict[tuple[str, int], int] = {}
    issued: dict[str, tuple[dt.date, str]] = {}
    dated = [(working_day(day_of(row["date"], today)), row) for row in rows]
    for day, row in sorted(dated, key=lambda pair: (pair[0], pair[1]["key"])):
        if "journal" not in row or row.get("preparation", "signed") != "signed":
            issued[row["key"]] = (day, "")
            continue
        journal = by_key[row["journal"]]
        running = 1 + journal.per_year * (day.timetuple().tm_yday - 1) // 366
        running = max(running, last.get((journal.key, day.year), 0) + 1)
        last[journal.key, day.year] = running
        issued[row["key"]] = (day, journal.pattern.format(n=running))
    return issued
