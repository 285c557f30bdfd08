"""Assignments as roadmap.assignment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from roadmapdocs.assignments import executing, judging, operations
from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.rules import is_late
from roadmapdocs.assignments.visibility import visible_to
from roadmapdocs.assignments.waiting import late_on
from roadmapdocs.assignments.words import DeadlineKind, Part, State
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Link, Pairs, Row, Type, Write, lazy
from roadmapdocs.erp.odoo.models.shared import DOCUMENT_MODEL, address, ids_by_owner
from roadmapdocs.erp.odoo.registry import Method, Model, Parameter, Values
from roadmapdocs.i18n import gettext as _

_LONGEST_NAME: Final = 80


def _states() -> Pairs:
    words = {
        State.DRAFT: _("draft of a resolution"),
        State.NEW: _("new"),
        State.IN_WORK: _("in work"),
        State.CLARIFYING: _("being clarified"),
        State.REPORTED: _("reported, to be looked at"),
        State.RETURNED: _("returned"),
        State.DONE: _("executed"),
        State.REMOVED: _("removed from control"),
        State.CANCELLED: _("cancelled"),
    }
    return [(str(state), words[state]) for state in State]


def _names(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    texts = [" ".join(f"{row.point} {row.text}".split()) for row in rows]
    return [text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…" for text in texts]


def _executors(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    people = AssignmentPerson.select(AssignmentPerson.assignment, AssignmentPerson.employee)
    asked = AssignmentPerson.assignment.in_([row.id for row in rows]) & (AssignmentPerson.part == Part.EXECUTOR)
    return ids_by_owner(people.where(asked).order_by(AssignmentPerson.position).tuples(), rows)


def _executors_searched(_operator: str, value: Any, _env: Env) -> Any:
    people = AssignmentPerson.select(AssignmentPerson.assignment).where(AssignmentPerson.part == Part.EXECUTOR)
    return Assignment.id.in_(people if value is None else people.where(AssignmentPerson.employee.in_(value)))


def _late(rows: Sequence[Row], env: Env) -> Iterable[object]:
    return [is_late(row.state, row.due, env.today) for row in rows]


def _late_searched(operator: str, value: Any, env: Env) -> Any:
    late = Assignment.id.in_(Assignment.select(Assignment.id).where(late_on(env.today)))
    asked = bool(value[0] if isinstance(value, list) else value) is (operator in {"=", "in"})
    return late if asked else ~late


def _urls(rows: Sequence[Row], env: Env) -> Iterable[object]:
    return [address(env, f"assignments/{row.id}") for row in rows]


def _create(values: Values, env: Env) -> int:
    due = values.get("date_deadline")
    deadline = Deadline(DeadlineKind.DATE if due is not None else DeadlineKind.OPEN, date=due)
    plan = Plan(
        text=values["name"],
        responsible=values["responsible_id"],
        deadline=deadline,
        controller=values.get("controller_id"),
        author=values.get("author_id"),
        document=values.get("document_id"),
        point=values.get("point") or "",
        parent=values.get("parent_id"),
        urgent=bool(values.get("urgent")),
        on_control=values.get("on_control", True),
    )
    (made,) = operations.give([plan], by=env.actor, now=env.now, today=env.today)
    return int(made.id)


def _write(assignment_id: int, values: Values, env: Env) -> None:
    """Its words are what can be written; people and terms are changed by acts that ask for a reason."""
    operations.correct(assignment_id, text=values["name"], by=env.actor, now=env.now, today=env.today)


def _act(operation: Callable[..., object], *names: str) -> Callable[..., bool]:
    """An operation on each record, which gets these parameters by their names."""

    def run(ids: Sequence[int], env: Env, **said: object) -> bool:
        given = {name: said[name] for name in names if name in said}
        for one in ids:
            operation(one, **given, by=env.actor, now=env.now, today=env.today)
        return True

    return run


def _report(ids: Sequence[int], env: Env, text: str, document_id: int | None = None) -> bool:
    for one in ids:
        executing.report(one, text, document_id=document_id, by=env.actor, now=env.now, today=env.today)
    return True


_WHY: Final = Parameter("why", Type.TEXT, required=True, help=lazy("Why."))
_GIVEN: Final = Write.CREATE

ASSIGNMENT: Final = Model(
    name="roadmap.assignment",
    description=lazy("Assignment"),
    table=Assignment,
    rows=lambda env: Assignment.select().where(visible_to(env.actor)),
    display=Field(Type.CHAR, lazy("Short"), needs=(Assignment.point, Assignment.text), read=_names, sort=Assignment.text),
    fields={
        "name": Field(Type.TEXT, lazy("Text"), column=Assignment.text, required=True, write=Write.ALWAYS),
        "document_id": Field(Type.MANY2ONE, lazy("Document"), column=Assignment.document, relation=DOCUMENT_MODEL, write=_GIVEN),
        "point": Field(Type.CHAR, lazy("Point"), column=Assignment.point, write=_GIVEN),
        "item_id": Field(Type.MANY2ONE, lazy("Roadmap item"), column=Assignment.item, relation="roadmap.plan.item"),
        "author_id": Field(Type.MANY2ONE, lazy("Author"), column=Assignment.author, relation="hr.employee", write=_GIVEN),
        "responsible_id": Field(
            Type.MANY2ONE, lazy("Responsible"), column=Assignment.responsible, relation="hr.employee", required=True, write=_GIVEN
        ),
        "executor_ids": Field(
            Type.MANY2MANY, lazy("Executors beside"), relation="hr.employee", read=_executors, search=_executors_searched
        ),
        "controller_id": Field(
            Type.MANY2ONE, lazy("Controller"), column=Assignment.controller, relation="hr.employee", write=_GIVEN
        ),
        "date_deadline": Field(Type.DATE, lazy("Term"), column=Assignment.due, write=_GIVEN),
        "first_deadline": Field(Type.DATE, lazy("Term before any move"), column=Assignment.first_due),
        "date_done": Field(Type.DATE, lazy("Done"), column=Assignment.done_on),
        "state": Field(Type.SELECTION, lazy("State"), column=Assignment.state, selection=_states),
        "late": Field(Type.BOOLEAN, lazy("Late"), needs=(Assignment.state, Assignment.due), read=_late, search=_late_searched),
        "urgent": Field(Type.BOOLEAN, lazy("Urgent"), column=Assignment.urgent, write=_GIVEN),
        "on_control": Field(Type.BOOLEAN, lazy("Under control"), column=Assignment.on_control, write=_GIVEN),
        "parent_id": Field(
            Type.MANY2ONE, lazy("Assignment above"), column=Assignment.parent, relation="roadmap.assignment", write=_GIVEN
        ),
        "child_ids": Field(
            Type.ONE2MANY, lazy("Assignments below"), relation="roadmap.assignment", relation_field="parent_id",
            link=Link(Assignment.parent, Assignment.id),
        ),
        "result_id": Field(Type.MANY2ONE, lazy("Document that was made"), column=Assignment.result, relation=DOCUMENT_MODEL),
        "reason": Field(Type.TEXT, lazy("Why it ended"), column=Assignment.ended_why),
        "create_date": Field(Type.DATETIME, lazy("Made"), column=Assignment.made_at),
        "date_given": Field(Type.DATETIME, lazy("Given"), column=Assignment.given_at),
        "res_url": Field(Type.CHAR, lazy("Address"), read=_urls),
    },
    order="date_deadline, id",
    parent="parent_id",
    create=_create,
    write=_write,
    methods={
        "action_take": Method(_act(executing.take), lazy("Take into work")),
        "action_report": Method(
            _report,
            lazy("Report"),
            (
                Parameter("text", Type.TEXT, required=True, help=lazy("What was done.")),
                Parameter("document_id", Type.MANY2ONE, relation=DOCUMENT_MODEL, help=lazy("The document that was made.")),
            ),
        ),
        "action_accept": Method(
            _act(judging.accept, "comment"), lazy("Accept the report"), (Parameter("comment", Type.TEXT, default=""),)
        ),
        "action_return": Method(_act(judging.send_back, "why"), lazy("Return the report"), (_WHY,)),
        "action_cancel": Method(_act(judging.cancel, "why"), lazy("Cancel the assignment"), (_WHY,)),
    },
)
# Whoever carries an assignment out gives others below it: that is decided record by record.
MODELS = (ASSIGNMENT,)
