"""What approval lends to workflows: which way a document is sent, and what shuts the door to signing."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable

import pytest

from roadmapdocs.access.rules import Action
from roadmapdocs.approvals.deciding import Verdict, decide
from roadmapdocs.approvals.effects import GUARDS, Start
from roadmapdocs.approvals.models import Route, Run, Visa
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.runs import current_version, visas_of
from roadmapdocs.documents import renewal
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.guards import Situation
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import available, perform, perform_by_rule
from roadmapdocs.errors import Conflict, Forbidden, Refusal
from roadmapdocs.i18n import use_language
from roadmapdocs.workflow.loader import parse
from roadmapdocs.workflow.operations import adopt, workflow_of
from roadmapdocs.workflow.rules import Line, Workflow
from tests.approvals.office import Office, make_office, states
from tests.conftest import NOW, TODAY


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def move(office: Office, document: Document, *names: str, by: str = "Лукина") -> None:
    for name in names:
        perform(document.id, name, answers=Answers(reason="так решено"), by=office.actor(by), now=NOW, today=TODAY)


def said(guard: str, document: Document) -> str | None:
    with use_language("en"):
        return GUARDS[guard](Situation(today=TODAY, document_id=document.id))


# Which way it is sent


def one(office: Office, surname: str, mode: Mode = Mode.TURN) -> Plan:
    return Plan((office.step(surname, mode=mode),))


@pytest.mark.parametrize("by", ["Дёмина", "Лукина"])
def test_without_a_choice_it_goes_the_obligatory_way_else_the_first_that_fits(office: Office, by: str) -> None:
    office.route(one(office, "Нечаев"), "Обычный", position=1)
    document = office.document()
    run = office.send(document, by=by)
    assert (run.name, run.route.name) == ("Обычный", "Обычный")
    office.route(one(office, "Громова"), "Финансовый", obligatory=True, position=9)
    assert office.send(office.document("О смете"), by=by).name == "Финансовый"


def test_without_any_route_an_executive_agrees_by_hand(office: Office) -> None:
    document = office.document()
    move(office, document, "send_for_approval", "agree")
    assert (states(document), Run.select().count()) == ("agreed", 0)


@pytest.mark.parametrize(
    ("obligatory", "changeable", "chosen", "changed", "grant", "allowed"),
    [
        (False, True, True, True, False, True),
        (False, False, True, False, False, True),
        (False, False, True, True, False, False),
        (False, False, True, True, True, True),
        (False, False, False, True, False, True),
        (True, True, True, True, False, False),
        (True, True, True, True, True, True),
        (True, True, False, True, False, False),
        (True, False, True, False, False, True),
        (True, False, True, True, False, False),
        (True, False, False, True, False, False),
        (True, False, False, True, True, True),
    ],
)
def test_a_route_is_left_by_those_who_may(
    office: Office, obligatory: bool, changeable: bool, chosen: bool, changed: bool, grant: bool, allowed: bool
) -> None:
    row = office.route(one(office, "Нечаев"), obligatory=obligatory, changeable=changeable)
    document = office.document()
    by = office.actor("Дёмина")
    if grant:
        by = dataclasses.replace(by, grants=frozenset({str(Action.CHANGE_ROUTE)}))
    start = Start(one(office, "Громова" if changed else "Нечаев"), row.id if chosen else None, "Свой")
    act = {"answers": Answers(enclosed=start), "by": by, "now": NOW, "today": TODAY}
    if not allowed:
        with pytest.raises(Forbidden):
            perform(document.id, "send_for_approval", **act)
        assert (states(document), Run.select().count()) == ("draft", 0)
        return
    perform(document.id, "send_for_approval", **act)
    assert Run.get().route_id == (row.id if chosen or obligatory else None)


def test_another_route_than_the_obligatory_one_is_chosen_by_right_alone(office: Office) -> None:
    office.route(one(office, "Нечаев"), "Обязательный", obligatory=True)
    other = office.route(one(office, "Громова"), "Короткий")
    document = office.document()
    start = Start(one(office, "Громова"), other.id, other.name)
    with pytest.raises(Forbidden):
        perform(document.id, "send_for_approval", answers=Answers(enclosed=start), by=office.actor("Дёмина"), now=NOW, today=TODAY)
    perform(document.id, "send_for_approval", answers=Answers(enclosed=start), by=office.actor("Лукина"), now=NOW, today=TODAY)
    office.decide(document, "Громова")
    move(office, document, "send_for_signing")
    assert states(document) == "in_signing"


def test_a_route_that_is_not_there_is_no_route(office: Office) -> None:
    document = office.document()
    start = Start(one(office, "Нечаев"), 404)
    perform(document.id, "send_for_approval", answers=Answers(enclosed=start), by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert Run.get().route_id is None


def test_what_is_enclosed_must_be_what_the_act_asks(office: Office) -> None:
    document = office.document()
    with pytest.raises(TypeError):
        perform(document.id, "send_for_approval", answers=Answers(enclosed=object()), by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert states(document) == "draft"


def test_a_document_goes_along_one_route_at_a_time(office: Office) -> None:
    document = office.document()
    office.send(document, one(office, "Нечаев"))
    for name in ("send_for_approval", "agree"):
        with pytest.raises(Refusal) as refused:
            move(office, document, name)
        assert refused.value.code == "guard"
        assert str(office.people["Нечаев"]) in refused.value.message
    assert Run.select().count() == 1


# What shuts the door to signing

Scene = Callable[[Office, Document], None]


def nothing_sent(_office: Office, _document: Document) -> None:
    """A draft that nobody was asked about."""


def under_way(office: Office, document: Document) -> None:
    office.send(document, one(office, "Нечаев"))


def agreed(office: Office, document: Document) -> None:
    under_way(office, document)
    office.decide(document, "Нечаев")


def refused_once(office: Office, document: Document) -> None:
    under_way(office, document)
    office.decide(document, "Нечаев", Decision.REFUSED, comment="нет")


def heard_out(office: Office, document: Document) -> None:
    office.send(document, dataclasses.replace(one(office, "Нечаев"), to_signer=True))
    office.decide(document, "Нечаев", Decision.REFUSED, comment="нет")


def returned(office: Office, document: Document) -> None:
    agreed(office, document)
    move(office, document, "return_for_rework")


def reworded(office: Office, document: Document) -> None:
    returned(office, document)
    office.text(document, "иначе", substantial=False)


def rewritten(office: Office, document: Document) -> None:
    returned(office, document)
    office.text(document, "другое")


def resumed(office: Office, document: Document) -> None:
    under_way(office, document)
    move(office, document, "withdraw", "resume")


def resumed_after_agreement(office: Office, document: Document) -> None:
    agreed(office, document)
    move(office, document, "withdraw", "resume")


def drafted_by_approver(office: Office, document: Document) -> None:
    agreed(office, document)
    Document.update(drafter=office.people["Нечаев"]).where(Document.id == document.id).execute()


@pytest.mark.parametrize(
    ("scene", "sentence"),
    [
        (nothing_sent, None),
        (under_way, "The visas of the route decide. It waits for: "),
        (agreed, None),
        (refused_once, "Somebody did not agree."),
        (heard_out, None),
        (returned, None),
        (reworded, None),
        (rewritten, "Нечаев"),
        (resumed, None),
        (resumed_after_agreement, None),
        (drafted_by_approver, "Нечаев"),
    ],
)
def test_visas_are_collected_or_it_is_said_what_lacks(office: Office, scene: Scene, sentence: str | None) -> None:
    document = office.document()
    scene(office, document)
    told = said("visas_collected", document)
    assert told is None if sentence is None else told is not None and told.startswith(sentence)
    assert (said("no_route_under_way", document) is None) == (scene is not under_way)


@pytest.mark.parametrize("scene", [nothing_sent, resumed, agreed, heard_out])
def test_without_the_visas_of_the_obligatory_route_nothing_is_signed(office: Office, scene: Scene) -> None:
    """The card changed, and a route fits that none of its visas knows of."""
    document = office.document()
    scene(office, document)
    row = office.route(one(office, "Громова"), "Финансовый", obligatory=True)
    told = said("visas_collected", document)
    assert told is not None
    assert "Финансовый" in told
    Route.update(active=False).where(Route.id == row.id).execute()
    assert said("visas_collected", document) is None


def test_a_text_of_another_substance_takes_a_document_back_from_signing(office: Office) -> None:
    document = office.document()
    agreed(office, document)
    move(office, document, "send_for_signing")
    office.text(document, "другое")
    assert states(document) == "in_approval"
    with pytest.raises(Conflict):
        move(office, document, "sign")
    office.decide(document, "Нечаев")
    move(office, document, "send_for_signing", "sign")
    assert states(document) == "signed"


def test_an_editorial_change_leaves_it_with_the_signer(office: Office) -> None:
    document = office.document()
    agreed(office, document)
    move(office, document, "send_for_signing")
    office.text(document, "иначе", substantial=False)
    move(office, document, "sign")
    assert states(document) == "signed"


# A package


def package(office: Office) -> tuple[Document, Document]:
    """An order and the regulation that it approves."""
    order = office.document("Об утверждении Положения")
    people = {"drafter_id": office.people["Дёмина"].id, "unit_id": office.unit.id}
    regulation = create_document(Card("regulation", "Положение о зачёте", **people), by=office.actor("Лукина"), now=NOW, today=TODAY)
    DocumentLink.create(source=order, target=regulation, kind=LinkKind.APPROVES, made_by="Лукина", made_at=NOW)
    office.text(regulation, "1. Общие положения")
    return order, regulation


def test_a_package_is_signed_together(office: Office) -> None:
    order, regulation = package(office)
    agreed(office, order)
    office.send(regulation, one(office, "Громова"))
    with pytest.raises(Refusal) as refused:
        move(office, order, "send_for_signing")
    assert "Положение о зачёте" in refused.value.message
    office.decide(regulation, "Громова")
    move(office, order, "send_for_signing", "sign", "register")
    assert (states(order), states(regulation)) == ("signed", "signed")


def test_an_appendix_is_not_confirmed_while_its_visas_are_collected(office: Office) -> None:
    _order, regulation = package(office)
    office.send(regulation, one(office, "Громова"))
    by = office.actor("Лукина")
    assert perform_by_rule(regulation.id, "confirm_by_document", by=by, now=NOW, today=TODAY) is None
    office.decide(regulation, "Громова")
    assert perform_by_rule(regulation.id, "confirm_by_document", by=by, now=NOW, today=TODAY) is not None


def test_what_was_confirmed_before_is_no_matter_of_a_package_any_more(office: Office) -> None:
    order, regulation = package(office)
    refused_once(office, regulation)
    assert said("package_agreed", order) is not None
    Document.update(preparation="signed").where(Document.id == regulation.id).execute()
    assert said("package_agreed", order) is None


# Kinds that their author signs


def test_a_note_is_signed_by_its_author_when_its_visas_are_there(office: Office) -> None:
    people = {"drafter_id": office.people["Дёмина"].id, "signer_id": office.people["Дёмина"].id, "signer": "Дёмина М. И."}
    note = create_document(Card("note", "Справка", unit_id=office.unit.id, **people), by=office.actor("Лукина"), now=NOW, today=TODAY)
    office.text(note, "Выводы")
    office.send(note, one(office, "Громова"))
    assert not [one for one in available(get_document(note.id), by=office.actor("Дёмина"), today=TODAY) if one.transition.name == "sign"]
    office.decide(note, "Громова")
    office.text(note, "Другие выводы", by="Лукина")
    with pytest.raises(Conflict):
        move(office, note, "sign", by="Дёмина")
    version = current_version(note.id)
    assert version is not None
    visa = visas_of(Run.get(Run.number == 2))[0]
    decide(visa.id, Verdict(Decision.AGREED), version=version.id, by=office.actor("Громова"), now=NOW, today=TODAY)
    move(office, note, "sign", by="Дёмина")
    assert states(note) == "signed"
    move(office, note, "unsign", by="Дёмина")
    assert states(note) == "rework"
    assert Visa.select().where(Visa.state == "open").count() == 0


def test_a_refusal_stands_although_the_document_was_sent_again_and_taken_back(office: Office) -> None:
    document = office.document()
    plan = Plan((office.step("Нечаев"),))
    office.send(document, plan)
    office.decide(document, "Нечаев", Decision.REFUSED, comment="нет сроков")
    office.send(document, plan)
    for step in ("withdraw", "resume"):
        perform(document.id, step, answers=Answers(reason="передумали"), by=office.actor("Лукина"), now=NOW, today=TODAY)

    with pytest.raises(Refusal) as refused:
        perform(document.id, "send_for_signing", by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert refused.value.code == "guard"


@pytest.mark.parametrize("loosened", [{"own": True}, {"four_eyes": False}])
def test_who_may_look_at_ones_own_text_is_not_the_drafters_to_say(office: Office, loosened: dict[str, bool]) -> None:
    with pytest.raises(Forbidden):
        office.send(office.document(), Plan((office.step("Нечаев"),), **loosened))


def test_an_obligatory_route_takes_more_people_and_loses_none(office: Office) -> None:
    route = Plan((office.step("Нечаев"), office.step("Громова", "Ярцева", mode=Mode.ANY)))
    office.route(route, obligatory=True, changeable=True)
    first, any_one = route.steps
    for steps in ((any_one,), (office.step("Соболев"), any_one), (first, office.step("Громова", "Ярцева", "Соболев", mode=Mode.ANY))):
        with pytest.raises(Forbidden):
            office.send(office.document(), Plan(steps))
    more = Plan((office.step("Нечаев", "Соболев"), office.step("Соболев"), any_one))
    assert office.send(office.document(), more).state == "under_way"


def test_a_workflow_without_routes_refuses_a_plan_instead_of_losing_it(office: Office) -> None:
    document = _under_version_1(office)
    with pytest.raises(Refusal) as refused:
        office.send(document, Plan((office.step("Нечаев"),)))
    assert (refused.value.code, states(document)) == ("not_kept", "draft")


def test_the_next_program_moves_unsigned_documents_to_its_own_definitions(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    document, signed = _under_version_1(office), _under_version_1(office)
    Document.update(preparation="signed").where(Document.id == signed.id).execute()
    text = workflow_of(document.workflow_id).definitions[Line.PREPARATION].source
    monkeypatch.setattr(renewal, "SUPERSEDED", frozenset({hashlib.sha256(text.encode()).hexdigest()}))

    assert (renewal.renew(NOW), renewal.renew(NOW)) == (1, 0)

    assert office.send(get_document(document.id), Plan((office.step("Нечаев"),))).state == "under_way"
    assert get_document(signed.id).workflow_id == signed.workflow_id


def _under_version_1(office: Office) -> Document:
    """A draft whose definitions know no routes, as those of the first version did."""
    document = office.document()
    workflow = workflow_of(document.workflow_id)
    ours = workflow.definitions[Line.PREPARATION].source
    plain = ours.replace('effects = ["start_route"]\n', "").replace(', "write_signature"', "")
    old = dataclasses.replace(parse("preparation", plain), source=plain)
    adopted = adopt(Workflow({**workflow.definitions, Line.PREPARATION: old}), now=NOW)
    Document.update(workflow=adopted).where(Document.id == document.id).execute()
    return get_document(document.id)
