"""When previews are asked for by themselves: with each new text, and as PDF/A with the signature under it.

Documents lie above previews: what is known of them here is what their signals carry.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from roadmapdocs.hooks import document_moved, version_added
from roadmapdocs.previews.operations import ask
from roadmapdocs.workflow.rules import Line, Transition

SIGNED = "signed"


def listen() -> None:
    """React from now on. Idempotent."""
    version_added.connect(_text_came)
    document_moved.connect(_moved)


def _text_came(version: Any, *, now: dt.datetime, **_more: Any) -> None:
    ask(version.file, now=now)
    if version.document.preparation == SIGNED:
        ask(version.file, archival=True, now=now)


def _moved(document: Any, *, transition: Transition, now: dt.datetime, **_more: Any) -> None:
    """The text that was signed is the current one: afterwards it does not change."""
    if transition.line is not Line.PREPARATION or document.preparation != SIGNED:
        return
    signed = max(document.versions, key=lambda version: version.number, default=None)
    if signed is not None:
        ask(signed.file, archival=True, now=now)
