"""Made-up contexts of the pages of one document, for looking at their templates without views."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from roadmapdocs.web.documents.link_picture import End, tall, wide
from tests.web import (
    acquaintance_contexts,
    assignment_contexts,
    external_link_contexts,
    preview_contexts,
    sheet_contexts,
)

TODAY = dt.date(2025, 11, 14)


class Register(Form):
    journal = SelectField("Журнал", validate_choice=False)
    number = StringField("Номер вручную")
    date = DateField("Дата", [InputRequired("Укажите дату регистрации.")])
    reason = TextAreaField("Причина")
    revision = HiddenField(default="3")

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.journal.choices = [("1", "Приказы: № 215-О"), ("2", "Приказы отдела: № 7")]


class Link(Form):
    kind = SelectField("Что их связывает")
    since = DateField("Действует с")
    points = StringField("Пункты")
    note = StringField("Примечание")

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.kind.choices = [("amends", "изменяет"), ("repeals", "признаёт утратившим силу")]


def named(number: str = "214-О") -> dict[str, Any]:
    return {
        "id": 5,
        "kind": "приказ",
        "number": number,
        "date": dt.date(2025, 11, 10),
        "title": "Об итогах недели чтения",
        "annulled": False,
    }


def _act(label: str, symbol: str, **more: Any) -> dict[str, Any]:
    plain = {"label": label, "url": f"/{symbol}", "symbol": symbol, "main": False, "post": False, "why_not": None}
    return plain | more


def _stored(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "size": "48 КБ", "hash": "9f2c" * 16, "at": TODAY, "by": "Тихонова А. П.", "unread": None, **more}


def _history() -> list[dict[str, Any]]:
    said = {"time": "16:20", "who": "Ветлугин М. И.", "said": "Сверил.\nВерно.", "text": "", "symbol": "edit", "initials": "В"}
    told = {"time": "16:05", "who": "Тихонова А. П.", "said": None, "text": "карточка заведена", "symbol": "plus", "initials": "Т"}
    return [{"day": "10 ноября", "entries": [said, told]}]


def document_card() -> dict[str, Any]:
    lines = [
        ("Подготовка", "ok", "подписан", None, ""),
        ("Регистрация", "ok", "зарегистрирован", None, ""),
        ("Действие", "ok", "действует", None, ""),
        ("Ознакомление", "none", "14 чел. не ознакомлены", "users", ""),
        ("Контроль", "late", "контроль просрочен", None, "10.11.2025"),
        ("Хранение", "na", "в работе", None, ""),
    ]
    ends = [End("утверждает", "Положение", "о неделе чтения", "/documents/8")], [End("во исполнение", "Карта, пункт 2.2", "2025", "/r")]
    other = {"name": "Положение от 10.11.2025", "title": "О неделе чтения", "url": "/documents/8"}
    unread = {"label": "не прочитан", "told": "Текст файла не прочитан: он защищён паролем. Снимите пароль и добавьте файл ещё раз."}
    return {
        "document": named() | {"summary": "Итоги недели чтения и задания школам.", "status": "зарегистрирован"},
        "mark": {"look": "plain", "label": "для служебного пользования", "symbol": "lock", "why": "служебные сведения"},
        "steps": [
            {"label": "Проект", "place": "done", "when": "05.11.2025"},
            {"label": "На подписании", "place": "now", "when": "10.11.2025"},
            {"label": "Подписан", "place": "ahead", "when": ""},
        ],
        "acts": {
            "head": [_act("Изменить", "edit")],
            "main": [
                _act("Поставить на контроль", "flag", main=True, post=True),
                _act("Зарегистрировать", "stamp", main=True, why_not="Номер уже присвоен 10.11.2025."),
            ],
            "more": [_act("Аннулировать", "x")],
        },
        "approval": sheet_contexts.card_approval(),
        "revision": 3,
        "lines": [dict(zip(("caption", "look", "label", "symbol", "note"), line, strict=True)) for line in lines],
        "requisites": [
            {"label": "Вид", "value": "Приказ по основной деятельности", "url": None},
            {"label": "Подписал", "value": "Ветлугин М. И., начальник управления", "url": None},
            {"label": "Рабочая копия", "value": "сам документ", "url": "/documents/8"},
        ],
        "stamps": [{"lines": ("УТВЕРЖДЁН", "приказом УО", "от 10.11.2025 № 214-О"), "final": False, "url": "/documents/8"}],
        "editions": [
            {"number": 1, "since": TODAY, "words": "первая редакция", "url": None},
            {"number": 0, "since": None, "words": "утратил силу приказом № 9", "url": "/documents/9"},
        ],
        "external": external_link_contexts.block(),
        "proves": [
            {
                "roadmap_id": 1,
                "roadmap_title": "«Читающий округ»",
                "item_id": 22,
                "item_number": "2.2",
                "item_title": "Провести неделю чтения",
                "expected": "приказ об итогах",
                "period": "2025 год",
                "state": "proved",
            }
        ],
        "may_link": True,
        "link_url": "/link",
        "links": [
            {"id": 1, "words": "утверждает", **other, "details": "пункты 2, 4.1", "waits": True, "remove_url": "/remove"}
        ],
        "picture": {"wide": wide("Приказ № 214-О", "этот документ", *ends), "tall": tall("Приказ № 214-О", "", *ends)},
        "add_link": {"url": "/links/new", "why_not": None},
        "cites": [
            {
                "text": "приказа от 05.05.2025 №",
                "sentence": "Упомянут без номера.",
                "badge": {"look": "work", "label": "без номера", "symbol": "info"},
                "target": None,
                "candidates": [other],
            }
        ],
        "questions": [{"document": other, "yes_url": "/links/new?target=8"}],
        "files": [
            _stored("Приказ 214.docx", number=2, url="/f/2", comment="второй", editorial=True, edition=2, compare_url="/compare"),
            _stored("Приказ.docx", number=1, url="/f/1", comment="", editorial=False, edition=None, compare_url=None),
        ],
        "add_version": {"url": "/versions", "why_not": None},
        "attachments": [_stored("Скан", id=1, file_name="скан.pdf", url="/a/1", remove_url="/a/1/remove", unread=unread)],
        "attach": {"url": "/attachments", "why_not": None},
        "checks": None,
        "acquaintance": acquaintance_contexts.section(),
        "assignments": assignment_contexts.section(),
        "preview": preview_contexts.text("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ОЛЬХОВСКОГО ОКРУГА", "ПРИКАЗ", "1. Признать неделю чтения состоявшейся."),
        "history": _history(),
        "history_url": "/documents/5/history",
        "comment_url": "/documents/5/comments",
        "who_url": "/documents/5/who",
    }


def document_act() -> dict[str, Any]:
    form = Register(MultiDict({"date": "", "number": "214"}))
    form.validate()
    return {
        "document": {"id": 5, "name": "Приказ от 10.11.2025", "title": "Об итогах недели чтения"},
        "act": {"label": "Зарегистрировать", "symbol": "stamp"},
        "line": "Регистрация",
        "source": {"look": "none", "label": "не зарегистрирован", "symbol": None},
        "target": {"look": "ok", "label": "зарегистрирован", "symbol": None},
        "follows": ["Документ получит номер в журнале."],
        "changes": [{"words": "утверждает", "name": "Положение", "title": "О неделе чтения", "url": "/documents/8"}],
        "remarks": [("info", "Номер будет таким: Приказы: № 215-О."), ("work", "Это регистрация задним числом.")],
        "form": form,
        "trouble": "Пока вы писали, документ изменили.",
        "back_url": "/documents/5",
    }


def document_link(**more: Any) -> dict[str, Any]:
    found = {"id": 8, "name": "Положение от 10.11.2025", "title": "О неделе чтения", "url": "/documents/8"}
    return {
        "document": {"id": 5, "name": "Приказ № 214-О", "title": "Об итогах недели чтения"},
        "q": "неделе",
        "searched": True,
        "found": [found, found | {"id": 9}],
        "chosen": 8,
        "form": Link(),
        "trouble": None,
        "here_url": "/documents/5/links/new",
        "back_url": "/documents/5",
        **more,
    }


def document_who() -> dict[str, Any]:
    holders = [{"label": "делопроизводитель", "name": ""}, {"label": "исполнитель", "name": "Дёмин Ю. А."}]
    rights = [
        {"caption": "Читать документ", "holders": holders, "people": 34, "names": ["Дёмин Ю. А."], "more": 4},
        {"caption": "Изменить карточку", "holders": [], "people": 0, "names": [], "more": 0},
    ]
    badge = {"look": "ok", "label": "подписан", "symbol": None}
    return {
        "document": named(),
        "rights": rights,
        "reasons": [{"line": "Подготовка", "badge": badge, "who": "все"}],
        "mark": {"word": "персональные данные", "basis": "152-ФЗ"},
        "shut_out": ["сотрудник"],
        "back_url": "/documents/5",
    }


def document_history() -> dict[str, Any]:
    urls = {"newer_url": "/documents/5/history?page=1", "older_url": None, "back_url": "/documents/5"}
    return {"document": named(), "history": _history(), **urls}


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    """name of a look → (template, its context without shell)."""
    bare = {"acquaintance": None, "assignments": None, "steps": [], "approval": None, "mark": None, "picture": None, "links": [], "cites": [], "files": [], "preview": None, "history_url": None}
    return {
        "document": ("document.html", document_card()),
        "document_bare": ("document.html", document_card() | bare),
        "document_pages": ("document.html", document_card() | {"preview": preview_contexts.pages()}),
        "document_no_pages": ("document.html", document_card() | {"preview": preview_contexts.failed()}),
        "document_act": ("document_act.html", document_act()),
        "document_link": ("document_link.html", document_link()),
        "document_link_nothing": ("document_link.html", document_link(found=[])),
        "document_who": ("document_who.html", document_who()),
        "document_who_plain": ("document_who.html", document_who() | {"mark": None}),
        "document_history": ("document_history.html", document_history()),
    }
