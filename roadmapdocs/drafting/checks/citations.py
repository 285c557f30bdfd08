"""What the text cites: known, in force on the day, and with a number (§21, 2 and 3).

None of it is an error: what a reader may not see must not decide whether a document may be sent on.
"""

from __future__ import annotations

from collections.abc import Iterator

from roadmapdocs.drafting.checks.facts import CitedState, Facts
from roadmapdocs.drafting.checks.rules import Trouble

_SHOWN = 120


def cited_unknown(facts: Facts) -> Iterator[Trouble]:
    return _in_state(facts, CitedState.OPEN)


def cited_out_of_force(facts: Facts) -> Iterator[Trouble]:
    return _in_state(facts, CitedState.WARNING)


def cited_without_number(facts: Facts) -> Iterator[Trouble]:
    return _in_state(facts, CitedState.UNNUMBERED)


def _in_state(facts: Facts, state: CitedState) -> Iterator[Trouble]:
    for one in facts.cited:
        if one.state is state:
            shown = one.text if len(one.text) <= _SHOWN else one.text[:_SHOWN] + "…"
            yield Trouble(f"«{shown}»", one.sentence)
