"""Cards of documents as roadmap.document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

import peewee as pw

from roadmapdocs.access.rules import Action, Mark
from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.documents.rules import Preparation, Registration
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.erp.odoo.commands import children
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Link, Pairs, Row, Type, Write, lazy
from roadmapdocs.erp.odoo.models import document_lines as lines
from roadmapdocs.erp.odoo.models import document_writing as writing
from roadmapdocs.erp.odoo.models.document_methods import METHODS
from roadmapdocs.erp.odoo.models.shared import NAMED, address, document_names, labels_of, named_so
from roadmapdocs.erp.odoo.registry import Model
from roadmapdocs.i18n import gettext as _
from roadmapdocs.workflow.rules import Line

#: Six lines in one word, for those who know one state a record: what was annulled or taken back, else registered, else
#: how far the text has come.
STATE: Final = pw.Case(
    None,
    (
        (Document.registration == Registration.ANNULLED, "annulled"),
        (Document.preparation == Preparation.WITHDRAWN, "withdrawn"),
        (Document.registration == Registration.REGISTERED, "registered"),
    ),
    Document.preparation,
)
#: Odoo hides what is not active: drafts taken back, and what was destroyed when its term was over.
ACTIVE: Final = ~((Document.preparation == Preparation.WITHDRAWN) | (Document.storage == "destroyed"))


def _states() -> Pairs:
    texts = dict(labels_of(Line.PREPARATION)())
    registered = dict(labels_of(Line.REGISTRATION)())
    ended = {str(name): registered[str(name)] for name in (Registration.REGISTERED, Registration.ANNULLED)}
    return list({**texts, **ended}.items())


def _marks() -> Pairs:
    words = {
        Mark.GENERAL: _("for general use"),
        Mark.OFFICIAL: _("for official use only"),
        Mark.PERSONAL: _("personal data"),
    }
    return [(str(mark), words[mark]) for mark in Mark]


def _urls(rows: Sequence[Row], env: Env) -> Iterable[object]:
    return [address(env, f"documents/{row.id}") for row in rows]


def _extra(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    return [json.dumps(row.fields, ensure_ascii=False, sort_keys=True) if row.fields else "" for row in rows]


def _line(line: Line, label: str) -> Field:
    return Field(Type.SELECTION, label, column=getattr(Document, line.value), selection=labels_of(line))


DISPLAY: Final = Field(Type.CHAR, lazy("Name"), needs=NAMED, read=document_names, search=named_so, sort=Document.listed_on)
_ALWAYS: Final = Write.ALWAYS
_OF_DOCUMENT: Final = "document_id"

FIELDS: Final[dict[str, Field]] = {
    "name": Field(Type.CHAR, lazy("Heading"), column=Document.title, required=True, write=_ALWAYS),
    "kind_id": Field(
        Type.MANY2ONE, lazy("Kind"), column=Document.kind, relation="roadmap.document.kind", required=True, write=_ALWAYS
    ),
    "reg_number": Field(
        Type.CHAR, lazy("Registration number"), column=Document.number, help=lazy("Given by registration only: action_register.")
    ),
    "reg_date": Field(Type.DATE, lazy("Day of registration"), column=Document.registered_on),
    "doc_date": Field(Type.DATE, lazy("Date of the document"), column=Document.date, write=_ALWAYS),
    "listed_on": Field(
        Type.DATE, lazy("Day in lists"), column=Document.listed_on, help=lazy("The document's date, or the day its card was made.")
    ),
    "summary": Field(Type.TEXT, lazy("Summary"), column=Document.summary, write=_ALWAYS),
    "body": Field(Type.CHAR, lazy("Body"), column=Document.body, write=_ALWAYS, help=lazy("The body that decided, of a protocol.")),
    "state": Field(
        Type.SELECTION, lazy("State"), column=STATE, selection=_states, help=lazy("The six state lines in one word; computed.")
    ),
    "state_preparation": _line(Line.PREPARATION, lazy("Preparation")),
    "state_registration": _line(Line.REGISTRATION, lazy("Registration")),
    "state_force": _line(Line.FORCE, lazy("Legal force")),
    "state_acquaintance": _line(Line.ACQUAINTANCE, lazy("Acquaintance")),
    "state_control": _line(Line.CONTROL, lazy("Control")),
    "state_storage": _line(Line.STORAGE, lazy("Storage")),
    "signer_id": Field(Type.MANY2ONE, lazy("Signer"), column=Document.signer_employee, relation="hr.employee", write=_ALWAYS),
    "signer_name": Field(Type.CHAR, lazy("Signer as printed"), column=Document.signer, write=_ALWAYS),
    "drafter_id": Field(Type.MANY2ONE, lazy("Drafter"), column=Document.drafter, relation="hr.employee", write=_ALWAYS),
    "department_id": Field(Type.MANY2ONE, lazy("Unit"), column=Document.unit, relation="hr.department", write=_ALWAYS),
    "company_id": Field(Type.MANY2ONE, lazy("Organisation"), column=Document.organisation, relation="res.company", write=_ALWAYS),
    "case_id": Field(
        Type.MANY2ONE, lazy("Case"), column=Document.case, relation="roadmap.case", help=lazy("Filed by action_file.")
    ),
    "mark": Field(
        Type.SELECTION, lazy("Access mark"), column=Document.mark, selection=_marks, write=_ALWAYS,
        default=lambda _env: str(Mark.GENERAL),
    ),
    "mark_basis": Field(Type.CHAR, lazy("Ground of the mark"), column=Document.mark_basis, write=_ALWAYS),
    "force_from": Field(Type.DATE, lazy("In force from"), column=Document.force_from, write=_ALWAYS),
    "force_until": Field(Type.DATE, lazy("Without force from"), column=Document.force_until),
    "date_deadline": Field(Type.DATE, lazy("Term of control"), column=Document.control_due),
    "extra": Field(Type.TEXT, lazy("Fields of the kind"), needs=(Document.fields,), read=_extra, help=lazy("JSON by name of field.")),
    "working_copy_of_id": Field(
        Type.MANY2ONE, lazy("Working copy of"), column=Document.working_copy_of, relation="roadmap.document"
    ),
    "revision": Field(Type.INTEGER, lazy("Revision"), column=Document.revision),
    "active": Field(Type.BOOLEAN, lazy("In use"), column=ACTIVE),
    "create_date": Field(Type.DATETIME, lazy("Made"), column=Document.created_at),
    "write_date": Field(Type.DATETIME, lazy("Changed"), column=Document.changed_at),
    "res_url": Field(Type.CHAR, lazy("Address of the card"), read=_urls),
    "item_ids": Field(
        Type.MANY2MANY, lazy("Roadmap items"), relation="roadmap.plan.item", read=lines.items, search=lines.items_searched,
        write=_ALWAYS, apply=lines.link_items, help=lazy("Items that the document proves: commands 3, 4, 5 and 6."),
    ),
    "occurrence_ids": Field(
        Type.MANY2MANY, lazy("Periods of items"), relation="roadmap.occurrence", read=lines.occurrences,
        write=_ALWAYS, apply=lines.link_occurrences, help=lazy("What exactly it proves: commands 3, 4, 5 and 6."),
    ),
    "attachment_ids": Field(
        Type.ONE2MANY, lazy("Files"), relation="ir.attachment", relation_field="res_id", read=lines.files,
        search=lines.files_searched,
        write=_ALWAYS, apply=children("ir.attachment", "res_id"), help=lazy("Versions of the text and files beside it: command 0 adds one."),
    ),
    "version_ids": Field(
        Type.ONE2MANY, lazy("Versions of the text"), relation="ir.attachment", relation_field="res_id", read=lines.versions
    ),
    "message_ids": Field(
        Type.ONE2MANY, lazy("History and comments"), relation="mail.message", relation_field="res_id", read=lines.messages
    ),
    "activity_ids": Field(
        Type.ONE2MANY, lazy("What waits for me"), relation="mail.activity", relation_field="res_id", read=lines.activities
    ),
    "approval_ids": Field(
        Type.ONE2MANY, lazy("Approvals"), relation="roadmap.approval", relation_field=_OF_DOCUMENT,
        link=Link(Run.document, Run.id),
    ),
    "review_ids": Field(
        Type.ONE2MANY, lazy("Visas"), relation="roadmap.approval.step", relation_field=_OF_DOCUMENT,
        link=Link(Visa.document, Visa.id),
    ),
    "acquaintance_ids": Field(
        Type.ONE2MANY, lazy("Who reads it"), relation="roadmap.acquaintance", relation_field=_OF_DOCUMENT,
        link=Link(Acquaintance.document, Acquaintance.id),
    ),
    "assignment_ids": Field(
        Type.ONE2MANY, lazy("Assignments"), relation="roadmap.assignment", relation_field=_OF_DOCUMENT,
        link=Link(Assignment.document, Assignment.id),
    ),
    "link_ids": Field(
        Type.ONE2MANY, lazy("Acts on"), relation="roadmap.document.link", relation_field="source_id",
        link=Link(DocumentLink.source, DocumentLink.id),
    ),
    "linked_ids": Field(
        Type.ONE2MANY, lazy("Is acted on by"), relation="roadmap.document.link", relation_field="target_id",
        link=Link(DocumentLink.target, DocumentLink.id),
    ),
}

DOCUMENT: Final = Model(
    name="roadmap.document",
    description=lazy("Document"),
    table=Document,
    rows=lambda env: Document.select().where(visible_to(env.actor)),
    display=DISPLAY,
    fields=FIELDS,
    order="listed_on desc, id desc",
    create=writing.create,
    write=writing.write,
    unlink=writing.unlink,
    methods=METHODS,
    access={"create": Action.WRITE_DOCUMENT},
)
MODELS = (DOCUMENT,)
