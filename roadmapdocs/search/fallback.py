"""An answer without an index: by number, date and title, out of the tables themselves.

Rights are those of every list. It knows no word forms: of a longer word its beginning is looked for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import peewee as pw

from roadmapdocs.documents.links.force import in_force_on
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import search_key
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.russian.dates import read_date
from roadmapdocs.search import tags
from roadmapdocs.search.answers import Asked
from roadmapdocs.search.ports import Both, Plan, Prefix, Sort
from roadmapdocs.search.query.lexing import clean

#: More words narrow nothing, and each is one more look at every title.
MOST_WORDS: Final = 8
#: Hits are counted so far.
COUNTED: Final = 1_000
_LONGEST_WORD = 64
_SIGNS = re.compile(r"[\"«»“”„()*№|,;:!?]+|(?<!\S)-")
_SMALL_WORDS: Final = frozenset("и в во на по о об от до с со к у за из не или для при".split())
_COLUMNS: Final = {tags.STATE: "preparation", tags.UNIT: "unit", tags.SIGNER: "signer_employee"}


@dataclass(frozen=True, slots=True)
class Plain:
    """``keys`` of one page in order; ``total`` is exact where ``exact`` says so."""

    keys: tuple[str, ...]
    total: int
    exact: bool
    words: tuple[str, ...]

    def plan(self) -> Plan:
        """The words as a question to an index would say them: for marking what was found."""
        return Plan(Both(tuple(Prefix(_beginning(word)) for word in self.words)), frozenset())


def look_up(asked: Asked, *, by: Actor, today: dt.date) -> Plain:
    """Documents that this reader may read with all the words of the question in number, date, kind, title or signer."""
    words, days = _said(asked.query)
    if not (words or days or any(asked.narrowed.values()) or asked.in_force):
        return Plain((), 0, True, ())
    wanted = visible_to(by)
    for word in words:
        wanted &= _of_word(word)
    for day in days:
        wanted &= Document.date == day
    for facet, values in asked.narrowed.items():
        if values:
            wanted &= _narrowed(facet, values, today)
    if asked.in_force is not None:
        wanted &= in_force_on(asked.in_force)
    picked = Document.select(Document.id).where(wanted)
    counting = picked.limit(COUNTED + 1).alias("some")
    total = int(pw.Select([counting], [pw.fn.COUNT(pw.SQL("1"))]).bind(Document._meta.database).scalar())
    order = Document.number_sort if asked.sort is Sort.NUMBER else Document.listed_on.desc()
    page = picked.order_by(order, Document.id.desc()).limit(asked.limit).offset(min(asked.offset, COUNTED))
    keys = tuple(f"document:{one}" for (one,) in page.tuples())
    return Plain(keys, min(total, COUNTED), total <= COUNTED, tuple(words))


def _said(query: str) -> tuple[list[str], list[dt.date]]:
    """Words and days of a question, without its signs."""
    words: list[str] = []
    days: list[dt.date] = []
    for part in _SIGNS.sub(" ", clean(query)).split():
        day = read_date(part)
        if day is not None:
            days.append(day)
        elif (word := search_key(part[:_LONGEST_WORD]).strip(".-")) and word not in _SMALL_WORDS:
            words.append(word)
    return list(dict.fromkeys(words))[:MOST_WORDS], days[:MOST_WORDS]


def _of_word(word: str) -> pw.Expression:
    found = Document.search_key.contains(_beginning(word))
    if any(letter.isdigit() for letter in word):
        number = normalise_number(word)
        found |= (Document.number_key == number) | Document.number_key.startswith(f"{number}-")
    return found


def _beginning(word: str) -> str:
    """What most forms of a word have in common."""
    if not word.isalpha() or len(word) < 5:
        return word
    return word[:-2] if len(word) > 6 else word[:-1]


def _narrowed(facet: str, values: Collection[str], today: dt.date) -> pw.Expression:
    if facet == tags.KIND:
        return Document.kind.in_(Kind.select(Kind.id).where(Kind.code.in_(sorted(values))))
    if facet == tags.YEAR:
        years = [int(value) for value in values if value.isascii() and value.isdecimal() and 1900 <= int(value) <= 2199]
        spans = [Document.date.between(dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in years]
        return _any(spans)
    if facet == tags.FORCE:
        return in_force_on(today) if "in_force" in values else Document.force.in_(sorted(values))
    if facet in _COLUMNS:
        column = getattr(Document, _COLUMNS[facet])
        if facet == tags.STATE:
            return column.in_(sorted(values))
        ids = [int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 10]
        return _any([column == one for one in ids])
    # What only the index knows narrows to nothing: better no hits than hits of another section.
    return _any([])


def _any(conditions: list[pw.Expression]) -> pw.Expression:
    found = pw.Value(1) == pw.Value(0)
    for condition in conditions:
        found |= condition
    return found
