"""Offices of a size to measure: a migrated database in a folder, filled fast, and people signed in."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from roadmapdocs import db, shipped
from roadmapdocs.access.rules import Mark
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.models import Proof
from roadmapdocs.documents.defaults import load_defaults
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import search_key
from roadmapdocs.documents.visibility import readers_of
from roadmapdocs.documents.workflows import adopt_for, workflow_for
from roadmapdocs.people.models import Employee, Organisation, Post, Unit, User
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.registration.models import Counter, Entry, Gap, Journal
from roadmapdocs.registration.numbers import normalise_number, number_sort_key, sort_key
from roadmapdocs.registration.rules import EntryState
from roadmapdocs.roadmap.models import Edition
from roadmapdocs.settings import Settings
from roadmapdocs.web.app import create_app
from roadmapdocs.web.context import SESSION_KEY, session_value
from roadmapdocs.workflow.rules import Line
from tests.conftest import NOW

WORDS = (
    "об утверждении плана мероприятий по повышению качества чтения в школах округа итогах недели проведении смотра "
    "библиотек рабочей группы протокол заседания методического совета справка наставничестве молодых педагогов "
    "расписании подвоза учеников организации летнего отдыха внесении изменений положение о конкурсе чтецов"
).split()
#: Stands in one document of a thousand.
RARE = "краеведение"
BATCH = 500
#: Every so many numbers of a journal one was never given.
GAP_EVERY = 150


@dataclass
class Office:
    app: Flask
    client: FlaskClient
    folder: Path
    file: Path
    clients: dict[Role, FlaskClient] = field(default_factory=dict)

    def page(self, address: str, role: Role = Role.COORDINATOR) -> str:
        """A page that has to come whole, or the figure would be a lie."""
        response = self.client_of(role).get(address)
        assert response.status_code == 200, f"{address}: {response.status}"
        return response.text

    def client_of(self, role: Role) -> FlaskClient:
        """Somebody of this role; all but the coordinator are made when they are first asked for."""
        if role is Role.COORDINATOR:
            return self.client
        if role not in self.clients:
            unit = Unit.get()
            employee = Employee.create(surname="Дёмина", name="Юлия", patronymic="Андреевна", gender="f")
            Post.create(employee=employee, unit=unit, title="специалист", since=dt.date(2020, 1, 1))
            user = create_user(str(role), "a password to measure", [role], employee=employee, by=SYSTEM, now=NOW)
            self.clients[role] = _signed_in(self.app, user)
        return self.clients[role]

    @contextlib.contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """A plain connection, for yardsticks."""
        connection = sqlite3.connect(self.file)
        try:
            yield connection
        finally:
            connection.close()


@contextlib.contextmanager
def office(folder: Path) -> Iterator[Office]:
    """An empty office with a coordinator in a post, who has signed in."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(data=folder, password_cost="cheap", office="Ольховский округ")
    opened = db.connect(settings.database_address)
    db.migrations(shipped.migrations_folder()).up()
    load_defaults(NOW)
    organisation = Organisation.create(name="Управление", short_name="УО", genitive="управления")
    unit = Unit.create(organisation=organisation, name="Управление", abbreviation="УО")
    employee = Employee.create(surname="Лаврова", name="Ольга", patronymic="Сергеевна", gender="f")
    Post.create(employee=employee, unit=unit, title="методист", since=dt.date(2020, 1, 1))
    roles = [Role.COORDINATOR]
    user = create_user("coordinator", "a password to measure", roles, employee=employee, by=SYSTEM, now=NOW)
    opened.close()
    app = create_app(settings, clock=lambda: NOW)
    client = _signed_in(app, user)
    yield Office(app, client, folder, folder / "roadmapdocs.sqlite3")
    if not db.database.is_closed():
        db.database.close()


def _signed_in(app: Flask, user: User) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session[SESSION_KEY] = session_value(user)
    return client


def fill_documents(count: int) -> None:
    """Add cards as the operations write them, many in a statement: one of twenty is a draft, the rest is registered."""
    filling = _Filling()
    with db.transaction():
        for start in range(0, count, BATCH):
            cards = [filling.card(number) for number in range(start, min(start + BATCH, count))]
            if filling.entries:
                Entry.insert_many(filling.entries).execute()
                filling.entries.clear()
            Document.insert_many(cards).execute()
        filling.write_counters()
    db.database.execute_sql("ANALYZE")
    db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


