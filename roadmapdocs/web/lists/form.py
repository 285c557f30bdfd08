"""The conditions of a list as people see them: tokens in force, and the form that sets more of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import peewee as pw

from roadmapdocs.access.rules import Mark
from roadmapdocs.cases.models import Case
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Organisation, Unit
from roadmapdocs.people.rules import initials_after
from roadmapdocs.registration.models import Journal
from roadmapdocs.registration.rights import open_to
from roadmapdocs.web.context import actor
from roadmapdocs.web.lists.conditions import FLAGS, TODAY, Conditions, address
from roadmapdocs.web.lists.words import standard_words
from roadmapdocs.web.pages import date as printed
from roadmapdocs.web.words import line_word, mark_word
from roadmapdocs.workflow.rules import Line

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """Values of each condition with their words, and labels of the conditions, in the order of the form."""

    labels: dict[str, str]
    options: dict[str, Options]

    def word(self, name: str, value: object) -> str:
        return next((words for key, words in self.options[name] if key == str(value)), str(value))


def choices(conditions: Conditions) -> Choices:
    kinds = list(Kind.select(Kind.code, Kind.name, Kind.expected).order_by(Kind.position).tuples())
    states = standard_words()
    options: dict[str, Options] = {
        "kind": [(word, word) for word in dict.fromkeys(expected for _code, _name, expected in kinds)],
        "only": [(code, name) for code, name, _expected in kinds],
        "year": [(str(year), str(year)) for year in _years()],
        "journal": _journals(),
        **{line.value: list(states[line].items()) for line in Line},
        "signer": _signers(),
        "unit": [(str(id_), short or name) for id_, short, name in _units().tuples()],
        "organisation": _pairs(
            Organisation.select(Organisation.id, Organisation.short_name).order_by(Organisation.short_name)
        ),
        "mark": [(str(mark), mark_word(mark)) for mark in Mark],
        "case": _case(conditions.case) if conditions.case else [],
        **{flag: [("1", _("yes"))] for flag in FLAGS},
    }
    return Choices(_labels(), options)


def _journals() -> Options:
    """Every journal with whose it is: several organisations have one of the same name."""
    rows = (
        Journal.select(Journal.id, Journal.name, Organisation.short_name)
        .join(Organisation, pw.JOIN.LEFT_OUTER)
        .where(open_to(actor()))
        .order_by(Journal.active.desc(), Journal.position, Journal.id)
    )
    return [(str(id_), f"{name} ({whose})" if whose else name) for id_, name, whose in rows.tuples()]


def tokens(conditions: Conditions, known: Choices) -> list[dict[str, str]]:
    """Each condition in force, with the address of the list without it."""
    usual = Conditions()
    return [
        {
            "label": known.labels[name],
            "value": _token_word(name, value, known),
            "remove_url": conditions.url(**{name: getattr(usual, name)}, **_order_kept(conditions, name)),
        }
        for name, value in conditions.narrowing.items()
    ]


def form(conditions: Conditions, known: Choices) -> dict[str, Any]:
    """As the macro ``conditions_form()`` takes it."""
    selects = [
        {"name": name, "label": known.labels[name], "options": _with_any(options, getattr(conditions, name))}
        for name, options in known.options.items()
        if name not in FLAGS and len(options) > (0 if name == "case" else 1)
    ]
    flags = [
        {"name": name, "label": known.labels[name], "checked": getattr(conditions, name)} for name in FLAGS
    ]
    hidden = [("q", conditions.q), ("sort", conditions.order)]
    return {
        "action": address(),
        "hidden": [(name, value) for name, value in hidden if value],
        "selects": selects,
        "flags": flags,
        "on": conditions.on if conditions.on != TODAY else "",
        "on_today": conditions.on == TODAY,
        "index": conditions.index,
    }


def _order_kept(conditions: Conditions, removed: str) -> dict[str, object]:
    """Without its journal a list goes back to the everyday order, unless another was asked for."""
    return {"sort": "date", "descending": True} if removed == "journal" and not conditions.order else {}


def _labels() -> dict[str, str]:
    return {
        "q": _("Words"),
        "kind": _("Kind"),
        "only": _("Exact kind"),
        "year": _("Year"),
        "journal": _("Journal"),
        **{line.value: line_word(line) for line in Line},
        "signer": _("Signer"),
        "unit": _("Unit"),
        "organisation": _("Organisation"),
        "mark": _("Access"),
        "case": _("Case"),
        "index": _("Index of the case"),
        "on": _("In force on"),
        "mine": _("Drafted by me"),
        "to_register": _("Waits for registration"),
        "unlinked": _("Proves no item of a roadmap"),
        "overdue": _("Control overdue"),
    }


def _token_word(name: str, value: object, known: Choices) -> str:
    if name == "on":
        return _("today") if value == TODAY else printed(dt.date.fromisoformat(str(value)))
    return known.word(name, 1 if value is True else value) if name in known.options else str(value)


def _with_any(options: Options, chosen: object) -> list[tuple[str, str, bool]]:
    return [("", _("any"), not chosen), *((value, words, value == str(chosen)) for value, words in options)]


def _pairs(rows: pw.ModelSelect) -> Options:
    return [(str(id_), words) for id_, words in rows.tuples()]


def _units() -> pw.ModelSelect:
    return Unit.select(Unit.id, Unit.abbreviation, Unit.name).order_by(Unit.name)


def _case(case_id: int) -> Options:
    return [(str(case.id), str(case)) for case in Case.select().where(Case.id == case_id)]


def _signers() -> Options:
    """Those who have signed something: asked person by person, which an index answers."""
    signed = Document.select(pw.SQL("1")).where(Document.signer_employee == Employee.id)
    people = Employee.select(Employee.id, Employee.surname, Employee.name, Employee.patronymic)
    rows = people.where(pw.fn.EXISTS(signed)).order_by(Employee.surname, Employee.name).tuples()
    return [(str(id_), initials_after(*names)) for id_, *names in rows]


def _years() -> Sequence[int]:
    # Each is found at an end of the index by itself; as two columns of one list they cost SQLite a walk along it.
    days = [Document.select(one(Document.listed_on)) for one in (pw.fn.MAX, pw.fn.MIN)]
    newest, oldest = next(iter(pw.Select(columns=days).bind(Document._meta.database).tuples()))
    return range(_year(newest), _year(oldest) - 1, -1) if newest else ()


def _year(day: dt.date | str) -> int:
    return int(str(day)[:4])
