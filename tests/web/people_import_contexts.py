"""Made-up contexts of the pages of taking people in, and of the office's own sign-in, for looking at their templates without views."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from wtforms import BooleanField, Form, PasswordField, StringField, validators
from wtforms.fields import FileField

from roadmapdocs.people.incoming import Kind, Line, What

_LINES = [
    (Line(What.REFUSED, Kind.EMPLOYEE, "строка 3", "Ли Ян", "Пол по имени не определяется. Укажите его."), "сотрудник", ""),
    (Line(What.ENDED, Kind.POST, "17 / отдел / методист", "методист", "по 15.03.2026"), "должность", "4"),
    (Line(What.CHANGED, Kind.EMPLOYEE, "17", "Лукина Ольга Сергеевна", "«l@example.org» → «o@example.org»"), "сотрудник", "4, 5"),
    (Line(What.MADE, Kind.UNIT, "отдел чтения", "Отдел чтения"), "подразделение", "2, 3, 4, 5, 6…"),
    (Line(What.SAME, Kind.USER, "17", "lukina"), "учётная запись", "4"),
]


class SignIn(Form):
    login = StringField("Логин")
    password = PasswordField("Пароль")


class Upload(Form):
    file = FileField("Файл", [validators.InputRequired("Выберите файл.")])
    complete = BooleanField("Это все, кто работает")



def preview(**more: Any) -> dict[str, Any]:
    counts = [(str(what), 1, f"?show={what}") for what in (What.REFUSED, What.ENDED, What.CHANGED, What.MADE, What.SAME)]
    page: dict[str, Any] = {"first": 1, "last": 5, "total": 120, "previous_url": None, "next_url": "?page=2", "pages": []}
    context = {
        "upload": {"name": "люди.xlsx", "complete": True},
        "token": "подпись",
        "counts": counts,
        "show": "",
        "rows": _LINES,
        "page": page,
        "changes": True,
        "refused": "",
    }
    return context | more


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    """name of a look → (template, its context without shell)."""
    empty = Upload()
    empty.validate()
    office = {"settings": lambda: SimpleNamespace(oidc_issuer="https://id.example.org"), "request": SimpleNamespace(args={})}
    return {
        "sign_in_office": ("sign_in.html", {"form": SignIn(), "refusal": None, **office}),
        "sign_in_left": ("office_sign_in/left.html", {"provider": "id.example.org"}),
        "people_import": ("people_import/upload.html", {"form": Upload(), "limits": "Excel или CSV"}),
        "people_import_refused": ("people_import/upload.html", {"form": empty, "limits": "Excel или CSV"}),
        "people_import_preview": ("people_import/preview.html", preview()),
        "people_import_done": ("people_import/preview.html", preview(changes=False, rows=_LINES[-1:], counts=[])),
        "people_import_closed": ("people_import/preview.html", preview(changes=False, rows=_LINES[:1], refused="Исправьте строки.")),
    }
