"""Made-up contexts of the pages of cases, for looking at their templates without views."""

from __future__ import annotations

from typing import Any

from tests.web.absence_contexts import PLACES

_CASES = ("родительный (кого?)", "дательный (кому?)", "винительный (кого?)", "творительный (кем?)", "предложный (о ком?)")
_PARTS = ("Фамилия", "Имя", "Отчество")


def _cell(place: int, label: str, value: str, computed: str, error: str = "") -> dict[str, Any]:
    corrected = value != computed
    return {"id": f"{label}-{place}", "label": label, "value": value, "computed": computed, "corrected": corrected, "error": error}


def _name(error: str = "") -> dict[str, Any]:
    rows = [
        {
            "case": case,
            "cells": [
                _cell(place, label, "Гогия" if label == "Фамилия" and place == 0 else "Гогии", "Гогии", error if place == 1 else "")
                for label in _PARTS
            ],
            "before": "Н.Ш.\N{NO-BREAK SPACE}Гогия",
            "after": "Гогия\N{NO-BREAK SPACE}Н.Ш.",
        }
        for place, case in enumerate(_CASES)
    ]
    initials = ["Н.Ш.\N{NO-BREAK SPACE}Гогия", "Гогия\N{NO-BREAK SPACE}Н.Ш."]
    refused = {"refused": error, "refused_field": "Фамилия-1" if error else ""}
    return {"title": "Гогия Нана Шотаевна", "initials": initials, "rows": rows, **refused}


def _post() -> dict[str, Any]:
    title = "заместитель начальника управления образования по вопросам общего образования и воспитания"
    rows = [{"case": case, "cells": [_cell(place, "Должность", title, title)], "before": "", "after": ""} for place, case in enumerate(_CASES)]
    return {"title": title, "initials": [], "rows": rows, "refused": "", "refused_field": ""}


def _list(**more: Any) -> dict[str, Any]:
    people = [{"name": f"Лукина Ольга {place}", "url": "#", "corrected": place == 1} for place in range(3)]
    posts = [{"name": "методист информационно-методического отдела", "url": "#", "corrected": False}]
    return {"places": PLACES, "q": "", "people": people, "posts": posts, "more": False} | more


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    """name of a look → (template, its context without shell)."""
    return {
        "name_forms": ("name_forms.html", _list()),
        "name_forms_none": ("name_forms.html", _list(q="Ъ", people=[], posts=[], more=True)),
        "name_form": ("name_form.html", _name()),
        "name_form_refused": ("name_form.html", _name("«Гогия 2» – не форма имени: пишите буквами, не больше 100.")),
        "name_form_post": ("name_form.html", _post()),
    }
