"""Made-up contexts of the executive's screen and of «Ждёт меня», for looking at their templates without views."""

from __future__ import annotations

import datetime as dt
from typing import Any

from roadmapdocs.errors import Refusal
from roadmapdocs.web.decide.page import Typed
from roadmapdocs.web.worklist.rows import Act, Group, Task
from tests.web import check_contexts

TODAY = dt.date(2025, 11, 14)
NEEDED = "Напишите, что исправить."


def _remark(state: str, place: str = "") -> dict[str, Any]:
    badges = {"open": ("work", "без ответа"), "accepted": ("ok", "принято"), "rejected": ("work", "отклонено с обоснованием")}
    look, label = badges[state]
    return {
        "by": "Нечаев П. Д.",
        "post": "юрист",
        "place": place,
        "text": "указать срок",
        "answer": "срок назван в пункте 2" if state != "open" else "",
        "open": state == "open",
        "badge": {"look": look, "label": label, "symbol": None},
    }


def _visa(name: str, look: str, label: str, **more: Any) -> dict[str, Any]:
    plain = {
        "name": name,
        "post": "главный бухгалтер",
        "day": TODAY,
        "badge": {"look": look, "label": label, "symbol": None},
        "instead": "",
        "version": 2,
        "committee": "",
        "comment": "",
        "note": "",
        "asks": True,
        "agreed": look == "ok",
        "file": None,
    }
    return plain | more


def _text() -> dict[str, Any]:
    changed = (("same", "2. Разобрать результаты "), ("del", "в ближайшее время"), ("ins", "до 05.12.2025"), ("same", "."))
    return {
        "paragraphs": [
            {"change": "same", "parts": (("same", "1. Признать зачёт состоявшимся."),), "remarks": []},
            {"change": "changed", "parts": changed, "remarks": [_remark("accepted", "п. 2")]},
            {"change": "removed", "parts": (("del", "3. Лишнее."),), "remarks": []},
        ],
        "why_not": None,
        "more": 12,
        "since": 2,
        "changes": 2,
        "fresh": True,
        "number": 3,
        "url": "/documents/5/files/9",
    }


def act(code: str = "sign", **more: Any) -> dict[str, Any]:
    plain = {
        "code": code,
        "visa": 0 if code in {"sign", "confirm"} else 7,
        "label": {"sign": "Подписать", "agree": "Согласовать", "see": "Ознакомлен"}[code],
        "symbol": "edit",
        "in_place_of": "По замещению: Нечаев П. Д.",
        "signs": code == "sign",
        "why_not": None,
        "rule": True,
        "body": None,
        "may_return": code != "see",
        "paper_url": "/documents/5/act/sign",
        "ask_url": "/approvals/visas/7/ask" if code == "agree" else None,
        "forward_url": "/approvals/visas/7/forward",
        "kinds": [("redline", "правка в тексте"), ("other", "другой файл")],
    }
    return plain | more


def decide(**more: Any) -> dict[str, Any]:
    file = {"name": "разногласия.docx", "kind": "протокол разногласий", "url": "/decide/5/objections/4"}
    return {
        "document": {
            "id": 5,
            "title": "Об итогах районного зачёта по чтению",
            "over": "Приказ, проект",
            "drafter": "Исполнитель: Дёмина Ю. А.",
            "receives": "Дёмина Ю. А.",
        },
        "place": "2 из 5 на подпись",
        "badges": [{"look": "ok", "label": "визы 4 из 4", "symbol": None}, {"look": "plain", "label": "до 21.11", "symbol": "cal"}],
        "gist": [{"head": "", "text": "Шесть директоров разбирают результаты."}, {"head": "Подтверждает пункт", "text": "3.1"}],
        "disagreements": [{"name": "Соболев А. О.", "post": "заместитель", "comment": "срок нереален", "file": file}],
        "text": _text(),
        "remarks": [_remark("accepted", "п. 2"), _remark("open"), _remark("rejected", "п. 9")],
        "visas": [
            _visa("Ярцева И. М.", "ok", "согласовано", version=3, instead="по замещению: Громова Е. В."),
            _visa("Нечаев П. Д.", "work", "с замечаниями", committee="протокол № 6", comment="указать срок", file=file),
            _visa("Громова Е. В.", "plain", "ждёт очереди", post="", day=None, version=None, note="посмотрите сумму"),
        ],
        "files": [{"label": "Текст, версия 3", "name": "приказ.docx", "size": "48 КБ", "url": "/documents/5/files/9"}],
        "links": [{"words": "Изменяет", "name": "приказ № 34-ОД", "title": "О зачёте", "url": "/documents/6"}],
        "version": 9,
        "act": act(),
        "closed": None,
        "next": {"title": "Протокол № 6 методсовета", "url": "/decide/6"},
        "typed": Typed(),
        "fields": {},
        "trouble": None,
        "checks": check_contexts.block(),
        "card_url": "/documents/5",
        "chips": ["Уточнить текст", "Не тот срок"],
    } | more


def _refused(sheet: str, **more: Any) -> dict[str, Any]:
    values = {"comment": "назвать день", "committee": "", "kind": "redline"}
    remarks = (("п. 2", "когда?"), ("", "короче"), ("п. 4", "кто?"), ("п. 5", "где?"))
    refusal = Refusal("verdict", NEEDED)
    return {"typed": Typed(values, remarks, ("Не тот срок",), sheet, 8, refusal), **more}


