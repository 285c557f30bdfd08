"""Offices of a size to measure: a migrated database in a folder, filled fast, and somebody signed in."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from roadmapdocs import db, shipped
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.models import Proof
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.operations import load_kinds
from roadmapdocs.documents.rules import Preparation, normalise_number, number_sort_key, search_key
from roadmapdocs.people.models import Employee, Organisation, Post, Unit
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.roadmap.models import Edition
from roadmapdocs.settings import Settings
from roadmapdocs.web.app import create_app
from roadmapdocs.web.context import Account
from tests.conftest import NOW

WORDS = (
    "об утверждении плана мероприятий по повышению качества чтения в школах округа итогах недели проведении смотра "
    "библиотек рабочей группы протокол заседания методического совета справка наставничестве молодых педагогов "
    "расписании подвоза учеников организации летнего отдыха внесении изменений положение о конкурсе чтецов"
).split()
#: Stands in one document of a thousand.
RARE = "краеведение"
BATCH = 500


@dataclass
class Office:
    app: Flask
    client: FlaskClient
    folder: Path
    file: Path

    def page(self, address: str) -> str:
        """A page that has to come whole, or the figure would be a lie."""
        response = self.client.get(address)
        assert response.status_code == 200, f"{address}: {response.status}"
        return response.text

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
    load_kinds()
    organisation = Organisation.create(name="Управление", short_name="УО", genitive="управления")
    unit = Unit.create(organisation=organisation, name="Управление", abbreviation="УО")
    employee = Employee.create(surname="Лаврова", name="Ольга", patronymic="Сергеевна", gender="f")
    Post.create(employee=employee, unit=unit, title="методист", since=dt.date(2020, 1, 1))
    roles = [Role.COORDINATOR]
    user = create_user("coordinator", "a password to measure", roles, employee=employee, by=SYSTEM, now=NOW)
    opened.close()
    app = create_app(settings, clock=lambda: NOW)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = Account(user).get_id(), True
    yield Office(app, client, folder, folder / "roadmapdocs.sqlite3")
    if not db.database.is_closed():
        db.database.close()


def fill_documents(count: int) -> None:
    """Add cards as the operations write them, many in a statement."""
    dice = random.Random(1)
    kinds = {kind.id: kind.short for kind in Kind.select()}
    with db.transaction():
        for start in range(0, count, BATCH):
            rows = [_card(number, kinds, dice) for number in range(start, min(start + BATCH, count))]
            Document.insert_many(rows).execute()
    db.database.execute_sql("ANALYZE")
    db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _card(number: int, kinds: dict[int, str], dice: random.Random) -> dict[str, Any]:
    kind = dice.choice(list(kinds))
    title = " ".join(dice.choices(WORDS, k=10)).capitalize()
    title += f" ({RARE})" if number % 1000 == 7 else ""
    summary = " ".join(dice.choices(WORDS, k=25))
    printed, signer = f"{number}-О", "Лаврова О. С."
    day = dt.date(2015, 1, 1) + dt.timedelta(days=dice.randrange(4000))
    return {
        "kind": kind,
        "number": printed,
        "number_key": normalise_number(printed),
        "number_sort": number_sort_key(printed),
        "date": day,
        "listed_on": day,
        "title": title,
        "summary": summary,
        "signer": signer,
        "preparation": str(Preparation.DRAFT if number % 20 == 0 else Preparation.SIGNED),
        "search_key": search_key(kinds[kind], printed, title, summary, signer),
        "created_at": NOW,
        "changed_at": NOW,
    }


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
