"""Made-up contexts of the pages of who is away, for looking at their templates without views."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    SelectField,
    SelectMultipleField,
    StringField,
    validators,
)

PLACES = [
    {"label": label, "url": url, "current": place == 0, "count": None, "late": False, "symbol": None}
    for place, (label, url) in enumerate(
        [("отсутствие и замещение", "/absences/"), ("исполняющие обязанности", "/acting/"), ("рабочий календарь", "/work-calendar/")]
    )
]
PEOPLE = [{"value": "Лукина О. С.", "label": "Лукина Ольга Сергеевна, методист"}]


class Substitute(Form):
    person = StringField("Кто замещает")
    kinds = SelectMultipleField("Виды")

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.kinds.choices = [("order_main", "Приказ"), ("protocol", "Протокол")]


class Absence(Form):
    absent = StringField("Кто отсутствует")
    since = DateField("Первый день", [validators.InputRequired("Укажите день.")])
    until = DateField("Последний день", [validators.InputRequired("Укажите день.")])
    reason = StringField("Причина", [validators.InputRequired("Назовите причину.")])
    substitutes = FieldList(FormField(Substitute), min_entries=3)

    def has_more(self) -> bool:
        return any(entry.person.data for entry in self.substitutes.entries[1:])

    def told(self) -> list[tuple[str, str, str]]:
        fields = [self.absent, self.since, self.until, self.reason, *(entry.person for entry in self.substitutes)]
        return [(one.id, one.label.text, " ".join(one.errors)) for one in fields if one.errors]


class Acting(Form):
    post = SelectField("Должность", [validators.InputRequired("Выберите должность.")])
    employee = StringField("Кто исполняет")
    printed = StringField("Должность в подписи", description="Полностью.")
    since = DateField("Первый день")
    until = DateField("Последний день")
    basis = StringField("Приказ", [validators.InputRequired("Назовите приказ.")], description="Номер или слова.")

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.post.choices = [("1:0:начальник", "Управление: начальник — вакантна")]


class Day(Form):
    day = DateField("День", [validators.InputRequired("Укажите день.")])
    working = SelectField("Это")
    name = StringField("Почему")

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.working.choices = [("off", "выходной"), ("work", "рабочий день")]


def _row(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "absent": "Громов П. А.",
        "substitute": "Лукина О. С.",
        "days": "16.03.2026–29.03.2026",
        "now": True,
        "kinds": ["приказ", "протокол"],
        "reason": "отпуск <b>",
        "may_revoke": True,
    } | more


def absences(**more: Any) -> dict[str, Any]:
    rows = [_row(1), _row(2, substitute="", kinds=[], now=False, may_revoke=False)]
    return {
        "places": PLACES,
        "may_record": True,
        "anybody": True,
        "mine": rows[:1],
        "standing": rows[:1],
        "acting": [{"printed": "И.о. начальника", "days": "16.03.2026", "now": True, "basis": "приказ № 61-К"}],
        "everyone": [_row(3), _row(4, substitute="", kinds=[], now=False, may_revoke=False)],
        "form": Absence(),
        "people": PEOPLE,
    } | more


def acting(**more: Any) -> dict[str, Any]:
    row = {"employee": "Лукина О. С.", "printed": "И.о. начальника", "unit": "Управление", "days": "с 16.03.2026", "now": True}
    return {
        "places": PLACES,
        "rows": [
            row | {"id": 1, "absent": "Громов П. А.", "basis": "приказ № 61-К", "basis_url": "/documents/5"},
            row | {"id": 2, "absent": "", "basis": "приказ № 7", "basis_url": None, "now": False},
        ],
        "form": Acting(),
        "people": PEOPLE,
        "orders": ["приказ от 13.03.2026 № 61-К"],
    } | more


def work_calendar(**more: Any) -> dict[str, Any]:
    day = {"number": 16, "look": "work", "note": "", "moved": False}
    week = [None, day, day | {"look": "off"}, day | {"look": "own_off", "note": "День района", "moved": True}]
    return {
        "places": PLACES,
        "year": 2026,
        "years": [2025, 2027],
        "known": True,
        "worked": 247,
        "own": [
            {"day": dt.date(2026, 3, 20), "working": False, "name": "День района"},
            {"day": dt.date(2026, 3, 28), "working": True, "name": "Рабочая суббота"},
        ],
        "official": [(dt.date(2026, 1, 1), "Новый год", False), (dt.date(2026, 2, 20), "рабочий день", True)],
        "weekdays": ["пн", "вт", "ср", "чт"],
        "months": [{"name": "март", "weeks": [week]}],
        "form": Day(),
    } | more


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    """name of a look → (template, its context without shell)."""
    typed = Absence(MultiDict({"reason": "отпуск", "substitutes-1-person": "Никто", "substitutes-1-kinds": "protocol"}))
    typed.validate()
    unfinished, undated = Acting(MultiDict({"employee": "Кто-то"})), Day(MultiDict({"name": "Праздник"}))
    unfinished.validate()
    undated.validate()
    alone = {"may_record": False, "anybody": False, "mine": [], "standing": [], "acting": [], "everyone": [], "places": PLACES[:1]}
    return {
        "absences": ("absences.html", absences()),
        "absences_none": ("absences.html", absences(mine=[], standing=[], acting=[], everyone=[])),
        "absences_refused": ("absences.html", absences(form=typed)),
        "absences_no_employee": ("absences.html", absences(**alone)),
        "acting": ("acting.html", acting()),
        "acting_none": ("acting.html", acting(rows=[], orders=[], form=unfinished)),
        "work_calendar": ("work_calendar.html", work_calendar()),
        "work_calendar_plain": ("work_calendar.html", work_calendar(own=[], official=[], known=False, form=undated)),
    }
