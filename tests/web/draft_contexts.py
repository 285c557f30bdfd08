"""What the pages of drafts are shown in ``test_templates``: full, and with nothing in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from roadmapdocs.drafting import values as v
from roadmapdocs.web.drafts.fields import Rows, asked_of
from roadmapdocs.web.drafts.form import DraftForm
from roadmapdocs.web.drafts.rows import PointRow
from tests.web import preview_contexts

LONG = "Об утверждении графика проверок готовности школ муниципального округа к отопительному сезону " * 3
DOCUMENT = {"id": 5, "kind": "приказ", "number": "", "date": None, "title": LONG}
ORDER = v.OrderValues(
    title=LONG,
    preamble="В целях порядка",
    points=(v.Point(kind=v.PointKind.TASK, text=LONG, executors=(v.Executor(text="Руководителям школ"),), term="ежеквартально"),),
    appendices=(v.Appendix(kind="schedule", title=LONG, blocks=(v.Block(text=LONG),)),),
)
PROTOCOL = v.ProtocolValues(meeting="заседания совета", agenda=(v.Question(title=LONG, votes=v.Votes(yes=3)),))


def draft(values: v.Values, **more: Any) -> dict[str, Any]:
    form = DraftForm.of(values, 3)
    return {
        "document": DOCUMENT,
        "form": form,
        "asked": [_asked(one, form) for one in asked_of(type(values))],
        "kinds": {"points": [("task", "поручает")], "appendices": [("schedule", "график")]},
        "people": [{"value": "Лукина О. С.", "label": "Лукина Ольга Сергеевна"}],
        "made_from": None,
        "to_look_at": [],
        "file": None,
        "checks": None,
        "preview": None,
        "returned_url": None,
        "next": [],
        "docx_url": "/drafts/5/word",
        "card_url": "/documents/5",
        "may_change": True,
        "why_not": "",
        **more,
    }


def _asked(one: Any, form: DraftForm) -> dict[str, Any]:
    if isinstance(one, Rows):
        rows = form.rows[one.name]
        points = [{"row": row, "number": "1.", "reading": f"1. {LONG}"} for row in rows if isinstance(row, PointRow)]
        return {"rows": one.row.prefix, "name": one.name, "error": "", "list": rows, "points": points, "phrases": [LONG]}
    return {
        "rows": None,
        "name": one.name,
        "entry": str(one.entry),
        "label": str(one.label),
        "hint": str(one.hint),
        "value": form.texts[one.name],
        "error": "",
        "lines": 6 if one.entry == "blocks" else 3,
        "phrases": [LONG],
    }


ACTS = [
    {"label": "Направить на согласование", "url": "/approvals/5/start", "symbol": "right", "post": False, "why_not": None, "fields": []},
    {"label": "Такой же", "url": "/drafts/5/like", "symbol": "copy", "post": True, "why_not": None, "fields": [("question", 1)]},
    {"label": "Закрыто", "url": "/x", "symbol": "copy", "post": False, "why_not": LONG, "fields": []},
]
FILE = {"name": "Приказ.docx", "url": "/documents/5/files/1", "number": 1, "at": dt.date(2026, 11, 20), "by": "Лукина О. С.", "fresh": False}
RETURNED = {
    "document": DOCUMENT,
    "file": {"id": 7, "name": "Приказ.docx", "number": 2},
    "revision": 3,
    "differences": [
        {"key": "a", "look": "work", "word": "изменено", "number": "1.", "was": LONG, "now": LONG, "reading": LONG, "clash": False},
        {"key": "b", "look": "none", "word": "убрано", "number": "2.", "was": LONG, "now": "", "reading": "", "clash": True},
    ],
    "unplaced": [LONG],
    "trouble": LONG,
    "back_url": "/drafts/5",
}
PHRASE = {"url": "/phrases/1", "text": LONG, "kinds": "Приказ", "active": False}
TYPED = {"place": "preamble", "text": LONG, "kinds": ["order_main"], "active": True}


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    """name of a look → (template, its context without shell)."""
    refused = draft(PROTOCOL, may_change=False, why_not=LONG)
    refused["form"].errors["members"] = LONG
    refused["form"].trouble = LONG
    full = draft(
        ORDER,
        file=FILE,
        next=ACTS,
        to_look_at=[LONG],
        made_from={"words": "Подготовлен", "url": "/x"},
        returned_url="/y",
        preview=preview_contexts.pages(),
    )
    return {
        "draft": ("draft.html", full),
        "draft_empty": ("draft.html", draft(v.OrderValues())),
        "draft_refused": ("draft.html", refused),
        "draft_text": ("draft.html", draft(v.NoteValues(blocks=(v.Block(text=LONG),)))),
        "draft_returned": ("draft_returned.html", RETURNED),
        "draft_returned_none": ("draft_returned.html", RETURNED | {"differences": [], "unplaced": [], "trouble": ""}),
        "draft_choice": ("draft_choice.html", {"kinds": [("rules", "Порядок"), ("instruction", "Инструкция")], "slot": "1~2026"}),
        "phrases": ("phrases.html", {"groups": [{"place": "Преамбулы", "phrases": [PHRASE]}, {"place": "Контроль", "phrases": []}]}),
        "phrase": (
            "phrase.html",
            {
                "is_new": True,
                "typed": TYPED,
                "places": [("preamble", "Преамбулы")],
                "kinds": [("order_main", "Приказ", True)],
                "names": [("{год}", "год")],
                "error": {"field": "text", "text": LONG},
            },
        ),
    }
