"""Nobody learns by calls what pages do not show, and reading many costs no more statements than reading few."""

from __future__ import annotations

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.people.models import Post, UserOrganisation
from roadmapdocs.registration.models import Journal
from tests import factories as make
from tests.cases.made import case as make_case
from tests.erp.odoo.models.desk import CLERK, DOCUMENT, HEAD, LAWYER, Desk, furnished, signed


def test_reading_eighty_documents_costs_as_many_statements_as_reading_two(
    sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ids = furnished()
    for number in range(78):
        signed(desk, f"О чтении, {number}")
    desk.call(CLERK, DOCUMENT, "search_read", [], [], limit=1)
    sent = make.count_queries(monkeypatch)
    counted = []
    for limit in (2, 80):
        desk.call(CLERK, DOCUMENT, "search_read", [], [], limit=limit)
        counted.append(len(sent))
        sent.clear()
    assert counted[0] == counted[1] <= 50


def test_what_is_not_open_is_neither_shown_nor_found_nor_named_anywhere(desk: tuple[Desk, dict[str, int]]) -> None:
    office, ids = desk
    secret = signed(office, "О доплате Громовой", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    office.call(CLERK, DOCUMENT, "message_post", [secret.id], "Проверено")
    expected = office.ids(CLERK, "roadmap.occurrence")[-1]
    with pytest.raises(Refusal):
        office.call(CLERK, "roadmap.occurrence", "action_link", [expected], 10**9)
    office.call(CLERK, "roadmap.occurrence", "action_link", [expected], secret.id)
    for name in ("roadmap.document", "ir.attachment", "mail.message", "roadmap.approval", "roadmap.acquaintance"):
        pointing = "id" if name == DOCUMENT else "res_id" if name in {"ir.attachment", "mail.message"} else "document_id"
        assert office.ids(LAWYER, name, [pointing, "=", secret.id]) == [], name
    assert office.one(LAWYER, "roadmap.occurrence", expected, "document_ids", "document_count") == {
        "id": expected, "document_ids": [], "document_count": 1
    }
    item = office.one(LAWYER, "roadmap.occurrence", expected, "item_id")[0]
    assert office.one(LAWYER, "roadmap.plan.item", item, "document_ids") == []
    for term in (["document_ids", "=", secret.id], ["document_ids", "in", [secret.id]], ["document_ids.id", "=", secret.id]):
        assert office.ids(LAWYER, "roadmap.plan.item", term) == []
        assert office.ids(CLERK, "roadmap.plan.item", term) == [item]
    for method, args in (("read", [[secret.id], ["name"]]), ("message_post", [[secret.id], "Привет"]), ("action_approve", [[secret.id]])):
        with pytest.raises(NotFound):
            office.call(LAWYER, DOCUMENT, method, *args)
    assert office.one(HEAD, DOCUMENT, secret.id, "name") == "О доплате Громовой"
    assert ids["signed"] in office.ids(LAWYER, DOCUMENT)


def test_who_left_is_not_shown_unless_asked_for(desk: tuple[Desk, dict[str, int]]) -> None:
    office, _ids = desk
    lawyer = office.office.people[LAWYER].id
    Post.update(until=Post.since).where(Post.employee == lawyer).execute()
    assert lawyer not in office.ids(CLERK, "hr.employee")
    assert lawyer in office.call(CLERK, "hr.employee", "search", [], context={"active_test": False})
    assert office.ids(CLERK, "hr.employee", ["active", "=", False]) == [lawyer]


def test_journals_and_cases_of_another_organisation_are_not_there(desk: tuple[Desk, dict[str, int]]) -> None:
    office, _ids = desk
    own, other = office.office.unit.organisation_id, make.organisation("Другая школа").id
    journals = {
        of: Journal.create(code=f"of{of}", name="Приказы", series="orders", organisation=of, pattern="{n}", reset="year").id
        for of in (own, other)
    }
    cases = {of: make_case(organisation_id=of).id for of in (own, other)}
    everywhere = {name: office.ids(CLERK, name) for name in ("roadmap.journal", "ir.sequence", "roadmap.case")}
    UserOrganisation.create(user=office.office.users[CLERK], organisation=own)
    for name, found in everywhere.items():
        hidden = (cases if name == "roadmap.case" else journals)[other]
        assert hidden in found
        assert office.ids(CLERK, name) == [one for one in found if one != hidden]
