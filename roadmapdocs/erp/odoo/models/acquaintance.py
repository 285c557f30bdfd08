"""Who has read which document, as roadmap.acquaintance: one's own lines, and those of documents whose readers one may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import peewee as pw

from roadmapdocs.access.rules import Action, may
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.reading import confirm
from roadmapdocs.acquaintance.words import ReadingState, ReadingWay
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Pairs, Row, Type, lazy
from roadmapdocs.erp.odoo.models.attachments import version_id
from roadmapdocs.erp.odoo.models.shared import DOCUMENT_MODEL, readable_names
from roadmapdocs.erp.odoo.registry import Method, Model
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor, Role


def _seen_by(actor: Actor) -> pw.Expression:
    """The rule of :func:`roadmapdocs.acquaintance.queries.may_see` as a condition, and one's own lines."""
    own = Acquaintance.employee == (actor.employee_id or 0)
    if may(actor, Action.SEND_TO_READ) or may(actor, Action.KEEP_READING) or actor.has(Role.ADMINISTRATOR):
        return own | visible_to(actor)
    theirs = Document.drafter == (actor.employee_id or 0)
    if actor.signs_for:
        theirs |= Document.signer_employee.in_(sorted(actor.signs_for))
    return own | (theirs & visible_to(actor))


def _rows(env: Env) -> Any:
    return Acquaintance.select().join(Document).switch(Acquaintance).join(AcquaintanceSheet).where(_seen_by(env.actor))


def _names(rows: Sequence[Row], env: Env) -> Iterable[object]:
    names = readable_names({row.document_id for row in rows}, env)
    return [f"{row.name}: {names.get(row.document_id, '')}" for row in rows]


def _states() -> Pairs:
    words = {
        ReadingState.ASKED: _("asked to read"),
        ReadingState.CONFIRMED: _("confirmed"),
        ReadingState.REFUSED: _("refused to read"),
        ReadingState.DROPPED: _("not asked any more"),
        ReadingState.REPLACED: _("replaced by a new edition"),
    }
    return [(str(state), words[state]) for state in ReadingState]


def _ways() -> Pairs:
    words = {
        ReadingWay.ELECTRONIC: _("by a simple signature"),
        ReadingWay.PAPER: _("on paper"),
        ReadingWay.ALOUD: _("read aloud"),
    }
    return [(str(way), words[way]) for way in ReadingWay]


def _versions(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    sheets = AcquaintanceSheet.select(AcquaintanceSheet.id, AcquaintanceSheet.version)
    known = dict(sheets.where(AcquaintanceSheet.id.in_({row.sheet_id for row in rows})).tuples())
    return [version_id(known[row.sheet_id]) for row in rows]


def _confirm(ids: Sequence[int], env: Env) -> bool:
    """One's own, of the version that the sheet asks to read, once its last page was shown."""
    for one in ids:
        line = Acquaintance.select(Acquaintance, AcquaintanceSheet).join(AcquaintanceSheet).where(Acquaintance.id == one).get()
        confirm(one, version_id=line.sheet.version_id, by=env.actor, now=env.now, today=env.today)
    return True


ACQUAINTANCE: Final = Model(
    name="roadmap.acquaintance",
    description=lazy("Acquaintance"),
    table=Acquaintance,
    rows=_rows,
    display=Field(Type.CHAR, lazy("Short"), needs=(Acquaintance.name, Acquaintance.document), read=_names, sort=Acquaintance.name),
    fields={
        "name": Field(Type.CHAR, lazy("Name when asked"), column=Acquaintance.name),
        "post": Field(Type.CHAR, lazy("Post when asked"), column=Acquaintance.post),
        "document_id": Field(Type.MANY2ONE, lazy("Document"), column=Acquaintance.document, relation=DOCUMENT_MODEL),
        "employee_id": Field(Type.MANY2ONE, lazy("Employee"), column=Acquaintance.employee, relation="hr.employee"),
        "department_id": Field(Type.MANY2ONE, lazy("Unit"), column=Acquaintance.unit, relation="hr.department"),
        "version_id": Field(
            Type.MANY2ONE, lazy("Version to read"), needs=(Acquaintance.sheet,), read=_versions, relation="ir.attachment"
        ),
        "edition": Field(Type.INTEGER, lazy("Edition"), column=AcquaintanceSheet.edition),
        "state": Field(Type.SELECTION, lazy("State"), column=Acquaintance.state, selection=_states),
        "date_asked": Field(Type.DATETIME, lazy("Asked"), column=Acquaintance.asked_at),
        "date_deadline": Field(Type.DATE, lazy("Term"), column=Acquaintance.due),
        "date_opened": Field(Type.DATETIME, lazy("Opened"), column=Acquaintance.opened_at),
        "date_decided": Field(Type.DATETIME, lazy("Confirmed or refused"), column=Acquaintance.decided_at),
        "way": Field(Type.SELECTION, lazy("How"), column=Acquaintance.way, selection=_ways),
        "comment": Field(Type.TEXT, lazy("Comment"), column=Acquaintance.comment),
    },
    order="date_asked desc, id desc",
    methods={"action_confirm": Method(_confirm, lazy("Confirm that it was read"))},
)
MODELS = (ACQUAINTANCE,)
