"""Every field of every model reads and searches, by the rights of pages, in a number of statements that does not grow."""

from __future__ import annotations

import pytest

from roadmapdocs.erp.odoo import reading
from roadmapdocs.erp.odoo.catalogue import load
from roadmapdocs.erp.odoo.context import Context, Env
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import LISTS, Field, Type
from roadmapdocs.erp.odoo.registry import MODELS
from tests.erp.odoo.models.desk import (
    ADDRESS,
    ADMINISTRATOR,
    CLERK,
    DEPUTY,
    DOCUMENT,
    DRAFTER,
    HEAD,
    LAWYER,
    Desk,
)

load()
Shown = tuple[Desk, dict[str, int]]
#: Of each type, a value to search for.
SOUGHT = {Type.INTEGER: 1, Type.FLOAT: 1.0, Type.BOOLEAN: True, Type.DATE: "2026-02-02", Type.DATETIME: "2026-02-02 00:00:00"}


def test_every_model_reads_all_its_fields(shown: Shown) -> None:
    desk, _ids = shown
    for name, model in MODELS.items():
        records = desk.call(CLERK, name, "search_read", [], [], limit=5)
        for record in records:
            assert set(record) == set(model.all_fields()), name
        if records:
            assert desk.call(CLERK, name, "read", [records[0]["id"]], []) == records[:1], name
            assert desk.call(CLERK, name, "name_search", "", limit=1), name


def test_every_condition_on_a_field_holds_for_a_record_or_does_not(shown: Shown) -> None:
    desk, _ids = shown
    closed = []
    for name, model in MODELS.items():
        env = Env(desk.office.actor(CLERK), desk.installed(), Context(active_test=False))
        everything = reading.count(model, [], env)
        for field, one in model.all_fields().items():
            for term in _terms(field, one):
                try:
                    found = reading.count(model, [term], env)
                except Invalid as refusal:
                    closed.append(refusal.code)
                else:
                    assert found + reading.count(model, ["!", term], env) == everything, (name, term)
    assert set(closed) == {"not_searchable"}


def _terms(name: str, field: Field) -> list[list[object]]:
    if field.type in LISTS or field.type is Type.MANY2ONE:
        return [[name, "=", False]]
    value = SOUGHT.get(field.type, "а")
    return [[name, "=", value], [name, "not ilike", value]] if value == "а" else [[name, "!=", value]]


def test_a_document_is_shown_as_odoo_shows_records(shown: Shown) -> None:
    desk, ids = shown
    order = desk.one(CLERK, DOCUMENT, ids["signed"])
    assert order["display_name"] == f"Приказ от 02.02.2026 № {order['reg_number']} «Об итогах смотра школьных библиотек»"
    assert order["kind_id"] == [1, "Приказ по основной деятельности"]
    assert (order["doc_date"], order["state"], order["state_preparation"]) == ("2026-02-02", "registered", "signed")
    assert order["res_url"] == f"{ADDRESS}/documents/{ids['signed']}"
    assert order["company_id"] is False
    assert order["attachment_ids"] == [*order["version_ids"], *desk.ids(CLERK, "ir.attachment", ["part", "=", "beside"])]
    assert len(order["assignment_ids"]) == len(order["acquaintance_ids"]) == len(order["item_ids"]) == len(order["occurrence_ids"]) == 1
    assert desk.one(CLERK, "roadmap.occurrence", order["occurrence_ids"][0], "state") == "proved"


def test_a_document_is_found_by_what_its_name_says(shown: Shown) -> None:
    desk, ids = shown
    number = desk.one(CLERK, DOCUMENT, ids["signed"], "reg_number")
    for words in (number.lower(), "ИТОГАХ смотра", f"Приказ от 02.02.2026 № {number} «Об итогах"):
        assert [one for one, _name in desk.call(CLERK, DOCUMENT, "name_search", words)] == [ids["signed"]], words
    assert ids["signed"] not in desk.ids(CLERK, DOCUMENT, ["display_name", "not ilike", "итогах"])
    assert desk.call(CLERK, DOCUMENT, "name_search", "от 45.13.2026") == []


