"""Two act at once, in real processes on both databases: one is first, the other hears a sentence."""

from __future__ import annotations

import pytest

from roadmapdocs.approvals.models import Run, Signature, SignatureRule, Visa
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.approvals.runs import current_version, visas_of
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import verify
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.models import Substitution
from tests.approvals.office import Office, make_office, states
from tests.conftest import NOW, TODAY
from tests.processes import at_once

PREPARATION = "from tests.approvals import crowd_work as work"


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def race(address: str, *acts: str) -> list[object]:
    found = at_once(address, [f"result = work.{act}" for act in acts], preparation=PREPARATION)
    assert verify() is None
    return found


def version_of(document: Document) -> int:
    found = current_version(document.id)
    assert found is not None
    return int(found.id)


def journalled(what: str) -> int:
    return Event.select().where(Event.what == what).count()


def test_of_two_approvers_at_once_neither_is_lost(office: Office, database: str) -> None:
    document = office.document()
    first, second = visas_of(office.send(document, Plan((office.step("Нечаев", "Громова", mode=Mode.TOGETHER),))))
    shown = version_of(document)
    acts = (f"decides({first.id}, 'Нечаев', {shown})", f"decides({second.id}, 'Громова', {shown})")
    assert race(database, *acts) == ["done", "done"]
    assert (states(document), journalled("visa_given"), journalled("route_ended")) == ("agreed", 2, 1)


def test_where_one_is_enough_the_other_hears_that_it_went_on(office: Office, database: str) -> None:
    document = office.document()
    first, second = visas_of(office.send(document, Plan((office.step("Нечаев", "Громова", mode=Mode.ANY),))))
    shown = version_of(document)
    acts = (f"decides({first.id}, 'Нечаев', {shown})", f"decides({second.id}, 'Громова', {shown}, 'refused')")
    found = race(database, *acts)
    # Who refuses first leaves the word to the other; who agrees first leaves none.
    assert found in (["done", "decided"], ["done", "done"])
    assert states(document) == "agreed"
    assert journalled("visa_given") == found.count("done")


def test_of_the_person_and_the_substitute_one_decides(office: Office, database: str) -> None:
    document = office.document()
    (visa,) = visas_of(office.send(document, Plan((office.step("Нечаев"),))))
    people = office.people
    Substitution.create(
        absent=people["Нечаев"], substitute=people["Соболев"], since=TODAY, until=TODAY, reason="отпуск", set_by="Лукина", made_at=NOW
    )
    shown = version_of(document)
    acts = (f"decides({visa.id}, 'Нечаев', {shown})", f"decides({visa.id}, 'Соболев', {shown}, 'refused')")
    found = race(database, *acts)
    assert sorted(map(str, found)) == ["decided", "done"]
    given = Visa.get_by_id(visa.id)
    assert given.in_place == (found[1] == "done")
    assert journalled("visa_given") == 1


def test_a_decision_and_a_new_text_never_meet(office: Office, database: str) -> None:
    document = office.document()
    (visa,) = visas_of(office.send(document, Plan((office.step("Нечаев"),))))
    acts = (f"decides({visa.id}, 'Нечаев', {version_of(document)})", f"brings_text({document.id})")
    decided, brought = race(database, *acts)
    assert brought == "done"
    assert decided in {"done", "decided", "stale_version"}
    # Either way the new text is asked about anew.
    assert states(document) == "in_approval"
    assert [one.state for one in Run.select().order_by(Run.number)][1:] == ["under_way"]
    assert Visa.get_by_id(visa.id).state == ("given" if decided == "done" else "dropped")


def test_two_who_send_at_once_begin_one_run(office: Office, database: str) -> None:
    document = office.document()
    ids = [office.people[surname].id for surname in ("Нечаев", "Громова")]
    found = race(database, *(f"sends({document.id}, {one})" for one in ids))
    assert found.count("done") == 1
    assert set(map(str, found)) <= {"done", "guard", "moved"}
    assert Run.select().count() == Visa.select().count() == 1


def test_who_signs_and_who_takes_a_visa_back_do_not_both(office: Office, database: str) -> None:
    rule = office.document("О подписи")
    Document.update(registration="registered", date=TODAY).where(Document.id == rule.id).execute()
    SignatureRule.create(document=rule, since=TODAY, set_by="Лукина", set_at=NOW)
    document = office.document()
    (visa,) = visas_of(office.send(document, Plan((office.step("Нечаев"),))))
    office.decide(document, "Нечаев")
    perform(document.id, "send_for_signing", by=office.actor("Лукина"), now=NOW, today=TODAY)
    acts = (f"signs({document.id}, {version_of(document)})", f"takes_back({visa.id}, 'Нечаев')")
    signed, taken_back = race(database, *acts)
    assert [signed, taken_back] in (["done", "too_late"], ["moved", "done"])
    assert states(document) == ("signed" if signed == "done" else "in_approval")
    assert Signature.select().count() == (signed == "done")
    assert (Visa.get_by_id(visa.id).decision is not None) == (signed == "done")
