"""Documents by REST: the list, cards, steps, links, history."""

from __future__ import annotations

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.models import Event
from roadmapdocs.documents.models import Document
from roadmapdocs.people.models import ApiToken
from roadmapdocs.people.rules import Role
from tests.web.api.conftest import Api
from tests.web.office import document

DRAFT = {"kind": "order_main", "title": "On the reading week"}


def made(api: Api, **values: object) -> tuple[int, str]:
    """Id and tag of a new card."""
    answer = api.post("/documents", {**DRAFT, **values})
    assert answer.status_code == 201, answer.text
    return answer.json["id"], answer.headers["ETag"]


def ids(api: Api, path: str, **more: object) -> list[int]:
    answer = api.get(path, **more)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json["items"]]


def test_a_new_card_is_a_draft_at_an_address_of_its_own(api: Api) -> None:
    answer = api.post("/documents", {**DRAFT, "summary": "One\ntwo", "fields": {"place": "Zarechye"}})
    assert answer.status_code == 201
    assert answer.headers["Location"] == answer.json["@id"]
    card = api.get(f"/documents/{answer.json['id']}").json
    assert card == answer.json
    assert (card["preparation"], card["registration"], card["revision"]) == ("draft", "unregistered", 1)
    assert (card["summary"], card["fields"]) == ("One\ntwo", {"place": "Zarechye"})
    assert card["may"] == {"change": True, "add_version": True, "attach": True, "link": True}


def test_what_a_token_does_stands_in_the_journal_with_the_token(api: Api) -> None:
    made(api)
    created = Event.get(Event.what == "document_created")
    assert created.effect["token"] == ApiToken.get().id
    assert created.who == api.actor().name


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": None}, "title"),
        ({"title": "x" * 2_001}, "title"),
        ({"colour": "red"}, "colour"),
        ({"unit_id": 77}, "unit_id"),
        ({"unit_id": 2**63}, "unit_id"),
        ({"unit_id": "1.5"}, "unit_id"),
        ({"unit_id": True}, "unit_id"),
        ({"date": "2026-02-30"}, "date"),
        ({"date": "0001-01-01"}, "date"),
        ({"number": "5"}, "number"),
        ({"preparation": "agreed"}, "preparation"),
        ({"preparation": "signed", "date": "2026-01-10"}, "number"),
        ({"preparation": "signed", "number": "1", "date": "2999-01-10"}, "date"),
        ({"mark": "personal"}, "mark_basis"),
        ({"fields": {"nobody_knows": "x"}}, "fields.nobody_knows"),
        ({"fields": {"place": ["a"]}}, "fields.place.value"),
        ({"fields": {"place": "x" * 501}}, "place"),
    ],
)
def test_what_makes_no_sense_on_a_card_is_told_field_by_field(api: Api, values: dict[str, object], field: str) -> None:
    answer = api.post("/documents", {**DRAFT, **values})
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert field in answer.json["details"]["fields"], answer.json
    assert not Document.select().exists()


def test_signs_that_no_database_keeps_do_no_harm(api: Api) -> None:
    answer = api.post("/documents", {**DRAFT, "title": "A\0B \ud800 C", "summary": "x\0y"})
    assert answer.status_code == 201
    assert answer.json["title"] == "A B C"


def test_an_unknown_kind_is_refused_by_its_code(api: Api) -> None:
    answer = api.post("/documents", {**DRAFT, "kind": "edict"})
    assert (answer.status_code, answer.json["code"]) == (422, "unknown_kind")


def test_a_document_that_is_brought_in_keeps_its_number(api: Api) -> None:
    values = {"preparation": "signed", "number": "14-О", "date": "2026-01-12"}
    number, _tag = made(api, **values)
    again = api.post("/documents", {**DRAFT, **values})
    assert (again.status_code, again.json["code"]) == (422, "number_taken")
    asked = "/documents/@number?kind=order_main&date=2026-03-01&number="
    assert api.get(f"{asked}14-о").json["document"] == number
    assert api.get(f"{asked}15-О").json == {"number": "15-О", "free": True, "document": None, "why_not": None}
    assert api.get(f"{asked}14-О&document={number}").json["free"] is True


def test_a_change_changes_what_it_names_and_nothing_else(api: Api) -> None:
    number, tag = made(api, summary="Stays", fields={"place": "Here", "keywords": "reading"})
    answer = api.patch(f"/documents/{number}", {"title": "Otherwise", "fields": {"place": None}}, tag)
    assert answer.status_code == 200, answer.text
    card = answer.json
    assert (card["title"], card["summary"], card["revision"]) == ("Otherwise", "Stays", 2)
    assert card["fields"] == {"keywords": "reading"}
    assert answer.headers["ETag"] != tag


