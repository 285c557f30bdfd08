"""Words of kinds, as hits and facets say them and as the command line takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from roadmapdocs.documents.models import Kind
from roadmapdocs.i18n import pgettext

ITEM, SECTION, ASSIGNMENT = "item", "section", "assignment"
#: Types of records that are no documents.
OTHERS = (ITEM, SECTION, ASSIGNMENT)
_IN_BRACKETS = re.compile(r"\s*(\([^)]*\))")


def kind_word(kind: Kind) -> str:
    """What such a document is called: «приказ», whatever it is about; «аналитическая справка» and not «справка».

    The word by which roadmaps expect the kind is the fuller one where it holds the kind's own.
    """
    own = _IN_BRACKETS.sub("", kind.short).strip().lower()
    return str(kind.expected) if own in str(kind.expected).split() else own


def kind_label(kind: Kind) -> str:
    """The word, and in brackets what tells kinds of one word apart: «приказ (ЛС)»."""
    return " ".join([kind_word(kind), *_IN_BRACKETS.findall(kind.short)])


def type_word(type_: str) -> str:
    """What records are called that are no documents: items and sections of roadmaps, assignments."""
    words = {
        ITEM: pgettext("search", "roadmap item"),
        SECTION: pgettext("search", "roadmap section"),
        ASSIGNMENT: pgettext("search", "assignment"),
    }
    return words[type_]


def codes_of(words: str) -> frozenset[str]:
    """Codes of the kinds that these words name: a code, a word, a short or a full name; none if none are so called."""
    wanted = _folded(words)
    kinds = Kind.select().order_by(Kind.position)
    found = {kind.code for kind in kinds if wanted in map(_folded, _names(kind))}
    if wanted in {ITEM, _folded(type_word(ITEM)), "пункт", "пункт дорожной карты"}:
        found.add(ITEM)
    if wanted in {SECTION, _folded(type_word(SECTION)), "раздел", "раздел дорожной карты"}:
        found.add(SECTION)
    if wanted in {ASSIGNMENT, _folded(type_word(ASSIGNMENT)), "поручение"}:
        found.add(ASSIGNMENT)
    return frozenset(found)


def words_of_codes(codes: Iterable[str]) -> dict[str, str]:
    """The word of each code, those of other records too."""
    kinds = Kind.select().where(Kind.code.in_([*codes, ""]))
    return {kind.code: kind_word(kind) for kind in kinds} | {one: type_word(one) for one in OTHERS}


def known_words() -> list[str]:
    """The words of all kinds in use, in the order of kinds, each once."""
    kinds = Kind.select().where(Kind.active).order_by(Kind.position)
    return [*dict.fromkeys(map(kind_word, kinds)), *map(type_word, OTHERS)]


def _names(kind: Kind) -> Iterable[str]:
    return (kind.code, kind.short, kind.name, kind.expected, kind_word(kind), kind_label(kind))


def _folded(words: str) -> str:
    return " ".join(words.lower().replace("ё", "е").split())
