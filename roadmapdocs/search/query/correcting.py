"""A question with some of its words replaced, all else as it was typed."""

from __future__ import annotations

from collections.abc import Mapping

from roadmapdocs.russian.letters import fold_word
from roadmapdocs.search.query.lexing import Sign, clean, lexemes, words_in


def corrected(text: str, replacements: Mapping[str, str]) -> str:
    """The question with words replaced wherever they stand, in quotes too; «ё» and capitals make no difference.

    :param replacements: a word → what is to stand in its place
    """
    wanted = {fold_word(word): shown for word, shown in replacements.items()}
    cleaned = clean(text)
    parts: list[str] = []
    done = 0
    for lexeme in lexemes(cleaned)[0]:
        inside = lexeme.sign in (Sign.WORD, Sign.QUOTE)
        for word in words_in(cleaned, lexeme.start, lexeme.end) if inside else ():
            bare = word.text.rstrip(".")
            shown = wanted.get(fold_word(bare))
            if shown is not None:
                parts += [cleaned[done : word.start], shown]
                done = word.start + len(bare)
    return "".join([*parts, cleaned[done:]])
