"""Who has the form of a card open. A lock warns the others in words; what keeps texts from being lost is the revision."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, EditLock
from roadmapdocs.documents.visibility import require_right
from roadmapdocs.people.rules import Actor

LOCK_FOR = dt.timedelta(minutes=30)


def take(document: Document, *, by: Actor, now: dt.datetime, steal: bool = False) -> EditLock | None:
    """Say that ``by`` edits the card for half an hour from now; give the lock of another person who does, if any.

    With ``steal`` the lock passes to ``by`` all the same, and the journal says from whom. The installation itself
    (an actor without an account) takes no locks.

    :raise Forbidden: if in the document's states its card is not for the actor to change
    """
    require_right(document, "change", by)
    if by.user_id is None:
        return holder(document, by=by, now=now)
    with transaction():
        before = holder(document, by=by, now=now)
        mine = {"user_id": by.user_id, "who": by.name, "since": _since(document, by, now), "until": now + LOCK_FOR}
        free = (EditLock.user_id == by.user_id) | (EditLock.until <= now)
        # One statement decides, so that of two who come at once the second finds the lock of the first.
        EditLock.insert(document=document, **mine).on_conflict(
            conflict_target=[EditLock.document], update=mine, where=None if steal else free
        ).execute()
        if steal and before is not None:
            record("lock_taken_over", subject=document, effect={"from": before.who}, by=by, now=now)
        return holder(document, by=by, now=now)


def holder(document: Document, *, by: Actor, now: dt.datetime) -> EditLock | None:
    """The lock of another person that still binds; one that has run out binds nobody."""
    lock: EditLock | None = EditLock.get_or_none((EditLock.document == document) & (EditLock.until > now))
    return lock if lock is not None and lock.user_id != by.user_id else None


def release(document: Document, *, by: Actor) -> None:
    """Let go of one's own lock; that of another stays."""
    EditLock.delete().where((EditLock.document == document) & (EditLock.user_id == by.user_id)).execute()


def _since(document: Document, by: Actor, now: dt.datetime) -> dt.datetime:
    """Since when the actor has the form open without a break."""
    mine = EditLock.get_or_none(
        (EditLock.document == document) & (EditLock.user_id == by.user_id) & (EditLock.until > now)
    )
    return mine.since if mine is not None else now
