"""What a person sees before the text: how it stands in badges, what it is about and does in a line or two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from roadmapdocs.approvals.waiting import Waiting
from roadmapdocs.coverage.matrix import documented_slots
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.links.operations import LinkLine
from roadmapdocs.documents.models import Document
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web.pages import capital
from roadmapdocs.web.roadmaps.slot_words import inner_quotes
from roadmapdocs.web.worklist.rows import term_of

#: Links that say what the document does to others.
_DOES = (LinkKind.APPROVES, LinkKind.AMENDS, LinkKind.REPEALS, LinkKind.REPEALS_PARTLY, LinkKind.REPLACES)
_LONGEST = 280
_MOST = 6


def badges_of(
    asked: Waiting | None, visas: list[dict[str, Any]], remarks: list[dict[str, Any]], today: dt.date
) -> list[dict[str, str | None]]:
    found: list[dict[str, str | None]] = []
    needed = [one for one in visas if one["asks"]]
    if needed:
        agreed = sum(one["agreed"] for one in needed)
        words = _("visas: %(agreed)s of %(all)s", agreed=agreed, all=len(needed))
        found.append({"look": "ok" if agreed == len(needed) else "work", "label": words, "symbol": None})
    if remarks:
        words = ngettext("%(num)s remark", "%(num)s remarks", len(remarks))
        open_ = any(one["open"] for one in remarks)
        found.append({"look": "work" if open_ else "ok", "label": words, "symbol": "info" if open_ else None})
    if asked is not None and asked.due is not None:
        urgency, when, _note = term_of(asked.due, today)
        if urgency == "late":
            found.append({"look": "late", "label": _("late %(days)s", days=when), "symbol": None})
        else:
            words = _("until %(day)s", day=asked.due.strftime("%d.%m"))
            found.append({"look": "work" if urgency == "today" else "plain", "label": words, "symbol": "cal"})
    return found


def gist_of(document: Document, links: Sequence[LinkLine], today: dt.date) -> list[dict[str, str]]:
    """What it is about and what it does, in a line or two each."""
    lines: list[dict[str, str]] = []
    if document.summary:
        summary = " ".join(document.summary.split())
        cut = summary if len(summary) <= _LONGEST else f"{summary[:_LONGEST].rstrip()}…"
        lines.append({"head": "", "text": cut})
    items = {one.item.id: one for one in documented_slots(document, today=today)}
    if items:
        numbers = ", ".join(one.item.number for one in list(items.values())[:_MOST])
        title = inner_quotes(next(iter(items.values())).roadmap_title)
        words = ngettext("Proves item", "Proves items", len(items))
        lines.append({"head": words, "text": _("%(numbers)s of the roadmap “%(title)s”", numbers=numbers, title=title)})
    for link in [one for one in links if one.outgoing and one.kind in _DOES][:_MOST]:
        points = ", " + _("points %(points)s", points=link.points) if link.points else ""
        lines.append({"head": capital(link.words), "text": f"{reference(link.other)} «{inner_quotes(link.other.title)}»{points}"})
    return lines
