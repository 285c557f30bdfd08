"""A made-up Odoo with people in it, and a registered document of ours that belongs to one of its partners."""

from __future__ import annotations

import dataclasses
from typing import Any

from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.versions import add_version
from roadmapdocs.erp.connector.pulling import SOURCE
from roadmapdocs.erp.link_rules import Target
from roadmapdocs.erp.links import link_document
from roadmapdocs.files.store import FileStore
from roadmapdocs.people.rules import SYSTEM
from tests import factories as make
from tests.conftest import NOW
from tests.erp.connector.fake import FakeOdoo

TEXT = "О неделе чтения".encode()
WRITTEN = "2026-03-15 10:00:00"


def odoo_with_people() -> FakeOdoo:
    """A company, two departments, three employees, two accounts, a partner of each account."""
    odoo = FakeOdoo()
    common: dict[str, Any] = {"write_date": WRITTEN, "active": True}
    odoo.put("res.company", id=1, name="Отдел образования", **common)
    odoo.put("hr.department", id=1, name="Отдел чтения", parent_id=False, company_id=[1, "х"], manager_id=[11, "х"], **common)
    odoo.put("hr.department", id=2, name="Группа сказок", parent_id=[1, "х"], company_id=[1, "х"], manager_id=False, **common)
    for number, name, unit, user in (
        (11, "Зарецкая Ирина Павловна", 1, 101),
        (12, "Ломов Пётр Ильич", 2, 102),
        (13, "Ольга Сергеевна Туманова", 2, 0),
    ):
        user_id = [user, "х"] if user else False
        place = {"department_id": [unit, "х"], "job_title": "Методист", "job_id": False, "user_id": user_id}
        odoo.put("hr.employee", id=number, name=name, work_email=f"e{number}@example.test", gender=False, **place, **common)
    for number, login, groups in ((101, "zaretskaya", [5]), (102, "lomov", [])):
        odoo.put("res.users", id=number, login=login, group_ids=groups, partner_id=[number + 100, "х"], **common)
        odoo.put("res.partner", id=number + 100, name=login)
    odoo.put("res.groups", id=5, name="Делопроизводители")
    odoo.put("ir.model", id=77, model="res.partner")
    return odoo


def registered(store: FileStore, *, mark: str = "general") -> Document:
    """A registered document with a text."""
    document = make.document(preparation=Preparation.DRAFT)
    add_version(document, TEXT, "приказ.txt", store=store, by=SYSTEM, now=NOW)
    Document.update(registration="registered", preparation="signed", mark=mark).where(Document.id == document.id).execute()
    return Document.get_by_id(document.id)


def linked(document: Document, partner: int = 201, title: str = "zaretskaya") -> None:
    link_document(document.id, Target(SOURCE, "res.partner", str(partner), title, ""), by=dataclasses.replace(SYSTEM), now=NOW)
