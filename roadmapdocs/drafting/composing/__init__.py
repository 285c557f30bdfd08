"""Composing: what a draft says becomes what its template prints, every word in its case, place and number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from roadmapdocs.drafting.composing.acquaintance import compose_acquaintance
from roadmapdocs.drafting.composing.common import Context
from roadmapdocs.drafting.composing.notes import compose_note
from roadmapdocs.drafting.composing.orders import compose_order
from roadmapdocs.drafting.composing.plans import compose_list, compose_plan
from roadmapdocs.drafting.composing.protocols import compose_extract, compose_protocol
from roadmapdocs.drafting.composing.regulations import compose_regulation
from roadmapdocs.drafting.composing.words import BY_RULES, Declension, KindWords
from roadmapdocs.drafting.profiles import Profile
from roadmapdocs.drafting.values import Values
from roadmapdocs.drafting.vocabulary import Page

__all__ = ["BY_RULES", "Context", "Declension", "KindWords", "compose"]

_COMPOSERS: Final[dict[str, Callable[[Any, Context], Page]]] = {
    "order.docx": compose_order,
    "directive.docx": compose_order,
    "regulation.docx": compose_regulation,
    "plan.docx": compose_plan,
    "list.docx": compose_list,
    "protocol.docx": compose_protocol,
    "protocol_brief.docx": compose_protocol,
    "extract.docx": compose_extract,
    "note.docx": compose_note,
    "acquaintance.docx": compose_acquaintance,
}


def compose(
    template: str,
    values: Values,
    profile: Profile,
    *,
    kind: KindWords,
    kinds: Mapping[str, KindWords] | None = None,
    declension: Declension = BY_RULES,
) -> Page:
    """The page of ``values`` for a template of :data:`roadmapdocs.drafting.shapes.SHAPES` that has values.

    ``kinds`` are those of appendices and of documents that are named, by their codes; without one its word is
    declined by the language. ``declension`` knows the forms that people have corrected.
    """
    return _COMPOSERS[template](values, Context(profile, kind, kinds or {}, declension))
