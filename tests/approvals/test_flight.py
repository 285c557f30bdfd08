"""Changing a run in flight: another opinion, handing on, replacing, reminding, answering remarks."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from roadmapdocs.approvals.deciding import RemarkText, withdraw_visa
from roadmapdocs.approvals.flight import MOST_HANDS, answer_remark, ask_another, forward, remind, replace
from roadmapdocs.approvals.models import Remark, Run, Visa
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.runs import visas_of
from roadmapdocs.approvals.words import RemarkState
from roadmapdocs.audit.operations import history
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.visibility import may
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.people.models import Post, Substitution
from roadmapdocs.people.rules import Actor
from tests.approvals.office import Office, make_office, states
from tests.conftest import NOW, TODAY

STRANGER = Actor(99, "Некто", frozenset())


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def sent(office: Office, *modes: Mode) -> tuple[Document, Run]:
    """Нечаев decides first, then Громова and Ярцева together, or as ``modes`` say."""
    document = office.document()
    first, second = modes or (Mode.TURN, Mode.TOGETHER)
    plan = Plan((office.step("Нечаев", mode=first), office.step("Громова", "Ярцева", mode=second)))
    return document, office.send(document, plan)


def act(office: Office, what: str, visa: Visa, other: str, by: str, note: str = "его вопрос") -> Visa:
    acts = {"ask": ask_another, "forward": forward, "replace": replace}
    return acts[what](visa.id, office.people[other].id, note, by=office.actor(by), now=NOW, today=TODAY)


def people(run: Run) -> list[tuple[str, str]]:
    return [(one.name.split("\N{NO-BREAK SPACE}")[0], one.state) for one in visas_of(Run.get_by_id(run.id))]


@pytest.mark.parametrize("mode", [Mode.TURN, Mode.TOGETHER, Mode.ANY])
def test_another_is_asked_at_once_and_both_decide(office: Office, mode: Mode) -> None:
    document, run = sent(office, mode, Mode.ANY)
    added = act(office, "ask", visas_of(run)[0], "Соболев", "Нечаев")
    assert (added.state, added.added, added.note, added.asked_at) == ("open", "asked", "его вопрос", NOW)
    assert people(run)[:2] == [("Нечаев", "open"), ("Соболев", "open")]
    office.decide(document, "Нечаев")
    assert people(run)[2:] == [("Громова", "waiting"), ("Ярцева", "waiting")]
    office.decide(document, "Соболев")
    assert people(run)[2:] == [("Громова", "open"), ("Ярцева", "open")]
    office.decide(document, "Ярцева")
    assert (people(run)[2:], states(document)) == ([("Громова", "dropped"), ("Ярцева", "given")], "agreed")


def test_a_visa_handed_on_is_decided_by_the_other_who_may_read_the_document_now(office: Office) -> None:
    document, run = sent(office)
    Document.update(mark="personal").where(Document.id == document.id).execute()
    other = act(office, "forward", visas_of(run)[0], "Соболев", "Нечаев")
    assert people(run)[:2] == [("Нечаев", "handed"), ("Соболев", "open")]
    assert may(Document.get_by_id(document.id), "read", office.actor("Соболев"))
    office.decide(document, "Соболев")
    assert people(run)[2:] == [("Громова", "open"), ("Ярцева", "open")]
    (event,) = [one for one in history(document) if one.what == "visa_forwarded"]
    assert (event.effect["from"], event.effect["name"]) == (visas_of(run)[0].name, other.name)


def test_who_left_is_replaced_before_and_after_being_asked(office: Office) -> None:
    document, run = sent(office)
    for surname in ("Нечаев", "Громова"):
        Post.update(until=TODAY - dt.timedelta(days=1)).where(Post.employee == office.people[surname]).execute()
    first, second, _third = visas_of(run)
    assert act(office, "replace", first, "Соболев", "Лукина").state == "open"
    assert act(office, "replace", second, "Ветрова", "Лукина").state == "waiting"
    for surname in ("Соболев", "Ветрова", "Ярцева"):
        office.decide(document, surname)
    assert states(document) == "agreed"


def test_a_new_text_asks_those_who_decide_by_now(office: Office) -> None:
    document, run = sent(office)
    act(office, "replace", visas_of(run)[0], "Соболев", "Лукина")
    act(office, "ask", office.visa(document, "Соболев"), "Ветрова", "Соболев")
    office.text(document, "другое")
    again = Run.get(Run.number == 2)
    assert people(again) == [("Соболев", "open"), ("Ветрова", "open"), ("Громова", "waiting"), ("Ярцева", "waiting")]
    assert [one.added for one in visas_of(again)] == ["route", "asked", "route", "route"]


def test_a_new_text_of_a_document_whose_approver_left_returns_for_rework_with_the_reason(office: Office) -> None:
    document, _run = sent(office)
    Post.update(until=TODAY - dt.timedelta(days=1)).where(Post.employee == office.people["Ярцева"]).execute()
    office.text(document, "другое")
    assert (states(document), Run.get().state) == ("rework", "superseded")
    reason = next(one for one in history(document) if one.what == "document_moved").effect["reason"]
    assert str(office.people["Ярцева"]) in reason


def leave(office: Office) -> None:
    Post.update(until=TODAY - dt.timedelta(days=1)).where(Post.employee == office.people["Соболев"]).execute()


@pytest.mark.parametrize(
    ("what", "other", "by", "kind", "code"),
    [
        ("ask", "Соболев", "Громова", Forbidden, "not_yours"),
        ("forward", "Соболев", "Громова", Forbidden, "not_yours"),
        ("replace", "Соболев", "Нечаев", Forbidden, "forbidden"),
        ("ask", "Нечаев", "Нечаев", Refusal, "asked_already"),
        ("forward", "Нечаев", "Нечаев", Refusal, "yourself"),
        ("replace", "Нечаев", "Лукина", Refusal, "asked_already"),
        ("ask", "Дёмина", "Нечаев", Refusal, "own_text"),
        ("forward", "Дёмина", "Нечаев", Refusal, "own_text"),
        ("replace", "Дёмина", "Лукина", Refusal, "own_text"),
    ],
)
def test_who_may_not_change_a_run_or_not_so_hears_why(
    office: Office, what: str, other: str, by: str, kind: type[Refusal], code: str
) -> None:
    _document, run = sent(office)
    with pytest.raises(kind) as refused:
        act(office, what, visas_of(run)[0], other, by)
    assert refused.value.code == code
    assert len(visas_of(run)) == 3


@pytest.mark.parametrize("what", ["ask", "forward", "replace"])
def test_nobody_unknown_or_gone_is_asked(office: Office, what: str) -> None:
    _document, run = sent(office)
    leave(office)
    acts = {"ask": ask_another, "forward": forward, "replace": replace}
    by = office.actor("Лукина" if what == "replace" else "Нечаев")
    for other in (404, office.people["Соболев"].id):
        with pytest.raises(Refusal) as refused:
            acts[what](visas_of(run)[0].id, other, "почему", by=by, now=NOW, today=TODAY)
        assert refused.value.code == "nobody"


def test_a_visa_that_is_not_asked_yet_or_is_decided_is_not_handed_on(office: Office) -> None:
    document, run = sent(office)
    _first, second, _third = visas_of(run)
    with pytest.raises(Conflict) as refused:
        act(office, "forward", second, "Соболев", "Громова")
    assert refused.value.code == "not_asked"
    given = office.decide(document, "Нечаев")
    with pytest.raises(Conflict) as refused:
        act(office, "replace", given, "Соболев", "Лукина")
    assert refused.value.code == "decided"


def test_a_body_is_asked_alone(office: Office) -> None:
    document = office.document()
    run = office.send(document, Plan((office.step("Нечаев", mode=Mode.COMMITTEE),)))
    with pytest.raises(Refusal) as refused:
        act(office, "ask", visas_of(run)[0], "Соболев", "Нечаев")
    assert refused.value.code == "committee"


def test_a_substitute_hands_on_to_others_and_not_to_himself(office: Office) -> None:
    _document, run = sent(office)
    Substitution.create(
        absent=office.people["Нечаев"], substitute=office.people["Соболев"], since=TODAY, until=TODAY, reason="отпуск",
        set_by="Лукина", made_at=NOW,
    )
    visa = visas_of(run)[0]
    with pytest.raises(Refusal) as refused:
        act(office, "forward", visa, "Соболев", "Соболев")
    assert refused.value.code == "yourself"
    assert act(office, "forward", visa, "Ветрова", "Соболев").added_by == str(office.people["Соболев"])


@pytest.mark.parametrize("note", ["", "  "])
def test_replacing_asks_for_a_reason(office: Office, note: str) -> None:
    _document, run = sent(office)
    with pytest.raises(Refusal) as refused:
        act(office, "replace", visas_of(run)[0], "Соболев", "Лукина", note)
    assert refused.value.details["fields"]
    with pytest.raises(Refusal):
        act(office, "replace", visas_of(run)[0], "Соболев", "Лукина", "ж" * 10_001)


def test_a_visa_that_goes_round_and_round_comes_to_an_end(office: Office) -> None:
    document = office.document()
    run = office.send(document, Plan((office.step("Нечаев"),)))
    here = ["Нечаев", "Соболев"] * MOST_HANDS
    for holder, other in itertools.pairwise(here[:MOST_HANDS]):
        act(office, "forward", office.visa(document, holder), other, holder, "")
    with pytest.raises(Refusal) as refused:
        act(office, "forward", office.visa(document, here[MOST_HANDS - 1]), here[MOST_HANDS], here[MOST_HANDS - 1])
    assert refused.value.code == "too_many"
    assert len(visas_of(run)) == MOST_HANDS


def test_what_is_not_open_to_one_is_not_found(office: Office) -> None:
    _document, run = sent(office)
    visa = visas_of(run)[0].id
    for number in (visa, 404):
        with pytest.raises(NotFound):
            ask_another(number, office.people["Соболев"].id, "", by=STRANGER, now=NOW, today=TODAY)
        with pytest.raises(NotFound):
            remind(number, by=STRANGER, now=NOW)


def test_the_drafter_reminds_and_not_too_often(office: Office) -> None:
    document, run = sent(office)
    visa, drafter = visas_of(run)[0], office.actor("Дёмина")
    with pytest.raises(Forbidden):
        remind(visa.id, by=office.actor("Ярцева"), now=NOW)
    assert remind(visa.id, by=drafter, now=NOW).reminded_at == NOW
    for later, code in ((dt.timedelta(hours=3, minutes=59), "reminded"), (dt.timedelta(hours=4), "")):
        try:
            remind(visa.id, by=office.actor("Лукина"), now=NOW + later)
        except Refusal as refusal:
            assert refusal.code == code  # noqa: PT017  # the table says which of them is refused
        else:
            assert not code
    with pytest.raises(Conflict):
        remind(visas_of(run)[1].id, by=drafter, now=NOW)
    assert [one.what for one in history(document)].count("visa_reminded") == 2


def remark(office: Office) -> tuple[Document, Remark]:
    document, _run = sent(office)
    office.decide(document, "Нечаев", Decision.REMARKS, remarks=(RemarkText("указать срок", "п. 3"),))
    return document, Remark.get()


@pytest.mark.parametrize(
    ("state", "answer", "by", "code"),
    [
        (RemarkState.ACCEPTED, "", "Дёмина", ""),
        (RemarkState.ACCEPTED, "исправлено", "Лукина", ""),
        (RemarkState.REJECTED, "срок в плане", "Дёмина", ""),
        (RemarkState.REJECTED, " ", "Дёмина", "answer"),
        (RemarkState.REJECTED, "ж" * 10_001, "Дёмина", "answer"),
        (RemarkState.WITHDRAWN, "", "Нечаев", ""),
        (RemarkState.WITHDRAWN, "", "Дёмина", "not_yours"),
        (RemarkState.ACCEPTED, "", "Нечаев", "not_yours"),
        (RemarkState.ACCEPTED, "", "Громова", "not_yours"),
    ],
)
def test_a_remark_is_answered_by_those_whom_it_concerns(
    office: Office, state: RemarkState, answer: str, by: str, code: str
) -> None:
    _document, one = remark(office)
    if code:
        with pytest.raises(Refusal) as refused:
            answer_remark(one.id, state, answer, by=office.actor(by), now=NOW)
        assert refused.value.code == code
        assert Remark.get().state == "open"
    else:
        told = answer_remark(one.id, state, answer, by=office.actor(by), now=NOW)
        assert (told.state, told.answer, told.answered_by) == (state, answer, office.actor(by).name)


def test_a_remark_is_not_answered_once_it_is_withdrawn_or_the_document_signed(office: Office) -> None:
    document, one = remark(office)
    clerk = office.actor("Лукина")
    with pytest.raises(NotFound):
        answer_remark(404, RemarkState.ACCEPTED, "", by=clerk, now=NOW)
    withdraw_visa(one.visa_id, by=office.actor("Нечаев"), now=NOW, today=TODAY)
    with pytest.raises(Conflict) as refused:
        answer_remark(one.id, RemarkState.ACCEPTED, "", by=clerk, now=NOW)
    assert refused.value.code == "withdrawn"
    for surname in ("Нечаев", "Громова", "Ярцева"):
        office.decide(document, surname)
    for step in ("send_for_signing", "sign"):
        perform(document.id, step, by=clerk, now=NOW, today=TODAY)
    with pytest.raises(Conflict) as refused:
        answer_remark(one.id, RemarkState.ACCEPTED, "", by=clerk, now=NOW)
    assert refused.value.code == "too_late"
