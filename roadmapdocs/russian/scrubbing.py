"""Text without the traces of typing, typesetting and copying, with a way back to what is written.

Marks without width are dropped, parted letters («и» and a breve) composed, words put together that are cut at the
end of a line or letter-spaced. The dictionary says which hyphen at the end of a line belongs to the word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from roadmapdocs.russian.lemmas import known
from roadmapdocs.russian.letters import DASHES, INVISIBLE, SOFT_HYPHEN, fold_word
from roadmapdocs.russian.morphology import LONGEST_WORD

_LETTER = r"[^\W\d_]"
# Besides those of word processors: marks of direction, and the joiners of emoji.
_NOTHING = INVISIBLE + "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufe0e\ufe0f"
_LINE_END = r"[ \t\u00a0]{0,8}\r?\n[ \t\u00a0]{0,8}"
_MARKS = re.compile(
    rf"(?P<soft>{SOFT_HYPHEN}{_LINE_END}(?={_LETTER}))|[{_NOTHING}]+|(?P<parted>{_LETTER}[\u0300-\u036f]{{1,8}})|[\u0300-\u036f]+"
)
_ANY_MARK = re.compile(f"[{_NOTHING}\u0300-\u036f]")
_STRESS = re.compile("(?<=[аеиоуыэюя])[\u0300\u0301]", re.IGNORECASE)
_COMBINING = re.compile("[\u0300-\u036f]+")
_BROKEN = re.compile(rf"-(?<={_LETTER}-)(?:{_LINE_END}|[ ])(?=[а-яё])")
_BEFORE = re.compile(rf"{_LETTER}{{1,{LONGEST_WORD}}}$")
_BEHIND = re.compile(rf"{_LETTER}{{1,{LONGEST_WORD}}}")
_SPACED = re.compile(rf"(?<![^\W_]){_LETTER}(?:[ \u00a0]{_LETTER}){{2,{LONGEST_WORD - 1}}}(?![^\W_]|\.)")
_MAYBE_SPACED = re.compile(rf"[ \u00a0]{_LETTER}[ \u00a0]{_LETTER}(?![^\W_])")
# Words that stand before others in headings: «О П Р И К А З Е» with single spaces all through.
_SMALL = frozenset("а в и к о с у об от на по за из до ко со во не для при про без".split())
#: Letters apart that make no known word are a word from this many on; fewer are a list.
_LIST = 5

_Cut = tuple[int, int, tuple[tuple[str, int], ...]]
"""Where something stands that is replaced, and the pieces put there: each with its own place in the text."""


@dataclass(frozen=True, slots=True)
class _Step:
    kept: Sequence[int]
    origins: Sequence[int]

    def back(self, position: int) -> int:
        piece = bisect_right(self.kept, position) - 1
        return self.origins[piece] + position - self.kept[piece]


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """``text`` with plain hyphens for all dashes; its places are those of the source where ``untouched``."""

    text: str
    _steps: tuple[_Step, ...] = ()

    @property
    def untouched(self) -> bool:
        return not self._steps

    def place(self, position: int) -> int:
        """Where in the source the sign at ``position`` stands."""
        for step in reversed(self._steps):
            position = step.back(position)
        return position


def scrub(text: str) -> Scrubbed:
    """The text as it is meant to be read. Takes time in proportion to its length, whatever is in it."""
    for dash in DASHES:
        if dash != "-" and dash in text:
            text = text.replace(dash, "-")
    steps: list[_Step] = []
    if _ANY_MARK.search(text):
        text = _put_together(text, _marks, steps)
    if _BROKEN.search(text):
        text = _put_together(text, _broken, steps)
    if _MAYBE_SPACED.search(text):
        text = _put_together(text, _spaced, steps)
    return Scrubbed(text, tuple(steps))


def _put_together(text: str, find: Callable[[str], Iterator[_Cut]], steps: list[_Step]) -> str:
    pieces: list[str] = []
    kept, origins = [0], [0]
    length = done = 0
    for start, end, parts in find(text):
        for piece, origin in ((text[done:start], done), *parts):
            if piece:
                kept.append(length)
                origins.append(origin)
                pieces.append(piece)
                length += len(piece)
        done = end
    if done == 0:
        return text
    kept.append(length)
    origins.append(done)
    pieces.append(text[done:])
    steps.append(_Step(kept, origins))
    return "".join(pieces)


def _marks(text: str) -> Iterator[_Cut]:
    for found in _MARKS.finditer(text):
        composed = ""
        if found["parted"]:
            composed = _COMBINING.sub("", unicodedata.normalize("NFC", _STRESS.sub("", found.group())))
        yield found.start(), found.end(), ((composed, found.start()),)


def _broken(text: str) -> Iterator[_Cut]:
    """«уч-⏎реждение» is one word, «научно-⏎методический» keeps its hyphen, «сен- тябрь» is joined if that is known."""
    for found in _BROKEN.finditer(text):
        start, end = found.span()
        before = _BEFORE.search(text, max(0, start - LONGEST_WORD), start)
        behind = _BEHIND.match(text, end)
        if before is None or behind is None:
            continue
        front, back = fold_word(before.group()), fold_word(behind.group())
        if known(front + back) and (found.group() != "- " or not (known(front) and known(back))):
            yield start, end, ()
        elif found.group() != "- ":
            yield start, end, (("-", start),) if known(front) and known(back) else ()


def _spaced(text: str) -> Iterator[_Cut]:
    """«П р и к а з ы в а ю» is one word, «классы а б в» and «С. С.» are none."""
    for found in _SPACED.finditer(text):
        letters = found.group()[::2]
        words = _words(fold_word(letters))
        if words or len(letters) >= _LIST:
            yield found.start(), found.end(), tuple(_letters(letters, words or [len(letters)], found.start()))


def _letters(letters: str, lengths: Sequence[int], start: int) -> Iterator[tuple[str, int]]:
    at = 0
    for length in lengths:
        for shift in range(at, at + length):
            yield letters[shift], start + 2 * shift
        at += length
        if at < len(letters):
            yield " ", start + 2 * at - 1


def _words(letters: str) -> list[int]:
    """The lengths of the words that the letters make: one, or a small one and the rest; none if not known."""
    if known(letters):
        return [len(letters)]
    for length in (1, 2, 3):
        rest = len(letters) - length
        if rest > 2 and letters[:length] in _SMALL and known(letters[length:]):
            return [length, rest]
        if rest > 2 and letters[rest:] in _SMALL and known(letters[:rest]):
            return [rest, length]
    return []