def _several(**more: Any) -> dict[str, Any]:
    row = {
        "choice": "5:9:7",
        "title": "Приказ «О зачёте»",
        "url": "/decide/5",
        "urgency": "soon",
        "when": "ср 19 ноября",
        "note": "через 5 дней",
        "about": ["Исполнитель: Дёмина Ю. А.", ""],
        "ticked": True,
        "why_not": None,
    }
    late = row | {"choice": "6:9:8", "urgency": "late", "when": "на 2 дня", "ticked": False}
    return {
        "step": "choose",
        "act": {"code": "sign", "title": "Подписать", "label": "Подписать", "symbol": "edit"},
        "back_url": "/",
        "will": [row, late],
        "will_not": [row | {"why_not": "Текст изменился."}],
        "more": 3,
        "password": True,
        "trouble": None,
        "all_url": "/decide/bulk?act=sign&all=1",
    } | more


def _report() -> dict[str, Any]:
    done = {"title": "Приказ «О зачёте»", "url": "/decide/5", "why_not": None}
    hidden = {"title": "Документ", "url": None, "why_not": "Такой визы нет."}
    return {
        "step": "report",
        "act": {"code": "agree", "title": "Согласовать", "label": "Согласовать", "symbol": "tick"},
        "back_url": "/",
        "summary": "сделано 1 из 3",
        "done": [done],
        "not_done": [done | {"why_not": "Появилась версия 3."}, hidden],
    }


def worklist() -> dict[str, Any]:
    """«Ждёт меня» with all its parts: more behind a group, notices, and what was done with its ways back."""

    def row(urgency: str, when: str, due: dt.date | None) -> Task:
        about = ["Исполнитель: Дёмина Ю. А.", "срок 31.10.2025"]
        return Task("Приказ «О зачёте»", "/x", urgency, when, "через 5 дней", about, Act("Рассмотреть", "/x"), due)

    rows = [row("late", "на 2 дня", TODAY), row("today", "сегодня", TODAY), row("none", "без срока", None)]
    done: dict[str, Any] = {"note": "", "time": "09:42", "title": "Приказ «О конкурсе»", "url": "/x", "back": None}
    done["badge"] = {"look": "ok", "label": "согласовано", "symbol": None}
    visa = {"label": "Отозвать визу", "url": "/decide/5/withdraw", "fields": {"visa": 7}}
    signature = {"label": "Отозвать подпись", "url": "/documents/6/act/unsign", "fields": None}
    chip = {"label": "Просрочено", "url": "?when=late", "current": True, "count": 2, "late": True, "symbol": None}
    return {
        "summary": "Пятница, 14 ноября 2025 г. Пять дел: два просрочено.",
        "chips": [chip, chip | {"label": "Все", "current": False, "late": False}],
        "groups": [
            Group("Согласовать", rows, rest=(None, TODAY), late_rest=1, all_url="/decide/bulk?act=agree"),
            Group("Привязать документ", rows[2:]),
        ],
        "notices": [{"head": "С 17.11 по 21.11 вы исполняете обязанности: и.о. начальника", "text": "Приказ № 61-К."}],
        "waiting": [
            {"title": "План поддержки на 2026 г.", "url": "/x", "note": "у юриста, с утра", "late": False},
            {"title": "Протокол совета", "url": "/x", "note": "на 1 день дольше срока", "late": True},
        ],
        "done": [done | {"back": visa}, done | {"back": signature, "note": "Подписать"}, done],
        "next_term": dt.date(2025, 12, 1),
        "first_run": None,
    }


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    plain = _text() | {"since": None, "changes": 0, "fresh": False, "more": 0}
    unread = plain | {"why_not": "Файл слишком велик.", "paragraphs": []}
    bare: dict[str, Any] = {"disagreements": [], "remarks": [], "visas": [], "files": [], "links": [], "gist": [], "badges": []}
    empty: dict[str, Any] = {"groups": [], "notices": [], "waiting": [], "done": []}
    first_run = {"may_import": True, "demo_url": "/demo"}
    return {
        "worklist": ("worklist.html", worklist()),
        "worklist_done": ("worklist.html", worklist() | {"groups": []}),
        "worklist_bare": ("worklist.html", worklist() | empty | {"next_term": None}),
        "first_run": ("worklist.html", worklist() | {"groups": [], "first_run": first_run}),
        "decide_sign": ("decide.html", decide()),
        "decide_no_rule": ("decide.html", decide(act=act(rule=False, paper_url=None), text=_text() | {"changes": 0})),
        "decide_away": ("decide.html", decide(act=act(why_not="Подписывает Соболев А. О."))),
        "decide_wrong_password": ("decide.html", decide(**_refused("sign", fields={"password": NEEDED, "signature": NEEDED}))),
        "decide_agree": ("decide.html", decide(act=act("agree"), text=plain)),
        "decide_refused": (
            "decide.html",
            decide(act=act("agree"), **_refused("return", fields={"comment": NEEDED, "remarks": NEEDED})),
        ),
        "decide_stale": ("decide.html", decide(act=act("agree"), trouble=NEEDED, **_refused("return"))),
        "decide_body": (
            "decide.html",
            decide(act=act("agree", body="Методический совет"), **_refused("body", fields={"committee": NEEDED})),
        ),
        "decide_see": ("decide.html", decide(act=act("see", in_place_of=""), next=None)),
        "decide_closed": ("decide.html", decide(act=None, closed="Ваша очередь ещё не пришла.", text=unread, trouble=NEEDED, **bare)),
        "decide_bulk": ("decide_bulk.html", _several()),
        "decide_bulk_refused": ("decide_bulk.html", _several(trouble=NEEDED, password=False, will_not=[], more=0)),
        "decide_bulk_empty": ("decide_bulk.html", _several(will=[], will_not=[], more=0)),
        "decide_report": ("decide_bulk.html", _report()),
    }
