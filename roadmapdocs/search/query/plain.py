"""Plain words of a question as nodes: all their lemmas, what else they may be called, and what they may go on to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from roadmapdocs.search.analysis import STOP_WORDS, Token, analyse, terms_of
from roadmapdocs.search.analysis_words import fold
from roadmapdocs.search.ports import Either, Node, Prefix, Word, Zone
from roadmapdocs.search.query.places import both, either, phrase, wanted
from roadmapdocs.search.query.synonyms import Groups, Spelling, synonyms
from roadmapdocs.search.query.tree import Plain, Understood

Beginning = Callable[[str], frozenset[str]]
#: Shorter beginnings are those of half the vocabulary.
SHORTEST_BEGINNING = 2
#: Of so many beginnings in a question the words of the archive are looked up; each stands for hundreds of terms.
MOST_BEGINNINGS = 8
_BETWEEN = re.compile(r"[\s,;.!?…-]*")


def no_words(_start: str) -> frozenset[str]:
    """Of an archive that tells nothing of its words."""
    return frozenset()


class PlainWords:
    """``stop_words``: ask for them, too, as there is nothing else. ``groups`` are words that stand for each other."""

    def __init__(self, understood: Understood, beginning: Beginning, groups: Groups, *, stop_words: bool) -> None:
        self._text = understood.text
        self._shouted = understood.text.isupper()
        self._synonyms = synonyms(groups)
        self._beginning = beginning
        self._stop_words = stop_words
        self._looked_up = 0
        last = understood.words[-1] if understood.words else None
        self._growing = last.start if last and understood.growing else None

    def beside(self, first: Plain, second: Plain) -> bool:
        """Whether nothing but spaces and commas stands between the two."""
        if first.unfinished or second.unfinished or second.start == self._growing:
            return False
        return _BETWEEN.fullmatch(self._text, first.end, second.start) is not None

    def nodes(self, run: Sequence[Plain], zone: Zone | None) -> list[Node]:
        """What each word of a run asks for."""
        if len(run) == 1 and (run[0].unfinished or run[0].start == self._growing):
            return self._unfinished(run[0], zone)
        return self._finished(run, zone)

    def _finished(self, run: Sequence[Plain], zone: Zone | None) -> list[Node]:
        text = self._text[run[0].start : run[-1].end]
        tokens = analyse(text)
        found: list[Node] = []
        i = 0
        while i < len(tokens):
            after, node = self._at(text, tokens, i, zone)
            found += [node] if node is not None else []
            i = after
        return found

    def _unfinished(self, word: Plain, zone: Zone | None) -> list[Node]:
        start = fold(word.text)
        terms = terms_of(word.text)
        if not word.unfinished and self._is_stop_word(word.text):
            return []
        if len(start) < SHORTEST_BEGINNING or not terms:
            return [Word(wanted(terms), zone)] if terms else []
        whole = self._finished([word], zone) if not word.unfinished else []
        more: list[Node] = [Prefix(start, zone)]
        self._looked_up += 1
        if self._looked_up <= MOST_BEGINNINGS and (others := self._beginning(start)):
            more.append(Word(others, zone))
        return [Either((*whole, *more))] if len(whole) + len(more) > 1 else more

    def _at(self, text: str, tokens: Sequence[Token], i: int, zone: Zone | None) -> tuple[int, Node | None]:
        """The place behind what stands here, and its node; None of a stop word."""
        places = [token.terms for token in tokens]
        typed = text[tokens[i].start : tokens[i].end]
        spelling = self._synonyms.at(places, i)
        short = len(typed) > 1 and typed.isupper() and not self._shouted
        if self._is_stop_word(typed) and not (spelling and (len(spelling.places) > 1 or short)):
            return i + 1, None
        if spelling is None:
            return self._one(text, tokens, i, zone)
        return i + len(spelling.places), self._called(text, tokens, i, spelling, zone)

    def _called(self, text: str, tokens: Sequence[Token], i: int, spelling: Spelling, zone: Zone | None) -> Node | None:
        """The words at this place, or whatever else they are called."""
        others = self._synonyms.others([token.terms for token in tokens], i, spelling)
        longer = [node for other in others if len(other) > 1 and (node := phrase(other, zone))]
        # «КО» is a preposition as well: a text that has it says nothing of quality.
        single = frozenset(term for other in others if len(other) == 1 for term in other[0]) - STOP_WORDS
        if len(spelling.places) == 1:
            own = wanted(tokens[i].terms) & spelling.places[0]
            alternatives = [Word(own | single, zone)] if own | single else []
            return either([*alternatives, *longer])
        parts = tokens[i : i + len(spelling.places)]
        nodes = [self._one(text, parts, place, zone)[1] for place, part in enumerate(parts) if not self._stops(text, part)]
        whole = [both([node for node in nodes if node is not None])] if nodes else []
        return either([*whole, *([Word(single, zone)] if single else []), *longer])

    def _one(self, text: str, tokens: Sequence[Token], i: int, zone: Zone | None) -> tuple[int, Node | None]:
        """A word, or one with hyphens: the whole, or its parts one after another."""
        after = i + 1
        while after < len(tokens) and text[tokens[after - 1].end : tokens[after].start] == "-" and _is_word(text, tokens[after]):
            after += 1
        node = Word(wanted(tokens[i].terms), zone)
        if after == i + 1 or not _is_word(text, tokens[i]):
            return i + 1, node
        parts = [text[token.start : token.end] for token in tokens[i:after]]
        whole = Word(frozenset(terms_of("-".join(parts))), zone)
        separate = phrase([frozenset(terms_of(part)) for part in parts], zone)
        return after, Either((whole, separate)) if separate is not None else whole

    def _stops(self, text: str, token: Token) -> bool:
        return self._is_stop_word(text[token.start : token.end])

    def _is_stop_word(self, typed: str) -> bool:
        return not self._stop_words and (fold(typed) in STOP_WORDS or (len(typed) == 1 and typed.isalpha()))


def _is_word(text: str, token: Token) -> bool:
    return text[token.start : token.end].isalpha()
