"""Journals and cases over REST: numbers with what each reader may know of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.models import Event
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.models import Organisation, UserOrganisation
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.registration.models import Counter, Entry, Journal
from tests.conftest import NOW, TODAY
from tests.web.api.world import KEPT_FOR, SECRET, World, opened_world


@pytest.fixture
def world(migrated_file: Path, tmp_path: Path) -> Iterator[World]:
    with opened_world(migrated_file, tmp_path) as made:
        yield made


def journal(world: World) -> str:
    return f"/journals/{world.values['journal_id']}"


def test_the_next_number_is_told_and_not_taken(world: World) -> None:
    told = [world.api.get(f"{journal(world)}/@next").json for _twice in range(2)]
    assert told[0] == told[1] == {"n": 3, "number": "3", "freed": False, "previous_on": None}
    assert world.api.get(journal(world)).json["reserved"] == 2
    assert world.api.get(f"{journal(world)}/@next?on=1999-13-01").status_code == 422


def test_a_number_is_kept_once_however_often_the_call_is_sent(world: World) -> None:
    sent = {"reserved_for": "Приказ на бумаге"}
    answers = [
        world.api.post(f"{journal(world)}/@reserve", sent, headers={"Idempotency-Key": "the-only-one"}) for _twice in range(2)
    ]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    assert answers[0].json["number"] == "3"
    freed = world.api.post(f"{journal(world)}/entries/{answers[0].json['id']}/@release", {"reason": "Не понадобился"})
    assert freed.json["state"] == "free"
    assert world.api.get(f"{journal(world)}/@next").json["freed"]


@pytest.mark.parametrize("who", [Role.EXECUTIVE, Role.STAFF, Role.COORDINATOR])
def test_others_keep_no_numbers_and_do_not_learn_for_what_they_are_kept(world: World, who: Role) -> None:
    events = Event.select().count()
    assert world.api.post(f"{journal(world)}/@reserve", {"reserved_for": "so"}, who=who).status_code == 403
    entry = f"{journal(world)}/entries/{world.values['entry_id']}/@release"
    assert world.api.post(entry, {"reason": "so"}, who=who).status_code == 403
    assert Event.select().count() == events
    assert KEPT_FOR not in world.api.get(f"{journal(world)}/entries", who=who).text
    assert KEPT_FOR in world.api.get(f"{journal(world)}/entries").text


def test_entries_come_in_natural_order_in_pages_with_gaps_in_their_places(world: World) -> None:
    row = Journal.get_by_id(world.values["journal_id"])
    for n in (6, 7, 90):
        told = {"number": str(n), "key": str(n), "sort": f"{n:06}", "registered_on": TODAY, "by": "Лукина", "at": NOW}
        Entry.create(journal=row, period="2026", n=n, state="registered", **told)
    Counter.update(last=90).where(Counter.journal == row).execute()
    whole = world.api.get(f"{journal(world)}/entries").json["items"]
    assert [(one["first"], one["last"]) for one in whole] == [(1, 1), (2, 2), (3, 5), (6, 6), (7, 7), (8, 89), (90, 90)]
    found, address = [], f"{journal(world)}/entries?limit=2"
    while address:
        page = world.api.get(address).json
        found += page["items"]
        address = page["next"]
    assert found == whole
    gaps = world.api.get(f"{journal(world)}/gaps").json["items"]
    assert [(one["first"], one["state"]) for one in gaps if one["state"] == "never"] == [(3, "never"), (8, "never")]


def test_behind_a_number_a_closed_document_is_only_said_to_be(world: World) -> None:
    card = Card("note", f"{SECRET} note", signer="Ветрова М. И.", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    note = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
    for step in ("sign", "register"):
        perform(note.id, step, answers=Answers(reason="so"), by=SYSTEM, now=NOW, today=TODAY)
    address = f"/journals/{get_document(note.id).entry.journal_id}/entries"
    (clerk,) = world.api.get(address).json["items"]
    (staff,) = world.api.get(address, who=Role.STAFF).json["items"]
    assert (clerk["document"]["title"], clerk["restricted"]) == (f"{SECRET} note", False)
    assert (staff["document"], staff["restricted"], staff["number"]) == (None, True, clerk["number"])


def test_a_journal_of_another_organisation_is_not_there(world: World) -> None:
    other = Organisation.create(name="Другая", short_name="Другая", genitive="другой")
    row = Journal.create(code="alien", name="Чужой", series="alien", organisation=other, pattern="{n}", reset="year")
    clerk = world.api.user(Role.CLERK)
    assert world.api.get(f"/journals/{row.id}").status_code == 200
    UserOrganisation.create(user=clerk, organisation=world.office.unit.organisation_id)
    assert world.api.get(f"/journals/{row.id}").status_code == 404
    assert row.id not in [one["id"] for one in world.api.get("/journals").json["items"]]


def test_a_case_counts_and_lists_what_is_open_to_the_reader(world: World) -> None:
    case = world.values["case_id"]
    ids = [world.values["document_id"], world.secret["document_id"]]
    Document.update(case=case).where(Document.id.in_(ids)).execute()
    for who, count in ((Role.CLERK, 2), (Role.STAFF, 1)):
        assert world.api.get(f"/cases/{case}", who=who).json["documents"] == count
        listed = world.api.get(f"/cases/{case}/documents", who=who)
        assert len(listed.json["items"]) == count
        assert (SECRET in listed.text) is (count == 2)
    assert world.api.get("/cases/999").status_code == 404
    assert [one["id"] for one in world.api.get("/cases?year=2026").json["items"]] == [case]
    assert world.api.get("/cases?year=1999").json["items"] == []
