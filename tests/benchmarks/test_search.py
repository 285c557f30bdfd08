from __future__ import annotations

from pathlib import Path

import pytest

from roadmapdocs.search.ports import Zone
from tests.benchmarks import search, search_questions
from tests.benchmarks.search_corpus import entries


def test_an_entry_of_the_archive_is_the_same_whenever_it_is_made() -> None:
    together, apart = list(entries(1, 5)), [next(entries(number, 1)) for number in range(1, 6)]
    assert together == apart
    assert all(len(one.zones[Zone.TEXT]) > 300 for one in together)


@pytest.mark.postgresql
def test_every_figure_of_search_can_be_taken(tmp_path: Path, postgres: object) -> None:
    figures = list(search.figures(tmp_path, 1, [40]))
    for engine in ("FTS5", "Whoosh", "PostgreSQL"):
        named = [figure for figure in figures if f", {engine}: " in figure.name]
        assert len(named) > 2 * len(search_questions.OPERATIONS)
        assert all(figure.value >= 0 for figure in named)
