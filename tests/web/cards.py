"""Documents on their way, for tests of the card: drafts, their texts, and steps taken by those who may."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.models import Employee, User
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from tests.conftest import NOW, TODAY
from tests.web.office import PASSWORD, Office, post

WAY = ("send_for_signing", "sign", "register")


def draft(title: str = "О неделе чтения", kind: str = "order_main", **card: object) -> Document:
    return create_document(Card(kind, title, signer="Лаврова О. С.", **card), by=SYSTEM, now=NOW, today=TODAY)


def with_text(office: Office, document: Document, text: str = "Приказываю провести неделю чтения") -> Document:
    store = FolderStore(office.app.extensions["roadmapdocs"].settings.files_folder)
    add_version(document, text.encode(), "Приказ.txt", store=store, by=SYSTEM, now=NOW)
    return document


def go(document: Document, *steps: str, **answers: object) -> Document:
    for step in steps:
        document = perform(document.id, step, answers=Answers(**answers), by=SYSTEM, now=NOW, today=TODAY)
    return document


def registered(office: Office, title: str = "О неделе чтения", *, day: dt.date = TODAY, **card: object) -> Document:
    """An order that went the whole way."""
    return go(with_text(office, draft(title, date=day, **card)), *WAY)


def act(client: FlaskClient, document: Document, step: str, **answers: object) -> TestResponse:
    """Take a step in the browser, from a page that was opened just now."""
    revision = Document.get_by_id(document.id).revision
    return post(client, f"/documents/{document.id}/act/{step}", **{"revision": str(revision), **answers})


@dataclass(frozen=True)
class Person:
    user: User
    employee: Employee


def person(surname: str, *roles: Role) -> Person:
    employee = Employee.create(surname=surname, name="Анна", patronymic="Олеговна", gender="f")
    return Person(create_user(f"{surname}.login", PASSWORD, roles, employee=employee, by=SYSTEM, now=NOW), employee)


def words(page: str) -> str:
    """The text of a page without its tags, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
