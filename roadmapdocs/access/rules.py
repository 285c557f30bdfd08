"""Who may do what: one table of role × action for the registry, one of ties and states for each document.

A closed door says why. What a role may do to a document depends on its states, which is a matter of the
workflow's definitions, and on its access mark, which is a matter of :data:`MARKED`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from roadmapdocs.errors import Forbidden
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor, Role


class Action(StrEnum):
    READ = "read"
    IMPORT_ROADMAP = "import_roadmap"
    LINK_DOCUMENT = "link_document"
    WRITE_DOCUMENT = "write_document"
    REGISTER = "register"
    BACKDATE = "backdate"
    MANAGE_REGISTRY = "manage_registry"
    MANAGE_CASES = "manage_cases"
    MANAGE_PEOPLE = "manage_people"
    CHANGE_ROUTE = "change_route"
    PAPER_VISA = "paper_visa"
    SEND_TO_READ = "send_to_read"
    KEEP_READING = "keep_reading"
    ASSIGN = "assign"
    SEE_CONTROL = "see_control"


EVERYONE = frozenset(Role)
_KEEPERS = frozenset({Role.CLERK, Role.COORDINATOR, Role.ADMINISTRATOR})

#: The roles that may; whoever holds several roles may what any of them may. A role left out everywhere is a right
#: that an administrator grants to a person.
ALLOWED: dict[Action, frozenset[Role]] = {
    Action.READ: EVERYONE,
    Action.IMPORT_ROADMAP: _KEEPERS,
    Action.LINK_DOCUMENT: _KEEPERS,
    Action.WRITE_DOCUMENT: _KEEPERS,
    Action.REGISTER: frozenset({Role.CLERK, Role.ADMINISTRATOR}),
    Action.BACKDATE: frozenset(),
    Action.MANAGE_REGISTRY: frozenset({Role.ADMINISTRATOR}),
    Action.MANAGE_CASES: frozenset({Role.CLERK, Role.ADMINISTRATOR}),
    Action.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Action.CHANGE_ROUTE: frozenset({Role.CLERK, Role.ADMINISTRATOR}),
    Action.PAPER_VISA: frozenset({Role.CLERK}),
    Action.SEND_TO_READ: frozenset({Role.CLERK, Role.EXECUTIVE, Role.COORDINATOR}),
    Action.KEEP_READING: frozenset({Role.CLERK}),
    Action.ASSIGN: frozenset({Role.CLERK, Role.EXECUTIVE, Role.COORDINATOR}),
    Action.SEE_CONTROL: frozenset({Role.CLERK, Role.EXECUTIVE, Role.COORDINATOR, Role.ADMINISTRATOR}),
}
#: What an administrator may grant to one person.
GRANTED: Final = (Action.BACKDATE, Action.CHANGE_ROUTE)


def may(actor: Actor, action: Action) -> bool:
    return action in actor.grants or not actor.roles.isdisjoint(ALLOWED[action])


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
        Action.REGISTER: _("Documents are registered by the clerk."),
        Action.BACKDATE: _("Only a person with the right to it registers with an earlier date. Ask the administrator."),
        Action.MANAGE_REGISTRY: _("Kinds, journals, workflows and templates are kept by the administrator."),
        Action.MANAGE_CASES: _("The nomenclature of cases is kept by the clerk."),
        Action.MANAGE_PEOPLE: _("People and units are kept by the administrator."),
        Action.CHANGE_ROUTE: _("Only a person with the right to it changes who has to agree. Ask the clerk."),
        Action.PAPER_VISA: _("Visas given on paper are entered by the clerk."),
        Action.SEND_TO_READ: _("Documents are sent to be read by the clerk, the executive or the coordinator."),
        Action.KEEP_READING: _("Signatures on paper and refusals are entered by the clerk."),
        Action.ASSIGN: _("Assignments are given by the executive, the clerk or the coordinator."),
        Action.SEE_CONTROL: _("Reports on execution are for the clerk, the executive and the coordinator."),
    }
    return sentences[action]


class Mark(StrEnum):
    """Access marks of a document: for all, for official use (ДСП), with personal data (152-ФЗ)."""

    GENERAL = "general"
    OFFICIAL = "official"
    PERSONAL = "personal"


class Tie(StrEnum):
    """What ties a person to a document, whatever their role."""

    DRAFTER = "drafter"
    SIGNER = "signer"
    UNIT = "unit"
    #: Somebody to whom the document was handed: asked for a visa, given it to read.
    INVITED = "invited"


#: All names that a right can be given to, in the order of the bits of :func:`mask`. Only ever add at the end:
#: masks are stored.
HOLDERS: Final[tuple[str, ...]] = (
    Role.CLERK,
    Role.EXECUTIVE,
    Role.STAFF,
    Role.COORDINATOR,
    Role.ADMINISTRATOR,
    Tie.DRAFTER,
    Tie.SIGNER,
    Tie.UNIT,
    Tie.INVITED,
)

#: Whom a mark leaves of those whom the states let read.
MARKED: Final[dict[Mark, frozenset[str]]] = {
    Mark.GENERAL: frozenset(HOLDERS),
    Mark.OFFICIAL: frozenset(HOLDERS) - {Role.STAFF},
    Mark.PERSONAL: frozenset({Role.CLERK, Role.EXECUTIVE, Tie.DRAFTER, Tie.SIGNER, Tie.INVITED}),
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may read a document: ``readers`` as :func:`mask` makes it, and the ids that ties refer to.

    ``invited`` says that the document was handed to the person in question. ``organisation`` is whose document it is:
    roles count only with those who have them there.
    """

    readers: int
    drafter: int | None = None
    signer: int | None = None
    unit: int | None = None
    organisation: int | None = None
    invited: bool = False


def mask(holders: Collection[str]) -> int:
    """Roles and ties as one number: a bit each, in the order of :data:`HOLDERS`."""
    return sum(1 << place for place, holder in enumerate(HOLDERS) if holder in holders)


def readers(allowed: Collection[str], mark: Mark) -> int:
    """The mask of those whom the states allow to read and the mark does not shut out."""
    return mask(MARKED[mark].intersection(allowed))


def ties(actor: Actor, drafter: int | None, signer: int | None, unit: int | None) -> frozenset[str]:
    """What ties the actor to a document with these people and this unit."""
    tied = set()
    if drafter is not None and drafter == actor.employee_id:
        tied.add(str(Tie.DRAFTER))
    if signer is not None and signer in actor.signs_for:
        tied.add(str(Tie.SIGNER))
    if unit in actor.unit_ids:
        tied.add(str(Tie.UNIT))
    return frozenset(tied)


def holds(actor: Actor, audience: Audience) -> frozenset[str]:
    """Roles of the actor and ties to the document: what rights are given to."""
    tied = ties(actor, audience.drafter, audience.signer, audience.unit)
    invited = {str(Tie.INVITED)} if audience.invited else frozenset()
    roles = (str(role) for role in actor.roles if actor.counts_in(audience.organisation))
    return frozenset(roles) | tied | invited


def may_read(actor: Actor, audience: Audience) -> bool:
    return bool(mask(holds(actor, audience)) & audience.readers)
