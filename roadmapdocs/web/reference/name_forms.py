"""Cases of names and posts: what the program computes, and what a person made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people import declension
from roadmapdocs.people.declension import OBLIQUE, PARTS
from roadmapdocs.people.models import Employee, EmployeeForms, Post, PostForms
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.names import FullName
from roadmapdocs.russian.posts import decline_post
from roadmapdocs.web.base import LONGEST_SEARCH, ROW_ID, PageView
from roadmapdocs.web.context import actor, now
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import plain_line
from roadmapdocs.web.reference.absences import places

_MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Cell:
    """One form: ``value`` as it is used, ``computed`` by the rules alone; they differ where somebody corrected it."""

    id: str
    label: str
    value: str
    computed: str
    error: str = ""

    @property
    def corrected(self) -> bool:
        return self.value != self.computed


class NameFormsView(PageView):
    """Open to those who register documents: the forms are what documents print."""

    action = Action.REGISTER

    @expose("/")
    def index(self) -> ResponseReturnValue:
        wanted = plain_line(request.args.get("q"))[:LONGEST_SEARCH]
        people, posts = list(_people(wanted)), list(_posts(wanted))
        return self.render(
            "name_forms.html",
            places=places("forms", actor()),
            q=wanted,
            people=people[:_MOST_ROWS],
            posts=posts[:_MOST_ROWS],
            more=max(len(people), len(posts)) > _MOST_ROWS,
        )

    @expose(f"/employee/<{ROW_ID}:employee_id>", methods=["GET", "POST"])
    def employee(self, employee_id: int) -> ResponseReturnValue:
        found = Employee.get_or_none(Employee.id == employee_id) or abort(404)
        if request.method == "GET":
            return self._employee_page(found)
        typed: dict[Case, FullName] = {}
        for case in OBLIQUE:
            surname, name, patronymic = (plain_line(request.form.get(f"{part}-{case}")) for part in PARTS)
            typed[case] = FullName(surname, name, patronymic, found.gender)
        try:
            declension.set_employee_forms(found, typed, by=actor(), now=now())
        except Refusal as refusal:
            return self._employee_page(found, request.form, refusal), status_of(refusal)
        flash(_("Saved. Documents made from now on print the name so."), "done")
        return redirect(url_for(".employee", employee_id=found.id))

    @expose(f"/post/<{ROW_ID}:post_id>", methods=["GET", "POST"])
    def post(self, post_id: int) -> ResponseReturnValue:
        found = Post.get_or_none(Post.id == post_id) or abort(404)
        if request.method == "GET":
            return self._post_page(found)
        typed: dict[Case, str] = {case: plain_line(request.form.get(str(case))) for case in OBLIQUE}
        try:
            declension.set_post_forms(found.title, typed, by=actor(), now=now())
        except Refusal as refusal:
            return self._post_page(found, request.form, refusal), status_of(refusal)
        flash(_("Saved. Documents made from now on print the post so."), "done")
        return redirect(url_for(".post", post_id=found.id))

    def _employee_page(
        self, found: Employee, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None
    ) -> str:
        forms, computed = declension.forms_of_employee(found), declension.computed_forms(found)
        rows: list[dict[str, object]] = [
            {
                "case": case_word(case),
                "cells": _cells(
                    [
                        (f"{part}-{case}", label, getattr(forms[case], part), getattr(computed[case], part))
                        for part, label in part_words().items()
                        if getattr(found, part)
                    ],
                    typed,
                    refusal,
                ),
                "before": forms[case].initials_before,
                "after": forms[case].initials_after,
            }
            for case in OBLIQUE
        ]
        name = declension.name_of(found)
        return self._forms_page(name.full, [name.initials_before, name.initials_after], rows, refusal)

    def _post_page(self, found: Post, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None) -> str:
        forms = declension.forms_of_post(found.title)
        rows: list[dict[str, object]] = [
            {
                "case": case_word(case),
                "cells": _cells(
                    [(str(case), _("Post"), forms[case], decline_post(found.title, case))], typed, refusal
                ),
                "before": "",
                "after": "",
            }
            for case in OBLIQUE
        ]
        return self._forms_page(found.title, [], rows, refusal)

    def _forms_page(
        self, title: str, initials: list[str], rows: list[dict[str, object]], refusal: Refusal | None
    ) -> str:
        return self.render(
            "name_form.html",
            title=title,
            initials=initials,
            rows=rows,
            refused=refusal.message if refusal is not None else "",
            refused_field=str(refusal.details.get("field", "")) if refusal is not None else "",
        )


def case_word(case: Case) -> str:
    """The case with the question that a school teaches for it."""
    return {
        Case.NOM: _("nominative (who?)"),
        Case.GEN: _("genitive (of whom?)"),
        Case.DAT: _("dative (to whom?)"),
        Case.ACC: _("accusative (whom?)"),
        Case.INS: _("instrumental (by whom?)"),
        Case.PRE: _("prepositional (about whom?)"),
    }[case]


def part_words() -> dict[str, str]:
    return {"surname": _("Surname"), "name": _("First name"), "patronymic": _("Patronymic")}


def _cells(
    forms: Iterable[tuple[str, str, str, str]], typed: Mapping[str, str] | None, refusal: Refusal | None
) -> list[Cell]:
    """What was typed stays in its field, with the refusal beside the one it is about."""
    field = refusal.details.get("field") if refusal is not None else None
    return [
        Cell(
            key,
            label,
            plain_line(typed.get(key)) if typed is not None else value,
            computed,
            refusal.message if refusal is not None and field == key else "",
        )
        for key, label, value, computed in forms
    ]


def _people(wanted: str) -> Iterable[dict[str, object]]:
    rows = Employee.select().order_by(Employee.surname, Employee.name, Employee.id)
    corrected = {row.employee_id for row in EmployeeForms.select() if row.forms}
    for row in rows:
        name = declension.name_of(row)
        if wanted.casefold() in name.full.casefold():
            url = url_for(".employee", employee_id=row.id)
            yield {"name": name.full, "url": url, "corrected": row.id in corrected}


def _posts(wanted: str) -> Iterable[dict[str, object]]:
    """Each title once."""
    corrected = {row.title for row in PostForms.select() if row.forms}
    seen: set[str] = set()
    for post_id, title in Post.select(Post.id, Post.title).order_by(Post.title, Post.id).tuples():
        if title not in seen and wanted.casefold() in title.casefold():
            seen.add(title)
            yield {"name": title, "url": url_for(".post", post_id=post_id), "corrected": title in corrected}
