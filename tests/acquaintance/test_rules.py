"""Addressees as plain data, and the state of the line that the lists tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.acquaintance.rules import STEPS, Addressees, Tally, way_to
from roadmapdocs.workflow.rules import STANDARD, Line
from tests.workflow.definitions import shipped

STATES = STANDARD[Line.ACQUAINTANCE]
STEPS_OF_LINE = shipped().definitions["acquaintance"].transitions
IDS = st.lists(st.integers(1, 9), max_size=3).map(tuple)
WORDS = st.lists(st.sampled_from(["директор", "методист"]), max_size=2).map(tuple)


@given(st.builds(Addressees, IDS, IDS, WORDS, WORDS, st.booleans(), st.booleans()))
def test_addressees_are_kept_as_they_were_chosen(addressees: Addressees) -> None:
    assert Addressees.from_json(addressees.as_json()) == addressees


@pytest.mark.parametrize(
    ("tally", "line"),
    [
        (Tally(), "not_required"),
        (Tally(waiting=3), "sent"),
        (Tally(waiting=2, confirmed=1), "partly"),
        (Tally(waiting=2, refused=1), "partly"),
        (Tally(confirmed=3), "everyone"),
        (Tally(confirmed=3, refused=1), "partly"),
        (Tally(refused=1), "partly"),
    ],
)
def test_the_line_says_what_the_lists_tell(tally: Tally, line: str) -> None:
    assert tally.line == line


@pytest.mark.parametrize("anew", [False, True])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("wanted", STATES)
def test_from_every_state_steps_of_the_definition_lead_to_every_other(state: str, wanted: str, anew: bool) -> None:
    for name in way_to(state, wanted, anew=anew):
        step = STEPS_OF_LINE[name]
        assert state in step.sources
        assert step.who == {"rule"}
        state = step.target
    assert state == wanted


def test_every_step_that_follows_by_rule_is_used() -> None:
    by_rule = {name for name, step in STEPS_OF_LINE.items() if not step.by_people}
    assert by_rule == {*STEPS.values(), "edition_anew"}
