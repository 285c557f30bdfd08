"""In what order records come, page by page, and what is counted beside them."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from roadmapdocs.search.ports import Either, Engine, Every, Plan, Sort, Word, Zone
from tests.search.engines.entries import READER, entry, keys
from tests.search.engines.matching import phrase, tagged, word

EVERYTHING = READER | {"may:head", "may:unit.3"}


def listed(engine: Engine, plan: Plan) -> list[int]:
    return [int(hit.key.partition(":")[2]) for hit in engine.search(plan).hits]


class Ordering:
    def test_newest_come_first_by_date(self, shelf: Engine) -> None:
        """Of one day, the higher id; what has no day comes last."""
        assert listed(shelf, Plan(Every(), EVERYTHING, sort=Sort.DATE)) == [6, 3, 7, 2, 1, 8, 5, 4]

    def test_numbers_come_in_their_order_and_what_has_none_comes_last(self, shelf: Engine) -> None:
        assert listed(shelf, Plan(Every(), EVERYTHING, sort=Sort.NUMBER)) == [2, 3, 6, 1, 8, 7, 5, 4]

    @pytest.mark.parametrize("sort", Sort)
    def test_pages_put_together_are_the_whole(self, shelf: Engine, sort: Sort) -> None:
        plan = Plan(Every(), EVERYTHING, sort=sort)
        whole = listed(shelf, plan)
        pages = [listed(shelf, replace(plan, offset=offset, limit=3)) for offset in (0, 3, 6, 9)]
        assert [len(page) for page in pages] == [3, 3, 2, 0]
        assert [*itertools.chain.from_iterable(pages)] == whole

    @pytest.mark.parametrize(("offset", "limit"), [(0, 0), (100, 20), (1_000_000, 1), (2, 1)])
    def test_the_total_is_that_of_all_pages(self, shelf: Engine, offset: int, limit: int) -> None:
        answer = shelf.search(Plan(word("план"), READER, offset=offset, limit=limit))
        assert (answer.total, answer.exact) == (3, True)

    def test_a_closer_record_comes_before_a_newer_one(self, engine: Engine) -> None:
        engine.write(
            [entry(1, title="план"), entry(2, "план " + "слово " * 50, day=9), entry(3, "слово", day=10)]
        )
        answer = engine.search(Plan(word("план"), READER))
        assert [hit.key for hit in answer.hits] == ["document:1", "document:2"]
        assert answer.hits[0].score > answer.hits[1].score

    @pytest.mark.parametrize(("better", "worse"), [("title", "people"), ("people", "text"), ("text", "talk")])
    def test_a_hit_weighs_by_its_zone(self, engine: Engine, better: str, worse: str) -> None:
        filling = [
            entry(number, "слово", title="слово", people="слово", talk="слово") for number in range(10, 20)
        ]
        # Both have as many words in each zone: nothing but the place of the hit tells them apart.
        same = dict.fromkeys(("title", "people", "text", "talk"), "слово слово")
        upper, lower = ({**same, zone: "план слово"} for zone in (better, worse))
        engine.write([entry(1, **upper), entry(2, **lower), *filling])
        assert listed(engine, Plan(word("план"), READER)) == [1, 2]

    def test_a_rare_word_weighs_more_than_a_common_one(self, engine: Engine) -> None:
        engine.write([entry(1, "частый редкий"), *(entry(n, "частый частый") for n in range(2, 30))])
        engine.write([entry(30, "иной редкий"), entry(31, "иной частый")])
        either = Plan(Either((word("редкий"), word("частый"))), READER, limit=2)
        assert set(listed(engine, either)) == {1, 30}

    def test_of_equally_close_records_the_newest_come_first_and_then_the_higher_id(
        self, engine: Engine
    ) -> None:
        engine.write([entry(number, "план", day=day) for number, day in ((1, 5), (2, 7), (3, 5), (4, 0))])
        assert listed(engine, Plan(word("план"), READER)) == [2, 3, 1, 4]
        assert listed(engine, Plan(tagged(*READER), READER)) == [2, 3, 1, 4]

    def test_tiers_come_before_all_others_in_their_order(self, shelf: Engine) -> None:
        """A record in several tiers stands in the first; what the question does not match is not lifted in."""
        first = (word("#178-п", zone=Zone.TITLE), phrase("мероприятие план"), word("планировать", "школьный"))
        answer = shelf.search(Plan(word("план"), READER, first=first))
        assert [(hit.key, hit.tier) for hit in answer.hits] == [
            ("document:1", 0),
            ("document:4", 1),
            ("document:3", None),
        ]

    def test_tiers_are_none_of_a_sort_by_date(self, shelf: Engine) -> None:
        answer = shelf.search(Plan(word("план"), READER, first=(word("шнор"),), sort=Sort.DATE))
        assert [(hit.key, hit.tier) for hit in answer.hits] == [(f"document:{n}", None) for n in (3, 1, 4)]

    def test_a_facet_is_counted_over_what_matches_and_may_be_read(self, shelf: Engine) -> None:
        answer = shelf.search(
            Plan(word("план", "тайна", "школьный"), READER, facets=("kind", "section", "signer", "x"))
        )
        assert answer.facets == {
            "kind": {"kind:item": 1, "kind:order": 1, "kind:regulation": 1, "kind:section": 1},
            "section": {"section:2": 2, "section:1": 1},
            "signer": {"signer:4": 1, "signer:5": 1},
            "x": {},
        }

    def test_the_commonest_values_come_first_and_of_equals_the_lesser(self, shelf: Engine) -> None:
        kinds = shelf.search(Plan(Every(), READER, facets=("kind",), most_values=3)).facets["kind"]
        assert list(kinds.items()) == [("kind:order", 2), ("kind:blank", 1), ("kind:item", 1)]

    def test_a_facet_is_counted_without_its_own_choice(self, shelf: Engine) -> None:
        chosen = {"kind": frozenset({"kind:order"}), "unit": frozenset({"unit:1", "unit:9"})}
        answer = shelf.search(Plan(Every(), READER, narrowed=chosen, facets=("kind", "unit", "signer")))
        assert ({hit.key for hit in answer.hits}, answer.total) == (keys(1), 1)
        assert answer.facets == {
            "kind": {"kind:order": 1, "kind:regulation": 1},
            "unit": {"unit:1": 1, "unit:2": 1},
            "signer": {"signer:4": 1},
        }

    def test_narrowing_to_what_nothing_has_finds_nothing(self, shelf: Engine) -> None:
        chosen = {"kind": frozenset({"kind:nowhere"})}
        answer = shelf.search(Plan(Every(), READER, narrowed=chosen, facets=("kind",)))
        assert (answer.total, answer.facets["kind"]["kind:order"]) == (0, 2)

    def test_a_facet_is_no_beginning_of_another(self, engine: Engine) -> None:
        engine.write([entry(1, tags="force:valid force.on:3.1 forced:yes")])
        answer = engine.search(Plan(Every(), READER, facets=("force",)))
        assert answer.facets == {"force": {"force:valid": 1}}

    def test_words_are_counted_roughly(self, shelf: Engine) -> None:
        told = shelf.frequencies({"план", "шнор", "нигде"})
        assert told.get("план", 0) > told.get("шнор", 0) > told.get("нигде", 0) == 0
        assert shelf.frequencies(()) == {}

    def test_a_word_of_many_terms_answers_as_any_of_them(self, shelf: Engine) -> None:
        many = frozenset(f"слово{number}" for number in range(499)) | {"шнор"}
        assert listed(shelf, Plan(Word(many), READER)) == [4]