def test_a_draft_gets_no_number_by_a_change(api: Api) -> None:
    number, tag = made(api)
    answer = api.patch(f"/documents/{number}", {"number": "5"}, tag)
    assert (answer.status_code, list(answer.json["details"]["fields"])) == (422, ["number"])


@pytest.mark.parametrize("path", ["", "/@workflow", "/@versions", "/@attachments", "/@links", "/@history", "/@sharing", "/@comments", "/@draft"])
def test_a_document_of_others_is_not_there(api: Api, path: str) -> None:
    hidden = document("Bonus of Lukina", mark=Mark.PERSONAL, mark_basis="152-FZ")
    nowhere = api.get(f"/documents/999999{path}", who=Role.STAFF).json
    answer = api.get(f"/documents/{hidden.id}{path}", who=Role.STAFF)
    assert answer.status_code == 404
    assert {**answer.json, "instance": ""} == {**nowhere, "instance": ""}
    assert api.get(f"/documents/{hidden.id}").status_code == 200


def test_a_document_of_others_is_in_no_list(api: Api) -> None:
    hidden = document("Bonus of Lukina", mark=Mark.PERSONAL, mark_basis="152-FZ")
    shown = document()
    assert ids(api, "/documents", who=Role.STAFF) == [shown.id]
    assert set(ids(api, "/documents")) == {shown.id, hidden.id}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"title": "Mine"}),
        ("POST", "/@workflow/sign", {}),
        ("POST", "/@comments", {"text": "x"}),
        ("POST", "/@links", {"kind": "other", "target": 1}),
        ("POST", "/@draft", {}),
        ("DELETE", "/@links/1?reason=x", None),
        ("DELETE", "/@attachments/1?reason=x", None),
    ],
)
def test_nobody_changes_what_they_may_not_read(api: Api, method: str, path: str, body: object) -> None:
    hidden = document("Bonus of Lukina", mark=Mark.PERSONAL, mark_basis="152-FZ")
    answer = api.call(method, f"/documents/{hidden.id}{path}", who=Role.STAFF, json=body, headers={"If-Match": '"1.x"'})
    assert (answer.status_code, answer.json["code"]) == (404, "no_document")


def test_staff_reads_and_makes_nothing(api: Api) -> None:
    row = document()
    assert api.post("/documents", DRAFT, who=Role.STAFF).status_code == 403
    tag = api.get(f"/documents/{row.id}", who=Role.STAFF).headers["ETag"]
    answer = api.patch(f"/documents/{row.id}", {"title": "Mine"}, tag, who=Role.STAFF)
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


class TestSteps:
    def test_a_document_is_signed_and_registered_step_by_step(self, api: Api) -> None:
        number, _tag = made(api)
        steps = {one["name"]: one for one in api.get(f"/documents/{number}/@workflow").json["transitions"]}
        assert steps
        closed = [one for one in steps.values() if not one["open"]]
        assert all(one["why_not"] for one in closed)

    def test_states_are_told_in_words(self, api: Api) -> None:
        told = api.get(f"/documents/{document().id}/@workflow").json
        states = {one["line"]: one for one in told["states"]}
        assert states["preparation"]["meaning"] == "signed"
        assert states["preparation"]["label"].lower() == "signed"

    def test_a_step_that_is_none_is_not_there(self, api: Api) -> None:
        answer = api.post(f"/documents/{document().id}/@workflow/fly", {})
        assert (answer.status_code, answer.json["code"]) == (404, "no_transition")

    def test_registration_gives_a_number_and_is_done_once(self, api: Api) -> None:
        row = document(number="")
        path = f"/documents/{row.id}/@workflow/register"
        first = api.post(path, {"revision": 1})
        assert first.status_code == 200, first.text
        assert first.json["number"]
        again = api.post(path, {"revision": 1})
        assert (again.status_code, again.json["code"]) == (409, "stale")
        assert (api.post(path, {}).status_code, api.post(path, {}).json["code"]) == (409, "moved")

    def test_a_step_about_another_state_than_the_present_is_not_taken(self, api: Api) -> None:
        row = document(number="")
        path = f"/documents/{row.id}/@workflow/register"
        assert api.post(path, {}, headers={"If-Match": '"7.x"'}).status_code == 412
        tag = api.get(f"/documents/{row.id}").headers["ETag"]
        assert api.post(path, {}, headers={"If-Match": tag}).status_code == 200

    def test_a_step_without_its_answer_names_what_is_asked(self, api: Api) -> None:
        row = document(number="")
        api.post(f"/documents/{row.id}/@workflow/register", {})
        answer = api.post(f"/documents/{row.id}/@workflow/annul", {})
        assert (answer.status_code, list(answer.json["details"]["fields"])) == (422, ["reason"])

    @pytest.mark.parametrize("answers", [{"date": "x"}, {"journal": 0}, {"reason": 5}, {"mood": "good"}, {"journal": 2**31}, "x"])
    def test_answers_that_make_no_sense_are_told_by_their_path(self, api: Api, answers: object) -> None:
        answer = api.post(f"/documents/{document(number='').id}/@workflow/register", {"answers": answers})
        assert answer.status_code == 422
        assert all(name.startswith("answers") for name in answer.json["details"]["fields"])


