"""A question as an address says it: what pages link to, and what a saved search keeps."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from roadmapdocs.search.answers import LONGEST_QUERY, MOST_WORDS, Asked
from roadmapdocs.search.ports import RANKED, Sort
from roadmapdocs.search.tags import FACETS

#: Hits of one page.
PAGE: Final = 20
LAST_PAGE: Final = RANKED // PAGE
#: A kept address is no longer than this.
LONGEST_ADDRESS: Final = 20_000
_MOST_VALUES = 50
_LONGEST_VALUE = 200
_LONGEST_CHIP = 32


def asked_of(pairs: Iterable[tuple[str, str]], *, today: dt.date) -> Asked:
    """The question of an address. What makes no sense in it is passed over.

    ``was`` is the question to which ``ignore`` and ``literal`` belong: they go with it when another one is typed.
    """
    said: dict[str, list[str]] = {}
    for name, value in pairs:
        said.setdefault(name, []).append(value)
    # One letter more than is read, so that whoever reads it knows that there was more.
    query = _plain(_last(said, "q")[: LONGEST_QUERY + 1])
    same = "was" not in said or _plain(_last(said, "was")) == query
    ignored = {value for value in said.get("ignore", ())[:MOST_WORDS] if 0 < len(value) <= _LONGEST_CHIP}
    return Asked(
        query,
        narrowed=_narrowed(said),
        in_force=(_day(_last(said, "on")) or today) if _last(said, "in_force") else None,
        ignored=frozenset(ignored) if same else frozenset(),
        literal=same and _last(said, "literal") == "1",
        growing=_last(said, "growing") == "1",
        sort=Sort(sort) if (sort := _last(said, "sort")) in set(Sort) else Sort.RELEVANCE,
        offset=(_page(_last(said, "page")) - 1) * PAGE,
        limit=PAGE,
    )


def asked_of_query(query: str, *, today: dt.date) -> Asked:
    """As :func:`asked_of`, of a query string, whatever version of the program wrote it."""
    return asked_of(parse_qsl(query[:LONGEST_ADDRESS]), today=today)


def query_of(asked: Asked, *, today: dt.date) -> str:
    """The query string of a question. In force today is kept as that, on whichever day it is read again."""
    said: list[tuple[str, object]] = [("q", asked.query)] if asked.query else []
    for facet in FACETS:
        said += [(facet, value) for value in sorted(asked.narrowed.get(facet, ()))]
    if asked.in_force is not None:
        said.append(("in_force", 1))
        if asked.in_force != today:
            said.append(("on", asked.in_force.isoformat()))
    said += [("ignore", chip) for chip in sorted(asked.ignored)]
    if asked.literal:
        said.append(("literal", 1))
    if asked.sort is not Sort.RELEVANCE:
        said.append(("sort", asked.sort))
    if asked.offset >= PAGE:
        said.append(("page", asked.offset // PAGE + 1))
    return urlencode(said)


def without(asked: Asked, facet: str, value: str) -> Asked:
    """The question with one value of a facet taken off."""
    narrowed = {name: values - {value} if name == facet else values for name, values in asked.narrowed.items()}
    return replace(asked, narrowed={name: values for name, values in narrowed.items() if values}, offset=0)


def asks_something(asked: Asked) -> bool:
    """Whether there is anything to look for: words, or conditions alone."""
    return bool(asked.query or asked.narrowed or asked.in_force)


def _narrowed(said: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    found = {
        facet: frozenset(value for value in said.get(facet, ())[:_MOST_VALUES] if 0 < len(value) <= _LONGEST_VALUE)
        for facet in FACETS
    }
    return {facet: values for facet, values in found.items() if values}


def _last(said: Mapping[str, list[str]], name: str) -> str:
    return said[name][-1] if name in said else ""


def _plain(text: str) -> str:
    """In one line, without control characters: nobody sees them, and PostgreSQL keeps no NUL."""
    letters = (" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in text)
    return " ".join("".join(letters).split())


def _day(text: str) -> dt.date | None:
    """A day in ISO text, or typed as 16.03.2026 where a browser has no calendar."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            day = dt.datetime.strptime(text[:10], form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
        return day if 1900 <= day.year <= 2199 else None
    return None


def _page(text: str) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
