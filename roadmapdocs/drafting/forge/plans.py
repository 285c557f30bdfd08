"""Templates of a plan, whose table lies across, and of a list."""

from __future__ import annotations

from roadmapdocs.drafting.forge.regulations import regulation


def plan() -> bytes:
    return regulation(landscape=True)


def listing() -> bytes:
    """A list, a register, the members of a body."""
    return regulation()
