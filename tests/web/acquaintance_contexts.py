"""Made-up contexts of the pages of acquaintance, for looking at their templates without views."""

from __future__ import annotations

import datetime as dt
from typing import Any

from roadmapdocs.web.acquaintance.parts import Part
from roadmapdocs.web.acquaintance.send_draft import SendDraft
from roadmapdocs.web.acquaintance.sheet_page import Asked, Typed
from roadmapdocs.web.decide.text import Paragraph
from roadmapdocs.web.worklist.rows import Act, Task

TODAY = dt.date(2025, 11, 14)
DOCUMENT = {
    "id": 5,
    "kind": "приказ",
    "number": "214-ОД",
    "date": dt.date(2025, 11, 10),
    "title": "О неделе чтения",
    "annulled": False,
}
BADGE = {"look": "ok", "label": "ознакомлен(а)", "symbol": None}
NEEDED = "Назовите день подписи."


def _chip(label: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "url": "/x", "current": False, "count": None, "late": False, "symbol": None} | more


def _row(urgency: str, when: str, due: dt.date | None) -> Task:
    about = ["Направила: Дёмина Ю. А.", "к понедельнику"]
    return Task("Приказ «О зачёте»", "/x", urgency, when, "через 5 дней", about, Act("Читать", "/x"), due)


def _page(**more: Any) -> dict[str, Any]:
    return {"first": 51, "last": 100, "total": 140, "previous_url": "/x", "next_url": "/x", "pages": []} | more


def queue(**more: Any) -> dict[str, Any]:
    rows = [_row("late", "на 2 дня", TODAY), _row("today", "сегодня", TODAY), _row("none", "без срока", None)]
    return {
        "rows": rows,
        "total": 140,
        "late": 1,
        "first_url": "/acquaintance/5",
        "done": [{"title": "Приказ № 5", "url": "/x", "day": TODAY, "way": "простая подпись"}],
        "chips": [_chip("Мне", current=True), _chip("Организация")],
        "page": _page(),
    } | more


def _paragraphs() -> tuple[Paragraph, ...]:
    changed = (("same", "2. Разобрать результаты "), ("del", "скоро"), ("ins", "до 05.12.2025"), ("same", "."))
    return (Paragraph("changed", changed, "2"), Paragraph("removed", (("del", "3. Лишнее."),), "3"))


def reading(**more: Any) -> dict[str, Any]:
    page = {"number": 1, "of": 2, "url": "/previews/5/9/pages/1", "width": 800, "height": 1131}
    return {
        "document": {"id": 5, "title": "О неделе чтения", "over": "Приказ № 214-ОД от 10.11.2025", "summary": "Кратко."},
        "asked": {
            "by": "Направила: Дёмина Ю. А., 10.11.2025 09:00",
            "due": TODAY,
            "urgency": "late",
            "instead": "Вас просят вместо: Нечаев П. Д.",
            "note": "Срок в пункте 2.",
        },
        "place": "2 из 5",
        "parts": (Part(1, page), Part(2, page | {"number": 2}), Part(3, None, _paragraphs())),
        "paged": None,
        "paged_url": "/acquaintance/5?part=1",
        "other": "text",
        "other_url": "/acquaintance/5?form=text",
        "total": 3,
        "why": "",
        "coming": True,
        "changes": {"day": TODAY, "edition": 1, "paragraphs": _paragraphs(), "more": 2, "why": None, "url": "/x"},
        "file": {"name": "приказ.docx", "url": "/x"},
        "line": 7,
        "version": 9,
        "ready": False,
        "rule": "№ 3-ОД от 12.01.2025",
        "closed": None,
        "next": {"title": "Протокол № 6", "url": "/acquaintance/6"},
        "of": 5,
        "card_url": "/documents/5",
        "queue_url": "/acquaintance/",
    } | more


def progress(**more: Any) -> dict[str, Any]:
    parts = [("proved", 9), ("in_work", 1), ("late", 2), ("missing", 2)]
    return {"words": "Ознакомлены 9 из 14", "parts": parts, "asked": 14, "waiting": 4, "late": 2, "refused": 1} | more


def control(**more: Any) -> dict[str, Any]:
    row = progress() | {
        "title": "Приказ № 5 «О зачёте»",
        "url": "/x",
        "waiting_url": "/x?show=late",
        "due": TODAY,
        "urgency": "late",
        "standing": True,
    }
    options = [(0, "Все подразделения", True), (3, "Отдел кадров", False)]
    selects = {"action": "/x", "hidden": [("show", "open")], "fields": [{"name": "unit", "label": "Подразделение", "options": options}]}
    return {
        "places": [_chip("Мне"), _chip("Организация", current=True)],
        "chips": [_chip("Читают", current=True), _chip("Постоянно")],
        "selects": selects,
        "rows": [row, row | {"waiting": 0, "late": 0, "due": None, "urgency": "none", "standing": False}],
        "show": "open",
        "page": _page(total=None),
    } | more


def _line(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "name": "Нечаев П. Д.",
        "post": "юрист",
        "unit": "Правовой отдел",
        "instead": "вместо: Громова Е. В.",
        "due": TODAY,
        "badge": BADGE,
        "details": "простая подпись, 12.11.2025 09:12",
        "scan": {"name": "лист.pdf", "url": "/x"},
        "ticked": True,
    } | more


