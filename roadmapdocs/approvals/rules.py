"""How a run goes on: which visas are asked now, which fall away, when a step and the whole run are decided.

Plain values in and out. What people and tables are behind them is the operations' affair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from roadmapdocs.approvals.plans import Mode, Plan, Step


class RunState(StrEnum):
    """``SUPERSEDED``: the text changed in substance and another run began; ``WITHDRAWN``: the drafter took it back."""

    UNDER_WAY = "under_way"
    AGREED = "agreed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class VisaState(StrEnum):
    """``WAITING``: not asked yet; ``OPEN``: asked; ``DROPPED``: not needed any more; ``HANDED``: on to another."""

    WAITING = "waiting"
    OPEN = "open"
    GIVEN = "given"
    DROPPED = "dropped"
    HANDED = "handed"


class Decision(StrEnum):
    """Outcomes of domain.md §8, and ``SEEN`` for those who are only informed."""

    AGREED = "agreed"
    REMARKS = "remarks"
    REFUSED = "refused"
    SEEN = "seen"


#: Decisions with which the document goes on.
POSITIVE = frozenset({Decision.AGREED, Decision.REMARKS})


@dataclass(frozen=True, slots=True)
class Ask:
    """One visa as the rules see it. ``step`` counts from 0; ``employee`` is None for a guest, who has an ``email``.

    ``given_by`` is who decided: the employee, or whoever stood in. ``extra``: asked besides the route, by an approver.
    """

    id: int
    step: int
    place: int
    state: VisaState
    employee: int | None = None
    decision: Decision | None = None
    given_by: int | None = None
    email: str = ""
    extra: bool = False

    @property
    def who(self) -> Who | None:
        """By what the same person is known again."""
        return who(self.employee, self.email)


#: The id of an employee, or the address of a guest.
Who = int | str


def who(employee: int | None, email: str) -> Who | None:
    return employee if employee is not None else email.casefold() or None


@dataclass(frozen=True, slots=True)
class Held:
    """A visa of an earlier run that still holds; ``given_by`` as of :class:`Ask`, ``body`` of a committee's."""

    visa: int
    given_by: int | None
    body: bool = False


@dataclass(frozen=True, slots=True)
class Moves:
    """What follows from how a run stands. ``carry`` maps a visa to be given at once to the visa that it repeats.

    ``outcome`` is the state of the run afterwards, ``step`` the step at which it stands then.
    """

    open: tuple[int, ...] = ()
    drop: tuple[int, ...] = ()
    carry: Mapping[int, int] = field(default_factory=dict)
    outcome: RunState = RunState.UNDER_WAY
    step: int = 0


class _Step(StrEnum):
    OPEN = "open"
    PASSED = "passed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the text: its number, and whether it differs in substance from the one before."""

    number: int
    substantial: bool = True


def holds_for(versions: Iterable[Version], given: int, current: int) -> bool:
    """Whether a visa given on version ``given`` holds for ``current``: only wording changed since (domain.md §8)."""
    return given <= current and not any(one.substantial for one in versions if given < one.number <= current)


def lapsed_by(versions: Iterable[Version], given: int, current: int) -> int | None:
    """The first version of another substance since ``given``: because of it the visa no longer holds."""
    return min((one.number for one in versions if given < one.number <= current and one.substantial), default=None)


def advance(plan: Plan, asks: Sequence[Ask], held: Mapping[Who, Held] | None = None) -> Moves:
    """What is to happen to a run whose visas stand like this.

    ``held`` maps people to visas of earlier runs that still hold: those are repeated and not asked again. With
    ``plan.once`` a person who agreed in the step before is not asked in the next one either.
    """
    return _Advance(plan, asks, held or {}).moves()


