"""Made-up contexts of the pages of search, for looking at their templates without views."""

from __future__ import annotations

import datetime as dt
from typing import Any

from markupsafe import Markup


def text(words: str) -> list[tuple[str, bool]]:
    """«О районном [зачёте]» as pairs: what stands in brackets is marked."""
    pairs = []
    for part in words.split("["):
        marked, bracket, rest = part.partition("]")
        pairs += [(marked, True), (rest, False)] if bracket else [(marked, False)]
    return [pair for pair in pairs if pair[0]]


def hit(**more: Any) -> dict[str, Any]:
    return {
        "url": "/documents/1",
        "name": "№ 187-ОД",
        "kind": "приказ",
        "date": dt.date(2024, 11, 15),
        "signer": "Ветрова М. И.",
        "badges": [{"look": "ok", "label": "действует", "symbol": None}],
        "title": text("Об итогах районного [зачёта] по [чтению]"),
        "fragments": [text("…подвести итоги [зачёта] и разобрать работы <b>пятых</b> классов…")],
        "foot": [
            {"words": "в тексте файла, стр. 1", "link": "", "url": ""},
            {"words": "изменён:", "link": "приказ № 88-ОД", "url": "/documents/2"},
        ],
        "exact": False,
        "ended": False,
        "annulled": False,
    } | more


def facet(name: str, label: str, many: int) -> dict[str, Any]:
    values = [{"value": f"v{i}", "label": f"{label} {i}", "count": 9 - i, "chosen": not i} for i in range(many)]
    return {"name": name, "label": label, "values": values[:6], "more": values[6:]}


def form(**more: Any) -> dict[str, Any]:
    sorts = [("relevance", "по близости", True), ("date", "по дате", False), ("number", "по номеру", False)]
    return {
        "q": "приказ 34 зачёт по чтеню",
        "in_force": True,
        "on": "2025-11-14",
        "ignored": ["kind.0"],
        "literal": True,
        "sorts": sorts,
        "narrowed": 2,
        "widen_url": "/search/?q=x",
        "may_be_told": True,
    } | more


def found(**more: Any) -> dict[str, Any]:
    same = {"look": "info", "label": "номер совпал", "symbol": "stamp"}
    ended = {"look": "plain", "label": "утратил силу", "symbol": None}
    annulled = {"look": "plain", "label": "регистрация аннулирована", "symbol": None}
    note = {"look": "info", "text": Markup("показано по слову <b>чтение</b>"), "act": {"label": "Искать точно", "url": "?literal=1"}}
    return {
        "url": "/search/?q=x",
        "total": "Найдено: 47",
        "notes": [note, {"look": "work", "text": "Индекс строится заново.", "act": None}],
        "suggestions": [{"label": "зачёт по чтению", "url": "?q=1"}, {"label": "зачёт по черчению", "url": "?q=2"}],
        "nothing": None,
        "shown_query": "зачёт по чтению",
        "hits": [
            hit(exact=True, badges=[same]),
            hit(ended=True, badges=[ended]),
            hit(exact=True, annulled=True, badges=[same, annulled]),
            hit(name="", kind="пункт дорожной карты", date=None, signer="", fragments=[], foot=[], badges=[]),
        ],
        "first_wins": True,
        "pager": {
            "first": 21,
            "last": 40,
            "total": 47,
            "beyond": False,
            "previous_url": "?page=1",
            "next_url": "?page=3",
            "pages": [("1", "?page=1", False), ("2", "?page=2", True), ("3", "?page=3", False)],
        },
        "tried": [],
        "exports": [{"label": "XLSX", "url": "/search/export.xlsx?q=x"}],
        "export_limit": 1000,
        "keep": {"query": "q=x", "name": "приказ 34"},
    } | more


def answer(**more: Any) -> dict[str, Any]:
    return {
        **form(),
        "chips": [
            {"word": "вид", "value": "приказ", "symbol": "doc", "url": "?ignore=kind.0"},
            {"word": "дата", "value": "с 01.01.2024", "symbol": "cal", "url": "?ignore=date.0"},
        ],
        "words": "зачёт, чтение",
        "excluded": "черчение",
        "facets": [facet("kind", "Вид", 9), facet("year", "Год", 2)],
        "found": found(),
    } | more


def nothing() -> dict[str, Any]:
    ways = [{"label": "Без условия «вид: приказ»", "url": "?q=x"}]
    return answer(found=found(hits=[], total="Ничего не найдено", notes=[], shown_query="", tried=ways))


def kept(**more: Any) -> dict[str, Any]:
    return {"id": 1, "name": "Чтение", "url": "/search/saved/1", "words": "«чтение», вид", "notify": True} | more


def start() -> dict[str, Any]:
    asked = form(q="", in_force=False, ignored=[], literal=False, narrowed=0)
    example = {"query": "178-П", "words": "номер", "url": "?q=178-П"}
    nothing_asked: dict[str, Any] = {"chips": [], "words": "", "excluded": "", "facets": [], "found": None}
    mine = [kept(), kept(id=2, notify=False)]
    return {**asked, **nothing_asked, "examples": [example], "saved": mine, "keeps_abbreviations": True}


def saved() -> dict[str, Any]:
    wrong = kept(id=2, name="", notify=False, problem="Поиск находят по названию. Впишите его.")
    return {"saved": [kept(problem=None), wrong], "limit": 20, "name_limit": 60, "may_be_told": True}


def like(**more: Any) -> dict[str, Any]:
    return {"q": "", "likened": "Приказ № 1 «О чтении»", "card_url": "/documents/1", "hits": [hit(), hit()]} | more


def spelling(text: str, **more: Any) -> dict[str, Any]:
    return {"id": 1, "text": text, "source": "", "active": True, "own": False, "waits": False} | more


def abbreviations(**more: Any) -> dict[str, Any]:
    found = spelling("школа с низкими результатами", source="найдено в: дорожная карта", active=False, waits=True)
    own = spelling("ПНОР", source="добавлено управлением", own=True)
    group = {"id": 1, "waits": True, "spellings": [spelling("ШНОР"), found, own, spelling("ШНРО", active=False)]}
    return {"q": "", "groups": [group], "typed": ["ШНОР", "", ""], "problem": "Впишите, что это значит."} | more


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    """Template and context by the name of the look."""
    return {
        "search": ("search.html", answer()),
        "search_nothing": ("search.html", nothing()),
        "search_start": ("search.html", start()),
        "search_saved": ("search_saved.html", saved()),
        "search_saved_none": ("search_saved.html", saved() | {"saved": []}),
        "search_abbreviations": ("search_abbreviations.html", abbreviations()),
        "search_abbreviations_none": ("search_abbreviations.html", abbreviations(q="x", groups=[], problem=None)),
        "search_like": ("search_like.html", like()),
        "search_like_none": ("search_like.html", like(hits=[])),
    }
