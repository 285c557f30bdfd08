"""A made-up context of the page on which terms of a roadmap become assignments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from roadmapdocs.assignments.from_items import SlotProposal
from roadmapdocs.web.documents.people import Suggested
from roadmapdocs.web.roadmaps.assigning import Row


def _row(number: str, title: str, due: dt.date, *, past: bool = False, who: str = "Дёмин Ю. А.", error: str = "") -> Row:
    proposal = SlotProposal(
        item=22,
        number=number,
        title=title,
        expected=9,
        wanted="аналитическая справка",
        period=f"../{due.isoformat()}",
        due=due,
        past=past,
        text=f"{title}. Представить: аналитическую справку ({due.year} год).",
        responsible=4 if who else None,
        executors=(),
        answering="Дёмин Ю. А., школы" if who else "",
    )
    return Row(f"9~../{due.isoformat()}", proposal, bool(who) and not past, who, error)


def page(**more: Any) -> dict[str, Any]:
    return {
        "roadmap": {"id": 1, "title": "Дорожная карта «Читающий округ»", "period": "2024–2026"},
        "of": "2. Учителя и методика",
        "rows": [
            _row("2.2", "Провести неделю чтения", dt.date(2026, 10, 30)),
            _row("2.3", "Выпустить методические рекомендации", dt.date(2026, 9, 30), who="", error="Такого человека нет."),
        ],
        "past_rows": [_row("2.2", "Провести неделю чтения", dt.date(2025, 10, 31), past=True)],
        "past": False,
        "controller": "Лаврова О. С.",
        "why_nobody": "",
        "author": None,
        "authors": [(None, "от своего имени"), (7, "Ветлугин М. И.")],
        "errors": {"who-x": "Такого человека нет."},
        "trouble": "Ещё не дано.",
        "people": [Suggested("Дёмин Ю. А.", "Дёмин Юрий Андреевич, методист")],
        "back_url": "/roadmaps/1",
    } | more


def looks() -> dict[str, tuple[str, dict[str, Any]]]:
    return {
        "roadmap_assign": ("roadmap_assign.html", page()),
        "roadmap_assign_nothing": ("roadmap_assign.html", page(rows=[], past_rows=[], of="", trouble="", errors={}, controller="", why_nobody="Координатор отвечает сам.")),
    }
