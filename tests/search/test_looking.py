"""Where in a text forms of asked words may stand."""

from __future__ import annotations

import pytest

from roadmapdocs.search import looking
from roadmapdocs.search.looking import MOST_INFLECTED, beginnings_of_all


def test_forms_of_a_word_are_looked_for_by_all_their_beginnings() -> None:
    assert beginnings_of_all([{"человек"}]) >= {"чело", "люди", "людь"}


def test_of_a_word_that_stands_for_very_many_the_forms_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []

    def readings(term: str) -> tuple[object, ...]:
        looked_up.append(term)
        return ()

    monkeypatch.setattr(looking, "readings", readings)
    many = {f"приказище{number}" for number in range(MOST_INFLECTED)}
    assert beginnings_of_all([many, {"зачетище"}]) == {"при", "заче", "зачё"}
    assert looked_up == ["зачетище"]
