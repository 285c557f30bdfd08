"""Personal tokens: who may make one, what it is good for, and when it ends. On both databases."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people import tokens
from roadmapdocs.people.models import ApiToken, User, UserRole
from roadmapdocs.people.operations import actor_of, set_password
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.people.tokens import (
    LONGEST_LIFE,
    LONGEST_NAME,
    Bearer,
    Scope,
    bearer_of,
    make_token,
    revoke_token,
    tokens_of,
)
from roadmapdocs.web.event_words import event_sentence
from tests import factories as make
from tests.conftest import NOW, TODAY

A_SECOND = dt.timedelta(seconds=1)
A_DAY = dt.timedelta(days=1)
READ = frozenset({Scope.READ})


@pytest.fixture
def user(database: str) -> User:
    return make.account("lukina", Role.CLERK, person=make.employee("Лукина", make.unit()))


@pytest.fixture
def anybody(sqlite_database: None) -> User:
    """For what no database has a say in."""
    return make.account("lukina", Role.CLERK)


def me(user: User) -> Actor:
    return actor_of(User.get_by_id(user.id), today=TODAY)


def made(user: User, *scopes: Scope, expires_at: dt.datetime | None = None, name: str = "Отчёт") -> tuple[ApiToken, str]:
    return make_token(user, name, scopes or READ, expires_at=expires_at, by=me(user), now=NOW)


def known(secret: str, now: dt.datetime = NOW) -> Bearer | None:
    return bearer_of(secret, now=now, today=now.date())


def test_a_token_stands_for_its_owner(user: User) -> None:
    token, secret = made(user, Scope.READ, Scope.WRITE)
    bearer = known(secret)
    assert bearer is not None
    assert (bearer.user.id, bearer.scopes) == (user.id, {Scope.READ, Scope.WRITE})
    assert bearer.actor.token_id == token.id
    assert bearer.actor.roles == {Role.CLERK}
    assert bearer.actor.employee_id == user.employee_id


def test_the_secret_itself_is_not_kept(anybody: User) -> None:
    token, secret = made(anybody)
    row = ApiToken.get_by_id(token.id)
    kept = str(ApiToken.select().where(ApiToken.id == token.id).dicts().get()) + str(Event.get(Event.what == "token_made").effect)
    assert secret not in kept
    assert row.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret.startswith(row.hint)
    assert len(row.hint) < 10
    assert len({made(anybody)[1] for _time in range(5)}) == 5


@pytest.mark.parametrize(
    ("expires_in", "asked_after", "serves"),
    [
        (None, dt.timedelta(days=9_999), True),
        (A_DAY, dt.timedelta(), True),
        (A_DAY, A_DAY - A_SECOND, True),
        (A_DAY, A_DAY, False),
        (A_DAY, A_DAY + A_SECOND, False),
    ],
)
def test_a_token_ends_at_its_moment(user: User, expires_in: dt.timedelta | None, asked_after: dt.timedelta, serves: bool) -> None:
    _token, secret = made(user, expires_at=NOW + expires_in if expires_in else None)
    assert (known(secret, NOW + asked_after) is not None) is serves


def test_a_revoked_token_serves_no_more(user: User) -> None:
    token, secret = made(user)
    other = made(user)[1]
    for _time in range(2):
        assert revoke_token(token.id, by=me(user), now=NOW).revoked_at == NOW
    assert known(secret) is None
    assert known(other) is not None
    assert Event.select().where(Event.what == "token_revoked").count() == 1


def test_a_closed_account_has_no_tokens_that_serve(user: User) -> None:
    secret = made(user)[1]
    User.update(active=False).where(User.id == user.id).execute()
    assert known(secret) is None
    User.update(active=True).where(User.id == user.id).execute()
    assert known(secret) is not None


def test_rights_are_those_of_the_day(user: User) -> None:
    secret = made(user)[1]
    UserRole.delete().where(UserRole.user == user).execute()
    UserRole.create(user=user, role=str(Role.STAFF))
    bearer = known(secret)
    assert bearer is not None
    assert bearer.actor.roles == {Role.STAFF}


def test_a_new_password_leaves_tokens_as_they_are(anybody: User) -> None:
    secret = made(anybody)[1]
    set_password(anybody, "новая-тетрадь-в-линейку", by=SYSTEM, now=NOW)
    assert known(secret) is not None


@pytest.mark.parametrize("secret", ["", "rd_", "rd_x", "x", "rd_" + "ж" * 43, "rd_" + "a" * 100_000, "RD_", "rd_\x00", "rd_\ud800"])
def test_what_is_no_token_is_nobody(anybody: User, secret: str) -> None:
    made(anybody)
    assert known(secret) is None


def test_a_secret_is_told_apart_by_every_letter(anybody: User) -> None:
    secret = made(anybody)[1]
    for wrong in (secret[:-1], secret + "x", secret.swapcase(), secret + " ", secret.removeprefix("rd_")):
        assert known(wrong) is None


@pytest.mark.parametrize("held", [{Scope.READ}, {Scope.WRITE}, {Scope.CALENDAR}, set(Scope)])
def test_a_scope_opens_itself_and_no_other(anybody: User, held: set[Scope]) -> None:
    bearer = known(made(anybody, *held)[1])
    assert bearer is not None
    for scope in Scope:
        if scope in held:
            bearer.require(scope)
        else:
            with pytest.raises(Forbidden) as refused:
                bearer.require(scope)
            assert (refused.value.code, refused.value.details["scope"]) == ("scope", str(scope))


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "н" * (LONGEST_NAME + 1)}),
        ("scopes", {"scopes": []}),
        ("expires_at", {"expires_at": NOW}),
        ("expires_at", {"expires_at": NOW - A_DAY}),
        ("expires_at", {"expires_at": NOW + LONGEST_LIFE + A_SECOND}),
    ],
)
def test_what_is_not_right_is_told_beside_its_field(anybody: User, field: str, values: dict[str, object]) -> None:
    wanted = {"name": "Отчёт", "scopes": READ, "expires_at": None, **values}
    name, scopes = wanted.pop("name"), wanted.pop("scopes")
    with pytest.raises(Refusal) as refused:
        make_token(anybody, name, scopes, by=me(anybody), now=NOW, **wanted)  # type: ignore[arg-type]  # as the table says
    assert (refused.value.code, list(refused.value.details["fields"])) == ("token", [field])
    assert ApiToken.select().count() == 0


def test_the_longest_name_and_life_will_do(anybody: User) -> None:
    token, secret = made(anybody, name="н" * LONGEST_NAME, expires_at=NOW + LONGEST_LIFE)
    assert len(ApiToken.get_by_id(token.id).name) == LONGEST_NAME
    assert known(secret) is not None


def test_nobody_makes_or_revokes_tokens_of_another(user: User) -> None:
    administrator = make.account("admin", Role.ADMINISTRATOR)
    token, secret = made(user)
    with pytest.raises(Forbidden) as refused:
        make_token(user, "x", READ, expires_at=None, by=me(administrator), now=NOW)
    assert refused.value.code == "not_own"
    with pytest.raises(Forbidden):
        make_token(user, "x", READ, expires_at=None, by=SYSTEM, now=NOW)
    for number, by in ((token.id, me(administrator)), (token.id, SYSTEM), (10**9, me(user))):
        with pytest.raises(NotFound):
            revoke_token(number, by=by, now=NOW)
    assert known(secret) is not None


def test_tokens_that_serve_are_counted(anybody: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_TOKENS", 2)
    first, _secret = made(anybody)
    made(anybody)
    with pytest.raises(Refusal) as refused:
        made(anybody)
    assert refused.value.code == "too_many"
    revoke_token(first.id, by=me(anybody), now=NOW)
    assert made(anybody)[0].id


def test_tokens_whose_time_is_over_are_not_counted(anybody: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_TOKENS", 1)
    token, _secret = made(anybody)
    ApiToken.update(expires_at=NOW).where(ApiToken.id == token.id).execute()
    assert made(anybody)[0].id != token.id


def test_the_last_use_is_noted_once_a_minute(user: User) -> None:
    token, secret = made(user)
    noted = []
    for seconds in (0, 30, 59, 60, 61):
        known(secret, NOW + dt.timedelta(seconds=seconds))
        noted.append((ApiToken.get_by_id(token.id).last_used_at - NOW).seconds)
    assert noted == [0, 0, 0, 60, 60]


def test_own_tokens_are_listed_newest_first(anybody: User) -> None:
    other = make.account("other", Role.STAFF)
    made(other)
    first, second = made(anybody, name="А")[0], made(anybody, name="Б")[0]
    assert [token.id for token in tokens_of(anybody.id)] == [second.id, first.id]


def test_what_a_token_does_is_journaled_with_it_and_told_in_words(user: User) -> None:
    first, secret = made(user, name="Odoo")
    bearer = known(secret)
    assert bearer is not None
    second, _other = make_token(user, "Отчёт", READ, expires_at=None, by=bearer.actor, now=NOW)
    revoke_token(second.id, by=bearer.actor, now=NOW)
    entries = list(Event.select().where(Event.subject == f"api_token:{second.id}").order_by(Event.number))
    assert [(entry.what, entry.effect["token"], entry.user_id) for entry in entries] == [
        ("token_made", first.id, user.id),
        ("token_revoked", first.id, user.id),
    ]
    assert all("Отчёт" in event_sentence(entry) for entry in entries)
