"""What programs do for people stands in the journal with their token; that they asked leaves the state as it was."""

from __future__ import annotations

import dataclasses

import pytest

from roadmapdocs.audit.operations import changes_hash, history, record, verify
from roadmapdocs.people.rules import Actor
from tests import factories as make
from tests.conftest import NOW


@pytest.fixture
def program(clerk: Actor) -> Actor:
    return dataclasses.replace(clerk, token_id=7)


def test_a_change_by_a_program_names_its_token(database: str, clerk: Actor, program: Actor) -> None:
    unit = make.unit()
    record("unit_changed", subject=unit, effect={"name": unit.name}, by=clerk, now=NOW)
    record("unit_changed", subject=unit, effect={"name": unit.name}, by=program, now=NOW)
    assert [event.effect.get("token") for event in history(unit)] == [7, None]
    assert verify() is None


def test_a_call_that_only_asked_is_kept_and_changes_nothing(database: str, program: Actor) -> None:
    unit = make.unit()
    record("unit_added", subject=unit, effect={}, by=program, now=NOW)
    before = changes_hash()
    record("api_called", subject=unit, effect={"method": "read"}, by=program, now=NOW)
    assert changes_hash() == before
    assert len(history(unit)) == 2
    assert verify() is None
    record("unit_changed", subject=unit, effect={}, by=program, now=NOW)
    assert changes_hash() != before
