"""How a slot stands on a day, by the documents linked to it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.coverage.rules import Proof, Slot, State, state

DUE = dt.date(2021, 12, 1)
BEFORE, AFTER = dt.date(2021, 11, 30), dt.date(2021, 12, 2)


def slot(*, due: dt.date | None = DUE, quantity: int = 1, suggested: bool = False) -> Slot:
    return Slot(1, 2021, None, due, due, quantity, "До 01.12.2021", suggested)


def signed(document: int = 1, date: dt.date | None = BEFORE) -> Proof:
    return Proof(document, finished=True, date=date)


def draft(document: int = 9) -> Proof:
    return Proof(document, finished=False)


@pytest.mark.parametrize(
    ("wanted", "proofs", "today", "result"),
    [
        (slot(), [], BEFORE, State.MISSING),
        (slot(), [], DUE, State.MISSING),
        (slot(), [], AFTER, State.LATE),
        (slot(), [draft()], DUE, State.IN_WORK),
        (slot(), [draft()], AFTER, State.LATE),
        (slot(), [signed()], BEFORE, State.PROVED),
        (slot(), [signed()], AFTER, State.PROVED),
        (slot(), [signed(date=AFTER)], AFTER, State.PROVED),
        (slot(), [signed(date=None)], AFTER, State.PROVED),
        (slot(quantity=2), [signed(1)], BEFORE, State.IN_WORK),
        (slot(quantity=2), [signed(1)], AFTER, State.LATE),
        (slot(quantity=2), [signed(1), signed(1)], BEFORE, State.IN_WORK),
        (slot(quantity=2), [signed(1), draft(2)], AFTER, State.LATE),
        (slot(quantity=2), [signed(1), signed(2)], AFTER, State.PROVED),
        (slot(due=None), [], AFTER, State.MISSING),
        (slot(due=None), [draft()], AFTER, State.IN_WORK),
        (slot(suggested=True), [], AFTER, State.MISSING),
        (slot(suggested=True), [draft()], AFTER, State.IN_WORK),
    ],
)
def test_a_slot_stands_as_its_proofs_and_the_day_say(
    wanted: Slot, proofs: list[Proof], today: dt.date, result: State
) -> None:
    assert state(wanted, proofs, False, today) is result


@pytest.mark.parametrize("proofs", [[], [draft()], [signed()]])
def test_a_waived_slot_requires_nothing_whatever_is_linked(proofs: list[Proof]) -> None:
    assert state(slot(), proofs, True, AFTER) is State.NOT_REQUIRED


@pytest.mark.parametrize(
    ("start", "end", "key"),
    [
        (dt.date(2021, 1, 1), dt.date(2021, 6, 30), "2021-01-01/2021-06-30"),
        (None, DUE, "../2021-12-01"),
        (DUE, None, "2021-12-01/.."),
        (None, None, "../.."),
    ],
)
def test_the_key_of_a_slot_names_its_days(start: dt.date | None, end: dt.date | None, key: str) -> None:
    assert Slot(1, None, start, end, end).key == key


days = st.dates(dt.date(2021, 1, 1), dt.date(2022, 12, 31))
all_slots = st.builds(slot, due=st.none() | days, quantity=st.integers(1, 4), suggested=st.booleans())
all_proofs = st.lists(st.builds(Proof, st.integers(1, 5), st.booleans(), st.none() | days), max_size=6)
WORST_FIRST = (State.LATE, State.MISSING, State.IN_WORK, State.PROVED, State.NOT_REQUIRED)


@given(all_slots, all_proofs, st.booleans(), days)
def test_every_slot_has_a_state_and_only_what_can_be_late_is_late(
    wanted: Slot, proofs: list[Proof], waived: bool, today: dt.date
) -> None:
    found = state(wanted, proofs, waived, today)

    assert (found is State.NOT_REQUIRED) == waived
    assert found is not State.LATE or wanted.can_be_late


@given(all_slots, all_proofs, st.booleans(), days, st.integers(1, 9), st.none() | days)
def test_one_more_finished_proof_never_makes_things_worse(
    wanted: Slot, proofs: list[Proof], waived: bool, today: dt.date, document: int, date: dt.date | None
) -> None:
    before = state(wanted, proofs, waived, today)
    after = state(wanted, [*proofs, Proof(document, True, date)], waived, today)

    assert WORST_FIRST.index(after) >= WORST_FIRST.index(before)
