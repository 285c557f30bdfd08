"""The library of phrases: adopted, filled in, changed by the office."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.documents.models import Kind
from roadmapdocs.drafting import phrases, sources
from roadmapdocs.drafting.models import Phrase
from roadmapdocs.drafting.operations import draft_of
from roadmapdocs.drafting.phrases import (
    PLACES,
    fill,
    filled_for,
    keep_phrase,
    load_phrases,
    phrases_for,
    placeholders,
    shipped,
)
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.rules import Actor, Role
from tests.conftest import NOW, TODAY
from tests.drafting.office import Office, card, expected

STAFF = Actor(3, "Никто Н. Н.", frozenset({Role.STAFF}))


def keep(place: Office, where: str, text: str, kinds: tuple[str, ...] = (), phrase: int | None = None, **more: object) -> Phrase:
    return keep_phrase(phrase, where, text, kinds, by=place.clerk, now=NOW, **more)  # type: ignore[arg-type]


def test_every_shipped_phrase_can_be_kept_and_filled(office: Office) -> None:
    assert len(shipped()) >= 30
    assert {row["place"] for row in shipped()} == set(PLACES)
    codes = {kind.code for kind in Kind.select()}
    for row in shipped():
        assert set(row.get("kinds", [])) <= codes
        keep(office, row["place"], row["text"])


def test_our_phrases_are_adopted_once_and_the_offices_own_stay(everywhere: Office) -> None:
    own = load_phrases()
    assert own == len(shipped())
    Phrase.update(text="Своя").where(Phrase.id == Phrase.select(Phrase.id).limit(1).scalar()).execute()
    assert load_phrases() == 0
    assert Phrase.select().where(Phrase.text == "Своя").exists()


def test_phrases_are_those_of_the_place_and_the_kind_in_their_order(office: Office) -> None:
    keep(office, "point", "Для всех")
    keep(office, "point", "Для протоколов", ("protocol",))
    keep(office, "point", "Первая", position=0)
    keep(office, "point", "Прежняя", active=False)
    keep(office, "force", "Другое место")
    assert [one.text for one in phrases_for("point", "order_main")] == ["Первая", "Для всех"]
    assert [one.text for one in phrases_for("point", "protocol")] == ["Первая", "Для всех", "Для протоколов"]


def test_placeholders_are_filled_from_the_document_and_the_unknown_are_named(everywhere: Office) -> None:
    made = sources.draft_from_item(expected(everywhere, "Приказ УО", "приказ").id, by=everywhere.clerk, now=NOW, today=TODAY)
    keep(everywhere, "preamble", "Во исполнение пункта {пункт} {Дорожная  карта}, {вид} {организация} в {год} году, до {срок}")
    (one,) = filled_for(made.document, draft_of(made.document), "preamble", today=TODAY)
    assert one.text == (
        "Во исполнение пункта 1.2 дорожной карты развития чтения, приказа "
        "Управления образования администрации Заречного района в 2026 году, до {срок}"
    )
    assert one.missing == ("срок",)


@pytest.mark.parametrize(("day", "year"), [(dt.date(2026, 3, 1), "2025/26"), (dt.date(2026, 9, 1), "2026/27"), (dt.date(2099, 9, 1), "2099/00")])
def test_the_school_year_begins_in_summer(office: Office, day: dt.date, year: str) -> None:
    document = card(office, date=day)
    assert phrases.facts_of(document, None, today=TODAY)["учебный год"] == f"{year} учебный год"


def test_a_phrase_is_plain_text_whatever_it_is_filled_with() -> None:
    phrase = Phrase(place="point", text="{a} {{b}} {} {a.__class__}")
    assert fill(phrase, {"a": "{b}", "b": "нет"}).text == "{b} {нет} {} {a.__class__}"


@pytest.mark.parametrize(
    ("place", "text", "field"),
    [("nowhere", "x", "place"), ("point", "  ", "text"), ("point", "я" * 1_001, "text"), ("point", "{дорожная крта}", "text")],
)
def test_a_phrase_that_makes_no_sense_is_refused(office: Office, place: str, text: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        keep(office, place, text)
    assert (refused.value.code, refused.value.details["field"]) == ("phrase", field)
    assert not Phrase.select().exists()


def test_only_keepers_of_cards_change_the_library(office: Office) -> None:
    with pytest.raises(Forbidden):
        keep_phrase(None, "point", "x", by=STAFF, now=NOW)
    with pytest.raises(NotFound):
        keep(office, "point", "x", phrase=99)
    made = keep(office, "point", "Было")
    assert keep(office, "point", "Стало", phrase=made.id).text == "Стало"
    assert len(placeholders()) > len(PLACES)
