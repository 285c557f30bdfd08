"""What was understood, in a few words."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from roadmapdocs.i18n import pgettext
from roadmapdocs.russian.date_words import short_date


def without_force_in_words(day: dt.date) -> str:
    """«не действует на 01.09.2021»."""
    return pgettext("state of documents", "not in force on %(day)s") % {"day": short_date(day)}


def days_in_words(since: dt.date | None, until: dt.date | None) -> str:
    """«29.11.2021», «11.2021», «2021», «с 01.01.2024», «по 31.12.2021», «01.09.2021–31.12.2021»."""
    if since is None or until is None:
        if since is not None:
            return pgettext("days of documents", "from %(day)s") % {"day": short_date(since)}
        if until is None:
            return ""
        return pgettext("days of documents", "until %(day)s") % {"day": short_date(until)}
    if since == until:
        return short_date(since)
    if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        return str(since.year) if since.year == until.year else f"{since.year}–{until.year}"
    whole_month = since.day == 1 and until.day == monthrange(until.year, until.month)[1]
    if whole_month and (since.year, since.month) == (until.year, until.month):
        return f"{since:%m.%Y}"
    return f"{short_date(since)}–{short_date(until)}"
