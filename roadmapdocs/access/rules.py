"""Who may do what, as one table: role × action. A closed door says why."""

from __future__ import annotations

from enum import StrEnum

from roadmapdocs.errors import Forbidden
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor, Role


class Action(StrEnum):
    READ = "read"
    IMPORT_ROADMAP = "import_roadmap"
    LINK_DOCUMENT = "link_document"
    WRITE_DOCUMENT = "write_document"
    MANAGE_PEOPLE = "manage_people"


EVERYONE = frozenset(Role)

#: The roles that may; whoever holds several roles may what any of them may.
ALLOWED: dict[Action, frozenset[Role]] = {
    Action.READ: EVERYONE,
    Action.IMPORT_ROADMAP: frozenset({Role.CLERK, Role.COORDINATOR, Role.ADMINISTRATOR}),
    Action.LINK_DOCUMENT: frozenset({Role.CLERK, Role.COORDINATOR, Role.ADMINISTRATOR}),
    Action.WRITE_DOCUMENT: frozenset({Role.CLERK, Role.COORDINATOR, Role.ADMINISTRATOR}),
    Action.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
}


def may(actor: Actor, action: Action) -> bool:
    return not actor.roles.isdisjoint(ALLOWED[action])


def require(actor: Actor, action: Action) -> None:
    """
    :raise Forbidden: saying who does this, if the actor may not
    """
    if not may(actor, action):
        raise Forbidden("forbidden", reason(action), action=str(action))


def reason(action: Action) -> str:
    """Why the door is closed, for whom it is not open."""
    sentences = {
        Action.READ: _("Only people of the office read the registry. Sign in."),
        Action.IMPORT_ROADMAP: _("Roadmaps are loaded by the coordinator or the clerk."),
        Action.LINK_DOCUMENT: _("Documents are linked to items by the coordinator or the clerk."),
        Action.WRITE_DOCUMENT: _("Cards of documents are kept by the clerk or the coordinator."),
        Action.MANAGE_PEOPLE: _("People and units are kept by the administrator."),
    }
    return sentences[action]
