"""Use cases of notices: tell, show, count, mark as read, choose how mail comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.notices.models import Delivery, Notice, NoticeSettings
from roadmapdocs.notices.rules import DeliveryState, Habits, Mail, is_quiet_hour
from roadmapdocs.notices.telling import (
    Telling,
    new_delivery,
    send_letter,
    settle,
    settle_many,
    tell,
    tell_many,
)
from roadmapdocs.people.rules import Actor

__all__ = [
    "Page",
    "Shown",
    "Telling",
    "as_shown",
    "habits_of",
    "mark_read",
    "my_habits",
    "new_delivery",
    "notices_of",
    "open_notice",
    "send_letter",
    "set_settings",
    "settle",
    "settle_many",
    "tell",
    "tell_many",
    "unread_count",
]

PAGE = 40
#: More unread notices than these are not counted: nobody reads such a number.
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as its reader may see it: ``document`` is None where there is none, or none open to the reader."""

    notice: Notice
    document: Document | None


@dataclass(frozen=True, slots=True)
class Page:
    notices: list[Shown]
    number: int
    more: bool


def notices_of(actor: Actor, page: int = 1) -> Page:
    """A page of what the actor was told, the latest first; pages are counted from 1."""
    if actor.employee_id is None:
        return Page([], 1, more=False)
    rows = Notice.select().where(Notice.employee == actor.employee_id).order_by(Notice.at.desc(), Notice.id.desc())
    found = list(rows.offset((page - 1) * PAGE).limit(PAGE + 1))
    return Page(as_shown(found[:PAGE], actor), page, more=len(found) > PAGE)


def as_shown(notices: Sequence[Notice], actor: Actor) -> list[Shown]:
    """The notices with those of their documents that the actor may read."""
    ids = {notice.document_id for notice in notices if notice.document_id is not None}
    documents = {}
    if ids:
        rows = Document.select(Document, Kind).join(Kind).where(Document.id.in_(sorted(ids)) & visible_to(actor, few=True))
        documents = {row.id: row for row in rows}
    return [Shown(notice, documents.get(notice.document_id)) for notice in notices]


def unread_count(actor: Actor) -> int:
    """How many notices the actor has not read, up to :data:`MOST_COUNTED`."""
    if actor.employee_id is None:
        return 0
    unread = Notice.select(Notice.id).where((Notice.employee == actor.employee_id) & Notice.read_at.is_null())
    return int(unread.limit(MOST_COUNTED).count())


def open_notice(notice_id: int, *, by: Actor, now: dt.datetime) -> Notice:
    """The notice, read from now on.

    :raise NotFound: ``no_notice`` if there is none, or it was told to somebody else
    """
    notice = Notice.get_or_none((Notice.id == notice_id) & (Notice.employee == (by.employee_id or 0)))
    if notice is None:
        raise NotFound("no_notice", _("You have no such notice. Open the list of your notices."))
    mark_read([notice_id], by=by, now=now)
    return notice


def mark_read(notice_ids: Collection[int] | None, *, by: Actor, now: dt.datetime) -> int:
    """Mark one's own notices, or all of them (None), as read; give how many were not."""
    unread = (Notice.employee == (by.employee_id or 0)) & Notice.read_at.is_null()
    if notice_ids is not None:
        unread &= Notice.id.in_(list(notice_ids))
    return int(Notice.update(read_at=now).where(unread).execute())


def habits_of(settings: NoticeSettings | None, default: Habits) -> Habits:
    """A person's habits: the office's own hours where none were chosen."""
    if settings is None:
        return default
    return Habits(
        mail=Mail(settings.mail),
        digest_at=settings.digest_at or default.digest_at,
        quiet_from=default.quiet_from if settings.quiet_from is None else settings.quiet_from,
        quiet_until=default.quiet_until if settings.quiet_until is None else settings.quiet_until,
        days_off=bool(settings.days_off),
    )


def my_habits(actor: Actor, default: Habits) -> Habits:
    row = NoticeSettings.get_or_none(NoticeSettings.employee == (actor.employee_id or 0))
    return habits_of(row, default)


def set_settings(habits: Habits, *, by: Actor) -> None:
    """Choose how one's own mail comes. Without mail, what has not gone yet does not go.

    :raise Refusal: ``no_employee`` for an account without a person; ``settings`` if the digest would fall into the
        quiet hours (the field is ``digest_at``)
    """
    if by.employee_id is None:
        raise Refusal("no_employee", _("Your account belongs to no employee: there is nobody to write to."))
    if habits.mail is Mail.DIGEST and is_quiet_hour(habits.digest_at, habits):
        raise Refusal("settings", _("The digest would come in your quiet hours. Choose another hour."), field="digest_at")
    values = {
        "mail": str(habits.mail),
        "digest_at": habits.digest_at,
        "quiet_from": habits.quiet_from,
        "quiet_until": habits.quiet_until,
        "days_off": habits.days_off,
    }
    with transaction():
        mine = NoticeSettings.employee == by.employee_id
        if not NoticeSettings.update(values).where(mine).execute():
            NoticeSettings.create(employee=by.employee_id, **values)
        if habits.mail is Mail.NONE:
            _forget_mail(by.employee_id)


def _forget_mail(employee_id: int) -> None:
    Notice.update(digest=False).where((Notice.employee == employee_id) & Notice.digest).execute()
    waiting = (Delivery.employee == employee_id) & (Delivery.state == str(DeliveryState.PENDING))
    Delivery.update(state=str(DeliveryState.NEEDLESS)).where(waiting).execute()
