"""An archive's words, out of the demo's texts and what lies beside the project, and slips of the hand in them."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import roadmapdocs.demo
from roadmapdocs.search.analysis import forms_of
from roadmapdocs.search.ports import Position

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
_CONTENT = Path(roadmapdocs.demo.__file__).parent / "content"
_DOCUMENT = 2_500
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_WORD = re.compile("[а-я]+")


@dataclass(frozen=True, slots=True)
class Archive:
    """``forms`` are the words as they stand, ``counts`` in how many pieces of 2,500 letters each term does."""

    forms: Mapping[str, Position]
    counts: Mapping[str, int]

    def vocabulary(self, words: Collection[str]) -> dict[str, Position]:
        return {word: self.forms[word] for word in words if word in self.forms}

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        return {term: self.counts[term] for term in terms if term in self.counts}


def archive() -> Archive:
    texts = [file.read_text(encoding="utf-8") for file in sorted([*SEEDS.glob("*.txt"), *_CONTENT.glob("*.toml")])]
    forms: dict[str, Position] = {}
    counts: Counter[str] = Counter()
    for text in texts:
        for start in range(0, len(text), _DOCUMENT):
            found = {word: terms for word, terms in forms_of(text[start : start + _DOCUMENT]).items() if _WORD.fullmatch(word)}
            forms |= found
            counts.update({term for terms in found.values() for term in terms})
    return Archive(forms, counts)


@dataclass(frozen=True, slots=True)
class Slip:
    meant: str
    typed: str
    sort: str


def slips_in(known: Archive, count: int, seed: int) -> list[Slip]:
    """Words of five letters and more, each as often as any other, with one random slip; none that makes another word."""
    draw = random.Random(seed)
    words = sorted(word for word in known.forms if len(word) >= 5)
    found: list[Slip] = []
    while len(found) < count:
        word = draw.choice(words)
        sort = draw.choice(("another", "left out", "added", "changed over"))
        typed = _slipped(word, sort, draw)
        if typed != word and typed not in known.forms:
            found.append(Slip(word, typed, sort))
    return found


def _slipped(word: str, sort: str, draw: random.Random) -> str:
    at = draw.randrange(len(word))
    if sort == "another":
        return word[:at] + draw.choice(_LETTERS) + word[at + 1 :]
    if sort == "left out":
        return word[:at] + word[at + 1 :]
    if sort == "added":
        at = draw.randrange(len(word) + 1)
        return word[:at] + draw.choice(_LETTERS) + word[at:]
    at = draw.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
