"""Terms and tags as tokens of FTS5, one of which stands at each position of a text.

FTS5 keeps one token at a position, unless a tokenizer written in C tells it of more. A position with several terms
is therefore one token that names them all, so that positions are counted right and phrases are found by FTS5 itself;
its terms are told once more in a column beside, where words and beginnings of words find them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from roadmapdocs.search.ports import Position, Zone

#: Columns of the table of FTS5 in their order: a zone, and the terms of those of its positions that have several.
COLUMNS: tuple[str, ...] = (*(name for zone in Zone for name in (zone.value, f"{zone.value}_more")), "tags")
#: Letters outside ASCII are letters to the tokenizer, whatever they are; in ASCII it folds capitals and knows ``_``.
TOKENIZER = "ascii tokenchars '_'"

# What follows ``_`` is two digits of an ASCII sign, four of half a character, or one of these, which are no digits.
_TAG, _VARIANT = "_t", "_v"
_EMPTY = "_0"
EVERY, NOTHING = "_z", "_n"
_ESCAPED = re.compile(r"[^a-z0-9\u0080-\ud7ff\ue000-\U0010ffff]")
_WRITTEN = re.compile(r"_(d[89a-f][0-9a-f]{2}|[0-7][0-9a-f])")


@lru_cache(maxsize=65_536)
def token(term: str) -> str:
    """A word that nothing splits or folds; the token of a beginning of a term is the beginning of its token."""
    return _ESCAPED.sub(_escape, term) or _EMPTY


def _escape(found: re.Match[str]) -> str:
    return f"_{ord(found[0]):02x}"


def tag_token(tag: str) -> str:
    return _TAG + token(tag)


def tag_of(tag_token: str) -> str:
    """The tag of which :func:`tag_token` made this."""
    plain = tag_token.removeprefix(_TAG)
    return "" if plain == _EMPTY else _WRITTEN.sub(lambda found: chr(int(found[1], 16)), plain)


@lru_cache(maxsize=65_536)
def standing(position: Position) -> tuple[str, tuple[str, ...]]:
    """The token that stands in the text for a position, and those of its terms, each once."""
    here = tuple(sorted({token(term) for term in position}))
    return here[0] if len(here) == 1 else "".join(_VARIANT + one for one in here), here


def alternatives_of(standing: str) -> list[str]:
    """The tokens of the terms of a position."""
    return standing.split(_VARIANT)[1:] if standing.startswith(_VARIANT) else [standing]


def texts_of(zones: Mapping[Zone, Sequence[Position]], tags: Iterable[str]) -> list[str]:
    """What is kept of a record: the text of each zone, and its tags."""
    texts = [" ".join([standing(position)[0] for position in zones.get(zone, ())]) for zone in Zone]
    return [*texts, " ".join([EVERY, *sorted(tag_token(tag) for tag in tags)])]


def columns_of(texts: Sequence[str]) -> list[str]:
    """What :data:`COLUMNS` are given of these texts."""
    found = []
    for text in texts[:-1]:
        several = [one for one in text.split(" ") if one.startswith(_VARIANT)] if _VARIANT in text else ()
        found += [text, " ".join([one for each in several for one in alternatives_of(each)])]
    return [*found, texts[-1]]
