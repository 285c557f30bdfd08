"""Who may do what: the whole table, role by action."""

from __future__ import annotations

import pytest

from roadmapdocs.access.rules import ALLOWED, GRANTED, Action, may, reason, require
from roadmapdocs.errors import Forbidden
from roadmapdocs.people.rules import Actor, Role

TABLE = {
    #                         read  import  link  write  register  backdate  registry  cases  people  route  paper  send  keep  assign  control
    Role.CLERK:         "     yes   yes     yes   yes    yes       no        no        yes    no      yes    yes     yes   yes   yes     yes",
    Role.EXECUTIVE:     "     yes   no      no    no     no        no        no        no     no      no     no      yes   no    yes     yes",
    Role.STAFF:         "     yes   no      no    no     no        no        no        no     no      no     no      no    no    no      no",
    Role.COORDINATOR:   "     yes   yes     yes   yes    no        no        no        no     no      no     no      yes   no    yes     yes",
    Role.ADMINISTRATOR: "     yes   yes     yes   yes    yes       no        yes       yes    yes     yes    no      no    no    no      yes",
}  # fmt: skip
COLUMNS = (
    Action.READ,
    Action.IMPORT_ROADMAP,
    Action.LINK_DOCUMENT,
    Action.WRITE_DOCUMENT,
    Action.REGISTER,
    Action.BACKDATE,
    Action.MANAGE_REGISTRY,
    Action.MANAGE_CASES,
    Action.MANAGE_PEOPLE,
    Action.CHANGE_ROUTE,
    Action.PAPER_VISA,
    Action.SEND_TO_READ,
    Action.KEEP_READING,
    Action.ASSIGN,
    Action.SEE_CONTROL,
)
CASES = [
    (role, action, word == "yes")
    for role, words in TABLE.items()
    for action, word in zip(COLUMNS, words.split(), strict=True)
]


def actor(*roles: Role, grants: frozenset[str] = frozenset()) -> Actor:
    return Actor(user_id=1, name="Лукина О. С.", roles=frozenset(roles), grants=grants)


def test_the_table_names_every_role_and_every_action() -> None:
    assert (set(TABLE), set(COLUMNS)) == (set(Role), set(Action))


@pytest.mark.parametrize(("role", "action", "allowed"), CASES)
def test_a_role_opens_what_the_table_says(role: Role, action: Action, allowed: bool) -> None:
    assert may(actor(role), action) is allowed


@pytest.mark.parametrize(("role", "action", "allowed"), CASES)
def test_a_closed_door_says_who_does_this(role: Role, action: Action, allowed: bool) -> None:
    if allowed:
        require(actor(role), action)
        return
    with pytest.raises(Forbidden) as refused:
        require(actor(role), action)
    assert (refused.value.message, refused.value.details["action"]) == (reason(action), action.value)


@pytest.mark.parametrize("action", list(Action))
def test_nobody_without_a_role_may_anything(action: Action) -> None:
    assert not may(actor(), action)


def test_whoever_holds_two_roles_may_what_either_may() -> None:
    assert may(actor(Role.STAFF, Role.COORDINATOR), Action.IMPORT_ROADMAP)


@pytest.mark.parametrize("action", list(Action))
def test_a_grant_opens_its_own_door_and_no_other(action: Action) -> None:
    lucky = actor(grants=frozenset({str(action)}))
    assert [one for one in Action if may(lucky, one)] == [action]


def test_what_no_role_may_is_what_administrators_grant() -> None:
    assert {action for action, roles in ALLOWED.items() if not roles} <= set(GRANTED)
