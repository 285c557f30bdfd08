"""Numbers of documents as people write them, and cards that are filled in."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.rules import Card, Preparation, check_card, search_key
from roadmapdocs.errors import Refusal
from roadmapdocs.registration.numbers import normalise_number, number_sort_key

TODAY = dt.date(2026, 3, 16)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("178-П", "178-П"),
        ("№ 178 –п", "178-П"),
        ("N178-П", "178-П"),
        ("No. 178-п", "178-П"),
        ("178—П", "178-П"),
        ("178-O", "178-О"),  # Latin O typed for a Cyrillic one
        (" 12/3 ", "12/3"),
        ("45а", "45А"),
        ("45a", "45А"),
        ("", ""),
        ("   ", ""),
        ("б/н", "Б/Н"),
    ],
)
def test_numbers_that_look_the_same_are_the_same(written: str, compared: str) -> None:
    assert normalise_number(written) == compared


def test_numbers_sort_as_people_count() -> None:
    written = ["46", "45а", "9", "10-П", "45", "9-П", "100"]
    assert sorted(written, key=number_sort_key) == ["9", "9-П", "10-П", "45", "45а", "46", "100"]


def test_a_list_looks_for_words_in_any_case() -> None:
    assert search_key("Приказ", "", "О Ёлке") == "приказ о елке"


def problems(card: Card) -> set[str]:
    with pytest.raises(Refusal) as refused:
        check_card(card, today=TODAY)
    fields = refused.value.details["fields"]
    assert isinstance(fields, dict)
    return set(fields)


def test_a_title_is_enough() -> None:
    check_card(Card(kind="order_main", title="О рабочей группе"), today=TODAY)


@pytest.mark.parametrize(
    ("card", "fields"),
    [
        (Card("order_main", ""), {"title"}),
        (Card("order_main", " \n"), {"title"}),
        (Card("order_main", "О" * 2001), {"title"}),
        (Card("order_main", "О", number="1" * 65), {"number"}),
        (Card("order_main", "О", summary="О" * 10_001), {"summary"}),
        (Card("order_main", "О", preparation=Preparation.SIGNED), {"date"}),
        (Card("order_main", "О", preparation=Preparation.SIGNED, date=TODAY + dt.timedelta(1)), {"date"}),
        (Card("order_main", "О", mark=Mark.OFFICIAL), {"mark_basis"}),
        (Card("order_main", "О", mark=Mark.PERSONAL, mark_basis=" "), {"mark_basis"}),
        (Card("order_main", "О", date=TODAY, force_from=TODAY - dt.timedelta(1)), {"force_from"}),
        (Card("order_main", "", number="1" * 65, preparation=Preparation.SIGNED), {"title", "number", "date"}),
    ],
)
def test_every_field_that_is_wrong_gets_its_sentence(card: Card, fields: set[str]) -> None:
    assert problems(card) == fields


def test_a_document_may_be_signed_today_and_a_draft_dated_tomorrow() -> None:
    check_card(Card("order_main", "О", preparation=Preparation.SIGNED, date=TODAY), today=TODAY)
    check_card(Card("order_main", "О", date=TODAY + dt.timedelta(1)), today=TODAY)


def test_a_document_comes_into_force_on_its_own_day_or_later() -> None:
    for later in (0, 30):
        check_card(Card("order_main", "О", date=TODAY, force_from=TODAY + dt.timedelta(later)), today=TODAY)
