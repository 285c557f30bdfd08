"""What stands among plain words and means more than they say: kinds, numbers, days, people, items, force."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.russian.calendar_words import MONTHS, NOMINATIVE_MONTHS
from roadmapdocs.russian.date_words import short_date
from roadmapdocs.search.analysis import STOP_WORDS, terms_of
from roadmapdocs.search.analysis_words import fold
from roadmapdocs.search.answers import ChipKind
from roadmapdocs.search.ports import Position
from roadmapdocs.search.query import states
from roadmapdocs.search.query import words as vocabulary
from roadmapdocs.search.query.chips import days_in_words, without_force_in_words
from roadmapdocs.search.query.days import Days, DaysReader, Manner
from roadmapdocs.search.query.lexicon import Lexicon
from roadmapdocs.search.query.lexing import Lexeme
from roadmapdocs.search.query.names import Names, names
from roadmapdocs.search.query.numbering import bare_item, item_number, number_at
from roadmapdocs.search.query.people import name_at, surname_at
from roadmapdocs.search.query.synonyms import synonyms
from roadmapdocs.search.query.tree import (
    Any,
    DoneBy,
    InForce,
    Marked,
    Node,
    OfDays,
    OfItem,
    OfKind,
    OfNumber,
    OfPerson,
    OfYear,
)

_GLUED_ITEM = re.compile(r"пп?\.(?P<number>[0-9].*)", re.IGNORECASE)
#: «документы за 2021»: the word says no more than that items of roadmaps are not meant.
_DOCUMENTS: Final = frozenset({"документ", "документы"})


@dataclass(frozen=True, slots=True)
class Found:
    """What was recognised up to the word at ``after``, and how it is shown."""

    after: int
    node: Node
    chip: ChipKind | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a question that stand side by side. ``places`` are their terms, ``end`` is where the last one ends."""

    words: Sequence[Lexeme]
    places: Sequence[Position]

    @classmethod
    def of(cls, words: Sequence[Lexeme]) -> Run:
        return cls(words, [terms_of(word.text) for word in words])

    @property
    def end(self) -> int:
        return self.words[-1].end

    def bare(self, i: int) -> str:
        """The folded word at the place without a full stop; empty behind the end."""
        return fold(self.words[i].text.rstrip(".")) if 0 <= i < len(self.words) else ""

    def starting_at(self, offset: int) -> int:
        """The first word that begins there or later."""
        return next((i for i, word in enumerate(self.words) if word.start >= offset), len(self.words))


