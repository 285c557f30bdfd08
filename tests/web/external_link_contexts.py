"""Made-up contexts of what is linked in other programs, for looking at templates without views."""

from __future__ import annotations

from typing import Any


def choose(**more: Any) -> dict[str, Any]:
    found = [
        {"value": "partner/1", "title": "Контрагент: ООО «Книжный двор»", "url": "/partners/1"},
        {"value": "partner/2", "title": "Контрагент: Районная библиотека имени Бажова", "url": ""},
    ]
    return {
        "over": "Приказ от 10.11.2025 № 41-О",
        "title": "О неделе чтения",
        "menu": "documents",
        "here_url": "/x",
        "back_url": "/x",
        "q": "книжный",
        "found": found,
        "trouble": None,
    } | more


def block() -> dict[str, Any]:
    """``external`` of a document's card and of an item's page."""
    links = [
        {"title": "Контрагент: ООО «Книжный двор»", "url": "/partners/1", "remove_url": "/x"},
        {"title": "Задача: Провести смотр школьных библиотек", "url": "", "remove_url": None},
    ]
    return {"links": links, "add_url": "/x"}


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    return {
        "external_link": ("external_link.html", choose()),
        "external_link_none": ("external_link.html", choose(found=[])),
        "external_link_empty": ("external_link.html", choose(found=[], q="", menu="roadmaps")),
        "external_link_refused": ("external_link.html", choose(trouble="Ничего не выбрано.")),
    }
