"""What approval ought to do, said once more and more simply: a plain model that the state machine walks beside.

It knows of no engine: from who is asked and what they said it tells afresh each time where a run stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from roadmapdocs.approvals.plans import Mode, Plan

POSITIVE = {"agreed", "remarks"}


@dataclass
class Line:
    """One person asked in a run. ``word`` is (decision, by, version) once given; ``handed``: another decides."""

    visa: int
    step: int
    place: int
    person: str
    extra: bool = False
    handed: bool = False
    word: tuple[str, str, int] | None = None
    carried: bool = False

    @property
    def agreed(self) -> bool:
        return self.word is not None and self.word[0] in POSITIVE


@dataclass
class ModelRun:
    """``ended`` is how it was ended from outside: "withdrawn", "returned", "superseded"; else the lines tell."""

    plan: Plan
    lines: list[Line] = field(default_factory=list)
    ended: str = ""

    def of(self, step: int) -> list[Line]:
        return [one for one in self.lines if one.step == step and not one.handed]

    def verdict(self, step: int) -> str:
        """"passed", "refused" or "open"."""
        asked, mode = self.of(step), self.plan.steps[step].mode
        if mode is Mode.INFORMATION or not asked:
            return "passed"
        agreed = sum(one.agreed for one in asked)
        refused = sum(one.word is not None for one in asked) - agreed
        needed = self.needed(step)
        if agreed >= needed:
            return "passed"
        impossible = len(asked) - refused < needed
        silent = len(asked) - agreed - refused
        if self.plan.to_signer and mode in {Mode.TURN, Mode.TOGETHER}:
            return "open" if silent else "refused"
        if mode is Mode.TOGETHER and not self.plan.steps[step].at_once:
            return "open" if silent else "refused"
        return "refused" if impossible else "open"

    def needed(self, step: int) -> int:
        asked, one = len(self.of(step)), self.plan.steps[step]
        extra = sum(line.extra for line in self.lines if line.step == step)
        if one.mode is Mode.ANY:
            return min(1 + extra, asked)
        return min(one.needed + extra, asked) if one.mode is Mode.QUORUM else asked

    @property
    def current(self) -> int | None:
        """The step that is not through yet; None if all are."""
        for step in range(len(self.plan.steps)):
            verdict = self.verdict(step)
            if verdict == "open" or (verdict == "refused" and not self.plan.to_signer):
                return step
        return None

    @property
    def state(self) -> str:
        if self.ended:
            return self.ended
        if self.current is None:
            return "agreed"
        return "returned" if self.verdict(self.current) == "refused" else "under_way"

    def open(self) -> set[int]:
        """Visas that are asked now, without those of people who are only informed."""
        if self.state != "under_way":
            return set()
        assert self.current is not None
        silent = [one for one in self.of(self.current) if one.word is None]
        if self.plan.steps[self.current].mode is Mode.TURN:
            silent = [one for one in silent if one.place == silent[0].place]
        return {one.visa for one in silent}

    def in_two_names(self, person: str) -> bool:
        names = {one.person for one in self.lines if one.word is not None and one.word[1] == person and not self.informed(one)}
        return len(names | {person}) > 1 and bool(names)

    def informed(self, line: Line) -> bool:
        return self.plan.steps[line.step].mode is Mode.INFORMATION
