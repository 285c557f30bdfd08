"""Contexts of the check before signing."""

from __future__ import annotations

from typing import Any

from tests.web import card_contexts, sheet_contexts

COUNTS = [
    {"look": "late", "label": "1 грубое"},
    {"look": "work", "label": "1 замечание"},
    {"look": "info", "label": "1 на заметку"},
]


def line(look: str, word: str, **more: Any) -> dict[str, Any]:
    return {
        "look": look,
        "word": word,
        "place": "гриф, приложение № 2",
        "sentence": "Номер здесь 179-П, а у названного документа 178-П.",
        "mend": "Исправьте номер в грифе или в отметке и добавьте файл новой версией.",
        "code": "",
        "button": "Исправить",
        "after": "",
        **more,
    }


def findings() -> list[dict[str, Any]]:
    stop = {"place": "заголовок", "code": "heading_stop", "after": "Об утверждении положения о смотре школьных библиотек"}
    return [line("late", "грубое"), line("work", "замечание", **stop), line("work", "замечание", **stop), line("info", "на заметку")]


def block(**more: Any) -> dict[str, Any]:
    return {
        "counts": COUNTS,
        "findings": findings(),
        "more": 2,
        "grave": findings()[:1],
        "unchecked": "Не проверено: 3 пункта (нет файла).",
        "revision": 4,
        "url": "/checks/5",
        "mend_url": "/checks/5/mend",
        **more,
    }


def page(**more: Any) -> dict[str, Any]:
    return {
        "document": card_contexts.document_card()["document"],
        "counts": COUNTS,
        "findings": findings(),
        "passed": ["Дата в тексте и в карточке одна", "Есть пункт о контроле исполнения"],
        "unchecked": [{"title": "Бумага формата А4", "why": "нет файла"}],
        "revision": 4,
        "mend_url": "/checks/5/mend",
        "back_url": "/documents/5",
        **more,
    }


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    """Template and context by the name of the look."""
    clean = {"findings": [], "passed": [], "unchecked": [], "counts": [{"look": "ok", "label": "ничего не найдено"}]}
    quiet = block(findings=[], grave=[], unchecked="", more=0, counts=clean["counts"])
    card = card_contexts.document_card()
    return {
        "checks": ("checks.html", page()),
        "checks_clean": ("checks.html", page(**clean)),
        "document_checks": ("document.html", card | {"checks": block()}),
        "sheet_checks": ("sheet.html", sheet_contexts.looks()["sheet"][1] | {"checks": block()}),
        "document_checks_clean": ("document.html", card | {"checks": quiet}),
    }
