"""Questions of tests: a small lexicon, and plans in one line.

In such a line ``a&b`` are both, ``(a|b)`` either, ``!a`` without, ``a b`` in quotes a phrase, ``a*`` a beginning,
``[…]`` tags, ``title:`` and the like the zone; terms of one place are joined by ``/``.
"""

from __future__ import annotations

import datetime as dt

from roadmapdocs.search.answers import Asked
from roadmapdocs.search.ports import (
    Both,
    Either,
    Every,
    Node,
    Phrase,
    Plan,
    Prefix,
    Tagged,
    Without,
    Word,
    Zone,
)
from roadmapdocs.search.query import KindWords, Lexicon, Named, Understood, plan, read
from roadmapdocs.search.tags import force_tags_on

TODAY = dt.date(2026, 3, 16)
LEXICON = Lexicon(
    kinds=(
        KindWords("order_main", ("приказ", "Приказ по основной деятельности", "приказа", "приказом"), "приказ"),
        KindWords("order_staff", ("приказ (ЛС)", "Приказ по личному составу", "приказа"), "приказ"),
        KindWords("regulation", ("положение", "положения"), "положение"),
        KindWords("protocol", ("протокол", "Протокол заседания"), "протокол"),
        KindWords("note", ("аналитическая справка", "Справка", "справки"), "аналитическая справка"),
        KindWords("plan", ("план",), "план"),
        KindWords("roadmap", ("дорожная карта", "дорожной карты"), "план"),
        KindWords("programme", ("программа",), "программа"),
    ),
    units=(Named(4, ("Управление образования", "УО")), Named(7, ("Информационно-методический отдел", "ИМО"))),
    roadmaps=(Named(1, ("Дорожная карта развития чтения",)), Named(2, ("План повышения качества образования",))),
    groups=(
        ("МСОКО", "муниципальная система оценки качества образования"),
        ("ШНОР", "ШНРО", "школы с низкими образовательными результатами"),
        ("МППКО", "муниципальная программа повышения качества образования"),
        ("ИМО", "информационно-методический отдел"),
        ("КО", "качество образования"),
    ),
)


def understood(question: str, *, ignored: frozenset[str] = frozenset(), growing: bool = False) -> Understood:
    return read(question, LEXICON, today=TODAY, ignored=ignored, growing=growing)


def planned(question: str, *, growing: bool = False, **asked: object) -> Plan:
    wanted = Asked(question, growing=growing, **asked)  # type: ignore[arg-type]  # whatever a test narrows by
    return plan(understood(question, growing=growing), readable=frozenset({"may:clerk"}), asked=wanted)


def line(node: Node) -> str:
    """The node in one line, in an order of its own."""
    match node:
        case Word(terms, zone):
            return _zoned("/".join(sorted(terms)), zone)
        case Phrase(places, zone):
            return _zoned('"' + " ".join("/".join(sorted(place)) for place in places) + '"', zone)
        case Prefix(start, zone):
            return _zoned(f"{start}*", zone)
        case Tagged(tags):
            return _tags(tags)
        case Both(nodes):
            return "&".join(line(one) for one in nodes)
        case Either(nodes):
            return f"({'|'.join(line(one) for one in nodes)})"
        case Without(inside):
            return f"!({line(inside)})" if isinstance(inside, Both) else f"!{line(inside)}"
        case Every():
            return "every"


def _zoned(text: str, zone: Zone | None) -> str:
    return f"{zone}:{text}" if zone else text


def _tags(tags: frozenset[str]) -> str:
    if any(tag.startswith("force.on:") for tag in tags):
        first = dt.date(2000, 1, 1)
        days = (first + dt.timedelta(days=shift) for shift in range(20_000))
        return f"[on {next(day for day in days if force_tags_on(day) == tags):%d.%m.%Y}]"
    years = sorted(tag.removeprefix("year:") for tag in tags if tag.startswith("year:"))
    if len(years) > 2:
        others = sorted(tags - {f"year:{year}" for year in years})
        return f"[{' '.join([*others, f'years {years[0]}-{years[-1]}'])}]"
    return f"[{' '.join(sorted(tags))}]"

