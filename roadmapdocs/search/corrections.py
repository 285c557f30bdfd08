"""A question that finds nothing: what else may have been meant.

Whatever is offered is asked of the index by the reader's own rights first, so that no suggestion tells of a word that
stands only where the reader may not look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from roadmapdocs.search.analysis import terms_of
from roadmapdocs.search.answers import Note
from roadmapdocs.search.ports import Word
from roadmapdocs.search.query import Typed, Understood
from roadmapdocs.search.query.tree import All, OfKind
from roadmapdocs.search.questions import Question, standing
from roadmapdocs.search.spelling import corrections, other_layout

#: Words that are looked at, corrections of each, questions that are tried, and further questions that are offered.
MOST_WORDS: Final = 8
MOST_LOOKED_AT: Final = 8
MOST_OF_WORD: Final = 4
MOST_TRIED: Final = 8
MOST_OFFERED: Final = 2
_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class Corrected:
    """``query`` is the one to be answered: as it was, or corrected, as ``notes`` tell. ``suggestions`` are others."""

    query: str
    notes: tuple[Note, ...] = ()
    suggestions: tuple[str, ...] = ()


def correct(understood: Understood, question: Question) -> Corrected:
    """The likeliest question that finds something: typed by the other layout, or with words of the archive."""
    text = understood.text
    switched = other_layout(text)
    if switched and switched != text and question.count(switched):
        return Corrected(switched, (Note("layout", {"word": text, "shown": switched}),))
    lost = _lost(understood, question)
    choices = {word: options for word in lost if (options := _found_instead(word.text, question))}
    if not choices:
        return Corrected(question.asked.query)
    tried = [(_replaced(text, {word: one.text for word, one in chosen.items()}), chosen) for chosen in _combined(choices)]
    finding = [(query, chosen) for query, chosen in tried if question.count(query)]
    if not finding:
        return Corrected(question.asked.query)
    query, chosen = finding[0]
    notes = tuple(_note(word, instead) for word, instead in chosen.items())
    return Corrected(query, notes, tuple(other for other, _chosen in finding[1 : MOST_OFFERED + 1]))


def nearest(understood: Understood, question: Question, corrected: Corrected) -> Corrected:
    """What would find something after all: fewer words, or the same without the chosen conditions.

    Notes say which words stand nowhere that the reader may look (``nowhere``), and how much would be found without the
    conditions (``unnarrowed``).
    """
    words = [word for word in understood.words if word.sought][:MOST_WORDS]
    notes = [Note("nowhere", {"word": word.text}) for word in _lost(understood, question)]
    if any(question.asked.narrowed.values()) or question.asked.in_force is not None:
        count = question.count(understood.text, unnarrowed=True)
        if count:
            notes.append(Note("unnarrowed", {"count": str(count)}))
    offered = _counted(_without_kind(understood), question)
    if not offered and len(words) > 1:
        offered = _counted((_replaced(understood.text, {word: ""}) for word in words), question)
        if not offered and len(words) > 2:
            offered = _counted((word.text for word in words), question)
    suggestions = sorted(offered, key=lambda query: offered[query])[:MOST_OFFERED]
    return replace(corrected, notes=(*corrected.notes, *notes), suggestions=tuple(suggestions))


def _without_kind(understood: Understood) -> Iterator[str]:
    """«приказ о смотре музеев» may be about a regulation: the same words, whatever it is called."""
    nodes = understood.tree.nodes if isinstance(understood.tree, All) else ()
    for node in nodes:
        if isinstance(node, OfKind) and not node.strict:
            bare = re.sub(rf"(?<!\w){re.escape(node.text)}(?!\w)", " ", understood.text, count=1)
            yield " ".join(bare.split())


@dataclass(frozen=True, slots=True)
class _Instead:
    text: str
    layout: bool = False


def _lost(understood: Understood, question: Question) -> list[Typed]:
    """Words of the question that stand nowhere the reader may look."""
    sought = [word for word in understood.words if word.sought and len(word.text) >= _SHORTEST][:MOST_WORDS]
    if understood.growing and sought and sought[-1].end == len(understood.text.rstrip()):
        sought = sought[:-1]
    return [word for word in sought if not _stands(word.text, question)]


def _stands(word: str, question: Question) -> bool:
    terms = frozenset(terms_of(word))
    return bool(terms) and question.count_of(Word(terms)) > 0


def _found_instead(word: str, question: Question) -> list[_Instead]:
    """What the word may have been meant to be, the likeliest first, of words that the reader finds."""
    switched = other_layout(word)
    options = [_Instead(switched, layout=True)] if switched and switched != word else []
    options += [_Instead(one) for one in corrections(word, standing, question.engine.frequencies, MOST_LOOKED_AT)]
    found: list[_Instead] = []
    for option in options:
        if len(found) < MOST_OF_WORD and _stands(option.text, question):
            found.append(option)
    return found


def _combined(choices: Mapping[Typed, list[_Instead]]) -> Iterator[dict[Typed, _Instead]]:
    """The likeliest of each word; then others, one word at a time."""
    first = {word: options[0] for word, options in choices.items()}
    yield first
    tried = 1
    for word, options in choices.items():
        for option in options[1:]:
            if tried >= MOST_TRIED:
                return
            tried += 1
            yield {**first, word: option}


def _note(word: Typed, instead: _Instead) -> Note:
    return Note("layout" if instead.layout else "corrected", {"word": word.text, "shown": instead.text})


def _replaced(text: str, instead: Mapping[Typed, str]) -> str:
    """The text with other words in these places, in single spaces."""
    for word in sorted(instead, key=lambda one: one.start, reverse=True):
        text = text[: word.start] + instead[word] + text[word.end :]
    return " ".join(text.split())


def _counted(queries: Iterable[str], question: Question) -> dict[str, int]:
    """Those of the questions that find something, with how much."""
    return {query: count for query in dict.fromkeys(queries) if query and (count := question.count(query))}
