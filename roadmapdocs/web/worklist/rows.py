"""Rows of «Ждёт меня»: what waits, since or until when, from whom, and the one act that ends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from roadmapdocs.coverage.matrix import CoveredItem, CoveredSlot
from roadmapdocs.coverage.phrases import period_words
from roadmapdocs.coverage.rules import State
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web.pages import day
from roadmapdocs.web.roadmaps.slot_words import answering_words, cut, inner_quotes
from roadmapdocs.web.roadmaps.slots import slot_key

#: What is due within these days is on the list.
AHEAD = dt.timedelta(days=30)
#: More rows of one act than these help nobody.
MOST_ROWS = 40
_LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class Act:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Task:
    """``due`` sorts and filters, the words are for reading. ``urgency``: late, today, soon or none."""

    title: str
    url: str
    urgency: str
    when: str
    note: str
    about: list[str]
    act: Act
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The roadmap behind an edition."""

    roadmap_id: int
    title: str
    coordinator_id: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks of one act, the most urgent first; ``unlisted`` of them have no row of their own.

    ``rest`` are the terms of further ones (``late_rest`` of them late), which ``all_url`` shows: there several are
    decided on at once.
    """

    title: str
    rows: list[Task]
    unlisted: int = 0
    rest: tuple[dt.date | None, ...] = ()
    late_rest: int = 0
    all_url: str = ""

    @property
    def count(self) -> int:
        return len(self.rows) + self.unlisted + len(self.rest)

    @property
    def dues(self) -> list[dt.date | None]:
        """Terms of all that has a row here or there."""
        return [*(row.due for row in self.rows), *self.rest]

    @property
    def late(self) -> int:
        return sum(row.urgency == "late" for row in self.rows) + self.late_rest


def urgency_of(due: dt.date | None, today: dt.date) -> str:
    """late, today, soon or none."""
    if due is None:
        return "none"
    return "late" if due < today else "today" if due == today else "soon"


def term_of(due: dt.date | None, today: dt.date) -> tuple[str, str, str]:
    """(urgency, when, note): «на 2 дня», «сегодня», «ср 19 ноября» with «через 5 дней», «без срока»."""
    if due is None:
        return "none", _("without a term"), ""
    days = (due - today).days
    if days < 0:
        return "late", ngettext("by %(num)s day", "by %(num)s days", -days), ""
    if days == 0:
        return "today", _("today"), ""
    return "soon", day(due), ngettext("in %(num)s day", "in %(num)s days", days)


def task(
    title: str, *, about: Iterable[str], act: Act, due: dt.date | None, today: dt.date, url: str = ""
) -> Task:
    """``url`` is where the title leads, the act's own address unless given."""
    urgency, when, note = term_of(due, today)
    facts = [fact for fact in about if fact]
    return Task(cut(title, _LONGEST_TITLE), url or act.url, urgency, when, note, facts, act, due)


def awaited(slot: CoveredSlot, until: dt.date) -> bool:
    """Whether somebody has to bring a document for this slot by that day."""
    due = slot.slot.due
    if slot.slot.suggested or due is None or slot.state not in {State.LATE, State.MISSING, State.IN_WORK}:
        return False
    return due <= until


def slot_task(item: CoveredItem, slot: CoveredSlot, plan: Plan, label: str, today: dt.date) -> Task:
    key = slot_key(slot.slot.expected, slot.slot.key)
    page = url_for("roadmapdocs_roadmaps.roadmap", roadmap_id=plan.roadmap_id)
    number = item.item.number
    about = [
        _("Roadmap “%(title)s”, item %(number)s", title=inner_quotes(cut(plan.title, 70)), number=number),
        cut(item.item.title, 110),
        period_words(slot.slot),
        cut(answering_words(item.item), 70),
    ]
    title = slot.expected.title[:1].upper() + slot.expected.title[1:]
    act = Act(label, f"{page}?slot={key}#item-{item.item.id}")
    return task(title, about=about, act=act, due=slot.slot.due, today=today)


def slot_group(
    title: str, items: Iterable[CoveredItem], plans: Mapping[int, Plan], label: str, *, today: dt.date, ahead: dt.timedelta
) -> Group:
    """All slots awaited until ``ahead`` from today, the longest overdue first; above a page of them, in one last row."""
    found = [
        (slot.slot.due or today, item, slot)
        for item in items
        for slot in item.slots
        if awaited(slot, today + ahead)
    ]
    found.sort(key=lambda one: (one[0], one[1].item.edition, one[1].item.id))
    rows = [slot_task(item, slot, plans[item.item.edition], label, today) for _due, item, slot in found[:MOST_ROWS]]
    more = len(found) - len(rows)
    if more > 0:
        said = ngettext("%(num)s more document", "%(num)s more documents", more)
        about = [_("The roadmaps show them all.")]
        act = Act(_("Open roadmaps"), url_for("roadmapdocs_roadmaps.index"))
        rows.append(task(said, about=about, act=act, due=found[MOST_ROWS][0], today=today))
    return Group(title, rows, max(more - 1, 0))
