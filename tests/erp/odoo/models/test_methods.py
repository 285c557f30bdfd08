"""Methods of documents do what the pages' buttons do, and are refused with the same sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.approvals.models import Signature
from roadmapdocs.approvals.plans import Plan
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.documents.operations import get_document
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from tests import factories as make
from tests.cases.made import case as make_case
from tests.conftest import TODAY
from tests.erp.odoo.models.desk import (
    ADMINISTRATOR,
    CLERK,
    DEPUTY,
    DOCUMENT,
    DRAFTER,
    HEAD,
    LAWYER,
    Desk,
    signed,
)

Office = tuple[Desk, dict[str, int]]


def state(office: Desk, number: int) -> str:
    return str(get_document(number).preparation)


def test_visas_are_given_one_after_another_and_bind_the_text_that_was_read(desk: Office) -> None:
    office, ids = desk
    (version,) = office.one(LAWYER, DOCUMENT, ids["sent"], "version_ids")
    with pytest.raises(Conflict, match=r"\d"):
        office.call(LAWYER, DOCUMENT, "action_approve", [ids["sent"]], "Согласен", office.one(CLERK, DOCUMENT, ids["draft"], "version_ids")[0])
    office.call(LAWYER, DOCUMENT, "action_approve", [ids["sent"]], "Согласен", version)
    (mine, next_one) = office.one(CLERK, DOCUMENT, ids["sent"], "review_ids")
    visa = office.one(CLERK, "roadmap.approval.step", mine)
    assert (visa["status"], visa["decision"], visa["comment"], visa["version_id"][0]) == ("approved", "agreed", "Согласен", version)
    assert visa["done_by"][0] == office.office.users[LAWYER].id
    assert office.one(DEPUTY, "roadmap.approval.step", next_one, "can_review", "status") == {
        "id": next_one, "can_review": True, "status": "pending"
    }
    assert office.ids(DEPUTY, "roadmap.approval.step", ["can_review", "=", True]) == [next_one]
    office.call(DEPUTY, "mail.activity", "action_feedback", office.one(DEPUTY, DOCUMENT, ids["sent"], "activity_ids"), "За")
    assert state(office, ids["sent"]) == "agreed"
    assert office.one(CLERK, "roadmap.approval", office.one(CLERK, DOCUMENT, ids["sent"], "approval_ids")[0], "state") == "agreed"


def test_a_refusal_returns_the_document_with_its_reason(desk: Office) -> None:
    office, ids = desk
    with pytest.raises(Refusal):
        office.call(LAWYER, DOCUMENT, "action_reject", [ids["sent"]], " ")
    office.call(LAWYER, "roadmap.approval.step", "action_reject", office.one(LAWYER, DOCUMENT, ids["sent"], "review_ids")[:1], "Нет сроков")
    assert state(office, ids["sent"]) == "rework"
    office.call(DRAFTER, DOCUMENT, "action_withdraw", [ids["sent"]], "Не понадобился")
    assert office.one(CLERK, DOCUMENT, ids["sent"], "state", "active") == {"id": ids["sent"], "state": "withdrawn", "active": False}
    assert ids["sent"] not in office.ids(CLERK, DOCUMENT)


@pytest.mark.parametrize("surname", [DRAFTER, CLERK])
def test_who_is_not_asked_does_not_agree(desk: Office, surname: str) -> None:
    office, ids = desk
    with pytest.raises(Refusal):
        office.call(surname, DOCUMENT, "action_approve", [ids["sent"]])
    assert state(office, ids["sent"]) == "in_approval"


def test_an_order_is_agreed_signed_registered_read_and_filed(desk: Office) -> None:
    office, ids = desk
    number = ids["draft"]
    office.call(DRAFTER, DOCUMENT, "action_submit", [number])
    office.call(CLERK, DOCUMENT, "action_approve", [number])
    office.call(CLERK, DOCUMENT, "action_submit", [number])
    with pytest.raises(Refusal):
        office.call(CLERK, DOCUMENT, "action_register", [number])
    office.call(CLERK, DOCUMENT, "action_sign", [number], "2026-03-12")
    with pytest.raises(Forbidden):
        office.call(LAWYER, DOCUMENT, "action_register", [number])
    with pytest.raises(Refusal):
        office.call(CLERK, DOCUMENT, "action_register", [number], "2027-01-01")
    given = office.call(CLERK, DOCUMENT, "action_register", [number], "2026-03-12")
    assert office.one(CLERK, DOCUMENT, number, "reg_number", "reg_date") == {"id": number, "reg_number": given, "reg_date": "2026-03-12"}
    with pytest.raises(Conflict):
        office.call(CLERK, DOCUMENT, "action_register", [number])
    office.call(CLERK, DOCUMENT, "action_acquaint", [number], [office.office.people[LAWYER].id], [], "2026-04-01", "К сведению")
    (line,) = office.ids(LAWYER, "roadmap.acquaintance", ["document_id", "=", number])
    assert office.one(LAWYER, "roadmap.acquaintance", line, "state", "date_deadline") == {
        "id": line, "state": "asked", "date_deadline": "2026-04-01"
    }
    with pytest.raises(Refusal, match=r".") as unread:
        office.call(LAWYER, "roadmap.acquaintance", "action_confirm", [line])
    assert unread.value.code == "unread"
    case = make_case()
    office.call(CLERK, DOCUMENT, "action_file", [number], case.id)
    assert office.one(CLERK, DOCUMENT, number, "case_id", "state_storage")["case_id"][0] == case.id
    assert office.one(CLERK, "roadmap.case", case.id, "document_ids") == [number]


def test_a_registration_is_annulled_with_a_reason_and_the_number_stays(desk: Office) -> None:
    office, ids = desk
    number = office.one(CLERK, DOCUMENT, ids["signed"], "reg_number")
    with pytest.raises(Refusal):
        office.call(CLERK, DOCUMENT, "action_cancel_registration", [ids["signed"]])
    office.call(CLERK, DOCUMENT, "action_cancel_registration", [ids["signed"]], "Издан ошибочно")
    assert office.one(CLERK, DOCUMENT, ids["signed"], "state", "reg_number") == {
        "id": ids["signed"], "state": "annulled", "reg_number": number
    }


def test_a_simple_signature_takes_the_signers_own_password(desk: Office) -> None:
    office, _ids = desk
    document = office.office.document("О подписи")
    office.office.send(document, Plan((office.office.step(LAWYER),)))
    office.office.decide(document, LAWYER)
    office.call(CLERK, DOCUMENT, "action_submit", [document.id])
    with pytest.raises(Refusal):
        office.call(HEAD, DOCUMENT, "action_sign", [document.id], False, "не тот пароль")
    with pytest.raises(Refusal):
        office.call(HEAD, DOCUMENT, "action_sign", [document.id])
    with pytest.raises(Forbidden):
        office.call(DEPUTY, DOCUMENT, "action_sign", [document.id], False, make.PASSWORD)
    office.call(HEAD, DOCUMENT, "action_sign", [document.id], False, make.PASSWORD)
    assert Signature.get(Signature.document == document).way == "simple"


def test_an_activity_is_an_assignment(desk: Office) -> None:
    office, ids = desk
    user = office.office.users[LAWYER].id
    made = office.call(
        HEAD, DOCUMENT, "activity_schedule", [ids["signed"]], "mail.mail_activity_data_todo",
        date_deadline="2026-04-10", summary="Проверить", note="<p>До конца недели</p>", user_id=user,
    )
    row = Assignment.get_by_id(made)
    assert (row.text, row.due, row.responsible_id) == ("Проверить\nДо конца недели", dt.date(2026, 4, 10), office.office.people[LAWYER].id)
    with pytest.raises(Refusal):
        office.call(HEAD, DOCUMENT, "activity_schedule", [ids["signed"]], summary="Проверить")
    with pytest.raises(Forbidden):
        office.call(LAWYER, DOCUMENT, "activity_schedule", [ids["signed"]], summary="Проверить", user_id=user)
    with pytest.raises(Refusal):
        office.call(HEAD, DOCUMENT, "activity_schedule", [ids["signed"]], summary="Вчера", user_id=user, date_deadline="2026-01-10")


def test_an_assignment_is_taken_reported_and_accepted(desk: Office) -> None:
    office, ids = desk
    lawyer = office.office.people[LAWYER].id
    made = office.call(HEAD, "roadmap.assignment", "create", {"name": "Составить список", "responsible_id": lawyer, "document_id": ids["signed"]})
    with pytest.raises(Refusal):
        office.call(DEPUTY, "roadmap.assignment", "action_take", [made])
    office.call(LAWYER, "roadmap.assignment", "action_take", [made])
    office.call(HEAD, "roadmap.assignment", "write", [made], {"name": "Составить полный список"})
    office.call(LAWYER, "roadmap.assignment", "action_report", [made], "Составлен")
    assert [one["activity_type"] for one in office.call(HEAD, "mail.activity", "search_read", [], [])] == ["assignment_judge"]
    with pytest.raises(Refusal):
        office.call(HEAD, "mail.activity", "action_done", office.ids(HEAD, "mail.activity"))
    office.call(HEAD, "roadmap.assignment", "action_accept", [made])
    done = office.one(LAWYER, "roadmap.assignment", made, "name", "state", "date_done", "late")
    assert done == {"id": made, "name": "Составить полный список", "state": "done", "date_done": f"{TODAY}", "late": False}


def test_a_version_is_made_by_a_template(desk: Office) -> None:
    office, _ids = desk
    made = office.call(CLERK, DOCUMENT, "create", {"kind_id": office.ids(CLERK, "roadmap.document.kind", ["code", "=", "order_main"])[0], "name": "О шаблоне"})
    version = office.call(CLERK, DOCUMENT, "render_template", [made])
    assert office.one(CLERK, "ir.attachment", version, "name", "version_number", "mimetype")["mimetype"].endswith("wordprocessingml.document")
    assert office.one(CLERK, DOCUMENT, made, "version_ids") == [version]
    with pytest.raises(Refusal):
        office.call(CLERK, DOCUMENT, "render_template", [made], "../settings.toml")


def test_search_answers_with_what_may_be_read(desk: Office) -> None:
    office, ids = desk
    secret = signed(office, "О смотре школьных библиотек с надбавками", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    for surname, there in ((LAWYER, False), (CLERK, True)):
        found = office.call(surname, DOCUMENT, "search_text", "школьных библиотек")
        keys = {(one["model"], one["id"]) for one in found}
        assert (DOCUMENT, ids["signed"]) in keys
        assert ((DOCUMENT, secret.id) in keys) is there
    assert len(office.call(CLERK, DOCUMENT, "search_text", "чтение", limit=1)) == 1


def test_any_step_of_the_workflow_goes_by_its_name(desk: Office) -> None:
    office, ids = desk
    office.call(CLERK, DOCUMENT, "action_transition", [ids["signed"]], "suspend", "Проверка", "", "2026-03-10")
    assert office.one(CLERK, DOCUMENT, ids["signed"], "state_force") == "suspended"
    with pytest.raises(NotFound):
        office.call(CLERK, DOCUMENT, "action_transition", [ids["signed"]], "fly")


@pytest.mark.parametrize("by_ids", [False, True], ids=["of the model", "of records"])
def test_groups_are_asked_for_as_either_version_of_odoo_does(desk: Office, by_ids: bool) -> None:
    office, _ids = desk
    clerk, lawyer = (office.office.users[one].id for one in (CLERK, LAWYER))
    own = ([clerk],) if by_ids else ()
    assert office.call(CLERK, "res.users", "has_group", *own, "roadmapdocs.group_clerk") is True
    assert office.call(CLERK, "res.users", "has_group", *own, "base.group_system") is False
    assert office.call(CLERK, "res.users", "has_group", ids=[clerk], group_ext_id="roadmapdocs.group_clerk") is True
    assert office.call(ADMINISTRATOR, "res.users", "has_group", [clerk], "roadmapdocs.group_clerk") is True
    assert office.call(ADMINISTRATOR, "res.users", "has_group", [lawyer], "roadmapdocs.group_clerk") is False
    with pytest.raises(Forbidden):
        office.call(CLERK, "res.users", "has_group", [lawyer], "roadmapdocs.group_clerk")
    with pytest.raises(Refusal):
        office.call(ADMINISTRATOR, "res.users", "has_group", [clerk, lawyer], "roadmapdocs.group_clerk")
