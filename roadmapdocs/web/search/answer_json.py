"""What was found as JSON, in the form of ``roadmapdocs search --json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import Any

from roadmapdocs.i18n import use_language
from roadmapdocs.search.answers import Answer, FoundRecord, Piece
from roadmapdocs.search.kind_words import type_word, words_of_codes
from roadmapdocs.search.labels import force_word


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """As scripts read it. Words in it are Russian in any locale, as those of kinds are."""
    with use_language("ru"):
        kinds: Counter[str] = Counter()
        words = words_of_codes([value.value for value in answer.facets.get("kind", ())])
        for value in answer.facets.get("kind", ()):
            kinds[words[value.value]] += value.count
        return {
            "total": answer.total,
            "took_ms": answer.took_ms,
            "suggestion": answer.shown_query or next(iter(answer.suggestions), None),
            "facets": {"kind": {word: count for word, count in kinds.items() if count}},
            "notes": [{"code": note.code, **note.about} for note in answer.notes],
            "hits": [_hit(hit) for hit in answer.hits],
        }


def _hit(hit: FoundRecord) -> dict[str, Any]:
    return {
        "id": hit.id,
        "type": hit.type,
        "kind": hit.kind if hit.type == "document" else type_word(hit.type),
        "number": hit.number,
        "date": hit.date.isoformat() if hit.date else None,
        "title": _plain(hit.title),
        "force": force_word(hit.force) if hit.force else None,
        "score": hit.score,
        "snippet": _marked(_snippet(hit)),
        "file": hit.file or None,
    }


def _snippet(hit: FoundRecord) -> tuple[Piece, ...]:
    """The best fragment; the title where only that shows why it was found."""
    best = hit.fragments[0].pieces if hit.fragments else ()
    if any(piece.marked for piece in best) or not any(piece.marked for piece in hit.title):
        return best or hit.title
    return hit.title


def _marked(pieces: Iterable[Piece]) -> str:
    return "".join(
        f"<mark>{escape(piece.text, quote=False)}</mark>" if piece.marked else escape(piece.text, quote=False)
        for piece in pieces
    )


def _plain(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
