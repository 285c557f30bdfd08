"""What a route says: steps, whom they ask, how many have to agree, by when. Plain values, and their JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

MOST_STEPS: Final = 60
MOST_ADDRESSEES: Final = 50
LONGEST_TERM: Final = 250
NAME_LIMIT: Final = 200


class Mode(StrEnum):
    """How a step asks: one after another, all at once, any one of them, n of them, a body, only to inform."""

    TURN = "turn"
    TOGETHER = "together"
    ANY = "any"
    QUORUM = "quorum"
    COMMITTEE = "committee"
    INFORMATION = "information"


class How(StrEnum):
    """How an addressee is named: a person, a post, a role, the head of the author's unit, a field of the card."""

    PERSON = "person"
    POST = "post"
    ROLE = "role"
    HEAD = "head"
    FIELD = "field"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Addressee:
    """``value``: id of an employee, «unit id:title» of a post, a role, nothing, a field's name, a guest's name.

    ``email`` is a guest's address.
    """

    how: How
    value: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """``needed`` is how many have to agree under :attr:`Mode.QUORUM`; ``term`` is in working days.

    ``at_once`` ends a step that asks all together at the first refusal; else all are heard first, so that the drafter
    gets all remarks together. ``body`` names the committee that decides by its protocol.
    """

    mode: Mode
    addressees: tuple[Addressee, ...]
    needed: int = 0
    term: int = 3
    title: str = ""
    at_once: bool = False
    body: str = ""

    def needed_of(self, asked: int, extra: int = 0) -> int:
        """How many of ``asked`` people have to agree, ``extra`` of whom were asked besides the route; at least one.

        Each opinion asked besides has to be heard, too: where any one was enough, two have to agree then.
        """
        if self.mode in {Mode.ANY, Mode.QUORUM}:
            enough = 1 if self.mode is Mode.ANY else self.needed
            return max(min(enough + extra, asked), 1)
        return max(asked, 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """``once``: who agreed in the step before is not asked again; ``own``: the drafter may give a visa.

    ``four_eyes``: nobody gives visas of one run in two names, their own and that of somebody they stand in for.
    ``to_signer``: a refusal does not return the document. Everybody is heard, and the signer decides on the
    disagreement (domain.md §8).
    """

    steps: tuple[Step, ...]
    once: bool = True
    own: bool = False
    four_eyes: bool = True
    to_signer: bool = False

    def as_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


def plan_from_json(stored: Mapping[str, Any]) -> Plan:
    """The plan as :meth:`Plan.as_json` wrote it."""
    return Plan(steps=tuple(_step(one) for one in stored["steps"]), **{name: stored[name] for name in _FLAGS})


_FLAGS: Final = ("once", "own", "four_eyes", "to_signer")


def _step(stored: Mapping[str, Any]) -> Step:
    addressees = tuple(Addressee(How(one["how"]), one["value"], one["email"]) for one in stored["addressees"])
    return Step(**{**stored, "mode": Mode(stored["mode"]), "addressees": addressees})


def check_plan(plan: Plan) -> None:
    """
    :raise Refusal: ``plan``, whose ``details["steps"]`` maps a step's place (from 0) to a sentence about it
    """
    if not plan.steps:
        raise Refusal("plan", _("The route has no step. Add whoever has to agree."), steps={})
    if len(plan.steps) > MOST_STEPS:
        raise Refusal("plan", _("A route has %(most)s steps at the most. Let several agree together.", most=MOST_STEPS), steps={})
    problems = {place: sentence for place, step in enumerate(plan.steps) if (sentence := _why_not(step))}
    if all(step.mode is Mode.INFORMATION for step in plan.steps):
        problems.setdefault(0, _("The route informs, but asks nobody to agree. Add a step that asks for a visa."))
    if problems:
        raise Refusal("plan", _("The route cannot be followed as it is. See the marked steps."), steps=problems)


def _why_not(step: Step) -> str | None:
    asked = len(step.addressees)
    if not asked:
        return _("Nobody is named in this step. Name somebody or take the step out.")
    if asked > MOST_ADDRESSEES:
        return _("A step asks %(most)s people at the most. Divide it.", most=MOST_ADDRESSEES)
    if step.mode is Mode.QUORUM and not _roles(step) and not 1 <= step.needed <= asked:
        return _("Of %(asked)s people %(needed)s cannot agree. Correct the number.", asked=asked, needed=step.needed)
    if step.mode is Mode.COMMITTEE and asked != 1:
        return _("A body decides by its protocol, which one person brings. Name one: its secretary.")
    if not 0 <= step.term <= LONGEST_TERM:
        return _("A term is from 0 to %(most)s working days. Correct it.", most=LONGEST_TERM)
    if len(step.title) > NAME_LIMIT or len(step.body) > NAME_LIMIT:
        return _("The name of the step is longer than %(limit)s characters. Shorten it.", limit=NAME_LIMIT)
    if twice := repeated(step.addressees):
        return _("Somebody is named twice in this step: %(who)s. Leave one.", who=twice.value)
    return None


def _roles(step: Step) -> bool:
    """A role may be held by many: how many are asked is known when the run begins."""
    return any(one.how is How.ROLE for one in step.addressees)


def repeated(addressees: Sequence[Addressee]) -> Addressee | None:
    """The first that is named a second time; of guests, by the address."""
    seen: set[tuple[How, str]] = set()
    for one in addressees:
        named = (one.how, (one.email if one.how is How.GUEST else one.value).casefold())
        if named in seen:
            return one
        seen.add(named)
    return None


def keeps(plan: Plan, route: Plan) -> bool:
    """Whether the plan asks all that the route asks, in its order: steps and people may only have been added.

    Where any one, or n, are enough, more people would make it easier: there the step has to be the same.
    """
    left = iter(plan.steps)
    steps_kept = all(any(_keeps_step(step, wanted) for step in left) for wanted in route.steps)
    return steps_kept and (not plan.to_signer or route.to_signer)


def _keeps_step(step: Step, wanted: Step) -> bool:
    if step.mode is not wanted.mode:
        return False
    if wanted.mode in {Mode.TURN, Mode.TOGETHER, Mode.INFORMATION}:
        return set(step.addressees) >= set(wanted.addressees)
    return step.addressees == wanted.addressees and step.needed == wanted.needed