@pytest.mark.parametrize(
    ("domain", "found"),
    [
        ([["state", "=", "in_approval"]], ["sent"]),
        ([["state_registration", "=", "registered"], ["attachment_ids.part", "=", "beside"]], ["signed"]),
        ([["attachment_ids", "not in", [2]], ["state", "=", "in_approval"]], ["sent"]),
        ([["item_ids", "!=", False]], ["signed"]),
        ([["item_ids.number", "=", "1.1"]], ["signed"]),
        ([["review_ids.employee_id.surname", "=", LAWYER]], ["sent"]),
        ([["drafter_id.name", "ilike", "дёмина"], ["state", "=", "draft"]], ["draft"]),
        ([["kind_id.code", "=", "order_main"], ["name", "=ilike", "о летнем%"]], ["sent"]),
    ],
)
def test_domains_reach_through_relations(shown: Shown, domain: list[object], found: list[str]) -> None:
    desk, ids = shown
    assert desk.call(CLERK, DOCUMENT, "search", domain) == [ids[name] for name in found]


def test_logins_and_groups_of_others_are_for_administrators(shown: Shown) -> None:
    desk, _ids = shown
    me, other = (int(desk.office.users[one].id) for one in (DRAFTER, HEAD))
    assert desk.one(DRAFTER, "res.users", other, "login") is False
    assert desk.one(DRAFTER, "res.users", other, "groups_id") == []
    assert desk.one(DRAFTER, "res.users", me, "login") == desk.office.users[DRAFTER].login
    login = desk.office.users[HEAD].login
    assert desk.ids(DRAFTER, "res.users", ["login", "=", login]) == []
    assert desk.ids(DRAFTER, "res.users", ["login", "ilike", login[:3]]) == [me]
    assert desk.ids(ADMINISTRATOR, "res.users", ["login", "=", login]) == [other]
    assert desk.one(DRAFTER, "res.groups", 1, "users") == [me]
    assert set(desk.one(ADMINISTRATOR, "res.groups", 1, "users")) > {me, other}


def test_people_stand_under_the_names_of_odoo(shown: Shown) -> None:
    desk, _ids = shown
    head = desk.office.people[HEAD].id
    employee = desk.one(CLERK, "hr.employee", head)
    unit = desk.office.unit.id
    assert (employee["name"], employee["department_id"][0]) == ("Ветрова Мария Ивановна", unit)
    assert employee["job_title"] == "начальник управления" == desk.one(CLERK, "hr.job", employee["job_id"][0], "name")
    assert desk.one(CLERK, "hr.department", unit, "manager_id") == [head, "Ветрова Мария Ивановна"]
    partner = desk.one(CLERK, "res.users", employee["user_id"][0], "partner_id")
    assert desk.one(CLERK, "res.partner", partner[0], "employee_id", "is_company") == {
        "id": partner[0], "employee_id": [head, "Ветрова Мария Ивановна"], "is_company": False
    }
    assert len(desk.ids(CLERK, "res.partner", ["is_company", "=", True])) == 1
    assert desk.ids(CLERK, "hr.employee", ["name", "ilike", "ветрова М"]) == [head]


def test_activities_are_what_waits_for_me_alone(shown: Shown) -> None:
    desk, ids = shown
    (visa,) = desk.call(LAWYER, "mail.activity", "search_read", [], [])
    assert (visa["res_model"], visa["res_id"], visa["activity_type"]) == (DOCUMENT, ids["sent"], "agree")
    assert desk.one(LAWYER, DOCUMENT, ids["sent"], "activity_ids") == [visa["id"]]
    assert desk.one(DRAFTER, DOCUMENT, ids["sent"], "activity_ids") == []
    assert [one["activity_type"] for one in desk.call(DRAFTER, "mail.activity", "search_read", [], [])] == ["read"]
    assert [one["activity_type"] for one in desk.call(DEPUTY, "mail.activity", "search_read", [], [])] == ["assignment_take"]


def test_models_and_fields_are_told_and_nothing_secret_is(shown: Shown) -> None:
    desk, _ids = shown
    assert desk.call(CLERK, "ir.model", "search_count", [["model", "=", DOCUMENT]]) == 1
    told = desk.call(CLERK, "ir.model.fields", "search_read", [["model", "=", DOCUMENT]], ["name"])
    assert {one["name"] for one in told} == set(MODELS[DOCUMENT].all_fields())
    keys = {one["key"] for one in desk.call(CLERK, "ir.config_parameter", "search_read", [], ["key"])}
    assert keys == {"web.base.url", "roadmapdocs.version", "roadmapdocs.language", "roadmapdocs.timezone"}
    assert desk.call(CLERK, "ir.config_parameter", "get_param", "odoo_key", "нет") == "нет"
