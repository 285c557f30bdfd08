"""What waits for whoever asks, as mail.activity: visas, signatures, reading, assignments. Nobody sees what waits for others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.queries import queue_of
from roadmapdocs.acquaintance.reading import confirm
from roadmapdocs.approvals.waiting import AGREE, SEE
from roadmapdocs.approvals.waiting import waiting_for as decisions_for
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.waiting import Wait
from roadmapdocs.assignments.waiting import waiting_for as assignments_for
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Pairs, Type, lazy
from roadmapdocs.erp.odoo.models import approvals
from roadmapdocs.erp.odoo.models.shared import DOCUMENT_MODEL, address, readable_names
from roadmapdocs.erp.odoo.registry import Method, Model, Parameter
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _

#: Kinds of activities in the order of the numbers that make their ids: only ever add at the end.
READ: Final = "read"
KINDS: Final = (AGREE, SEE, "sign", "confirm", READ, *(f"assignment_{wait}" for wait in Wait))
_STRIDE: Final = 16


def _words() -> dict[str, str]:
    return {
        AGREE: _("Agree"),
        SEE: _("Take note"),
        "sign": _("Sign"),
        "confirm": _("Confirm"),
        READ: _("Read"),
        "assignment_confirm": _("Confirm the draft assignment"),
        "assignment_judge": _("Look at the report"),
        "assignment_answer": _("Answer the request for a later term"),
        "assignment_explain": _("Answer the executor's question"),
        "assignment_take": _("Take the assignment"),
        "assignment_do": _("Carry out the assignment"),
    }


def listed(env: Env) -> Sequence[Mapping[str, Any]]:
    """All that waits, what is due first at the head."""
    if "activities" not in env.kept:
        found = [_activity(one, env) for one in (*_decisions(env), *_readings(env), *_assignments(env))]
        env.kept["activities"] = sorted(found, key=lambda one: (one["date_deadline"] is None, str(one["date_deadline"]), one["id"]))
    made: list[Mapping[str, Any]] = env.kept["activities"]
    return made


@dataclass(frozen=True, slots=True)
class _Waits:
    """One thing. ``record`` is the id of what is decided on: a visa, a document, a place on a list, an assignment."""

    kind: str
    record: int
    due: dt.date | None
    since: dt.datetime | None
    model: str
    res_id: int
    name: str
    in_place_of: str = ""


def _decisions(env: Env) -> Iterator[_Waits]:
    waiting = decisions_for(env.actor)
    names = readable_names({one.document_id for one in waiting}, env)
    for one in waiting:
        record = one.visa_id if one.visa_id is not None else one.document_id
        name = names.get(one.document_id, "")
        yield _Waits(one.act, record, one.due, one.since, DOCUMENT_MODEL, one.document_id, name, one.in_place_of)


def _readings(env: Env) -> Iterator[_Waits]:
    waiting = queue_of(env.actor)
    names = readable_names({one.document_id for one in waiting}, env)
    for one in waiting:
        name = names.get(one.document_id, "")
        yield _Waits(READ, one.acquaintance_id, one.due, one.since, DOCUMENT_MODEL, one.document_id, name)


def _assignments(env: Env) -> Iterator[_Waits]:
    waiting = assignments_for(env.actor, env.today)
    ids = sorted({one.assignment_id for one in waiting})
    texts = dict(Assignment.select(Assignment.id, Assignment.text).where(Assignment.id.in_(ids)).tuples()) if ids else {}
    for one in waiting:
        number, kind = one.assignment_id, f"assignment_{one.act}"
        yield _Waits(kind, number, one.due, one.since, "roadmap.assignment", number, texts.get(number, ""), one.in_place_of)


def _activity(one: _Waits, env: Env) -> dict[str, Any]:
    words = _words()[one.kind]
    summary = f"{words} ({_('in place of %(name)s', name=one.in_place_of)})" if one.in_place_of else words
    page = "documents" if one.model == DOCUMENT_MODEL else "assignments"
    return {
        "id": one.record * _STRIDE + KINDS.index(one.kind),
        "display_name": f"{summary}: {one.name}",
        "activity_type": one.kind,
        "summary": summary,
        "res_model": one.model,
        "res_id": one.res_id,
        "res_name": one.name,
        "user_id": env.actor.user_id,
        "date_deadline": one.due,
        "create_date": one.since,
        "state": _state(one.due, env.today),
        "res_url": address(env, f"{page}/{one.res_id}"),
    }


def _state(due: dt.date | None, today: dt.date) -> str:
    if due is None or due > today:
        return "planned"
    return "today" if due == today else "overdue"


def _states() -> Pairs:
    return [("overdue", _("late")), ("today", _("today")), ("planned", _("later"))]


def _feedback(ids: Sequence[int], env: Env, feedback: str = "") -> bool:
    """Done, as Odoo's own button says it: agrees, takes note, confirms that it was read. The rest has methods of its own.

    :raise Refusal: ``not_by_one_word`` for what takes more than a word
    """
    for one in ids:
        record, kind = one // _STRIDE, KINDS[one % _STRIDE]
        if kind in (AGREE, SEE):
            approvals.give(record, env, approvals.agreed(feedback, informed=kind == SEE))
        elif kind == READ:
            _confirm(record, env)
        else:
            sentence = _("“%(act)s” is not done by one word. Call the method of the document or of the assignment.", act=_words()[kind])
            raise Refusal("not_by_one_word", sentence)
    return True


def _confirm(acquaintance_id: int, env: Env) -> None:
    line = Acquaintance.select(Acquaintance, AcquaintanceSheet).join(AcquaintanceSheet).where(Acquaintance.id == acquaintance_id).first()
    if line is None:
        raise NotFound("no_acquaintance", _("There is no such place on a list, or it is not yours. Open the document anew."))
    confirm(acquaintance_id, version_id=line.sheet.version_id, by=env.actor, now=env.now, today=env.today)


_FEEDBACK: Final = Method(_feedback, lazy("Done"), (Parameter("feedback", Type.TEXT, default=""),))

ACTIVITY: Final = Model(
    name="mail.activity",
    description=lazy("What waits for me"),
    listed=listed,
    display=Field(Type.CHAR, lazy("Name")),
    fields={
        "activity_type": Field(Type.SELECTION, lazy("What is to be done"), selection=lambda: list(_words().items())),
        "summary": Field(Type.CHAR, lazy("In words")),
        "res_model": Field(Type.CHAR, lazy("Model")),
        "res_id": Field(Type.INTEGER, lazy("Id of the record")),
        "res_name": Field(Type.CHAR, lazy("Of what")),
        "user_id": Field(Type.MANY2ONE, lazy("Whom it waits for"), relation="res.users"),
        "date_deadline": Field(Type.DATE, lazy("Term")),
        "create_date": Field(Type.DATETIME, lazy("Waits since")),
        "state": Field(Type.SELECTION, lazy("State"), selection=_states),
        "res_url": Field(Type.CHAR, lazy("Address")),
    },
    methods={"action_feedback": _FEEDBACK, "action_done": Method(_feedback, lazy("Done"))},
)
MODELS = (ACTIVITY,)
