"""Accounts: opening, signing in, locking, changing the password."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.errors import Refusal
from roadmapdocs.people.models import Employee, Organisation, Post, Unit, User
from roadmapdocs.people.operations import actor_of, change_password, create_user, set_password, sign_in
from roadmapdocs.people.rules import LOCK_FOR, SYSTEM, Role

PASSWORD = "длинный-пароль-7"
WRONG = "не тот пароль"


@pytest.fixture
def lukina(database: str, now: dt.datetime) -> User:
    return create_user("Lukina", PASSWORD, [Role.CLERK], by=SYSTEM, now=now)


def refused(login: str, password: str, now: dt.datetime) -> str:
    with pytest.raises(Refusal) as caught:
        sign_in(login, password, now=now)
    return caught.value.code


def fail(times: int, now: dt.datetime) -> list[str]:
    return [refused("lukina", WRONG, now) for _time in range(times)]


def test_the_right_password_opens_the_account_in_any_case_of_the_login(lukina: User, now: dt.datetime) -> None:
    assert sign_in(" LUKINA ", PASSWORD, now=now) == lukina


def test_an_unknown_login_and_a_wrong_password_are_told_alike(lukina: User, now: dt.datetime) -> None:
    sentences = set()
    for login in ("lukina", "nobody"):
        with pytest.raises(Refusal) as caught:
            sign_in(login, WRONG, now=now)
        sentences.add((caught.value.code, caught.value.message))
    assert len(sentences) == 1


def test_no_password_is_stored_as_it_is(lukina: User) -> None:
    assert lukina.password_hash.startswith("$argon2id$")
    assert PASSWORD not in str(User.select().dicts().get())


def test_a_closed_account_stays_closed(lukina: User, now: dt.datetime) -> None:
    User.update(active=False).execute()
    assert refused("lukina", PASSWORD, now) == "wrong_credentials"


def test_five_wrong_passwords_in_a_row_lock_the_account(lukina: User, now: dt.datetime) -> None:
    assert fail(5, now) == ["wrong_credentials"] * 5
    assert refused("lukina", PASSWORD, now) == "locked"
    assert Event.select().where(Event.what == "user_locked").count() == 1


def test_a_lock_ends_by_itself_after_a_quarter_of_an_hour(lukina: User, now: dt.datetime) -> None:
    fail(5, now)
    assert refused("lukina", PASSWORD, now + LOCK_FOR - dt.timedelta(seconds=1)) == "locked"
    assert sign_in("lukina", PASSWORD, now=now + LOCK_FOR) == lukina


def test_a_right_password_forgets_the_wrong_ones_before(lukina: User, now: dt.datetime) -> None:
    fail(4, now)
    sign_in("lukina", PASSWORD, now=now)
    assert fail(4, now) == ["wrong_credentials"] * 4
    assert sign_in("lukina", PASSWORD, now=now) == lukina


def test_the_sentence_of_a_lock_names_the_minutes_left(lukina: User, now: dt.datetime) -> None:
    fail(5, now)
    with pytest.raises(Refusal, match=r"\b4\b"):
        sign_in("lukina", PASSWORD, now=now + dt.timedelta(minutes=11, seconds=30))


def test_a_login_is_given_once_in_any_case(lukina: User, now: dt.datetime) -> None:
    with pytest.raises(Refusal) as caught:
        create_user("LUKINA", PASSWORD, [Role.STAFF], by=SYSTEM, now=now)
    assert caught.value.code == "login_taken"


@pytest.mark.parametrize("weak", ["короткий", "аааааааааааа", "абабабабабаб", "x-lukina-2026", "LUKINA LUKINA"])
def test_a_weak_password_is_refused(database: str, now: dt.datetime, weak: str) -> None:
    with pytest.raises(Refusal) as caught:
        create_user("lukina", weak, [Role.STAFF], by=SYSTEM, now=now)
    assert caught.value.code == "weak_password"
    assert User.select().count() == 0


def test_a_new_password_takes_the_place_of_the_old_one(lukina: User, now: dt.datetime) -> None:
    change_password(lukina, PASSWORD, "другой-пароль-8", by=SYSTEM, now=now)
    assert refused("lukina", PASSWORD, now) == "wrong_credentials"
    assert sign_in("lukina", "другой-пароль-8", now=now) == lukina


def test_a_new_password_changes_the_stamp_that_sessions_carry(lukina: User, now: dt.datetime) -> None:
    before = lukina.session_stamp
    assert change_password(lukina, PASSWORD, "другой-пароль-8", by=SYSTEM, now=now).session_stamp != before


def test_the_old_password_is_asked_for(lukina: User, now: dt.datetime) -> None:
    with pytest.raises(Refusal) as caught:
        change_password(lukina, WRONG, "другой-пароль-8", by=SYSTEM, now=now)
    assert caught.value.code == "wrong_credentials"
    assert sign_in("lukina", PASSWORD, now=now) == lukina


def test_a_password_set_by_the_administrator_opens_a_locked_account(lukina: User, now: dt.datetime) -> None:
    fail(5, now)
    set_password(lukina, "другой-пароль-8", by=SYSTEM, now=now)
    assert sign_in("lukina", "другой-пароль-8", now=now) == lukina


def test_an_actor_has_the_units_of_the_posts_held_on_the_day(database: str, now: dt.datetime) -> None:
    office = Organisation.create(name="Управление", short_name="УО", genitive="управления")
    units = [Unit.create(organisation=office, name=name) for name in ("Отдел А", "Отдел Б", "Отдел В")]
    employee = Employee.create(surname="Лукина", name="Ольга", patronymic="Сергеевна", gender="f")
    day = now.date()
    for unit, since, until in (
        (units[0], day, None),
        (units[1], day - dt.timedelta(9), day),
        (units[2], day - dt.timedelta(9), day - dt.timedelta(1)),
    ):
        Post.create(employee=employee, unit=unit, title="методист", since=since, until=until)
    user = create_user("lukina", PASSWORD, [Role.CLERK, Role.STAFF], employee=employee, by=SYSTEM, now=now)
    actor = actor_of(user, today=day)
    assert actor.unit_ids == {units[0].id, units[1].id}
    assert (actor.name, actor.roles) == ("Лукина\xa0О.\xa0С.", {Role.CLERK, Role.STAFF})
