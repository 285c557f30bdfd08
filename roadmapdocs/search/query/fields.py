"""Values of fields: what stands behind «вид:», «дата:», «подписал:»."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from roadmapdocs.russian.letters import fold_word
from roadmapdocs.search.analysis import positions
from roadmapdocs.search.answers import ChipKind
from roadmapdocs.search.ports import Zone
from roadmapdocs.search.query import words as vocabulary
from roadmapdocs.search.query.chips import days_in_words
from roadmapdocs.search.query.days import Manner
from roadmapdocs.search.query.lexicon import Lexicon
from roadmapdocs.search.query.names import Names, names
from roadmapdocs.search.query.numbering import item_number, number_at
from roadmapdocs.search.query.people import surname_at
from roadmapdocs.search.query.recognising import Found, Recogniser, Run, in_force
from roadmapdocs.search.query.tree import DoneBy, Marked, OfDays, OfItem, OfKind, OfNumber
from roadmapdocs.search.tags import KIND, UNIT, tag

#: Fields whose values are words of one zone.
ZONES: Final = {"title": Zone.TITLE, "text": Zone.TEXT, "talk": Zone.TALK}


class Fields:
    """Reads values from the first word of a run on; None of what makes no sense in the field."""

    def __init__(self, recogniser: Recogniser, lexicon: Lexicon) -> None:
        self._recogniser = recogniser
        self._lexicon = lexicon
        self._expected = names(tuple((one, (one,)) for one in sorted({kind.expected for kind in lexicon.kinds if kind.expected})))
        self._readers: dict[str, Callable[[Run, int], Found | None]] = {
            "kind": self._kind,
            "number": self._number,
            "date": self._date,
            "signed": lambda run, _start: _person("signed", run),
            "drafted": lambda run, _start: _person("drafted", run),
            "item": lambda run, _start: _item(run),
            "force": self._force,
            "state": lambda run, _start: _state(run),
            "unit": self._unit,
            "case": lambda run, _start: _case(run),
            "roadmap": self._roadmap,
            "type": lambda run, _start: _type(run),
        }

    def value(self, field: str, run: Run, start: int) -> Found | None:
        """
        :param start: where the value begins in the text: «..2021» begins before its first word
        """
        return self._readers[field](run, start)

    def _kind(self, run: Run, _start: int) -> Found | None:
        word = run.bare(0)
        if word in vocabulary.TYPES and vocabulary.TYPES[word] != "document":
            return Found(1, Marked(frozenset({tag(KIND, vocabulary.TYPES[word])})), ChipKind.KIND, word)
        codes = {kind.code for kind in self._lexicon.kinds if fold_word(kind.code) == word}
        called = (1, frozenset(codes)) if codes else self._recogniser.kinds.at(run.places, 0)
        expected = self._expected.at(run.places, 0)
        length = max(called[0] if called else 0, expected[0] if expected else 0)
        if not length:
            return None
        kinds = called[1] if called and called[0] == length else frozenset()
        word = next(iter(expected[1])) if expected and expected[0] == length else ""
        typed = " ".join(one.text for one in run.words[:length])
        shown = self._recogniser.kind_in_words(kinds, typed) if kinds else word
        return Found(length, OfKind(kinds, typed, word, strict=True), ChipKind.KIND, shown)

    def _number(self, run: Run, _start: int) -> Found | None:
        found = number_at(self._recogniser.text, run.words, 0, likely=True, named=True)
        after, number = found or (1, run.words[0].text.lstrip("№").rstrip("."))
        return Found(after, OfNumber(number, strict=True), ChipKind.NUMBER, number) if number else None

    def _date(self, run: Run, start: int) -> Found | None:
        said = self._recogniser.read_days(run, self._recogniser.days.next_place(start))
        if said is None:
            return None
        after, days = said
        node = OfDays(days.since, days.until, strict=True)
        return Found(after, node, ChipKind.DATE, days_in_words(days.since, days.until))

    def _force(self, run: Run, _start: int) -> Found | None:
        today = self._recogniser.today
        word = run.bare(0)
        if word in vocabulary.YES | vocabulary.NO:
            return in_force(1, today, without=word in vocabulary.NO)
        said = self._recogniser.read_days(run, run.words[0].start)
        if said is None or said[1].manner is not Manner.DAY or said[1].until is None:
            return None
        return in_force(said[0], said[1].until, without=False)

    def _unit(self, run: Run, _start: int) -> Found | None:
        return _named(names(tuple((str(unit.id), unit.names) for unit in self._lexicon.units)), run, UNIT, ChipKind.UNIT)

    def _roadmap(self, run: Run, _start: int) -> Found | None:
        """By its id, or by as many words as stand in a title."""
        if run.bare(0).isdecimal():
            return Found(1, Marked(frozenset({tag("roadmap", run.bare(0))})))
        fitting, length = list(self._lexicon.roadmaps), 0
        for place in run.places:
            closer = [one for one in fitting if not _terms(one.names).isdisjoint(place)]
            if not closer:
                break
            fitting, length = closer, length + 1
        return Found(length, Marked(frozenset(tag("roadmap", one.id) for one in fitting))) if length else None


def _named(called: Names, run: Run, facet: str, chip: ChipKind) -> Found | None:
    found = called.at(run.places, 0)
    if found is None:
        return None
    length, codes = found
    value = " ".join(one.text for one in run.words[:length]).rstrip(".")
    return Found(length, Marked(frozenset(tag(facet, code) for code in codes)), chip, value)


@lru_cache(maxsize=256)
def _terms(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(term for text in texts for place in positions(text) for term in place)


def _person(part: str, run: Run) -> Found | None:
    named = surname_at(run.words, 0)
    if named is None:
        return None
    name = " ".join(named.words) or named.text
    return Found(named.after, DoneBy(part, name), ChipKind.PERSON, name)


def _item(run: Run) -> Found | None:
    number = item_number(run.words[0].text)
    return Found(1, OfItem(number, strict=True), ChipKind.ITEM, number) if number else None


_STATES: Final = tuple((state, (state,)) for state in vocabulary.STATES)


def _state(run: Run) -> Found | None:
    word = run.bare(0)
    if word in vocabulary.STATES and word.isascii():
        return Found(1, Marked(vocabulary.STATES[word]), ChipKind.STATE, word)
    found = names(_STATES).at(run.places, 0)
    if found is None:
        return None
    tags = frozenset[str]().union(*(vocabulary.STATES[state] for state in found[1]))
    return Found(found[0], Marked(tags), ChipKind.STATE, sorted(found[1])[0])


def _case(run: Run) -> Found | None:
    index = run.words[0].text.rstrip(".")
    if not any(letter.isdigit() for letter in index):
        return None
    return Found(1, Marked(frozenset({tag("case", fold_word(index))})))


def _type(run: Run) -> Found | None:
    found = vocabulary.TYPES.get(run.bare(0))
    return Found(1, Marked(frozenset({tag("type", found)}))) if found else None
