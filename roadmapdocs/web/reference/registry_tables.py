"""Reference tables of the registry, for administrators: kinds of documents and journals."""

from __future__ import annotations

from typing import Any, ClassVar, cast

import peewee as pw

from roadmapdocs.access.rules import Action
from roadmapdocs.documents.kinds import keep_kind
from roadmapdocs.documents.models import Kind
from roadmapdocs.people.models import Organisation
from roadmapdocs.registration.journals import keep_journal
from roadmapdocs.registration.models import Journal
from roadmapdocs.web.base import TableView
from roadmapdocs.web.context import actor, now
from roadmapdocs.web.forms import lazy
from roadmapdocs.web.reference.registry_forms import JournalForm, KindForm
from roadmapdocs.web.reference.registry_words import gender_words, group_words, reset_words
from roadmapdocs.web.words import yes_or_no


class RegistryTable(TableView):
    """A table whose rows administrators add and change by operations of the registry."""

    action = Action.MANAGE_REGISTRY
    can_create = True
    can_edit = True


class KindsTable(RegistryTable):
    form = KindForm
    column_list = column_details_list = ("name", "short", "gender", "group", "expected", "own_number", "series", "active")
    column_sortable_list = ("name", "short", "group", "position")
    column_searchable_list = ("name", "short", "code")
    column_default_order = "position"
    column_labels: ClassVar[dict[str, str]] = {
        "name": lazy("Full name"),
        "short": lazy("Short name"),
        "gender": lazy("Gender"),
        "group": lazy("Group"),
        "expected": lazy("As roadmaps call it"),
        "own_number": lazy("Takes a number of its own"),
        "series": lazy("Series of journals"),
        "active": lazy("Offered for new cards"),
    }
    column_formatters: ClassVar[dict[str, Any]] = {
        "gender": lambda _view, _context, kind, _name: gender_words()[kind.gender],
        "group": lambda _view, _context, kind, _name: group_words().get(kind.group, kind.group),
        "own_number": lambda _view, _context, kind, _name: yes_or_no(kind.own_number),
        "active": lambda _view, _context, kind, _name: yes_or_no(kind.active),
    }

    def save_form(self, form: Any, model: pw.Model | None) -> pw.Model:
        return keep_kind(cast(Any, model), form.values(), by=actor(), now=now())


class JournalsTable(RegistryTable):
    form = JournalForm
    column_list = column_details_list = ("name", "code", "series", "pattern", "reset", "organisation", "body", "active")
    column_sortable_list = ("name", "code", "series", "position")
    column_searchable_list = ("name", "code")
    column_default_order = "position"
    column_labels: ClassVar[dict[str, str]] = {
        "name": lazy("Name of the journal"),
        "code": lazy("Code"),
        "series": lazy("What it numbers"),
        "pattern": lazy("Pattern of the number"),
        "reset": lazy("Counts from one"),
        "organisation": lazy("Organisation"),
        "body": lazy("Body (for protocols)"),
        "active": lazy("Gives numbers"),
    }
    column_formatters: ClassVar[dict[str, Any]] = {
        "reset": lambda _view, _context, journal, _name: reset_words()[journal.reset],
        "organisation": lambda _view, _context, journal, _name: (
            journal.organisation.short_name if journal.organisation_id else ""
        ),
        "active": lambda _view, _context, journal, _name: yes_or_no(journal.active),
    }

    def get_query(self) -> pw.ModelSelect:
        return Journal.select(Journal, Organisation).join(Organisation, pw.JOIN.LEFT_OUTER)

    def save_form(self, form: Any, model: pw.Model | None) -> pw.Model:
        return keep_journal(cast(Any, model), form.card(), by=actor(), now=now())


#: What administrators keep here: view, table, the last part of its address, its name.
TABLES: tuple[tuple[type[RegistryTable], type[pw.Model], str, str], ...] = (
    (KindsTable, Kind, "kinds", lazy("Kinds of documents")),
    (JournalsTable, Journal, "journals", lazy("Journals")),
)
