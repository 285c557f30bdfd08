"""«Исполняющие обязанности»: appointments by orders, recorded and revoked by those who register orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import peewee as pw
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.errors import Conflict, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.acting import Appointment, revoke_acting, set_acting
from roadmapdocs.people.models import Acting, Employee, Post, Unit
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.russian.dates import read_date
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.people import suggested
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.reference.absence_forms import ActingForm, days_words, person_typed
from roadmapdocs.web.reference.absences import places

_MOST_ORDERS = 100
_MOST_ROWS = 500


class ActingView(PageView):
    action = Action.REGISTER

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return self._page(_form())

    @expose("/new", methods=["GET", "POST"])
    def create(self) -> ResponseReturnValue:
        if request.method == "GET":
            return redirect(url_for(".index", _anchor="new"))
        form = _form()
        valid = form.validate_on_submit()
        employee = person_typed(form.employee) if form.employee.data else None
        basis = _basis_typed(form) if form.basis.data else None
        if not valid or employee is None or basis is None:
            return self._page(form, 422)
        try:
            unit_id, absent_id, title = form.place()
            wanted = Appointment(
                unit_id,
                title,
                form.printed.data,
                employee.id,
                form.since.data,
                form.until.data,
                basis.words,
                basis.document_id,
                absent_id,
            )
            set_acting(wanted, by=actor(), now=now(), today=today())
        except Refusal as refusal:
            form.take(refusal)
            return self._page(form, status_of(refusal))
        flash(_("Recorded: %(printed)s, %(name)s.", printed=form.printed.data, name=employee), "done")
        return redirect(url_for(".index"))

    @expose(f"/<{ROW_ID}:acting_id>/revoke", methods=["POST"])
    def revoke(self, acting_id: int) -> ResponseReturnValue:
        try:
            revoke_acting(acting_id, by=actor(), now=now())
        except Conflict as conflict:
            flash(conflict.message, "refused")
        else:
            flash(_("The appointment is revoked. What was signed by it stays."), "done")
        return redirect(url_for(".index"))

    def _page(self, form: ActingForm, status: int = 200) -> ResponseReturnValue:
        page = self.render(
            "acting.html",
            places=places("acting", actor()),
            rows=_rows(),
            form=form,
            people=suggested(today()),
            orders=[reference(order) for order in _orders().limit(_MOST_ORDERS)],
        )
        return page, status


def _form() -> ActingForm:
    form = ActingForm()
    form.post.choices = [("", _("Choose")), *_posts()]
    return form


def _posts() -> list[tuple[str, str]]:
    """Posts of units with who holds them today; those that nobody holds as vacant. Heads of units come first."""
    day = today()
    rows = list(
        Post.select(Post, Unit, Employee)
        .join(Unit)
        .switch(Post)
        .join(Employee)
        .order_by(Post.heads.desc(), Unit.name, Post.title, Employee.surname, Post.id)
    )
    held = [row for row in rows if row.since <= day and (row.until is None or row.until >= day)]
    taken = {(row.unit_id, row.title) for row in held}
    found = {_value(row.unit_id, row.employee_id, row.title): f"{row.unit}: {row.title} — {row.employee}" for row in held}
    for row in rows:
        if (row.unit_id, row.title) not in taken:
            vacant = _("%(unit)s: %(post)s — vacant", unit=row.unit, post=row.title)
            found.setdefault(_value(row.unit_id, 0, row.title), vacant)
    return list(found.items())


def _value(unit_id: int, holder_id: int, title: str) -> str:
    return f"{unit_id}:{holder_id}:{title}"


@dataclass(frozen=True, slots=True)
class _Basis:
    words: str
    document_id: int | None


def _orders() -> pw.ModelSelect:
    """Orders with a number that this person may read, newest first."""
    numbered = visible_to(actor()) & (Kind.group == "order") & (Document.number_key != "")
    return (
        Document.select(Document, Kind)
        .join(Kind)
        .where(numbered & Document.working_copy_of.is_null())
        .order_by(Document.listed_on.desc(), Document.id.desc())
    )


def _basis_typed(form: ActingForm) -> _Basis | None:
    """The order that the words name, where the registry has it; the words themselves where it has not.

    None, with a sentence beside the field, where a number alone is of no order here, or of several.
    """
    words = form.basis.data
    pieces = words.replace("№", " ").split()
    days = [day for piece in pieces if (day := read_date(piece)) is not None]
    found = list(_orders().where(Document.number_key == normalise_number(pieces[-1])).limit(9)) if pieces else []
    if days:
        found = [order for order in found if order.date in days]
    if len(found) == 1:
        return _Basis(reference(found[0]), found[0].id)
    if len(pieces) > 1 and days:
        return _Basis(words, None)
    if found:
        told = _("Several orders have this number: %(orders)s. Write the date as well.", orders="; ".join(map(reference, found)))
    else:
        told = _("There is no order of this number here. Write its kind, date and number.")
    form.basis.errors = [*form.basis.errors, told]
    return None


def _rows() -> list[dict[str, object]]:
    """What holds today or later, by its first day."""
    absent, day = Employee.alias(), today()
    rows = (
        Acting.select(Acting, Unit, Employee, absent)
        .join(Unit)
        .switch(Acting)
        .join(Employee, on=(Acting.employee == Employee.id), attr="employee")
        .switch(Acting)
        .join(absent, pw.JOIN.LEFT_OUTER, on=(Acting.absent == absent.id), attr="absent")
        .where(Acting.revoked_at.is_null() & (Acting.until.is_null() | (Acting.until >= day)))
        .order_by(Acting.since, Acting.id)
        .limit(_MOST_ROWS)
    )
    readable = {document_id for (document_id,) in _readable(row.basis_document for row in rows)}
    return [
        {
            "id": row.id,
            "employee": str(row.employee),
            "printed": row.printed,
            "unit": row.unit.name,
            "absent": str(row.absent) if row.absent_id is not None else "",
            "days": days_words(row.since, row.until),
            "now": row.since <= day,
            "basis": row.basis,
            "basis_url": _card(row.basis_document) if row.basis_document in readable else None,
        }
        for row in rows
    ]


def _readable(ids: Iterable[int | None]) -> pw.ModelSelect:
    wanted = [one for one in ids if one is not None]
    return Document.select(Document.id).where(visible_to(actor(), few=True) & Document.id.in_(wanted)).tuples()


def _card(document_id: int) -> str:
    return url_for("roadmapdocs_documents.card", document_id=document_id)
