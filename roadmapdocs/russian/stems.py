"""The part of an unknown word that its forms share: a cautious cut of endings, for words the dictionary has not."""

from __future__ import annotations

import re

#: What is left of a word is at least this long; of shorter words nothing is cut.
_SHORTEST = 3
# Of adjectives and of nouns; the longest that fits is cut. «-ов» and «-ев» stay: they make surnames.
_ENDINGS = (
    "иями ями ами иям ием иях ями ого его ому ему ыми ими ей ой ою ею ая яя ое ее ие ые ый ий ым им ом ем ам ям ах ях "
    "ую юю их ых ия ию ии ью ья ье ьи а е и й о у ы ь ю я"
).split()
_ENDING = re.compile("(?:" + "|".join(sorted(set(_ENDINGS), key=len, reverse=True)) + ")$")
# A vowel that comes and goes: «Кунец» and «Кунца», «Заозерок» and «Заозерка».
_FLEETING = re.compile("(?<=[бвгджзклмнпрстфхцчшщ])[ео](?=[кц]$)")


def stem(word: str) -> str:
    """The folded word without its ending: «рыбашапками», «рыбашапку» → «рыбашапк»."""
    found = _ENDING.search(word, _SHORTEST)
    return _FLEETING.sub("", word[: found.start()] if found else word)
