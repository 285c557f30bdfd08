"""A made-up office for looking at the pages: every template with all its parts in use."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, PasswordField, SelectField, StringField, TextAreaField, validators
from wtforms.fields import DateField, FileField

from tests.web import (
    absence_contexts,
    acquaintance_contexts,
    approval_contexts,
    assignment_contexts,
    card_contexts,
    check_contexts,
    control_contexts,
    decide_contexts,
    draft_contexts,
    external_link_contexts,
    form_contexts,
    guest_contexts,
    list_contexts,
    name_form_contexts,
    notice_contexts,
    odoo_contexts,
    people_import_contexts,
    roadmap_assign_contexts,
    search_contexts,
    sheet_contexts,
    template_page_contexts,
    webhook_contexts,
)

TODAY = dt.date(2025, 11, 14)
SHELL = {
    "language": "ru",
    "organisation": "Ольховский округ",
    "user": {
        "name": "Лаврова Ольга Сергеевна",
        "short_name": "Лаврова О. С.",
        "initials": "ЛО",
        "post": "координатор",
    },
    "worklist_count": 3,
    "unread_notices": 2,
    "may_see_people": True,
}


def chip(label: str, count: int | str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "label": label,
        "url": "?x=1",
        "current": False,
        "count": count,
        "late": False,
        "symbol": None,
    } | more


def page(total: int | None = 1234) -> dict[str, Any]:
    return {
        "first": 51,
        "last": 100,
        "total": total,
        "previous_url": "?page=1",
        "next_url": "?page=3",
        "pages": [
            ("1", "?page=1", False),
            ("2", "?page=2", True),
            ("3", "?page=3", False),
            ("…", None, False),
        ],
    }


def selects(*labels: str) -> dict[str, Any]:
    fields = [
        {"name": f"f{i}", "label": label, "options": [("", label, True), ("1", "Иванченко И. И.", False)]}
        for i, label in enumerate(labels)
    ]
    return {"action": "/here", "hidden": [("state", "late")], "fields": fields}


def document(
    number: str = "7", kind: str = "аналитическая справка", title: str = "Об итогах недели чтения"
) -> dict:
    return {"id": 5, "kind": kind, "number": number, "date": dt.date(2025, 11, 10), "title": title}


class SignIn(Form):
    next = HiddenField(default="/")
    login = StringField("Логин", [validators.InputRequired("Впишите логин.")])
    password = PasswordField("Пароль", [validators.InputRequired("Впишите пароль.")])


class Password(Form):
    current = PasswordField("Нынешний пароль", [validators.InputRequired()])
    new = PasswordField("Новый пароль", [validators.InputRequired()], description="Не короче 10 знаков.")
    repeat = PasswordField(
        "Новый пароль ещё раз", [validators.EqualTo("new", "Пароли разные. Впишите один и тот же.")]
    )


class Card(Form):
    kind = SelectField("Вид", choices=["приказ", "протокол"])
    number = StringField("Номер", description="Как в документе, без знака №.")
    date = DateField("Дата", [validators.InputRequired("Укажите дату документа.")])
    preparation = SelectField("Состояние", choices=["проект", "подписан"])
    title = StringField("Заголовок", [validators.InputRequired("Впишите заголовок.")])
    summary = TextAreaField("О чём")
    signer = StringField("Подписал")
    file = FileField("Файл")


class Upload(Form):
    file = FileField("Файл карты", [validators.InputRequired("Выберите файл.")])
    title = StringField("Название", description="Можно не писать: возьмём из файла.")


def task(urgency: str, when: str, note: str, title: str, about: list[str], act: str) -> dict[str, Any]:
    return {
        "urgency": urgency,
        "when": when,
        "note": note,
        "title": title,
        "about": about,
        "url": "/x",
        "act": {"label": act, "url": "/x"},
    }


def roadmaps() -> dict[str, Any]:
    row = {
        "id": 1,
        "title": "Дорожная карта «Читающий округ» на 2024–2026 годы",
        "period": "2024–2026",
        "coordinator": "Лаврова О. С.",
        "edition": 2,
        "proved": 16,
        "due": 19,
        "late": 3,
        "in_work": 4,
        "total": 33,
        "next_due": dt.date(2025, 11, 21),
        "demo": False,
    }
    calm = row | {
        "title": "План поддержки школ с низкими результатами",
        "proved": 12,
        "due": 12,
        "late": 0,
        "next_due": None,
    }
    new = row | {
        "title": "Программа «Точные науки»",
        "proved": 0,
        "due": 0,
        "late": 0,
        "period": "",
        "coordinator": "",
    }
    return {
        "may_import": True,
        "chips": [chip("Действующие", 3, current=True), chip("Архив", 2)],
        "rows": [row, calm, new],
        "drafts": [
            {"import_id": 4, "file_name": "карта одарённые.docx", "when": "вчера, 16:20", "defects": 5}
        ],
    }


def slot(key: str, state: str, kind: str, detail: str) -> dict[str, Any]:
    return {"key": key, "state": state, "kind": kind, "detail": detail, "given": state == "late"}


def assigned() -> list[dict[str, Any]]:
    return [
        {
            "text": "Провести неделю чтения. Представить: аналитическую справку.",
            "url": "/assignments/5",
            "responsible": "Дёмин Ю. А.",
            "due": dt.date(2025, 10, 31),
            "left": "просрочено на 14 дней",
            "badges": [{"look": "late", "label": "просрочено", "symbol": None}, {"look": "work", "label": "в работе", "symbol": None}],
            "without_document": False,
            "outdated": False,
        },
        {
            "text": "Провести пробную неделю чтения",
            "url": "/assignments/4",
            "responsible": "Лаврова О. С.",
            "due": None,
            "left": "",
            "badges": [{"look": "ok", "label": "исполнено", "symbol": None}],
            "without_document": True,
            "outdated": True,
        },
    ]


def matrix_sections() -> list[dict[str, Any]]:
    def item(number: str, title: str, who: str, *cells: list[dict[str, str]]) -> dict[str, Any]:
        return {
            "id": number.replace(".", ""),
            "number": number,
            "title": title,
            "responsible": who,
            "cells": list(cells),
            "hidden": frozenset(),
        }

    def proved(key: str, kind: str, detail: str) -> dict[str, str]:
        return slot(key, "proved", kind, detail)

    first = [
        item(
            "1.1",
            "Создать рабочую группу по чтению",
            "Начальник управления",
            [proved("a", "Приказ", "№ 18-О от 29.01.2024")],
            [],
            [],
        ),
        item(
            "1.2",
            "Принять положение о неделе чтения в школах округа",
            "ИМЦ, юрист",
            [proved("b", "Положение", "утв. приказом № 34-О")],
            [],
            [slot("c", "missing", "Приказ об изменениях", "до 01.03.2026")],
        ),
    ]
    second = [
        item(
            "2.1",
            "Обсуждать ход работы на методическом совете раз в полугодие",
            "Методический совет",
            [proved("d", "Протокол", "№ 2-М от 23.05.2024"), proved("e", "Протокол", "№ 5-М от 12.12.2024")],
            [
                proved("f", "Протокол", "№ 3-М от 19.05.2025"),
                slot("g", "in_work", "Протокол", "на подписании, до 31.12.2025"),
            ],
            [
                slot("h", "missing", "Протокол", "до 30.06.2026"),
                slot("i", "missing", "Протокол", "до 31.12.2026"),
            ],
        ),
        item(
            "2.2",
            "Провести неделю чтения",
            "Дёмин Ю. А., школы",
            [proved("j", "Справка", "№ 4 от 30.10.2024")],
            [
                slot("late-1", "late", "Справка", "срок 31.10.2025, 14 дней"),
                slot("k", "suggested", "Приказ об итогах", "похожа справка № 7"),
            ],
            [slot("l", "not_required", "Справка", "решение от 10.11.2025")],
        ),
    ]
    return [
        {"id": 1, "number": "1", "title": "Нормативная основа", "proved": 2, "due": 2, "late": 0, "items": first},
        {"id": 2, "number": "2", "title": "Учителя и методика", "proved": 5, "due": 6, "late": 1, "items": second},
    ]


def timeline() -> dict[str, Any]:
    plan = {
        1: [("proved", 2)],
        5: [("proved", 1)],
        10: [("proved", 4)],
        16: [("proved", 1)],
        21: [("late", 1), ("proved", 1)],
    }
    plan |= {
        22: [("late", 2)],
        23: [("in_work", 1)],
        24: [("in_work", 2), ("missing", 1)],
        29: [("missing", 2)],
        35: [("missing", 2)],
    }
    months = [
        {
            "label": f"{i % 12 + 1:02}.{2024 + i // 12}",
            "starts_year": str(2024 + i // 12) if i % 12 == 0 else "",
            "counts": plan.get(i, []),
        }
        for i in range(36)
    ]
    totals = [("proved", 16), ("in_work", 4), ("missing", 10), ("late", 3)]
    return {"months": months, "today": 22.45, "totals": totals}


def panel(**more: Any) -> dict[str, Any]:
    why = [
        {"good": True, "text": "вид совпал"},
        {"good": True, "text": "слова: неделя, чтение"},
        {"good": False, "text": "позже срока на 10 дней"},
    ]
    return {
        "slot": slot("late-1", "late", "Справка", "срок 31.10.2025"),
        "item": {"id": "22", "number": "2.2", "title": "Провести неделю чтения"},
        "period": "2025 год",
        "expected": {"id": 9, "title": "аналитическая справка", "inferred": True},
        "due": dt.date(2025, 10, 31),
        "responsible": "Дёмин Ю. А.",
        "assigned": assigned(),
        "assign_url": "/roadmaps/1/assign?item=22",
        "linked": [],
        "suggestions": [
            {"document": document(), "strength": 3, "reasons": why},
            {
                "document": document("5", title="О пробной неделе чтения в пяти школах"),
                "strength": 2,
                "reasons": why[1:],
            },
            {
                "document": document("8", "протокол", "Совещание директоров школ"),
                "strength": 1,
                "reasons": why[2:],
            },
        ],
        "waived": None,
        "may_edit": True,
        "why_not": "",
        "find_url": "/documents",
        "create_url": "/documents/new",
        "draft_url": "/drafts/for-item",
        "back_url": "/roadmaps/1",
    } | more


def roadmap(**more: Any) -> dict[str, Any]:
    return {
        "roadmap": {
            "id": 1,
            "title": "Дорожная карта «Читающий округ» на 2024–2026 годы",
            "period": "2024–2026",
            "edition": 2,
            "coordinator": "Лаврова О. С.",
            "approval": {"text": "Утверждена приказом № 12-О от 15.01.2024", "document_id": 3},
            "has_other_editions": True,
        },
        "today": TODAY,
        "reader": "Лаврова О. С.",
        "may_edit": True,
        "may_import": True,
        "assign_url": "/roadmaps/1/assign",
        "glance": {
            "proved": 16,
            "due": 19,
            "late": 3,
            "total": 33,
            "ahead": 4,
            "next_due": dt.date(2025, 11, 21),
            "late_url": "?state=late",
        },
        "section_bars": [
            {"number": "1", "title": "Нормативная основа", "proved": 4, "late": 0, "in_work": 0, "due": 4},
            {"number": "2", "title": "Учителя и методика", "proved": 5, "late": 1, "in_work": 1, "due": 6},
            {"number": "3", "title": "Оценка и анализ", "proved": 5, "late": 1, "in_work": 1, "due": 6},
            {"number": "4", "title": "Семья и библиотека", "proved": 2, "late": 1, "in_work": 0, "due": 3},
            {"number": "5", "title": "Итоги", "proved": 0, "late": 0, "in_work": 0, "due": 0},
        ],
        "timeline": timeline(),
        "state_chips": [
            chip("Все 33", current=True),
            chip("Просрочено 3", symbol="late"),
            chip("В работе 4", symbol="half"),
            chip("Нет документа 10", symbol="none"),
            chip("Доказано 16", symbol="check"),
        ],
        "selects": selects("Все разделы", "Все ответственные", "Все виды"),
        "columns": [
            {"label": "2024", "current": False},
            {"label": "2025", "current": True},
            {"label": "2026", "current": False},
        ],
        "sections": matrix_sections(),
        "slot_url": "/roadmaps/1?state=late&",
        "close_url": "/roadmaps/1?state=late",
        "panel": None,
        "total_shown": 33,
    } | more


def roadmap_item() -> dict[str, Any]:
    slots = [
        {
            "key": "a",
            "state": "proved",
            "period": "2024 год",
            "detail": "срок 31.10.2024",
            "documents": [document("4")],
            "assigned": [],
        },
        {
            "key": "b",
            "state": "late",
            "period": "2025 год",
            "detail": "срок 31.10.2025, 14 дней",
            "documents": [],
            "assigned": assigned(),
        },
        {"key": "c", "state": "missing", "period": "2026 год", "detail": "до 31.10.2026", "documents": [], "assigned": []},
    ]
    return {
        "roadmap": {"id": 1, "title": "Дорожная карта «Читающий округ»", "period": "2024–2026"},
        "item": {
            "id": 22,
            "number": "2.2",
            "title": "Провести неделю чтения",
            "section": "Учителя и методика",
            "responsible": [{"name": "Дёмин Ю. А.", "known": True}, {"name": "школы", "known": False}],
            "responsible_text": "Дёмин Ю. А., школы",
        },
        "terms": [
            {"text": "Октябрь, ежегодно", "reading": "до 31.10 каждого года", "readable": True},
            {"text": "как будет готово", "reading": "", "readable": False},
        ],
        "planned": [{"label": "всего", "value": "не менее 3"}, {"label": "2025", "value": "1"}],
        "expected": [
            {
                "id": 9,
                "title": "Аналитическая справка",
                "kind": "аналитическая справка",
                "inferred": False,
                "slots": slots,
            },
            {"id": 10, "title": "Приказ об итогах", "kind": "приказ", "inferred": True, "slots": []},
        ],
        "assigned": assigned()[1:],
        "assign_url": "/roadmaps/1/assign?item=22",
        "external": external_link_contexts.block(),
        "results": [{"label": "2025", "text": "Неделя чтения, октябрь"}],
        "slot_url": "/roadmaps/1?",
        "may_edit": True,
        "previous": {"id": 21, "number": "2.1"},
        "next": None,
        "history": [{"at": "10.11.2025 15:50", "who": "Лаврова О. С.", "text": "связана справка № 4"}],
    }


def documents(**more: Any) -> dict[str, Any]:
    def row(number: str, title: str, badges: Any = (), **extra: Any) -> dict[str, Any]:
        date, signer = extra.pop("date", dt.date(2025, 6, 17)), extra.pop("signer", "Ветлугин М. И.")
        shown = [("number", number), ("date", date), ("title", title), ("signer", signer), ("state", list(badges))]
        base = {"id": 1, "kind": "приказ", "number": number, "title": title, "note": "", "annulled": False}
        return base | {"cells": [*shown, ("case", "01-05 «Приказы»"), ("items", 2), ("force_from", date)]} | extra

    def column(name: str, label: str, direction: str | None = None, url: str | None = "?sort=x") -> dict[str, Any]:
        return {"name": name, "label": label, "url": url, "sorted": direction}

    late = {"look": "late", "label": "контроль просрочен", "symbol": None}
    annulled = {"look": "plain", "label": "регистрация аннулирована", "symbol": "x"}
    rows = [
        row("98-О", "О подведении итогов учебного года"),
        row("99-О", "О приёмке школ к новому учебному году", [late], note="2 приложения"),
        row("101-О", "О летней занятости", [annulled], annulled=True, note="аннулирован: дважды"),
        {"gap": "103-О", "reason": "не использован: резерв снят 30.06.2025"},
        row("", "О порядке ведения школьных библиотек", date=None, signer=""),
    ]
    return {
        "may_create": True,
        "summary": "Приказы по основной деятельности: 214 номеров за 2025 год",
        "q": "",
        "saved": [
            chip("Все"),
            chip("Без связи с картой", "99+"),
            chip("Контроль просрочен", 1, late=True),
        ],
        "tokens": [
            {"label": "Вид", "value": "приказ", "remove_url": "?"},
            {"label": "Период", "value": "июнь–июль 2025", "remove_url": "?"},
        ],
        "form": {
            "action": "/documents",
            "hidden": [("sort", "number")],
            "selects": selects("Все виды", "Все годы", "Кто подписал")["fields"],
            "flags": [{"name": "mine", "label": "Исполнитель — я", "checked": True}],
            "on": "2025-06-17",
            "index": "01-05",
        },
        "columns": [
            column("number", "Номер", "ascending"),
            column("date", "Дата"),
            column("title", "Заголовок"),
            column("signer", "Подписал"),
            column("state", "Состояние", url=None),
            column("case", "Дело", url=None),
            column("items", "Пункты карт", url=None),
            column("force_from", "Действует с", url=None),
        ],
        "sort_words": "По номеру, от меньшего",
        "rows": rows,
        "page": page(),
        "clear_url": "/documents",
        "query": "kind=приказ&year=2025",
        "exports": [{"label": "XLSX", "url": "/documents/export.xlsx"}, {"label": "CSV", "url": "/x.csv"}],
        "export_limit": 50_000,
        "look_url": "/documents/look",
    } | more


def upload() -> dict[str, Any]:
    return {
        "form": Upload(),
        "limits": "Word, Excel, PDF с текстом или текст, до 20 МБ",
        "new_edition_of": "«Читающий округ», редакция 1",
        "same": {
            "text": "Этот файл уже загружен 10.11.2025 как «Читающий округ», редакция 1.",
            "url": "/roadmaps/1",
            "new_edition": True,
        },
        "drafts": roadmaps()["drafts"],
    }


def review() -> dict[str, Any]:
    names = [
        ("number", "№"),
        ("title", "Мероприятие"),
        ("term", "Срок"),
        ("responsible", "Ответственный"),
        ("expected", "Ждём документ"),
    ]

    def row(line: int, *values: str, **wrong: tuple[str, int, str]) -> dict[str, Any]:
        cells = []
        for (name, label), value in zip(names, values, strict=True):
            severity, mark, reading = wrong.get(name, ("", 0, ""))
            marks = [mark] if mark else []
            cells.append(
                {
                    "name": name,
                    "label": label,
                    "value": value,
                    "reading": reading,
                    "severity": severity,
                    "marks": marks,
                }
            )
        return {"id": line, "line": line, "kind": "item", "skipped": False, "title": "", "note": "", "cells": cells}

    section = {
        "id": 17,
        "line": 17,
        "kind": "section",
        "skipped": False,
        "title": "2. Учителя и методика",
        "note": "",
        "cells": [],
    }
    rows = [
        section,
        row(
            18,
            "2.1",
            "Провести курсы для учителей начальной школы",
            "Сентябрь–октябрь 2025",
            "ИМЦ",
            "Договор",
            term=("", 0, "01.09.2025 – 31.10.2025"),
        ),
        row(
            19,
            "2.2",
            "Обсуждать ход работы на методическом совете",
            "не реже 1 раза в полугодие",
            "Методический совет",
            "Протоколы",
            number=("error", 1, ""),
        ),
        row(
            21,
            "2.3",
            "Выпустить методические рекомендации",
            "как будут готовы",
            "Ярцев И. М.",
            "Рекомендации",
            term=("question", 2, "не понят: пункт не попадёт в просрочку"),
        ),
        row(22, "2.4", "", "1 квартал 2025", "ИМЦ", "Справка", title=("error", 3, "в файле пусто"))
        | {"skipped": True},
    ]
    fixes = [{"label": "Верно, 2.2", "main": True}, {"label": "Другой номер", "main": False}]
    defects = [
        {
            "n": 1,
            "severity": "error",
            "line": 19,
            "row_id": 19,
            "title": "нет номера пункта",
            "text": "Стоит между 2.1 и 2.3. Подставлен 2.2.",
            "solved": False,
            "fixes": fixes,
        },
        {
            "n": 2,
            "severity": "question",
            "line": 21,
            "row_id": 21,
            "title": "срок не понят",
            "text": "«как будут готовы»",
            "solved": False,
            "fixes": fixes[1:],
        },
        {
            "n": 3,
            "severity": "error",
            "line": 22,
            "row_id": 22,
            "title": "нет названия",
            "text": "Впишите или пропустите строку.",
            "solved": True,
            "fixes": [],
        },
    ]
    roles = [
        {"index": i, "header": label, "options": [(name, label, True), ("", "не читать", False)]}
        for i, (name, label) in enumerate(names)
    ]
    return {
        "draft": {
            "import_id": 4,
            "file_name": "Карта чтение 2024-2026.docx",
            "revision": 1,
            "title_note": "",
            "title": "Дорожная карта «Читающий округ» на 2024–2026 годы",
            "period_start": "2024",
            "period_end": "2026",
        },
        "approval": "Приказ № 12-О от 15.01.2024",
        "counts": {"sections": 4, "items": 12, "terms": 31, "expected": 33, "errors": 2, "questions": 3},
        "roles": roles,
        "columns": [{"name": name, "label": label} for name, label in names],
        "rows": rows,
        "defects": defects,
        "views": [chip("Все пункты"), chip("С замечаниями", current=True)],
        "page": None,
        "new_edition_of": "«Читающий округ», редакция 1",
        "twin": None,
        "source_url": "/imports/4/file",
        "here_url": "/imports/4",
    }


def compare() -> dict[str, Any]:
    same = [{"label": "Мероприятие", "parts": [("same", "Провести неделю чтения")]}]
    was = [*same, {"label": "Срок", "parts": [("same", "Октябрь "), ("del", "2025")]}]
    became = [*same, {"label": "Срок", "parts": [("same", "Октябрь "), ("ins", "2026")]}]
    rows = [
        {"change": "changed", "number": "2.2", "left": was, "right": became},
        {"change": "added", "number": "2.5", "left": None, "right": same},
        {"change": "removed", "number": "3.1", "left": same, "right": None},
        {"change": "same", "number": "3.2", "left": same, "right": same},
    ]
    return {
        "roadmap": {"id": 1, "title": "Дорожная карта «Читающий округ»"},
        "editions": [{"id": 1, "label": "Редакция 1"}, {"id": 2, "label": "Редакция 2"}],
        "left": {"id": 1, "label": "Редакция 1", "approved": "приказ № 12-О от 15.01.2024"},
        "right": {"id": 2, "label": "Редакция 2", "approved": "приказ № 40-О от 03.03.2025"},
        "counts": {"changed": 1, "added": 1, "removed": 1, "same": 9},
        "chips": [chip("Только различия", current=True), chip("Все строки")],
        "rows": rows,
    }


def password() -> dict[str, Any]:
    form = Password(MultiDict({"current": "a", "new": "b", "repeat": "c"}))
    form.validate()
    return {"form": form, "must_change": True}


def contexts() -> dict[str, tuple[str, dict[str, Any]]]:
    """name of a look → (template, its context without shell)."""
    empty_list = documents(rows=[], tokens=[], q="чтеню", saved=[])
    linked = {"link_id": 1, "document": document(), "by": "Лаврова О. С.", "at": TODAY}
    waived = {"reason": "неделя перенесена", "by": "Лаврова О. С.", "at": TODAY}
    reader = panel(
        may_edit=False,
        why_not="Связи подтверждает координатор, Лаврова О. С.",
        linked=[linked],
        suggestions=[],
    )
    return {
        "sign_in": (
            "sign_in.html",
            {"form": SignIn(), "refusal": "Логин или пароль не подходит. Проверьте раскладку."},
        ),
        "password": ("password.html", password()),
        "error_403": ("error.html", {"code": 403, "incident": None, "home_url": "/"}),
        "error_500": ("error.html", {"code": 500, "incident": "7f3a-19c2", "home_url": "/"}),
        "roadmaps": ("roadmaps.html", roadmaps()),
        "roadmaps_empty": ("roadmaps.html", roadmaps() | {"rows": [], "chips": [], "drafts": []}),
        "roadmap": ("roadmap.html", roadmap()),
        "roadmap_panel": ("roadmap.html", roadmap(panel=panel())),
        "roadmap_reader": ("roadmap.html", roadmap(panel=reader, may_edit=False)),
        "roadmap_waived": ("roadmap.html", roadmap(panel=panel(waived=waived))),
        "roadmap_filtered": ("roadmap.html", roadmap(sections=[], timeline=None)),
        "roadmap_item": ("roadmap_item.html", roadmap_item()),
        "documents": ("documents.html", documents()),
        "documents_none": ("documents.html", empty_list),
        **absence_contexts.looks(),
        **acquaintance_contexts.looks(),
        **assignment_contexts.looks(),
        **control_contexts.looks(),
        **approval_contexts.looks(),
        **notice_contexts.LOOKS,
        **card_contexts.looks(),
        **check_contexts.looks(),
        **sheet_contexts.looks(),
        **decide_contexts.looks(),
        **guest_contexts.looks(),
        **draft_contexts.looks(),
        **name_form_contexts.looks(),
        **template_page_contexts.looks(),
        **external_link_contexts.looks(),
        **form_contexts.looks(),
        **list_contexts.looks(),
        **roadmap_assign_contexts.looks(),
        **search_contexts.looks(),
        **odoo_contexts.looks(),
        **people_import_contexts.looks(),
        **webhook_contexts.looks(),
        "roadmap_upload": ("roadmap_upload.html", upload()),
        "roadmap_review": ("roadmap_review.html", review()),
        "roadmap_compare": ("roadmap_compare.html", compare()),
    }


def shell() -> SimpleNamespace:
    return SimpleNamespace(**SHELL)
