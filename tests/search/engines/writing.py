"""What is written stands, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from roadmapdocs.search.ports import Engine, Entry, Every, Plan, Sort
from tests.search.engines.entries import READER, entry, keys
from tests.search.engines.matching import found, phrase, tagged, word
from tests.search.engines.places import Place


def _state(engine: Engine) -> dict[str, str]:
    told = list(engine.digests())
    assert told == sorted(told)
    assert engine.count() == len(told)
    return dict(told)


class Writing:
    def test_an_empty_index_answers(self, engine: Engine) -> None:
        answer = engine.search(Plan(Every(), READER, facets=("kind",), first=(word("план"),)))
        assert (answer.hits, answer.total, answer.exact, answer.facets) == ((), 0, True, {"kind": {}})
        assert _state(engine) == {}
        assert engine.frequencies({"план"}).get("план", 0) == 0

    def test_nothing_to_write_is_no_trouble(self, engine: Engine) -> None:
        engine.write([])
        engine.write([], gone=["document:1"])
        assert engine.count() == 0

    def test_an_entry_replaces_the_one_of_its_key(self, engine: Engine) -> None:
        engine.write([entry(1, "старый план", tags="kind:order"), entry(2, "план")])
        engine.write([entry(1, "новый план", tags="kind:item", day=5)])
        assert found(engine, word("старый")) == found(engine, tagged("kind:order")) == set()
        assert found(engine, word("новый")) == found(engine, tagged("kind:item")) == keys(1)
        assert found(engine, phrase("новый план")) == keys(1)
        assert found(engine, word("план")) == keys(1, 2)
        answer = engine.search(Plan(Every(), READER, facets=("kind",), sort=Sort.DATE))
        assert [hit.key for hit in answer.hits] == ["document:1", "document:2"]
        assert answer.facets == {"kind": {"kind:item": 1}}
        assert engine.count() == 2

    def test_an_entry_keeps_its_key_when_its_row_is_another(self, engine: Engine) -> None:
        old, new = entry(1, "план"), entry(7, "план новый")
        engine.write([old])
        engine.write([Entry(7, old.key, new.day, new.number, new.zones, new.tags, new.digest)])
        assert _state(engine) == {old.key: new.digest}
        assert found(engine, word("план")) == keys(1)

    def test_an_id_is_free_again_once_its_entry_has_gone(self, engine: Engine) -> None:
        new = entry(1, "новый")
        engine.write([entry(1, "старый")])
        engine.write([Entry(1, "item:5", 0, "", new.zones, new.tags, new.digest)], gone=["document:1"])
        assert found(engine, Every()) == {"item:5"}

    def test_the_last_of_one_key_stands(self, engine: Engine) -> None:
        engine.write([entry(1, "первый"), entry(2, "иной"), entry(1, "второй")])
        assert (found(engine, word("первый")), found(engine, word("второй"))) == (set(), keys(1))
        assert engine.count() == 2

    def test_what_is_gone_is_found_no_more(self, engine: Engine) -> None:
        engine.write([entry(number, "план", tags="kind:order") for number in range(1, 6)])
        engine.write([entry(6, "план")], gone=["document:1", "document:3", "document:77"])
        assert found(engine, word("план")) == keys(2, 4, 5, 6)
        assert engine.search(Plan(Every(), READER, facets=("kind",))).facets == {"kind": {"kind:order": 3}}

    def test_digests_are_those_that_were_given(self, engine: Engine) -> None:
        entries = [entry(number, "план") for number in (10, 9, 1, 2)]
        engine.write(entries)
        assert _state(engine) == {one.key: one.digest for one in entries}
        engine.write([entry(9, "план", state="другой")])
        assert _state(engine)["document:9"] == entry(9, "план", state="другой").digest

    def test_many_small_writes_add_up(self, engine: Engine) -> None:
        for number in range(1, 31):
            engine.write(
                [entry(number, f"план слово{number % 3}", day=number)], gone=[f"document:{number - 10}"]
            )
        assert found(engine, word("план")) == keys(*range(21, 31))
        answer = engine.search(Plan(word("слово1"), READER, sort=Sort.DATE))
        assert [hit.key for hit in answer.hits] == ["document:28", "document:25", "document:22"]

    def test_a_write_that_fails_midway_writes_nothing(self, engine: Engine) -> None:
        def failing() -> Iterator[Entry]:
            yield entry(1, "новый")
            raise LookupError

        engine.write([entry(1, "старый"), entry(2, "старый")])
        with pytest.raises(LookupError):
            engine.write(failing(), gone=["document:2"])
        assert (found(engine, word("старый")), found(engine, word("новый"))) == (keys(1, 2), set())
        engine.write([entry(3, "старый")])
        assert found(engine, word("старый")) == keys(1, 2, 3)

    def test_another_opening_sees_what_was_written(
        self, engine: Engine, connected: Place, generation: str
    ) -> None:
        other = connected.open(generation)
        assert found(other, Every()) == set()
        engine.write([entry(1, "план")])
        assert found(other, word("план")) == keys(1)
        other.write([entry(2, "план")])
        assert found(engine, word("план")) == keys(1, 2)

    def test_creating_anew_throws_the_old_away(self, engine: Engine) -> None:
        engine.write([entry(1, "план")])
        engine.create()
        assert (found(engine, Every()), engine.count()) == (set(), 0)
        engine.write([entry(2, "план")])
        assert found(engine, word("план")) == keys(2)

    def test_generations_lie_beside_each_other(
        self, engine: Engine, connected: Place, generation: str
    ) -> None:
        beside = connected.open(f"{generation}b")
        beside.drop()
        beside.create()
        engine.write([entry(1, "план")])
        beside.write([entry(2, "план")])
        assert (found(engine, word("план")), found(beside, word("план"))) == (keys(1), keys(2))
        beside.drop()
        beside.drop()
        assert found(engine, word("план")) == keys(1)

    def test_tidying_changes_nothing_that_is_found(self, engine: Engine) -> None:
        for number in range(1, 40):
            engine.write([entry(number, "план работы")], gone=[f"document:{number - 3}"])
        before = (found(engine, word("план")), list(engine.digests()))
        engine.tidy()
        engine.tidy()
        assert (found(engine, word("план")), list(engine.digests())) == before == (keys(37, 38, 39), before[1])
        engine.write([entry(1, "план")])
        assert found(engine, word("план")) == keys(1, 37, 38, 39)

    def test_an_engine_tells_its_generation(self, engine: Engine, generation: str) -> None:
        assert engine.generation == generation
        assert engine.name in {"whoosh", "sqlite", "postgresql"}
