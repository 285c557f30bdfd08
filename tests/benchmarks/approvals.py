"""Deciding, alone and in bulk, and the list of what waits, in an office of many documents."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from roadmapdocs import db
from roadmapdocs.approvals.bulk import Choice, decide_many
from roadmapdocs.approvals.deciding import Verdict, decide
from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.rules import Decision, VisaState
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.models import Employee, User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import Actor, Role
from tests.benchmarks.measure import Figure, cpu_ms
from tests.benchmarks.office import Office, fill_documents, office
from tests.conftest import NOW, TODAY

WAITING, BULK = 500, 100
PAGE_AIM, DECISION_AIM, BULK_AIM = 50, 15, 1000
ROWS = (
    "SELECT v.id, v.due, d.id, d.title, k.short FROM rd_visa v JOIN rd_document d ON d.id = v.document_id "
    "JOIN rd_kind k ON k.id = d.kind_id WHERE v.employee_id = ? AND v.state = 'open' ORDER BY v.due LIMIT 500"
)


def figures(folder: Path, runs: int, size: int) -> Iterator[Figure]:
    """``size`` documents, of which five hundred wait for one executive."""
    with office(folder) as opened:
        fill_documents(size)
        opened.client_of(Role.EXECUTIVE)
        executive = actor_of(User.get(User.login == str(Role.EXECUTIVE)), today=TODAY)
        asked = _ask(executive, WAITING + BULK + 2 * runs + 10)
        with opened.raw() as connection:
            yield from _deciding(executive, asked, connection, size, runs)
            yield from _waiting(opened, executive, connection, size, runs)


def _waiting(opened: Office, executive: Actor, connection: sqlite3.Connection, size: int, runs: int) -> Iterator[Figure]:
    bare = cpu_ms(lambda: connection.execute(ROWS, (executive.employee_id,)).fetchall(), runs)
    first = Visa.select().where((Visa.employee == executive.employee_id) & (Visa.state == VisaState.OPEN)).first()
    for name, address in (("what waits", "/"), ("one to decide on", f"/decide/{first.document_id}")):
        yield Figure(
            f"approval {size:,}: {name}, {WAITING} waiting",
            cpu_ms(lambda address=address: opened.page(address, Role.EXECUTIVE), runs, warm_up=2),
            "ms",
            runs,
            aim=PAGE_AIM,
            wish=PAGE_AIM / 2,
            yardstick=bare,
            yardstick_name="SQLite: the rows that wait",
        )


def _deciding(executive: Actor, asked: list[Visa], connection: sqlite3.Connection, size: int, runs: int) -> Iterator[Figure]:
    visas = iter(asked)
    verdict = Verdict(Decision.AGREED)
    bare = cpu_ms(lambda: _bare(connection), runs)
    yield Figure(
        f"approval {size:,}: a decision",
        cpu_ms(lambda: _one(next(visas), verdict, executive), runs, warm_up=3),
        "ms",
        runs,
        aim=DECISION_AIM,
        wish=DECISION_AIM / 2,
        yardstick=bare,
        yardstick_name="a bare transaction of as many rows",
    )
    bulk = [Choice(one.document_id, one.version_id, one.id) for one in itertools.islice(visas, BULK)]
    yield Figure(
        f"approval {size:,}: {BULK} documents at once",
        cpu_ms(lambda: decide_many(bulk, by=executive, now=NOW, today=TODAY), 1, warm_up=0),
        "ms",
        1,
        aim=BULK_AIM,
        yardstick=bare * BULK,
        yardstick_name="as many bare transactions",
    )


def _one(visa: Visa, verdict: Verdict, by: Actor) -> None:
    version = DocumentVersion.get(DocumentVersion.document == visa.document_id)
    decide(visa.id, verdict, version=version.id, by=by, now=NOW, today=TODAY)


def _bare(connection: sqlite3.Connection) -> None:
    """What a decision writes, with nothing read, checked or told: visa, run, document, two entries of the journal."""
    moment = NOW.replace(tzinfo=None).isoformat(sep=" ")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE rd_visa SET reminded_at = ? WHERE id = 1", (moment,))
    connection.execute("UPDATE rd_run SET step = step WHERE id = 1")
    connection.execute("UPDATE rd_document SET revision = revision WHERE id = 1")
    for _ in range(2):
        connection.execute("UPDATE rd_journal_head SET number = number WHERE id = 1")
        connection.execute("UPDATE rd_event SET at = at WHERE id = 1")
    connection.commit()


def _ask(executive: Actor, count: int) -> list[Visa]:
    """Send so many drafts to the executive and then to a colleague; rows as the operations write them."""
    colleague = Employee.select().where(Employee.id != executive.employee_id).first()
    person = [Addressee(How.PERSON, str(one)) for one in (executive.employee_id, colleague.id)]
    plan = Plan(tuple(Step(Mode.TURN, (one,)) for one in person)).as_json()
    file = StoredFile.create(sha256="0" * 64, size=1, format="txt", stored_at=NOW)
    asked = []
    with db.transaction():
        for document in Document.select().where(Document.preparation == "draft").order_by(Document.id).limit(count):
            Document.update(preparation="in_approval", signer_employee=None).where(Document.id == document.id).execute()
            version = DocumentVersion.create(
                document=document, number=1, file=file, name="текст.txt", added_by="Лаврова О. С.", added_at=NOW
            )
            run = Run.create(document=document, number=1, plan=plan, started_by="Лаврова О. С.", started_at=NOW)
            columns = {"run": run, "document": document, "place": 0}
            visa = Visa.create(
                **columns, step=0, employee=executive.employee_id, name=executive.name, state=VisaState.OPEN, asked_at=NOW, due=TODAY
            )
            Visa.create(**columns, step=1, employee=colleague, name=str(colleague))
            visa.version_id = version.id
            asked.append(visa)
    db.database.execute_sql("ANALYZE")
    return asked
