"""The list of documents by REST: filters, orders, pages, sparse lines."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.operations import link
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.roadmap.models import Edition, ExpectedDocument
from tests import factories
from tests.conftest import NOW, TODAY
from tests.web.api.conftest import Api
from tests.web.office import document


def ids(api: Api, path: str) -> list[int]:
    answer = api.get(path)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json["items"]]


@pytest.fixture
def rows(api: Api) -> dict[str, int]:
    """Four documents by name."""
    day = dt.date
    return {
        "old": document("On libraries", date=day(2024, 5, 5), number="3").id,
        "new": document("On the ball", date=day(2026, 2, 2), number="12").id,
        "minutes": document("Minutes on libraries", kind="protocol", date=day(2025, 6, 6), number="1").id,
        "draft": document("A plan", preparation=Preparation.DRAFT, date=None).id,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["draft", "new", "minutes", "old"]),
        ("order=date", ["old", "minutes", "new", "draft"]),
        ("order=id", ["old", "new", "minutes", "draft"]),
        ("order=-id", ["draft", "minutes", "new", "old"]),
        ("kind=protocol", ["minutes"]),
        ("kind=protocol,%20order_main&preparation=signed", ["new", "minutes", "old"]),
        ("preparation=draft", ["draft"]),
        ("force=in_force&date_to=2025-12-31", ["minutes", "old"]),
        ("date_from=2025-06-06&date_to=2025-06-06", ["minutes"]),
        ("number=12", ["new"]),
        ("number=№%2012", ["new"]),
        ("q=LIBRARIES", ["minutes", "old"]),
        ("q=libraries%20minutes", ["minutes"]),
        ("q=%00", ["draft", "new", "minutes", "old"]),
        ("changed_since=2026-03-16T09:30:00Z", ["draft", "new", "minutes", "old"]),
        ("changed_since=2026-03-16T12:30:01%2B03:00", []),
        ("mark=official", []),
        ("case=5", []),
        ("drafter=1&unit=1&organisation=1&signer=1", []),
        ("item=1", []),
    ],
)
def test_filters_and_orders(api: Api, rows: dict[str, int], query: str, found: list[str]) -> None:
    assert ids(api, f"/documents?{query}") == [rows[name] for name in found]


def test_by_number_the_ninth_comes_before_the_twelfth(api: Api, rows: dict[str, int]) -> None:
    numbers = [one["number"] for one in api.get("/documents?order=number&fields=number&preparation=signed").json["items"]]
    assert numbers == ["1", "3", "12"]


def test_by_an_item_of_a_roadmap(api: Api, rows: dict[str, int]) -> None:
    factories.roadmap(factories.item("1.1", "A show", factories.deadline(2026, 3, 31)))
    expected = ExpectedDocument.get()
    key = coverage_of(Edition.get(), today=TODAY).items[0].slots[0].slot.key
    link(expected.id, key, Document.get_by_id(rows["new"]), by=api.actor(), now=NOW)
    assert ids(api, f"/documents?item={expected.item_id}") == [rows["new"]]


@pytest.mark.parametrize(
    "query",
    [
        "kind=edict", "kind=,", "preparation=late", "date_from=yesterday", "date_from=2026-02-30", "case=0", "case=-1",
        "case=9999999999999999999999", "case=1.0", "order=title", "limit=201", "limit=-5", "limit=x", "fields=password",
        "cursor=!", "cursor=W10", "cursor=WyJ4Iiwx", "cursor=WyIyMDI2LTAxLTAxIl0", "cursor=bnVsbA", "changed_since=2026-01-01T00:00:00",
        "sort=date", "q=" + "x" * 201,
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_never_breaks(api: Api, query: str) -> None:
    answer = api.get(f"/documents?{query}")
    assert answer.status_code == 422, answer.text
    assert answer.json["details"]["fields"]


@pytest.mark.parametrize("order", ["date", "-date", "number", "-number", "changed", "-changed", "id", "-id"])
def test_pages_hold_every_document_once_while_others_come_in(api: Api, order: str) -> None:
    there = {document(f"Document {place}", date=dt.date(2026, 1, 1 + place % 3), number=str(place)).id for place in range(1, 8)}
    seen: list[int] = []
    address: str | None = f"/documents?order={order}&limit=2"
    while address:
        answer = api.get(address)
        seen += [item["id"] for item in answer.json["items"]]
        document("Newcomer", date=dt.date(2026, 1, 1 + len(seen) % 3), number=f"9{len(seen)}")
        address = answer.json["next"] if len(seen) < 60 else None
    assert len(seen) == len(set(seen)) < 60
    assert there <= set(seen)


def test_a_line_is_what_the_card_says(api: Api, rows: dict[str, int]) -> None:
    (line,) = api.get("/documents?number=12").json["items"]
    card = api.get(f"/documents/{rows['new']}").json
    assert {name: card[name] for name in line} == line


def test_sparse_fields_leave_the_others_out(api: Api, rows: dict[str, int]) -> None:
    assert api.get("/documents?fields=title,%20date&number=12").json["items"] == [{"title": "On the ball", "date": "2026-02-02"}]
    assert api.get(f"/documents/{rows['new']}?fields=number,unit").json == {"number": "12", "unit": None}
