"""How many forms of words are found, and how many words bring a false relative.

``python -m tests.search.measure_words [COUNT]`` draws COUNT words (2,000 if not given) and prints a table.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable

from roadmapdocs.search.analysis import terms_of
from tests.search.word_samples import (
    Inflected,
    dictionary_words,
    invented_relatives,
    invented_words,
    relatives,
)


def missed(words: Iterable[Inflected]) -> tuple[list[tuple[str, str]], int]:
    """Forms that share no term with their lemma, and how many forms there are."""
    lost, total = [], 0
    for word in words:
        sought = set(terms_of(word.lemma))
        for form in word.forms:
            total += 1
            if not sought & set(terms_of(form)):
                lost.append((word.lemma, form))
    return lost, total


def false_relatives(pairs: Iterable[tuple[Inflected, Inflected]], seed: int) -> list[tuple[str, str]]:
    """Pairs of a form that is asked for and a form of another word that it would find."""
    draw = random.Random(seed)
    found = []
    for one, other in pairs:
        asked, stands = draw.choice(one.forms), draw.choice(other.forms)
        if set(terms_of(asked)) & set(terms_of(stands)):
            found.append((asked, stands))
    return found


def _say(line: str) -> None:
    print(line)  # noqa: T201 - the table is what the command is for


def main(count: int) -> None:
    for name, words in (("dictionary", dictionary_words(count, 1)), ("invented", invented_words(count, 2))):
        lost, total = missed(words)
        _say(f"{name:12} {len(words)} words, {total} forms: {100 - 100 * len(lost) / total:.2f} % found; lost: {lost[:12]}")
        pairs = (relatives if name == "dictionary" else invented_relatives)(words, 3)
        false = false_relatives(pairs, 4)
        _say(f"{'':12} {len(pairs)} pairs: {100 * len(false) / max(1, len(pairs)):.2f} % false: {false[:12]}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
