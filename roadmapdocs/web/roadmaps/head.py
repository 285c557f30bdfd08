"""What every page of a roadmap says first: its title, years, edition, who coordinates it, what approved it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from roadmapdocs.coverage.phrases import day_words
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.roadmap.models import Edition, Roadmap, years_of


def roadmap_words(roadmap: Roadmap) -> dict[str, object]:
    return {"id": roadmap.id, "title": roadmap.title, "period": years_words(roadmap)}


def roadmap_head(roadmap: Roadmap, edition: Edition, reader: Actor) -> dict[str, object]:
    """The head of the roadmap's own page, in a fixed number of queries."""
    return {
        **roadmap_words(roadmap),
        "edition": edition.number,
        "coordinator": str(roadmap.coordinator) if roadmap.coordinator_id else "",
        "approval": _approval(edition.approval or {}, reader),
        "has_other_editions": edition.number > 1,
    }


def years_words(roadmap: Roadmap) -> str:
    years = years_of(roadmap)
    if years is None:
        return ""
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"


def approval_words(approval: Mapping[str, str | None]) -> str:
    """«Утверждена приказом № 178-П от 29.11.2021», «Утверждена 25.08.2020, Лукина О. С.», or nothing."""
    day = _day(approval.get("date"))
    date = day_words(day) if day else ""
    if approval.get("number"):
        words = _("Approved by No. %(number)s", number=approval["number"])
        return f"{words} " + _("of %(date)s", date=date) if date else words
    facts = [fact for fact in (approval.get("position"), approval.get("person")) if fact]
    if date:
        return ", ".join([_("Approved on %(date)s", date=date), *facts])
    return _("Approved: %(who)s", who=", ".join(facts)) if facts else ""


def _approval(approval: Mapping[str, str | None], reader: Actor) -> dict[str, object] | None:
    text = approval_words(approval)
    return {"text": text, "document_id": _approving_document(approval, reader)} if text else None


def _approving_document(approval: Mapping[str, str | None], reader: Actor) -> int | None:
    """The order by which the roadmap was approved, where there is exactly one such and the reader may read it."""
    day, number = _day(approval.get("date")), approval.get("number")
    if day is None or not number:
        return None
    rows = list(
        Document.select(Document.id, visible_to(reader).alias("open"))
        .join(Kind)
        .where((Document.number_key == normalise_number(number)) & (Document.date == day) & (Kind.expected == "приказ"))
        .limit(2)
        .tuples()
    )
    return rows[0][0] if len(rows) == 1 and rows[0][1] else None


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
