"""This moment, and which day it is in the office: the only place that reads the clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadmapdocs.settings import Settings


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def office_day(settings: Settings) -> dt.date:
    return utc_now().astimezone(settings.zone).date()
