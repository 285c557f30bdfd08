"""What a client may do to documents: each method performs the step of the document's own workflow that pages offer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from roadmapdocs.acquaintance.operations import send
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.approvals.signing import sign_simply
from roadmapdocs.approvals.verdicts import Verdict
from roadmapdocs.approvals.waiting import SEE, waiting_on
from roadmapdocs.documents.comments import comment as say
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.operations import get_document, read_document
from roadmapdocs.documents.rules import Preparation, Registration
from roadmapdocs.documents.transitions import perform
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.operations import make_version, start_draft
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Type, lazy
from roadmapdocs.erp.odoo.models import approvals
from roadmapdocs.erp.odoo.models.attachments import version_id as file_id
from roadmapdocs.erp.odoo.models.messages import last_message, plain
from roadmapdocs.erp.odoo.models.scheduling import PARAMETERS as ACTIVITY
from roadmapdocs.erp.odoo.models.scheduling import schedule
from roadmapdocs.erp.odoo.models.searching import PARAMETERS as SEARCH
from roadmapdocs.erp.odoo.models.searching import search_text
from roadmapdocs.erp.odoo.models.steps import filing_step, step_to
from roadmapdocs.erp.odoo.registry import Method, Parameter
from roadmapdocs.people.tokens import Scope
from roadmapdocs.workflow.rules import Line

_REASON: Final = Parameter("reason", Type.TEXT, required=True, help=lazy("Why; the journal keeps it."))
_COMMENT: Final = Parameter("comment", Type.TEXT, default="", help=lazy("What is to be said with it."))
_DATE: Final = Parameter("date", Type.DATE, help=lazy("The day that it counts from; today if left out."))


def _step(document_id: int, name: str, env: Env, answers: Answers | None = None) -> None:
    perform(document_id, name, answers=answers, by=env.actor, now=env.now, today=env.today)


def _submit(ids: Sequence[int], env: Env) -> bool:
    """Along the office's route that fits; documents that are not agreed go to be confirmed."""
    for one in ids:
        document = read_document(one, by=env.actor)
        _step(one, step_to(document, Line.PREPARATION, (Preparation.IN_APPROVAL, Preparation.IN_SIGNING)), env)
    return True


def _approve(ids: Sequence[int], env: Env, comment: str = "", version_id: int | None = None) -> bool:
    """One's own visa, or that of somebody in whose place one decides; else the step by which the office agrees."""
    for one in ids:
        document = read_document(one, by=env.actor)
        waits = waiting_on(document, env.actor)
        if waits is not None and waits.visa_id is not None:
            approvals.give(waits.visa_id, env, approvals.agreed(comment, informed=waits.act == SEE), version_id)
        else:
            _step(one, step_to(document, Line.PREPARATION, (Preparation.AGREED,)), env, Answers(comment=comment))
    return True


def _reject(ids: Sequence[int], env: Env, reason: str, version_id: int | None = None) -> bool:
    for one in ids:
        document = read_document(one, by=env.actor)
        waits = waiting_on(document, env.actor)
        if waits is not None and waits.visa_id is not None and waits.act != SEE:
            approvals.give(waits.visa_id, env, Verdict(Decision.REFUSED, reason), version_id)
        else:
            _step(one, step_to(document, Line.PREPARATION, (Preparation.REWORK,)), env, Answers(reason=reason))
    return True


def _sign(ids: Sequence[int], env: Env, date: dt.date | None = None, password: str = "") -> bool:
    """With a password by a simple signature of one's own; without one it is ink on paper, which the clerk enters."""
    for one in ids:
        document = read_document(one, by=env.actor)
        if password:
            current = current_version(one)
            version = current.id if current is not None else None
            sign_simply(one, password, version=version, by=env.actor, now=env.now, today=env.today)
        else:
            _step(one, step_to(document, Line.PREPARATION, (Preparation.SIGNED,)), env, Answers(date=date))
    return True


def _register(
    ids: Sequence[int], env: Env, *, date: dt.date | None = None, number: str = "", journal_id: int | None = None, reason: str = ""
) -> list[str] | str:
    """The number that was given: of one document as a text, of several as a list."""
    answers = Answers(date=date, number=number, journal=journal_id, reason=reason)
    for one in ids:
        _step(one, step_to(read_document(one, by=env.actor), Line.REGISTRATION, (Registration.REGISTERED,)), env, answers)
    numbers = [str(get_document(one).number) for one in ids]
    return numbers[0] if len(numbers) == 1 else numbers


def _cancel_registration(ids: Sequence[int], env: Env, reason: str) -> bool:
    return _with_reason(Line.REGISTRATION, Registration.ANNULLED)(ids, env, reason)


def _withdraw(ids: Sequence[int], env: Env, reason: str) -> bool:
    return _with_reason(Line.PREPARATION, Preparation.WITHDRAWN)(ids, env, reason)


