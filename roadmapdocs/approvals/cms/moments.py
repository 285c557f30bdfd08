"""Moments out of ASN.1, which reach from the year 0 to 9999 and may lack a zone."""

from __future__ import annotations

import datetime as dt


def moment_of(value: object) -> dt.datetime:
    """The moment with a zone, UTC if it names none. Raises TypeError for one that the calendar has not."""
    if not isinstance(value, dt.datetime):
        raise TypeError(f"not a moment of the calendar: {value!r}")
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def local(moment: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """The moment by the clock of ``zone``; as it is at the ends of time («never expires» is the end of 9999)."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment
