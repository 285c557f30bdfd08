"""An office with something of everything, and calls as a client of Odoo makes them."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Any

from roadmapdocs.acquaintance.operations import send as send_to_read
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.approvals.plans import Plan as Way
from roadmapdocs.approvals.signature_rules import set_rule
from roadmapdocs.assignments.operations import give
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.coverage.operations import link, slots_of
from roadmapdocs.coverage.rules import Slot
from roadmapdocs.documents.comments import comment
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.versions import add_version, attach
from roadmapdocs.erp.odoo.calls import call
from roadmapdocs.erp.odoo.context import Office as Installed
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.people.tokens import Bearer, Scope
from roadmapdocs.roadmap.models import ExpectedDocument
from tests import factories as make
from tests.approvals.office import Office, make_office
from tests.conftest import NOW, TODAY

DOCUMENT = "roadmap.document"
CLERK, HEAD, DRAFTER, LAWYER, DEPUTY, ADMINISTRATOR = "Лукина", "Ветрова", "Дёмина", "Нечаев", "Соболев", "Юдина"
ADDRESS = "https://registry.example"
_numbers = itertools.count(1)


@dataclass
class Desk:
    """``office`` has the people; calls are made as one of them."""

    office: Office

    def bearer(self, surname: str, *scopes: Scope) -> Bearer:
        user = User.get_by_id(self.office.users[surname].id)
        return Bearer(self.office.actor(surname), user, frozenset(scopes or (Scope.READ, Scope.WRITE)))

    def installed(self) -> Installed:
        return Installed(now=NOW, today=TODAY, store=self.office.store, zone="Europe/Moscow", url=ADDRESS)

    def call(self, surname: str, model: str, method: str, *args: object, **kwargs: object) -> Any:
        bearer = self.bearer(surname)
        return call(bearer, self.installed(), protocol="test", model=model, method=method, args=args, kwargs=kwargs)

    def one(self, surname: str, model: str, number: int, *fields: str) -> Any:
        """The record's fields; of one field its value."""
        (found,) = self.call(surname, model, "read", [number], list(fields))
        return found[fields[0]] if len(fields) == 1 else found

    def ids(self, surname: str, model: str, *domain: object) -> list[int]:
        found: list[int] = self.call(surname, model, "search", list(domain))
        return found


def make_desk(store: MemoryStore | None = None) -> Desk:
    office = make_office()
    if store is not None:
        office.store = store
    office.users[ADMINISTRATOR] = create_user("admin", make.PASSWORD, [Role.ADMINISTRATOR], by=SYSTEM, now=NOW)
    return Desk(office)


def signed(desk: Desk, title: str = "Об итогах смотра школьных библиотек", **card: object) -> Document:
    """An order that was brought in with its number, with a text and a file beside it."""
    head = desk.office.people[HEAD]
    values = {"number": f"{next(_numbers)}-О", "date": dt.date(2026, 2, 2), "preparation": Preparation.SIGNED, **card}
    values |= {"signer": str(head), "signer_id": head.id, "unit_id": desk.office.unit.id}
    clerk = desk.office.actor(CLERK)
    made = create_document(Card("order_main", title, **values), by=clerk, now=NOW, today=TODAY)
    add_version(made, f"Приказываю: {title}.".encode(), "приказ.txt", store=desk.office.store, brought_in=True, by=clerk, now=NOW)
    return Document.get_by_id(made.id)


def furnished(store: MemoryStore | None = None) -> tuple[Desk, dict[str, int]]:
    """A desk with one of each thing; the ids of the documents "signed", "draft" and "sent", and of the "roadmap"."""
    desk = make_desk(store)
    office = desk.office
    clerk = office.actor(CLERK)
    order = signed(desk)
    attach(order, "Справка к приказу.".encode(), "справка.txt", title="Справка", store=office.store, by=clerk, now=NOW)
    comment(order, "Проверить <приложение>.", by=clerk, now=NOW)
    set_rule(signed(desk, "О простой электронной подписи").id, dt.date(2026, 2, 2), by=SYSTEM, now=NOW)
    draft = office.document("О проведении месячника чтения")
    sent = office.document("О летнем чтении")
    office.send(sent, Way((office.step(LAWYER, DEPUTY),)))
    send_to_read(order.id, Addressees(employees=(office.people[DRAFTER].id,)), by=clerk, now=NOW, today=TODAY)
    edition = make.roadmap(make.item("1.1", "Провести смотр школьных библиотек", make.yearly()), make.item("1.2", "Обновить фонды", make.deadline(2026, 12, 1)))
    expected = ExpectedDocument.select().order_by(ExpectedDocument.id).first()
    link(expected.id, slot_of(expected, 2026).key, order, by=clerk, now=NOW)
    deadline = Deadline(DeadlineKind.DATE, date=dt.date(2026, 4, 3))
    give(
        [Plan(text="Подготовить список книг", responsible=office.people[DEPUTY].id, deadline=deadline, document=order.id)],
        by=office.actor(HEAD), now=NOW, today=TODAY,
    )
    return desk, {"signed": order.id, "draft": draft.id, "sent": sent.id, "roadmap": edition.roadmap_id}


def slot_of(expected: ExpectedDocument, year: int) -> Slot:
    return next(slot for slot in slots_of(expected) if slot.year == year)
