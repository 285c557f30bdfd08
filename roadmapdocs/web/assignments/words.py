"""Words of assignments: states, acts, parts of people, and the deadline as it was said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.rules import is_late
from roadmapdocs.assignments.words import LIVE, DeadlineKind, ExtensionState, State, Verdict
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext, pgettext

Badge = dict[str, str | None]

_LOOKS = {
    State.DRAFT: "plain",
    State.NEW: "info",
    State.IN_WORK: "work",
    State.CLARIFYING: "work",
    State.REPORTED: "info",
    State.RETURNED: "work",
    State.DONE: "ok",
    State.REMOVED: "ok",
    State.CANCELLED: "plain",
}
_SYMBOLS = {State.REPORTED: "eye", State.CLARIFYING: "info", State.RETURNED: "undo", State.CANCELLED: "x", State.NEW: "flag"}


def state_word(state: str) -> str:
    return {
        State.DRAFT: pgettext("assignment", "draft resolution"),
        State.NEW: pgettext("assignment", "new"),
        State.IN_WORK: pgettext("assignment", "in work"),
        State.CLARIFYING: pgettext("assignment", "being cleared up"),
        State.REPORTED: pgettext("assignment", "reported, being checked"),
        State.RETURNED: pgettext("assignment", "returned"),
        State.DONE: pgettext("assignment", "done"),
        State.REMOVED: pgettext("assignment", "removed from control"),
        State.CANCELLED: pgettext("assignment", "cancelled"),
    }[State(state)]


def badges_of(assignment: Assignment, today: dt.date) -> list[Badge]:
    """The state, before it «overdue» where it is; a removed one that was never fulfilled says so."""
    state = State(assignment.state)
    label, look = state_word(state), _LOOKS[state]
    if state is State.REMOVED and assignment.done_on is None:
        label, look = pgettext("assignment", "removed from control without execution"), "plain"
    found: list[Badge] = [{"look": look, "label": label, "symbol": _SYMBOLS.get(state)}]
    if is_late(state, assignment.due, today):
        found.insert(0, {"look": "late", "label": _("overdue"), "symbol": None})
    if assignment.urgent and state in LIVE:
        found.append({"look": "work", "label": pgettext("assignment", "urgent"), "symbol": "flag"})
    return found


def left_words(assignment: Assignment, today: dt.date) -> str:
    """«осталось 5 дней», «срок сегодня», «просрочено на 2 дня»; of what is over, whether it was in time."""
    due = assignment.due
    if due is None or assignment.state in (State.DRAFT, State.CANCELLED):
        return ""
    if assignment.done_on is not None:
        over = (assignment.done_on - due).days
        if over > 0:
            return ngettext("fulfilled %(num)s day after the deadline", "fulfilled %(num)s days after the deadline", over)
        return _("fulfilled in time")
    if assignment.state not in LIVE:
        return ""
    days = (due - today).days
    if days < 0:
        return ngettext("%(num)s day overdue", "%(num)s days overdue", -days)
    return ngettext("%(num)s day left", "%(num)s days left", days) if days else _("due today")


def deadline_word(kind: str) -> str:
    """How a deadline may be said, for a list to choose from."""
    return {
        DeadlineKind.DATE: pgettext("deadline", "by a day"),
        DeadlineKind.URGENT: pgettext("deadline", "at once: 3 days"),
        DeadlineKind.PROMPT: pgettext("deadline", "promptly: 10 days"),
        DeadlineKind.MONTH: pgettext("deadline", "within a month"),
        DeadlineKind.DAYS: pgettext("deadline", "within so many days"),
        DeadlineKind.WORKING_DAYS: pgettext("deadline", "within so many working days"),
        DeadlineKind.PERIODIC: pgettext("deadline", "repeatedly"),
        DeadlineKind.DATES: pgettext("deadline", "on days of a list"),
        DeadlineKind.OPEN: pgettext("deadline", "without a deadline"),
    }[DeadlineKind(kind)]


def recurrence_word(recurrence: str) -> str:
    words = {
        "daily": pgettext("recurrence", "every day"),
        "weekly": pgettext("recurrence", "every week"),
        "monthly": pgettext("recurrence", "every month"),
        "quarterly": pgettext("recurrence", "every quarter"),
        "half-yearly": pgettext("recurrence", "every half-year"),
        "yearly": pgettext("recurrence", "every year"),
    }
    return words.get(recurrence, recurrence)


RECURRENCES = ("daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly")


@dataclass(frozen=True, slots=True)
class ActWords:
    """``label`` is the button, ``done`` what is said afterwards, ``ask`` what the page of the act explains."""

    label: str
    symbol: str
    done: str
    explained: str = ""


def act_words(act: Act) -> ActWords:
    return _executor_words().get(act) or _judge_words().get(act) or _deadline_words()[act]


def _executor_words() -> dict[Act, ActWords]:
    return {
        Act.GIVEN: ActWords(_("Confirm the resolution"), "tick", _("The resolution is confirmed. The executor has it.")),
        Act.TAKEN: ActWords(_("Take into work"), "tick", _("Taken into work.")),
        Act.ASKED: ActWords(
            _("Ask to clear up"), "info", _("The question is sent to the author."),
            _("The author answers, and the work goes on. The deadline does not stand still meanwhile."),
        ),
        Act.EXPLAINED: ActWords(_("Clear up"), "edit", _("The answer is sent to the executor.")),
        Act.REPORTED: ActWords(
            pgettext("act", "Report"), "check", _("The report is sent to be checked."),
            _("Say what was done. A file or the document that was made is the best proof."),
        ),
        Act.RECALLED: ActWords(_("Take the report back"), "undo", _("The report is taken back. The assignment is in work again.")),
    }


def _judge_words() -> dict[Act, ActWords]:
    return {
        Act.ACCEPTED: ActWords(_("Accept the report"), "tick", _("The report is accepted.")),
        Act.RETURNED: ActWords(_("Return for more work"), "undo", _("Returned to the executor with the reason.")),
        Act.REMOVED: ActWords(
            _("Remove from control"), "check", _("Removed from control."),
            _("A fulfilled assignment is closed. One that is not fulfilled is closed without execution, and the reason says why."),
        ),
        Act.REOPENED: ActWords(_("Open anew"), "undo", _("The assignment is in work again.")),
        Act.CANCELLED: ActWords(
            _("Cancel the assignment"), "x", _("The assignment is cancelled."),
            _("Nobody has to do it any more. Its subordinate assignments are cancelled with it."),
        ),
        Act.REASSIGNED: ActWords(_("Give to others"), "users", _("The people of the assignment are changed.")),
        Act.CORRECTED: ActWords(
            _("Correct"), "edit", _("The text is changed. The people of the assignment are told."),
            _("Only the words change here. Deadline and people are changed by acts of their own."),
        ),
        Act.DRAFTED: ActWords(_("Give a subordinate assignment"), "split", _("The assignment is given.")),
    }


def _deadline_words() -> dict[Act, ActWords]:
    return {
        Act.EXTENSION_ASKED: ActWords(_("Ask for another deadline"), "clock", _("The request is sent to the author.")),
        Act.EXTENSION_GRANTED: ActWords(_("Grant the deadline"), "tick", _("The deadline is moved.")),
        Act.EXTENSION_REFUSED: ActWords(_("Refuse the deadline"), "x", _("Refused. The deadline stays as it was.")),
        Act.EXTENSION_WITHDRAWN: ActWords(_("Withdraw the request"), "undo", _("The request is withdrawn.")),
        Act.DUE_MOVED: ActWords(_("Move the deadline"), "cal", _("The deadline is moved.")),
    }


def extension_badge(state: str) -> Badge:
    look, label = {
        ExtensionState.ASKED: ("work", pgettext("extension", "asked for")),
        ExtensionState.GRANTED: ("ok", pgettext("extension", "granted")),
        ExtensionState.REFUSED: ("none", pgettext("extension", "refused")),
        ExtensionState.WITHDRAWN: ("plain", pgettext("extension", "withdrawn")),
        ExtensionState.ORDERED: ("info", pgettext("extension", "moved by those who set it")),
    }[ExtensionState(state)]
    return {"look": look, "label": label, "symbol": None}


def verdict_badge(verdict: str | None) -> Badge:
    if verdict is None:
        return {"look": "info", "label": pgettext("report", "being checked"), "symbol": "eye"}
    accepted = verdict == Verdict.ACCEPTED
    label = pgettext("report", "accepted") if accepted else pgettext("report", "returned")
    return {"look": "ok" if accepted else "work", "label": label, "symbol": None if accepted else "undo"}
