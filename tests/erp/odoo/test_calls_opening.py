"""Who calls: for how long a password counts as verified, and what ends that."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from roadmapdocs.erp.odoo import opening
from roadmapdocs.erp.odoo.errors import Denied
from roadmapdocs.people import passwords
from roadmapdocs.people.models import User, UserRole
from roadmapdocs.people.operations import set_password
from roadmapdocs.people.rules import SYSTEM, Role
from tests.conftest import NOW, TODAY
from tests.factories import PASSWORD, account

LATER = dt.timedelta(minutes=4, seconds=59)


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were verified slowly."""
    seen: list[str] = []
    matches = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda kept, given: bool(seen.append(given)) or matches(kept, given))
    opening._remembered.set(opening._Remembered())
    return seen


def come(user: User, secret: str = PASSWORD, now: dt.datetime = NOW, **more: Any) -> int | None:
    return opening.open_by_number(user.id, secret, now=now, today=TODAY, **more).actor.user_id


def test_a_password_is_verified_again_after_a_while(sqlite_database: None, verified: list[str]) -> None:
    user = account("elena", Role.CLERK)
    for moment in (NOW, NOW + LATER, NOW + LATER * 2, NOW + LATER * 2 + LATER):
        assert come(user, now=moment) == user.id
    assert len(verified) == 2, "now, and once its time was over"


def test_a_clock_that_went_back_verifies_again(sqlite_database: None, verified: list[str]) -> None:
    user = account("elena", Role.CLERK)
    come(user)
    come(user, now=NOW - dt.timedelta(days=1))
    assert len(verified) == 2


def test_only_so_many_are_remembered(sqlite_database: None, verified: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_REMEMBERED", 2)
    people = [account(f"person{place}", Role.STAFF) for place in range(3)]
    for one in (*people, people[0], people[2]):
        come(one)
    assert len(verified) == 4, "the first was forgotten for the third"


def test_what_was_remembered_ends_with_the_password_the_account_and_its_lock(sqlite_database: None, verified: list[str]) -> None:
    user = account("elena", Role.CLERK)
    come(user)
    User.update(locked_until=NOW + LATER).where(User.id == user.id).execute()
    with pytest.raises(Denied) as problem:
        come(user)
    assert problem.value.code == "locked"
    User.update(locked_until=None, active=False).where(User.id == user.id).execute()
    with pytest.raises(Denied):
        come(user)
    User.update(active=True).where(User.id == user.id).execute()
    set_password(user, "a new word for all", by=SYSTEM, now=NOW)
    with pytest.raises(Denied):
        come(user)


def test_roles_are_those_of_today(sqlite_database: None, verified: list[str]) -> None:
    user = account("elena", Role.CLERK)
    come(user)
    UserRole.delete().where(UserRole.user == user).execute()
    assert opening.open_by_number(user.id, PASSWORD, now=NOW, today=TODAY).actor.roles == frozenset()


def test_no_secret_is_kept_as_it_is(sqlite_database: None, verified: list[str]) -> None:
    user = account("elena", Role.CLERK)
    come(user)
    kept = repr(vars(opening._remembered.get()))
    assert PASSWORD not in kept
    assert user.password_hash not in kept


def test_the_bound_of_an_address_is_asked_before_a_password_costs_time(sqlite_database: None, verified: list[str]) -> None:
    user = account("elena", Role.CLERK)

    def shut() -> None:
        raise Denied("too_many_tries", "Wait.")

    with pytest.raises(Denied, match="Wait"):
        come(user, before_password=shut)
    assert verified == []
    come(user)
    assert come(user, before_password=shut) == user.id, "who was right before is not held up"


@pytest.mark.parametrize("secret", [None, 7, "", "x" * 5_000, "a\0b", "\ud800", b"bytes", ["x"]])
def test_what_can_be_no_secret_is_none(sqlite_database: None, verified: list[str], secret: Any) -> None:
    user = account("elena", Role.CLERK)
    for work in (
        lambda: come(user, secret),
        lambda: opening.open_by_login("elena", secret, now=NOW, today=TODAY),
        lambda: opening.open_by_login(secret, PASSWORD, now=NOW, today=TODAY),
        lambda: opening.open_by_token(secret, now=NOW, today=TODAY),
    ):
        with pytest.raises(Denied):
            work()
    assert verified == []