class _Advance:
    """One look along a run: visas opened, carried and dropped on the way are seen by the steps that follow."""

    def __init__(self, plan: Plan, asks: Sequence[Ask], held: Mapping[Who, Held]) -> None:
        self._plan, self._held = plan, held
        self._asks = {one.id: one for one in sorted(asks, key=lambda ask: (ask.step, ask.place, ask.id))}
        self._ids: defaultdict[int, list[int]] = defaultdict(list)
        for one in self._asks.values():
            self._ids[one.step].append(one.id)
        self._opened: list[int] = []
        self._dropped: list[int] = []
        self._carried: dict[int, int] = {}

    def moves(self) -> Moves:
        for place, step in enumerate(self._plan.steps):
            verdict = self._walk(place, step)
            if verdict is _Step.OPEN:
                return self._result(RunState.UNDER_WAY, place)
            if verdict is _Step.REFUSED and not self._plan.to_signer:
                self._drop(self._asks.values())
                return self._result(RunState.RETURNED, place)
        return self._result(RunState.AGREED, max(len(self._plan.steps) - 1, 0))

    def _result(self, outcome: RunState, place: int) -> Moves:
        opened = tuple(one for one in self._opened if self._asks[one].state is VisaState.OPEN)
        return Moves(opened, tuple(self._dropped), self._carried, outcome, place)

    def _of(self, place: int) -> list[Ask]:
        return [self._asks[one] for one in self._ids[place]]

    def _walk(self, place: int, step: Step) -> _Step:
        """Open what this step asks now and say how it stands."""
        while True:
            asks = self._of(place)
            verdict = _verdict(step, asks, hear_all=self._plan.to_signer)
            if step.mode is not Mode.INFORMATION and verdict is not _Step.OPEN:
                self._drop(asks)
                return verdict
            waiting = _next(step, asks)
            if step.mode is Mode.INFORMATION or not self._carry(place, waiting):
                self._open(waiting)
                return verdict

    def _carry(self, place: int, waiting: Iterable[Ask]) -> bool:
        """Give at once those visas that repeat one which holds; whether there were any, so that one looks again."""
        carried = False
        for one in waiting:
            source = self._source(place, one)
            if source is not None:
                carried = True
                self._carried[one.id] = source.visa
                self._asks[one.id] = replace(
                    one, state=VisaState.GIVEN, decision=Decision.AGREED, given_by=source.given_by
                )
        return carried

    def _source(self, place: int, ask: Ask) -> Held | None:
        """The visa that this one would only repeat. A body's protocol stands for the body alone."""
        body = self._plan.steps[place].mode is Mode.COMMITTEE
        if ask.who is None:
            return None
        if self._plan.once and not body:
            for one in self._asked_before(place):
                if one.who == ask.who and one.decision in POSITIVE and one.given_by == one.employee:
                    return Held(one.id, one.given_by)
        held = self._held.get(ask.who)
        if held is None or held.body is not body or (self._plan.four_eyes and self._decided_elsewhere(held, ask)):
            return None
        return held

    def _asked_before(self, place: int) -> list[Ask]:
        """Visas of people in the step before; those who are only informed are no step between."""
        steps = self._plan.steps
        before = next((one for one in range(place - 1, -1, -1) if steps[one].mode is not Mode.INFORMATION), None)
        return [] if before is None or steps[before].mode is Mode.COMMITTEE else self._of(before)

    def _decided_elsewhere(self, held: Held, ask: Ask) -> bool:
        """Whether who gave that visa has decided in another's name, too."""
        return held.given_by is not None and any(
            one.given_by == held.given_by and one.who != ask.who and one.decision is not Decision.SEEN
            for one in self._asks.values()
        )

    def _open(self, asks: Iterable[Ask]) -> None:
        for one in asks:
            self._opened.append(one.id)
            self._asks[one.id] = replace(one, state=VisaState.OPEN)

    def _drop(self, asks: Iterable[Ask]) -> None:
        for one in [one for one in asks if one.state in _PENDING]:
            self._dropped.append(one.id)
            self._asks[one.id] = replace(one, state=VisaState.DROPPED)


_OUT = frozenset({VisaState.DROPPED, VisaState.HANDED})
_PENDING = frozenset({VisaState.WAITING, VisaState.OPEN})


def _next(step: Step, asks: Sequence[Ask]) -> list[Ask]:
    """Visas that the step asks now and has not asked yet; in turn, those who share a place are asked together."""
    pending = [one for one in asks if one.state in _PENDING]
    if step.mode is Mode.TURN:
        pending = [one for one in pending if one.place == pending[0].place]
    return [one for one in pending if one.state is VisaState.WAITING]


def _verdict(step: Step, asks: Sequence[Ask], *, hear_all: bool) -> _Step:
    """How a step stands. ``hear_all``: a refusal ends no step, everybody of whom all are asked is heard."""
    counted = [one for one in asks if one.state not in _OUT]
    if step.mode is Mode.INFORMATION or not counted:
        # Of a step that asked the drafter alone nobody is left: it is passed over.
        return _Step.PASSED
    agreed = sum(one.decision in POSITIVE for one in counted)
    pending = sum(one.state in _PENDING for one in counted)
    needed = step.needed_of(len(counted), sum(one.extra for one in asks))
    if agreed >= needed:
        return _Step.PASSED
    # All are heard first, so that the drafter gets all remarks together.
    heard_out = step.mode is Mode.TOGETHER and not step.at_once
    if hear_all:
        heard_out = step.mode in {Mode.TURN, Mode.TOGETHER}
    if agreed + pending >= needed or (pending and heard_out):
        return _Step.OPEN
    return _Step.REFUSED
