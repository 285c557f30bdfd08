"""The sheet of a document: who was asked, who has read it, who has not, and what the clerk does about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.acquaintance.addressees import words_of
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.queries import PAGE, Page, Progress, Show, page_of, progress_of, sheets_of
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.acquaintance.words import EndedWhy, ReadingState, ReadingWay
from roadmapdocs.documents.models import Document
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.acquaintance.units import offered_units
from roadmapdocs.web.acquaintance.words import (
    moment,
    number_of,
    progress_parts,
    progress_words,
    state_badge,
    state_details,
)
from roadmapdocs.web.documents.page import head
from roadmapdocs.web.forms import plain_line

LONGEST_WORDS = 200
#: The latest ones; the history of the document tells of all there ever were.
MOST_SHEETS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the sheet."""

    show: Show = Show.ALL
    unit: int = 0
    words: str = ""
    page: int = 1
    tick_all: bool = False

    @classmethod
    def read(cls, address: Mapping[str, str]) -> Asked:
        show = address.get("show", "")
        return cls(
            Show(show) if show in set(Show) else Show.ALL,
            number_of(address.get("unit")),
            plain_line(address.get("q"))[:LONGEST_WORDS],
            max(number_of(address.get("page")), 1),
            "tick" in address,
        )

    def query(self, **more: object) -> str:
        """The same as an address; ``more`` takes the place of what is here, and the page is the first one then."""
        plain: dict[str, object] = {
            "show": "" if self.show is Show.ALL else str(self.show),
            "unit": self.unit or "",
            "q": self.words,
        }
        return urlencode({name: value for name, value in (plain | more).items() if value})


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed before a refusal: it stays. ``act`` is the form that is open again; ``fields`` its sentences.

    ``trouble`` is about none of the fields.
    """

    act: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    lines: frozenset[int] = frozenset()
    trouble: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str | None:
        """What stands above the page: the first trouble."""
        return self.trouble or next(iter(self.fields.values()), None)

    @property
    def place(self) -> str:
        """Where on the page it is: the field, else the form."""
        return next(iter(self.fields), f"act-{self.act}")


def sheet_context(document: Document, asked: Asked, typed: Typed, by: Actor, today: dt.date) -> dict[str, Any]:
    """What ``acquaintance_sheet.html`` asks for."""
    progress = progress_of([document.id], today=today).get(document.id, Progress())
    found = page_of(
        document.id, show=asked.show, unit=asked.unit or None, words=asked.words, page=asked.page, today=today
    )
    sheets = sheets_of(document.id)[:MOST_SHEETS]
    keeps, sends = may(by, Action.KEEP_READING), may(by, Action.SEND_TO_READ)
    return {
        "document": head(document),
        "progress": {
            "words": progress_words(progress),
            "parts": progress_parts(progress),
            "asked": progress.asked,
            "waiting": progress.waiting,
            "late": progress.late,
        },
        "sheets": [_sheet(one, document, one.edition == sheets[0].edition, sends) for one in sheets],
        "chips": _chips(document, asked, progress),
        "units": [(one, label, one == asked.unit) for one, label in offered_units()],
        "asked": asked,
        "rows": [_row(one, document, asked, typed, today) for one in found.lines],
        "page": _pages(document, asked, found),
        "all_url": _url(document, asked, page=asked.page if asked.page > 1 else "", tick="all"),
        "keeps": keeps,
        "sends": sends,
        "query": asked.query(page=asked.page if asked.page > 1 else ""),
        "typed": typed,
        "today": today,
        "ways": [(str(ReadingWay.PAPER), _("signed the printed sheet")), (str(ReadingWay.ALOUD), _("it was read aloud, and they signed"))],
        "send_url": url_for("roadmapdocs_documents.send_to_read", document_id=document.id) if sends else None,
        "docx_url": url_for("roadmapdocs_documents.acquaintance_docx", document_id=document.id),
        "xlsx_url": url_for("roadmapdocs_documents.acquaintance_xlsx", document_id=document.id),
        "back_url": url_for("roadmapdocs_documents.card", document_id=document.id),
    }


def _sheet(sheet: AcquaintanceSheet, document: Document, latest: bool, sends: bool) -> dict[str, Any]:
    live = sheet.ended_at is None
    end = url_for("roadmapdocs_documents.end_reading", document_id=document.id, sheet_id=sheet.id)
    return {
        "id": sheet.id,
        "who": words_of(Addressees.from_json(sheet.addressees)),
        "said": _("%(day)s, %(name)s", day=moment(sheet.sent_at), name=sheet.sent_by),
        "edition": sheet.edition,
        "version": sheet.version.number,
        "standing": sheet.standing,
        "due": sheet.due,
        "days": sheet.days,
        "note": sheet.note,
        "ended": "" if live or sheet.ended_at is None else _ended(sheet),
        "latest": latest,
        "end_url": end if live and sends else None,
    }


def _ended(sheet: AcquaintanceSheet) -> str:
    known = {
        EndedWhy.EDITION: _("a new edition came"),
        EndedWhy.ANNULLED: _("the document was annulled"),
        EndedWhy.REPEALED: _("the document was repealed"),
    }
    why = known[EndedWhy(sheet.ended_why)] if sheet.ended_why in set(EndedWhy) else sheet.ended_why
    return _("ended on %(day)s: %(why)s", day=moment(sheet.ended_at), why=why)


def _chips(document: Document, asked: Asked, progress: Progress) -> list[dict[str, Any]]:
    labels = (
        (Show.ALL, _("All"), None),
        (Show.WAITING, _("Have not read it"), progress.waiting),
        (Show.LATE, _("Late"), progress.late),
        (Show.CONFIRMED, _("Have read it"), progress.confirmed),
        (Show.REFUSED, _("Refused"), progress.refused),
        (Show.DROPPED, _("Taken off the list"), None),
    )
    return [
        {
            "label": label,
            "url": _url(document, asked, show="" if show is Show.ALL else str(show)),
            "current": show is asked.show,
            "count": count,
            "late": show is Show.LATE,
            "symbol": None,
        }
        for show, label, count in labels
    ]


def _row(line: Acquaintance, document: Document, asked: Asked, typed: Typed, today: dt.date) -> dict[str, Any]:
    scan = url_for("roadmapdocs_documents.acquaintance_file", document_id=document.id, line_id=line.id)
    return {
        "id": line.id,
        "name": line.name,
        "post": line.post,
        "unit": line.unit.name if line.unit_id is not None else "",
        "instead": _("in the place of: %(name)s", name=line.stands_in_for) if line.stands_in_for_id is not None else "",
        "due": line.due if line.state == ReadingState.ASKED else None,
        "badge": state_badge(line, today),
        "details": state_details(line),
        "scan": {"name": line.file_name or _("scan"), "url": scan} if line.file_id is not None else None,
        "ticked": line.id in typed.lines or asked.tick_all,
    }


def _url(document: Document, asked: Asked, **more: object) -> str:
    query = asked.query(**more)
    address: str = url_for("roadmapdocs_documents.acquaintance", document_id=document.id)
    return f"{address}?{query}" if query else address


def _pages(document: Document, asked: Asked, found: Page) -> dict[str, Any] | None:
    if found.number == 1 and not found.more:
        return None
    start = (found.number - 1) * PAGE
    return {
        "first": start + 1,
        "last": start + len(found.lines),
        "total": found.total,
        "previous_url": _url(document, asked, page=found.number - 1) if found.number > 1 else None,
        "next_url": _url(document, asked, page=found.number + 1) if found.more else None,
        "pages": [],
    }
