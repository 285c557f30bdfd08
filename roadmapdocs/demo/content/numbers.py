"""Registration numbers of the made-up documents: what the journals will give, for the texts that cite them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from roadmapdocs.demo.content.dates import day_of, working_day
from roadmapdocs.demo.content.schema import Journal


def registration_numbers(
    rows: Iterable[Mapping[str, Any]], journals: Iterable[Journal], skips: Mapping[str, int], today: dt.date
) -> dict[str, tuple[dt.date, str]]:
    """Key of each document → its date and number; the number is empty where none is left to it in the end.

    Journals start anew on 1 January and give their numbers in the order of dates, then of keys. ``skips`` says
    how many numbers the clerk left out before a document.
    """
    patterns = {journal.key: journal.pattern for journal in journals}
    last: dict[tuple[str, int], int] = {}
    issued: dict[str, tuple[dt.date, str]] = {}
    running: dict[str, int] = {}
    dated = [(working_day(day_of(row["date"], today)), row) for row in rows]
    for day, row in sorted(dated, key=lambda pair: (pair[0], pair[1]["key"])):
        key, preparation = row["key"], row.get("preparation", "signed")
        issued[key] = (day, row.get("number", ""))
        takes_one = preparation == "signed" or row.get("reserved")
        if "number" in row or "journal" not in row or not takes_one:
            continue
        pattern = patterns[row["journal"]]
        if "literal_of" in row:
            issued[key] = (day, pattern.format(n=f"{running[row['literal_of']]}а"))
            continue
        running[key] = last.get((row["journal"], day.year), 0) + skips.get(key, 0) + 1
        last[row["journal"], day.year] = running[key]
        if preparation != "withdrawn":
            issued[key] = (day, pattern.format(n=running[key]))
    return issued
