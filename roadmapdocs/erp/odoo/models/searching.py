"""Search by words over all that the actor may read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Type, lazy
from roadmapdocs.erp.odoo.models.shared import DOCUMENT_MODEL
from roadmapdocs.erp.odoo.registry import Parameter
from roadmapdocs.search.answers import Asked, FoundRecord, Piece
from roadmapdocs.search.operations import search

_MOST: Final = 200
_MODELS: Final = {
    "document": DOCUMENT_MODEL,
    "item": "roadmap.plan.item",
    "section": "roadmap.plan.section",
    "assignment": "roadmap.assignment",
}
PARAMETERS: Final = (
    Parameter("query", required=True, help=lazy("As typed into the field of search.")),
    Parameter("limit", Type.INTEGER, default=20),
    Parameter("offset", Type.INTEGER, default=0),
)


def search_text(_ids: Sequence[int], env: Env, query: str, limit: int = 20, offset: int = 0) -> list[dict[str, object]]:
    """Records that answer the question, the nearest first, each with what of its text was found."""
    asked = Asked(query, limit=min(max(limit, 1), _MOST), offset=max(offset, 0), facets=False)
    return [_told(hit) for hit in search(asked, by=env.actor, today=env.today).hits]


def _told(hit: FoundRecord) -> dict[str, object]:
    return {
        "model": _MODELS[hit.type],
        "id": hit.id,
        "name": _text(hit.title),
        "kind": hit.kind,
        "number": hit.number or False,
        "date": hit.date.isoformat() if hit.date is not None else False,
        "score": hit.score,
        "fragments": [{"source": one.source, "text": _text(one.pieces)} for one in hit.fragments],
    }


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
