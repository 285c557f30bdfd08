"""The page of the document by which simple signatures count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.approvals.models import SignatureRule
from roadmapdocs.approvals.signing import rule_on
from roadmapdocs.documents.models import Document
from roadmapdocs.people.rules import Role
from tests.conftest import TODAY
from tests.web.office import Office, document, office_on, post

ADDRESS = "/signature-rule/"


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


@pytest.fixture
def order(office: Office) -> Document:
    return document("О простой электронной подписи", number="41-О")


def name(office: Office, words: str = "41-О", since: str = "2026-03-16", follow: bool = False) -> tuple[int, str]:
    answer = post(office.client(Role.ADMINISTRATOR), f"{ADDRESS}new", follow=follow, document=words, since=since)
    return answer.status_code, answer.get_data(as_text=True)


def test_a_registered_document_makes_signatures_count(office: Office, order: Document) -> None:
    before = office.client(Role.ADMINISTRATOR).get(ADDRESS).get_data(as_text=True)
    assert "do not count today" in before
    assert "63-FZ" in before
    _status, page = name(office, follow=True)
    assert "О простой электронной подписи" in page
    assert "do not count today" not in page
    rule = rule_on(TODAY)
    assert rule is not None
    assert rule.document_id == order.id


@pytest.mark.parametrize(
    ("words", "since", "told"),
    [
        ("", "2026-03-16", "Name the document"),
        ("999-О", "2026-03-16", "no registered document"),
        ("приказ от 10.11.2025 № 999-О", "2026-03-16", "no registered document"),
        ("№ № №", "2026-03-16", "no registered document"),
        ("я" * 201, "2026-03-16", "Field cannot be longer"),
        ("41-О", "", "Name the day"),
        ("41-О", "вчера", "Not a valid date"),
        ("41-О", "2020-01-01", "before the day of its document"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(office: Office, order: Document, words: str, since: str, told: str) -> None:
    status, page = name(office, words, since)
    assert (status, told in page) == (422, True)
    assert SignatureRule.select().count() == 0


def test_of_several_with_one_number_the_date_tells(office: Office, order: Document) -> None:
    other = document("О другом", number="41-О", date=dt.date(2026, 2, 2), kind="directive")
    status, page = name(office)
    assert (status, "Several documents have this number" in page) == (422, True)
    assert name(office, "распоряжение от 02.02.2026 № 41-О")[0] == 302
    assert SignatureRule.get().document_id == other.id


def test_a_later_document_ends_the_one_before_and_both_stay_in_sight(office: Office, order: Document) -> None:
    name(office, since="2026-03-01")
    document("Новое положение", number="42-О", date=dt.date(2026, 3, 10))
    _status, page = name(office, "42-О", "2026-03-16", follow=True)
    assert [(row.since.day, row.until.day if row.until else None) for row in SignatureRule.select().order_by(SignatureRule.id)] == [
        (1, 15),
        (16, None),
    ]
    assert "О простой электронной подписи" in page
    assert "has ended" in page
    assert name(office, "41-О", "2026-03-16")[0] == 422


def test_a_rule_is_ended_on_a_day(office: Office, order: Document) -> None:
    name(office, since="2026-03-10")
    client, rule = office.client(Role.ADMINISTRATOR), SignatureRule.get()
    for wrong, told in (("", "Name the last day"), ("завтра", "Name the last day"), ("2026-01-01", "does not end before")):
        assert told in post(client, f"{ADDRESS}{rule.id}/end", follow=True, until=wrong).get_data(as_text=True)
    assert "nobody signs with a password" in post(client, f"{ADDRESS}{rule.id}/end", follow=True, until="2026-03-16").get_data(as_text=True)
    assert rule_on(TODAY) is not None
    assert rule_on(TODAY + dt.timedelta(days=1)) is None
    assert "has ended already" in post(client, f"{ADDRESS}{rule.id}/end", follow=True, until="2026-04-01").get_data(as_text=True)
    assert "has ended already" in post(client, f"{ADDRESS}999/end", follow=True, until="2026-04-01").get_data(as_text=True)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_the_administrator_keeps_the_rule(office: Office, order: Document, role: Role) -> None:
    name(office)
    client = office.client(role)
    assert client.get(ADDRESS).status_code == 403
    assert post(client, f"{ADDRESS}new", document="41-О", since="2026-04-01").status_code == 403
    assert post(client, f"{ADDRESS}1/end", until="2026-04-01").status_code == 403
    assert SignatureRule.get().until is None


def test_without_a_token_nothing_changes(office: Office, order: Document) -> None:
    client = office.client(Role.ADMINISTRATOR)
    assert client.post(f"{ADDRESS}new", data={"document": "41-О", "since": "2026-03-16"}).status_code == 400
    assert office.app.test_client().get(ADDRESS).status_code == 302
    assert client.get(f"{ADDRESS}new").status_code == 302