def _with_reason(line: Line, meaning: str) -> Callable[[Sequence[int], Env, str], bool]:
    def act(ids: Sequence[int], env: Env, reason: str) -> bool:
        for one in ids:
            _step(one, step_to(read_document(one, by=env.actor), line, (meaning,)), env, Answers(reason=reason))
        return True

    return act


def _file(ids: Sequence[int], env: Env, case_id: int) -> bool:
    for one in ids:
        _step(one, filing_step(read_document(one, by=env.actor)), env, Answers(case=case_id))
    return True


def _acquaint(
    ids: Sequence[int],
    env: Env,
    *,
    employee_ids: Sequence[int] = (),
    department_ids: Sequence[int] = (),
    date_deadline: dt.date | None = None,
    note: str = "",
) -> bool:
    """Without people or units named, everybody is asked who is named in the text."""
    people, units = tuple(employee_ids or ()), tuple(department_ids or ())
    addressees = Addressees(people, units, named=not people and not units)
    for one in ids:
        send(one, addressees, due=date_deadline, note=note, by=env.actor, now=env.now, today=env.today)
    return True


def _transition(ids: Sequence[int], env: Env, *, name: str, reason: str = "", comment: str = "", date: dt.date | None = None) -> bool:
    for one in ids:
        _step(one, name, env, Answers(reason=reason, comment=comment, date=date))
    return True


def _render(ids: Sequence[int], env: Env, template_id: str = "") -> list[int] | int:
    """Ids of the versions that were made: of one document as a number, of several as a list."""
    made = []
    for one in ids:
        if not Draft.select().where(Draft.document == one).exists():
            start_draft(one, template_id or None, by=env.actor, now=env.now)
        made.append(file_id(make_version(one, "", store=env.store, by=env.actor, now=env.now, today=env.today).id))
    return made[0] if len(made) == 1 else made


def _message_post(ids: Sequence[int], env: Env, body: str, **_of_odoo: str) -> list[int] | int:
    """Odoo's clients send the text as HTML: what is kept are its words."""
    made = []
    for one in ids:
        say(read_document(one, by=env.actor), plain(body), by=env.actor, now=env.now)
        made.append(last_message(one))
    return made[0] if len(made) == 1 else made


_READ_VERSION: Final = Parameter(
    "version_id", Type.MANY2ONE, relation="ir.attachment", help=lazy("The version that was read; the current one if left out.")
)

METHODS: Final = {
    "action_submit": Method(_submit, lazy("Send for approval")),
    "action_approve": Method(_approve, lazy("Agree"), (_COMMENT, _READ_VERSION)),
    "action_reject": Method(_reject, lazy("Do not agree"), (_REASON, _READ_VERSION)),
    "action_sign": Method(
        _sign,
        lazy("Sign or confirm"),
        (_DATE, Parameter("password", default="", help=lazy("Of the account, for a simple signature."))),
    ),
    "action_register": Method(
        _register,
        lazy("Register"),
        (
            _DATE,
            Parameter("number", default="", help=lazy("A number by hand; the next one of the journal if left out.")),
            Parameter("journal_id", Type.MANY2ONE, relation="roadmap.journal"),
            Parameter("reason", Type.TEXT, default="", help=lazy("Why by hand or with an earlier date.")),
        ),
    ),
    "action_cancel_registration": Method(_cancel_registration, lazy("Annul the registration"), (_REASON,)),
    "action_withdraw": Method(_withdraw, lazy("Take the draft back"), (_REASON,)),
    "action_acquaint": Method(
        _acquaint,
        lazy("Send to be read"),
        (
            Parameter("employee_ids", "any", default=(), help=lazy("Ids of hr.employee.")),
            Parameter("department_ids", "any", default=(), help=lazy("Ids of hr.department.")),
            Parameter("date_deadline", Type.DATE),
            Parameter("note", Type.TEXT, default=""),
        ),
    ),
    "action_file": Method(
        _file, lazy("File into a case"), (Parameter("case_id", Type.MANY2ONE, required=True, relation="roadmap.case"),)
    ),
    "action_transition": Method(
        _transition,
        lazy("Any step of the document's own workflow"),
        (
            Parameter("name", required=True, help=lazy("The step's name in the definition.")),
            Parameter("reason", Type.TEXT, default=""),
            _COMMENT,
            _DATE,
        ),
    ),
    "render_template": Method(
        _render,
        lazy("Make a version of the text by a template"),
        (Parameter("template_id", default="", help=lazy("Its file, such as order.docx; that of the kind if left out.")),),
    ),
    "message_post": Method(_message_post, lazy("Comment"), (Parameter("body", Type.TEXT, required=True), Parameter("message_type", default=""))),
    "activity_schedule": Method(schedule, lazy("Give an assignment"), ACTIVITY),
    "search_text": Method(search_text, lazy("Search everywhere"), SEARCH, scope=Scope.READ, records=False),
}
