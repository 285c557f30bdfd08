"""Calls that are sent again: one answer for one key, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.erp.idempotency import KEPT_FOR, LONGEST_KEY, Answer, answer_to, check_key, keep_answer
from roadmapdocs.erp.models import IdempotencyKey
from roadmapdocs.errors import Refusal
from roadmapdocs.people.models import User
from tests import factories
from tests.conftest import NOW

FIRST, OTHER = "a" * 64, "b" * 64
MADE = Answer(201, {"Location": "/documents/1"}, '{"id": 1, "title": "О чтении"}')


@pytest.fixture
def user(database: str) -> User:
    return factories.account("program")


def test_a_new_call_has_no_answer_yet(user: User) -> None:
    assert answer_to(user.id, "key", FIRST) is None


def test_the_same_call_gets_the_answer_of_the_first(user: User) -> None:
    keep_answer(user.id, "key", FIRST, MADE, now=NOW)
    assert answer_to(user.id, "key", FIRST) == MADE
    assert answer_to(user.id, "another", FIRST) is None


def test_another_call_with_the_key_is_refused(user: User) -> None:
    keep_answer(user.id, "key", FIRST, MADE, now=NOW)
    with pytest.raises(Refusal) as refused:
        answer_to(user.id, "key", OTHER)
    assert refused.value.code == "idempotency_mismatch"


def test_keys_of_others_are_no_matter(user: User) -> None:
    keep_answer(user.id, "key", FIRST, MADE, now=NOW)
    other = factories.account("another")
    assert answer_to(other.id, "key", OTHER) is None
    keep_answer(other.id, "key", OTHER, MADE, now=NOW)


@pytest.mark.parametrize(("later", "kept"), [(KEPT_FOR, 2), (KEPT_FOR + dt.timedelta(seconds=1), 1)])
def test_an_answer_is_kept_for_a_week(user: User, later: dt.timedelta, kept: int) -> None:
    keep_answer(user.id, "key", FIRST, MADE, now=NOW)
    keep_answer(user.id, "later", FIRST, MADE, now=NOW + later)
    assert IdempotencyKey.select().count() == kept


@pytest.mark.parametrize("key", ["", "x" * (LONGEST_KEY + 1), "ключ", "a\nb", "a\0b", "\x7f"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_key(key)
    assert refused.value.code == "idempotency_key"


@pytest.mark.parametrize("key", ["x", "x" * LONGEST_KEY, "0b5f1d1e-3a47-4d51-9a4e-6d1c8d6f1f6e", '"quoted"'])
def test_any_visible_latin_signs_are_a_key(key: str) -> None:
    check_key(key)
