"""How a run goes on: a table of cases for each mode, and laws that hold for every route."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.rules import (
    POSITIVE,
    Ask,
    Decision,
    Held,
    Moves,
    RunState,
    Version,
    VisaState,
    advance,
    holds_for,
    lapsed_by,
)

_STATES = {
    "w": (VisaState.WAITING, None),
    "o": (VisaState.OPEN, None),
    "+": (VisaState.GIVEN, Decision.AGREED),
    "r": (VisaState.GIVEN, Decision.REMARKS),
    "-": (VisaState.GIVEN, Decision.REFUSED),
    "s": (VisaState.GIVEN, Decision.SEEN),
    "d": (VisaState.DROPPED, None),
    "h": (VisaState.HANDED, None),
}


def asks(*said: str, people: str = "") -> list[Ask]:
    """Steps as words: «ow+» is one open, one waiting, one agreed. Ids and people count from 1, or as ``people`` says."""
    found: list[Ask] = []
    for step, letters in enumerate(said):
        for place, letter in enumerate(letters):
            number = len(found) + 1
            state, decision = _STATES[letter]
            person = int(people[number - 1]) if people else number
            found.append(Ask(number, step, place, state, person, decision, person if decision else None))
    return found


def plan(*modes: Mode, needed: int = 0, at_once: bool = False, **flags: bool) -> Plan:
    steps = tuple(Step(mode, (Addressee(How.PERSON, "1"),), needed, at_once=at_once) for mode in modes)
    return Plan(steps, **flags)


TURN, TOGETHER, ANY, QUORUM = Mode.TURN, Mode.TOGETHER, Mode.ANY, Mode.QUORUM
COMMITTEE, INFORMATION = Mode.COMMITTEE, Mode.INFORMATION


@pytest.mark.parametrize(
    ("mode", "said", "opened", "dropped", "outcome"),
    [
        (TURN, "www", (1,), (), "under_way"),
        (TURN, "oww", (), (), "under_way"),
        (TURN, "+ww", (2,), (), "under_way"),
        (TURN, "+ow", (), (), "under_way"),
        (TURN, "r+w", (3,), (), "under_way"),
        (TURN, "++r", (), (), "agreed"),
        (TURN, "-ww", (), (2, 3), "returned"),
        (TURN, "+-w", (), (3,), "returned"),
        (TURN, "hw", (2,), (), "under_way"),
        (TOGETHER, "www", (1, 2, 3), (), "under_way"),
        (TOGETHER, "o+o", (), (), "under_way"),
        (TOGETHER, "-oo", (), (), "under_way"),
        (TOGETHER, "-+o", (), (), "under_way"),
        (TOGETHER, "-++", (), (), "returned"),
        (TOGETHER, "---", (), (), "returned"),
        (TOGETHER, "+r+", (), (), "agreed"),
        (TOGETHER, "h++", (), (), "agreed"),
        (ANY, "www", (1, 2, 3), (), "under_way"),
        (ANY, "+oo", (), (2, 3), "agreed"),
        (ANY, "-oo", (), (), "under_way"),
        (ANY, "-r-", (), (), "agreed"),
        (ANY, "---", (), (), "returned"),
        (COMMITTEE, "w", (1,), (), "under_way"),
        (COMMITTEE, "+", (), (), "agreed"),
        (COMMITTEE, "-", (), (), "returned"),
        (INFORMATION, "ww", (1, 2), (), "agreed"),
        (INFORMATION, "os", (), (), "agreed"),
        (TURN, "", (), (), "agreed"),
    ],
)
def test_a_step_opens_drops_and_ends_as_its_mode_says(
    mode: Mode, said: str, opened: tuple[int, ...], dropped: tuple[int, ...], outcome: str
) -> None:
    assert advance(plan(mode), asks(said)) == Moves(opened, dropped, {}, RunState(outcome), 0)


@pytest.mark.parametrize(
    ("said", "needed", "dropped", "outcome"),
    [
        ("ooo", 2, (), "under_way"),
        ("+oo", 2, (), "under_way"),
        ("++o", 2, (3,), "agreed"),
        ("+-o", 2, (), "under_way"),
        ("--o", 2, (3,), "returned"),
        ("+--", 2, (), "returned"),
        ("++-", 2, (), "agreed"),
        ("+oo", 1, (2, 3), "agreed"),
        ("+++", 3, (), "agreed"),
        ("-oo", 3, (2, 3), "returned"),
        # Of those who were once three two are left, and both are enough where three were needed.
        ("++h", 3, (), "agreed"),
    ],
)
def test_so_many_of_them_are_enough(said: str, needed: int, dropped: tuple[int, ...], outcome: str) -> None:
    moves = advance(plan(QUORUM, needed=needed), asks(said))
    assert (moves.drop, moves.outcome) == (dropped, RunState(outcome))


@pytest.mark.parametrize(("at_once", "outcome", "dropped"), [(True, "returned", (2, 3)), (False, "under_way", ())])
def test_the_first_refusal_ends_a_step_where_the_route_says_so(at_once: bool, outcome: str, dropped: tuple[int, ...]) -> None:
    moves = advance(plan(TOGETHER, at_once=at_once), asks("-oo"))
    assert (moves.outcome, moves.drop) == (RunState(outcome), dropped)


@pytest.mark.parametrize(
    ("modes", "said", "opened", "dropped", "outcome", "step"),
    [
        ((TURN, TOGETHER), ("+", "ww"), (2, 3), (), "under_way", 1),
        ((TURN, TOGETHER), ("-", "ww"), (), (2, 3), "returned", 0),
        ((ANY, TURN), ("+o", "w"), (3,), (2,), "under_way", 1),
        ((INFORMATION, TURN), ("w", "w"), (1, 2), (), "under_way", 1),
        ((INFORMATION, TURN), ("o", "-"), (), (1,), "returned", 1),
        ((TURN, INFORMATION), ("+", "ww"), (2, 3), (), "agreed", 1),
        ((TURN, INFORMATION, TURN), ("+", "w", "w"), (2, 3), (), "under_way", 2),
        ((TURN, TURN, TURN), ("+", "", "w"), (2,), (), "under_way", 2),
    ],
)
def test_one_step_follows_the_other(
    modes: tuple[Mode, ...], said: tuple[str, ...], opened: tuple[int, ...], dropped: tuple[int, ...], outcome: str, step: int
) -> None:
    assert advance(plan(*modes), asks(*said)) == Moves(opened, dropped, {}, RunState(outcome), step)


@pytest.mark.parametrize(
    ("said", "opened", "outcome"),
    [
        (("-ww", "w"), (2,), "under_way"),
        (("-+-", "w"), (4,), "under_way"),
        (("-+-", "-"), (), "agreed"),
    ],
)
def test_where_the_signer_decides_on_disagreement_all_are_heard(said: tuple[str, ...], opened: tuple[int, ...], outcome: str) -> None:
    moves = advance(plan(TURN, TURN, to_signer=True), asks(*said))
    assert (moves.open, moves.outcome) == (opened, RunState(outcome))


@pytest.mark.parametrize(("mode", "needed"), [(ANY, 0), (QUORUM, 1)])
def test_an_opinion_asked_besides_has_to_be_heard_too(mode: Mode, needed: int) -> None:
    first, second, third = asks("+oo")
    extra = replace(third, extra=True)
    assert advance(plan(mode, needed=needed), [first, second, extra]).outcome is RunState.UNDER_WAY
    heard = [first, second, replace(extra, state=VisaState.GIVEN, decision=Decision.AGREED)]
    assert advance(plan(mode, needed=needed), heard) == Moves((), (2,), {}, RunState.AGREED, 0)


def test_in_turn_those_who_share_a_place_are_asked_together() -> None:
    mine, other, next_one = asks("oww")
    shared = [mine, replace(other, place=0), next_one]
    assert advance(plan(TURN), shared).open == (2,)
    agreed = [replace(mine, state=VisaState.GIVEN, decision=Decision.AGREED), replace(other, place=0, state=VisaState.OPEN), next_one]
    assert advance(plan(TURN), agreed).open == ()


@pytest.mark.parametrize(
    ("modes", "said", "people", "flags", "carried"),
    [
        ((TURN, TURN), ("+", "w"), "11", {}, {2: 1}),
        ((TURN, TURN), ("r", "w"), "11", {}, {2: 1}),
        ((TURN, TURN), ("+", "w"), "12", {}, {}),
        ((TURN, TURN), ("+", "w"), "11", {"once": False}, {}),
        ((TURN, TURN, TURN), ("+", "w", "w"), "111", {}, {2: 1, 3: 2}),
        ((TURN, TURN, TURN), ("+", "+", "w"), "121", {}, {}),
        ((TURN, INFORMATION, TURN), ("+", "w", "w"), "131", {}, {3: 1}),
        ((TURN, COMMITTEE), ("+", "w"), "11", {}, {}),
        ((COMMITTEE, TURN), ("+", "w"), "11", {}, {}),
        ((INFORMATION, TURN), ("s", "w"), "11", {}, {}),
        ((TURN, INFORMATION), ("+", "w"), "11", {}, {}),
        ((TOGETHER, TOGETHER), ("++", "ww"), "1221", {}, {3: 2, 4: 1}),
    ],
)
def test_who_agreed_in_the_step_before_counts_once(
    modes: tuple[Mode, ...], said: tuple[str, ...], people: str, flags: dict[str, bool], carried: dict[int, int]
) -> None:
    assert advance(plan(*modes, **flags), asks(*said, people=people)).carry == carried


def test_a_visa_that_a_substitute_gave_is_not_the_person_s_own() -> None:
    first, second = asks("+", "w", people="11")
    assert advance(plan(TURN, TURN), [replace(first, given_by=9), second]).open == (2,)


def test_who_stood_in_before_is_asked_for_the_own_visa() -> None:
    first, second = asks("+", "w", people="12")
    assert advance(plan(TURN, TURN), [replace(first, given_by=2), second]).carry == {}


HELD = {1: Held(90, 1), 2: Held(91, 7), "a@b.example": Held(92, None)}


def test_a_visa_of_before_that_holds_is_repeated_and_not_asked() -> None:
    moves = advance(plan(TOGETHER), asks("www"), HELD)
    assert (moves.carry, moves.open) == ({1: 90, 2: 91}, (3,))


def test_a_guest_is_known_again_by_the_address() -> None:
    (ask,) = asks("w")
    assert advance(plan(TURN), [replace(ask, employee=None, email="A@b.example")], HELD).carry == {1: 92}
    assert advance(plan(TURN), [replace(ask, employee=None)], HELD).open == (1,)


@pytest.mark.parametrize(("mode", "body", "carried"), [(COMMITTEE, True, {1: 90}), (COMMITTEE, False, {}), (TURN, True, {})])
def test_a_protocol_stands_for_the_body_alone(mode: Mode, body: bool, carried: dict[int, int]) -> None:
    assert advance(plan(mode), asks("w"), {1: Held(90, 1, body)}).carry == carried


@pytest.mark.parametrize(("four_eyes", "carried"), [(True, {1: 90}), (False, {1: 90, 2: 91})])
def test_nothing_is_repeated_by_which_one_person_decides_in_two_names(four_eyes: bool, carried: dict[int, int]) -> None:
    held = {1: Held(90, 1), 2: Held(91, 1)}
    assert advance(plan(TOGETHER, four_eyes=four_eyes), asks("ww"), held).carry == carried


@pytest.mark.parametrize(
    ("substantial", "given", "current", "holds", "lapsed"),
    [
        ([True], 1, 1, True, None),
        ([True, False], 1, 2, True, None),
        ([True, True], 1, 2, False, 2),
        ([True, False, True, False, True], 2, 5, False, 3),
        ([True, True, False], 2, 3, True, None),
        ([True, True], 2, 1, False, None),
    ],
)
def test_a_visa_holds_until_the_substance_changes(
    substantial: list[bool], given: int, current: int, holds: bool, lapsed: int | None
) -> None:
    versions = [Version(number, one) for number, one in enumerate(substantial, start=1)]
    assert holds_for(versions, given, current) is holds
    assert lapsed_by(versions, given, current) == lapsed


def test_sixty_steps_of_fifty_people_are_walked_to_the_end() -> None:
    long = plan(*[TOGETHER] * 60)
    waiting = asks(*["w" * 50] * 60)
    given = [replace(one, state=VisaState.GIVEN, decision=Decision.AGREED) for one in waiting]
    assert advance(long, waiting).open == tuple(range(1, 51))
    assert advance(long, given[:-1] + waiting[-1:]).open == (3000,)
    assert advance(long, given).outcome is RunState.AGREED


# Laws


@st.composite
def routes(draw: Any) -> tuple[Plan, list[Ask]]:
    """A plan with its visas, of which none is asked yet; people come back in other steps."""
    steps, found = [], []
    for place in range(draw(st.integers(1, 5))):
        mode = draw(st.sampled_from(list(Mode)))
        size = 1 if mode is COMMITTEE else draw(st.integers(1, 4))
        people = draw(st.lists(st.integers(1, 6), min_size=size, max_size=size, unique=True))
        addressees = tuple(Addressee(How.PERSON, str(one)) for one in people)
        steps.append(Step(mode, addressees, draw(st.integers(1, size)), at_once=draw(st.booleans())))
        for order, person in enumerate(people):
            found.append(Ask(len(found) + 1, place, order, VisaState.WAITING, person))
    flags = {name: draw(st.booleans()) for name in ("once", "four_eyes", "to_signer")}
    return Plan(tuple(steps), **flags), found


def follow(route: Plan, visas: dict[int, Ask], held: dict[Any, Held] | None = None) -> Moves:
    """Do to the visas what the rules say, as the operations do."""
    moves = advance(route, list(visas.values()), held)
    for visa in moves.carry:
        one = visas[visa]
        visas[visa] = replace(one, state=VisaState.GIVEN, decision=Decision.AGREED, given_by=one.employee)
    for visa in moves.open:
        assert visas[visa].state is VisaState.WAITING, "opened twice"
        visas[visa] = replace(visas[visa], state=VisaState.OPEN)
    for visa in moves.drop:
        assert visas[visa].state in {VisaState.WAITING, VisaState.OPEN}, "dropped what was decided"
        visas[visa] = replace(visas[visa], state=VisaState.DROPPED)
    return moves


def decided(route: Plan, one: Ask, says: Decision) -> Ask:
    informed = route.steps[one.step].mode is INFORMATION
    return replace(one, state=VisaState.GIVEN, decision=Decision.SEEN if informed else says, given_by=one.employee)


SAID = st.sampled_from([Decision.AGREED, Decision.AGREED, Decision.REMARKS, Decision.REFUSED])


@given(routes(), st.data())
def test_every_run_ends_and_is_agreed_only_if_so_many_agreed(route: tuple[Plan, list[Ask]], data: st.DataObject) -> None:
    way, found = route
    visas = {one.id: one for one in found}
    moves = follow(way, visas)
    for _turn in range(len(visas) + 1):
        assert follow(way, dict(visas)) == Moves((), (), {}, moves.outcome, moves.step), "a second look changes something"
        pending = sorted(one.id for one in visas.values() if one.state is VisaState.OPEN)
        if moves.outcome is not RunState.UNDER_WAY or not pending:
            break
        visa = data.draw(st.sampled_from(pending))
        visas[visa] = decided(way, visas[visa], data.draw(SAID))
        before, moves = moves, follow(way, visas)
        assert moves.step >= before.step, "it goes back"
    assert moves.outcome in {RunState.AGREED, RunState.RETURNED}
    left = [one for one in visas.values() if one.state in {VisaState.OPEN, VisaState.WAITING}]
    if moves.outcome is RunState.RETURNED:
        assert not way.to_signer
        assert not left
        return
    assert all(way.steps[one.step].mode is INFORMATION for one in left)
    for place, step in enumerate(way.steps):
        agreed = sum(one.decision in POSITIVE for one in visas.values() if one.step == place)
        if step.mode is not INFORMATION and not way.to_signer:
            assert agreed >= step.needed_of(len(step.addressees))


@given(st.sampled_from([TOGETHER, ANY, QUORUM]), st.lists(SAID, min_size=1, max_size=6), st.integers(1, 6), st.randoms())
def test_the_order_of_decisions_within_a_step_does_not_matter(
    mode: Mode, said: list[Decision], needed: int, dice: random.Random
) -> None:
    way = plan(mode, needed=min(needed, len(said)))

    def outcome(order: list[int]) -> RunState:
        visas = {one.id: one for one in asks("w" * len(said))}
        moves = follow(way, visas)
        for visa in order:
            if visas[visa].state is VisaState.OPEN:
                visas[visa] = decided(way, visas[visa], said[visa - 1])
                moves = follow(way, visas)
        return moves.outcome

    order = list(range(1, len(said) + 1))
    shuffled = order.copy()
    dice.shuffle(shuffled)
    assert outcome(order) is outcome(shuffled)


@given(routes(), st.data())
def test_one_more_agreement_never_turns_an_agreed_run_into_a_returned_one(
    route: tuple[Plan, list[Ask]], data: st.DataObject
) -> None:
    """The outcome is monotone: whoever agrees instead of refusing does no harm."""
    way, found = route
    words = data.draw(st.lists(SAID, min_size=len(found), max_size=len(found)))

    def outcome(said: list[Decision]) -> RunState:
        visas = {one.id: one for one in found}
        moves = follow(way, visas)
        while moves.outcome is RunState.UNDER_WAY:
            visa = min(one.id for one in visas.values() if one.state is VisaState.OPEN and way.steps[one.step].mode is not INFORMATION)
            visas[visa] = decided(way, visas[visa], said[visa - 1])
            moves = follow(way, visas)
        return moves.outcome

    better = list(words)
    better[data.draw(st.integers(0, len(words) - 1))] = Decision.AGREED
    if outcome(words) is RunState.AGREED:
        assert outcome(better) is RunState.AGREED
