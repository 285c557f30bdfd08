"""Documents on «Ждёт меня»: how they are named, those to finish, and those that others have in their hands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import peewee as pw
from flask import url_for

from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.rules import RunState, VisaState
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.web.context import settings
from roadmapdocs.web.pages import day
from roadmapdocs.web.roadmaps.slot_words import inner_quotes
from roadmapdocs.web.words import preparation_word
from roadmapdocs.web.worklist.rows import Act, Task, task

MOST_DOCUMENTS = 50
MOST_WAITED_FOR = 20
_UNDER_WAY = (Preparation.IN_APPROVAL, Preparation.IN_SIGNING)
#: What the drafter has to go on with: begun, returned, or agreed by all and not handed on to be signed.
_UNFINISHED = (Preparation.DRAFT, Preparation.REWORK, Preparation.AGREED)
#: What a row takes of a document.
_SHOWN = (
    *(Document.id, Document.number, Document.title, Document.preparation, Document.signer, Document.changed_at),
    *(Kind.id, Kind.short, Kind.gender),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as a row of a list names it."""

    name: str
    drafter: str


def to_finish(actor: Actor, today: dt.date) -> list[Task]:
    """For those who keep cards: what is under way in the whole office; for others: their own unfinished ones."""
    own = Document.drafter == (actor.employee_id or 0)
    mine = own & Document.preparation.in_(_UNFINISHED)
    asked = Document.preparation.in_(_UNDER_WAY) | mine if actor.has(Role.CLERK) else mine
    return [_task(row, today) for row in _documents(asked, actor)]


def shown(document_ids: Collection[int]) -> dict[int, Shown]:
    """Names of documents whose right to be read was looked at before; one statement."""
    if not document_ids:
        return {}
    rows = (
        Document.select(*_SHOWN, Employee)
        .join(Kind)
        .switch(Document)
        .join(Employee, pw.JOIN.LEFT_OUTER, on=(Document.drafter == Employee.id), attr="author")
        .where(Document.id.in_(list(document_ids)))
    )
    return {row.id: Shown(name_of(row), str(row.author) if getattr(row, "author", None) is not None else "") for row in rows}


def waited_for(actor: Actor, today: dt.date) -> list[dict[str, object]]:
    """{title, url, note, late}: what this person drafted or sent, at whom it lies, since when, how late; two statements."""
    if actor.employee_id is None:
        return []
    rows = _asked_of_others(actor)
    found = [_lying(visa, today) for visa in rows]
    known = {visa.document_id for visa in rows}
    mine = (Document.drafter == actor.employee_id) & Document.preparation.in_(_UNDER_WAY)
    for row in _documents(mine, actor, MOST_WAITED_FOR):
        if row.id not in known:
            found.append(_at_signer(row))
    return found[:MOST_WAITED_FOR]


def _asked_of_others(actor: Actor) -> list[Visa]:
    drafted = Document.select(Document.id).where(
        (Document.drafter == actor.employee_id) & (Document.preparation == Preparation.IN_APPROVAL)
    )
    sent = Run.select(Run.document).where((Run.started_by_employee == actor.employee_id) & (Run.state == RunState.UNDER_WAY))
    others = Visa.employee.is_null() | (Visa.employee != actor.employee_id)
    rows = (
        Visa.select(Visa.id, Visa.document, Visa.name, Visa.asked_at, Visa.due, *_SHOWN)
        .join(Document)
        .join(Kind)
        .where(Visa.document.in_(drafted | sent) & (Visa.state == VisaState.OPEN) & ~Visa.information & others)
        .where(visible_to(actor, few=True))
        .order_by(Visa.due, Visa.id)
        .limit(MOST_WAITED_FOR)
    )
    return list(rows)


def _lying(visa: Visa, today: dt.date) -> dict[str, object]:
    late = (today - visa.due).days if visa.due is not None else 0
    facts = [_("with %(name)s", name=visa.name)]
    if visa.asked_at is not None:
        facts.append(_("since %(day)s", day=day(_office_day(visa.asked_at))))
    if late > 0:
        facts.append(ngettext("%(num)s day late", "%(num)s days late", late))
    return {"title": name_of(visa.document), "url": card_url(visa.document_id), "note": ", ".join(facts), "late": late > 0}


def _office_day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(settings().zone).date()


def _at_signer(document: Document) -> dict[str, object]:
    facts = [preparation_word(Preparation(document.preparation))]
    if document.preparation == Preparation.IN_SIGNING and document.signer:
        facts = [_("with %(name)s", name=document.signer), _("to be signed since %(day)s", day=day(_office_day(document.changed_at)))]
    return {"title": name_of(document), "url": card_url(document.id), "note": ", ".join(facts), "late": False}


def name_of(document: Document) -> str:
    """«Приказ № 5 «О зачёте»», or the title alone where it begins with the kind and there is no number."""
    kind, title = document.kind.short, document.title
    if document.number:
        return f"{kind} №\N{NO-BREAK SPACE}{document.number} «{inner_quotes(title)}»"
    return title if title.casefold().startswith(kind.casefold()) else f"{kind} «{inner_quotes(title)}»"


def card_url(document_id: int) -> str:
    address: str = url_for("roadmapdocs_documents.card", document_id=document_id)
    return address


def _documents(asked: pw.Expression, reader: Actor, most: int = MOST_DOCUMENTS) -> list[Document]:
    rows = Document.select(*_SHOWN).join(Kind).where(asked & visible_to(reader))
    return list(rows.order_by(Document.changed_at, Document.id).limit(most))


def _task(document: Document, today: dt.date) -> Task:
    about = [preparation_word(Preparation(document.preparation)), document.signer and _("signs: %(name)s", name=document.signer)]
    act = Act(_("Open the card"), card_url(document.id))
    facts: list[Any] = [one for one in about if one]
    return task(name_of(document), about=facts, act=act, due=None, today=today)
