"""Made-up contexts of the pages of control, for looking at their templates without views."""

from __future__ import annotations

import datetime as dt
from typing import Any

DAY = dt.date(2025, 11, 17)


def figure(number: int, *, late: bool = False) -> dict[str, Any]:
    return {"number": number, "url": "/list" if number else None, "late": late}


def row(**more: Any) -> dict[str, Any]:
    return {
        "id": 4,
        "url": "/assignments/4",
        "text": "Представить сведения об участии школ в неделе чтения",
        "source": "Приказ № 98-О от 10.11.2025",
        "source_url": "/documents/5",
        "point": "2.1",
        "responsible": "Иванченко И. И.",
        "gone": False,
        "controller": "Лаврова О. С.",
        "due": DAY,
        "first_due": None,
        "late": "",
        "is_late": False,
        "badge": {"look": "work", "label": "в работе", "symbol": None},
        "on_control": True,
    } | more


def late_row() -> dict[str, Any]:
    return row(
        gone=True, late="на 12 дней (рабочих 8)", is_late=True, first_due=dt.date(2025, 10, 1), source_url=None, controller="", point=""
    )


def chip(label: str, count: int | None, **more: Any) -> dict[str, Any]:
    return {"label": label, "url": "?x=1", "current": False, "count": count, "late": False, "symbol": None} | more


def page() -> dict[str, Any]:
    return {
        "first": 1,
        "last": 50,
        "total": 93,
        "previous_url": None,
        "next_url": "?page=2",
        "pages": [("1", "?page=1", True), ("2", "?page=2", False)],
    }


def control(report: str, **more: Any) -> dict[str, Any]:
    labels = (("К сроку", 12), ("Просрочено", 3), ("Дисциплина", None))
    return {
        "report": report,
        "own_only": False,
        "tabs": [chip(label, count, late=label == "Просрочено", current=not place) for place, (label, count) in enumerate(labels)],
        "summary": "12 поручений",
        "tokens": [{"label": "Подразделение", "value": "Отдел образования", "remove_url": "/control"}],
        "form": {
            "action": "/control/late",
            "hidden": [("document", "5")],
            "since": "2025-01-01",
            "until": "",
            "has_period": report not in {"due", "roadmap"},
            "has_roadmap": report != "roadmap",
            "days": 7 if report == "due" else None,
            "person": "Иванченко",
            "controller": "",
            "units": [("", "любое", True), ("1", "Отдел образования", False)],
            "roadmaps": [("", "любая", True)],
            "on_control": True,
        },
        "exports": [{"label": "XLSX", "url": "/control/file?format=xlsx"}, {"label": "DOCX", "url": "/control/file"}],
        "left": 2,
        "left_url": "/control/list?which=left",
        "turned": True,
        "period": {"since": dt.date(2025, 1, 1), "until": None},
    } | more


def bare(report: str, **more: Any) -> dict[str, Any]:
    """Without conditions and without anything to show."""
    calm = {"tokens": [], "left": 0, "turned": False, "own_only": True, "period": {"since": None, "until": None}}
    return control(report, **{**calm, **more})


def discipline() -> dict[str, Any]:
    cells = [*(figure(number, late=number == 3) for number in (9, 5, 1, 3, 1, 0)), {"number": None, "share": 55}, figure(2)]
    none = [*(figure(0) for _ in range(6)), {"number": None, "share": None}, figure(0)]
    person = {"name": "Иванченко И. И.", "gone": True, "depth": 0, "url": "/x", "cells": cells}
    units = [{"name": f"Отдел {depth}", "gone": False, "depth": depth, "url": "/x", "cells": none} for depth in range(5)]
    return control("discipline", people=[person], units=units, total=cells, pager=page())


def extensions() -> dict[str, Any]:
    people = [{"name": "Иванченко И. И.", "url": "/x", "cells": [3, 1, 1, 1, 0]}]
    heads = ("Запрошено", "Разрешено", "Отказано", "Ждёт ответа", "Перенесено без запроса")
    return control("extensions", heads=heads, people=people, total=[3, 1, 1, 1, 0], rows=[late_row() | {"times": 2}], pager=page())


def counts(late: int) -> dict[str, Any]:
    return {"given": figure(5), "live": figure(3), "late": figure(late, late=True), "done": figure(2)}


def documents() -> dict[str, Any]:
    known = {"name": "Приказ № 98-О", "title": "О неделе чтения", "url": "/documents/5", "rows": [row(source="")], "rest": 3}
    hidden = {"name": "документ с ограниченным доступом", "title": "", "url": None, "rows": [], "rest": 0}
    parts = [one | {"counts": counts(place), "all_url": "/list"} for place, one in enumerate((hidden, known))]
    return control("documents", documents=parts, pager=page())


def roadmap() -> dict[str, Any]:
    item = {"number": "1.1", "title": "Провести неделю чтения", "url": "/items/1", "expected": 3, "proved": 2, "late": 1}
    bare_item = item | {"expected": 0, "proved": 0, "late": 0, "counts": counts(0)}
    sections = [
        {"title": "1. Библиотеки", "counts": counts(1), "proved": 2, "expected": 3, "rows": [item | {"counts": counts(1)}, bare_item]},
        {"title": "", "counts": None, "proved": 0, "expected": 0, "rows": [bare_item]},
    ]
    choice = {"action": "/control/roadmap", "hidden": [], "fields": [{"name": "roadmap", "label": "Карта", "options": [("1", "Чтение", True)]}]}
    return control("roadmap", roadmap={"id": 1, "title": "Развитие чтения"}, choice=choice, sections=sections)


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    """Template and context by the name of the look."""
    chips = [chip("7 рабочих дней", None, current=True)]
    days = [{"day": DAY, "count": 3, "note": "осталось 3 рабочих дня", "rows": [row(), late_row()]}]
    person = {"person": 1, "name": "Иванченко И. И.", "gone": True, "count": 3, "longest": "дольше всего на 12 дней", "url": "/x"}
    return {
        "control_due": ("control_due.html", control("due", groups=days, chips=chips, pager=page())),
        "control_due_none": ("control_due.html", bare("due", groups=[], chips=chips, pager=page())),
        "control_late": ("control_late.html", control("late", groups=[person | {"rows": [late_row()]}], pager=page())),
        "control_late_none": ("control_late.html", bare("late", groups=[], pager=page())),
        "control_discipline": ("control_discipline.html", discipline()),
        "control_discipline_none": ("control_discipline.html", control("discipline", people=[], units=[], total=None, pager=page())),
        "control_extensions": ("control_extensions.html", extensions()),
        "control_extensions_none": ("control_extensions.html", bare("extensions", heads=(), people=[], total=None, rows=[], pager=page())),
        "control_documents": ("control_documents.html", documents()),
        "control_documents_none": ("control_documents.html", bare("documents", documents=[], pager=page())),
        "control_roadmap": ("control_roadmap.html", roadmap()),
        "control_roadmap_none": ("control_roadmap.html", bare("roadmap", roadmap=None, choice=None, sections=[])),
        "control_list": ("control_list.html", control("list", title="Уволенные", rows=[late_row()], reassign_url="/x", pager=page())),
        "control_list_none": ("control_list.html", bare("list", title="Исполнено", rows=[], reassign_url=None, pager=page())),
    }