class Recogniser:
    def __init__(self, text: str, lexicon: Lexicon, today: dt.date) -> None:
        self.text = text
        self.today = today
        self.days = DaysReader(text, today)
        self.kinds: Names = names(tuple((kind.code, kind.names) for kind in lexicon.kinds))
        self._called = {kind.code: kind for kind in lexicon.kinds}
        self._synonyms = synonyms(lexicon.groups)
        self._ways: tuple[Callable[[Run, int, Found | None], Found | None], ...] = (
            self._signed,
            self._item,
            self._force,
            self._state,
            self._signed_number,
            self._days,
            self._number,
            self._bare_item,
            self._person,
            self._kind,
        )

    def at(self, run: Run, i: int, before: Found | None) -> Found | None:
        """What the words from this place on mean; ``before`` is what the words right before them meant."""
        for way in self._ways:
            found = way(run, i, before)
            if found:
                return found
        return None

    def spelt(self, run: Run, i: int) -> int:
        """How many words from this place on spell out an abbreviation, and are no name of a kind: two and more."""
        spelling = self._synonyms.at(run.places, i)
        length = len(spelling.places) if spelling else 0
        kind = self.kinds.at(run.places, i)
        return length if length > max(1, kind[0] if kind else 0) else 0

    def kind_in_words(self, codes: frozenset[str], typed: str) -> str:
        """«приказ» for all kinds of orders, «приказ (ЛС)» for one of them."""
        kinds = [self._called[code] for code in sorted(codes) if code in self._called]
        if len(kinds) == 1:
            return kinds[0].names[0]
        expected = {kind.expected for kind in kinds}
        return expected.pop() if len(expected) == 1 else typed.lower()

    def read_days(self, run: Run, offset: int) -> tuple[int, Days] | None:
        """The days that are said from this place of the text on, and the word behind them."""
        found = self.days.read(offset)
        if found is None or found.end > run.end + 2:
            return None
        after = run.starting_at(found.end)
        rest = self.text[found.end : run.words[after - 1].end] if after else ""
        return None if any(letter.isalnum() for letter in rest) else (after, found)

    def _signed(self, run: Run, i: int, _before: Found | None) -> Found | None:
        """«подписал Лысенко», «за подписью С.С. Лысенко»; «подписано» takes only what is written as a name."""
        start, word = i + 1, run.bare(i)
        if word == "за" and run.bare(i + 1) in vocabulary.SIGNATURE:
            start, sure = i + 2, True
        elif word in vocabulary.SIGNED:
            sure = word in ("подписал", "подписала", "подписант")
        else:
            return None
        if start >= len(run.words) or run.words[start].unfinished:
            return None
        named = surname_at(run.words, start)
        if named is None or not (sure or run.words[start].text[:1].isupper()):
            return None
        return Found(named.after, DoneBy("signed", " ".join(named.words) or named.text), ChipKind.PERSON, named.text)

    def _item(self, run: Run, i: int, _before: Found | None) -> Found | None:
        glued = _GLUED_ITEM.fullmatch(run.words[i].text)
        number = item_number(glued["number"]) if glued else None
        if number:
            return Found(i + 1, OfItem(number), ChipKind.ITEM, number)
        if run.bare(i) not in vocabulary.ITEM:
            return None
        numbers: list[str] = []
        after = i + 1
        while after < len(run.words) and (number := item_number(run.words[after].text)):
            numbers.append(number)
            after += 1
        if not numbers:
            return None
        items = tuple(OfItem(number) for number in numbers)
        return Found(after, items[0] if len(items) == 1 else Any(items), ChipKind.ITEM, ", ".join(numbers))

    def _force(self, run: Run, i: int, _before: Found | None) -> Found | None:
        """«действующие», «в силе на 01.09.2021», «недействующие»; «утратившие силу»."""
        word, after = run.bare(i), i + 1
        without = word in vocabulary.NO_FORCE_ADJECTIVES
        ended = states.ended(word, run.bare(after))
        if ended or (word, run.bare(after)) == ("в", "силе"):
            after += 1
        elif not without and word not in vocabulary.FORCE_ADJECTIVES:
            return None
        day = None
        if run.bare(after) == "на" and after + 1 < len(run.words):
            behind = after + 1 + (run.bare(after + 1) in ("дату", "день"))
            said = self.read_days(run, run.words[behind].start) if behind < len(run.words) else None
            if said and said[1].manner is Manner.DAY and said[1].until:
                after, day = said[0], said[1].until
        if ended and day is None:
            return Found(after, Marked(vocabulary.STATES["утратил силу"]), ChipKind.STATE, "утратил силу")
        return in_force(after, day or self.today, without=without or ended)

    def _state(self, run: Run, i: int, before: Found | None) -> Found | None:
        """«приказы на согласовании», «проекты приказов»."""
        behind = before is not None and isinstance(before.node, OfKind)
        ahead = {length: i + length < len(run.words) and self._kind(run, i + length, None) is not None for length in (1, 2)}
        said = states.state_of_kind(run.bare(i - 1), run.bare(i), run.bare(i + 1), behind=behind, ahead=ahead)
        if said is None or any(word.unfinished for word in run.words[i : i + said[0]]):
            return None
        return Found(i + said[0], Marked(vocabulary.STATES[said[1]]), ChipKind.STATE, said[1])

    def _signed_number(self, run: Run, i: int, _before: Found | None) -> Found | None:
        """A number behind «№», whatever it looks like."""
        word = run.words[i].text
        announced = word[:1] == "№" or (word[:1] in "Nn" and not word[1:2].isalpha()) or word[:2].lower() == "no"
        return self._number_from(run, i, likely=False) if announced or run.bare(i).startswith("номер") else None

    def _number(self, run: Run, i: int, before: Found | None) -> Found | None:
        named = before is not None and before.chip in (ChipKind.KIND, ChipKind.NUMBER)
        if run.bare(i + 1) in MONTHS and _may_be_day(run.bare(i)) and not (named and run.bare(i + 1) in NOMINATIVE_MONTHS):
            return None
        return self._number_from(run, i, likely=named or i == 0 or run.bare(i + 1) == "от", named=named)

    def _number_from(self, run: Run, i: int, *, likely: bool, named: bool = False) -> Found | None:
        if run.words[i].unfinished:
            return None
        found = number_at(self.text, run.words, i, likely=likely, named=named)
        return Found(found[0], OfNumber(found[1]), ChipKind.NUMBER, found[1]) if found else None

    def _days(self, run: Run, i: int, _before: Found | None) -> Found | None:
        said = None if _looks_like_item(run.words[i].text) else self.read_days(run, run.words[i].start)
        if said is None:
            return None
        after, days = said
        value = days_in_words(days.since, days.until)
        if days.manner is Manner.BARE_YEAR and days.since:
            return Found(after, OfYear(days.since.year), ChipKind.DATE, value)
        named = self.text[days.start : days.end] if days.manner is Manner.NAMED else ""
        return Found(after, OfDays(days.since, days.until, named), ChipKind.DATE, value)

    def _bare_item(self, run: Run, i: int, _before: Found | None) -> Found | None:
        number = bare_item(run.words[i].text)
        return Found(i + 1, OfItem(number), ChipKind.ITEM, number) if number else None

    def _person(self, run: Run, i: int, _before: Found | None) -> Found | None:
        named = name_at(run.words, i)
        if named is None or self.kinds.at(run.places, i):
            return None
        return Found(named.after, OfPerson(named.text, named.words), ChipKind.PERSON, " ".join(named.words) or named.text)

    def _kind(self, run: Run, i: int, _before: Found | None) -> Found | None:
        word = run.words[i]
        if i == 0 and fold(word.text) in _DOCUMENTS and len(run.words) > 1:
            return Found(1, Marked(frozenset({"type:document"})), ChipKind.KIND, "документ")
        found = None if word.unfinished or fold(word.text) in STOP_WORDS else self.kinds.at(run.places, i)
        if found is None:
            return None
        length, codes = found
        typed = self.text[word.start : run.words[i + length - 1].end].rstrip(".")
        return Found(i + length, OfKind(codes, typed), ChipKind.KIND, self.kind_in_words(codes, typed))


def in_force(after: int, day: dt.date, *, without: bool) -> Found:
    """What has force on the day, or what has none: the latter is never shown as being in force."""
    if without:
        return Found(after, InForce(day, without=True), ChipKind.STATE, without_force_in_words(day))
    return Found(after, InForce(day), ChipKind.FORCE, short_date(day))


def _may_be_day(word: str) -> bool:
    return word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31


def _looks_like_item(word: str) -> bool:
    """«2.1.10» is the number of an item, though it might be a day of 2010."""
    return re.fullmatch(r"[0-9]\.[0-9]\.[0-9]{1,2}\.?", word) is not None
