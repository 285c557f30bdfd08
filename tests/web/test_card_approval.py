"""Approval on the card: where the document is, the picture of its route, what the drafter does, what a new text means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.approvals.models import Run, SignatureRule, Visa
from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.models import Post
from roadmapdocs.people.substitution import set_substitution
from tests.approvals.office import make_office
from tests.conftest import NOW, TODAY
from tests.web.cards import words
from tests.web.office import office_on, post, queries, upload
from tests.web.test_sheets import World


@pytest.fixture
def world(sqlite_address: str, tmp_path: Path) -> Iterator[World]:
    with office_on(sqlite_address, tmp_path) as office:
        people = make_office()
        people.store = office.app.extensions["roadmapdocs"].store
        yield World(office, people)


def card(world: World, document: Document, who: str = "Дёмина") -> str:
    return world.client(who).get(f"/documents/{document.id}").text


def parallel(world: World) -> Document:
    people = world.people
    document = people.document()
    people.send(document, Plan((people.step("Ярцева"), people.step("Нечаев", "Громова", mode=Mode.TOGETHER), people.step("Соболев"))))
    people.decide(document, "Ярцева")
    return document


def test_a_card_that_nobody_was_asked_about_has_no_block_of_approval(world: World) -> None:
    page = card(world, world.people.document())
    assert 'id="approval"' not in page
    assert "/approvals/" in page


def test_the_card_says_who_has_the_document_since_when_and_until_when(world: World) -> None:
    page = card(world, parallel(world))
    said = words(page)
    assert "Нечаев М. И. , юрист since 16.03.2026 12:30, term 19.03.2026" in said
    assert "1 of 4 visas" in said
    assert said.count("no decision yet") == 2
    assert "not asked yet" in said
    assert page.count('<li class="now" aria-current="step"><span class="rd-route__dot">') == 1
    assert "all together" in said


def test_whoever_is_late_is_said_to_be(world: World) -> None:
    document = parallel(world)
    Visa.update(due=TODAY - dt.timedelta(days=1)).where(Visa.employee == world.people.people["Громова"]).execute()
    assert words(card(world, document)).count("overdue") == 2


def test_an_absent_one_is_said_with_the_substitute_or_that_there_is_none(world: World) -> None:
    document, people = parallel(world), world.people
    by, until = people.actor("Лукина"), TODAY + dt.timedelta(days=3)
    for absent, others in (("Громова", []), ("Нечаев", [(people.people["Соболев"].id, [])])):
        set_substitution(people.people[absent].id, others, since=TODAY, until=until, reason="отпуск", by=by, now=NOW, today=TODAY)
    said = words(card(world, document))
    assert "away, and nobody stands in" in said
    assert "away; stands in: Соболев" in said
    # A substitute for other kinds is none here.
    assert "Decide" in words(card(world, document, "Соболев"))


def test_somebody_who_left_is_to_be_replaced(world: World) -> None:
    document = parallel(world)
    Post.update(until=TODAY - dt.timedelta(days=1)).where(Post.employee == world.people.people["Громова"]).execute()
    assert "does not work here any more: name somebody else" in words(card(world, document))


def test_each_sees_the_acts_that_are_theirs(world: World) -> None:
    document = parallel(world)
    visa = world.people.visa(document, "Нечаев")
    own, clerk, drafter = (card(world, document, who) for who in ("Нечаев", "Лукина", "Дёмина"))
    for page, there, absent in (
        (own, ("ask", "forward"), ("replace", "paper")),
        (clerk, ("replace", "paper"), ("ask", "forward")),
        (drafter, (), ("ask", "forward", "replace", "paper")),
    ):
        assert all(f"/approvals/visas/{visa.id}/{act}" in page for act in there)
        assert not any(f"/approvals/visas/{visa.id}/{act}" in page for act in absent)
    assert f'href="/decide/{document.id}"' in own
    assert f'action="/sheets/{document.id}/remind"' in drafter
    assert f'action="/sheets/{document.id}/remind"' in clerk
    assert f'action="/sheets/{document.id}/remind"' not in own


def test_a_guest_is_looked_after_from_the_card(world: World) -> None:
    people = world.people
    document = people.document()
    people.send(document, Plan((Step(Mode.TURN, (Addressee(How.GUEST, "Совет родителей", "sovet@zao.example"),)),)))
    page = card(world, document)
    assert f"/guest/links/{Visa.get().id}" in page
    assert "Совет родителей" in page


def test_a_returned_document_shows_who_did_not_agree_and_an_earlier_round(world: World) -> None:
    document, people = parallel(world), world.people
    people.decide(document, "Нечаев")
    people.decide(document, "Громова", Decision.REFUSED, comment="нет денег")
    page = card(world, document)
    assert "нет денег" in page
    assert 'class="stopped"' in page
    assert "Remind" not in page
    people.text(document, "Вторая редакция.")
    people.send(document, Plan((people.step("Нечаев"),)))
    assert "1 earlier round is on the sheet" in card(world, document)


def test_the_acting_head_is_named_with_the_order_when_it_is_time_to_sign(world: World) -> None:
    document = world.people.document()
    perform(document.id, "send_for_signing", by=world.people.actor("Лукина"), now=NOW, today=TODAY)
    assert "Signs: Ветрова М. И. , начальник управления" in words(card(world, document))
    by, absent = world.people.actor("Лукина"), world.people.people["Ветрова"].id
    set_substitution(absent, [], since=TODAY, until=TODAY, reason="отпуск", by=by, now=NOW, today=TODAY)
    assert "away, and no order appoints an acting head" in words(card(world, document))


def test_the_signer_signs_on_the_page_of_decisions_and_the_clerk_enters_paper_on_the_card(world: World) -> None:
    document = world.people.document()
    perform(document.id, "send_for_signing", by=world.people.actor("Лукина"), now=NOW, today=TODAY)
    assert f'href="/decide/{document.id}"' in card(world, document, "Ветрова")
    assert f'/documents/{document.id}/act/sign"' in card(world, document, "Лукина")


def test_a_signature_stands_on_the_card_with_its_mark_and_the_way_to_take_it_back(world: World) -> None:
    document = world.people.document()
    for step in ("send_for_signing", "sign"):
        perform(document.id, step, by=world.people.actor("Лукина"), now=NOW, today=TODAY)
    page = card(world, document, "Лукина")
    assert "On paper; the original with the signature is kept by the office" in page
    assert f"/documents/{document.id}/act/unsign" in page
    assert not SignatureRule.select().exists()


# What a new text means for visas.


def add(world: World, document: Document, **answers: str) -> None:
    response = post(world.client("Лукина"), f"/documents/{document.id}/versions", file=upload(b"another text", "2.txt"), **answers)
    assert response.status_code == 302


def test_a_draft_without_visas_is_not_asked_what_has_changed(world: World) -> None:
    document = world.people.document()
    assert 'name="substance"' not in world.client("Лукина").get(f"/documents/{document.id}/versions").text
    add(world, document, substance="editorial")
    # Nobody was asked, so nobody can be spared.
    assert DocumentVersion.get(DocumentVersion.number == 2).substantial


def test_a_change_of_wording_leaves_the_run_as_it_is(world: World) -> None:
    document = parallel(world)
    page = world.client("Лукина").get(f"/documents/{document.id}/versions").text
    assert 'value="substantial" checked' in page or 'checked id="substance-0"' in page
    assert "the route begins anew with this text" in page
    add(world, document, substance="editorial")
    assert Run.select().count() == 1
    said = words(card(world, document))
    assert "holds: from version 2 on only wording changed" in said
    assert "only wording changed" in said


@pytest.mark.parametrize("answers", [{}, {"substance": "substantial"}, {"substance": "nonsense"}])
def test_anything_else_is_a_change_of_substance_and_all_look_again(world: World, answers: dict[str, str]) -> None:
    document = parallel(world)
    add(world, document, **answers)
    assert [run.state for run in Run.select().order_by(Run.number)] == ["superseded", "under_way"]
    assert get_document(document.id).preparation == "in_approval"
    assert Visa.select().where((Visa.run == Run.get(Run.number == 2)) & (Visa.state == "given")).count() == 0


def test_a_long_route_costs_the_card_as_many_statements_as_a_short_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people = world.people
    short, long = people.document(), people.document("Другой")
    people.send(short, Plan((people.step("Нечаев"),)))
    everybody = ("Нечаев", "Громова", "Ярцева", "Соболев")
    people.send(long, Plan((people.step(*everybody, mode=Mode.TOGETHER), *(people.step(one) for one in everybody))))
    client, counts = world.client("Лукина"), []
    for document in (short, long):
        client.get(f"/documents/{document.id}")
        with queries(monkeypatch) as seen:
            client.get(f"/documents/{document.id}")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_working_copy_brings_home_what_it_says_of_its_text(world: World) -> None:
    document, people = parallel(world), world.people
    for surname in ("Нечаев", "Громова", "Соболев"):
        people.decide(document, surname)
    for step in ("send_for_signing", "sign"):
        perform(document.id, step, by=people.actor("Лукина"), now=NOW, today=TODAY)
    clerk = world.client("Лукина")
    copy = post(clerk, f"/documents/{document.id}/working-copy").headers["Location"]
    assert 'name="substance"' not in clerk.get(f"{copy}/check-in").text
    post(clerk, f"{copy}/versions", file=upload(b"a word corrected", "2.txt"))
    assert "visas given before do not count for this text" in clerk.get(f"{copy}/check-in").text
    post(clerk, f"{copy}/check-in", comment="опечатка", substance="editorial")
    version = DocumentVersion.get((DocumentVersion.document == document) & (DocumentVersion.number == 2))
    assert (version.edition, version.substantial) == (2, False)
