"""What a form says, done: one operation for each act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from roadmapdocs.assignments import executing, extensions, judging
from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.operations import correct
from roadmapdocs.assignments.people import reassign
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.assignments.act_form import ActForm
from roadmapdocs.web.assignments.people import NotCalled, person_called
from roadmapdocs.web.context import actor, now, store, today


def carry_out(assignment: Assignment, form: ActForm) -> None:
    """Do it at the revision that the form was opened at.

    :raise Refusal: as the operations
    """
    told: dict[str, Any] = {"revision": form.read_at, "by": actor(), "now": now(), "today": today()}
    _DOORS[form.act](assignment, form, told)


def _report(assignment: Assignment, form: ActForm, told: dict[str, Any]) -> None:
    sent = [one for one in form.files.data or [] if getattr(one, "filename", "")]
    if len(sent) > executing.MOST_FILES:
        # They are not even read then.
        message = _("More than %(most)s files at once. Put them into one archive.", most=executing.MOST_FILES)
        raise Refusal("files", message, fields={"files": message})
    files = [executing.ReportFile(one.read(), one.filename) for one in sent]
    executing.report(assignment.id, form.typed("text"), document_id=form.chosen(), files=files, store=store(), **told)


def _reassign(assignment: Assignment, form: ActForm, told: dict[str, Any]) -> None:
    responsible, controller = new_people(form)
    reassign([assignment.id], responsible=responsible, controller=controller, reason=form.typed("reason"), **told)


def new_people(form: ActForm) -> tuple[int | None, int | None]:
    """Ids of the responsible person and the controller who are named; None leaves that one as it is.

    :raise Refusal: ``person``, beside the field, for a name that nobody has, or if none is typed
    """
    found: dict[str, int | None] = {}
    for name in ("responsible", "controller"):
        try:
            found[name] = person_called(form.typed(name))
        except NotCalled as problem:
            raise Refusal("person", str(problem), fields={name: str(problem)}) from problem
    if not any(found.values()):
        message = _("Name the new responsible person or the new controller.")
        raise Refusal("person", message, fields={"responsible": message})
    return found["responsible"], found["controller"]


def _extension(assignment: Assignment, form: ActForm, told: dict[str, Any]) -> None:
    extensions.ask_extension(assignment.id, form.due.data, form.typed("reason"), **told)


def _grant(assignment: Assignment, form: ActForm, told: dict[str, Any]) -> None:
    extensions.grant(assignment.id, due=form.due.data, answer=form.typed("reason"), **told)


def _move(assignment: Assignment, form: ActForm, told: dict[str, Any]) -> None:
    extensions.move_due(assignment.id, form.due.data, form.typed("reason"), tree=form.ticked("tree"), **told)


def _accept(assignment: Assignment, form: ActForm, told: dict[str, Any]) -> None:
    judging.accept(assignment.id, comment=form.typed("text"), children=form.ticked("children"), **told)


def _remove(assignment: Assignment, form: ActForm, told: dict[str, Any]) -> None:
    judging.remove(assignment.id, form.typed("reason"), children=form.ticked("children"), **told)


Door = Callable[[Assignment, ActForm, dict[str, Any]], object]


def _with(operation: Callable[..., object], field: str) -> Door:
    """The door to an operation that takes one text."""
    return lambda assignment, form, told: operation(assignment.id, form.typed(field), **told)


def _alone(operation: Callable[..., object]) -> Door:
    """The door to an operation that asks nothing."""
    return lambda assignment, _form, told: operation(assignment.id, **told)


_DOORS: dict[Act, Door] = {
    Act.TAKEN: _alone(executing.take),
    Act.RECALLED: _alone(executing.recall),
    Act.ASKED: _with(executing.ask, "text"),
    Act.EXPLAINED: _with(executing.explain, "text"),
    Act.REPORTED: _report,
    Act.ACCEPTED: _accept,
    Act.RETURNED: _with(judging.send_back, "reason"),
    Act.REMOVED: _remove,
    Act.REOPENED: _with(judging.reopen, "reason"),
    Act.CANCELLED: _with(judging.cancel, "reason"),
    Act.EXTENSION_ASKED: _extension,
    Act.EXTENSION_GRANTED: _grant,
    Act.EXTENSION_REFUSED: _with(extensions.refuse, "reason"),
    Act.EXTENSION_WITHDRAWN: _alone(extensions.withdraw),
    Act.DUE_MOVED: _move,
    Act.REASSIGNED: _reassign,
    Act.CORRECTED: lambda assignment, form, told: correct(assignment.id, text=form.typed("text"), **told),
}
