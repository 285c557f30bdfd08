"""Real clients of a running server that act at the same moment, on both databases: nothing is lost, nothing is done twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from roadmapdocs import db
from roadmapdocs.audit.operations import verify
from roadmapdocs.documents.defaults import load_defaults
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.erp.models import IdempotencyKey
from roadmapdocs.registration.models import Entry
from roadmapdocs.web.api.asking import LIMIT_SETTING
from tests.conftest import NOW
from tests.web.api.conftest import Api, api_on
from tests.web.api.crowd import Answer, Call, at_once, serving
from tests.web.office import document

DOCUMENTS = "/api/v1/documents"
CARD = {"kind": "order_main", "title": "On the reading week"}
MANY = 20


@dataclass
class Crowd:
    api: Api
    port: int

    def at_once(self, *calls: Call) -> list[Answer]:
        return at_once(self.port, self.api.secret(), calls)


@pytest.fixture
def crowd(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crowd]:
    load_defaults(NOW)
    api = api_on(database, tmp_path)
    monkeypatch.setitem(api.app.config, LIMIT_SETTING, "1000000 per minute")
    api.secret()
    with serving(api.app) as port:
        yield Crowd(api, port)
    if not db.database.is_closed():
        db.database.close()


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


def test_of_two_changes_of_one_reading_one_is_told_that_it_is_stale(crowd: Crowd) -> None:
    tag = crowd.api.post("/documents", CARD).headers["ETag"]
    number = Document.get().id
    titles = [f"Title {place}" for place in range(6)]
    answers = crowd.at_once(*(Call("PATCH", f"{DOCUMENTS}/{number}", {"title": title}, {"If-Match": tag}) for title in titles))
    assert statuses(answers) == {200: 1, 412: 5}
    kept = next(title for title, answer in zip(titles, answers, strict=True) if answer.status == 200)
    assert (Document.get_by_id(number).title, Document.get_by_id(number).revision) == (kept, 2)


def test_a_call_that_is_sent_twenty_times_at_once_makes_one_document(crowd: Crowd) -> None:
    answers = crowd.at_once(*[Call("POST", DOCUMENTS, CARD, {"Idempotency-Key": "3f1c"})] * MANY)
    assert statuses(answers) == {201: MANY}
    assert Document.select().count() == 1
    assert len({answer.body for answer in answers}) == 1
    assert Counter(answer.headers.get("Idempotency-Replayed") for answer in answers) == {None: 1, "true": MANY - 1}
    assert IdempotencyKey.select().count() == 1
    assert verify() is None


def test_calls_with_one_key_and_two_bodies_are_one_document_and_refusals(crowd: Crowd) -> None:
    bodies = [{**CARD, "title": f"Title {place % 2}"} for place in range(8)]
    answers = crowd.at_once(*(Call("POST", DOCUMENTS, body, {"Idempotency-Key": "one"}) for body in bodies))
    assert statuses(answers) == {201: 4, 422: 4}
    assert {answer.json["code"] for answer in answers if answer.status == 422} == {"idempotency_mismatch"}
    assert Document.select().count() == 1


@pytest.mark.parametrize("key", [None, "register"])
def test_a_document_that_all_register_at_once_gets_one_number(crowd: Crowd, key: str | None) -> None:
    row = document(number="")
    headers = {"Idempotency-Key": key} if key else {}
    answers = crowd.at_once(*[Call("POST", f"{DOCUMENTS}/{row.id}/@workflow/register", {}, headers)] * 8)
    assert statuses(answers) == ({200: 8} if key else {200: 1, 409: 7})
    assert len({answer.json["number"] for answer in answers if answer.status == 200}) == 1
    assert Entry.select().count() == 1


def test_documents_that_are_registered_at_once_get_numbers_in_a_row(crowd: Crowd) -> None:
    rows = [document(f"Document {place}", number="") for place in range(8)]
    answers = crowd.at_once(*(Call("POST", f"{DOCUMENTS}/{row.id}/@workflow/register", {"revision": 1}) for row in rows))
    assert statuses(answers) == {200: 8}
    assert sorted(entry.n for entry in Entry.select()) == list(range(1, 9))


def test_files_that_come_at_once_are_versions_in_a_row(crowd: Crowd) -> None:
    number = crowd.api.post("/documents", CARD).json["id"]
    path = f"{DOCUMENTS}/{number}/@versions?name=text.txt"
    answers = crowd.at_once(*(Call("POST", path, f"Text {place}".encode()) for place in range(6)))
    assert statuses(answers) == {201: 6}
    assert sorted(version.number for version in DocumentVersion.select()) == list(range(1, 7))
