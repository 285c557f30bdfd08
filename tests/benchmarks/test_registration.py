from __future__ import annotations

from pathlib import Path

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.registration.models import Counter, Entry
from tests.benchmarks import registration


def test_the_bare_transaction_writes_the_rows_that_registration_writes(sqlite_database: None) -> None:
    journal = registration._filled(20)[0]
    registration._give(journal)
    registration._Bare().give(journal)
    ours, bare = Entry.select().where(Entry.journal == journal).order_by(Entry.n).dicts()[-2:]
    plain = {"id", "n", "number", "key", "sort", "by"}
    assert {name: value for name, value in ours.items() if name not in plain} == {
        name: value for name, value in bare.items() if name not in plain
    }
    assert (Event.select().count(), Counter.get(Counter.journal == journal).last) == (2, 4)


@pytest.mark.postgresql
def test_every_figure_can_be_taken(tmp_path: Path, postgres: object) -> None:
    figures = list(registration.figures(tmp_path, 1, 20))
    assert len(figures) == 6
    assert all(figure.value > 0 for figure in figures)
