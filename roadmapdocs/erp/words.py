"""States of what goes to other programs."""

from __future__ import annotations

from enum import StrEnum


class DeliveryState(StrEnum):
    """A delivery waits, was taken, or was given up and lies in the list of the dead until somebody replays it."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


class PushState(StrEnum):
    """What goes out waits, is there, or was given up."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"
