"""Abbreviations and what they stand for: found in text, compared, and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.letters import fold_word, strip_invisible
from roadmapdocs.search.analysis import positions

TEXT_LIMIT: Final = 255
MOST_WORDS: Final = 16
#: Later text of a record explains no abbreviations that its beginning has not.
READ_CHARACTERS: Final = 200_000
#: Of a text that is nothing but abbreviations, so many are looked at of each way to explain them.
MOST_LOOKED_AT: Final = 300

_SHORT = r"(?P<short>[А-ЯЁ][А-ЯЁа-яё-]{1,11})"
_HEREAFTER = re.compile(
    rf"\(\s{{0,3}}далее(?:\s{{1,3}}по\s{{1,3}}тексту)?\s{{0,3}}[-–—:]?\s{{0,3}}[«\"]?{_SHORT}[»\"]?\s{{0,3}}\)", re.IGNORECASE
)
_EXPLAINED = re.compile(rf"(?<!\w){_SHORT}\s{{0,2}}(?:[-–—]\s{{1,2}}|\()(?=[а-яё])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STOP = re.compile(r"[.;:()!?\n]")
#: Words that an abbreviation may leave out.
_SMALL: Final = frozenset("и в во на с со по о об для при к от из за до".split())
#: Forms of legal persons: explained everywhere, looked for nowhere.
_LEGAL: Final = frozenset(
    "МБОУ МКОУ МАОУ МОУ МБДОУ МКДОУ МАДОУ МДОУ МБУ МКУ МАУ МУ МУП ГБУ ГАУ ГКУ ГБОУ ГАОУ ФГБОУ ФГАОУ ГБПОУ ГАПОУ "
    "ООО АО ПАО РФ ФИО".split()
)
_BEHIND: Final = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """``short`` stands for ``words``; ``sure`` if its letters are those that the words begin with."""

    short: str
    words: str
    sure: bool


def key(text: str) -> str:
    """One form of a spelling, for comparing: folded words in single spaces."""
    return " ".join(fold_word(word) for word in re.findall(r"[^\s«»\"“”„,;:()]+", strip_invisible(text)))[:TEXT_LIMIT]


def check_text(text: str) -> str:
    """The spelling in single spaces.

    :raise Refusal: ``abbreviation`` if there is nothing in it that a search could look for, or too much
    """
    told = " ".join(strip_invisible(text).split())
    if not told or not positions(told) or not key(told):
        sentence = _("There is no word in it. Write an abbreviation or the words that it stands for.")
    elif len(told) > TEXT_LIMIT:
        sentence = _("This is longer than %(limit)s characters. Shorten it.", limit=TEXT_LIMIT)
    elif len(told.split()) > MOST_WORDS:
        sentence = _("These are more than %(most)s words. Shorten them.", most=MOST_WORDS)
    else:
        return told
    raise Refusal("abbreviation", sentence, fields={"text": sentence})


def same(first: str, second: str) -> bool:
    """Whether two expansions are the same words, in whatever forms."""
    one, other = positions(first), positions(second)
    return len(one) == len(other) and all(set(a) & set(b) for a, b in zip(one, other, strict=True))


def fits(short: str, words: Sequence[str]) -> bool:
    """Whether the letters of the abbreviation are first letters of all the words, in their order.

    Both parts of a word with a hyphen may give one; small words may be left out, and small letters («ВсОШ») go on with
    the word before.
    """
    letters = [letter for letter in short if letter.isalpha()]
    capitals = [letter for letter in letters if letter.isupper()]
    return _spell(letters, words) or (len(capitals) > 1 and _spell(capitals, words))


def _spell(letters: Sequence[str], words: Sequence[str]) -> bool:
    letters = [fold_word(letter) for letter in letters]
    reached = {0}
    for word in words:
        first, *others = word.split("-")
        optional = fold_word(word) in _SMALL
        reached = _further(reached, letters, first, optional=optional)
        for part in others:
            reached = _further(reached, letters, part, optional=True)
    return len(letters) in reached


def _further(reached: set[int], letters: Sequence[str], word: str, *, optional: bool) -> set[int]:
    initial = fold_word(word[:1])
    taken = {place + 1 for place in reached if place < len(letters) and letters[place] == initial}
    return taken | reached if optional else taken


def find_pairs(text: str) -> Iterator[Pair]:
    """What a text explains: «… (далее – ШНОР)», «ШНОР – школы с …», «МСОКО (муниципальная …)».

    Behind «далее» any short word in capitals counts; elsewhere only one whose letters fit.
    """
    text = text[:READ_CHARACTERS]
    for match in _abbreviations(_HEREAFTER, text):
        found = _before(match["short"], text[max(0, match.start() - 400) : match.start()])
        if found:
            yield found
    for match in _abbreviations(_EXPLAINED, text):
        following = _STOP.split(text[match.end() : match.end() + 400], maxsplit=1)[0]
        words = _WORD.findall(following)[:MOST_WORDS]
        end = next((end for end in range(2, len(words) + 1) if fits(match["short"], words[:end])), 0)
        if end:
            yield Pair(match["short"], " ".join(words[:end]), sure=True)


def _abbreviations(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return islice((match for match in pattern.finditer(text) if is_abbreviation(match["short"])), MOST_LOOKED_AT)


def is_abbreviation(short: str) -> bool:
    """A word of capitals, or mostly («ВсОШ»), that is no legal form."""
    short = short.strip()
    capitals = sum(letter.isupper() for letter in short)
    return " " not in short and capitals >= 2 and 2 * capitals >= len(short) and short.upper() not in _LEGAL


def _before(short: str, text: str) -> Pair | None:
    """The words in front that fit, a few words back at most; else those since the last punctuation."""
    words = _WORD.findall(_STOP.split(text)[-1])[-MOST_WORDS:]
    behind = _BEHIND if len(short) > 2 else 0
    for end in range(len(words), max(len(words) - behind - 1, 1), -1):
        for start in range(end - 2, -1, -1):
            if fold_word(words[start]) not in _SMALL and fits(short, words[start:end]):
                return Pair(short, " ".join(words[start:end]), sure=True)
    clause = _WORD.findall(re.split(r"[.;:()!?,\n]", text)[-1])
    return Pair(short, " ".join(clause), sure=False) if 2 <= len(clause) <= 8 else None
