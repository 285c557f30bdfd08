"""What a person may do to an assignment now: the buttons of its card, each closed one with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.facts import facts_of_all
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.rules import LEAVES, Facts, why_closed
from roadmapdocs.assignments.tree import DEEPEST, Place, places_of
from roadmapdocs.assignments.visibility import visible_to
from roadmapdocs.assignments.words import State
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

#: In the order of the buttons, which is that of the rules.
ORDER: Final = tuple(LEAVES)
#: Acts that end what is below, too.
_TAKES_ALONG: Final = (Act.ACCEPTED, Act.REMOVED, Act.CANCELLED)
#: What speaks of a request: no button before there is one.
_ON_REQUEST: Final = (Act.EXTENSION_GRANTED, Act.EXTENSION_REFUSED, Act.EXTENSION_WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Offer:
    """``why_not`` is None where the act is open; else a sentence.

    Acts on a draft: GIVEN (confirm), CORRECTED (change), CANCELLED (drop). ``DRAFTED`` is giving a subordinate.
    ``children``: how many live subordinates the act closes with it; the person says yes before.
    """

    act: Act
    why_not: str | None = None
    children: int = 0


def offers_of(assignment: Assignment, actor: Actor, today: dt.date) -> list[Offer]:
    """Every act that fits the state, in the order of the buttons; nothing for whoever may not read it."""
    return offers_of_all([assignment], actor, today)[assignment.id]


def offers_of_all(assignments: Collection[Assignment], actor: Actor, today: dt.date) -> dict[int, list[Offer]]:
    """By the id of the assignment; the same few statements, however many there are."""
    ids = [row.id for row in assignments]
    readable = {id_ for (id_,) in Assignment.select(Assignment.id).where(Assignment.id.in_(ids) & visible_to(actor)).tuples()}
    shown = [row for row in assignments if row.id in readable]
    facts, places = facts_of_all(shown, actor, today), places_of(shown)
    return {id_: _offers(facts[id_], places[id_]) if id_ in readable else [] for id_ in ids}


def _offers(facts: Facts, place: Place) -> list[Offer]:
    fitting = [act for act in ORDER if _fits(act, facts)]
    return [Offer(act, _why_not(act, facts, place), place.live if act in _TAKES_ALONG else 0) for act in fitting]


def _fits(act: Act, facts: Facts) -> bool:
    if facts.state not in LEAVES[act] or (act in _ON_REQUEST and not facts.asked):
        return False
    return not (act is Act.REMOVED and facts.state is State.DONE and not facts.on_control)


def _why_not(act: Act, facts: Facts, place: Place) -> str | None:
    closed = why_closed(act, facts)
    if closed is not None:
        return closed.sentence
    if act is Act.DRAFTED and place.depth >= DEEPEST:
        return _("Subordinate assignments go %(depth)s steps down at most. Give it to the one above.", depth=DEEPEST)
    return None
