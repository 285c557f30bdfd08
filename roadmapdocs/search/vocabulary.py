"""The words of the archive, as they stand in its texts: what a slip of the hand is told from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import peewee as pw

from roadmapdocs.db import after_commit
from roadmapdocs.installation import Kept
from roadmapdocs.russian.letters import fold_word
from roadmapdocs.search.models import SearchWord
from roadmapdocs.search.ports import Position

#: A word, folded, and its lemmas.
Words = dict[str, Position]

LONGEST: Final = 64
_WORD: Final = re.compile(r"[а-я]{3,}(?:-[а-я]+)*")
_CHUNK: Final = 300
#: Words that this process knows to be in the table; beyond so many it asks the table again.
_MOST_KNOWN: Final = 300_000


@dataclass(slots=True)
class _Known:
    """Words that are in the table for certain, of the index that was the newest when they were written."""

    words: set[str] = field(default_factory=set)
    era: str = ""


_known = Kept("words_of_search", _Known)


def words_of(written: Iterable[tuple[str, Position]]) -> Words:
    """The words among what is written, each with its lemmas."""
    found: Words = {}
    for text, terms in written:
        folded = fold_word(text)
        if folded not in found and len(folded) <= LONGEST and _WORD.fullmatch(folded):
            found[folded] = tuple(term for term in terms if _WORD.match(term))
    return found


def keep(words: Words, era: str) -> None:
    """Add what is not there yet; within a transaction. ``era`` is the generation of the newest index: the table is begun
    anew with each."""
    known = _known.get()
    if era != known.era:
        known.words.clear()
        known.era = era
    fresh = sorted(words.keys() - known.words)
    for chunk in pw.chunked(fresh, _CHUNK):
        rows = [{"word": word, "lemmas": list(words[word])} for word in chunk]
        SearchWord.insert_many(rows).on_conflict_ignore().execute()
    if fresh:
        after_commit(partial(_remember, known.words, fresh))


def _remember(known: set[str], words: Iterable[str]) -> None:
    if len(known) > _MOST_KNOWN:
        known.clear()
    known.update(words)


def begin_anew() -> None:
    """Forget all words: the build of an index adds them again. Within a transaction."""
    SearchWord.delete().execute()
