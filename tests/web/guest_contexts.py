"""Made-up contexts of a guest's pages and of the office's page of links."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wtforms import FileField, Form, HiddenField, SelectField, StringField, TextAreaField

DAY = dt.date(2025, 11, 19)
UNTIL = "24.11.2025, 12:30"


class Code(Form):
    code = StringField("Код из письма")


class Decision(Form):
    version = HiddenField(default="7")
    committee = StringField("Протокол органа")
    comment = TextAreaField("Причина или примечание")
    remarks = TextAreaField("Замечания, каждое с новой строки")
    file = FileField("Файл")
    file_kind = SelectField("Что это за файл")

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.file_kind.choices = [("opinion", "особое мнение"), ("redline", "текст с правкой")]


def _head() -> dict[str, Any]:
    return {
        "kind": "соглашение",
        "title": "О совместной работе с сельской библиотекой",
        "drafter": "Дёмина М. И.",
        "name": "Сова А. П., сельская библиотека",
        "until": UNTIL,
        "remarks": [{"text": "п. 3: назвать срок", "state": "принято", "answer": "до 1 декабря"}],
    }


def _document(**more: Any) -> dict[str, Any]:
    form = more.pop("form", Decision())
    file = {"name": "соглашение.docx", "size": "48 КБ", "number": 2, "url": "/guest/1/file"}
    return {
        **_head(),
        "due": DAY,
        "information": False,
        "committee": False,
        "file": file,
        "text": ["1. Стороны договорились.", "2. Срок — год."],
        "form": form,
        "trouble": "",
        "typed": False,
        "decide_url": "/guest/1/decide",
        **more,
    }


def _refused() -> dict[str, Any]:
    form = Decision()
    form.validate()
    form.comment.errors = ["Напишите, что изменить."]
    return _document(form=form, typed=True, trouble="Появилась версия 3. Прочитайте её и решите тогда.")


def _links(**more: Any) -> dict[str, Any]:
    row = {
        "badge": {"look": "work", "label": "открыта"},
        "made": "14.11.2025, 10:00",
        "by": "Лукина О. С.",
        "until": UNTIL,
        "opened": "14.11.2025, 10:20",
        "used": "",
        "revoked": "",
    }
    revoked = {**row, "badge": {"look": "na", "label": "отозвана"}, "by": "", "opened": "", "revoked": "14.11.2025, 09:59"}
    return {
        "document": {"name": "соглашение № 5", "title": "О совместной работе", "url": "/documents/5"},
        "guest": {"name": "Сова А. П.", "email": "sova@library.example", "due": DAY},
        "asked": True,
        "live": True,
        "may_tell_code": True,
        "rows": [row, revoked],
        "trouble": "",
        "fresh": "",
        "code": "",
        "urls": {"make": "/make", "revoke": "/revoke", "code": "/code"},
        **more,
    }


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    done = {**_head(), "sentence": "Вы согласовали 12.11.2025, 10:40.", "comment": "", "committee": "", "file_name": ""}
    refused = {**done, "sentence": "Вы не согласовали.", "comment": "нет средств", "file_name": "мнение.docx", "committee": "№ 4"}
    door = {"form": Code(), "waiting": False, "until": UNTIL, "code_url": "/code", "enter_url": "/enter"}
    fresh = {"fresh": "https://registry.example/guest/?link=abc", "code": "482 913", "trouble": "Ссылка отозвана."}
    return {
        "guest": ("guest.html", door),
        "guest_waiting": ("guest.html", {**door, "waiting": True}),
        "guest_document": ("guest_document.html", _document()),
        "guest_document_refused": ("guest_document.html", _refused()),
        "guest_document_body": ("guest_document.html", _document(committee=True, text=[], file=None, remarks=[], due=None)),
        "guest_document_seen": ("guest_document.html", _document(information=True)),
        "guest_done": ("guest_done.html", done),
        "guest_done_refused": ("guest_done.html", refused),
        "guest_closed": ("guest_closed.html", {"title": "Ссылка не открывается", "sentence": "Ссылку отозвали."}),
        "guest_links": ("guest_links.html", _links()),
        "guest_links_fresh": ("guest_links.html", _links(**fresh)),
        "guest_links_none": ("guest_links.html", _links(rows=[], asked=False, live=False, may_tell_code=False)),
    }
