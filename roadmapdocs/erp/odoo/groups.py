"""Groups as clients of Odoo know them, by our roles, and what an account tells of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.access.rules import Action, require
from roadmapdocs.erp.odoo.context import LOCALES, Env
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import Type, lazy
from roadmapdocs.erp.odoo.registry import Method, Parameter
from roadmapdocs.erp.odoo.values import is_number
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.people.models import User, UserRole
from roadmapdocs.people.rules import Role
from roadmapdocs.people.tokens import Scope


@dataclass(frozen=True, slots=True)
class Group:
    """``external`` is the id by which programs ask for it; ``roles`` are who belongs to it (none: everybody)."""

    id: int
    external: str
    name: str
    roles: frozenset[Role] = frozenset()


#: Ids are a promise to clients: only ever add at the end.
GROUPS: Final = (
    Group(1, "base.group_user", lazy("People of the office")),
    Group(2, "base.group_system", lazy("Settings"), frozenset({Role.ADMINISTRATOR})),
    Group(3, "roadmapdocs.group_clerk", lazy("clerk"), frozenset({Role.CLERK})),
    Group(4, "roadmapdocs.group_executive", lazy("executive"), frozenset({Role.EXECUTIVE})),
    Group(5, "roadmapdocs.group_staff", lazy("staff member"), frozenset({Role.STAFF})),
    Group(6, "roadmapdocs.group_coordinator", lazy("roadmap coordinator"), frozenset({Role.COORDINATOR})),
    Group(7, "roadmapdocs.group_administrator", lazy("administrator"), frozenset({Role.ADMINISTRATOR})),
    Group(8, "base.group_erp_manager", lazy("Access rights"), frozenset({Role.ADMINISTRATOR})),
)


def groups_of(roles: frozenset[Role]) -> list[Group]:
    """The groups to which somebody with these roles belongs."""
    return [one for one in GROUPS if not one.roles or one.roles & roles]


def _context_get(_ids: Sequence[int], env: Env) -> object:
    """What clients put into the context of every later call."""
    return {"lang": LOCALES[language()], "tz": env.office.zone, "uid": env.actor.user_id}


def _has_group(ids: Sequence[int], env: Env, group_ext_id: str) -> object:
    """Of whoever asks, or of the account that is named: of others for administrators."""
    return any(one.external == group_ext_id for one in groups_of(_roles_of(ids, env)))


def _roles_of(ids: Sequence[int], env: Env) -> frozenset[Role]:
    if not ids or tuple(ids) == (env.actor.user_id,):
        return env.actor.roles
    require(env.actor, Action.MANAGE_PEOPLE)
    if len(ids) != 1:
        raise Invalid("ids", _("Name one account."))
    held = UserRole.select(UserRole.role).join(User).where(User.active & User.id.in_([one for one in ids if is_number(one)]))
    return frozenset(Role(role) for (role,) in held.tuples())


#: Methods of ``res.users`` that are about whoever asks.
USER_METHODS: Final = {
    "context_get": Method(_context_get, lazy("Language, time zone and id of whoever asks"), scope=Scope.READ, records=False),
    "has_group": Method(
        _has_group,
        lazy("Whether whoever asks belongs to a group"),
        (Parameter("group_ext_id", Type.CHAR, required=True, help=lazy("Such as roadmapdocs.group_clerk")),),
        scope=Scope.READ,
        records=False,
        ids_may_come=True,
    ),
}
