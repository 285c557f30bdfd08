"""The lexicon that questions are read by, out of the tables as they are now."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from typing import Any

from roadmapdocs.documents.models import Kind
from roadmapdocs.people.models import Unit
from roadmapdocs.prepared import Prepared
from roadmapdocs.roadmap.models import Roadmap
from roadmapdocs.russian.morphology import lemma
from roadmapdocs.search.kind_words import kind_label
from roadmapdocs.search.models import Abbreviation
from roadmapdocs.search.query.lexicon import KindWords, Lexicon, Named

_Rows = tuple[tuple[Any, ...], ...]
#: A kind for whatever is none of the others: its name says nothing, and «документ» is a word like any other.
_OTHER = "other"

# Every question reads these.
_KINDS = Prepared(
    lambda: Kind.select(Kind.code, Kind.short, Kind.name, Kind.expected, Kind.forms).order_by(Kind.position, Kind.id)
)
_UNITS = Prepared(lambda: Unit.select(Unit.id, Unit.name, Unit.abbreviation).order_by(Unit.id))
_ROADMAPS = Prepared(lambda: Roadmap.select(Roadmap.id, Roadmap.title).order_by(Roadmap.id))
_ABBREVIATIONS = Prepared(
    lambda: (
        Abbreviation.select(Abbreviation.group, Abbreviation.text)
        .where(Abbreviation.active)
        .order_by(Abbreviation.group, Abbreviation.id)
    )
)


def lexicon() -> Lexicon:
    """Kinds, units, roadmaps and abbreviations: a change of any of them counts from the next question on."""
    return _made(*(tuple(map(tuple, table.rows())) for table in (_KINDS, _UNITS, _ROADMAPS, _ABBREVIATIONS)))


@lru_cache(maxsize=4)
def _made(kinds: _Rows, units: _Rows, roadmaps: _Rows, abbreviations: _Rows) -> Lexicon:
    """Of rows as they lie in the tables: the same ones give the same lexicon, made once."""
    groups: dict[int, list[str]] = defaultdict(list)
    for group, text in abbreviations:
        groups[group].append(text)
    return Lexicon(
        kinds=tuple(KindWords(code, _names(*row), row[2]) for code, *row in kinds if code != _OTHER),
        units=tuple(Named(id_, tuple(filter(None, names))) for id_, *names in units),
        roadmaps=tuple(Named(id_, (title,)) for id_, title in roadmaps),
        groups=tuple(tuple(texts) for texts in groups.values() if len(texts) > 1),
    )


def _names(short: str, name: str, expected: str, forms: str) -> tuple[str, ...]:
    """«Отчёт, аналитический отчёт» are two names; «Выписка из протокола, приказа» is one with a tail."""
    first, *others = name.split(", ")
    whole = [other for other in others if other and lemma(other.split()[0]) == other.split()[0].lower()]
    told = (kind_label(Kind(short=short, expected=expected)), short, first, *whole, *json.loads(forms or "{}").values())
    return tuple(dict.fromkeys(str(text) for text in told if text))
