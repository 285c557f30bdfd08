"""Made-up contexts of the pages of assignments, for looking at their templates without views."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    Form,
    HiddenField,
    MultipleFileField,
    StringField,
    TextAreaField,
    validators,
)

from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.proposals import Proposal
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.web.assignments.computed import Computed
from roadmapdocs.web.assignments.draft import Draft
from roadmapdocs.web.assignments.proposals_rows import Row
from roadmapdocs.web.documents.people import Suggested


class Act(Form):
    text = TextAreaField("Что сделано", [validators.InputRequired("Заполните.")])
    files = MultipleFileField("Файлы")
    due = DateField("Новый срок", [validators.Optional()])
    responsible = StringField("Ответственный")
    reason = TextAreaField("Почему", [validators.InputRequired("Заполните.")])
    tree = BooleanField("И сроки подчинённых")
    revision = HiddenField(default="3")


class Report(Form):
    text = TextAreaField("Что сделано")
    revision = HiddenField(default="3")


DAY = dt.date(2025, 12, 5)
MOMENT = dt.datetime(2025, 11, 14, 10, 30, tzinfo=dt.UTC)
TEXT = "Подготовить списки участников районного зачёта и передать их в методический центр."
_PEOPLE = [Suggested("Дёмина Ю. А.", "Дёмина Юлия Андреевна, методист"), Suggested("Громова Е. В.", "Громова Елена Викторовна")]
_KINDS = [("date", "к дню"), ("days", "в течение дней"), ("periodic", "периодически"), ("dates", "по датам"), ("open", "без срока")]
_RECURRENCES = [("monthly", "каждый месяц"), ("quarterly", "каждый квартал")]


def badge(look: str, label: str) -> dict[str, Any]:
    return {"look": look, "label": label, "symbol": None}


def line(**more: Any) -> dict[str, Any]:
    plain = {
        "id": 7,
        "revision": 3,
        "text": TEXT,
        "url": "/assignments/7",
        "badges": [badge("work", "в работе")],
        "late": False,
        "due": DAY,
        "left": "осталось 5 дней",
        "deadline": "",
        "responsible": "Дёмина Ю. А.",
        "others": "и ещё 2",
        "gone": "",
        "source": "Приказ от 10.11.2025 № 214-ОД, п. 2.1",
        "source_url": "/documents/5",
        "void": "",
    }
    return plain | more


def _late() -> dict[str, Any]:
    marks = [badge("late", "просрочено"), badge("work", "возвращено")]
    return line(id=8, badges=marks, late=True, left="просрочено на 2 дня", gone="больше не работает", source_url=None, void="Документ утратил силу.")


def _list(**more: Any) -> dict[str, Any]:
    chip = {"label": "мне", "url": "/assignments/", "current": True, "count": 4, "late": False, "symbol": None}
    form = {
        "action": "/assignments/",
        "tab": "mine",
        "document": "",
        "series": "",
        "states": [("live", "не завершённые", True), ("any", "в любом состоянии", False)],
        "dues": [("", "любой срок", True), ("late", "просрочены", False)],
        "since": "2025-11-01",
        "until": "",
        "person": "Дёмина",
        "units": [("", "любое", True), ("3", "Отдел образования", False)],
        "q": "",
    }
    page = {
        "first": 1, "last": 50, "total": 120, "beyond": False, "previous_url": None, "next_url": "/assignments/?page=2",
        "pages": [("1", "/assignments/", True), ("…", None, False), ("3", "/assignments/?page=3", False)],
    }
    return {
        "tabs": [chip, chip | {"label": "все", "current": False, "count": None}],
        "dues": [chip | {"label": "просрочены", "current": False, "count": None, "symbol": "late"}],
        "states": form["states"],
        "form": form,
        "tokens": [{"label": "Человек", "value": "Дёмина", "remove_url": "/assignments/"}],
        "narrowing": 2,
        "rows": [_late(), line(), line(id=9, due=None, left="", deadline="без срока", others="", source="")],
        "summary": "120 поручений",
        "page": page,
        "clear_url": "/assignments/",
        "any_url": "/assignments/?state=any",
        "query": "tab=mine&person=Дёмина",
        "may_create": True,
        "new_url": "/assignments/new",
    } | more


def head(**more: Any) -> dict[str, Any]:
    plain = {
        "id": 7,
        "revision": 3,
        "title": TEXT,
        "text": f"{TEXT}\nСписки подписывает руководитель.",
        "badges": [badge("late", "просрочено"), badge("work", "в работе")],
        "left": "просрочено на 2 дня",
        "late": True,
        "due": DAY,
        "responsible": "Дёмина Ю. А.",
        "url": "/assignments/7",
        "ended_why": "",
    }
    return plain | more


def _act(label: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "url": "/assignments/7/report", "symbol": "check", "main": False, "post": False, "why_not": None} | more


def _people() -> list[dict[str, Any]]:
    return [
        {"part": "Ответственный", "names": ["Дёмина Ю. А., методист"], "note": "больше не работает", "late": True},
        {"part": "Соисполнители", "names": ["Громова Е. В.", "Нечаев П. Д."], "note": "на рабочий день раньше", "late": False},
    ]


_MADE = {"name": "Справка № 3 «О списках»", "url": "/documents/9", "badge": badge("plain", "проект"), "unproved": "не подписан"}


def _card(**more: Any) -> dict[str, Any]:
    move = {
        "badge": badge("ok", "разрешено"), "was": DAY, "wanted": DAY, "granted": DAY + dt.timedelta(3), "reason": "болеет методист",
        "by": "Дёмина Ю. А.", "at": MOMENT, "answer": "последний раз", "answered_by": "Ветрова М. И.", "answered_at": MOMENT,
    }
    report = {
        "text": "Списки готовы.", "by": "Громова Е. В.", "in_place_of": "Дёмина Ю. А.", "at": MOMENT,
        "document": _MADE, "files": [{"name": "списки.xlsx", "size": "18 КБ", "url": "/f"}],
        "badge": badge("work", "возвращён"), "verdict_by": "Ветрова М. И.", "verdict_at": MOMENT, "verdict_why": "нет школы № 4",
    }
    branch = {"depth": 0, "here": True, "text": TEXT, "url": "/assignments/7", "who": "Дёмина Ю. А.", "due": DAY, "badges": [badge("work", "в работе")]}
    entry = {"time": "10:30", "who": "Ветрова М. И.", "said": None, "text": "дала поручение", "symbol": "flag", "initials": "В"}
    return {
        "assignment": head(),
        "acts": {
            "main": [_act("Отчитаться", main=True), _act("Принять в работу", post=True)],
            "more": [_act("Отменить", why_not="Отменяет автор: Ветрова М. И.")],
        },
        "source": {"words": "Приказ № 214-ОД, п. 2", "url": "/documents/5", "void": "Документ утратил силу.", "item": {"words": "Пункт 1.2 карты", "url": "/roadmaps/1/items/2"}},
        "people": _people(),
        "deadline": {"words": "в срок до 05.12.2025", "due": DAY, "first": DAY, "counted_from": DAY, "done_on": DAY},
        "extensions": [move, move | {"badge": badge("work", "просят"), "was": None, "granted": None, "answered_at": None}],
        "tree": [branch, branch | {"depth": 2, "here": False}],
        "tree_more": 4,
        "checks": "Отчёт проверяет Ветрова М. И.",
        "reports": [report, report | {"document": _MADE | {"name": "Документ, который вам не открыт", "url": None, "badge": None, "unproved": ""}, "verdict_at": None}],
        "series": {
            "id": 2, "words": "каждый квартал", "until": DAY, "made_until": DAY, "ended_at": None, "ended_why": "",
            "all_url": "/assignments/?series=2", "end_url": "/assignments/series/2/end",
        },
        "history": [{"day": "пт 14 ноября", "entries": [entry]}],
        "history_more": True,
    } | more


def _checked() -> Act:
    form = Act(MultiDict({"reason": "Болеет методист", "revision": "3"}))
    form.validate()
    return form


def _act_page(form: Form, name: str, **more: Any) -> dict[str, Any]:
    below = {"text": TEXT, "url": "/assignments/9", "who": "Громова Е. В.", "due": DAY, "becomes": DAY, "draft": True}
    entry = {"time": "10:30", "who": "Ветрова М. И.", "said": None, "text": "приняла отчёт", "symbol": "tick", "initials": "В"}
    return {
        "assignment": head(),
        "act": {"label": "Отчитаться", "symbol": "check", "explained": "Скажите, что сделано.", "name": name},
        "why_not": None,
        "form": form,
        "trouble": None,
        "asked": {"by": "Дёмина Ю. А.", "wanted": DAY, "reason": "болеет методист", "was": DAY},
        "below": [below, below | {"becomes": None, "draft": False}],
        "seen": "2025-12-05|True",
        "documents": [{"id": 9, "name": "Справка № 3", "title": "О списках", "url": "/documents/9", "chosen": True, "badge": badge("plain", "проект")}],
        "judged": _MADE,
        "q": "3",
        "people": _PEOPLE,
        "last": [{"day": "пт 14 ноября", "entries": [entry]}],
        "back_url": "/assignments/7",
    } | more


def draft(**more: Any) -> Draft:
    plain: dict[str, Any] = {"text": TEXT, "responsible": "Дёмина Ю. А.", "executors": ["Громова Е. В."], "date": "2025-12-05"}
    return Draft(**{**plain, **more})


ANSWER = Computed("date|2025-12-05", DAY, executors=DAY - dt.timedelta(1), notes=("6 декабря выходной.",))
SERIES = Computed("periodic", DAY, days=(DAY,) * 6)
PAST = Computed("date|2025-01-05", DAY, refused="Этот день прошёл.", past=True)


def _form(**more: Any) -> dict[str, Any]:
    document = {"id": 5, "kind": "приказ", "number": "214-ОД", "date": DAY, "title": "О зачёте"}
    return {
        "parent": None,
        "document": document,
        "source": None,
        "draft": draft(),
        "computed": ANSWER,
        "seen": ANSWER.key,
        "revision": 0,
        "editing": False,
        "trouble": None,
        "people": _PEOPLE,
        "kinds": _KINDS,
        "recurrences": _RECURRENCES,
        "back_url": "/documents/5",
    } | more


def _wrong() -> Draft:
    names = ("text", "responsible", "executors", "controller", "author", "kind", "date", "count", "recurrence", "anchor", "until", "dates", "due")
    return draft(kind="", recurrence="2 per year", errors=dict.fromkeys(names, "Скажите иначе."))


def _proposals(**more: Any) -> dict[str, Any]:
    deadline = Deadline(DeadlineKind.DATE, DAY)
    points = [
        Proposal("2", TEXT, f"2. Дёминой Ю. А.: {TEXT}", deadline=deadline, deadline_words="до 05.12.2025", remarks=("Названы двое.",)),
        Proposal("3", "", "3. Признать утратившим силу приказ № 12.", needed=False, reason="исполнять нечего"),
        Proposal("", "", "Контроль оставляю за собой.", needed=True),
    ]
    hints = {"responsible": "В тексте: «Дёминой Ю. А.».", "executors": "В тексте: «директорам школ».", "deadline": "В тексте: «до 05.12.2025»."}
    rows = [
        Row(0, points[0], draft(), ticked=True, answer=ANSWER, hints=hints),
        Row(1, points[1], draft(), ticked=False, answer=None),
        Row(2, points[2], draft(errors={"past": "Отметьте.", "due": "Этот день прошёл."}), ticked=True, given="/assignments/7", answer=PAST),
    ]
    return {
        "document": {"id": 5, "kind": "приказ", "number": "214-ОД", "date": DAY, "title": "О зачёте"},
        "rows": rows,
        "why_none": "",
        "typed": {"author": "Ветрова М. И.", "controller": "Громова Е. В."},
        "errors": {"author": "Никого так не зовут."},
        "control_words": "Громову Е. В.",
        "counted_from": DAY,
        "text_key": "ab12",
        "trouble": "Ничего не дано.",
        "ticked": 2,
        "people": _PEOPLE,
        "kinds": _KINDS,
        "recurrences": _RECURRENCES,
        "back_url": "/documents/5",
    } | more


def _confirm(**more: Any) -> dict[str, Any]:
    card = _card()
    return {
        "assignment": head(badges=[badge("plain", "проект резолюции")]),
        "source": card["source"],
        "people": card["people"],
        "computed": ANSWER,
        "why_not": None,
        "may_edit": True,
        "may_drop": True,
        "edit_url": "/assignments/7/edit",
        "next_url": "/assignments/8/confirm",
        "in_place_of": "По замещению: Ветрова М. И.",
        "trouble": None,
        "reason": "",
        "back_url": "/",
    } | more


def _bulk(step: str, **more: Any) -> dict[str, Any]:
    return {"step": step, "summary": "подходит 2 из 3", "back_url": "/assignments/", **more}


def section(**more: Any) -> dict[str, Any]:
    """What the card of a document shows of assignments."""
    plain = {
        "total": 3, "live": 2, "late": 1, "done": 1, "rows": [_late(), line()], "more_url": "/assignments/?document=5",
        "propose_url": "/documents/5/assignments/propose", "new_url": "/documents/5/assignments/new", "offers": True, "why_not": None,
        "void": "", "cancel_url": None,
    }
    return plain | more


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    act = {"name": "people", "label": "Передать", "symbol": "users"}
    refused = line(why_not="Это решает автор.")
    bare: dict[str, Any] = {"extensions": [], "tree": [], "tree_more": 0, "reports": [], "checks": "", "series": None, "history": [], "history_more": False}
    nothing: dict[str, Any] = {"main": [], "more": []}
    return {
        "assignments": ("assignments.html", _list()),
        "assignments_none_found": ("assignments.html", _list(rows=[])),
        "assignments_empty": ("assignments.html", _list(rows=[], narrowing=0, tokens=[])),
        "assignment": ("assignment.html", _card()),
        "assignment_bare": ("assignment.html", _card(acts=nothing, assignment=head(text=TEXT, ended_why="не нужно"), **bare)),
        "assignment_act": ("assignment_act.html", _act_page(_checked(), "due")),
        "assignment_act_closed": ("assignment_act.html", _act_page(Act(), "report", why_not="Принят.", trouble="Изменили.", below=[], people=[])),
        "assignment_act_plain": (
            "assignment_act.html",
            _act_page(Report(), "report", asked=None, judged=None, documents=[], last=[], seen="", below=[], people=[]),
        ),
        "assignment_act_short": ("assignment_act.html", _act_page(Report(), "ask", asked={"by": "Дёмина", "wanted": DAY, "reason": "", "was": None}, documents=None)),
        "assignment_form": ("assignment_form.html", _form()),
        "assignment_form_wrong": ("assignment_form.html", _form(draft=_wrong(), computed=None, document=None, parent=head())),
        "assignment_form_series": (
            "assignment_form.html",
            _form(draft=draft(kind="periodic"), computed=SERIES, editing=True, document=None, source=_card()["source"], trouble="Изменили."),
        ),
        "assignment_proposals": ("assignment_proposals.html", _proposals()),
        "assignment_proposals_none": ("assignment_proposals.html", _proposals(rows=[], why_none="Текст не прочитан.", trouble=None)),
        "assignment_confirm": ("assignment_confirm.html", _confirm()),
        "assignment_confirm_past": ("assignment_confirm.html", _confirm(computed=PAST, may_edit=False, may_drop=False, next_url=None)),
        "assignment_confirm_closed": ("assignment_confirm.html", _confirm(why_not="Утверждает Ветрова М. И.", trouble="Изменили.", reason="x")),
        "assignments_choose": (
            "assignments_bulk.html",
            _bulk("choose", acts=[{"label": "Передать", "symbol": "users", "fits": "2 из 3", "url": "/b"}], rows=[line()]),
        ),
        "assignments_choose_none": ("assignments_bulk.html", _bulk("choose", acts=[], rows=[line()])),
        "assignments_report": ("assignments_bulk.html", _bulk("report", act=act, done=[line()], not_done=[refused])),
        "assignments_preview": (
            "assignments_bulk.html",
            _bulk("preview", act=act, name="people", query="tab=mine", will=[line()], will_not=[refused], form=_checked(), trouble=None, people=_PEOPLE),
        ),
        "assignments_preview_none": (
            "assignments_bulk.html",
            _bulk("preview", act=act, name="people", query="", will=[], will_not=[refused], form=None, trouble="Назовите.", people=[]),
        ),
    }

