"""Terms as a file of iCalendar (RFC 5545), which calendars of phones and mail programs subscribe to.

Entries are all-day events and no to-dos, which the calendars of Google and Outlook do not show; none has an alarm, and none
makes its day busy.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from roadmapdocs.erp.calendar_terms import Term

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_NEXT: Final = dt.timedelta(days=1)
_HOURLY: Final = dt.timedelta(hours=1)


def feed(terms: Iterable[Term], *, name: str, base_url: str, zone: str, today: dt.date) -> bytes:
    """The file. Whoever asks twice on one day gets the same bytes while the terms are the same.

    :param name: of the calendar, as programs show it
    :param base_url: the registry's own address, with its scheme
    :param zone: of the office ("Europe/Moscow")
    """
    base_url = base_url.rstrip("/")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//roadmapdocs//terms//RU")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", _HOURLY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    host = urlsplit(base_url).hostname or "roadmapdocs"
    stamp = dt.datetime.combine(today, dt.time(), dt.UTC)
    for term in terms:
        calendar.add_component(_event(term, base_url, host, stamp))
    return calendar.to_ical()


def tag_of(body: bytes) -> str:
    """By what a program knows that nothing has changed."""
    return hashlib.sha256(body).hexdigest()[:32]


def _event(term: Term, base_url: str, host: str, stamp: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{term.key}@{host}")
    event.add("dtstamp", stamp)
    event.add("dtstart", term.day)
    event.add("dtend", term.day + _NEXT)
    event.add("summary", _seen(term.title))
    if term.note:
        event.add("description", _seen(term.note))
    event.add("url", f"{base_url}{term.path}")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _seen(text: str) -> str:
    """Signs that nobody sees become spaces; ends of lines stay."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
