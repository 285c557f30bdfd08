"""What the card of an assignment shows, put together from its parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from flask import url_for

from roadmapdocs.assignments import series_rights
from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.deadlines import executors_due
from roadmapdocs.assignments.models import Assignment, AssignmentSeries
from roadmapdocs.assignments.offers import Offer, offers_of
from roadmapdocs.assignments.people import left_the_office
from roadmapdocs.assignments.series_rights import check_may_end
from roadmapdocs.assignments.tree import tree_of
from roadmapdocs.assignments.visibility import visible_to
from roadmapdocs.assignments.words import LIVE, DeadlineKind, State
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Post
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.assignments.act_form import AT_ONCE, NAME_OF
from roadmapdocs.web.assignments.history import newest
from roadmapdocs.web.assignments.reported import extensions_of, reports_of, who_checks
from roadmapdocs.web.assignments.rows import (
    UNDER_WAY,
    card_url,
    document_url,
    executor_names,
    source_names,
    source_words,
    void_words,
)
from roadmapdocs.web.assignments.words import act_words, badges_of, deadline_word, left_words, recurrence_word
from roadmapdocs.web.roadmaps.slot_words import cut
from roadmapdocs.workdays.operations import calendar

#: The one act that is asked of the person, where several are open: it alone is filled.
_FIRST = (
    Act.GIVEN, Act.EXTENSION_GRANTED, Act.EXPLAINED, Act.ACCEPTED, Act.TAKEN, Act.REPORTED, Act.REMOVED,
)
#: What stands beside it, in this order and so many of them; the rest is under «More».
_BESIDE = (
    *(Act.EXTENSION_REFUSED, Act.RETURNED, Act.REPORTED, Act.ASKED, Act.EXTENSION_ASKED, Act.EXTENSION_WITHDRAWN),
    *(Act.RECALLED, Act.DRAFTED, Act.REMOVED, Act.REOPENED, Act.CORRECTED),
)
_MOST_BESIDE = 4
_MOST_SHOWN_IN_TREE = 60
_TITLE = 200
_SAID_AS_DAYS = (DeadlineKind.DATE, DeadlineKind.PERIODIC, DeadlineKind.DATES)


def card_context(assignment: Assignment, actor: Actor, today: dt.date) -> dict[str, object]:
    """What ``assignment.html`` asks for."""
    days, more = newest(assignment)
    offers = offers_of(assignment, actor, today)
    tree = open_tree(assignment, actor)
    return {
        "assignment": head(assignment, today),
        "acts": acts_of(assignment, offers),
        "source": source_of(assignment, actor),
        "people": people_of(assignment, today),
        "deadline": deadline_of(assignment),
        "extensions": extensions_of(assignment),
        "tree": [_branch(depth, one, assignment, today) for depth, one in tree[:_MOST_SHOWN_IN_TREE]] if len(tree) > 1 else [],
        "tree_more": max(len(tree) - _MOST_SHOWN_IN_TREE, 0),
        "reports": reports_of(assignment, actor),
        "checks": who_checks(assignment, today),
        "series": series_of(assignment, actor),
        "history": days,
        "history_more": more,
    }


def head(assignment: Assignment, today: dt.date) -> dict[str, Any]:
    """How pages of one assignment name it."""
    return {
        "id": assignment.id,
        "revision": assignment.revision,
        "title": cut(assignment.text.split("\n")[0], _TITLE),
        "text": assignment.text,
        "badges": badges_of(assignment, today),
        "left": left_words(assignment, today),
        "late": any(one["look"] == "late" for one in badges_of(assignment, today)),
        "due": assignment.due,
        "responsible": str(assignment.responsible),
        "url": card_url(assignment.id),
        "ended_why": assignment.ended_why,
    }


def open_tree(assignment: Assignment, actor: Actor) -> list[tuple[int, Assignment]]:
    """The tree as far as this person may know of it: a draft, or one of another document, may not be theirs to see."""
    tree = tree_of(assignment)
    shown = visible_ids([one.id for _depth, one in tree], actor)
    return [(depth, one) for depth, one in tree if one.id in shown]


def visible_ids(ids: Collection[int], actor: Actor) -> set[int]:
    rows = Assignment.select(Assignment.id).where(Assignment.id.in_(list(ids)) & visible_to(actor)).tuples()
    return {id_ for (id_,) in rows}


def acts_of(assignment: Assignment, offers: list[Offer]) -> dict[str, list[dict[str, Any]]]:
    """{main, more}: one filled button, those that are usual beside it, and the rest; a closed one says why."""
    open_acts = [one.act for one in offers if one.why_not is None]
    # To remove what is not fulfilled is no everyday step: it neither asks for a decision nor stands in the row.
    unusual = {Act.REMOVED} if assignment.state != State.DONE else set()
    first = next((act for act in _FIRST if act in open_acts and act not in unusual), None)
    main = [_act(assignment, one, main=one.act is first) for one in offers if one.act is first]
    beside = [one for one in offers if one.act in _BESIDE and one.act not in {first, *unusual} and one.why_not is None]
    beside.sort(key=lambda one: _BESIDE.index(one.act))
    main += [_act(assignment, one, main=False) for one in beside[:_MOST_BESIDE]]
    shown = {one["act"] for one in main}
    return {"main": main, "more": [_act(assignment, one, main=False) for one in offers if one.act not in shown]}


def _act(assignment: Assignment, offer: Offer, *, main: bool) -> dict[str, Any]:
    words = act_words(offer.act)
    draft = assignment.state == "draft"
    label = _("Drop the draft") if draft and offer.act is Act.CANCELLED else words.label
    return {
        "act": offer.act,
        "label": label,
        "symbol": words.symbol,
        "url": act_url(assignment, offer.act),
        "post": offer.act in AT_ONCE and not offer.children,
        "main": main,
        "why_not": offer.why_not,
    }


def act_url(assignment: Assignment, act: Act) -> str:
    """Where an act begins: most have a page of their own, a draft has its page, a subordinate its form."""
    if act is Act.DRAFTED:
        return url_for("roadmapdocs_assignments.create_below", assignment_id=assignment.id)
    if act is Act.GIVEN or (assignment.state == "draft" and act is Act.CANCELLED):
        return url_for("roadmapdocs_assignments.confirm", assignment_id=assignment.id)
    if assignment.state == "draft" and act is Act.CORRECTED:
        return url_for("roadmapdocs_assignments.edit", assignment_id=assignment.id)
    return url_for("roadmapdocs_assignments.act", assignment_id=assignment.id, step=NAME_OF[act])


def source_of(assignment: Assignment, actor: Actor) -> dict[str, Any]:
    """{words, url, void, item}: the document with its point, an item of a roadmap, or that it was given by hand."""
    found: dict[str, Any] = {"words": "", "url": None, "void": "", "item": None}
    if assignment.document_id is not None:
        name = source_names([assignment.document_id], actor).get(assignment.document_id)
        found["words"] = source_words(name, assignment.point) if name else _("A document that is not open to you")
        found["url"] = document_url(assignment.document_id) if name else None
        # Who carries it out has to know, whatever else of the document is not open to them.
        found["void"] = void_words(assignment.document) if assignment.state in UNDER_WAY else ""
    if assignment.item_id is not None:
        item = assignment.item
        found["item"] = {
            "words": _("Item %(number)s of the roadmap “%(title)s”", number=item.number, title=item.edition.roadmap.title),
            "url": url_for("roadmapdocs_roadmaps.item", roadmap_id=item.edition.roadmap_id, item_id=item.id),
        }
    if not found["words"] and found["item"] is None:
        found["words"] = _("Given by hand")
    return found


def people_of(assignment: Assignment, today: dt.date) -> list[dict[str, Any]]:
    """(part, names): author, responsible first, co-executors with their own deadline, controller."""
    gone = left_the_office([assignment], today) if assignment.state in LIVE else set()
    others = executor_names([assignment.id]).get(assignment.id, [])
    earlier = executors_due(assignment.due, calendar()) if others and assignment.due else None
    responsible = _person(assignment.responsible_id, today)
    left = _("Does not work here any more. Give the assignment to somebody else.")
    rows: list[dict[str, Any]] = [
        {"part": _("Responsible"), "names": [responsible], "note": left if assignment.responsible_id in gone else "", "late": bool(gone)},
        {
            "part": _("Co-executors"),
            "names": others,
            "note": _("one working day earlier: %(day)s", day=earlier.strftime("%d.%m.%Y")) if earlier else "",
            "late": False,
        },
        {"part": _("Author"), "names": [_person(assignment.author_id, today) or assignment.author_name], "note": "", "late": False},
        {"part": _("Controller"), "names": [_person(assignment.controller_id, today)], "note": "", "late": False},
    ]
    if assignment.made_by and assignment.made_by_employee_id != assignment.author_id:
        rows.append({"part": _("Prepared by"), "names": [assignment.made_by], "note": "", "late": False})
    return [row | {"names": names} for row in rows if (names := [name for name in row["names"] if name])]


def _person(employee_id: int | None, today: dt.date) -> str:
    """«Лукина О. С., методист»."""
    if employee_id is None:
        return ""
    post = Post.held_on(today).select(Post.title).where(Post.employee == employee_id).order_by(Post.since.desc()).limit(1).scalar()
    name = str(Employee.get_by_id(employee_id))
    return f"{name}, {post}" if post else name


def deadline_of(assignment: Assignment) -> dict[str, Any]:
    """{words, due, first, counted_from}: as it was said, the day it falls on, and the day before any move.

    A deadline said as a day needs no other words, and is counted from nothing.
    """
    plain = assignment.deadline_kind in _SAID_AS_DAYS
    return {
        "words": assignment.deadline_text or ("" if plain else deadline_word(assignment.deadline_kind)),
        "due": assignment.due,
        "first": assignment.first_due if assignment.first_due != assignment.due else None,
        "counted_from": None if plain else assignment.counted_from,
        "done_on": assignment.done_on,
    }


def _branch(depth: int, one: Assignment, here: Assignment, today: dt.date) -> dict[str, Any]:
    return {
        "depth": min(depth, 6),
        "here": one.id == here.id,
        "text": cut(" ".join(one.text.split()), _TITLE),
        "url": card_url(one.id),
        "who": str(one.responsible),
        "due": one.due,
        "badges": badges_of(one, today),
    }


def series_of(assignment: Assignment, actor: Actor) -> dict[str, Any] | None:
    """What the assignment is one of; without ``end_url`` for whoever may not end it."""
    if assignment.series_id is None:
        return None
    series: AssignmentSeries = assignment.series
    days = [dt.date.fromisoformat(one) for one in series.dates]
    return {
        "id": series.id,
        "words": recurrence_word(series.recurrence) if series.recurrence else ", ".join(day.strftime("%d.%m.%Y") for day in days),
        "until": series.ends,
        "made_until": series.made_until,
        "ended_at": series.ended_at,
        "ended_why": series.ended_why,
        "all_url": f"{url_for('roadmapdocs_assignments.index')}?tab=all&series={series.id}",
        "end_url": url_for("roadmapdocs_assignments.end_series", series_id=series.id) if _may_end(series, actor) else None,
    }


def _may_end(series: AssignmentSeries, actor: Actor) -> bool:
    try:
        check_may_end(series_rights.series_of(series.id, by=actor), actor)
    except Refusal:
        return False
    return True
