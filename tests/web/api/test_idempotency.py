"""``Idempotency-Key`` by REST: what is sent again is answered again and not done again."""

from __future__ import annotations

import pytest

from roadmapdocs.documents.models import Comment, Document
from roadmapdocs.erp.models import IdempotencyKey
from roadmapdocs.people.rules import Role
from roadmapdocs.web.api import documents
from tests.web.api.conftest import Api
from tests.web.office import document

CARD = {"kind": "order_main", "title": "О неделе чтения"}
KEY = {"Idempotency-Key": "0b5f1d1e"}


def test_the_answer_is_the_first_one_to_the_letter(api: Api) -> None:
    first, again = (api.post("/documents", CARD, headers=KEY) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    for name in ("Location", "ETag", "Content-Type"):
        assert first.headers[name] == again.headers[name]
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
    assert Document.select().count() == 1


def test_without_a_key_each_call_is_a_new_one(api: Api) -> None:
    for _ in range(2):
        api.post("/documents", CARD)
    assert Document.select().count() == 2


@pytest.mark.parametrize(
    ("path", "body"), [("/documents", {**CARD, "title": "Иное"}), ("/documents?x=1", CARD), ("/documents/1/@comments", CARD)]
)
def test_a_key_belongs_to_one_call(api: Api, path: str, body: object) -> None:
    api.post("/documents", CARD, headers=KEY)
    answer = api.post(path, body, headers=KEY)
    assert answer.status_code == 422
    assert Document.select().count() == 1
    assert not Comment.select().exists()


def test_a_key_of_another_person_is_another_key(api: Api) -> None:
    api.post("/documents", CARD, headers=KEY)
    assert api.post("/documents", CARD, headers=KEY, who=Role.COORDINATOR).status_code == 201
    assert Document.select().count() == 2


def test_a_refused_call_leaves_its_key_free(api: Api) -> None:
    assert api.post("/documents", {**CARD, "kind": "edict"}, headers=KEY).status_code == 422
    assert api.post("/documents", CARD, headers=KEY).status_code == 201


def test_a_call_that_breaks_in_the_middle_has_not_been_done(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(api.app.config, "TESTING", False)
    monkeypatch.setitem(api.app.config, "PROPAGATE_EXCEPTIONS", False)
    with monkeypatch.context() as patch:
        patch.setattr(documents, "card_answer", broken)
        assert api.post("/documents", CARD, headers=KEY).status_code == 500
    assert not Document.select().exists()
    assert not IdempotencyKey.select().exists()
    assert api.post("/documents", CARD, headers=KEY).status_code == 201


def test_an_answer_is_given_again_even_when_it_could_not_be_done_again(api: Api) -> None:
    row = document(number="")
    answers = [api.post(f"/documents/{row.id}/@workflow/register", {}, headers=KEY) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json["number"] == answers[1].json["number"] != ""


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"])
def test_a_key_that_is_none_is_refused_before_anything_is_done(api: Api, key: str) -> None:
    answer = api.post("/documents", CARD, headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key")
    assert not Document.select().exists()
