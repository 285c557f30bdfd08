"""What an acquaintance is, as values of columns."""

from __future__ import annotations

from enum import StrEnum


class ReadingState(StrEnum):
    """``dropped``: asked no more (left the office, taken off the list); ``replaced``: a new edition came before."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    DROPPED = "dropped"
    REPLACED = "replaced"


class ReadingWay(StrEnum):
    """How somebody was acquainted: with a simple signature here, on paper, or it was read aloud to them (and signed)."""

    ELECTRONIC = "electronic"
    PAPER = "paper"
    ALOUD = "aloud"


class EndedWhy(StrEnum):
    """Why a sheet ended by itself, as ``ended_why`` has it; where a person ended it, it holds the reason they gave."""

    EDITION = "edition"
    ANNULLED = "annulled"
    REPEALED = "repealed"
