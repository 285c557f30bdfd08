"""activity_schedule: in Odoo a note to somebody with a day, here an assignment on a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from roadmapdocs.assignments.operations import give
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import Type, lazy
from roadmapdocs.erp.odoo.models.messages import plain
from roadmapdocs.erp.odoo.registry import Parameter
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import User

#: The order is Odoo's.
PARAMETERS: Final = (
    Parameter("act_type_xmlid", default="", help=lazy("Odoo's type of activity; an assignment is made whatever it is.")),
    Parameter("date_deadline", Type.DATE, help=lazy("Until when; no term if left out.")),
    Parameter("summary", default="", help=lazy("What is to be done.")),
    Parameter("note", Type.TEXT, default="", help=lazy("More about it.")),
    Parameter("user_id", Type.MANY2ONE, relation="res.users", help=lazy("Whose task it is, by the account.")),
    Parameter("employee_id", Type.MANY2ONE, relation="hr.employee", help=lazy("Whose task it is, by the employee.")),
)


def schedule(
    ids: Sequence[int],
    env: Env,
    *,
    act_type_xmlid: str = "",  # noqa: ARG001  # Odoo's callers name one; here all are assignments
    date_deadline: dt.date | None = None,
    summary: str = "",
    note: str = "",
    user_id: int | None = None,
    employee_id: int | None = None,
) -> list[int] | int:
    """Ids of the assignments of roadmap.assignment: of one document as a number, of several as a list.

    :raise Invalid: ``user_id`` if nobody is named
    :raise Refusal: ``no_employee``, and whatever giving an assignment refuses
    """
    responsible = employee_id if employee_id is not None else _employee_of(user_id)
    text = "\n".join(part for part in (summary.strip(), plain(note).strip()) if part)
    kind = DeadlineKind.DATE if date_deadline is not None else DeadlineKind.OPEN
    deadline = Deadline(kind, date=date_deadline)
    plans = [Plan(text=text, responsible=responsible, deadline=deadline, document=one) for one in ids]
    made = [row.id for row in give(plans, by=env.actor, now=env.now, today=env.today)]
    return made[0] if len(made) == 1 else made


def _employee_of(user_id: int | None) -> int:
    if user_id is None:
        raise Invalid("user_id", _("It is not said whose task it is. Send user_id or employee_id."))
    employee: int | None = User.select(User.employee).where(User.id == user_id).tuples().get()[0]
    if employee is None:
        raise Refusal("no_employee", _("This account is of no employee. Name the employee: employee_id."))
    return employee
