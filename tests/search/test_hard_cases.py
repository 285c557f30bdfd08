"""The hard cases of searching, on every engine: each finds what it has to, or is named as one that does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.search.answers import Asked
from roadmapdocs.search.operations import search
from tests.conftest import TODAY
from tests.search.archive import Archive, make_archive
from tests.search.hard_cases import CASES, Case
from tests.search.registry import ENGINES, index, registry

EVERYWHERE = frozenset({"whoosh", "sqlite", "postgresql"})
#: Name of a case → the engines on which it does not find what it should. A case that does by now is taken off.
KNOWN_MISSES: Mapping[str, frozenset[str]] = {}


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def archive(engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with registry(engine, request, tmp_path_factory.mktemp("archive")) as used:
        made = make_archive()
        index(used)
        yield made


def missed(case: Case, archive: Archive) -> list[str]:
    """What is wrong with the answer to a case."""
    answer = search(Asked(case.query, in_force=case.on, limit=50, facets=False), by=SYSTEM, today=TODAY)
    names = {key: name for name, key in archive.keys.items()}
    found = [names[hit.key] for hit in answer.hits]
    wrong = [f"not found: {name}" for name in case.has if name not in found]
    wrong += [f"found: {name}" for name in case.lacks if name in found]
    if case.first and found[:1] != [case.first]:
        wrong.append(f"first is {found[:1]}, not {case.first}")
    if case.only and set(found) - set(case.has):
        wrong.append(f"found besides: {sorted(set(found) - set(case.has))}")
    return wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hard_case_finds_what_it_has_to(archive: Archive, engine: str, case: Case) -> None:
    wrong = missed(case, archive)
    if engine in KNOWN_MISSES.get(case.name, ()):
        assert wrong, "this case finds what it has to by now: take it off KNOWN_MISSES"
    else:
        assert not wrong


def test_known_misses_are_few_and_of_cases_that_there_are() -> None:
    assert KNOWN_MISSES.keys() <= {case.name for case in CASES}
    counts = Counter(engine for engines in KNOWN_MISSES.values() for engine in engines)
    assert all(count <= len(CASES) // 10 for count in counts.values())


def test_cases_are_many_and_each_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 70
