"""Which files have previews, what becomes of an attempt, and how much of a document is shown."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Final

from roadmapdocs.files.rules import Kind

#: What an office program turns into PDF.
CONVERTED: Final = frozenset({Kind.DOCX, Kind.DOC, Kind.RTF, Kind.ODT, Kind.XLSX, Kind.XLS, Kind.ODS})
MOST_ATTEMPTS: Final = 3
#: A worker that is alive has finished, or has been cut short, long before this.
STALE_AFTER: Final = dt.timedelta(minutes=15)
_WAITS: Final = (dt.timedelta(minutes=1), dt.timedelta(minutes=10))


class PreviewState(StrEnum):
    """``UNAVAILABLE``: the office program is missing; it is made once there is one."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    UNAVAILABLE = "unavailable"


class Reason(StrEnum):
    """Why there is no PDF."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    CRASHED = "crashed"


#: The same file would fare the same: tried once.
_FINAL: Final = frozenset({Reason.BROKEN, Reason.TOO_LARGE})


def is_converted(kind: str) -> bool:
    return kind in CONVERTED


def is_pictured(kind: str) -> bool:
    """Whether pages of files of this kind are shown: of what is converted, and of what is PDF already."""
    return kind == Kind.PDF or is_converted(kind)


def after_failure(reason: Reason, attempts: int) -> tuple[PreviewState, dt.timedelta]:
    """The state after a failed attempt, the ``attempts``-th, and how long to wait before the next one."""
    if reason is Reason.MISSING:
        return PreviewState.UNAVAILABLE, dt.timedelta()
    if reason in _FINAL or attempts >= MOST_ATTEMPTS:
        return PreviewState.FAILED, dt.timedelta()
    return PreviewState.WAITING, _WAITS[min(max(attempts, 1), len(_WAITS)) - 1]
