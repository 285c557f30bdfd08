"""Pages of roadmaps show that a document is there, and not which, to those who may not read it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.models import Proof
from roadmapdocs.coverage.operations import link
from roadmapdocs.documents.models import Document
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.roadmap.models import Edition
from roadmapdocs.web.roadmaps.slots import slot_key
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.web.office import PASSWORD, Office, document, download, office_on, post

TITLE, NUMBER, CLOSED = "On the bonus of O. Lukina", "777-Z", "ocument with restricted access"
SHUT_OUT = [Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR]
READERS = [Role.CLERK, Role.EXECUTIVE]


@dataclass
class Plan:
    edition: Edition
    document: Document
    key: str
    address: str


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


@pytest.fixture
def plan(office: Office) -> Plan:
    """One item, proved by one document with personal data."""
    edition = make.roadmap(make.item("1.1", "Reading week", make.deadline(2025, 12, 1)))
    restricted = document(TITLE, number=NUMBER, mark=Mark.PERSONAL, mark_basis="152-FZ")
    (slot,) = coverage_of(edition, today=TODAY).items[0].slots
    link(slot.expected.id, slot.slot.key, restricted, by=SYSTEM, now=NOW)
    key = slot_key(slot.expected.id, slot.slot.key)
    return Plan(edition, restricted, key, f"/roadmaps/{edition.roadmap_id}")


def pages(plan: Plan) -> list[str]:
    (item,) = plan.edition.items
    return [plan.address, f"{plan.address}?slot={plan.key}", f"{plan.address}/items/{item.id}"]


@pytest.mark.parametrize("role", SHUT_OUT)
def test_whoever_may_not_read_it_sees_a_proved_period_and_no_name(office: Office, plan: Plan, role: Role) -> None:
    for address in pages(plan):
        page = office.client(role).get(address)
        assert page.status_code == 200
        assert CLOSED in page.text
        assert "proved" in page.text
        for secret in (TITLE, NUMBER, f"/documents/{plan.document.id}"):
            assert secret not in page.text, address


@pytest.mark.parametrize("role", READERS)
def test_whoever_may_read_it_sees_which_it_is(office: Office, plan: Plan, role: Role) -> None:
    for address in pages(plan):
        page = office.client(role).get(address).text
        assert NUMBER in page
        assert CLOSED not in page
    assert f"/documents/{plan.document.id}" in page


def words_of(ending: str, data: bytes) -> str:
    if ending == "docx":
        return "\n".join(cell.text for row in docx.Document(io.BytesIO(data)).tables[0].rows for cell in row.cells)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@pytest.mark.parametrize("role", Role)
def test_a_report_is_made_for_the_one_who_asks(office: Office, plan: Plan, ending: str, role: Role) -> None:
    words = words_of(ending, download(office.client(role), f"{plan.address}/report?format={ending}").data)
    assert (NUMBER in words) is (role in READERS)
    assert (CLOSED in words) is (role in SHUT_OUT)


def test_documents_that_one_may_not_read_are_neither_suggested_nor_found(office: Office, plan: Plan) -> None:
    Proof.delete().execute()
    for address in (f"{plan.address}?slot={plan.key}", f"{plan.address}?slot={plan.key}&find=bonus"):
        assert TITLE not in office.client(Role.COORDINATOR).get(address).text
        assert f"/documents/{plan.document.id}" not in office.client(Role.COORDINATOR).get(address).text
        assert TITLE in office.client(Role.CLERK).get(address).text


def test_an_annulled_document_is_neither_suggested_nor_found(office: Office, plan: Plan) -> None:
    Proof.delete().execute()
    Document.update(registration="annulled").execute()
    for address in (f"{plan.address}?slot={plan.key}", f"{plan.address}?slot={plan.key}&find=bonus"):
        assert TITLE not in office.client(Role.CLERK).get(address).text


def test_linking_what_one_may_not_read_is_answered_as_if_it_were_not_there(office: Office, plan: Plan) -> None:
    Proof.delete().execute()
    client = office.client(Role.COORDINATOR)
    answers = [
        post(client, f"{plan.address}/link", slot=plan.key, document_id=id_)
        for id_ in (plan.document.id, plan.document.id + 1000)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    # But for the tokens of their forms, which tell the second in which they were made.
    closed, absent = (re.sub(r'name="csrf_token"[^>]*', "", answer.text) for answer in answers)
    assert closed == absent
    assert not Proof.select().exists()


def test_a_link_that_one_may_not_read_is_not_taken_back(office: Office, plan: Plan) -> None:
    proof = Proof.get()
    answer = post(office.client(Role.COORDINATOR), f"{plan.address}/unlink", link_id=proof.id, slot=plan.key)
    assert answer.status_code == 403
    assert TITLE not in answer.text
    assert Proof.select().exists()


@pytest.mark.parametrize(("role", "leads"), [(Role.STAFF, False), (Role.CLERK, True)])
def test_the_head_leads_to_the_approving_order_only_where_it_opens(
    office: Office, plan: Plan, role: Role, leads: bool
) -> None:
    Edition.update(approval={"date": "2025-11-10", "number": NUMBER}).execute()
    Proof.delete().execute()
    page = office.client(role).get(plan.address).text
    # The number is the roadmap's own words here; the card is not.
    assert (f"/documents/{plan.document.id}" in page) is leads


def test_the_worklist_names_no_document_that_became_closed_to_the_reader(office: Office) -> None:
    drafter = make.employee("Лукина")
    client = office.client_of(create_user("lukina", PASSWORD, [Role.CLERK], employee=drafter, by=SYSTEM, now=NOW))
    make.roadmap(make.item("1.1", "Reading week", make.deadline(2027, 12, 1)))
    draft = document(TITLE, preparation="draft", date=None, drafter_id=drafter.id)
    assert TITLE in client.get("/").text
    Document.update(readers=0).where(Document.id == draft.id).execute()
    assert TITLE not in client.get("/").text


def test_what_one_did_today_names_no_document_that_became_closed(office: Office) -> None:
    client = office.client(Role.CLERK)
    make.roadmap(make.item("1.1", "Reading week", make.deadline(2027, 12, 1)))
    form = {"kind": "order_main", "title": TITLE, "preparation": "signed", "number": NUMBER, "date": "2025-11-10"}
    answer = post(client, "/documents/new", **form)
    assert answer.status_code == 302, answer.text
    assert NUMBER in client.get("/").text
    Document.update(readers=0).execute()
    assert NUMBER not in client.get("/").text

