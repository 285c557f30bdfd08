"""How urgent things are: what the chips of «Ждёт меня» count and narrow to, and the sentence above them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from flask import url_for

from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web.pages import day
from roadmapdocs.web.worklist.rows import Group, urgency_of

_A_WEEK = dt.timedelta(days=7)
CODES = ("late", "today", "week", "none")


def fits(due: dt.date | None, when: str, today: dt.date) -> bool:
    """Whether something with this term is what ``when`` asks for; anything else than :data:`CODES` asks for all."""
    if when == "week":
        return due is not None and today <= due <= today + _A_WEEK
    return when not in CODES or urgency_of(due, today) == when


def summary(waiting: int, dues: Sequence[dt.date | None], today: dt.date) -> str:
    """«Понедельник, 16 марта. 5 дел: просрочено 2, на сегодня 1.»"""
    date = day(today).capitalize()
    if not waiting:
        return _("%(day)s. Nothing waits for you.", day=date)
    late, now = (sum(fits(due, code, today) for due in dues) for code in ("late", "today"))
    facts = [_("late: %(number)s", number=late)] if late else []
    facts += [_("due today: %(number)s", number=now)] if now else []
    said = ngettext("%(day)s. %(num)s thing waits for you", "%(day)s. %(num)s things wait for you", waiting, day=date)
    return said + (": " + ", ".join(facts) if facts else "") + "."


def chips(dues: Sequence[dt.date | None], when: str, today: dt.date) -> list[dict[str, object]]:
    labels = (
        ("", _("All")),
        ("late", _("Late")),
        ("today", _("Today")),
        ("week", _("This week")),
        ("none", _("Without a term")),
    )
    page = url_for("roadmapdocs_worklist.index")
    known = when if when in CODES else ""
    return [
        {
            "label": label,
            "url": f"{page}?when={code}" if code else page,
            "current": code == known,
            "count": sum(fits(due, code, today) for due in dues),
            "late": code == "late",
            "symbol": None,
        }
        for code, label in labels
    ]


def narrowed(groups: Sequence[Group], when: str, today: dt.date) -> list[Group]:
    """The groups with those of their rows only that ``when`` asks for; as they are, where it asks for all."""
    if when not in CODES:
        return list(groups)
    found = [Group(group.title, [row for row in group.rows if fits(row.due, when, today)]) for group in groups]
    return [group for group in found if group.rows]
