"""Reading what has changed on the other side since the last time, page by page, each record once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roadmapdocs.erp.connector.odoo import PAGE, Odoo, Row


def changed(odoo: Odoo, model: str, fields: Sequence[str], since: str) -> Iterator[Row]:
    """Records written at ``since`` ("2026-03-16 09:30:00", UTC; empty: ever) or later, in the order of writing.

    The moments that Odoo tells have no fractions of a second and the ones that it compares have: those of the last second
    are read once more. A record written while we read moves to the end and draws the others forward, so each page begins
    at the moment of the last record before it, and only within one second by counting.
    """
    seen: set[tuple[int, str]] = set()
    moment, offset = since, 0
    while True:
        domain = [["write_date", ">=", moment]] if moment else []
        rows = odoo.search_read(model, domain, ["id", "write_date", *fields], offset=offset, order="write_date, id")
        for row in rows:
            key = int(row["id"]), written(row)
            if key not in seen:
                seen.add(key)
                yield row
        if len(rows) < PAGE:
            return
        last = written(rows[-1])
        moment, offset = (moment, offset + PAGE) if last == moment else (last, 0)


def written(row: Row) -> str:
    """When the record was written last; empty for one that does not say."""
    return str(row.get("write_date") or "")
