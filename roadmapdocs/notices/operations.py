"""Use cases of notices: tell, show, count, mark as read, choose how mail comes."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import peewee as pw

from roadmapdocs.db import after_commit, transaction
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.notices import queue
from roadmapdocs.notices.models import Delivery, Notice, NoticeSettings
from roadmapdocs.notices.rules import DeliveryKind, DeliveryState, Habits, Mail, is_quiet_hour, topic_of
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.prepared import Prepared, place

PAGE = 40
#: More unread notices than these are not counted: nobody reads such a number.
MOST_COUNTED = 100


def _insert(model: type[pw.Model]) -> Prepared:
    """Every act of an approval tells somebody something: these statements are composed once."""
    fields = [field for field in model._meta.sorted_fields if field.name != "id"]
    return Prepared(lambda: model.insert({field: place(field.name, field) for field in fields}).returning(model.id))


_TELL, _POST = _insert(Notice), _insert(Delivery)
_SETTLE = Prepared(
    lambda: Notice.update(read_at=place("now", Notice.read_at))
    .where((Notice.topic == place("topic", Notice.topic)) & Notice.read_at.is_null())
    .returning(Notice.id)
)
_READER = Prepared(
    lambda: Employee.select(Employee.email, NoticeSettings.mail, Notice.id)
    .join(NoticeSettings, pw.JOIN.LEFT_OUTER)
    .switch(Employee)
    .join(
        Notice,
        pw.JOIN.LEFT_OUTER,
        on=(Notice.employee == Employee.id) & (Notice.key == place("key", Notice.key)),
    )
    .where(Employee.id == place("employee", Notice.employee))
)


def tell(
    employee_ids: Collection[int],
    code: str,
    *,
    key: str,
    now: dt.datetime,
    document_id: int | None = None,
    path: str = "",
    about: Mapping[str, object] | None = None,
    due: dt.date | None = None,
    urgent: bool = False,
) -> int:
    """Tell these people, by the application and as each wants it by mail; give how many had not been told yet.

    Rows live and die with the caller's transaction. ``key`` («visa:5/asked») is told to a person once; what stands
    before the slash is the topic, for :func:`settle`. ``path`` is where the act is done, the document's card unless
    given. ``about`` holds plain values for the sentence (:mod:`roadmapdocs.notices.words`).
    """
    if not employee_ids:
        return 0
    common = {
        "code": code,
        "key": key,
        "topic": topic_of(key),
        "document": document_id,
        "about": dict(about or {}),
        "path": path or (f"/documents/{document_id}" if document_id else "/"),
        "at": now,
        "due": due,
        "urgent": urgent,
        "read_at": None,
    }
    with transaction():
        told = [wanted for one in sorted(set(employee_ids)) if (wanted := _wanted(one, key)) is not None]
        for employee_id, mail in told:
            at_once = mail is Mail.AT_ONCE or (urgent and mail is Mail.DIGEST)
            single = new_delivery(DeliveryKind.SINGLE, now, employee_id=employee_id, urgent=urgent) if at_once else None
            _TELL.rows(**common, employee=employee_id, digest=mail is Mail.DIGEST and not at_once, delivery=single)
        if any(mail is not Mail.NONE for _employee, mail in told):
            after_commit(queue.wake)
        return len(told)


def _wanted(employee_id: int, key: str) -> tuple[int, Mail] | None:
    """How mail is to come to this person, who has not been told this yet; None for whoever has been, or is nobody."""
    for email, mail, told in _READER.rows(employee=employee_id, key=key):
        if told is None:
            return employee_id, Mail(mail or Mail.AT_ONCE) if email else Mail.NONE
    return None


def send_letter(address: str, subject: str, lines: Sequence[str], *, path: str = "", now: dt.datetime) -> None:
    """Write to somebody who has no place here: a guest with a link. ``path`` may hold a secret; it is wiped once sent.

    The lines go as they are: whoever calls sees to it that they may leave the house.
    """
    with transaction():
        letter = {"subject": subject, "lines": list(lines), "path": path}
        new_delivery(DeliveryKind.LETTER, now, address=address, letter=letter)
        after_commit(queue.wake)


def new_delivery(
    kind: DeliveryKind,
    now: dt.datetime,
    *,
    employee_id: int | None = None,
    urgent: bool = False,
    address: str = "",
    letter: Mapping[str, object] | None = None,
) -> int:
    """A mail that waits for a worker, within the caller's transaction; gives its id."""
    ((number,),) = _POST.rows(
        employee=employee_id,
        kind=str(kind),
        urgent=urgent,
        state=str(DeliveryState.PENDING),
        attempts=0,
        created_at=now,
        next_at=now,
        claimed_at=None,
        sent_at=None,
        message_id=secrets.token_hex(16),
        address=address,
        subject="",
        last_error="",
        letter=dict(letter or {}),
    )
    return int(number)


def settle(*topics: str, now: dt.datetime) -> None:
    """What notices of these topics ask for is done, or asked no more: they count as read, and their mail is not sent."""
    for topic in topics:
        _SETTLE.rows(topic=topic, now=now)


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
