"""Hearing of changes: whatever is journaled about something that can be found is noted in its transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from roadmapdocs.db import after_commit, before_commit
from roadmapdocs.hooks import file_text_read, journaled
from roadmapdocs.search import indexing, outbox, state
from roadmapdocs.search.dependents import DEPENDENTS, amended_by, of_document, of_tree

#: What is journaled about a document and changes nothing that is found.
IGNORED: Final = frozenset(
    {
        "guest_code_sent",
        "guest_code_shown",
        "guest_link_failed",
        "guest_link_made",
        "guest_link_not_made",
        "guest_link_opened",
        "guest_link_revoked",
        "lock_taken_over",
        "signature_rule_ended",
        "signature_rule_set",
        "visa_reminded",
    }
)
#: After these other people have to do with an assignment, who may read all of its tree and what it came from.
_OTHER_PEOPLE: Final = frozenset({"assignment_given", "assignment_reassigned"})
_TELL_OF_DOCUMENTS: Final = frozenset({"item", "assignment"})
_SUBJECTS: Final = outbox.RECORDS | DEPENDENTS.keys()


def listen() -> None:
    """React from now on. Idempotent."""
    journaled.connect(_journaled)
    file_text_read.connect(_text_read)


def _journaled(subject: str, *, what: str, effect: Mapping[str, object], **_more: Any) -> None:
    kind = subject.partition(":")[0]
    if kind not in _SUBJECTS or what in IGNORED:
        return
    outbox.note(subject)
    number = int(subject.partition(":")[2])
    if kind == "document":
        for amended in amended_by(number):
            # Whether and from when an amendment counts is a matter of the document that makes it.
            outbox.note(f"{outbox.AGAIN}{amended}")
        for key in of_document(number):
            # Who watches over execution may read them as far as the document.
            outbox.note(key)
    elif what in _OTHER_PEOPLE:
        for key in of_tree(number):
            outbox.note(key)
    if kind in _TELL_OF_DOCUMENTS and isinstance(document := effect.get("document"), int):
        # What was linked to an item, or is no more: the item's number is a mark of the document. What was reported, or
        # given, is open to the people of the assignment.
        outbox.note(f"document:{document}")
    # In two steps: the second comes after all that was promised until the end of the transaction.
    before_commit("search.noted", _noted)


def _text_read(file_id: int, **_more: Any) -> None:
    outbox.note(f"file:{file_id}")
    after_commit(state.wake)


def _noted() -> None:
    before_commit("search.settle", settle)


def settle() -> None:
    """At the end of a transaction: what is small is indexed as a part of it, where the index lives in the database."""
    used = state.used()
    if used is None:
        return
    today: dt.date = used.today()
    if not indexing.settle(state.targets(), today=today):
        after_commit(state.wake)
