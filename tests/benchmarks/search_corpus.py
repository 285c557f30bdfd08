"""A made-up archive, already analysed: forms of dictionary words by Zipf's law, phrases that recur, marks of an office.

Documents are of about 2,500 characters. All engines are given the same entries and the same questions.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from roadmapdocs.access.rules import Mark
from roadmapdocs.russian.lemmas import lemmas
from roadmapdocs.russian.morphology import dictionary
from roadmapdocs.search.ports import Entry, Position, Zone
from roadmapdocs.search.tags import day_tags, span_tags

#: Words of a document: with spaces, an office's text has seven characters to a word.
WORDS = 350
FORMS, PHRASES = 40_000, 3_000
#: Every so many words a phrase begins that stands in other documents, too.
PHRASE_EVERY = 12
KINDS = ("order", "instruction", "letter", "regulation", "protocol", "report", "certificate", "plan")
KIND_WEIGHTS = (30, 8, 30, 5, 10, 8, 6, 3)
UNITS, SIGNERS, SECTIONS = 12, 40, 60
FIRST_DAY, DAYS = dt.date(2014, 1, 1), 4_400
STAFF = frozenset({"may:staff", "may:unit.3", "may:drafter.7", "may:signer.4", "may:handed.9"})
_SYLLABLES = [first + second for first in "бвгдзклмнпрст" for second in "аеиору"]


@dataclass(frozen=True)
class Lexicon:
    """``forms`` from the commonest on, each with all its lemmas; ``phrases`` are places of forms in a row."""

    forms: Sequence[Position]
    phrases: Sequence[tuple[int, ...]]
    weights: Sequence[float] = field(repr=False)
    phrase_weights: Sequence[float] = field(repr=False)

    def words(self, dice: random.Random) -> list[Position]:
        """A text, by Zipf's law."""
        places = dice.choices(range(len(self.forms)), cum_weights=self.weights, k=WORDS)
        for start, phrase in zip(
            range(0, WORDS, PHRASE_EVERY),
            dice.choices(self.phrases, cum_weights=self.phrase_weights, k=WORDS // PHRASE_EVERY),
            strict=False,
        ):
            places[start : start + len(phrase)] = phrase
        return [self.forms[place] for place in places]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    dice = random.Random(1)
    forms: list[str] = []
    for start in _SYLLABLES:
        forms += dict.fromkeys(word for word, _ in itertools.islice(dictionary().dictionary.words.iteritems(start), 12_000))
    chosen = [lemmas(form.replace("ё", "е")) for form in dice.sample(sorted(set(forms)), FORMS)]
    # In an office's text every fourth word is a form of several; in the dictionary they are few.
    several, one = [form for form in chosen if len(form) > 1], iter([form for form in chosen if len(form) == 1])
    mixed = [*itertools.chain.from_iterable((form, *itertools.islice(one, 3)) for form in several), *one]
    phrases = [tuple(dice.choices(range(20, 4_000), k=dice.choice((2, 2, 3, 4)))) for _ in range(PHRASES)]
    return Lexicon(mixed, phrases, _zipf(FORMS), _zipf(PHRASES))


def _zipf(count: int) -> list[float]:
    return list(itertools.accumulate(1 / rank for rank in range(1, count + 1)))


def entries(first: int, count: int, seed: int = 2) -> Iterator[Entry]:
    """Records with the ids from ``first`` on; the same for the same id and seed."""
    words = lexicon()
    for number in range(first, first + count):
        yield _entry(words, number, random.Random(seed * 10**9 + number))


def _entry(words: Lexicon, number: int, dice: random.Random) -> Entry:
    text = words.words(dice)
    day = FIRST_DAY + dt.timedelta(days=dice.randrange(DAYS))
    kind, signer = dice.choices(KINDS, KIND_WEIGHTS)[0], dice.randrange(SIGNERS)
    n = number % 900 + 1
    own: Position = (f"#{n}-п", str(n))
    text[40] = (f"@{day}", f"@{day:%Y-%m}", f"@{day.year}")
    text[41] = (f"#{dice.randrange(900)}-п", str(dice.randrange(900)))
    name: Position = (f"подписант{signer}", f"&подписант{signer}.с")
    zones = {Zone.TITLE: [*text[100:110], own], Zone.PEOPLE: [name], Zone.TEXT: text, Zone.TALK: text[200:220]}
    digest = hashlib.sha256(repr((number, text[:20])).encode()).hexdigest()
    return Entry(number, f"document:{number}", day.toordinal(), f"{n:012d}-п", zones, _tags(dice, day, kind, signer, n), digest)


def _tags(dice: random.Random, day: dt.date, kind: str, signer: int, n: int) -> frozenset[str]:
    ended = day + dt.timedelta(days=900) if dice.random() < 0.15 else None
    unit, mark = dice.randrange(UNITS), Mark.OFFICIAL if dice.random() < 0.05 else Mark.GENERAL
    found = {
        f"kind:{kind}", f"unit:{unit}", f"signer:{signer}", "state:signed", "type:document", f"mark:{mark}",
        f"force:{'ended' if ended else 'in_force'}", f"num:#{n}-п", f"num:{n}", f"may:drafter.{dice.randrange(100)}",
        f"may:unit.{unit}", f"may:signer.{signer}", "may:clerk", "may:coordinator",
    }  # fmt: skip
    if mark is Mark.GENERAL:
        found.add("may:staff")
    if dice.random() < 0.4:
        found |= {f"section:{dice.randrange(SECTIONS)}" for _ in range(dice.choice((1, 1, 2)))}
    return frozenset(found) | day_tags(day) | span_tags(day, ended)
