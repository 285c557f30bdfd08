from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.previews.rules import PreviewState, Reason, after_failure, is_converted, is_pictured

WAITING, FAILED, UNAVAILABLE = PreviewState.WAITING, PreviewState.FAILED, PreviewState.UNAVAILABLE


@pytest.mark.parametrize(
    ("reason", "attempts", "state", "minutes"),
    [
        (Reason.CRASHED, 1, WAITING, 1),
        (Reason.TOO_LONG, 2, WAITING, 10),
        (Reason.CRASHED, 3, FAILED, 0),
        (Reason.TOO_LONG, 4, FAILED, 0),
        (Reason.BROKEN, 1, FAILED, 0),
        (Reason.TOO_LARGE, 1, FAILED, 0),
        (Reason.MISSING, 1, UNAVAILABLE, 0),
        (Reason.MISSING, 9, UNAVAILABLE, 0),
    ],
)
def test_what_becomes_of_a_failed_attempt(reason: Reason, attempts: int, state: PreviewState, minutes: int) -> None:
    assert after_failure(reason, attempts) == (state, dt.timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("kind", "converted", "pictured"),
    [("docx", True, True), ("doc", True, True), ("ods", True, True), ("pdf", False, True), ("txt", False, False), ("webp", False, False)],
)
def test_which_files_have_previews(kind: str, converted: bool, pictured: bool) -> None:
    assert (is_converted(kind), is_pictured(kind)) == (converted, pictured)
