"""Roles and ties as bits, and who of an audience one person is."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.access.rules import (
    HOLDERS,
    MARKED,
    Audience,
    Mark,
    Tie,
    holds,
    mask,
    may_read,
    readers,
    ties,
)
from roadmapdocs.people.rules import Actor, Role, Standing

holders = st.sets(st.sampled_from(HOLDERS))


def actor(*roles: Role, employee: int | None = None, units: frozenset[int] = frozenset()) -> Actor:
    return Actor(user_id=1, name="Лукина О. С.", roles=frozenset(roles), employee_id=employee, unit_ids=units)


def test_bits_stay_as_they_are_stored() -> None:
    assert {holder: mask({holder}) for holder in HOLDERS} == {
        "clerk": 1,
        "executive": 2,
        "staff": 4,
        "coordinator": 8,
        "administrator": 16,
        "drafter": 32,
        "signer": 64,
        "unit": 128,
        "invited": 256,
    }


def test_every_role_and_every_tie_has_a_bit() -> None:
    assert set(HOLDERS) == {*map(str, Role), *map(str, Tie)}


@given(holders, holders)
def test_masks_meet_as_sets_do(left: set[str], right: set[str]) -> None:
    assert bool(mask(left) & mask(right)) is bool(left & right)
    assert mask(left | right) == mask(left) | mask(right)


@given(holders, st.sampled_from(list(Mark)))
def test_a_mark_takes_readers_away_and_gives_none(allowed: set[str], mark: Mark) -> None:
    assert readers(allowed, mark) == mask(allowed & MARKED[mark])


#: Whom a mark leaves, of all.
LEFT = {
    #                clerk executive staff coordinator administrator drafter signer unit invited
    Mark.GENERAL:   "yes   yes       yes   yes         yes           yes     yes    yes  yes",
    Mark.OFFICIAL:  "yes   yes       no    yes         yes           yes     yes    yes  yes",
    Mark.PERSONAL:  "yes   yes       no    no          no            yes     yes    no   yes",
}  # fmt: skip


@pytest.mark.parametrize("mark", Mark)
def test_a_mark_leaves_whom_the_table_says(mark: Mark) -> None:
    expected = [holder for holder, word in zip(HOLDERS, LEFT[mark].split(), strict=True) if word == "yes"]
    assert [holder for holder in HOLDERS if readers(HOLDERS, mark) & mask({holder})] == expected


@pytest.mark.parametrize(
    ("who", "tied"),
    [
        (actor(), set()),
        (actor(employee=3), {"drafter"}),
        (actor(employee=4), {"signer"}),
        (actor(units=frozenset({8, 9})), {"unit"}),
        (actor(employee=3, units=frozenset({8})), {"drafter", "unit"}),
        (actor(employee=5, units=frozenset({7})), set()),
        (actor(Role.CLERK, employee=4), {"clerk", "signer"}),
    ],
)
def test_people_are_tied_to_what_names_them(who: Actor, tied: set[str]) -> None:
    assert holds(who, Audience(0, drafter=3, signer=4, unit=8)) == tied


def test_nobody_is_tied_to_what_names_nobody() -> None:
    assert ties(actor(units=frozenset({8})), None, None, None) == frozenset()


def test_whoever_drafts_and_signs_is_tied_twice() -> None:
    assert ties(actor(employee=3), 3, 3, None) == {"drafter", "signer"}


@given(holders, st.sets(st.sampled_from(list(Tie))), st.sets(st.sampled_from(list(Role))))
def test_one_reads_who_holds_one_of_the_names(allowed: set[str], tied: set[Tie], roles: set[Role]) -> None:
    people = {"drafter": 3 if Tie.DRAFTER in tied else 4, "signer": 3 if Tie.SIGNER in tied else None}
    audience = Audience(mask(allowed), **people, unit=8, invited=Tie.INVITED in tied)
    who = actor(*roles, employee=3, units=frozenset({8} if Tie.UNIT in tied else {}))
    assert may_read(who, audience) is bool({*map(str, roles), *map(str, tied)} & allowed)


def test_whoever_fills_the_post_is_tied_as_the_signer_and_a_substitute_is_not() -> None:
    acting, substitute = (
        dataclasses.replace(actor(employee=3), stands_for=(Standing(4, "Ветрова М. И.", frozenset(), fills, "приказ"),))
        for fills in (True, False)
    )
    assert holds(acting, Audience(0, signer=4)) == {"signer"}
    assert holds(substitute, Audience(0, signer=4)) == frozenset()
