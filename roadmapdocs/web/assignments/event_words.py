"""Entries of the journal about assignments as sentences: who did it stands before."""

from __future__ import annotations

from collections.abc import Callable

from roadmapdocs.i18n import gettext as _

Say = Callable[[str], str]


def assignment_events(say: Say) -> dict[str, Callable[[], str]]:
    """Sentences of the journal's entries, a code for each :class:`roadmapdocs.assignments.acts.Act`."""
    return {
        "assignment_drafted": lambda: _said(_("prepared a draft for %(name)s", name=say("author")), _whom(say)),
        "assignment_given": lambda: _said(_given(say), _whom(say)),
        "assignment_taken": lambda: _for(_("took it into work"), say),
        "assignment_asked": lambda: _said(_for(_("asked what is meant"), say), say("question")),
        "assignment_explained": lambda: _said(_("explained"), say("answer")),
        "assignment_reported": lambda: _reported(say),
        "assignment_recalled": lambda: _recalled(say),
        "assignment_accepted": lambda: _said(_accepted(say), say("comment")),
        "assignment_returned": lambda: _said(_("returned the report"), say("why")),
        "assignment_removed": lambda: _said(_removed(say), say("why")),
        "assignment_reopened": lambda: _said(_("reopened it"), say("why")),
        "assignment_cancelled": lambda: _said(_("dropped the draft") if say("draft") else _("cancelled it"), say("why")),
        "assignment_extension_asked": lambda: _said(
            _for(_("asked to extend it from %(was)s to %(day)s", was=say("was"), day=say("wanted")), say), say("why")
        ),
        "assignment_extension_granted": lambda: _said(
            _("extended it from %(was)s to %(day)s", was=say("was"), day=say("due")), say("answer")
        ),
        "assignment_extension_refused": lambda: _said(_("refused to extend it to %(day)s", day=say("wanted")), say("why")),
        "assignment_extension_withdrawn": lambda: _withdrawn(say),
        "assignment_due_moved": lambda: _said(_due_moved(say), say("why")),
        "assignment_reassigned": lambda: _said("; ".join(_reassigned(say)) or _("gave it to other people"), say("why")),
        "assignment_corrected": lambda: _said(_("changed the draft") if say("draft") else _("changed the text"), say("text")),
        "series_given": lambda: _said(_("set up a series of assignments (%(how)s)", how=say("how")), say("text")),
        "series_all_given": lambda: _("gave the last assignment of the series"),
        "series_stopped": lambda: _said(_("stopped the series of assignments"), say("reason")),
        "series_ended": lambda: _said(_("ended the series of assignments"), say("reason")),
        "series_caught_up": lambda: _(
            "gave %(number)s missed assignments of the series at once, %(since)s–%(until)s",
            number=say("number"),
            since=say("since"),
            until=say("until"),
        ),
    }


def _said(head: str, why: str) -> str:
    return f"{head}: {why}" if why else head


def _for(head: str, say: Say) -> str:
    """In whose place it was done, if in another's."""
    return head + " " + _("(stands in for %(name)s)", name=say("for")) if say("for") else head


def _given(say: Say) -> str:
    return _for(_("confirmed the draft and gave it") if say("confirmed") else _("gave the assignment"), say)


def _whom(say: Say) -> str:
    """«Соболев П. А.; соисполнители: Громова Е. В.; контролёр: Ярцева О. Н.; срок 03.04.2026»"""
    parts = [say("responsible")]
    if say("executors"):
        parts.append(_("co-executors: %(names)s", names=say("executors")))
    if say("controller"):
        parts.append(_("controller: %(name)s", name=say("controller")))
    if say("due"):
        parts.append(_("due %(day)s", day=say("due")))
    return "; ".join(part for part in parts if part)


def _reported(say: Say) -> str:
    head = _("its subordinate assignments are done: it is reported by rule") if say("rule") else _for(_("reported it done"), say)
    told = _said(head, say("text"))
    return f"{told} ({say('files')})" if say("files") else told


def _recalled(say: Say) -> str:
    if say("rule"):
        return _("a subordinate assignment is open again: the report by rule holds no more")
    return _said(_for(_("took the report back"), say), say("why"))


def _accepted(say: Say) -> str:
    return _("done: nobody has to look at the report") if say("rule") else _("accepted the report")


def _removed(say: Say) -> str:
    return _("removed it from control") if say("done") else _("removed it from control, not carried out")


def _withdrawn(say: Say) -> str:
    return _("the request for an extension is withdrawn: it is reported") if say("rule") else _for(_("asks for an extension no more"), say)


def _due_moved(say: Say) -> str:
    if not say("was"):
        return _("set the deadline %(day)s", day=say("due"))
    return _("moved the deadline from %(was)s to %(day)s", was=say("was"), day=say("due"))


def _reassigned(say: Say) -> list[str]:
    parts = []
    if say("responsible"):
        parts.append(_("gave it to %(name)s instead of %(was)s", name=say("responsible"), was=say("was")))
    if say("controller"):
        parts.append(_("controller: %(name)s", name=say("controller")))
    return parts
