"""What all sources of drafts share: the new card, whose it is and who signs it, and no second draft by chance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from roadmapdocs.access.rules import Action, require
from roadmapdocs.documents.links.stamps import organisation_of
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.operations import create_document, read_document
from roadmapdocs.documents.rules import Card, Preparation, Registration
from roadmapdocs.documents.visibility import may
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.operations import start_draft
from roadmapdocs.drafting.values import Values
from roadmapdocs.drafting.values_json import write_values
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.holders import Holder, head_of
from roadmapdocs.people.models import Employee, Organisation, Post, Unit
from roadmapdocs.people.rules import Actor


@dataclass(frozen=True, slots=True)
class LookAt:
    """Something that a person should look at in a new draft. ``code`` says why: ``year``, ``date``, ``left``
    (whoever had it has left), ``vacant``, ``cited``, ``past`` (the term is over), ``words`` (taken as it was written),
    ``lost`` (an appendix that was not read out of the file).

    ``place`` is as in values («points[1].due»); ``was`` and ``now`` are texts.
    """

    code: str
    place: str
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft that was made: its card, the card made beside it (an order for what it approves), what to look at."""

    document: Document
    beside: tuple[Document, ...] = ()
    look_at: tuple[LookAt, ...] = ()

    @property
    def document_id(self) -> int:
        return int(self.document.id)


@dataclass(frozen=True, slots=True)
class Office:
    """In whose name a new document is made."""

    organisation: Organisation | None
    unit_id: int | None
    signer: Holder | None


@dataclass(frozen=True, slots=True)
class Act:
    """Who makes drafts, and when."""

    by: Actor
    now: dt.datetime
    today: dt.date


def office_of(organisation: Organisation | None, act: Act) -> Office:
    """The organisation (none said: that of the person's unit, else the only one), their unit in it, its head."""
    units = {unit.id: unit for unit in Unit.select().where(Unit.id.in_(sorted(act.by.unit_ids)))} if act.by.unit_ids else {}
    if organisation is None:
        own = next(iter(units.values()), None)
        known = list(Organisation.select().limit(2))
        organisation = own.organisation if own else known[0] if len(known) == 1 else None
    fitting = [unit.id for unit in units.values() if organisation is None or unit.organisation_id == organisation.id]
    return Office(organisation, min(fitting, default=None), _head(organisation, act.today))


def _head(organisation: Organisation | None, day: dt.date) -> Holder | None:
    """Who heads the organisation: the head of its highest unit, that of its own name first."""
    if organisation is None:
        return None
    heading = Post.select(Post.unit).where(Post.heads)
    units = list(Unit.select().where((Unit.organisation == organisation) & Unit.id.in_(heading)).order_by(Unit.id))
    names = {organisation.name, organisation.short_name}
    units.sort(key=lambda unit: (unit.parent_id is not None, unit.name not in names))
    return next((holder for unit in units if (holder := head_of(unit.id, day)) is not None), None)


def new_card(kind: Kind, title: str, office: Office, act: Act, **more: Any) -> Document:
    """
    :raise Forbidden: if the person keeps no cards
    """
    signer = Employee.get_or_none(Employee.id == office.signer.employee_id) if office.signer else None
    card = Card(
        kind=kind.code,
        title=title,
        signer=str(signer or ""),
        signer_id=signer.id if signer else None,
        drafter_id=act.by.employee_id,
        unit_id=office.unit_id,
        organisation_id=office.organisation.id if office.organisation else None,
        **more,
    )
    return create_document(card, by=act.by, now=act.now, today=act.today)


def begin(
    document: Document,
    values: Values,
    made_from: Mapping[str, Any],
    act: Act,
    *,
    origin: str = "",
    period: str = "",
    template: str | None = None,
    look_at: tuple[LookAt, ...] = (),
) -> Draft:
    """The draft of a new card; what to look at is kept with it, for whoever opens it next."""
    told = {**made_from, **({"look_at": [asdict(one) for one in look_at]} if look_at else {})}
    content = write_values(values)
    return start_draft(
        document.id, template, content, told, origin=origin, period=period, by=act.by, now=act.now
    )


def refuse_second(origin: str, again: bool, act: Act) -> None:
    """
    :raise Forbidden: if the person keeps no cards
    :raise Refusal: ``drafted_already`` with the document that was made from this source before, unless ``again``
    """
    require(act.by, Action.WRITE_DOCUMENT)
    if again:
        return
    rows = Draft.select(Draft, Document, Kind).join(Document).join(Kind).where(Draft.origin == origin)
    for draft in rows.order_by(Draft.id):
        document = draft.document
        if document.preparation == Preparation.WITHDRAWN or document.registration == Registration.ANNULLED:
            continue
        if not may(document, "read", act.by):
            raise Refusal("drafted_already", _("There is a draft of this already, which is not open to you. Ask the clerk."))
        raise Refusal(
            "drafted_already",
            _("There is a draft of this already: “%(title)s”. Open it, or make another one all the same.", title=document.title),
            document=document.id,
        )


def source_of(document_id: int, act: Act) -> tuple[Document, Draft | None]:
    """A document that a draft is made from, as this person may read it, with its own draft."""
    document = read_document(document_id, by=act.by)
    draft: Draft | None = Draft.get_or_none(Draft.document == document.id)
    return document, draft


def office_beside(document: Document, act: Act) -> Office:
    """The office of a document that is made from this one: its organisation, and who signs for that today."""
    return office_of(organisation_of(document), act)
