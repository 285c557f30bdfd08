"""Which records a tree of nodes finds."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.search.ports import (
    Both,
    Either,
    Engine,
    Every,
    Node,
    Phrase,
    Plan,
    Prefix,
    Tagged,
    Without,
    Word,
    Zone,
)
from roadmapdocs.search.tags import force_tags_on, range_tags
from tests.search.engines.entries import READER, keys


def word(*terms: str, zone: Zone | None = None) -> Word:
    return Word(frozenset(terms), zone)


def phrase(text: str, zone: Zone | None = None) -> Phrase:
    """Places apart by spaces, alternatives by ``|``; ``_`` is any one position."""
    return Phrase(
        tuple(frozenset() if one == "_" else frozenset(one.split("|")) for one in text.split()), zone
    )


def tagged(*tags: str) -> Tagged:
    return Tagged(frozenset(tags))


def found(engine: Engine, node: Node, readable: frozenset[str] = READER) -> set[str]:
    answer = engine.search(Plan(node, readable, limit=1_000))
    assert answer.total == len(answer.hits)
    return {hit.key for hit in answer.hits}


CASES: dict[str, tuple[Node, tuple[int, ...]]] = {
    "a word in any zone": (word("план"), (1, 3, 4)),
    "a word in one zone": (word("план", zone=Zone.TALK), (3,)),
    "a word that is only in other zones": (word("школа", zone=Zone.TALK), ()),
    "any alternative of a position": (word("планировать"), (1,)),
    "any of some terms": (word("шнор", "мсоко", "нигде"), (4, 5)),
    "a word of no terms": (word(), ()),
    "a word that nothing has": (word("нигде"), ()),
    "no part of a word": (word("пла"), ()),
    "a number whole": (word("#178-п"), (1, 2)),
    "a number by its digits": (word("178"), (1, 2)),
    "a sign beside letters": (word("500+"), (5,)),
    "a name with initials": (word("&лысенко.с.с"), (1,)),
    "a month": (word("@2021-11"), (2,)),
    "a phrase in its order": (phrase("план мероприятие"), (1, 3)),
    "a phrase in the other order": (phrase("мероприятие план"), (4,)),
    "a phrase within a zone": (phrase("план мероприятие", Zone.TEXT), (3,)),
    "a phrase of words that are apart": (phrase("план утвердить"), ()),
    "a phrase across alternatives": (phrase("утрачивать|утратить сила приказ|указ 178"), (2,)),
    "a phrase of two terms of one position": (phrase("#178-п 178"), ()),
    "a phrase with a gap": (phrase("план _ утверждать"), (3,)),
    "a phrase with two gaps": (phrase("назначить _ _ за"), (1,)),
    "a phrase with a gap too many": (phrase("план _ _ утверждать"), ()),
    "a phrase not across zones": (phrase("мероприятие #178-п лысенко"), ()),
    "a phrase that repeats a word": (phrase("год год год"), (3,)),
    "a phrase that repeats it once too often": (phrase("год год год год"), ()),
    "a phrase of one word": (phrase("сила"), (2,)),
    "a phrase with a word that nothing has": (phrase("план нигде"), ()),
    "a phrase longer than any text": (phrase("школа школьный школа школа"), ()),
    "a prefix": (Prefix("школ"), (3, 5)),
    "a prefix that is a word": (Prefix("план"), (1, 3, 4)),
    "a prefix in one zone": (Prefix("школ", Zone.TEXT), (5,)),
    "a prefix of a number": (Prefix("#17"), (1, 2)),
    "a prefix that nothing has": (Prefix("яяя"), ()),
    "a prefix of the last letter": (Prefix("\U0010ffff"), ()),
    "every record": (Every(), (1, 2, 3, 4, 5, 8)),
    "all of some": (Both((word("план"), word("лысенко"))), (1,)),
    "all of none": (Both(()), (1, 2, 3, 4, 5, 8)),
    "any of some nodes": (Either((word("шнор"), phrase("год год"))), (3, 4)),
    "any of none": (Either(()), ()),
    "without": (Both((word("план"), Without(word("лысенко")))), (3, 4)),
    "without, alone": (Without(word("план")), (2, 5, 8)),
    "without a phrase": (Both((word("план"), Without(phrase("план мероприятие")))), (4,)),
    "without a prefix": (Without(Either((Prefix("пла"), Prefix("при")))), (5, 8)),
    "without nothing": (Without(Either(())), (1, 2, 3, 4, 5, 8)),
    "without everything": (Without(Every()), ()),
    "not without": (Without(Without(word("шнор"))), (4,)),
    "a tag": (tagged("kind:order"), (1, 2)),
    "any of some tags": (tagged("kind:item", "kind:section", "kind:nowhere"), (4, 5)),
    "a tag beside another of its facet": (tagged("section:2"), (4, 5)),
    "no part of a tag": (tagged("kind:ord"), ()),
    "no tags": (tagged(), ()),
    "a tag is no word": (word("kind:order"), ()),
    "a word is no tag": (tagged("план"), ()),
    "all but a tag": (Both((tagged("type:document"), Without(tagged("kind:order")))), (3, 8)),
    "days of a range": (Tagged(range_tags(dt.date(2021, 11, 29), dt.date(2022, 1, 9))), (1,)),
    "days of an open range": (Tagged(range_tags(dt.date(2022, 1, 10), None)), (2, 3)),
    "in force on a day": (Tagged(force_tags_on(dt.date(2022, 1, 9))), (1,)),
    "in force from its day on": (Tagged(force_tags_on(dt.date(2022, 1, 10))), (2,)),
    "in force before anything": (Tagged(force_tags_on(dt.date(2001, 1, 1))), ()),
}


class Matching:
    @pytest.mark.parametrize(("node", "expected"), CASES.values(), ids=CASES.keys())
    def test_a_tree_of_nodes_finds(self, shelf: Engine, node: Node, expected: tuple[int, ...]) -> None:
        assert found(shelf, node) == keys(*expected)

    @pytest.mark.parametrize(
        ("readable", "expected"),
        [
            ({"may:head"}, (6,)),
            ({"may:drafter.7", "may:unit.3"}, (6, 7)),
            ({"may:drafter.77", "may:drafter", "may:unit.31"}, ()),
            ({"may:nobody"}, ()),
            (set(), ()),
            ({"may:anyone", "may:unit.3"}, (1, 2, 3, 4, 5, 7, 8)),
        ],
    )
    def test_only_what_may_be_read_is_found(
        self, shelf: Engine, readable: set[str], expected: tuple[int, ...]
    ) -> None:
        assert found(shelf, Every(), frozenset(readable)) == keys(*expected)

    def test_what_may_not_be_read_is_not_found_by_leaving_things_out_either(self, shelf: Engine) -> None:
        assert found(shelf, Without(word("план")), frozenset({"may:unit.3"})) == keys(7)

    def test_hidden_records_count_as_absent(self, shelf: Engine) -> None:
        plan = Plan(word("план"), READER, hidden=frozenset({"document:1", "document:99"}), facets=("kind",))
        answer = shelf.search(plan)
        assert ({hit.key for hit in answer.hits}, answer.total) == (keys(3, 4), 2)
        assert answer.facets == {"kind": {"kind:item": 1, "kind:regulation": 1}}
