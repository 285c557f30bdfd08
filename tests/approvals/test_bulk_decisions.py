"""Many documents at once: what may go without being opened, what may not and why, and that each stands alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from roadmapdocs.approvals.bulk import (
    MOST_AT_ONCE,
    Choice,
    candidates,
    decide_many,
    disagreements,
    sign_many,
)
from roadmapdocs.approvals.deciding import Verdict, decide_on_paper
from roadmapdocs.approvals.models import Visa
from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.signing import set_rule
from roadmapdocs.approvals.waiting import mark_seen, waiting_for
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import use_language
from roadmapdocs.people.rules import SYSTEM
from tests.approvals.office import PASSWORD, Office, make_office, states
from tests.conftest import NOW, TODAY
from tests.factories import count_queries


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with use_language("en"):
        yield


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def asked(office: Office, title: str, step: Step | None = None, **options: bool) -> Document:
    document = office.document(title)
    office.send(document, Plan((step or office.step("Нечаев"),), **options))
    return document


def why(office: Office, surname: str) -> dict[int, str | None]:
    """By document, why it cannot go without being opened."""
    by = office.actor(surname)
    return {one.waiting.document_id: one.why_not for one in candidates(waiting_for(by), by=by, today=TODAY)}


def choices(office: Office, surname: str) -> list[Choice]:
    by = office.actor(surname)
    found = candidates(waiting_for(by), by=by, today=TODAY)
    return [Choice(one.waiting.document_id, one.version, one.waiting.visa_id) for one in found]


def in_signing(office: Office, document: Document) -> Document:
    perform(document.id, "send_for_signing", by=office.actor("Лукина"), now=NOW, today=TODAY)
    return document


def with_rule(office: Office) -> None:
    rule = in_signing(office, office.document("О простой подписи"))
    for step in ("sign", "register"):
        perform(rule.id, step, answers=Answers(date=TODAY), by=office.actor("Лукина"), now=NOW, today=TODAY)
    set_rule(rule.id, TODAY, by=SYSTEM, now=NOW)


def test_what_changed_since_it_was_seen_and_what_a_body_decides_is_opened(office: Office) -> None:
    plain, changed = asked(office, "Простое"), asked(office, "Изменённое")
    body = asked(office, "Комиссия", Step(Mode.COMMITTEE, (office.person("Нечаев"),)))
    mark_seen(changed.id, 1, by=office.actor("Нечаев"), now=NOW)
    office.text(changed, "Другие слова.", substantial=False)

    found = why(office, "Нечаев")

    assert found[plain.id] is None
    assert "version 2" in str(found[changed.id])
    assert "protocol" in str(found[body.id])


def test_signing_in_bulk_needs_the_rule_and_no_disagreement(office: Office) -> None:
    plain = in_signing(office, office.document("Простое"))
    assert "no rule" in str(why(office, "Ветрова")[plain.id])
    with_rule(office)
    refused = asked(office, "Спорное", to_signer=True)
    office.decide(refused, "Нечаев", Decision.REFUSED, comment="нет денег")
    in_signing(office, refused)

    found = why(office, "Ветрова")

    assert found[plain.id] is None
    assert "does not agree" in str(found[refused.id])


def test_each_visa_stands_alone(office: Office) -> None:
    documents = [asked(office, f"Дело {number}") for number in range(3)]
    wanted = choices(office, "Нечаев")
    office.text(documents[1], "Другие слова.", substantial=False)

    outcomes = decide_many(wanted, by=office.actor("Нечаев"), now=NOW, today=TODAY)

    said = {one.choice.document: one.why_not for one in outcomes}
    assert [said[one.id] is None for one in documents] == [True, False, True]
    assert "version 2" in str(said[documents[1].id])
    assert [states(one) for one in documents] == ["agreed", "in_approval", "agreed"]


def test_a_repeated_press_and_a_foreign_visa_do_nothing(office: Office) -> None:
    mine, other = asked(office, "Моё"), asked(office, "Чужое", office.step("Громова"))
    wanted = choices(office, "Нечаев") + choices(office, "Громова")
    decide_many(wanted[:1], by=office.actor("Нечаев"), now=NOW, today=TODAY)
    outcomes = decide_many([*wanted, Choice(10**6, None, 10**6)], by=office.actor("Нечаев"), now=NOW, today=TODAY)
    assert [one.why_not is None for one in outcomes] == [False, False, False]
    assert (states(mine), states(other)) == ("agreed", "in_approval")


def test_one_password_signs_all_and_a_wrong_one_none(office: Office) -> None:
    with_rule(office)
    documents = [in_signing(office, office.document(f"Дело {number}")) for number in range(3)]
    wanted = choices(office, "Ветрова")
    with pytest.raises(Refusal) as refused:
        sign_many(wanted, "не тот", by=office.actor("Ветрова"), now=NOW, today=TODAY)
    assert refused.value.code == "wrong_password"
    assert {states(one) for one in documents} == {"in_signing"}

    outcomes = sign_many(wanted, PASSWORD, by=office.actor("Ветрова"), now=NOW, today=TODAY)

    assert [one.why_not for one in outcomes] == [None] * 3
    assert {states(one) for one in documents} == {"signed"}


@pytest.mark.parametrize(("number", "code"), [(0, "nothing_chosen"), (MOST_AT_ONCE + 1, "too_many")])
def test_too_few_and_too_many_are_refused(office: Office, number: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        decide_many([Choice(one, None, one) for one in range(number)], by=office.actor("Нечаев"), now=NOW, today=TODAY)
    assert refused.value.code == code


def test_a_refusal_is_a_disagreement_until_the_same_person_agrees(office: Office) -> None:
    document = asked(office, "Спорное")
    office.decide(document, "Нечаев", Decision.REFUSED, comment="нет денег")
    assert [one for one, _visa in disagreements([document.id])] == [document.id]
    office.text(document, "Второй текст.")
    office.send(document, Plan((office.step("Нечаев"),)))
    office.decide(document, "Нечаев")
    assert disagreements([document.id]) == disagreements([]) == []


def test_two_guests_of_one_name_disagree_each_for_themselves(office: Office) -> None:
    guests = tuple(Addressee(How.GUEST, "Сова А. П.", address) for address in ("sova@a.example", "sova@b.example"))
    document = asked(office, "Спорное", Step(Mode.TOGETHER, guests), to_signer=True)
    first, second = Visa.select().where(Visa.document == document).order_by(Visa.id)
    clerk = office.actor("Лукина")
    decide_on_paper(first.id, Verdict(Decision.REFUSED, "нет денег"), by=clerk, now=NOW, today=TODAY)
    decide_on_paper(second.id, Verdict(Decision.AGREED), by=clerk, now=NOW, today=TODAY)
    assert disagreements([document.id]) == [(document.id, first.id)]


def test_what_somebody_does_not_agree_to_by_now_is_not_signed(office: Office) -> None:
    with_rule(office)
    plain, refused = in_signing(office, office.document("Простое")), asked(office, "Спорное", to_signer=True)
    office.decide(refused, "Нечаев", Decision.REFUSED, comment="нет денег")
    in_signing(office, refused)

    outcomes = sign_many(choices(office, "Ветрова"), PASSWORD, by=office.actor("Ветрова"), now=NOW, today=TODAY)

    said = {one.choice.document: one.why_not for one in outcomes}
    assert said[plain.id] is None
    assert "does not agree" in str(said[refused.id])
    assert (states(plain), states(refused)) == ("signed", "in_signing")


def test_a_text_that_changed_since_it_was_seen_is_not_agreed_to(office: Office) -> None:
    changed = asked(office, "Изменённое")
    mark_seen(changed.id, 1, by=office.actor("Нечаев"), now=NOW)
    office.text(changed, "Другие слова.", substantial=False)

    outcomes = decide_many(choices(office, "Нечаев"), by=office.actor("Нечаев"), now=NOW, today=TODAY)

    assert "changed since you saw it" in str(outcomes[0].why_not)
    assert states(changed) == "in_approval"


def test_of_a_document_that_is_closed_to_somebody_no_reason_is_told(office: Office) -> None:
    with_rule(office)
    refused = asked(office, "Спорное", to_signer=True)
    office.decide(refused, "Нечаев", Decision.REFUSED, comment="нет денег")
    in_signing(office, refused)
    Document.update(readers=0).where(Document.id == refused.id).execute()
    wanted = [Choice(refused.id, None)]
    outcomes = sign_many(wanted, PASSWORD, by=office.actor("Громова"), now=NOW, today=TODAY)
    assert outcomes[0].why_not is not None
    assert "does not agree" not in outcomes[0].why_not


def test_looking_anew_takes_a_fixed_number_of_statements(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    by = office.actor("Нечаев")
    sent = count_queries(monkeypatch)

    def looked_through(number: int) -> int:
        """Statements for so many choices that all have to be opened."""
        for one in range(number):
            document = asked(office, f"Дело {number}.{one}")
            mark_seen(document.id, 1, by=by, now=NOW)
            office.text(document, "Другие слова.", substantial=False)
        wanted = choices(office, "Нечаев")
        sent.clear()
        assert all(one.why_not for one in decide_many(wanted, by=by, now=NOW, today=TODAY))
        return len(sent)

    assert looked_through(1) == looked_through(6)


def test_looking_through_takes_a_fixed_number_of_statements(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    asked(office, "Первое")
    by = office.actor("Нечаев")
    sent = count_queries(monkeypatch)
    candidates(waiting_for(by), by=by, today=TODAY)
    few = len(sent)
    for number in range(6):
        asked(office, f"Дело {number}")
    waiting = waiting_for(by)
    sent.clear()
    assert len(candidates(waiting, by=by, today=TODAY)) == 7
    assert len(sent) < few


def test_who_is_only_informed_takes_note_of_several(office: Office) -> None:
    for number in range(2):
        document = office.document(f"Дело {number}")
        office.send(document, Plan((office.step("Ярцева", mode=Mode.INFORMATION), office.step("Нечаев"))))
    outcomes = decide_many(choices(office, "Ярцева"), by=office.actor("Ярцева"), now=NOW, today=TODAY)
    assert [one.why_not for one in outcomes] == [None, None]
    assert waiting_for(office.actor("Ярцева")) == []
