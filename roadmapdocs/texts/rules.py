"""How much of a file is read, what may be wrong with it, and what becomes of an attempt. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from roadmapdocs.files.kinds import DOCUMENTS

#: The reader's version: files that an older one read are read again after an upgrade.
READER: Final = 1
MOST_ATTEMPTS: Final = 3
#: A worker that is alive has finished, or has been cut short, long before this.
STALE_AFTER: Final = dt.timedelta(minutes=20)
#: The way of a file whose pages are pictures that have to be recognised.
WITH_SCANS: Final = "ocr"
_WAITS: Final = (dt.timedelta(minutes=1), dt.timedelta(minutes=10))


class State(StrEnum):
    """As :data:`roadmapdocs.texts.models.STATES`."""

    WAITING = "waiting"
    WORKING = "working"
    READ = "read"
    PARTLY = "partly"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


class Problem(StrEnum):
    """What is wrong with a file, or with reading it.

    ``SCAN``: pages are pictures, and there is no program here that recognises them. ``CUT``: there is more text in it
    than is kept. ``PAGES``: more pages than are read. ``CONVERTER``: an old format, and no LibreOffice. ``MISSING``:
    its bytes are not in the store.
    """

    DAMAGED = "damaged"
    LOCKED = "locked"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    CRASHED = "crashed"
    MISSING = "missing"
    SCAN = "scan"
    CUT = "cut"
    PAGES = "pages"
    CONVERTER = "converter"


#: Another attempt may fare better: the machine was busy, a backup is brought back.
_PASSING: Final = frozenset({Problem.TOO_LONG, Problem.CRASHED, Problem.MISSING})


@dataclass(frozen=True, slots=True)
class Limits:
    """``pages`` with a text layer, and ``scans`` that are recognised, of one file; ``signs`` of text are kept."""

    signs: int = 2_000_000
    pages: int = 3_000
    scans: int = 100


def is_read(kind: str) -> bool:
    """Whether files of this kind have text: what is no document (a signature, a picture of a page) has none."""
    return kind in DOCUMENTS


def after_failure(problem: Problem, attempts: int) -> tuple[State, dt.timedelta]:
    """The state after a failed attempt, the ``attempts``-th, and how long to wait before the next one."""
    if problem not in _PASSING or attempts >= MOST_ATTEMPTS:
        return State.UNREADABLE, dt.timedelta()
    return State.WAITING, _WAITS[min(max(attempts, 1), len(_WAITS)) - 1]


def state_of(text: str, problem: Problem | None, scans: bool) -> tuple[State, Problem | None]:
    """How a file stands of which so much was read; ``scans``: pages that nobody recognised are among it."""
    problem = problem or (Problem.SCAN if scans else None)
    if not text:
        return State.EMPTY, problem
    return (State.PARTLY if problem else State.READ), problem
