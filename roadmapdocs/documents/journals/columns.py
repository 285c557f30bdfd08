"""Columns of printed journals by the group of their kinds (``domain.md`` §4.2); together as wide as the sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from roadmapdocs.documents.export import Cell
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.models import Journal

#: A4 across, without the margins for binding and for the hand.
SHEET_MM = 262


@dataclass(frozen=True, slots=True)
class Column:
    """``mm`` is its width on paper; ``value`` what it says of a document.

    ``role`` names the columns that stand for more than the document: "place", "date", "number" and "title".
    """

    label: str
    mm: int
    value: Callable[[Document], Cell] = lambda _document: ""
    role: str = ""


def columns_of(journal: Journal) -> tuple[Column, ...]:
    """Columns of the group to which the journal's kinds belong; those of orders where they belong to none."""
    group = (
        Kind.select(Kind.group).where(Kind.series == journal.series).order_by(Kind.position).limit(1).scalar()
    )
    return {"protocol": _protocols, "note": _notes}.get(group, _orders)()


def _orders() -> tuple[Column, ...]:
    return (
        Column(_("Seq. no."), 11, role="place"),
        Column(_("Date"), 21, role="date"),
        Column(_("Number"), 21, role="number"),
        Column(_("Heading (short content)"), 68, _title, role="title"),
        Column(_("Signed by"), 28, lambda document: document.signer),
        Column(_("Drafter"), 28, _drafter),
        Column(_("Sheets"), 15, _own("sheets")),
        Column(_("Sent to, acquainted"), 31, _own("recipients")),
        Column(_("Mark of execution"), 24, _execution),
        Column(_("Filed in"), 15, _case),
    )


def _protocols() -> tuple[Column, ...]:
    return (
        Column(_("No."), 22, role="number"),
        Column(_("Date of the meeting"), 23, role="date"),
        Column(_("Body"), 44, lambda document: document.body or document.fields.get("meeting_kind", "")),
        Column(_("Agenda, questions"), 87, lambda document: document.fields.get("agenda") or document.title, role="title"),
        Column(_("Chair, secretary"), 50, _chair),
        Column(_("Sheets"), 15, _own("sheets")),
        Column(_("Case"), 21, _case),
    )


def _notes() -> tuple[Column, ...]:
    return (
        Column(_("No."), 22, role="number"),
        Column(_("Date"), 22, role="date"),
        Column(_("Subject"), 84, _title, role="title"),
        Column(_("Author"), 36, lambda document: _drafter(document) or document.signer),
        Column(_("Basis"), 36, _own("basis")),
        Column(_("Considered at"), 40, _own("considered")),
        Column(_("Case"), 22, _case),
    )


def _title(document: Document) -> str:
    if document.summary and document.summary != document.title:
        return f"{document.title}. {document.summary}"
    return str(document.title)


def _own(name: str) -> Callable[[Document], Cell]:
    return lambda document: document.fields.get(name, "")


def _drafter(document: Document) -> str:
    return str(document.drafter) if document.drafter_id else ""


def _chair(document: Document) -> str:
    said = (document.fields.get("chair") or document.signer, document.fields.get("secretary"))
    return ", ".join(str(one) for one in said if one)


def _execution(document: Document) -> str:
    """What the control of the document has come to; nothing for one that is not controlled."""
    words = {"on": _("under control"), "awaiting_removal": _("executed"), "removed": _("executed, off control")}
    said = words.get(document.control, "")
    if document.control == "on" and document.control_due:
        return _("%(words)s until %(date)s", words=said, date=f"{document.control_due:%d.%m.%Y}")
    return said


def _case(document: Document) -> str:
    return str(document.case.case_index) if document.case_id else ""
