"""What a route may say, what of it is refused, and its JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step, check_plan, plan_from_json
from roadmapdocs.errors import Refusal


def people(count: int) -> tuple[Addressee, ...]:
    return tuple(Addressee(How.PERSON, str(number)) for number in range(1, count + 1))


def step(mode: Mode = Mode.TURN, count: int = 1, **how: Any) -> Step:
    return Step(mode, people(count), **how)


@pytest.mark.parametrize(
    "steps",
    [
        (step(),),
        (step(Mode.QUORUM, 3, needed=3),),
        (step(Mode.TOGETHER, 50, term=250),) * 60,
        (step(Mode.INFORMATION, 5), step(Mode.COMMITTEE, body="Совет", term=0)),
        (Step(Mode.QUORUM, (Addressee(How.ROLE, "staff"),), needed=5),),
        (Step(Mode.TOGETHER, (Addressee(How.GUEST, "Орлов", "a@b.ru"), Addressee(How.GUEST, "Орлов", "c@d.ru"))),),
    ],
)
def test_a_plan_that_can_be_followed_is_taken(steps: tuple[Step, ...]) -> None:
    check_plan(Plan(steps))


@pytest.mark.parametrize(
    ("steps", "places"),
    [
        ((), []),
        ((step(),) * 61, []),
        ((step(), step(count=0)), [1]),
        ((step(Mode.TOGETHER, 51),), [0]),
        ((step(Mode.QUORUM, 3),), [0]),
        ((step(Mode.QUORUM, 3, needed=4),), [0]),
        ((step(Mode.QUORUM, 3, needed=-1),), [0]),
        ((step(Mode.COMMITTEE, 2),), [0]),
        ((step(term=-1), step(term=251)), [0, 1]),
        ((step(title="ж" * 201),), [0]),
        ((step(body="ж" * 201),), [0]),
        ((Step(Mode.TOGETHER, people(2) + people(1)),), [0]),
        ((Step(Mode.TOGETHER, (Addressee(How.GUEST, "А", "a@b.ru"), Addressee(How.GUEST, "Б", "A@b.ru"))),), [0]),
        ((step(Mode.INFORMATION), step(Mode.INFORMATION)), [0]),
    ],
)
def test_a_plan_that_cannot_be_followed_says_where_and_why(steps: tuple[Step, ...], places: list[int]) -> None:
    with pytest.raises(Refusal) as refused:
        check_plan(Plan(steps))
    assert refused.value.code == "plan"
    assert list(refused.value.details["steps"]) == places
    assert all(one.endswith(".") for one in refused.value.details["steps"].values())


ADDRESSEES = st.builds(Addressee, st.sampled_from(How), st.text(), st.text())
STEPS = st.builds(
    Step, st.sampled_from(Mode), st.lists(ADDRESSEES).map(tuple), st.integers(), st.integers(), st.text(), st.booleans(), st.text()
)
PLANS = st.builds(Plan, st.lists(STEPS).map(tuple), st.booleans(), st.booleans(), st.booleans(), st.booleans())


@given(PLANS)
def test_a_plan_is_the_same_after_it_was_stored(plan: Plan) -> None:
    assert plan_from_json(json.loads(json.dumps(plan.as_json()))) == plan


@given(st.sampled_from(Mode), st.integers(-5, 60), st.integers(0, 60), st.integers(0, 5))
def test_of_whoever_is_asked_one_at_least_and_all_at_most_have_to_agree(mode: Mode, needed: int, asked: int, extra: int) -> None:
    wanted = Step(mode, (), needed).needed_of(asked, extra)
    assert 1 <= wanted <= max(asked, 1)
