"""What was found, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for

from roadmapdocs.i18n import gettext as _
from roadmapdocs.search.answers import FoundRecord, Fragment, Piece
from roadmapdocs.search.kind_words import ASSIGNMENT
from roadmapdocs.web.search.words import assignment_badge, place_words, state_badge
from roadmapdocs.web.words import Badge

#: As many fragments of one hit as are read.
_SHOWN = 2
_TITLE = "title"


def hits(found: Iterable[FoundRecord]) -> list[dict[str, object]]:
    """As the macro ``hit()`` takes them."""
    return [hit(one) for one in found]


def hit(found: FoundRecord) -> dict[str, object]:
    fragments = [one for one in found.fragments if one.source != _TITLE and one.pieces][:_SHOWN]
    return {
        "url": record_url(found),
        "name": number_words(found),
        "kind": found.kind,
        "date": found.date,
        "signer": found.signer,
        "badges": _badges(found),
        "title": _pieces(found.title),
        "fragments": [_pieces(one.pieces) for one in fragments],
        "foot": _foot(found, fragments),
        "exact": found.exact,
        "ended": found.force == "ended",
        "annulled": found.annulled,
    }


def record_url(found: FoundRecord) -> str:
    """Where the record is read; the card of a document, the page of an item or an assignment, the matrix at a section."""
    if found.type == "document":
        return url_for("roadmapdocs_documents.card", document_id=found.id)
    if found.type == ASSIGNMENT:
        return url_for("roadmapdocs_assignments.card", assignment_id=found.id)
    roadmap_id = found.roadmap[0] if found.roadmap else 0
    if found.type == "item":
        return url_for("roadmapdocs_roadmaps.item", roadmap_id=roadmap_id, item_id=found.id)
    return url_for("roadmapdocs_roadmaps.roadmap", roadmap_id=roadmap_id, section=found.id)


def number_words(found: FoundRecord) -> str:
    if found.type == ASSIGNMENT:
        return _("item %(number)s", number=found.number) if found.number else ""
    return f"№\N{NO-BREAK SPACE}{found.number}" if found.number and found.type == "document" else found.number


def _badges(found: FoundRecord) -> list[Badge]:
    same: Badge = {"look": "info", "label": _("the very number"), "symbol": "stamp"}
    state = assignment_badge(found) if found.type == ASSIGNMENT else state_badge(found)
    return ([same] if found.exact else []) + ([state] if state else [])


def _pieces(pieces: Iterable[Piece]) -> list[tuple[str, bool]]:
    return [(piece.text, piece.marked) for piece in pieces]


def _foot(found: FoundRecord, fragments: Iterable[Fragment]) -> list[dict[str, str]]:
    """What stands under a hit: where the words are, what changed it, what it belongs to. ``url`` may be empty."""
    lines = [{"words": words, "link": "", "url": ""} for words in dict.fromkeys(map(place_words, fragments)) if words]
    lines += [_related(_("has force in its place:"), one) for one in found.replaced_by]
    lines += [_related(_("amended by:"), one) for one in found.amended_by]
    if found.items:
        items = _("roadmap, items %(items)s") if len(found.items) > 1 else _("roadmap, item %(items)s")
        lines.append({"words": items % {"items": ", ".join(found.items)}, "link": "", "url": ""})
    if found.roadmap and found.type != "document":
        roadmap_id, words = found.roadmap
        lines.append({"words": "", "link": words, "url": url_for("roadmapdocs_roadmaps.roadmap", roadmap_id=roadmap_id)})
    return lines


def _related(words: str, document: tuple[int, str]) -> dict[str, str]:
    return {"words": words, "link": document[1], "url": url_for("roadmapdocs_documents.card", document_id=document[0])}
