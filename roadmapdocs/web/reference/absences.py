"""«Отсутствие и замещение»: everyone's own absences and substitutes, and anybody's for clerks and administrators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import peewee as pw
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, may
from roadmapdocs.documents.models import Kind
from roadmapdocs.errors import Conflict, Forbidden, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.acting import may_appoint
from roadmapdocs.people.models import Acting, Employee, Substitution
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.people.substitution import may_set_for, revoke_substitution, set_substitution
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.people import suggested
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.reference.absence_forms import AbsenceForm, days_words

#: More than an office of a district has at a time.
_MOST_ROWS = 500


class AbsencesView(PageView):
    """Open to everyone who signed in."""

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return self._page(AbsenceForm())

    @expose("/new", methods=["GET", "POST"])
    def create(self) -> ResponseReturnValue:
        form = AbsenceForm()
        if request.method == "GET":
            return redirect(url_for(".index", _anchor="new"))
        valid = form.validate_on_submit()
        absent_id = form.absent_id(actor().employee_id, anybody=_for_anybody(actor()))
        wanted = form.wanted()
        if not valid or absent_id is None or wanted is None:
            return self._page(form, 422)
        try:
            set_substitution(
                absent_id,
                wanted,
                since=form.since.data,
                until=form.until.data,
                reason=form.reason.data,
                by=actor(),
                now=now(),
                today=today(),
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            form.take(refusal)
            return self._page(form, status_of(refusal))
        flash(_("The absence is recorded: %(days)s.", days=days_words(form.since.data, form.until.data)), "done")
        return redirect(url_for(".index"))

    @expose(f"/<{ROW_ID}:substitution_id>/revoke", methods=["POST"])
    def revoke(self, substitution_id: int) -> ResponseReturnValue:
        try:
            revoke_substitution(substitution_id, by=actor(), now=now())
        except Conflict as conflict:
            flash(conflict.message, "refused")
        else:
            flash(_("The absence is revoked. What was decided by it stays."), "done")
        return redirect(url_for(".index"))

    def _page(self, form: AbsenceForm, status: int = 200) -> ResponseReturnValue:
        me, day = actor(), today()
        mine = _rows(Substitution.absent == me.employee_id) if me.employee_id is not None else []
        standing = _rows(Substitution.substitute == me.employee_id) if me.employee_id is not None else []
        anybody = _for_anybody(me)
        page = self.render(
            "absences.html",
            places=places("absences", me),
            may_record=anybody or me.employee_id is not None,
            anybody=anybody,
            mine=mine,
            standing=standing,
            acting=_acting(me.employee_id, day),
            everyone=_rows(pw.SQL("1 = 1")) if anybody else [],
            form=form,
            people=suggested(day) if anybody or me.employee_id is not None else [],
        )
        return page, status


def places(current: str, who: Actor) -> list[dict[str, object]]:
    """The pages of people beside the tables, as chips; those that are open to this person."""
    pages = [
        ("absences", _("Absence and substitution"), "roadmapdocs_absences.index", True),
        ("acting", _("Acting heads"), "roadmapdocs_acting.index", may_appoint(who)),
        ("calendar", _("Working calendar"), "roadmapdocs_calendar.index", may(who, Action.MANAGE_PEOPLE)),
        ("forms", _("Cases of names"), "roadmapdocs_forms.index", may(who, Action.REGISTER)),
    ]
    return [
        {"label": label, "url": url_for(endpoint), "current": name == current, "count": None, "late": False, "symbol": None}
        for name, label, endpoint, is_open in pages
        if is_open
    ]


def _for_anybody(who: Actor) -> bool:
    return who.has(Role.CLERK, Role.ADMINISTRATOR)


def _rows(condition: pw.Expression) -> list[dict[str, object]]:
    """What holds today or later, by its first day."""
    absent, substitute, day, me = Employee.alias(), Employee.alias(), today(), actor()
    rows: Iterable[Substitution] = (
        Substitution.select(Substitution, absent, substitute)
        .join(absent, on=(Substitution.absent == absent.id), attr="absent")
        .switch(Substitution)
        .join(substitute, pw.JOIN.LEFT_OUTER, on=(Substitution.substitute == substitute.id), attr="substitute")
        .where(condition & Substitution.revoked_at.is_null() & (Substitution.until >= day))
        .order_by(Substitution.since, Substitution.id)
        .limit(_MOST_ROWS)
    )
    names = dict(Kind.select(Kind.code, Kind.name).tuples())
    return [
        {
            "id": row.id,
            "absent": str(row.absent),
            "substitute": str(row.substitute) if row.substitute_id is not None else "",
            "days": days_words(row.since, row.until),
            "now": row.since <= day,
            "kinds": [names.get(code, code) for code in row.kinds],
            "reason": row.reason,
            "may_revoke": may_set_for(me, row.absent_id),
        }
        for row in rows
    ]


def _acting(employee_id: int | None, day: dt.date) -> list[dict[str, object]]:
    """In which posts this person acts, today or later."""
    if employee_id is None:
        return []
    lasts = Acting.until.is_null() | (Acting.until >= day)
    rows = Acting.select().where((Acting.employee == employee_id) & Acting.revoked_at.is_null() & lasts)
    return [
        {"printed": row.printed, "days": days_words(row.since, row.until), "now": row.since <= day, "basis": row.basis}
        for row in rows.order_by(Acting.since, Acting.id)
    ]
