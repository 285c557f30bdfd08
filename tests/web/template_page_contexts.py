"""Made-up contexts of the pages of document templates, for looking at them without views."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wtforms import DateField, FileField, Form, HiddenField, StringField, validators

DAY = dt.date(2025, 8, 18)
AT = dt.datetime(2025, 8, 11, 9, 30, tzinfo=dt.UTC)


class Fields(Form):
    file = FileField("Файл Word (.docx)")
    since = DateField("Действует для документов, датированных с", [validators.InputRequired("Назовите день.")])
    note = StringField("Что изменилось", description="Для тех, кто придёт после; может быть пусто.")
    kept = HiddenField()


def row(name: str, path: str, **more: Any) -> dict[str, Any]:
    shipped = {"kinds": [], "url": f"/templates/{path}", "source": "shipped", "number": 0, "since": None}
    return {"name": name, "path": path} | shipped | more


def templates() -> dict[str, Any]:
    own = row("Приказ", "order.docx", kinds=["Приказ", "Приказ (АХД)"], source="own", number=3, since=DAY)
    return {"rows": [own, row("План", "plan.docx", source="folder"), row("Журнал регистрации", "journal.docx")]}


def version(number: int, state: str, **more: Any) -> dict[str, Any]:
    addresses = {"file_url": "/f", "sample_url": "/s", "withdraw_url": "/w"}
    told = {"name": "приказ с гербом.docx", "since": DAY, "note": "", "added_by": "Орлова Т. В.", "added_at": AT, "made": 0, "documents": []}
    return {"number": number, "state": state} | addresses | told | more


def template(**more: Any) -> dict[str, Any]:
    made = [{"name": "приказ № 12-ОД от 14.09.2025", "title": "О неделе чтения", "url": "/documents/1"}]
    return {
        "about": {"name": "Приказ", "path": "order.docx", "source": "own", "number": 2, "since": DAY},
        "checked": None,
        "form": Fields(),
        "versions": [
            version(3, "to_come", note="Новый герб"),
            version(2, "counts", made=4, documents=made),
            version(1, "before", name="п" * 120 + ".docx"),
            version(4, "withdrawn"),
        ],
        "has_folder": True,
        "words": [("points", "список", "пункты и подпункты подряд"), ("points[].text", "текст", "текст"), ("number", "текст", "номер без знака №")],
        "urls": {"form": "/x", "sample": "/x/sample", "pdf": "/x/pdf", "file": "/x/file", "shipped": "/x/file?of=shipped", "back": "/templates/"},
    } | more


def checked(sound: bool) -> dict[str, Any]:
    form = Fields(kept="token")
    form.validate()
    late = {"look": "late", "word": "ошибка", "sentence": "Имени «nmber» нет. Имелось в виду number? В тексте, таблица 1, строка 2, ячейка 3: «№ {{ nmber }}»."}
    work = {"look": "work", "word": "замечание", "sentence": "Шаблон не печатает «signers»."}
    findings = [work] if sound else [late, work]
    return template(form=form, checked={"name": "приказ.docx", "findings": findings, "errors": 0 if sound else 1, "sound": sound})


def nothing() -> dict[str, Any]:
    shipped = {"name": "Приказ", "path": "order.docx", "source": "shipped", "number": 0, "since": None}
    return template(versions=[], has_folder=False, about=shipped)


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    return {
        "templates": ("templates.html", templates()),
        "template": ("template.html", template()),
        "template_new": ("template.html", nothing()),
        "template_bad": ("template.html", checked(sound=False)),
        "template_sound": ("template.html", checked(sound=True)),
    }
