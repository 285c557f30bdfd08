"""Tables of notices. They are the truth; the queue library only wakes who reads them."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, JsonField, UtcDateTimeField
from roadmapdocs.documents.models import Document
from roadmapdocs.notices.rules import DeliveryKind, DeliveryState, Mail
from roadmapdocs.people.models import Employee


def _one_of(column: str, values: object) -> list[pw.SQL]:
    return [pw.Check(f"{column} IN {tuple(str(value) for value in values)}")]  # type: ignore[attr-defined]  # any iterable


class Delivery(BaseModel):
    """One mail to one person. ``message_id`` stays the same however often it is tried.

    ``next_at`` is the earliest moment of the next try, ``claimed_at`` when a worker took it in hand. ``address`` and
    ``subject`` are those of the last try. ``letter`` is what a mail to somebody without notices says ({"subject",
    "lines", "path"}, with its own ``address`` and without ``employee``); it is wiped once the mail went, because it
    may hold a secret link.
    """

    employee = pw.ForeignKeyField(Employee, null=True, backref="deliveries", on_delete="RESTRICT")
    kind = pw.CharField(max_length=16, constraints=_one_of("kind", DeliveryKind))
    urgent = pw.BooleanField(default=False)
    state = pw.CharField(
        max_length=16, default=str(DeliveryState.PENDING), constraints=_one_of("state", DeliveryState)
    )
    attempts = pw.IntegerField(default=0)
    created_at = UtcDateTimeField()
    next_at = UtcDateTimeField()
    claimed_at = UtcDateTimeField(null=True)
    sent_at = UtcDateTimeField(null=True)
    message_id = pw.CharField(max_length=64, unique=True)
    address = pw.TextField(default="")
    subject = pw.TextField(default="")
    last_error = pw.TextField(default="")
    letter = JsonField(default=dict)

    class Meta:
        indexes = ((("state", "next_at", "id"), False),)
        constraints = [pw.Check("(employee_id IS NULL) = (kind = 'letter')")]


class Notice(BaseModel):
    """What one person is told. The same ``key`` is told to a person once.

    ``topic`` is what the notice is about («visa:5»): whatever of it is unread counts as read once that is settled.
    ``about`` holds plain values for its sentence; ``path`` is where the act is done, below the registry's address.
    ``digest`` says that it waits for the person's digest.
    """

    employee = pw.ForeignKeyField(Employee, backref="notices", on_delete="RESTRICT", index=False)
    code = pw.CharField(max_length=32)
    key = pw.CharField(max_length=128)
    topic = pw.CharField(max_length=64, default="", index=True)
    document = pw.ForeignKeyField(Document, null=True, backref="notices", on_delete="RESTRICT")
    about = JsonField(default=dict)
    path = pw.TextField()
    at = UtcDateTimeField()
    due = pw.DateField(null=True)
    urgent = pw.BooleanField(default=False)
    read_at = UtcDateTimeField(null=True)
    digest = pw.BooleanField(default=False)
    delivery = pw.ForeignKeyField(Delivery, null=True, backref="notices", on_delete="RESTRICT")

    class Meta:
        indexes = (
            (("employee", "key"), True),
            (("employee", "read_at"), False),
            (("employee", "at", "id"), False),
            (("digest", "delivery", "employee"), False),
        )


class NoticeSettings(BaseModel):
    """How a person wants mail. Hours are the office's own where they are empty."""

    employee = pw.ForeignKeyField(Employee, unique=True, backref="notice_settings", on_delete="CASCADE")
    mail = pw.CharField(max_length=16, default=str(Mail.AT_ONCE), constraints=_one_of("mail", Mail))
    digest_at = pw.TimeField(null=True)
    quiet_from = pw.TimeField(null=True)
    quiet_until = pw.TimeField(null=True)
    days_off = pw.BooleanField(default=False)


MODELS = (Delivery, Notice, NoticeSettings)
