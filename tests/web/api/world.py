"""An office behind the API with something of everything, open and secret, for tests that walk all operations.

``values`` are ids of what everybody of the office may read, ``secret`` those of what is Нечаев's, the clerk's and the
executive's alone: a document with personal data, and all that hangs on it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roadmapdocs import db
from roadmapdocs.access.rules import Mark
from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.acquaintance.operations import send
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.approvals.effects import Start
from roadmapdocs.approvals.models import Route, Visa
from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.rules import VisaState
from roadmapdocs.approvals.signature_rules import set_rule
from roadmapdocs.assignments.executing import ReportFile, report, take
from roadmapdocs.assignments.models import AssignmentFile
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.operations import link
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version, attach
from roadmapdocs.people.models import ApiToken, User
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.registration.models import Journal
from roadmapdocs.registration.operations import reserve
from roadmapdocs.registration.patterns import Context
from roadmapdocs.web.api.asking import LIMIT, LIMIT_SETTING
from tests import factories as make
from tests.assignments.office import CLERK, HEAD, Office, make_office
from tests.cases.made import case as make_case
from tests.conftest import NOW, TODAY
from tests.web.api.conftest import Api, api_on

SECRET = "Premium"
#: For what a number is kept, which only those who keep the journal are told.
KEPT_FOR = "Letter of thanks"
HOLDER, STRANGER = "Нечаев", "Дёмина"
#: Who asks, by role. Somebody of each, and nobody of them but the clerk and the executive may read what is secret.
PEOPLE = {Role.CLERK: CLERK, Role.EXECUTIVE: HEAD, Role.STAFF: STRANGER, Role.COORDINATOR: "Исаев"}
#: What is Нечаев's alone.
OWN = ("acquaintance_id", "token_id")


@dataclass
class World:
    api: Api
    office: Office
    values: dict[str, Any]
    secret: dict[str, Any]

    def caller(self, role: Role | None) -> User | None:
        """None calls without a token."""
        return self.api.user(role) if role is not None else None


def world_on(address: str, data: Path) -> World:
    api = api_on(address, data)
    office = make_office()
    office.store = api.store  # type: ignore[assignment]  # one in memory, too
    api.users |= {role: office.users[surname] for role, surname in PEOPLE.items()}
    api.users[Role.ADMINISTRATOR] = create_user("admin", "long enough for all", [Role.ADMINISTRATOR], by=SYSTEM, now=NOW)
    for user in api.users.values():
        api.secret(user)
    rule = _document(office, "О простой подписи", number="1-П", preparation=Preparation.SIGNED)
    set_rule(rule.id, dt.date(2026, 2, 2), by=SYSTEM, now=NOW)
    route = _route(office)
    shared = {
        "organisation_id": office.unit.organisation_id,
        "unit_id": office.unit.id,
        "employee_id": office.id(STRANGER),
        "case_id": make_case().id,
        "route_id": route.id,
        **_roadmap(),
        **_journal(),
        "code": "order_main",
    }
    opened = _of_document(api, office, "О смотре библиотек", HEAD, mark=Mark.GENERAL)
    hidden = _of_document(api, office, f"{SECRET} order", HOLDER, mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    expected, period = shared["expected_id"], shared["period"]
    link(expected, period, get_document(hidden["document_id"]), by=SYSTEM, now=NOW)
    return World(api, office, {**shared, **opened}, {**shared, **hidden})


def _document(office: Office, title: str, **values: Any) -> Document:
    card = {"date": dt.date(2026, 2, 2), "signer": "Ветрова М. И.", "signer_id": office.id(HEAD), **values}
    return get_document(create_document(Card("order_main", title, **card), by=SYSTEM, now=NOW, today=TODAY).id)


def _of_document(api: Api, office: Office, title: str, reader: str, **mark: Any) -> dict[str, Any]:
    """A draft on its way with a visa of ``reader``, and a signed document that they read and have to carry out."""
    draft = _document(office, f"{title}, draft", date=None, preparation=Preparation.DRAFT, **mark)
    add_version(draft, f"{title} draft".encode(), f"{title}.txt", store=api.store, by=SYSTEM, now=NOW)
    plan = Plan((Step(Mode.TOGETHER, (Addressee(How.PERSON, str(office.id(reader))),)),))
    perform(draft.id, "send_for_approval", answers=Answers(enclosed=Start(plan)), by=SYSTEM, now=NOW, today=TODAY)
    signed = _document(office, title, number=f"{draft.id}-О", preparation=Preparation.SIGNED, **mark)
    version = add_version(signed, title.encode(), f"{title}.txt", store=api.store, by=SYSTEM, now=NOW)
    attached = attach(signed, f"{title} scan".encode(), "scan.txt", title=title, store=api.store, by=SYSTEM, now=NOW)
    tied = DocumentLink.create(source=signed, target=draft, kind="other", made_by="Лукина М. И.", made_at=NOW)
    send(signed.id, Addressees(employees=(office.id(reader),)), by=SYSTEM, now=NOW, today=TODAY)
    given = office.give(reader, by=CLERK, text=f"{title}: carry out", author=CLERK, document=signed)
    told: dict[str, Any] = {"by": office.actor(reader), "now": NOW, "today": TODAY}
    take(given.id, **told)
    report(given.id, f"{title} is done", files=[ReportFile(title.encode(), f"{title}.txt")], store=api.store, **told)
    api.secret(office.users[reader])
    return {
        "document_id": signed.id,
        "other_document_id": draft.id,
        "version_id": version.id,
        "attachment_id": attached.id,
        "link_id": tied.id,
        "visa_id": Visa.get((Visa.document == draft) & (Visa.state == VisaState.OPEN)).id,
        "acquaintance_id": Acquaintance.get(Acquaintance.document == signed).id,
        "assignment_id": given.id,
        "file_id": AssignmentFile.select().order_by(AssignmentFile.id.desc()).get().id,
        "token_id": ApiToken.get(ApiToken.user == office.users[reader]).id,
    }


def _roadmap() -> dict[str, Any]:
    edition = make.roadmap(
        make.item("1.1", "Смотр библиотек", make.deadline(2025, 12, 1)),
        make.item("1.2", "Чтения", make.yearly(), make.deadline(2026, 6, 1)),
    )
    (slot,) = coverage_of(edition, today=TODAY).items[0].slots
    item = edition.items[0]
    return {
        "roadmap_id": edition.roadmap_id,
        "item_id": item.id,
        "expected_id": slot.expected.id,
        "period": slot.slot.key,
    }


def _journal() -> dict[str, Any]:
    journal = Journal.get(Journal.code == "order_main")
    told: dict[str, Any] = {"context": Context(), "by": SYSTEM, "now": NOW, "today": TODAY}
    reserve(journal, on=TODAY, reserved_for="Приказ на бумаге", **told)
    kept = reserve(journal, on=TODAY, reserved_for=KEPT_FOR, **told)
    return {"journal_id": journal.id, "entry_id": kept.id}


def _route(office: Office) -> Route:
    plan = Plan((Step(Mode.TURN, (Addressee(How.PERSON, str(office.id(HEAD))),)),))
    return Route.create(name="По кругу", plan=plan.as_json(), changed_at=NOW, kinds=["order_main"])  # type: ignore[no-any-return]


@functools.cache
def _furnished(migrated: Path) -> tuple[bytes, World]:
    """The office made once, as a file: copying it is faster than making it for each test."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "registry.sqlite3"
        file.write_bytes(migrated.read_bytes())
        world = world_on(f"sqlite:///{file}", Path(folder))
        db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.database.close()
        return file.read_bytes(), world


@contextlib.contextmanager
def opened_world(migrated: Path, folder: Path) -> Iterator[World]:
    """A world of its own, whose calls nobody counts. ``migrated`` is a database to begin with."""
    data, made = _furnished(migrated)
    file = folder / "registry.sqlite3"
    file.write_bytes(data)
    api = api_on(f"sqlite:///{file}", folder, store=made.api.store)
    api.users, api.secrets = dict(made.api.users), dict(made.api.secrets)
    before = api.app.config.get(LIMIT_SETTING)
    api.app.config[LIMIT_SETTING] = "1000000 per minute"
    try:
        yield World(api, made.office, dict(made.values), dict(made.secret))
    finally:
        api.app.config[LIMIT_SETTING] = before or LIMIT
        if not db.database.is_closed():
            db.database.close()
