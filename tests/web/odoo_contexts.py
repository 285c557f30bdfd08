"""Made-up contexts of the pages that tell programs what they may call, for looking at their templates without views."""

from __future__ import annotations

from typing import Any

LONG = "search_read(domain=None, fields=None, offset=0, limit=None, order='', load='_classic_read')"


def model(name: str = "roadmap.document", **more: Any) -> dict[str, Any]:
    return {"name": name, "title": "документ", "url": "/x", "does": "читать, заводить, менять"} | more


def one_model(**more: Any) -> dict[str, Any]:
    return {
        "model": model(),
        "fields": [
            {"name": "name", "title": "Заголовок", "type": "char", "given": "всегда", "help": ""},
            {"name": "kind_id", "title": "Вид", "type": "many2one → roadmap.document.kind", "given": "при создании", "help": ""},
            {"name": "state", "title": "Состояние", "type": "selection", "given": "", "help": "Шесть линий одним словом."},
        ],
        "methods": [
            {"signature": "action_approve(ids, comment='')", "title": "Согласовать", "scope": "меняет", "own": True},
            {"signature": LONG, "title": "Строки по условиям", "scope": "читает", "own": False},
        ],
        "back": "/doc",
    } | more


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    return {
        "odoo_doc": ("odoo_doc.html", {"models": [model(), model("res.users", title="учётная запись", does="читать")]}),
        "odoo_model": ("odoo_model.html", one_model()),
        "odoo_model_listed": ("odoo_model.html", one_model(model=model("ir.model", does="читать"), methods=one_model()["methods"][1:])),
    }
