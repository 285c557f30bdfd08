"""What engines in the registry's database do besides the suite: they take part in its transactions, count the newest
of too many matches, and say which table is broken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from roadmapdocs import db
from roadmapdocs.search.engines import sql_search
from roadmapdocs.search.ports import (
    Engine,
    Every,
    IndexBrokenError,
    Phrase,
    Plan,
    Prefix,
    Sort,
    Without,
    Word,
)
from tests.search.engines.entries import READER, entry, keys
from tests.search.engines.matching import found, phrase, word

OPERATIONS: dict[str, Callable[[Engine], object]] = {
    "search": lambda engine: engine.search(Plan(word("план"), READER, facets=("kind",))),
    "write": lambda engine: engine.write([entry(1, "план")], gone=["document:1"]),
    "frequencies": lambda engine: engine.frequencies({"план"}),
    "digests": lambda engine: list(engine.digests()),
    "count": lambda engine: engine.count(),
}


class InDatabase:
    def test_what_is_written_goes_with_the_transaction_around_it(self, engine: Engine) -> None:
        engine.write([entry(1, "старый")])
        with pytest.raises(LookupError), db.transaction():
            engine.write([entry(2, "новый")], gone=["document:1"])
            assert found(engine, Every()) == keys(2)
            raise LookupError
        assert found(engine, Every()) == keys(1)

    @pytest.mark.parametrize("operation", OPERATIONS)
    def test_an_index_that_is_not_there_is_broken_and_the_transaction_around_goes_on(
        self, engine: Engine, operation: str
    ) -> None:
        engine.drop()
        with db.transaction():
            with pytest.raises(IndexBrokenError, match=f"rd_search.*{engine.generation}"):
                OPERATIONS[operation](engine)
            assert db.database.execute_sql("SELECT 1").fetchone()[0] == 1
        engine.create()
        OPERATIONS[operation](engine)

    def test_of_too_many_the_newest_are_counted_and_ranked(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sql_search, "COUNTED", 6)
        monkeypatch.setattr(sql_search, "RANKED", 3)
        engine.write([entry(n, "план " * n, tags=f"kind:{n % 2}", day=n) for n in range(1, 11)])
        engine.write([entry(11, "прочее", title="план план", day=7), entry(12, title="план", day=1)])
        plan = Plan(word("план"), READER, facets=("kind",))
        answer = engine.search(plan)
        assert (answer.total, answer.exact) == (6, False)
        assert sum(answer.facets["kind"].values()) == 5
        assert {hit.key for hit in answer.hits[:3]} == keys(10, 9, 8)
        lifted = engine.search(Plan(word("план"), READER, first=(word("прочее"),)))
        assert (lifted.hits[0].key, lifted.hits[0].tier) == ("document:11", 0)
        late = engine.search(Plan(word("план"), READER, sort=Sort.DATE, offset=8, limit=2))
        assert [hit.key for hit in late.hits] == ["document:3", "document:2"]

    def test_a_phrase_of_words_with_many_readings(self, engine: Engine) -> None:
        """More spellings than are asked for one by one: each place stands in texts beside ten other terms."""
        readings = [" ".join(f"{word}|{word}{n}" for word in ("а", "б", "в")) for n in range(10)]
        engine.write([entry(n, text) for n, text in enumerate(readings, 1)])
        engine.write([entry(20, "а|а1 в|в1 б|б1"), entry(21, "а б"), entry(22, "в", title="а б")])
        assert found(engine, phrase("а б в")) == keys(*range(1, 11))
        assert found(engine, Without(phrase("а б в"))) == keys(20, 21, 22)
        assert found(engine, phrase("а б")) == keys(*range(1, 11), 21, 22)

    def test_a_phrase_with_an_open_end_wants_a_position_there(self, engine: Engine) -> None:
        engine.write([entry(1, "план"), entry(2, "план школа"), entry(3, "школа план")])
        open_end, open_start = (frozenset({"план"}), frozenset[str]()), (frozenset[str](), frozenset({"план"}))
        assert found(engine, Phrase(open_end)) == keys(2)
        assert found(engine, Phrase(open_start)) == keys(3)
        assert found(engine, Without(Phrase(open_end))) == keys(1, 3)

    def test_a_facet_without_a_column_is_counted(self, engine: Engine) -> None:
        engine.write([entry(1, tags="Марка:Для_служебного kind:a"), entry(2, tags="Марка:Для_служебного"), entry(3)])
        answer = engine.search(Plan(Every(), READER, facets=("Марка",)))
        assert answer.facets == {"Марка": {"Марка:Для_служебного": 2}}

    def test_a_beginning_of_more_words_than_are_asked_one_by_one(self, engine: Engine) -> None:
        engine.write([entry(1, " ".join(f"при{n}" for n in range(300))), entry(2, "при7|переть")])
        assert found(engine, Prefix("при")) == keys(1, 2)
        assert found(engine, Prefix("при29")) == keys(1)
        assert found(engine, Word(frozenset({"при"}))) == set()

    @pytest.mark.parametrize("name", ["", "a-b", "А", "a;b", "x" * 33])
    def test_a_generation_is_a_part_of_a_name(self, engine: Engine, name: str) -> None:
        with pytest.raises(ValueError, match="generation"):
            type(engine)(name)  # type: ignore[call-arg]  # the port says nothing of how one is made
