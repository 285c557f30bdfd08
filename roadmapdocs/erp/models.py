"""Tables of what other programs have to do with the registry."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, JsonField, UtcDateTimeField
from roadmapdocs.documents.models import Document
from roadmapdocs.erp.words import DeliveryState, PushState
from roadmapdocs.people.models import User
from roadmapdocs.roadmap.models import Item


def _one_of(column: str, values: object) -> list[pw.SQL]:
    return [pw.Check(f"{column} IN {tuple(str(value) for value in values)}")]  # type: ignore[attr-defined]  # any iterable


class ExternalLink(BaseModel):
    """A document or an item of a roadmap belongs to a record of another program: a partner, a task of a project.

    ``source`` is the program ("host", or the name of a connector), ``model`` and ``external`` the record by that
    program's own names; ``title`` and ``url`` are what people see of it.
    """

    document = pw.ForeignKeyField(Document, null=True, backref="external_links", on_delete="RESTRICT")
    item = pw.ForeignKeyField(Item, null=True, backref="external_links", on_delete="RESTRICT")
    source = pw.CharField(max_length=64)
    model = pw.CharField(max_length=128)
    external = pw.CharField(max_length=128)
    title = pw.TextField()
    url = pw.TextField(default="")
    made_by = pw.TextField()
    made_at = UtcDateTimeField()

    class Meta:
        constraints = [pw.Check("(document_id IS NULL) <> (item_id IS NULL)")]
        indexes = (
            (("document", "source", "model", "external"), True),
            (("item", "source", "model", "external"), True),
            (("source", "model", "external"), False),
        )


class IdempotencyKey(BaseModel):
    """What a call with this key was answered, so that the same call again gets the same answer.

    ``fingerprint`` is the SHA-256 of method, address and body; ``status`` is null while the first call is at work.
    """

    user = pw.ForeignKeyField(User, backref="+", on_delete="CASCADE", index=False)
    key = pw.CharField(max_length=255)
    fingerprint = pw.CharField(max_length=64)
    status = pw.IntegerField(null=True)
    headers = JsonField(default=dict)
    body = pw.TextField(default="")
    made_at = UtcDateTimeField(index=True)

    class Meta:
        indexes = ((("user", "key"), True),)


class Webhook(BaseModel):
    """An address that is told of events, with the rights of ``user``: what that person may not read is not told.

    ``secret`` signs each delivery, encrypted by the installation's key; ``events`` are names of
    :mod:`roadmapdocs.erp.events` (none mean all).
    """

    name = pw.TextField()
    url = pw.TextField()
    secret = pw.TextField()
    events = JsonField(default=list)
    active = pw.BooleanField(default=True)
    user = pw.ForeignKeyField(User, backref="webhooks", on_delete="RESTRICT")
    made_by = pw.TextField()
    made_at = UtcDateTimeField()


class WebhookDelivery(BaseModel):
    """One message to one address; the outbox of webhooks. ``uid`` is what the receiver knows repeats by."""

    webhook = pw.ForeignKeyField(Webhook, backref="deliveries", on_delete="CASCADE")
    uid = pw.CharField(max_length=40, unique=True)
    event = pw.CharField(max_length=64)
    subject = pw.CharField(max_length=64)
    body = pw.TextField()
    state = pw.CharField(max_length=16, default=str(DeliveryState.WAITING), constraints=_one_of("state", DeliveryState))
    attempts = pw.IntegerField(default=0)
    next_at = UtcDateTimeField()
    status = pw.IntegerField(null=True)
    error = pw.TextField(default="")
    made_at = UtcDateTimeField()
    ended_at = UtcDateTimeField(null=True)

    class Meta:
        indexes = ((("state", "next_at"), False),)


class SyncCursor(BaseModel):
    """How far the records of a model of another program have been read: the last ``write_date`` and id seen."""

    source = pw.CharField(max_length=64)
    model = pw.CharField(max_length=128)
    written = pw.TextField(default="")
    external = pw.CharField(max_length=128, default="")

    class Meta:
        indexes = ((("source", "model"), True),)


class SyncRun(BaseModel):
    """One run of a connector and its report."""

    source = pw.CharField(max_length=64, index=True)
    dry = pw.BooleanField(default=False)
    started_at = UtcDateTimeField()
    ended_at = UtcDateTimeField(null=True)
    report = JsonField(default=dict)
    error = pw.TextField(default="")


class SyncPush(BaseModel):
    """Something of ours that another program is to get: ``kind`` and ``local_id`` name it, once."""

    source = pw.CharField(max_length=64)
    kind = pw.CharField(max_length=32)
    local_id = pw.IntegerField()
    state = pw.CharField(max_length=16, default=str(PushState.WAITING), constraints=_one_of("state", PushState))
    attempts = pw.IntegerField(default=0)
    next_at = UtcDateTimeField()
    error = pw.TextField(default="")

    class Meta:
        indexes = ((("source", "kind", "local_id"), True), (("state", "next_at"), False))


MODELS = (ExternalLink, IdempotencyKey, Webhook, WebhookDelivery, SyncCursor, SyncRun, SyncPush)
