"""Which day it is in the office at a moment. The zone is lent once a process (``roadmapdocs/assembly.py``)."""

from __future__ import annotations

import datetime as dt

_zone: dt.tzinfo = dt.UTC


def keep_zone(zone: dt.tzinfo) -> None:
    global _zone  # noqa: PLW0603  # like the database itself: one installation a process
    _zone = zone


def day_of(moment: dt.datetime) -> dt.date:
    return moment.astimezone(_zone).date()
