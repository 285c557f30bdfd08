"""Made-up contexts of the pages of lists, for looking at their templates without views."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Form, TextAreaField, validators


def document(number: str, kind: str) -> dict[str, Any]:
    return {"id": 1, "number": number, "kind": kind, "title": "О подведении итогов учебного года", "date": None}


class BulkAnswers(Form):
    due = DateField("Срок", [validators.InputRequired("Укажите срок.")])
    comment = TextAreaField("Комментарий")


def documents_bulk(step: str) -> dict[str, Any]:
    form = BulkAnswers(MultiDict())
    form.validate()
    order, other = document("98-О", "приказ"), document("99-О", "приказ")
    closed = other | {"why_not": "Документ уже на контроле."}
    steps = {
        "choose": {
            "acts": [{"label": "На контроль", "symbol": "flag", "main": True, "fits": "подходит: 1 из 2", "url": "/x"}],
            "rows": [order, other],
        },
        "preview": {
            "label": "Поставить на контроль",
            "symbol": "flag",
            "will": [order | {"seen": "5:2"}],
            "will_not": [closed],
            "form": form,
            "trouble": "Документ изменился.",
            "name": "put_on_control",
            "query": "year=2025",
        },
        "report": {"label": "Поставить на контроль", "symbol": "flag", "done": [order], "not_done": [closed]},
    }
    return {"step": step, "summary": "подходит: 1 из 2", "back_url": "/documents", **steps[step]}


def documents_filters() -> dict[str, Any]:
    return {
        "columns": [
            {"name": "number", "label": "Номер", "chosen": True, "always": False},
            {"name": "title", "label": "Заголовок", "chosen": True, "always": True},
            {"name": "case", "label": "Дело", "chosen": False, "always": False},
        ],
        "filters": [
            {"id": 1, "name": "Приказы года", "url": "?year=2025", "problem": None},
            {"id": 2, "name": "", "url": "?", "problem": "Фильтр находят по названию. Впишите его."},
        ],
        "limit": 20,
        "name_limit": 60,
        "query": "year=2025",
        "back_url": "/documents",
    }


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    """Template and context by the name of the look."""
    bulk = {f"documents_bulk_{step}": ("documents_bulk.html", documents_bulk(step)) for step in ("choose", "preview", "report")}
    return {**bulk, "documents_filters": ("documents_filters.html", documents_filters())}