class TestLinks:
    def test_a_link_is_made_shown_on_both_sides_and_taken_off(self, api: Api) -> None:
        order, plan = document(), document("A plan", kind="plan", number="")
        answer = api.post(f"/documents/{order.id}/@links", {"kind": "approves", "target": plan.id})
        assert answer.status_code == 201, answer.text
        assert answer.json["other"]["id"] == plan.id
        (there,) = api.get(f"/documents/{plan.id}/@links").json["items"]
        assert (there["outgoing"], there["words"], there["other"]["id"]) == (False, "approved by", order.id)
        # Only the document that acts takes its links off.
        assert api.delete(f"/documents/{plan.id}/@links/{there['id']}?reason=x").status_code == 404
        assert api.delete(f"/documents/{order.id}/@links/{there['id']}").status_code == 422
        assert api.delete(f"/documents/{order.id}/@links/{there['id']}?reason=Mistaken").status_code == 204
        assert api.get(f"/documents/{order.id}/@links").json == {"items": [], "next": None}

    def test_a_link_to_what_is_hidden_tells_nothing(self, api: Api) -> None:
        order = document()
        hidden = document("Bonus of Lukina", mark=Mark.PERSONAL, mark_basis="152-FZ")
        api.post(f"/documents/{order.id}/@links", {"kind": "other", "target": hidden.id})
        assert api.get(f"/documents/{order.id}/@links", who=Role.STAFF).json["items"] == []
        told = api.get(f"/documents/{order.id}/@history", who=Role.STAFF).text
        assert "Bonus" not in told
        assert "changed a link with another document" in told

    def test_a_refused_link_says_why(self, api: Api) -> None:
        row = document()
        answer = api.post(f"/documents/{row.id}/@links", {"kind": "other", "target": row.id})
        assert (answer.status_code, answer.json["code"]) == (422, "link_itself")


def test_the_history_tells_of_each_change_and_of_comments(api: Api) -> None:
    number, tag = made(api)
    api.patch(f"/documents/{number}", {"title": "Otherwise"}, tag)
    said = api.post(f"/documents/{number}/@comments", {"text": "Well done"})
    assert said.status_code == 201
    entries = api.get(f"/documents/{number}/@history").json["items"]
    assert [one["what"] for one in entries] == ["commented", "document_changed", "document_created"]
    assert entries[0]["said"] == "Well done"
    assert all(one["text"] for one in entries)
    first = api.get(f"/documents/{number}/@history?limit=2")
    assert [one["what"] for one in api.get(first.json["next"]).json["items"]] == ["document_created"]
    assert [one["text"] for one in api.get(f"/documents/{number}/@comments").json["items"]] == ["Well done"]


def test_sharing_says_who_reads_and_why(api: Api) -> None:
    row = document("Bonus of Lukina", mark=Mark.PERSONAL, mark_basis="152-FZ")
    told = api.get(f"/documents/{row.id}/@sharing").json
    assert [one["right"] for one in told["rights"]] == ["read", "change", "add_version", "attach", "link"]
    assert told["mark_basis"] == "152-FZ"
    assert told["shut_out"]


def test_a_draft_is_printed_as_the_current_version(api: Api) -> None:
    number, _tag = made(api)
    answer = api.post(f"/documents/{number}/@draft", {"content": {}})
    assert answer.status_code == 201, answer.text
    assert answer.json["format"] == "docx"
    assert api.get(f"/documents/{number}/@draft").json["template"]
    refused = api.post(f"/documents/{number}/@draft", {"content": {"nobody": 1}})
    assert (refused.status_code, refused.json["code"]) == (422, "bad_values")
