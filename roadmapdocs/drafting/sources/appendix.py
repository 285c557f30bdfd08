"""An appendix of an order as a document of its own: approved by the order, linked to it, in a file of its own."""

from __future__ import annotations

import dataclasses
import datetime as dt

from roadmapdocs.access.rules import Mark
from roadmapdocs.db import transaction
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.drafting.filling import values_shape
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.operations import draft_of, save_draft
from roadmapdocs.drafting.sources.making import (
    Act,
    Drafted,
    begin,
    new_card,
    office_beside,
    refuse_second,
    source_of,
)
from roadmapdocs.drafting.sources.skeletons import blocks_for
from roadmapdocs.drafting.values import Appendix, OrderValues, RegulationValues
from roadmapdocs.drafting.values_json import read_values, write_values
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor


def draft_appendix(
    order_id: int, n: int, *, again: bool = False, by: Actor, now: dt.datetime, today: dt.date
) -> Drafted:
    """Make a card and a draft of the ``n``-th appendix of an order's draft, counted from 1. What was written of it in
    the order goes along; an empty one gets the sections that such documents have.

    :raise NotFound: if there is no such order for this person, or it has no draft, or no such appendix
    :raise Forbidden: if the order is not for them to change
    :raise Refusal: ``drafted_already``, ``unknown_kind``, ``no_template``
    """
    act = Act(by, now, today)
    with transaction():
        order, _draft = source_of(order_id, act)
        draft = draft_of(order)
        said = _order(draft)
        if not 0 < n <= len(said.appendices):
            raise NotFound("no_appendix", _("The order has no appendix No. %(number)s. Add it to the order first.", number=n))
        origin = f"order:{order_id}:{n}"
        refuse_second(origin, again, act)
        wanted = said.appendices[n - 1]
        kind = _kind(wanted)
        document = new_card(kind, wanted.title or kind.short, office_beside(order, act), act, mark=Mark(order.mark), mark_basis=order.mark_basis)
        begin(document, _values(wanted, kind), {"order": order_id, "appendix": n}, act, origin=origin)
        _take_out(order, draft, said, n, act)
        link_documents(document.id, order.id, LinkKind.APPENDIX_TO, by=by, now=now, today=today)
        if wanted.approved:
            link_documents(order.id, document.id, LinkKind.APPROVES, by=by, now=now, today=today)
    return Drafted(document)


def _order(draft: Draft) -> OrderValues:
    shape = values_shape(draft.template)
    if not issubclass(shape, OrderValues):
        raise NotFound("no_appendix", _("This document has no appendices that become documents. Open an order."))
    return read_values(shape, draft.content)


def _kind(appendix: Appendix) -> Kind:
    kind: Kind | None = Kind.get_or_none(Kind.code == appendix.kind)
    if kind is None:
        raise Refusal("unknown_kind", _("Choose the kind of the appendix “%(title)s” first.", title=appendix.title))
    return kind


def _values(appendix: Appendix, kind: Kind) -> RegulationValues:
    shape = values_shape(kind.template)
    if not issubclass(shape, RegulationValues):
        raise Refusal("no_template", _("A document of this kind is no appendix. Choose another kind."))
    return shape(blocks=appendix.blocks or blocks_for(kind))


def _take_out(order: Document, draft: Draft, said: OrderValues, n: int, act: Act) -> None:
    """In the order only its number and name stay: the text is in a file of its own from now on."""
    left = list(said.appendices)
    left[n - 1] = dataclasses.replace(left[n - 1], separate=True, blocks=())
    content = write_values(dataclasses.replace(said, appendices=tuple(left)))
    save_draft(order.id, content, draft.revision, by=act.by, now=act.now, today=act.today)
