"""What the processes of the crowd do to documents: it lies apart, so that they need none of the tests' machinery."""

from __future__ import annotations

import datetime as dt
import itertools

import peewee

from roadmapdocs import db
from roadmapdocs.assembly import assemble
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.rules import Actor, Role
from tests.registration.crowd import Tell

NOW = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()
SOME = 40
#: From a draft to the journal: notes are signed by those who write them.
STEPS = ("sign", "register")


def register_some(number: int, tell: Tell) -> None:
    _begin()
    for place in range(SOME):
        tell(registered(number, place))


def register_forever(number: int, tell: Tell) -> None:
    _begin()
    for place in itertools.count():
        tell(registered(number, place))


def registered(worker: int, place: int) -> tuple[int, str]:
    """Make a card and take it to the journal; give its id and number."""
    by = Actor(user_id=worker, name=f"Клерк {worker}", roles=frozenset({Role.CLERK}))
    card = Card("note", f"О смотре {worker}/{place}", signer="Лукина О. С.")
    document = create_document(card, by=by, now=NOW, today=TODAY)
    for step in STEPS:
        document = perform(document.id, step, by=by, now=NOW, today=TODAY)
    return document.id, document.number


def _begin() -> None:
    """A process puts the program together for itself. SQLite serves those who wait in no order: among eight who never pause, one may wait as people never do."""
    assemble(dt.UTC)
    if isinstance(db.database.obj, peewee.SqliteDatabase):
        db.database.execute_sql("PRAGMA busy_timeout = 60000")
