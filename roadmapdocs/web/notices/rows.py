"""Rows of the page of notices, day by day, and of the mail that could not be delivered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from roadmapdocs.i18n import gettext as _
from roadmapdocs.notices.models import Delivery
from roadmapdocs.notices.operations import Shown
from roadmapdocs.notices.words import say
from roadmapdocs.web.pages import day


@dataclass(frozen=True, slots=True)
class Row:
    """``url`` is empty where nothing can be opened: the document is not open to the reader any more."""

    unread: bool
    urgent: bool
    headline: str
    details: tuple[str, ...]
    when: str
    act: str
    url: str


@dataclass(frozen=True, slots=True)
class Day:
    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Undelivered:
    id: int
    to: str
    subject: str
    when: str
    reason: str
    given_up: bool
    letter: bool


def days(notices: Iterable[Shown], *, today: dt.date, zone: dt.tzinfo) -> list[Day]:
    """Notices under their days, in the order given."""
    grouped = groupby(notices, key=lambda shown: shown.notice.at.astimezone(zone).date())
    return [Day(_day_words(date, today), [_row(shown, zone) for shown in rows]) for date, rows in grouped]


def undelivered_row(delivery: Delivery, zone: dt.tzinfo) -> Undelivered:
    whom = str(delivery.employee) if delivery.employee_id is not None else _("a guest")
    at = delivery.created_at.astimezone(zone)
    return Undelivered(
        delivery.id,
        f"{whom} – {delivery.address}" if delivery.address else whom,
        delivery.subject,
        f"{at:%d.%m.%Y %H:%M}",
        delivery.last_error,
        delivery.state == "given_up",
        delivery.kind == "letter",
    )


def _row(shown: Shown, zone: dt.tzinfo) -> Row:
    notice, document = shown.notice, shown.document
    said = say(notice.code, notice.about, due=notice.due, document=document)
    closed = notice.document_id is not None and document is None
    return Row(
        unread=notice.read_at is None,
        urgent=bool(notice.urgent),
        headline=said.headline,
        details=said.details,
        when=f"{notice.at.astimezone(zone):%H:%M}",
        act=said.act,
        url="" if closed else url_for("roadmapdocs_notices.open", notice_id=notice.id),
    )


def _day_words(date: dt.date, today: dt.date) -> str:
    if date == today:
        return _("Today")
    if date == today - dt.timedelta(days=1):
        return _("Yesterday")
    return day(date) if date.year == today.year else f"{date:%d.%m.%Y}"
