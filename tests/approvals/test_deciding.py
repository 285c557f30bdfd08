"""Decisions: each refusal with its code and its words, what is kept of a decision, and taking it back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable

import pytest

from roadmapdocs.approvals.deciding import (
    Objection,
    RemarkText,
    Verdict,
    decide,
    decide_on_paper,
    withdraw_visa,
)
from roadmapdocs.approvals.models import Remark, Run, Visa
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.runs import current_version, visas_of
from roadmapdocs.approvals.words import ObjectionKind
from roadmapdocs.audit.operations import history
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.people.models import Post, Substitution
from roadmapdocs.people.rules import Actor
from tests.approvals.office import Office, make_office, states
from tests.conftest import NOW, TODAY

AGREED, REMARKS, REFUSED, SEEN = Decision.AGREED, Decision.REMARKS, Decision.REFUSED, Decision.SEEN


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def away(office: Office, absent: str, substitute: str, *kinds: str) -> None:
    people = office.people
    Substitution.create(
        absent=people[absent], substitute=people[substitute], since=TODAY, until=TODAY, kinds=list(kinds), reason="отпуск",
        set_by="Лукина М. И.", made_at=NOW,
    )


def give(office: Office, visa: Visa, verdict: Verdict, by: str | Actor, *, version: int | None = None) -> Visa:
    shown = version if version is not None else current_version(visa.document_id).id  # type: ignore[union-attr]  # there is one
    actor = office.actor(by) if isinstance(by, str) else by
    return decide(visa.id, verdict, version=shown, store=office.store, by=actor, now=NOW, today=TODAY)


def one_step(office: Office, *people: str, **how: object) -> tuple[Document, list[Visa]]:
    document = office.document()
    flags = {name: how.pop(name) for name in ("own", "four_eyes", "once", "to_signer") if name in how}
    plan = Plan((office.step(*people, **{"mode": Mode.TOGETHER, **how}),), **flags)  # type: ignore[arg-type]  # flags of a plan
    # Rules of a plan are loosened by right.
    return document, visas_of(office.send(document, plan, by="Лукина"))


LONG = "ж" * 10_001


@pytest.mark.parametrize(
    ("mode", "verdict", "field"),
    [
        (Mode.TURN, Verdict(REFUSED), "comment"),
        (Mode.TURN, Verdict(REFUSED, " \n"), "comment"),
        (Mode.TURN, Verdict(REMARKS), "remarks"),
        (Mode.TURN, Verdict(REMARKS, remarks=(RemarkText(" "),)), "remarks"),
        (Mode.TURN, Verdict(AGREED, remarks=(RemarkText("указать срок"),)), "remarks"),
        (Mode.TURN, Verdict(SEEN), "decision"),
        (Mode.TURN, Verdict(REFUSED, LONG), "comment"),
        (Mode.TURN, Verdict(REMARKS, remarks=(RemarkText(LONG),)), "remarks"),
        (Mode.TURN, Verdict(REMARKS, remarks=(RemarkText("срок", "п" * 201),)), "remarks"),
        (Mode.TURN, Verdict(REMARKS, remarks=(RemarkText("срок"),) * 101), "remarks"),
        (Mode.INFORMATION, Verdict(AGREED), "decision"),
        (Mode.COMMITTEE, Verdict(AGREED), "committee"),
        (Mode.COMMITTEE, Verdict(AGREED, committee=" "), "committee"),
        (Mode.COMMITTEE, Verdict(AGREED, committee="п" * 201), "committee"),
    ],
)
def test_what_a_decision_lacks_is_said_beside_its_field(office: Office, mode: Mode, verdict: Verdict, field: str) -> None:
    document = office.document()
    run = office.send(document, Plan((office.step("Нечаев", mode=mode), office.step("Громова"))))
    with pytest.raises(Refusal) as refused:
        give(office, visas_of(run)[0], verdict, "Нечаев")
    assert refused.value.code == "verdict"
    assert list(refused.value.details["fields"]) == [field]
    assert Visa.get_by_id(visas_of(run)[0].id).state == "open"


Change = Callable[[Office, Document, list[Visa]], None]


def nothing(_office: Office, _document: Document, _visas: list[Visa]) -> None:
    """The scene stays as it is."""


def dismissed(office: Office, _document: Document, _visas: list[Visa]) -> None:
    Post.update(until=TODAY - dt.timedelta(days=1)).where(Post.employee == office.people["Нечаев"]).execute()


def new_drafter(office: Office, document: Document, _visas: list[Visa]) -> None:
    Document.update(drafter=office.people["Нечаев"]).where(Document.id == document.id).execute()


def given_already(office: Office, _document: Document, visas: list[Visa]) -> None:
    give(office, visas[0], Verdict(AGREED), "Нечаев")


def ended(office: Office, document: Document, _visas: list[Visa]) -> None:
    perform(document.id, "withdraw", answers=Answers(reason="не нужен"), by=office.actor("Лукина"), now=NOW, today=TODAY)


def stood_in_before(office: Office, _document: Document, visas: list[Visa]) -> None:
    away(office, "Громова", "Нечаев")
    give(office, visas[1], Verdict(AGREED), "Нечаев")


def substitute_of_other_kinds(office: Office, _document: Document, _visas: list[Visa]) -> None:
    away(office, "Нечаев", "Соболев", "protocol")


def drafter_stands_in(office: Office, _document: Document, _visas: list[Visa]) -> None:
    away(office, "Нечаев", "Дёмина")


@pytest.mark.parametrize(
    ("before", "by", "kind", "code"),
    [
        (nothing, "Соболев", Forbidden, "not_yours"),
        (nothing, "Громова", Forbidden, "not_yours"),
        (substitute_of_other_kinds, "Соболев", Forbidden, "not_yours"),
        (drafter_stands_in, "Дёмина", Forbidden, "own_text"),
        (new_drafter, "Нечаев", Forbidden, "own_text"),
        (stood_in_before, "Нечаев", Forbidden, "four_eyes"),
        (dismissed, "Нечаев", Forbidden, "left"),
        (given_already, "Нечаев", Conflict, "decided"),
        (ended, "Нечаев", Conflict, "decided"),
    ],
)
def test_who_may_not_decide_hears_why(
    office: Office, before: Change, by: str, kind: type[Refusal], code: str
) -> None:
    document, visas = one_step(office, "Нечаев", "Громова")
    before(office, document, visas)
    with pytest.raises(kind) as refused:
        give(office, visas[0], Verdict(AGREED), by)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_a_visa_that_is_not_there_or_not_open_to_one_is_not_found(office: Office) -> None:
    _document, visas = one_step(office, "Нечаев")
    stranger = Actor(99, "Некто", frozenset(), employee_id=None)
    for visa, by in ((404, office.actor("Нечаев")), (visas[0].id, stranger)):
        with pytest.raises(NotFound):
            decide(visa, Verdict(AGREED), version=1, by=by, now=NOW, today=TODAY)


@pytest.mark.parametrize("version", [None, 10_000, -1])
def test_a_decision_on_another_text_than_the_present_is_refused(office: Office, version: int | None) -> None:
    document, visas = one_step(office, "Нечаев", "Громова")
    old = current_version(document.id)
    assert old is not None
    office.text(document, "другими словами", substantial=False)
    for shown in (version, old.id):
        with pytest.raises(Conflict) as refused:
            decide(visas[0].id, Verdict(AGREED), version=shown, by=office.actor("Нечаев"), now=NOW, today=TODAY)
        assert refused.value.code == "stale_version"
        assert refused.value.details["version"] == 2


def test_all_that_was_said_is_kept(office: Office) -> None:
    document, visas = one_step(office, "Нечаев")
    verdict = Verdict(
        REFUSED,
        "  нет денег ",
        (RemarkText(" указать срок", " п. 3"), RemarkText("убрать")),
        Objection(b"opinion", "мнение.txt", ObjectionKind.OPINION),
        committee="лишнее",
    )

    given = give(office, visas[0], verdict, "Нечаев")

    assert (given.decision, given.way, given.comment, given.committee) == ("refused", "account", "нет денег", "")
    assert (given.decided_by_id, given.decided_post, given.decided_at) == (office.people["Нечаев"].id, "юрист", NOW)
    assert given.sha256 == hashlib.sha256("Первая редакция текста.".encode()).hexdigest()
    assert (given.objection.sha256, given.objection_name, given.objection_kind) == (
        hashlib.sha256(b"opinion").hexdigest(), "мнение.txt", "opinion",
    )
    assert office.store.holds(given.objection.sha256)
    remarks = [(one.place, one.text, one.state, one.by) for one in Remark.select().order_by(Remark.id)]
    assert remarks == [("п. 3", "указать срок", "open", given.name), ("", "убрать", "open", given.name)]
    (event,) = [one for one in history(document) if one.what == "visa_given"]
    assert event.effect["sha256"] == given.sha256
    assert event.effect["file"] == "мнение.txt"


def test_a_file_that_is_none_is_refused_and_nothing_decided(office: Office) -> None:
    _document, visas = one_step(office, "Нечаев")
    with pytest.raises(Refusal):
        give(office, visas[0], Verdict(REFUSED, "нет", objection=Objection(b"", "пусто.docx")), "Нечаев")
    with pytest.raises(TypeError):
        decide(
            visas[0].id, Verdict(REFUSED, "нет", objection=Objection(b"x", "а.txt")), version=visas[0].document.versions[0].id,
            by=office.actor("Нечаев"), now=NOW, today=TODAY,
        )
    assert Visa.get().state == "open"


def test_the_sheet_has_both_names_of_a_substitute_and_whom_he_stands_for(office: Office) -> None:
    document, visas = one_step(office, "Нечаев")
    away(office, "Нечаев", "Соболев", "order_main")
    given = give(office, visas[0], Verdict(AGREED), "Соболев")
    assert (given.name, given.decided_name, given.decided_post, given.in_place) == (
        str(office.people["Нечаев"]), str(office.people["Соболев"]), "заместитель начальника", True,
    )
    (event,) = [one for one in history(document) if one.what == "visa_given"]
    assert event.effect["for"] == given.name


def test_who_is_only_informed_is_so_in_person_and_after_the_end_of_the_run_too(office: Office) -> None:
    document = office.document()
    run = office.send(document, Plan((office.step("Нечаев"), office.step("Громова", mode=Mode.INFORMATION))))
    away(office, "Громова", "Соболев")
    give(office, visas_of(run)[0], Verdict(AGREED), "Нечаев")
    assert states(document) == "agreed"
    informed = visas_of(run)[1]
    with pytest.raises(Forbidden):
        give(office, informed, Verdict(SEEN), "Соболев")
    assert give(office, informed, Verdict(SEEN), "Громова").decision == "seen"
    with pytest.raises(Conflict) as refused:
        withdraw_visa(informed.id, by=office.actor("Громова"), now=NOW, today=TODAY)
    assert refused.value.code == "only_seen"
    assert Run.get().state == "agreed"


def test_nobody_is_informed_of_a_document_that_was_taken_back(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"), office.step("Громова", mode=Mode.INFORMATION))))
    office.decide(document, "Нечаев")
    ended(office, document, [])
    assert [one.state for one in Visa.select().order_by(Visa.id)] == ["given", "dropped"]


def test_the_drafter_gives_a_visa_where_the_route_says_so_and_for_nobody_else(office: Office) -> None:
    _document, visas = one_step(office, "Дёмина", "Нечаев", own=True)
    away(office, "Нечаев", "Дёмина")
    assert give(office, visas[0], Verdict(AGREED), "Дёмина").decision == "agreed"
    with pytest.raises(Forbidden) as refused:
        give(office, visas[1], Verdict(AGREED), "Дёмина")
    assert refused.value.code == "own_text"


def test_without_four_eyes_one_person_decides_in_two_names(office: Office) -> None:
    document, visas = one_step(office, "Нечаев", "Громова", four_eyes=False)
    away(office, "Громова", "Нечаев")
    for visa in visas:
        give(office, visa, Verdict(AGREED), "Нечаев")
    assert states(document) == "agreed"


def test_a_body_decides_by_its_protocol(office: Office) -> None:
    document = office.document()
    run = office.send(document, Plan((office.step("Ярцева", mode=Mode.COMMITTEE),)))
    given = give(office, visas_of(run)[0], Verdict(AGREED, committee="Совет, протокол от 12.03.2026 № 3"), "Ярцева")
    assert (given.way, given.committee) == ("protocol", "Совет, протокол от 12.03.2026 № 3")
    assert states(document) == "agreed"


# On paper


def test_ink_is_entered_by_the_clerk_in_the_name_of_who_gave_it(office: Office) -> None:
    document, visas = one_step(office, "Нечаев")
    with pytest.raises(Forbidden):
        decide_on_paper(visas[0].id, Verdict(AGREED), by=office.actor("Соболев"), now=NOW, today=TODAY)
    given = decide_on_paper(visas[0].id, Verdict(AGREED), by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert (given.way, given.decided_name, given.in_place) == ("paper", str(office.people["Нечаев"]), False)
    assert history(document)[0].who == office.actor("Лукина").name
    with pytest.raises(Conflict):
        decide_on_paper(visas[0].id, Verdict(AGREED), by=office.actor("Лукина"), now=NOW, today=TODAY)


def test_ink_of_the_drafter_is_not_entered_either(office: Office) -> None:
    document, visas = one_step(office, "Нечаев")
    new_drafter(office, document, visas)
    with pytest.raises(Forbidden) as refused:
        decide_on_paper(visas[0].id, Verdict(AGREED), by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert refused.value.code == "own_text"


# Taking it back


def test_what_is_taken_back_leaves_nothing_behind_but_the_history(office: Office) -> None:
    document, visas = one_step(office, "Нечаев", "Громова")
    verdict = Verdict(REFUSED, "нет", (RemarkText("срок"),), Objection(b"opinion", "мнение.txt"))
    give(office, visas[0], verdict, "Нечаев")
    visa = withdraw_visa(visas[0].id, by=office.actor("Нечаев"), now=NOW, today=TODAY)
    assert (visa.state, visa.decision, visa.comment, visa.objection_id, visa.objection_name, visa.sha256) == (
        "open", None, "", None, "", "",
    )
    assert Remark.get().state == "withdrawn"
    assert [one.what for one in history(document)][:2] == ["visa_withdrawn", "visa_given"]


@pytest.mark.parametrize(
    ("then", "by", "code"),
    [
        (nothing, "Громова", "not_yours"),
        (ended, "Нечаев", "too_late"),
        (lambda office, document, _visas: office.decide(document, "Громова", REFUSED, comment="нет"), "Нечаев", "too_late"),
    ],
)
def test_a_visa_is_taken_back_by_its_giver_and_in_time(office: Office, then: Change, by: str, code: str) -> None:
    document, visas = one_step(office, "Нечаев", "Громова")
    give(office, visas[0], Verdict(AGREED), "Нечаев")
    then(office, document, visas)
    with pytest.raises(Refusal) as refused:
        withdraw_visa(visas[0].id, by=office.actor(by), now=NOW, today=TODAY)
    assert refused.value.code == code


def test_who_left_the_office_takes_no_visa_back(office: Office) -> None:
    document, visas = one_step(office, "Нечаев", "Громова")
    give(office, visas[0], Verdict(AGREED), "Нечаев")
    dismissed(office, document, visas)
    with pytest.raises(Forbidden) as refused:
        withdraw_visa(visas[0].id, by=office.actor("Нечаев"), now=NOW, today=TODAY)
    assert refused.value.code == "left"
    assert Visa.get_by_id(visas[0].id).state == "given"


def test_a_visa_of_an_earlier_run_is_not_taken_back_beside_the_present_one(office: Office) -> None:
    document, visas = one_step(office, "Нечаев")
    give(office, visas[0], Verdict(AGREED), "Нечаев")
    clerk = office.actor("Лукина")
    perform(document.id, "return_for_rework", answers=Answers(reason="срок"), by=clerk, now=NOW, today=TODAY)
    office.send(document, Plan((office.step("Громова"),)))
    with pytest.raises(Conflict) as refused:
        withdraw_visa(visas[0].id, by=office.actor("Нечаев"), now=NOW, today=TODAY)
    assert refused.value.code == "too_late"


def test_what_only_repeated_it_is_asked_again_too(office: Office) -> None:
    document = office.document()
    run = office.send(document, Plan((office.step("Нечаев"), office.step("Нечаев", "Громова", mode=Mode.TOGETHER))))
    first = give(office, visas_of(run)[0], Verdict(AGREED), "Нечаев")
    assert [one.way for one in visas_of(run)] == ["account", "carried", None]
    withdraw_visa(first.id, by=office.actor("Нечаев"), now=NOW, today=TODAY)
    assert [one.state for one in visas_of(run)] == ["open", "waiting", "waiting"]


def test_what_was_taken_back_is_not_repeated_in_the_next_run(office: Office) -> None:
    document, visas = one_step(office, "Нечаев", "Громова")
    plan = Plan((office.step("Нечаев", "Громова", mode=Mode.TOGETHER),))
    give(office, visas[0], Verdict(AGREED), "Нечаев")
    clerk = office.actor("Лукина")
    for _time in range(2):
        perform(document.id, "return_for_rework", answers=Answers(reason="срок"), by=clerk, now=NOW, today=TODAY)
        run = office.send(document, plan)
        carried = visas_of(run)[0]
        if carried.way == "carried":
            withdraw_visa(carried.id, by=office.actor("Нечаев"), now=NOW, today=TODAY)
    assert [one.state for one in visas_of(run)] == ["open", "open"]


def test_who_refused_last_looks_again_whatever_lies_between(office: Office) -> None:
    document, visas = one_step(office, "Нечаев", "Громова", to_signer=True)
    give(office, visas[0], Verdict(AGREED), "Нечаев")
    clerk = office.actor("Лукина")
    perform(document.id, "return_for_rework", answers=Answers(reason="срок"), by=clerk, now=NOW, today=TODAY)
    office.send(document, Plan((office.step("Нечаев", mode=Mode.COMMITTEE),)))
    refused = Verdict(REFUSED, "нет", committee="протокол № 3")
    give(office, office.visa(document, "Нечаев"), refused, "Нечаев")
    office.send(document, Plan((office.step("Громова"), office.step("Нечаев"))))
    perform(document.id, "withdraw", answers=Answers(reason="нет"), by=clerk, now=NOW, today=TODAY)
    perform(document.id, "resume", by=clerk, now=NOW, today=TODAY)
    run = office.send(document, Plan((office.step("Нечаев"),)))
    assert visas_of(run)[0].state == "open"


def test_an_office_without_units_of_its_own_decides_by_account_alone(office: Office) -> None:
    """Somebody who never held a post, and has an open account, is at work."""
    document, visas = one_step(office, "Нечаев")
    Post.delete().where(Post.employee == office.people["Нечаев"]).execute()
    by = dataclasses.replace(office.actor("Нечаев"), unit_ids=frozenset())
    assert give(office, visas[0], Verdict(AGREED), by).decided_post == "юрист"
    assert states(document) == "agreed"
