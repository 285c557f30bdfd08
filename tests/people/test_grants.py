"""Rights that one person has beyond the roles."""

from __future__ import annotations

import pytest

from roadmapdocs.access.rules import Action, may
from roadmapdocs.audit.models import Event
from roadmapdocs.errors import Forbidden
from roadmapdocs.people.administration import set_grants
from roadmapdocs.people.models import UserGrant
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import SYSTEM, Role
from tests import factories as make
from tests.conftest import NOW, TODAY, person
from tests.processes import at_once


def test_a_grant_opens_one_door_to_one_person(database: str) -> None:
    lucky, other = make.account("lucky", Role.CLERK), make.account("other", Role.CLERK)
    set_grants(lucky, [Action.BACKDATE], by=SYSTEM, now=NOW)
    assert may(actor_of(lucky, today=TODAY), Action.BACKDATE)
    assert not may(actor_of(other, today=TODAY), Action.BACKDATE)


def test_no_role_holds_what_is_granted_to_persons() -> None:
    assert not any(may(person(role), Action.BACKDATE) for role in Role)


def test_the_same_grants_again_leave_no_entry(database: str) -> None:
    user = make.account("lucky", Role.CLERK)
    for grants in (["backdate"], ["backdate", "backdate"], [], []):
        set_grants(user, grants, by=SYSTEM, now=NOW)
    told = [event.effect["grants"] for event in Event.select().where(Event.what == "grants_changed").order_by(Event.number)]
    assert told == [["backdate"], []]
    assert not UserGrant.select().exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_give_grants_and_not_even_to_themselves(database: str, role: Role) -> None:
    user = make.account("somebody", role)
    with pytest.raises(Forbidden):
        set_grants(user, [Action.BACKDATE], by=actor_of(user, today=TODAY), now=NOW)
    assert not UserGrant.select().exists()


def test_two_administrators_at_once_leave_one_set_and_two_entries_at_most(database: str) -> None:
    user = make.account("lucky", Role.CLERK)
    preparation = (
        "from roadmapdocs.people.administration import set_grants\n"
        "from roadmapdocs.people.models import User\n"
        "from roadmapdocs.people.rules import SYSTEM\n"
        "from tests.conftest import NOW\n"
        f"user = User.get_by_id({user.id})\n"
    )
    work = "set_grants(user, ['backdate'], by=SYSTEM, now=NOW)\nresult = True"
    assert at_once(database, [work] * 4, preparation=preparation) == [True] * 4
    assert [row.action for row in UserGrant.select()] == ["backdate"]
    assert Event.select().where(Event.what == "grants_changed").count() == 1
