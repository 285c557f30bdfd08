"""What can be done to an assignment: codes of its history, of notices and of the buttons on its card."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """The journal of events has each as ``assignment_<act>``.

    ``DRAFTED``: a resolution waits for its author; ``GIVEN``: it reached the executor; ``TAKEN``: принято в работу;
    ``ASKED``/``EXPLAINED``: уточнение; ``DUE_MOVED``: by those who set the deadline; ``REASSIGNED``: other people.
    """

    DRAFTED = "drafted"
    GIVEN = "given"
    TAKEN = "taken"
    ASKED = "asked"
    EXPLAINED = "explained"
    REPORTED = "reported"
    RECALLED = "recalled"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REMOVED = "removed"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_GRANTED = "extension_granted"
    EXTENSION_REFUSED = "extension_refused"
    EXTENSION_WITHDRAWN = "extension_withdrawn"
    DUE_MOVED = "due_moved"
    REASSIGNED = "reassigned"
    CORRECTED = "corrected"
