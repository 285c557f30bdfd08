"""Refusals under the names, codes and statuses that clients of Odoo know."""

from __future__ import annotations

import pytest

from roadmapdocs.erp.odoo.errors import Denied, Invalid, NoDatabase, TooManyTries, Unknown, failed, told
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal


@pytest.mark.parametrize(
    ("kind", "name", "fault", "status"),
    [
        (Refusal, "odoo.exceptions.UserError", 2, 422),
        (Invalid, "odoo.exceptions.ValidationError", 2, 422),
        (Conflict, "odoo.exceptions.UserError", 2, 409),
        (NotFound, "odoo.exceptions.MissingError", 2, 404),
        (Unknown, "werkzeug.exceptions.NotFound", 1, 404),
        (Forbidden, "odoo.exceptions.AccessError", 4, 403),
        (Denied, "odoo.exceptions.AccessDenied", 3, 401),
        (TooManyTries, "odoo.exceptions.AccessDenied", 3, 429),
        (NoDatabase, "psycopg2.OperationalError", 1, 404),
    ],
)
def test_each_refusal_has_a_name_that_clients_know(kind: type[Refusal], name: str, fault: int, status: int) -> None:
    found = told(kind("stable_code", "Целое предложение."))
    assert (found.name, found.fault, found.status) == (name, fault, status)
    assert found.as_json() == {
        "name": name,
        "message": "Целое предложение.",
        "arguments": ["Целое предложение."],
        "context": {},
        "debug": "",
        "code": "stable_code",
    }


def test_what_a_page_would_say_beside_its_fields_is_told_with_the_rest() -> None:
    refusal = Refusal("card", "The card was not saved.", fields={"title": "Write a heading.", "date": "The card was not saved."})
    assert told(refusal).message == "The card was not saved.\nWrite a heading."


def test_what_broke_on_our_side_tells_nothing_of_the_inside() -> None:
    found = failed("Something broke: ab12.")
    assert (found.fault, found.status, found.as_json()["debug"]) == (1, 500, "")
