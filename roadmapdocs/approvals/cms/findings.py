"""What was found out about one signature, and the verdict that follows."""

from __future__ import annotations

from dataclasses import dataclass, field

from roadmapdocs.approvals.cms.results import Verdict


@dataclass(slots=True)
class Findings:
    """Sentences gathered on the way: why it is not accepted, what could not be checked, what else to know."""

    problems: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def verdict(self, *, intact: bool, trusted: bool) -> Verdict:
        """What was found to be wrong outweighs what could not be found out."""
        if self.problems:
            return Verdict.INVALID
        if self.unchecked or not intact:
            return Verdict.UNSUPPORTED
        return Verdict.VALID if trusted else Verdict.VALID_UNTRUSTED
