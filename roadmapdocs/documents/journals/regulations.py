"""Regulations have no journal of numbers: they are listed by the order that approved them (``domain.md`` §4.2)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import peewee as pw

from roadmapdocs.documents.export import Cell
from roadmapdocs.documents.journals.columns import Column
from roadmapdocs.documents.journals.printing import (
    MOST_LINES,
    Printed,
    PrintedLine,
    check_days,
    check_number,
    organisation_of,
)
from roadmapdocs.documents.links.editions import AMENDING, acting_on, effect_day
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.models import Document, DocumentLink, Kind
from roadmapdocs.documents.rules import Preparation, Registration
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

GROUP: Final = "normative"
_AT_ONCE = 500


def print_regulations(since: dt.date, until: dt.date, *, by: Actor) -> Printed:
    """Regulations, rules and the like of those days, those that ``by`` may read.

    The day is that of the approving document, or their own where the registry has none.

    :raise Refusal: as :func:`roadmapdocs.documents.journals.printing.print_journal`
    """
    check_days(since, until)
    documents = _documents(since, until, by)
    check_number(len(documents))
    ids = [document.id for document in documents]
    approving = _by_target(ids, (LinkKind.APPROVES,))
    amending = _by_target(ids, AMENDING)
    lines = []
    for document in documents:
        cells: tuple[Cell, ...] = (
            f"{document.kind.short}. {document.title}",
            "; ".join(reference(link.source) for link in approving[document.id][:1]),
            "\n".join(_edition(link) for link in amending[document.id]),
            _force(document),
            str(document.fields.get("publication", "")),
        )
        annulled = document.registration == Registration.ANNULLED
        lines.append(PrintedLine(cells, _("annulled") if annulled else "", annulled))
    return Printed(
        organisation=organisation_of(None),
        title=_("List of regulations"),
        period=_("from %(since)s to %(until)s", since=f"{since:%d.%m.%Y}", until=f"{until:%d.%m.%Y}"),
        columns=_columns(),
        lines=tuple(lines),
        until=until,
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Name"), 92, role="title"),
        Column(_("Approved by (order, date, No.)"), 50),
        Column(_("Editions"), 50),
        Column(_("In force from – to"), 36),
        Column(_("Published at"), 34),
    )


def _documents(since: dt.date, until: dt.date, by: Actor) -> list[Document]:
    order = Document.alias()
    # Of several approving documents the first effective one counts, as in the stamp.
    approved = (
        DocumentLink.select(DocumentLink.target, pw.fn.MIN(order.date).alias("day"))
        .join(order, on=(DocumentLink.source == order.id))
        .where(
            (DocumentLink.kind == LinkKind.APPROVES)
            & (order.preparation == Preparation.SIGNED)
            & (order.registration == Registration.REGISTERED)
        )
        .group_by(DocumentLink.target)
        .alias("approved")
    )
    day = pw.fn.COALESCE(approved.c.day, Document.date)
    return list(
        Document.select(Document, Kind)
        .join(Kind)
        .switch(Document)
        .join(approved, pw.JOIN.LEFT_OUTER, on=(approved.c.target_id == Document.id))
        .where(
            (Kind.group == GROUP)
            & visible_to(by)
            & Document.working_copy_of.is_null()
            & (Document.preparation == Preparation.SIGNED)
            & day.between(since, until)
        )
        .order_by(day, Document.number_sort, Document.id)
        .limit(MOST_LINES + 1)
    )


def _by_target(ids: list[int], kinds: Iterable[LinkKind]) -> dict[int, list[DocumentLink]]:
    found: dict[int, list[DocumentLink]] = defaultdict(list)
    for place in range(0, len(ids), _AT_ONCE):
        for link in acting_on(ids[place : place + _AT_ONCE], tuple(kinds)):
            found[link.target_id].append(link)
    return found


def _edition(link: DocumentLink) -> str:
    day = effect_day(link)
    words = reference(link.source)
    return _("%(reference)s, from %(date)s", reference=words, date=f"{day:%d.%m.%Y}") if day else words


def _force(document: Document) -> str:
    """``force_until`` is the first day without force; people print the last one with it."""
    since = document.force_from or document.date
    told = [f"{since:%d.%m.%Y}" if since else ""]
    if document.force_until:
        told.append(f"{document.force_until - dt.timedelta(days=1):%d.%m.%Y}")
    return " – ".join(told)