class _Filling:
    """Makes rows of cards and of the entries behind them, with the ids that they will have."""

    def __init__(self) -> None:
        self.dice = random.Random(1)
        self.kinds = list(Kind.select())
        #: Most documents have a number of their own.
        self.weights = [10 if kind.own_number else 1 for kind in self.kinds]
        self.states = {(kind.id, signed): _states(kind, signed) for kind in self.kinds for signed in (True, False)}
        self.journals = {journal.series: journal.id for journal in Journal.select()}
        self.people = _people()
        self.unit = Unit.get().id
        self.last: dict[tuple[int, str], int] = defaultdict(int)
        self.entries: list[dict[str, Any]] = []
        self.next_entry = 1

    def card(self, number: int) -> dict[str, Any]:
        dice = self.dice
        kind = dice.choices(self.kinds, self.weights)[0]
        signed = number % 20 != 0
        title = " ".join(dice.choices(WORDS, k=10)).capitalize()
        title += f" ({RARE})" if number % 1000 == 7 else ""
        summary = " ".join(dice.choices(WORDS, k=25))
        day = dt.date(2015, 1, 1) + dt.timedelta(days=dice.randrange(4000))
        entry, printed = self._numbered(kind, day) if signed and kind.own_number else (None, "")
        signer = "Лаврова О. С."
        mark = Mark.OFFICIAL if number % 30 == 1 else Mark.GENERAL
        workflow, named, readers, meanings = self.states[kind.id, signed]
        return {
            "kind": kind.id,
            "number": printed,
            "number_key": normalise_number(printed),
            "number_sort": number_sort_key(printed),
            "date": day,
            "listed_on": day,
            "title": title,
            "summary": summary,
            "signer": signer,
            "drafter": dice.choice(self.people),
            "unit": self.unit if number % 5 == 0 else None,
            **meanings,
            "control": "on" if signed and number % 50 == 1 else "off",
            "control_due": day + dt.timedelta(days=30) if signed and number % 50 == 1 else None,
            "named_states": named,
            "workflow": workflow,
            "mark": str(mark),
            "readers": readers[mark],
            "entry": entry,
            "registered_on": day if entry else None,
            "force_from": day if signed else None,
            "force_until": day + dt.timedelta(days=900) if signed and number % 7 == 1 else None,
            "search_key": search_key(kind.short, printed, title, summary, signer),
            "created_at": NOW,
            "changed_at": NOW,
        }

    def _numbered(self, kind: Kind, day: dt.date) -> tuple[int, str]:
        journal, period = self.journals.get(kind.series, self.journals["other"]), str(day.year)
        n = self.last[journal, period] + 1
        if n % GAP_EVERY == 0:
            n += 1
        self.last[journal, period] = n
        printed = f"{n}-О"
        self.entries.append(
            {
                "journal": journal,
                "period": period,
                "n": n,
                "number": printed,
                "key": normalise_number(printed),
                "sort": sort_key(n, "", "-О"),
                "state": EntryState.REGISTERED,
                "registered_on": day,
                "by": "Лаврова О. С.",
                "at": NOW,
            }
        )
        self.next_entry += 1
        return self.next_entry - 1, printed

    def write_counters(self) -> None:
        for (journal, period), last in self.last.items():
            Counter.create(journal=journal, period=period, last=last)
            for first in range(GAP_EVERY, last, GAP_EVERY * 2):
                Gap.create(journal=journal, period=period, first=first, last=first, reason="бланк испорчен", by="", at=NOW)


def _people() -> Sequence[int]:
    """Drafters: the coordinator among twenty."""
    first = Employee.get().id
    names = [f"Исполнитель{place}" for place in range(19)]
    others = [Employee.create(surname=name, name="Анна", gender="f").id for name in names]
    return [first, *others]


def _states(kind: Kind, signed: bool) -> tuple[int, dict[str, str], dict[Mark, int], dict[str, str]]:
    """The id of the adopted workflow, names of states that have other meanings, readers by mark, and meanings."""
    workflow = workflow_for(kind)
    wanted = dict(workflow.initial())
    if signed:
        registered = "registered" if kind.own_number else "unregistered"
        wanted |= {Line.PREPARATION: "signed", Line.REGISTRATION: registered, Line.FORCE: "in_force"}
    names = {
        line: name
        if name in workflow.definitions[line].states
        else next(one for one, state in workflow.definitions[line].states.items() if state.meaning == name)
        for line, name in wanted.items()
    }
    meanings = {line.value: workflow.state(line, name).meaning for line, name in names.items()}
    named = {line.value: name for line, name in names.items() if name != meanings[line.value]}
    readers = {mark: readers_of(workflow, names, mark) for mark in Mark}
    return adopt_for(kind, NOW).id, named, readers, meanings


def prove(edition: Edition, document_ids: list[int], every: int = 2) -> None:
    """Link a document to every so many slots of an edition."""
    items = coverage_of(edition, today=NOW.date()).items
    slots = [(one.slot.expected, one.slot.key) for item in items for one in item.slots]
    rows = [
        {
            "expected": expected,
            "period": period,
            "document": document_ids[place % len(document_ids)],
            "confirmed_by": "Лаврова О. С.",
            "confirmed_at": NOW,
        }
        for place, (expected, period) in enumerate(slots)
        if place % every == 0
    ]
    with db.transaction():
        for start in range(0, len(rows), BATCH):
            Proof.insert_many(rows[start : start + BATCH]).execute()
