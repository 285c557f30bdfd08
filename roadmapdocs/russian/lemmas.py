"""Dictionary forms of a word, all of them: «стали» is of «стать» and of «сталь»."""

from __future__ import annotations

from roadmapdocs.russian.morphology import LONGEST_WORD, dictionary, is_russian


def known(word: str) -> bool:
    """Whether the dictionary has the form. ``word`` is folded: «е» stands for «ё» too."""
    return len(word) <= LONGEST_WORD and bool(dictionary().word_is_known(word))


def lemmas(word: str) -> tuple[str, ...]:
    """The lemmas of all readings, likeliest first and folded; guessed by the ending where the word is not known.

    Empty for what is no Russian word. ``word`` is folded.
    """
    if len(word) > LONGEST_WORD or not is_russian(word):
        return ()
    forms = dictionary().normal_forms(word)
    return tuple(dict.fromkeys(form.replace("ё", "е") for form in forms))
