"""What steps do beyond moving; the rest is told where the steps are (``test_transitions.py``)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.documents.effects import EFFECTS, Answers
from tests.documents.rights import definition, shipped

ANSWERS = st.builds(
    Answers,
    reason=st.text(max_size=20),
    comment=st.text(max_size=20),
    date=st.none() | st.dates(),
    number=st.text(max_size=5),
    journal=st.none() | st.integers(),
    case=st.none() | st.integers(),
    due=st.none() | st.dates(),
    points=st.text(max_size=5),
)


@given(ANSWERS)
def test_what_was_said_goes_to_the_journal_and_comes_back(answers: Answers) -> None:
    said = answers.as_json()
    days = {name: dt.date.fromisoformat(str(said[name])) for name in ("date", "due") if name in said}
    assert Answers(**{**said, **days}) == answers  # type: ignore[arg-type]  # as they were said


def test_what_was_not_said_is_not_told() -> None:
    assert Answers().as_json() == {}
    assert Answers(reason="так", date=dt.date(2026, 3, 1)).as_json() == {"reason": "так", "date": "2026-03-01"}


@pytest.mark.parametrize("code", shipped())
def test_definitions_name_no_effect_but_these(code: str) -> None:
    named = {effect for step in definition(code).get("transitions", {}).values() for effect in step.get("effects", ())}
    assert named <= set(EFFECTS)


def test_every_effect_is_named_by_some_definition() -> None:
    named = {
        effect
        for code in shipped()
        for step in definition(code).get("transitions", {}).values()
        for effect in step.get("effects", ())
    }
    assert set(EFFECTS) == named
