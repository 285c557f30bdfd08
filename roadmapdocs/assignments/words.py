"""What an assignment is, as values of columns."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where an assignment stands (domain.md §11); in the office:

    проект резолюции, новое, в работе, на уточнении, на проверке, возвращено, исполнено, снято с контроля, отменено.
    """

    DRAFT = "draft"
    NEW = "new"
    IN_WORK = "in_work"
    CLARIFYING = "clarifying"
    REPORTED = "reported"
    RETURNED = "returned"
    DONE = "done"
    REMOVED = "removed"
    CANCELLED = "cancelled"


#: With the executor: the deadline runs.
OPEN = (State.NEW, State.IN_WORK, State.CLARIFYING, State.RETURNED)
#: Not over: somebody has to do something.
LIVE = (*OPEN, State.REPORTED)
#: Fulfilled and accepted.
FULFILLED = (State.DONE, State.REMOVED)


class Part(StrEnum):
    """What somebody is to an assignment: автор, ответственный исполнитель, соисполнитель, контролёр."""

    AUTHOR = "author"
    RESPONSIBLE = "responsible"
    EXECUTOR = "executor"
    CONTROLLER = "controller"


class DeadlineKind(StrEnum):
    """How the deadline was said: a day, «срочно», «оперативно», within a month, within so many days or working days,
    repeatedly, on days of a list, never.
    """

    DATE = "date"
    URGENT = "urgent"
    PROMPT = "prompt"
    MONTH = "month"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    PERIODIC = "periodic"
    DATES = "dates"
    OPEN = "open"


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    RETURNED = "returned"


class ExtensionState(StrEnum):
    """``ordered``: the deadline was moved by those who set it, and nobody had asked."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ORDERED = "ordered"
