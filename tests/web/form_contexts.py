"""Made-up contexts of the pages on which a card is made and changed, for looking at their templates without views."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    validators,
)


class Card(Form):
    kind = SelectField("Вид")
    preparation = RadioField("Что это за документ?")
    number = StringField("Номер")
    date = DateField("Дата", [validators.InputRequired("Укажите дату документа.")])
    title = StringField("Заголовок", [validators.InputRequired("Впишите заголовок.")])
    body = StringField("Кто заседал")
    summary = TextAreaField("О чём")
    signer = StringField("Подписал")
    drafter = StringField("Исполнитель")
    mark = SelectField("Доступ")
    mark_basis = StringField("Основание ограничения")
    notes = TextAreaField("Примечания")
    file = FileField("Файл")
    revision = HiddenField(default="3")

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.kind.choices = [("order_main", "Приказ"), ("protocol", "Протокол")]
        self.preparation.choices = [("draft", "Проект"), ("signed", "Уже подписан и зарегистрирован")]
        self.mark.choices = [("general", "общего пользования"), ("official", "ДСП")]


class Version(Form):
    file = FileField("Файл", [validators.InputRequired("Выберите файл.")])
    comment = TextAreaField("Что нового")


class CheckIn(Form):
    comment = TextAreaField("Что нового в этой редакции")
    confirmed = BooleanField("Оставить моё, хотя документ тоже изменили")


class Discard(Form):
    reason = TextAreaField("Почему копия больше не нужна")


ORDER = {"id": 5, "kind": "приказ", "number": "214-О", "title": "О неделе чтения"}
COPY = {"id": 9, "kind": "приказ", "number": "", "title": "О неделе чтения и письма"}


def document_form() -> dict[str, Any]:
    sent = {"kind": "order_main", "number": "214-О", "preparation": "signed", "date": "", "title": "", "mark": "general"}
    form = Card(MultiDict(sent))
    form.validate()
    return {
        "form": form,
        "document": None,
        "kind": "Приказ по основной деятельности",
        "fixed": [],
        "folded": ["mark", "mark_basis", "notes"],
        "unfolded": False,
        "people": [{"value": "Ветлугин М. И.", "label": "Ветлугин Михаил Иванович, начальник управления"}],
        "proves": {"text": "Сохранённая карточка докажет пункт 2.2 за 2025 год.", "slot": "late-1"},
        "duplicate": {"text": "Приказ № 214-О от 10.11.2025 уже есть в реестре.", "url": "/documents/5"},
        "stale": None,
        "stored": {},
        "held": None,
        "take_url": None,
        "back_url": "/roadmaps/1",
        "leave_url": None,
    }


def document_form_stale() -> dict[str, Any]:
    form = Card(data={"kind": "order_main", "title": "О неделе чтения в округе", "mark": "general", "notes": "Свои слова"})
    for name in ("preparation", "file", "number", "date", "body"):
        del form[name]
    return document_form() | {
        "form": form,
        "document": ORDER,
        "fixed": [{"label": "Номер", "value": "214-О"}, {"label": "Дата", "value": "10.11.2025"}],
        "unfolded": True,
        "proves": None,
        "duplicate": None,
        "stale": "Пока вы писали, карточку изменила Дёмина Ю. А.",
        "stored": {"title": "О неделе чтения", "notes": ""},
        "leave_url": "/documents/5/edit/leave",
    }


def document_form_held() -> dict[str, Any]:
    return {
        "form": None,
        "document": ORDER,
        "held": "Дёмина Ю. А. меняет эту карточку с 12:30. Карточка освободится в 13:00.",
        "back_url": "/documents/5",
        "take_url": "/documents/5/edit/take",
        "stored": {},
    }


def document_new(**more: Any) -> dict[str, Any]:
    order = {"name": "Приказ по основной деятельности", "url": "/documents/new?kind=order_main"}
    return {
        "groups": [
            {"name": "Приказы и распоряжения", "about": "Руководитель решает и предписывает.", "kinds": [order]},
            {"name": "own", "about": "", "kinds": [{"name": "Путевой лист", "url": "/documents/new?kind=trip"}]},
        ],
        "proves": "Карточка докажет пункт 2.2.",
        "unknown": "Этот вид больше не используют. Выберите другой.",
        "back_url": "/documents",
    } | more


def document_compare() -> dict[str, Any]:
    same = [("same", "ПРИКАЗЫВАЮ:")]
    rows = [
        {"change": "same", "left": same, "right": same},
        {"change": "changed", "left": [("same", "до "), ("del", "1")], "right": [("same", "до "), ("ins", "5")]},
        {"change": "added", "left": [], "right": [("ins", "2. Назначить жюри.")]},
        {"change": "removed", "left": [("del", "3. Лишнее.")], "right": []},
    ]
    side = {"id": 2, "label": "Версия 2", "name": "Приказ.docx", "by": "Дёмина Ю. А.", "url": "/documents/5/files/2"}
    return {
        "document": ORDER | {"date": dt.date(2025, 11, 10)},
        "versions": [{"id": 2, "label": "Версия 2"}, {"id": 1, "label": "Версия 1"}],
        "left": side | {"id": 1, "label": "Версия 1"},
        "right": side,
        "why_not": None,
        "counts": {"changed": 1, "added": 1, "removed": 1, "same": 22},
        "coarse": True,
        "more": 3,
        "stretches": [
            {"folded": True, "count": 1, "rows": rows[:1]},
            {"folded": True, "count": 21, "rows": []},
            {"folded": False, "count": 3, "rows": rows[1:]},
        ],
    }


def document_compare_none() -> dict[str, Any]:
    nothing = {"versions": [], "left": None, "right": None, "counts": None, "stretches": [], "coarse": False, "more": 0}
    return document_compare() | nothing | {"why_not": "Сравнивать не с чем: нужны две версии текста."}


def document_version() -> dict[str, Any]:
    form = Version(MultiDict({"comment": "Учтены замечания"}))
    form.validate()
    return {"form": form, "document": ORDER, "refusal": None, "back_url": "/documents/5"}


def document_check_in() -> dict[str, Any]:
    return {
        "form": CheckIn(),
        "document": COPY,
        "original": ORDER,
        "lines": [{"label": "Заголовок", "was": "О неделе чтения", "becomes": "О неделе чтения и письма", "clash": True}],
        "text": True,
        "text_clash": True,
        "clashes": True,
        "compare_url": "/documents/5/compare?a=1&b=7",
        "refusal": "Пока у вас была копия, документ тоже изменили.",
        "back_url": "/documents/9",
    }


def document_discard() -> dict[str, Any]:
    return {"form": Discard(), "document": COPY, "original": ORDER, "refusal": None, "back_url": "/documents/9"}


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    """Template and context by the name of the look."""
    return {
        "document_form": ("document_form.html", document_form()),
        "document_form_stale": ("document_form.html", document_form_stale()),
        "document_form_held": ("document_form.html", document_form_held()),
        "document_new": ("document_new.html", document_new()),
        "document_compare": ("document_compare.html", document_compare()),
        "document_compare_none": ("document_compare.html", document_compare_none()),
        "document_version": ("document_version.html", document_version()),
        "document_check_in": ("document_check_in.html", document_check_in()),
        "document_discard": ("document_discard.html", document_discard()),
    }
