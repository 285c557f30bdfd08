"""«Взять на контроль»: the open terms of an item, a section or a roadmap, ticked on one page and given by one press."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, require
from roadmapdocs.assignments.from_items import Chosen, Given, SlotProposal, give_chosen, proposals_of
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.people.presence import employees_by_role, works_on
from roadmapdocs.people.rules import Role
from roadmapdocs.roadmap.models import Item, Roadmap, Section
from roadmapdocs.roadmap.operations import get_roadmap
from roadmapdocs.web.assignments.people import NotCalled, person_called, typed_names
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.people import suggested
from roadmapdocs.web.forms import plain_line
from roadmapdocs.web.roadmaps.head import roadmap_words
from roadmapdocs.web.roadmaps.slots import slot_key, split_key

_LONGEST_NAME = 300
_MOST_TICKS = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """``who`` is the name as typed; ``error`` a sentence about it."""

    key: str
    proposal: SlotProposal
    ticked: bool
    who: str
    error: str = ""


class Typed:
    """What the page was sent back with; nothing, when it is opened."""

    def __init__(self) -> None:
        form = request.form
        self.sent = request.method == "POST"
        self.ticked = frozenset(form.getlist("slot")[:_MOST_TICKS])
        self.past = form.get("past") == "1"
        self.author = _number(form.get("author", ""))
        self.controller = plain_line(form.get("controller", ""))[:_LONGEST_NAME]
        self.errors: dict[str, str] = {}

    def who(self, key: str, proposed: str) -> str:
        return plain_line(request.form.get(f"who-{key}", ""))[:_LONGEST_NAME] if self.sent else proposed

    def person(self, field: str, text: str) -> int | None:
        try:
            return person_called(text)
        except NotCalled as problem:
            self.errors[field] = str(problem)
            return None


class RoadmapAssigning:
    """Mixed into the view of roadmaps."""

    @expose(f"/<{ROW_ID}:roadmap_id>/assign", methods=["GET", "POST"])
    def assign(self, roadmap_id: int) -> ResponseReturnValue:
        """``section`` or ``item`` is an id of the current edition; without them the whole roadmap is meant."""
        require(actor(), Action.ASSIGN)
        roadmap = get_roadmap(roadmap_id)
        section, item = _number(request.args.get("section", "")), _number(request.args.get("item", ""))
        typed = Typed()
        trouble = ""
        proposals = proposals_of(roadmap, section_id=section, item_id=item, today=today())
        if typed.sent:
            try:
                given = _give(roadmap, proposals, typed)
            except Refusal as refusal:
                trouble = _placed(refusal, typed)
            else:
                _say(given)
                return redirect(_back_url(roadmap, item))
        context = _context(roadmap, proposals, typed, section=section, item=item)
        return self.render("roadmap_assign.html", trouble=trouble, **context), 422 if trouble else 200  # type: ignore[attr-defined]  # of the view that this is mixed into


def _give(roadmap: Roadmap, proposals: list[SlotProposal], typed: Typed) -> Given:
    known = {slot_key(*one.key): one for one in proposals}
    names = typed_names([one.responsible for one in proposals])
    chosen = []
    for key in sorted(typed.ticked):
        slot = split_key(key)
        if slot is None:
            continue
        proposed = known.get(key)
        if proposed is not None and proposed.past and not typed.past:
            # Left out below, whoever it would be for.
            chosen.append(Chosen(*slot, proposed.responsible))
            continue
        who = typed.who(key, names.get(proposed.responsible or 0, "") if proposed else "")
        chosen.append(Chosen(*slot, typed.person(f"who-{key}", who)))
    controller = typed.person("controller", typed.controller)
    if typed.errors:
        raise Refusal("answer", _("Not given yet. See the marked fields."))
    author = typed.author if typed.author != actor().employee_id else None
    return give_chosen(
        roadmap, chosen, author=author, controller=controller, by=actor(), now=now(), today=today(), allow_past=typed.past
    )


def _placed(refusal: Refusal, typed: Typed) -> str:
    """What is said above; a sentence about the controller stands beside that field, too."""
    if refusal.details.get("field") != "controller":
        return refusal.message
    typed.errors["controller"] = refusal.message
    return _("Not given yet. See the marked fields.")


def _context(
    roadmap: Roadmap, proposals: list[SlotProposal], typed: Typed, *, section: int | None, item: int | None
) -> dict[str, object]:
    names = typed_names([*(one.responsible for one in proposals), _coordinator(roadmap, today())])
    rows = [_row(one, names, typed) for one in proposals]
    controller, why_nobody = _proposed_controller(roadmap, proposals, names)
    return {
        "roadmap": roadmap_words(roadmap),
        "of": _of_what(section, item),
        "rows": [row for row in rows if not row.proposal.past],
        "past_rows": [row for row in rows if row.proposal.past],
        "past": typed.past,
        "controller": typed.controller if typed.sent else controller,
        "why_nobody": "" if typed.sent else why_nobody,
        "author": typed.author,
        "authors": _authors(),
        "errors": typed.errors,
        "people": suggested(today()),
        "back_url": _back_url(roadmap, item),
    }


def _row(proposal: SlotProposal, names: dict[int, str], typed: Typed) -> Row:
    key = slot_key(*proposal.key)
    # Nothing is ticked that nobody could have: a person would have to be found first.
    ticked = key in typed.ticked if typed.sent else proposal.responsible is not None
    who = typed.who(key, names.get(proposal.responsible or 0, ""))
    return Row(key, proposal, ticked, who, typed.errors.get(f"who-{key}", ""))


def _authors() -> list[tuple[int | None, str]]:
    """Executives in whose name the assignments may be prepared; first whoever acts."""
    me = actor().employee_id
    others = [(one.id, one.name) for one in employees_by_role(Role.EXECUTIVE, today()) if one.id != me]
    return [(None, _("in my own name: given at once")), *others]


def _coordinator(roadmap: Roadmap, day: dt.date) -> int | None:
    coordinator: int | None = roadmap.coordinator_id
    return coordinator if coordinator is not None and works_on([coordinator], day) else None


def _proposed_controller(roadmap: Roadmap, proposals: list[SlotProposal], names: Mapping[int, str]) -> tuple[str, str]:
    """The coordinator as typed; nobody, with a sentence why, where the coordinator would control the own work."""
    coordinator = _coordinator(roadmap, today())
    if coordinator is None or all(one.responsible != coordinator for one in proposals):
        return names.get(coordinator or 0, ""), ""
    said = _(
        "Left empty: the coordinator %(name)s is responsible here, and nobody controls the own work. The author accepts the reports.",
        name=names[coordinator],
    )
    return "", said


def _of_what(section: int | None, item: int | None) -> str:
    if item is not None:
        row = Item.get_by_id(item)
        return f"{row.number} {row.title}".strip()
    if section is not None:
        row = Section.get_by_id(section)
        return f"{row.number}. {row.title}" if row.number else str(row.title)
    return ""


def _say(given: Given) -> None:
    number = len(given.assignments)
    if number:
        flash(ngettext("%(num)s assignment is given.", "%(num)s assignments are given.", number), "done")
    if given.past:
        said = ngettext("%(num)s term is over and was left out.", "%(num)s terms are over and were left out.", given.past)
        flash(said, "warning")
    if given.missed:
        said = ngettext(
            "%(num)s term was given or proved by somebody meanwhile.",
            "%(num)s terms were given or proved by somebody meanwhile.",
            given.missed,
        )
        flash(said, "warning")


def _back_url(roadmap: Roadmap, item: int | None) -> str:
    if item is not None:
        return url_for("roadmapdocs_roadmaps.item", roadmap_id=roadmap.id, item_id=item)
    return url_for("roadmapdocs_roadmaps.roadmap", roadmap_id=roadmap.id)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
