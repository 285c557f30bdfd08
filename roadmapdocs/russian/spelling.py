"""Letters of an inflected word as the word itself had them."""

from __future__ import annotations

VOWELS = frozenset("аеёиоуыэюя")
SIBILANTS = frozenset("жшщч")
#: After these «ы» and «я» are spelt «и» and «а».
HUSHED = SIBILANTS | frozenset("гкх")


def syllables(word: str) -> int:
    """How many vowels the word has."""
    return sum(letter in VOWELS for letter in word.lower())


def dressed(form: str, like: str) -> str:
    """``form`` in the letter case of ``like``, and with «е» for «ё» where ``like`` has it so."""
    if len(like) > 1 and like.isupper():
        form = form.upper()
    pairs = zip(form, like, strict=False)
    letters = ["е" if letter in "ёЁ" and model in "еЕ" else letter for letter, model in pairs]
    cased = [letter.upper() if model.isupper() else letter for letter, model in zip(letters, like, strict=False)]
    return "".join(cased) + form[len(cased) :]
