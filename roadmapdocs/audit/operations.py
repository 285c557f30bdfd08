"""Writing the journal in the transaction of the change, and proving that nobody rewrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from roadmapdocs.audit.models import Event, JournalHead
from roadmapdocs.audit.rules import ASKED, FIRST_HASH, Entry, Initiator, entry_hash
from roadmapdocs.db import table_name, transaction
from roadmapdocs.hooks import journaled
from roadmapdocs.prepared import Prepared, place


def subject_key(subject: Any) -> str:
    """``document:17`` for a row of any of our tables."""
    return f"{table_name(type(subject)).removeprefix('rd_')}:{subject.get_id()}"


_FIELDS = tuple(field.name for field in fields(Entry))
_NEXT = Prepared(
    lambda: JournalHead.update(number=JournalHead.number + 1)
    .where(JournalHead.id == 1)
    .returning(JournalHead.number, JournalHead.hash)
)
_ADD = Prepared(
    lambda: Event.insert(
        {field: place(field.name, field) for field in Event._meta.sorted_fields if field.name != "id"}
    ).returning(Event.id)
)
_ADD_MANY = Prepared(
    lambda: Event.insert({field: place(field.name, field) for field in Event._meta.sorted_fields if field.name != "id"})
)
_SEAL = Prepared(
    lambda: JournalHead.update(hash=place("hash", JournalHead.hash), changes=place("hash", JournalHead.hash))
    .where(JournalHead.id == 1)
    .returning(JournalHead.id)
)
_SEAL_ASKED = Prepared(
    lambda: JournalHead.update(hash=place("hash", JournalHead.hash)).where(JournalHead.id == 1).returning(JournalHead.id)
)


def record(what: str, *, subject: Any, effect: Mapping[str, object], by: Initiator, now: dt.datetime) -> None:
    """Append an entry about a stored row. Writers queue at the head row until their transaction ends.

    What a program does for a person carries the program's token beside its effect.
    """
    if by.token_id is not None:
        effect = {**effect, "token": by.token_id}
    with transaction():
        # The update comes before anything is read: it is what locks the row, on SQLite and PostgreSQL alike.
        ((number, previous),) = _NEXT.rows()
        entry = Entry(number, what, subject_key(subject), dict(effect), by.name, by.user_id, now)
        digest = entry_hash(previous, entry)
        _ADD.rows(
            number=number,
            what=what,
            subject=entry.subject,
            effect=entry.effect,
            who=entry.who,
            user_id=entry.user_id,
            at=now,
            hash=digest,
        )
        (_SEAL_ASKED if what in ASKED else _SEAL).rows(hash=digest)
        journaled.send(entry.subject, what=what, effect=effect, now=now)


def record_all(changes: Sequence[tuple[str, Any, Mapping[str, object]]], *, by: Initiator, now: dt.datetime) -> None:
    """As :func:`record` for each of many changes (its code, the row, the effect), in a quarter of the time.

    None of them may be of those that only say that somebody asked.
    """
    if not changes:
        return
    beside = {} if by.token_id is None else {"token": by.token_id}
    with transaction():
        ((number, previous),) = _NEXT.rows()
        rows = []
        for position, (what, subject, effect) in enumerate(changes):
            entry = Entry(number + position, what, subject_key(subject), {**effect, **beside}, by.name, by.user_id, now)
            previous = entry_hash(previous, entry)
            rows.append({**{name: getattr(entry, name) for name in _FIELDS}, "hash": previous})
        _ADD_MANY.many(rows)
        JournalHead.update(number=number + len(rows) - 1, hash=previous, changes=previous).where(JournalHead.id == 1).execute()
        for row in rows:
            journaled.send(row["subject"], what=row["what"], effect=row["effect"], now=now)


def verify() -> int | None:
    """Number of the first entry that was altered, removed or inserted by another hand; None if all is whole."""
    previous, expected = FIRST_HASH, 1
    for event in Event.select().order_by(Event.number).iterator():
        if event.number != expected or event.hash != entry_hash(previous, event.entry()):
            return expected
        previous, expected = event.hash, expected + 1
    head = JournalHead.get_by_id(1)
    return None if (head.number, head.hash) == (expected - 1, previous) else expected


def changes_hash() -> str:
    """Hash of the last entry about a change: it names the state of everything that writes the journal."""
    return str(JournalHead.get_by_id(1).changes)


def history(subject: Any) -> list[Event]:
    """Entries about a row, newest first."""
    return list(Event.select().where(Event.subject == subject_key(subject)).order_by(Event.number.desc()))
