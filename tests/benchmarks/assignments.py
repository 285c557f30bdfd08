"""Reports on execution over many assignments, and a document sent to be read by a whole office."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_admin import Admin
from flask_admin.contrib.peewee import ModelView
from flask_babel import Babel

from roadmapdocs import db
from roadmapdocs.acquaintance.models import AcquaintanceSheet
from roadmapdocs.acquaintance.operations import send
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.assignments.models import Assignment, AssignmentPerson, DueExtension
from roadmapdocs.assignments.words import DeadlineKind, ExtensionState, Part, State
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.models import Employee, Organisation, Post, Unit
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.web.lists.context import PAGE
from tests.benchmarks.measure import Figure, cpu_ms
from tests.benchmarks.office import BATCH, WORDS, Office, fill_documents, office
from tests.conftest import NOW, TODAY

REPORT_AIM, REPORT_WISH = 300, 100
SEND_AIM, PAGE_AIM = 2000, 100
UNITS, PEOPLE = 25, 400
DOCUMENTS = 10_000
#: Where assignments of an office of some years stand.
STATES = {State.REMOVED: 60, State.DONE: 12, State.IN_WORK: 12, State.NEW: 6, State.REPORTED: 4, State.CANCELLED: 4, State.RETURNED: 2}
YEARS = "since=2023-01-01&until=2026-12-31"
COUNTED = (
    "SELECT responsible_id, count(*), sum(CASE WHEN done_on <= due THEN 1 ELSE 0 END) FROM rd_assignment "
    "WHERE state NOT IN ('draft', 'cancelled') GROUP BY responsible_id"
)


def pages() -> dict[str, str]:
    return {
        "due soon": "/control/",
        "late": "/control/late",
        "discipline of three years": f"/control/discipline?{YEARS}",
        "extensions of three years": f"/control/extensions?{YEARS}",
        "by document": "/control/documents",
        "the list behind a figure": f"/control/list?which=in_time&{YEARS}",
        "one unit with all below": f"/control/discipline?unit=2&{YEARS}",
    }


def figures(folder: Path, runs: int, size: int, people: int) -> Iterator[Figure]:
    """``size`` assignments of ten thousand documents; then a document that ``people`` are to read."""
    with office(folder / "control") as opened:
        fill_documents(DOCUMENTS)
        fill_people(PEOPLE)
        fill_assignments(size)
        yield from _reports(opened, size, runs)
    with office(folder / "acquaintance") as opened:
        fill_documents(BATCH)
        fill_people(people)
        yield from _reading(opened, people, runs)


def _reports(opened: Office, size: int, runs: int) -> Iterator[Figure]:
    with opened.raw() as connection:
        bare = cpu_ms(lambda: connection.execute(COUNTED).fetchall(), runs)
    for role in (Role.CLERK, Role.COORDINATOR):
        for name, address in pages().items():
            yield Figure(
                f"assignments {size:,}: {name} as {role}",
                cpu_ms(lambda role=role, address=address: opened.page(address, role), runs, warm_up=2),
                "ms",
                runs,
                aim=REPORT_AIM,
                wish=REPORT_WISH,
                yardstick=bare,
                yardstick_name="SQLite: a bare GROUP BY",
            )
    client = _bare_list()
    yield Figure(
        f"assignments {size:,}: bare Flask-Admin list of {PAGE} (yardstick)",
        cpu_ms(lambda: _whole(client), max(runs // 3, 3)),
        "ms",
        max(runs // 3, 3),
    )


def _reading(opened: Office, people: int, runs: int) -> Iterator[Figure]:
    signed = Document.select().where((Document.preparation == "signed") & (Document.mark == "general")).order_by(Document.id)
    documents = list(signed.limit(3))
    file = StoredFile.create(sha256="0" * 64, size=1, format="txt", stored_at=NOW)
    for document in documents:
        DocumentVersion.create(document=document, number=1, file=file, name="текст.txt", added_by="Лаврова О. С.", added_at=NOW)
    waiting = iter(documents)
    with opened.raw() as connection:
        bare = cpu_ms(lambda: _bare_rows(connection, people), 3)
    yield Figure(
        f"acquaintance: a document sent to {people:,}",
        cpu_ms(lambda: send(next(waiting).id, Addressees(everyone=True), by=SYSTEM, now=NOW, today=TODAY), 3, warm_up=0),
        "ms",
        3,
        aim=SEND_AIM,
        wish=SEND_AIM / 2,
        yardstick=bare,
        yardstick_name="SQLite: executemany of as many rows",
    )
    assert AcquaintanceSheet.select().count() == len(documents)
    db.database.execute_sql("ANALYZE")
    for name, more in (("its page", ""), ("who has not read it", "?show=waiting")):
        yield Figure(
            f"acquaintance {people:,}: {name}",
            cpu_ms(lambda more=more: opened.page(f"/documents/{documents[0].id}/acquaintance{more}", Role.CLERK), runs, warm_up=2),
            "ms",
            runs,
            aim=PAGE_AIM,
            wish=PAGE_AIM / 2,
        )


def fill_people(count: int) -> None:
    """A tree of units two deep, and people with posts in them; one of fifty has left."""
    organisation, top = Organisation.get(), Unit.get()
    units = [top.id]
    for number in range(UNITS):
        parent = top.id if number % 5 == 0 else units[-(number % 5)]
        units.append(Unit.create(organisation=organisation, name=f"Отдел {number + 1}", parent=parent).id)
    first = (Employee.select(Employee.id).order_by(Employee.id.desc()).scalar() or 0) + 1
    people = [
        {"id": first + place, "surname": f"Исполнитель{place:04}", "name": "Анна", "patronymic": "Львовна", "gender": "f"}
        for place in range(count)
    ]
    posts = [
        {
            "employee": first + place,
            "unit": units[place % len(units)],
            "title": "специалист",
            "since": dt.date(2020, 1, 1),
            "until": dt.date(2025, 12, 31) if place % 50 == 7 else None,
        }
        for place in range(count)
    ]
    with db.transaction():
        for start in range(0, count, BATCH):
            Employee.insert_many(people[start : start + BATCH]).execute()
            Post.insert_many(posts[start : start + BATCH]).execute()


def fill_assignments(count: int) -> None:
    """As the operations write them, many in a statement: four of five by a document, one of ten extended."""
    filling = _Filling()
    with db.transaction():
        for start in range(1, count + 1, BATCH):
            rows = [filling.row(number) for number in range(start, min(start + BATCH, count + 1))]
            Assignment.insert_many(rows).execute()
            people = [one for row in rows for one in filling.people_of(row)]
            for portion in range(0, len(people), BATCH):
                AssignmentPerson.insert_many(people[portion : portion + BATCH]).execute()
            extensions = [filling.extension(row) for row in rows if row["first_due"] != row["due"]]
            if extensions:
                DueExtension.insert_many(extensions).execute()
    db.database.execute_sql("ANALYZE")
    db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


class _Filling:
    def __init__(self) -> None:
        self.dice = random.Random(7)
        self.people = [one for (one,) in Post.select(Post.employee).order_by(Post.id).tuples()]
        signed = Document.select(Document.id).where(Document.preparation == "signed").order_by(Document.id)
        self.documents = [one for (one,) in signed.tuples()]
        self.first = (Assignment.select(Assignment.id).order_by(Assignment.id.desc()).scalar() or 0) + 1

    def row(self, number: int) -> dict[str, Any]:
        dice = self.dice
        first_due = dt.date(2023, 1, 9) + dt.timedelta(days=dice.randrange(1180))
        due = first_due + dt.timedelta(days=14) if number % 10 == 0 else first_due
        state = dice.choices(list(STATES), list(STATES.values()))[0]
        if state not in {State.REMOVED, State.DONE, State.CANCELLED} and due < TODAY - dt.timedelta(days=120):
            state = State.REMOVED
        done = state in {State.REMOVED, State.DONE}
        by_document = number % 5 != 0
        return {
            "id": self.first + number - 1,
            "root": self.first + number - 1,
            "document": dice.choice(self.documents) if by_document else None,
            "point": f"{number % 7 + 1}" if by_document else "",
            "author": self.people[0],
            "author_name": "Лаврова О. С.",
            "responsible": dice.choice(self.people),
            "controller": self.people[1 + number % 3],
            "text": " ".join(dice.choices(WORDS, k=14)).capitalize(),
            "on_control": number % 3 != 0,
            "deadline_kind": DeadlineKind.DATE,
            "counted_from": first_due - dt.timedelta(days=20),
            "due": due,
            "first_due": first_due,
            "state": state,
            "state_at": NOW,
            "made_by": "Лаврова О. С.",
            "made_at": NOW,
            "given_at": NOW,
            "done_on": due + dt.timedelta(days=dice.choice((-4, -1, 0, 0, 3))) if done else None,
        }

    @staticmethod
    def people_of(row: dict[str, Any]) -> list[dict[str, Any]]:
        parts = ((Part.AUTHOR, row["author"]), (Part.RESPONSIBLE, row["responsible"]), (Part.CONTROLLER, row["controller"]))
        return [{"assignment": row["id"], "employee": who, "part": part} for part, who in parts]

    @staticmethod
    def extension(row: dict[str, Any]) -> dict[str, Any]:
        asked = dt.datetime.combine(row["first_due"] - dt.timedelta(days=2), dt.time(9), dt.UTC)
        return {
            "assignment": row["id"],
            "state": ExtensionState.GRANTED,
            "due_was": row["first_due"],
            "wanted": row["due"],
            "reason": "ждём сведений школ",
            "asked_by": "Исполнитель А. Л.",
            "asked_at": asked,
            "granted": row["due"],
            "answered_at": asked,
        }


def _bare_rows(connection: sqlite3.Connection, count: int) -> None:
    """What a sheet writes, with nothing asked, checked or told: its lines alone."""
    connection.execute("CREATE TABLE IF NOT EXISTS bare (sheet int, employee int, place int, name text, post text, state text, asked text)")
    connection.execute("CREATE UNIQUE INDEX IF NOT EXISTS bare_line ON bare (sheet, employee)")
    sheet = connection.execute("SELECT count(*) FROM bare").fetchone()[0]
    rows = [(sheet, place, place, "Исполнитель А. Л.", "специалист", "asked", "2026-03-16") for place in range(count)]
    with connection:
        connection.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _bare_list() -> FlaskClient:
    """A stock list of the same table, without people, frame or words of ours."""

    class Bare(ModelView):
        page_size = PAGE
        column_list = ("text", "due", "state", "done_on")

    app = Flask("bare")
    app.secret_key = "bare"
    Babel(app)
    Admin(app, name="bare").add_view(Bare(Assignment, endpoint="assignment"))
    return app.test_client()


def _whole(client: FlaskClient) -> None:
    response = client.get("/admin/assignment/")
    assert response.status_code == 200, response.status