def sheet(**more: Any) -> dict[str, Any]:
    sent = {
        "id": 3,
        "who": "Все сотрудники",
        "said": "10.11.2025 09:00, Дёмина Ю. А.",
        "edition": 2,
        "version": 4,
        "standing": True,
        "due": TODAY,
        "days": 3,
        "note": "Срок в пункте 2.",
        "ended": "",
        "latest": True,
        "end_url": "/x",
    }
    ended = sent | {"id": 2, "standing": False, "days": None, "due": None, "note": "", "ended": "закончен", "latest": False, "end_url": None}
    return {
        "document": DOCUMENT,
        "progress": progress(),
        "sheets": [sent, ended],
        "chips": [_chip("Все", current=True), _chip("Не ознакомлены", count=4), _chip("Просрочено", count=2, late=True)],
        "units": [(3, "Отдел кадров", True), (4, "Правовой отдел", False)],
        "asked": Asked(words="юрист"),
        "rows": [_line(1), _line(2, ticked=False, instead="", scan=None, details="", due=None)],
        "page": _page(),
        "all_url": "/x?tick=all",
        "keeps": True,
        "sends": True,
        "query": "show=waiting",
        "typed": Typed(),
        "today": TODAY,
        "ways": [("paper", "расписались в листе"), ("aloud", "прочитано вслух")],
        "send_url": "/x",
        "docx_url": "/x",
        "xlsx_url": "/x",
        "back_url": "/documents/5",
    } | more


def _typed() -> Typed:
    values = {"paper_day": "2025-11-12", "paper_way": "aloud", "drop_reason": "отпуск"}
    return Typed("paper", values, frozenset({1}), "Лист прочитан.", {"paper_day": NEEDED, "paper_scan": "Приложите скан."})


def send(**more: Any) -> dict[str, Any]:
    return {
        "document": DOCUMENT,
        "draft": SendDraft(chosen=["unit:3"], everyone=True, typed="Нечаев", note="Срок в пункте 2."),
        "tokens": [("unit:3", "Отдел кадров"), ("role:staff", "все сотрудники")],
        "named": [{"id": 4, "name": "Нечаев П. Д.", "post": "юрист", "ticked": True}, {"id": 5, "name": "Громова Е. В.", "post": "", "ticked": False}],
        "people": [{"value": "Нечаев П. Д.", "label": "Нечаев Пётр Денисович, юрист"}],
        "units": [(3, "Отдел кадров")],
        "posts": ["юрист"],
        "roles": [("staff", "сотрудник")],
        "outlook": None,
        "rule": True,
        "longest_note": 2000,
        "back_url": "/documents/5",
    } | more


def outlook(**more: Any) -> dict[str, Any]:
    return {
        "count": 14,
        "names": ["Нечаев П. Д., юрист", "Громова Е. В."],
        "more": 12,
        "steads": [{"name": "Соболев А. О.", "absent": "Ярцева И. М."}],
        "absent": ["Дёмина Ю. А."],
        "left": ["Орлов К. К."],
        "doubtful": ["Петрова А."],
        "asked_already": 3,
        "new_readers": 2,
        "marked": True,
        "on_paper": 4,
        "seen": "abc",
    } | more


def section(**more: Any) -> dict[str, Any]:
    own = {"badge": BADGE, "details": "", "due": TODAY, "label": "Прочитать", "url": "/acquaintance/5", "asked": True}
    return {"progress": progress(), "own": own, "sheet_url": "/x", "waiting_url": "/x", "send_url": "/x"} | more


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    refused = SendDraft(
        errors={"person": "Так никого не зовут.", "due": "Срок прошёл.", "days": "Число.", "note": "Коротко."}, trouble=NEEDED
    )
    bare: dict[str, Any] = {"tokens": [], "named": [], "rule": False}
    paged = {"part": 2, "previous_url": "/x", "next_url": "/x", "whole_url": "/x"}
    nothing = outlook(names=[], more=0, steads=[], absent=[], left=[], doubtful=[], asked_already=0, new_readers=0, on_paper=0, count=0)
    return {
        "acquaintance": ("acquaintance.html", queue()),
        "acquaintance_done": ("acquaintance.html", queue(rows=[], total=0, late=0, first_url=None, done=[], chips=[], page=None)),
        "reading": ("acquaintance_reading.html", reading()),
        "reading_ready": ("acquaintance_reading.html", reading(ready=True, changes=None, next=None, coming=False)),
        "reading_paged": ("acquaintance_reading.html", reading(paged=paged, paged_url=None, parts=reading()["parts"][1:2], other="pages")),
        "reading_file": ("acquaintance_reading.html", reading(parts=(), total=0, paged_url=None, why="Файл слишком велик.")),
        "reading_no_rule": ("acquaintance_reading.html", reading(rule=None)),
        "reading_closed": ("acquaintance_reading.html", reading(asked=None, closed="Вы подтвердили.", next=None, line=0, of=0)),
        "acquaintance_control": ("acquaintance_control.html", control()),
        "acquaintance_control_empty": ("acquaintance_control.html", control(rows=[], page=None)),
        "acquaintance_control_none": ("acquaintance_control.html", control(rows=[], show="done", page=None)),
        "acquaintance_sheet": ("acquaintance_sheet.html", sheet()),
        "acquaintance_sheet_refused": ("acquaintance_sheet.html", sheet(typed=_typed(), page=None)),
        "acquaintance_sheet_reader": ("acquaintance_sheet.html", sheet(keeps=False, sends=False, send_url=None)),
        "acquaintance_sheet_none": ("acquaintance_sheet.html", sheet(rows=[], sheets=[], progress=progress(asked=0, waiting=0, late=0))),
        "acquaintance_sheet_nobody": ("acquaintance_sheet.html", sheet(rows=[], page=None)),
        "acquaintance_send": ("acquaintance_send.html", send()),
        "acquaintance_send_shown": ("acquaintance_send.html", send(outlook=outlook())),
        "acquaintance_send_nobody": ("acquaintance_send.html", send(outlook=nothing)),
        "acquaintance_send_refused": ("acquaintance_send.html", send(draft=refused, **bare)),
    }
