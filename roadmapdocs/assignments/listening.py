"""What assignments hear of: a document that was signed goes under control by the assignments that it has already."""

from __future__ import annotations

import datetime as dt
from typing import Any

from roadmapdocs.assignments.control import follow
from roadmapdocs.documents.models import Document
from roadmapdocs.hooks import document_moved
from roadmapdocs.installation import day_of
from roadmapdocs.people.rules import Actor
from roadmapdocs.workflow.rules import Line, Transition


def listen() -> None:
    """React from now on. Idempotent."""
    document_moved.connect(_moved)


def _moved(document: Document, *, transition: Transition, by: Actor, now: dt.datetime, **_more: Any) -> None:
    if transition.line in {Line.PREPARATION, Line.REGISTRATION}:
        follow(document.id, by=by, now=now, today=day_of(now))
