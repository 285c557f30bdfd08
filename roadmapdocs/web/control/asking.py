"""Out of the conditions of an address: what is asked of the reports, and the conditions in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import peewee as pw

from roadmapdocs.assignments.reports_made import Asked
from roadmapdocs.assignments.reports_paper import document_words
from roadmapdocs.assignments.reports_scope import Scope, Staff
from roadmapdocs.assignments.reports_sources import document_names
from roadmapdocs.documents.rules import search_key
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import initials_after
from roadmapdocs.roadmap.models import Item, Roadmap, Section
from roadmapdocs.web.assignments.conditions import whole
from roadmapdocs.web.context import actor, now, settings
from roadmapdocs.web.control.conditions import Conditions


@dataclass(frozen=True, slots=True)
class Token:
    """A condition in force. ``fields`` are the names of the conditions to leave out without it."""

    label: str
    value: str
    without: dict[str, Any]


def asked_of(conditions: Conditions, tokens: list[Token]) -> Asked:
    """``tokens`` are :func:`tokens_of` the same conditions: what is printed above a table."""
    people = _called(conditions.person)
    controllers = _called(conditions.controller)
    return Asked(
        report=conditions.report,
        scope=Scope(
            people=frozenset(people) if people is not None else None,
            controllers=frozenset(controllers) if controllers is not None else None,
            unit=conditions.unit,
            document=conditions.document,
            roadmap=conditions.roadmap,
            section=conditions.section,
            item=conditions.item,
            on_control=conditions.on_control,
        ),
        period=conditions.period,
        days=conditions.days,
        which=conditions.which,
        by=actor(),
        now=now(),
        zone=settings().zone,
        conditions=tuple(_printed(token) for token in tokens),
    )


#: Conditions as a printed report names them, in Russian whatever language the page speaks.
_PRINTED = {
    "person": "Ответственный",
    "controller": "Контролёр",
    "unit": "Подразделение",
    "document": "Документ",
    "roadmap": "Дорожная карта",
    "section": "Раздел",
    "item": "Пункт",
}


def _printed(token: Token) -> tuple[str, str]:
    (name,) = token.without
    return (_PRINTED[name], token.value) if name in _PRINTED else ("Только", "поручения на контроле")


def _called(text: str) -> dict[int, str] | None:
    """Names by id of those whom the words mean: an id, or the beginning of «Фамилия И. О.»; None for no words."""
    if not text:
        return None
    known = whole(text)
    chosen = (Employee.id, Employee.surname, Employee.name, Employee.patronymic)
    rows = Employee.select(*chosen)
    if known is not None:
        rows = rows.where(Employee.id == known)
    people = {person: initials_after(*name) for person, *name in rows.tuples()}
    if known is not None:
        return people
    wanted = _plain(text)
    return {person: name for person, name in people.items() if _plain(name).startswith(wanted)}


def _plain(name: str) -> str:
    """Without what people type in different ways: cases, ё, spaces and full stops of initials."""
    return search_key(name).replace(".", "").replace(" ", "").replace("\N{NO-BREAK SPACE}", "")


def tokens_of(conditions: Conditions, staff: Staff) -> list[Token]:
    """All conditions but the time; at most a statement for each."""
    found = []
    for name, label in (("person", _("Responsible")), ("controller", _("Controller"))):
        text = getattr(conditions, name)
        if text:
            people = list((_called(text) or {}).values())
            said = ", ".join(people[:3]) + (" …" if len(people) > 3 else "")
            found.append(Token(label, said or _("nobody is called “%(name)s”", name=text), {name: ""}))
    if conditions.unit is not None:
        unit = next((one.name for one in staff.units if one.id == conditions.unit), _("unknown"))
        found.append(Token(_("Unit"), unit, {"unit": None}))
    if conditions.document is not None:
        document = document_names([conditions.document], actor())[conditions.document]
        found.append(Token(_("Document"), document_words(document), {"document": None}))
    for name, model in (("roadmap", Roadmap), ("section", Section), ("item", Item)):
        if getattr(conditions, name) is not None and not (name == "roadmap" and conditions.report == "roadmap"):
            found.append(Token(_ROWS[name](), _title(model, getattr(conditions, name)), {name: None}))
    if conditions.on_control:
        found.append(Token(_("Only"), _("what is on control"), {"on_control": False}))
    return found


_ROWS = {"roadmap": lambda: _("Roadmap"), "section": lambda: _("Section"), "item": lambda: _("Item")}


def _title(model: type[pw.Model], id_: int) -> str:
    row: Any = model.get_or_none(model.id == id_)
    if row is None:
        return _("unknown")
    number = getattr(row, "number", "")
    return f"{number} {row.title}" if number else str(row.title)
