"""Searching: a person's question, answered with what that person may read and with nothing else.

Rights are a part of the question to the index, so that totals, facets and corrections know of nothing hidden; and what
the index gives is asked of the plain rule once more before it is shown.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from roadmapdocs.access.rules import Action, require
from roadmapdocs.people.rules import Actor
from roadmapdocs.search import state, tags
from roadmapdocs.search.answers import Answer, Asked, FoundRecord, Note
from roadmapdocs.search.corrections import Corrected, correct, nearest
from roadmapdocs.search.fallback import look_up
from roadmapdocs.search.found_rows import Row, found_rows, readable_keys
from roadmapdocs.search.fragments import Fragments
from roadmapdocs.search.labels import facet_values
from roadmapdocs.search.lexicon import lexicon
from roadmapdocs.search.models import SearchRecord
from roadmapdocs.search.ports import Engine, IndexBrokenError, Sort
from roadmapdocs.search.query import own_numbers
from roadmapdocs.search.questions import Answered, Question, may_be_words
from roadmapdocs.search.said_words import said_words
from roadmapdocs.search.state import Condition

Clock = Callable[[], float]
"""Seconds that pass."""


def search(asked: Asked, *, by: Actor, today: dt.date, clock: Clock = time.perf_counter) -> Answer:
    """Answer a question. ``clock`` measures how long that takes.

    :raise Forbidden: if the actor does not read the registry
    """
    require(by, Action.READ)
    started = clock()
    answer = _answer(asked, by, today)
    return replace(answer, took_ms=round((clock() - started) * 1000, 1))


def keys_matching(asked: Asked, *, by: Actor, today: dt.date, most: int) -> tuple[str, ...]:
    """Keys of the newest records that the question finds for this reader, exactly as it is written.

    :raise Forbidden: if the actor does not read the registry
    """
    require(by, Action.READ)
    engine, _condition = state.opened()
    asked = replace(asked, sort=Sort.DATE, offset=0, limit=most, growing=False, facets=False)
    if engine is None:
        return look_up(asked, by=by, today=today).keys
    try:
        question = _question(engine, asked, by, today)
        understood = question.understood(asked.query)
        if question.says_nothing(understood):
            return ()
        hits = question.answered(understood).found.hits
    except IndexBrokenError as problem:
        state.report_broken(engine, problem)
        return look_up(asked, by=by, today=today).keys
    keys = [hit.key for hit in hits]
    seen = readable_keys(keys, by=by)
    return tuple(key for key in keys if key in seen)


def _answer(asked: Asked, by: Actor, today: dt.date) -> Answer:
    engine, condition = state.opened()
    if engine is None:
        return _without_index(asked, condition, by, today)
    try:
        answer = _by_index(_question(engine, asked, by, today), by)
    except IndexBrokenError as problem:
        state.report_broken(engine, problem)
        return _without_index(asked, Condition.BROKEN, by, today)
    if condition is Condition.BUILDING:
        answer = replace(answer, notes=(*answer.notes, Note("rebuilding")))
    return answer


def _question(engine: Engine, asked: Asked, by: Actor, today: dt.date) -> Question:
    return Question(engine, asked, lexicon(), tags.readable_by(by), state.waiting(), today)


def _by_index(question: Question, by: Actor) -> Answer:
    asked = question.asked
    understood = question.understood(asked.query)
    if question.says_nothing(understood):
        return Answer(asked, 0, True, ())
    answered, told = question.answered(understood), Corrected(asked.query)
    if not answered.found.total and understood.tree is not None:
        answered, told = _otherwise(answered, question)
    return replace(
        _shown(question, answered, by),
        notes=(*told.notes, *answered.understood.notes, *(() if answered.found.exact else (Note("capped"),))),
        suggestions=told.suggestions,
        shown_query=told.query if told.query != asked.query else "",
    )


def _otherwise(empty: Answered, question: Question) -> tuple[Answered, Corrected]:
    """What may have been meant by a question that finds nothing, and what is told of it."""
    asked = question.asked
    as_words, notes = _as_words(empty, asked.query, question)
    if as_words.found.total:
        return as_words, Corrected(asked.query, notes)
    corrected = Corrected(asked.query) if asked.literal else correct(empty.understood, question)
    if corrected.query == asked.query:
        return empty, nearest(empty.understood, question, corrected)
    answered = question.answered(question.understood(corrected.query))
    if not answered.found.total:
        answered, notes = _as_words(answered, corrected.query, question)
        corrected = replace(corrected, notes=(*corrected.notes, *notes))
    return answered, corrected


def _as_words(empty: Answered, query: str, question: Question) -> tuple[Answered, tuple[Note, ...]]:
    """The answer by the words of conditions that find nothing, and what is told of it; as it was where that finds none."""
    words = may_be_words(empty.understood)
    if not words:
        return empty, ()
    answered = question.answered(question.understood(query, [chip.id for chip in words]))
    return (answered, tuple(Note("as_words", {"part": chip.value}) for chip in words)) if answered.found.total else (empty, ())


def _shown(question: Question, answered: Answered, by: Actor) -> Answer:
    """The hits as people see them. What the plain rule does not let through is neither shown nor counted."""
    asked, found, understood = question.asked, answered.found, answered.understood
    keys = [hit.key for hit in found.hits]
    rows = found_rows(keys, by=by, today=question.today)
    dropped = [key for key in keys if key not in rows]
    showing = _Showing(Fragments(answered.plan), own_numbers(understood))
    counted = _without(found.facets, dropped) if dropped else found.facets
    words, excluded = said_words(understood)
    return Answer(
        asked=asked,
        total=max(found.total - len(dropped), 0),
        exact=found.exact,
        hits=tuple(showing.hit(rows[hit.key], hit.score) for hit in found.hits if hit.key in rows),
        chips=understood.chips,
        words=words,
        excluded=excluded,
        facets=facet_values(counted, asked.narrowed) if asked.facets else {},
    )


@dataclass(frozen=True, slots=True)
class _Showing:
    """What the question makes of rows. ``numbers`` are the tags of numbers that were asked for."""

    fragments: Fragments
    numbers: frozenset[str]

    def hit(self, row: Row, score: float) -> FoundRecord:
        return replace(
            row.record,
            title=self.fragments.title(row.title),
            fragments=self.fragments.of(row.passages),
            score=round(score, 4),
            exact=row.record.type == "document" and not self.numbers.isdisjoint(row.tags),
        )


def _without(facets: Mapping[str, Mapping[str, int]], dropped: Collection[str]) -> dict[str, dict[str, int]]:
    """Counts of facets without these records, as far as they were counted."""
    counts = {facet: dict(counted) for facet, counted in facets.items()}
    for (record_tags,) in SearchRecord.select(SearchRecord.tags).where(SearchRecord.key.in_(list(dropped))).tuples():
        for tag in record_tags:
            counted = counts.get(tag.partition(":")[0], {})
            if tag in counted:
                counted[tag] -= 1
    return {facet: {tag: count for tag, count in counted.items() if count > 0} for facet, counted in counts.items()}


def _without_index(asked: Asked, condition: Condition, by: Actor, today: dt.date) -> Answer:
    """By number, date and title alone, and it is said so."""
    plain = look_up(asked, by=by, today=today)
    rows = found_rows(plain.keys, by=by, today=today)
    showing = _Showing(Fragments(plain.plan()), frozenset())
    return Answer(
        asked=asked,
        total=plain.total,
        exact=plain.exact,
        hits=tuple(showing.hit(rows[key], 0.0) for key in plain.keys if key in rows),
        words=plain.words,
        notes=(Note("rebuilding" if condition is Condition.BUILDING else "broken"),),
    )
