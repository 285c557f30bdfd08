"""What the page with the list of assignments shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.assignments.words import LIVE, State
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext, pgettext
from roadmapdocs.people.models import Unit
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.assignments.conditions import (
    ALL,
    ANY,
    CONTROL,
    GIVEN,
    LATE,
    LIVING,
    MINE,
    OVER,
    WEEK,
    Conditions,
)
from roadmapdocs.web.assignments.listing import PAGE, Found, count, find
from roadmapdocs.web.assignments.rows import lines, source_names
from roadmapdocs.web.assignments.words import state_word

_MOST_SHOWN = 99


def list_context(conditions: Conditions, actor: Actor, today: dt.date) -> dict[str, object]:
    """What ``assignments.html`` asks for."""
    found = find(conditions, actor, today)
    return {
        "tabs": _tabs(conditions, actor, today),
        "states": _states(conditions),
        "dues": _dues(conditions),
        "form": _form(conditions),
        "tokens": _tokens(conditions, actor),
        "narrowing": conditions.narrowing,
        "rows": lines(found.rows, actor, today),
        "summary": _summary(found),
        "page": pager(conditions, found),
        "clear_url": Conditions(tab=conditions.tab).url(),
        "any_url": conditions.url(state=ANY),
        "query": conditions.query(),
        "may_create": may(actor, Action.ASSIGN),
        "new_url": url_for("roadmapdocs_assignments.create"),
    }


def open_tabs(actor: Actor) -> list[tuple[str, str]]:
    found = [
        (MINE, pgettext("assignments", "To me")),
        (GIVEN, pgettext("assignments", "From me")),
        (CONTROL, pgettext("assignments", "Under my control")),
    ]
    return [*found, (ALL, pgettext("assignments", "All"))] if may(actor, Action.SEE_CONTROL) else found


def first_tab(actor: Actor, today: dt.date) -> str:
    """The first of one's own tabs with something live; where there is none, all that one may see."""
    tabs = [tab for tab, _label in open_tabs(actor)]
    own = (tab for tab in tabs if tab != ALL and count(Conditions(tab=tab), actor, today, 1))
    return next(own, ALL if ALL in tabs else MINE)


def _tabs(conditions: Conditions, actor: Actor, today: dt.date) -> list[dict[str, Any]]:
    """How much is live stands on one's own tabs; all of the office's is not counted."""
    tabs = []
    for tab, label in open_tabs(actor):
        live = count(Conditions(tab=tab), actor, today, _MOST_SHOWN + 1) if tab != ALL else None
        shown = f"{_MOST_SHOWN}+" if live is not None and live > _MOST_SHOWN else live
        tabs.append({"label": label, "url": conditions.url(tab=tab), "current": tab == conditions.tab, "count": shown, "late": False, "symbol": None})
    return tabs


def _states(conditions: Conditions) -> list[tuple[str, str, bool]]:
    words = [
        (LIVING, pgettext("assignments", "not over")),
        *((str(one), state_word(one)) for one in (State.DRAFT, *LIVE)),
        (OVER, pgettext("assignments", "over")),
        *((str(one), state_word(one)) for one in (State.DONE, State.REMOVED, State.CANCELLED)),
        (ANY, pgettext("assignments", "in any state")),
    ]
    return [(value, label, value == conditions.shown_state) for value, label in words]


def due_words() -> dict[str, str]:
    return {
        LATE: pgettext("assignments", "overdue"),
        "0": pgettext("assignments", "today and before"),
        WEEK: pgettext("assignments", "this week"),
        "3": pgettext("assignments", "within 3 days"),
        "10": pgettext("assignments", "within 10 days"),
        "30": pgettext("assignments", "within 30 days"),
    }


def _dues(conditions: Conditions) -> list[dict[str, Any]]:
    """Chips of the deadlines asked for most."""
    words = due_words()
    chosen = [("", pgettext("assignments", "any deadline")), *((one, words[one]) for one in (LATE, "0", WEEK))]
    return [
        {"label": label, "url": conditions.url(due=value), "current": conditions.due == value, "count": None, "late": False,
         "symbol": "late" if value == LATE else None}
        for value, label in chosen
    ]


def _form(conditions: Conditions) -> dict[str, Any]:
    words = due_words()
    if conditions.due and conditions.due not in words:
        days = int(conditions.due)
        words[conditions.due] = ngettext("within %(num)s day", "within %(num)s days", days)
    units = Unit.select(Unit.id, Unit.name).order_by(Unit.name).tuples()
    return {
        "action": url_for("roadmapdocs_assignments.index"),
        "tab": conditions.tab,
        "document": conditions.document or "",
        "series": conditions.series or "",
        "states": _states(conditions),
        "dues": [("", pgettext("assignments", "any deadline"), not conditions.due), *((one, words[one], one == conditions.due) for one in words)],
        "since": conditions.since.isoformat() if conditions.since else "",
        "until": conditions.until.isoformat() if conditions.until else "",
        "person": conditions.person,
        "units": [("", _("any unit"), not conditions.unit), *((str(id_), name, id_ == conditions.unit) for id_, name in units)],
        "q": conditions.q,
    }


def _tokens(conditions: Conditions, actor: Actor) -> list[dict[str, str]]:
    """Conditions in force beside those that have chips, each with the list without it."""
    said: list[tuple[str, str, str]] = []
    if conditions.due and conditions.due not in {LATE, WEEK, "0"}:
        days = int(conditions.due)
        said.append(("due", _("Deadline"), ngettext("within %(num)s day", "within %(num)s days", days)))
    if conditions.since:
        said.append(("since", _("Deadline from"), conditions.since.strftime("%d.%m.%Y")))
    if conditions.until:
        said.append(("until", _("Deadline until"), conditions.until.strftime("%d.%m.%Y")))
    if conditions.person:
        said.append(("person", _("Person"), conditions.person))
    if conditions.unit:
        unit = Unit.get_or_none(Unit.id == conditions.unit)
        said.append(("unit", _("Unit"), str(unit) if unit is not None else "?"))
    if conditions.document:
        said.append(("document", _("Document"), source_names([conditions.document], actor).get(conditions.document, "?")))
    if conditions.series:
        said.append(("series", _("Series"), str(conditions.series)))
    if conditions.q:
        said.append(("q", _("Words"), conditions.q))
    without: dict[str, Any] = {"due": "", "person": "", "q": ""}
    return [{"label": label, "value": value, "remove_url": conditions.url(**{name: without.get(name)})} for name, label, value in said]


def _summary(found: Found) -> str:
    many = ngettext("%(num)s assignment", "%(num)s assignments", found.total)
    return _("more than %(many)s", many=many) if found.beyond else many


def pager(conditions: Conditions, found: Found) -> dict[str, object]:
    """As the macro ``pager()`` takes it."""
    page, last = found.page, max(-(-found.total // PAGE), found.page)
    shown = sorted({1, last, *range(max(page - 2, 1), min(page + 2, last) + 1)})
    pages: list[tuple[str, str | None, bool]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            pages.append(("…", None, False))
        pages.append((str(number), conditions.url(page=number), number == page))
    first = (page - 1) * PAGE + 1
    return {
        "first": first,
        "last": first + len(found.rows) - 1,
        "total": found.total,
        "beyond": found.beyond,
        "previous_url": conditions.url(page=page - 1) if page > 1 else None,
        "next_url": conditions.url(page=page + 1) if found.more else None,
        "pages": pages,
    }
