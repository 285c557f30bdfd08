"""Made-up contexts of the pages of routes, of sending a document round and of changing a run in flight."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    FileField,
    Form,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
    validators,
)

from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.web.approvals.asked import AskedStep, Person
from roadmapdocs.web.approvals.route_forms import RouteDraft
from roadmapdocs.web.approvals.start_draft import StartDraft
from roadmapdocs.web.approvals.step_drafts import PlanDraft, StepDraft
from tests.web import check_contexts

EVIL = "<script>alert('шаг')</script>"
DOCUMENT = {"id": 5, "name": "приказ", "title": "О неделе чтения"}


def _plan() -> PlanDraft:
    together = Step(Mode.TOGETHER, (Addressee(How.PERSON, "1"), Addressee(How.HEAD)), term=2, title=EVIL, at_once=True)
    draft = PlanDraft.of(Plan((Step(Mode.TURN, (Addressee(How.ROLE, "clerk"),)), together)))
    empty = StepDraft(person="Кто-то Н. Н.", guest="Анна", errors=["Никого с таким именем нет."])
    return PlanDraft([*draft.steps, empty], draft.flags)


def _rows(plan: PlanDraft) -> list[dict[str, Any]]:
    return [
        {"draft": one, "who": [{"token": f"{who.how}:{who.value}", "label": "Лукина О. С."} for who in one.who]}
        for one in plan.steps
    ]


def _steps() -> list[dict[str, Any]]:
    usual = {"title": "", "how": "", "who": ["Лукина О. С."], "term": "3 рабочих дня", "information": False, "at_once": False}
    return [
        usual,
        usual | {"title": EVIL, "how": "все сразу", "who": ["юрист, УО", "Громова М. И."]},
        usual | {"title": "Для сведения", "how": "только для сведения", "information": True},
    ]


def _asked() -> list[dict[str, Any]]:
    due = dt.date(2026, 3, 19)
    people = (
        Person("Лукина О. С.", "делопроизводитель", "", "на месте нет, замещает: Ярцева Т. И.", True, due),
        Person("Анна Лисицына", "", "anna@school.example", "", False, None),
    )
    found = [
        AskedStep(people, ("Дёмина Ю. А.",), ""),
        AskedStep((), (), "Должность никто не занимает."),
        AskedStep(people[:1], (), ""),
    ]
    return [step | {"asked": one} for step, one in zip(_steps(), found, strict=True)]


def _editor(plan: PlanDraft) -> dict[str, Any]:
    return {
        "steps": _rows(plan),
        "told": [(2, "Никого с таким именем нет.")],
        "modes": [("turn", "по очереди"), ("together", "все сразу")],
        "may_rules": True,
        "flags": [("once", "Два раза подряд считаются за один", "Не спрашивают сразу ещё раз.", True), ("own", "Свой", "", False)],
        "people": [{"value": "Лукина О. С.", "label": "Лукина Ольга Сергеевна, делопроизводитель"}],
        "others": [("По должности", [("post:1:юрист", "юрист, УО")]), ("По полю карточки", [])],
    }


def routes(*, keeps: bool = True) -> dict[str, Any]:
    first = {
        "id": 1,
        "name": EVIL,
        "active": True,
        "obligatory": True,
        "changeable": False,
        "fits": ["виды: Приказ"],
        "steps": _steps(),
        "flags": ["Две пары глаз"],
        "read_at": "2026-03-16T09:30:00+00:00",
    }
    return {"routes": [first, first | {"id": 2, "active": False, "fits": [], "flags": []}], "keeps": keeps}


def route_form(**more: Any) -> dict[str, Any]:
    form = RouteDraft(name="Обычный", plan=_plan(), errors={"name": "Такой уже есть.", "condition": "Впишите число.", "kinds": "Нет."})
    return {
        "route": {"id": 1, "name": "Обычный", "active": False},
        "form": form,
        "choices": {
            "kinds": [("order_main", "Приказ", True), ("protocol", "Протокол", False)],
            "units": [("1", "УО", False)],
            "cases": [],
        },
        "fields": [("title", "Заголовок")],
        "operations": [("equals", "равно")],
        "tried": {"document": DOCUMENT, "fits": True, "steps": _asked()},
        "events": [{"at": dt.datetime(2026, 3, 16, 9, 30), "who": "Админова А. А.", "words": "создал(а) маршрут"}],
        **_editor(form.plan),
    } | more


def route_new() -> dict[str, Any]:
    form = RouteDraft(trouble="Пока вы писали, маршрут изменил другой.")
    tried = {"trouble": "Документа «999» нет."}
    return route_form(route=None, form=form, steps=_rows(form.plan), told=[], tried=tried, events=[])


def start(*, changing: bool = False) -> dict[str, Any]:
    plan = _plan()
    chip = {"url": "/approvals/5/start?route=1", "count": None, "late": False, "symbol": None}
    return {
        "document": DOCUMENT,
        "version": 2,
        "ways": [chip | {"label": EVIL, "current": True, "symbol": "lock"}, chip | {"label": "свой маршрут", "current": False}],
        "route": {"id": 1, "name": EVIL},
        "changing": changing,
        "change_url": None if changing else "/approvals/5/start?route=1&change=1",
        "why_not_change": None if changing else "Маршрут меняет тот, у кого есть право.",
        "draft": StartDraft(None, changing, plan, 3, "", trouble="Не всех можно спросить."),
        "asked": _asked(),
        "package": [
            {"name": "положение", "title": "О зачёте", "url": "/documents/6", "badge": {"look": "work", "label": "проект", "symbol": "half"}}
        ],
        "checks": None if changing else check_contexts.block(),
        "back_url": "/documents/5",
        **_editor(plan),
    }


def start_own() -> dict[str, Any]:
    nothing: dict[str, Any] = {"ways": [], "route": None, "version": None, "asked": [], "package": [], "told": []}
    return start(changing=True) | nothing | {"draft": StartDraft(None, True, PlanDraft([]), 3, ""), "steps": []}


class Other(Form):
    person = StringField("Кто", [validators.InputRequired("Назовите человека.")])
    note = TextAreaField("Примечание", [validators.InputRequired("Впишите.")])


class Paper(Form):
    decision = RadioField("Решение")
    comment = TextAreaField("Причина")
    remarks = TextAreaField("Замечания", description="Каждое с новой строки.")
    committee = StringField("Протокол", [validators.InputRequired("Впишите протокол.")])
    scan = FileField("Скан")
    version = HiddenField(default="7")

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.decision.choices = [("agreed", "согласовано"), ("refused", "не согласовано")]


class Rule(Form):
    document = StringField("Документ", [validators.InputRequired("Назовите документ.")], description="Номер.")
    since = DateField("Действует с", [validators.InputRequired("Укажите день.")])


def flight() -> dict[str, Any]:
    form = Other(MultiDict())
    form.validate()
    return {
        "document": DOCUMENT,
        "visa": {"name": "Нечаев М. И.", "post": "юрист"},
        "change": {"title": "Спросить мнение", "about": "Решат двое.", "button": "Спросить", "note": "Что узнать"},
        "form": form,
        "people": [{"value": "Лукина О. С.", "label": "Лукина Ольга Сергеевна"}],
        "back_url": "/documents/5",
    }


def paper() -> dict[str, Any]:
    form = Paper(MultiDict({"decision": "maybe"}))
    form.validate()
    trouble = "Появилась другая версия."
    return {"form": form, "trouble": trouble, "version": 2, **{name: flight()[name] for name in ("document", "visa", "back_url")}}


def paper_information() -> dict[str, Any]:
    form = Paper()
    del form.remarks, form.committee
    return paper() | {"form": form, "trouble": None, "version": None}


def rule() -> dict[str, Any]:
    form = Rule(MultiDict())
    form.validate()
    row = {
        "id": 1,
        "document": "приказ № 41-О",
        "title": EVIL,
        "url": "/documents/5",
        "since": dt.date(2026, 3, 1),
        "until": None,
        "holds": True,
        "to_come": False,
        "may_end": True,
        "last_day": dt.date(2026, 3, 16),
        "set_by": "Админова А. А.",
        "set_at": dt.datetime(2026, 3, 1, 9),
    }
    ended = row | {"id": 2, "url": None, "title": "", "until": dt.date(2026, 2, 28), "holds": False, "may_end": False}
    later = row | {"id": 3, "holds": False, "to_come": True}
    return {"rule": row, "rows": [later, row, ended], "form": form, "documents": ["приказ № 41-О"]}


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    """Template and context by the name of the look."""
    return {
        "routes": ("routes.html", routes()),
        "routes_reader": ("routes.html", routes(keeps=False)),
        "routes_none": ("routes.html", {"routes": [], "keeps": True}),
        "route_form": ("route_form.html", route_form()),
        "route_new": ("route_form.html", route_new()),
        "approval_start": ("approval_start.html", start()),
        "approval_start_changing": ("approval_start.html", start(changing=True)),
        "approval_start_own": ("approval_start.html", start_own()),
        "approval_flight": ("approval_flight.html", flight()),
        "approval_flight_paper": ("approval_flight_paper.html", paper()),
        "approval_flight_paper_information": ("approval_flight_paper.html", paper_information()),
        "signature_rule": ("signature_rule.html", rule()),
        "signature_rule_none": ("signature_rule.html", rule() | {"rule": None, "rows": [], "form": Rule()}),
    }
