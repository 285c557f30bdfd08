"""The word by which whoever tells people something wakes whoever sends mail."""

from __future__ import annotations

from roadmapdocs import duties

DUTY = "notices"


def wake() -> None:
    duties.wake(DUTY)
