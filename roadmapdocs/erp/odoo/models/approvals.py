"""Rounds of approval and the visas in them; visas also under the names that OCA's tier validation has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import peewee as pw

from roadmapdocs.approvals.deciding import Verdict, decide
from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.rules import Decision, RunState, VisaState
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.approvals.waiting import waiting_for
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Link, Pairs, Row, Type, lazy
from roadmapdocs.erp.odoo.models.attachments import version_id
from roadmapdocs.erp.odoo.models.shared import DOCUMENT_MODEL, readable_names
from roadmapdocs.erp.odoo.registry import Method, Model, Parameter
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import User


def give(visa_id: int, env: Env, verdict: Verdict, version: int | None = None) -> None:
    """Decide on the text as it is now, or on the version (an id of ir.attachment) that the client has shown."""
    if version is None:
        row = Visa.get_or_none(Visa.id == visa_id)
        current = current_version(row.document_id) if row is not None else None
        number = current.id if current is not None else None
    else:
        number = version // 2
    decide(visa_id, verdict, version=number, store=env.store, by=env.actor, now=env.now, today=env.today)


def agreed(comment: str, *, informed: bool) -> Verdict:
    return Verdict(Decision.SEEN if informed else Decision.AGREED, comment)


def _approve(ids: Sequence[int], env: Env, comment: str = "", version_id: int | None = None) -> bool:
    for one in ids:
        informed = Visa.select(Visa.information).where(Visa.id == one).scalar()
        give(one, env, agreed(comment, informed=bool(informed)), version_id)
    return True


def _reject(ids: Sequence[int], env: Env, reason: str, version_id: int | None = None) -> bool:
    for one in ids:
        give(one, env, Verdict(Decision.REFUSED, reason), version_id)
    return True


def _run_states() -> Pairs:
    words = {
        RunState.UNDER_WAY: _("under way"),
        RunState.AGREED: _("agreed"),
        RunState.RETURNED: _("returned"),
        RunState.WITHDRAWN: _("taken back"),
        RunState.SUPERSEDED: _("superseded by another text"),
    }
    return [(str(state), words[state]) for state in RunState]


def _decisions() -> Pairs:
    words = {
        Decision.AGREED: _("agreed"),
        Decision.REMARKS: _("agreed with remarks"),
        Decision.REFUSED: _("not agreed"),
        Decision.SEEN: _("seen"),
    }
    return [(str(one), words[one]) for one in Decision]


def _statuses() -> Pairs:
    return [
        ("waiting", _("not asked yet")),
        ("pending", _("asked")),
        ("approved", _("approved")),
        ("rejected", _("rejected")),
        ("forwarded", _("handed on")),
        ("cancelled", _("not needed any more")),
    ]


#: A visa's state and decision in the one word of a review.
STATUS: Final = pw.Case(
    None,
    (
        (Visa.decision == Decision.REFUSED, "rejected"),
        (Visa.state == VisaState.GIVEN, "approved"),
        (Visa.state == VisaState.OPEN, "pending"),
        (Visa.state == VisaState.HANDED, "forwarded"),
        (Visa.state == VisaState.DROPPED, "cancelled"),
    ),
    "waiting",
)


def _names(rows: Sequence[Row], env: Env) -> Iterable[object]:
    """«Лукина О. С.: Приказ …»: who is asked, and on what."""
    names = readable_names({row.document_id for row in rows}, env)
    return [f"{row.name}: {names.get(row.document_id, '')}" for row in rows]


def _run_names(rows: Sequence[Row], env: Env) -> Iterable[object]:
    names = readable_names({row.document_id for row in rows}, env)
    return [f"{row.number}. {names.get(row.document_id, '')}" for row in rows]


def _by_person(column: Any) -> Any:
    """Ids of the accounts of the employees in a column."""

    def read(rows: Sequence[Row], _env: Env) -> Iterable[object]:
        people = [getattr(row, f"{column.name}_id") for row in rows]
        known = dict(User.select(User.employee, User.id).where(User.employee.in_([one for one in people if one])).tuples())
        return [known.get(one) for one in people]

    return read


def _person_searched(column: Any) -> Callable[[str, Any, Env], Any]:
    def search(_operator: str, value: Any, _env: Env) -> Any:
        accounts = User.select(User.employee).where(User.employee.is_null(False))
        # A missing person is nobody's: neither true nor false would be left out of "not", too.
        return column.is_null(False) & column.in_(accounts if value is None else accounts.where(User.id.in_(value)))

    return search


def _mine(rows: Sequence[Row], env: Env) -> Iterable[object]:
    """Whether the actor may decide now: computed of what waits, and never stored."""
    if "my_visas" not in env.kept:
        env.kept["my_visas"] = {one.visa_id for one in waiting_for(env.actor)}
    return [row.id in env.kept["my_visas"] for row in rows]


def _mine_searched(operator: str, value: Any, env: Env) -> Any:
    wanted = bool(value[0] if isinstance(value, list) else value) is (operator in {"=", "in"})
    mine = [one.visa_id for one in waiting_for(env.actor) if one.visa_id is not None]
    return Visa.id.in_(mine) if wanted else Visa.id.not_in(mine)


def _always(value: object) -> Any:
    return lambda rows, _env: [value] * len(rows)


def _versions(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    return [version_id(row.version_id) if row.version_id is not None else None for row in rows]


_COMMENT: Final = Parameter("comment", Type.TEXT, default="", help=lazy("What is to be said with it."))
_REASON: Final = Parameter("reason", Type.TEXT, required=True, help=lazy("What has to be changed."))
_VERSION: Final = Parameter(
    "version_id", Type.MANY2ONE, relation="ir.attachment", help=lazy("The version that was read; the current one if left out.")
)

APPROVAL: Final = Model(
    name="roadmap.approval",
    description=lazy("Round of approval"),
    table=Run,
    rows=lambda env: Run.select().join(Document).where(visible_to(env.actor)),
    display=Field(Type.CHAR, lazy("Name"), needs=(Run.document, Run.number), read=_run_names),
    fields={
        "name": Field(Type.CHAR, lazy("Route"), column=Run.name),
        "document_id": Field(Type.MANY2ONE, lazy("Document"), column=Run.document, relation=DOCUMENT_MODEL),
        "number": Field(Type.INTEGER, lazy("Round"), column=Run.number),
        "state": Field(Type.SELECTION, lazy("State"), column=Run.state, selection=_run_states),
        "step": Field(Type.INTEGER, lazy("Step, counted from 0"), column=Run.step),
        "started_by": Field(Type.CHAR, lazy("Sent by"), column=Run.started_by),
        "create_date": Field(Type.DATETIME, lazy("Sent"), column=Run.started_at),
        "date_end": Field(Type.DATETIME, lazy("Ended"), column=Run.ended_at),
        "reason": Field(Type.TEXT, lazy("Why it ended"), column=Run.ended_why),
        "step_ids": Field(
            Type.ONE2MANY, lazy("Visas"), relation="roadmap.approval.step", relation_field="approval_id", link=Link(Visa.run, Visa.id)
        ),
    },
    order="create_date desc, id desc",
)

STEP: Final = Model(
    name="roadmap.approval.step",
    description=lazy("Visa"),
    table=Visa,
    rows=lambda env: Visa.select().join(Document).where(visible_to(env.actor)),
    display=Field(Type.CHAR, lazy("Name"), needs=(Visa.document, Visa.name), read=_names),
    fields={
        "name": Field(Type.CHAR, lazy("Name of who is asked"), column=Visa.name),
        "approval_id": Field(Type.MANY2ONE, lazy("Round"), column=Visa.run, relation="roadmap.approval"),
        "document_id": Field(Type.MANY2ONE, lazy("Document"), column=Visa.document, relation=DOCUMENT_MODEL),
        "model": Field(Type.CHAR, lazy("Model"), read=_always(DOCUMENT_MODEL)),
        "res_id": Field(Type.INTEGER, lazy("Id of the record"), column=Visa.document),
        "status": Field(Type.SELECTION, lazy("Status"), column=STATUS, selection=_statuses),
        "decision": Field(Type.SELECTION, lazy("Decision"), column=Visa.decision, selection=_decisions),
        "sequence": Field(Type.INTEGER, lazy("Step"), column=Visa.step),
        "place": Field(Type.INTEGER, lazy("Place in the step"), column=Visa.place),
        "employee_id": Field(Type.MANY2ONE, lazy("Employee"), column=Visa.employee, relation="hr.employee"),
        "reviewer_id": Field(
            Type.MANY2ONE, lazy("Account"), needs=(Visa.employee,), read=_by_person(Visa.employee),
            search=_person_searched(Visa.employee), relation="res.users",
        ),
        "done_by": Field(
            Type.MANY2ONE, lazy("Decided by"), needs=(Visa.decided_by,), read=_by_person(Visa.decided_by),
            search=_person_searched(Visa.decided_by), relation="res.users",
        ),
        "post": Field(Type.CHAR, lazy("Post"), column=Visa.post),
        "information": Field(Type.BOOLEAN, lazy("Only informed"), column=Visa.information),
        "date_asked": Field(Type.DATETIME, lazy("Asked"), column=Visa.asked_at),
        "date_deadline": Field(Type.DATE, lazy("Term"), column=Visa.due),
        "reviewed_date": Field(Type.DATETIME, lazy("Moment of the decision"), column=Visa.decided_at),
        "comment": Field(Type.TEXT, lazy("Comment"), column=Visa.comment),
        "can_review": Field(Type.BOOLEAN, lazy("Waits for me"), read=_mine, search=_mine_searched),
        "version_id": Field(
            Type.MANY2ONE, lazy("Version that was seen"), needs=(Visa.version,), read=_versions, relation="ir.attachment"
        ),
        "sha256": Field(Type.CHAR, lazy("SHA-256 of what was seen"), column=Visa.sha256),
    },
    order="id",
    methods={
        "action_approve": Method(_approve, lazy("Agree"), (_COMMENT, _VERSION)),
        "action_reject": Method(_reject, lazy("Do not agree"), (_REASON, _VERSION)),
    },
)
MODELS = (APPROVAL, STEP)
