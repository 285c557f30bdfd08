"""Telling people: one or thousands, by the application and as each wants it by mail; and settling what was asked."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import peewee as pw

from roadmapdocs.db import after_commit, transaction
from roadmapdocs.notices import queue
from roadmapdocs.notices.models import Delivery, Notice, NoticeSettings
from roadmapdocs.notices.rules import DeliveryKind, DeliveryState, Mail, topic_of
from roadmapdocs.people.models import Employee
from roadmapdocs.prepared import Prepared, place

#: People who are told something by the same statements.
MANY = 5000


def _insert(model: type[pw.Model]) -> pw.Insert:
    columns = [column for column in model._meta.sorted_fields if column.name != "id"]
    return model.insert({column: place(column.name, column) for column in columns})


# Every act of an approval tells somebody something: these statements are composed once.
_TELL, _POST = Prepared(lambda: _insert(Notice).returning(Notice.id)), Prepared(lambda: _insert(Delivery).returning(Delivery.id))
_TELL_MANY, _POST_MANY = Prepared(lambda: _insert(Notice)), Prepared(lambda: _insert(Delivery))
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
    common = _notice(
        code, key, document_id=document_id, path=path, about=dict(about or {}), due=due, urgent=urgent, now=now
    )
    with transaction():
        told = [wanted for one in sorted(set(employee_ids)) if (wanted := _wanted(one, key)) is not None]
        for employee_id, mail in told:
            at_once = _is_single(mail, urgent)
            single = new_delivery(DeliveryKind.SINGLE, now, employee_id=employee_id, urgent=urgent) if at_once else None
            _TELL.rows(**common, employee=employee_id, digest=mail is Mail.DIGEST and not at_once, delivery=single)
        if any(mail is not Mail.NONE for _employee, mail in told):
            after_commit(queue.wake)
        return len(told)


@dataclass(frozen=True, slots=True)
class Telling:
    """What one of many people is told; the fields as the arguments of :func:`tell`."""

    employee_id: int
    key: str
    about: dict[str, object] = field(default_factory=dict)
    due: dt.date | None = None
    urgent: bool = False


def tell_many(
    tellings: Sequence[Telling], code: str, *, document_id: int | None = None, path: str = "", now: dt.datetime
) -> int:
    """As :func:`tell`, for thousands of people: a handful of statements for each :data:`MANY` of them."""
    told = 0
    with transaction():
        for chunk in pw.chunked(tellings, MANY):
            told += _tell_some(list(chunk), code, document_id, path, now)
    return told


def _tell_some(tellings: list[Telling], code: str, document_id: int | None, path: str, now: dt.datetime) -> int:
    mails = _mails({one.employee_id for one in tellings})
    known = _told_already(tellings)
    new = {
        pair: one
        for one in tellings
        if (pair := (one.employee_id, one.key)) not in known and one.employee_id in mails
    }
    singles = {pair: one for pair, one in new.items() if _is_single(mails[one.employee_id], one.urgent)}
    posted = dict(zip(singles, _post_many(singles.values(), now), strict=True))
    _TELL_MANY.many(
        _notice(
            code,
            one.key,
            document_id=document_id,
            path=path,
            about=one.about,
            due=one.due,
            urgent=one.urgent,
            now=now,
        )
        | {
            "employee": one.employee_id,
            "digest": mails[one.employee_id] is Mail.DIGEST and pair not in posted,
            "delivery": posted.get(pair),
        }
        for pair, one in new.items()
    )
    if any(mails[one.employee_id] is not Mail.NONE for one in new.values()):
        after_commit(queue.wake)
    return len(new)


def _post_many(tellings: Collection[Telling], now: dt.datetime) -> list[int]:
    """A mail for each, in their order; gives the ids. Others may write meanwhile: each is known by its message id."""
    if not tellings:
        return []
    before = Delivery.select(pw.fn.MAX(Delivery.id)).scalar() or 0
    rows = [_delivery(DeliveryKind.SINGLE, now, employee_id=one.employee_id, urgent=one.urgent) for one in tellings]
    _POST_MANY.many(rows)
    stored = Delivery.select(Delivery.message_id, Delivery.id).where(Delivery.id > before)
    numbers: dict[object, int] = dict(stored.tuples())
    return [numbers[row["message_id"]] for row in rows]


def _mails(employee_ids: Collection[int]) -> dict[int, Mail]:
    """By person, how mail is to come; nobody has no entry."""
    rows = Employee.select(Employee.id, Employee.email, NoticeSettings.mail).join(NoticeSettings, pw.JOIN.LEFT_OUTER)
    found = rows.where(Employee.id.in_(list(employee_ids))).tuples()
    return {employee: Mail(mail or Mail.AT_ONCE) if email else Mail.NONE for employee, email, mail in found}


def _told_already(tellings: Sequence[Telling]) -> set[tuple[int, str]]:
    topics = {topic_of(one.key) for one in tellings}
    rows = Notice.select(Notice.employee, Notice.key).where(Notice.topic.in_(list(topics)))
    return set(rows.tuples())


def _is_single(mail: Mail, urgent: bool) -> bool:
    return mail is Mail.AT_ONCE or (urgent and mail is Mail.DIGEST)


def _notice(
    code: str,
    key: str,
    *,
    document_id: int | None,
    path: str,
    about: dict[str, object],
    due: dt.date | None,
    urgent: bool,
    now: dt.datetime,
) -> dict[str, object]:
    """Columns of a notice, but for whose it is and how its mail comes."""
    return {
        "code": code,
        "key": key,
        "topic": topic_of(key),
        "document": document_id,
        "about": about,
        "path": path or (f"/documents/{document_id}" if document_id else "/"),
        "at": now,
        "due": due,
        "urgent": urgent,
        "read_at": None,
    }


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
    row = _delivery(kind, now, employee_id=employee_id, urgent=urgent, address=address, letter=letter)
    ((number,),) = _POST.rows(**row)
    return int(number)


def _delivery(
    kind: DeliveryKind,
    now: dt.datetime,
    *,
    employee_id: int | None = None,
    urgent: bool = False,
    address: str = "",
    letter: Mapping[str, object] | None = None,
) -> dict[str, object]:
    return {
        "employee": employee_id,
        "kind": str(kind),
        "urgent": urgent,
        "state": str(DeliveryState.PENDING),
        "attempts": 0,
        "created_at": now,
        "next_at": now,
        "claimed_at": None,
        "sent_at": None,
        "message_id": secrets.token_hex(16),
        "address": address,
        "subject": "",
        "last_error": "",
        "letter": dict(letter or {}),
    }


def settle(*topics: str, now: dt.datetime) -> None:
    """What notices of these topics ask for is done, or asked no more: they count as read, and their mail is not sent."""
    for topic in topics:
        _SETTLE.rows(topic=topic, now=now)


def settle_many(topics: Collection[str], *, now: dt.datetime) -> None:
    """As :func:`settle`, for up to :data:`MANY` topics by one statement."""
    if topics:
        Notice.update(read_at=now).where(Notice.topic.in_(list(topics)) & Notice.read_at.is_null()).execute()
