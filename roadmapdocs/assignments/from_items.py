"""Terms of a roadmap become assignments: what is open in an item, a section or a whole roadmap, one a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.access.rules import Action, require
from roadmapdocs.assignments import operations
from roadmapdocs.assignments.deadlines import due_of
from roadmapdocs.assignments.house import on_day_off
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.slots import Key, under_way
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.coverage.matrix import CoveredItem, CoveredSlot, RoadmapCoverage, coverage_of
from roadmapdocs.coverage.phrases import period_words
from roadmapdocs.coverage.plans import Answering, LoadedItem
from roadmapdocs.coverage.rules import State as Covered
from roadmapdocs.db import transaction
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import use_language
from roadmapdocs.people.holders import head_of
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Roadmap
from roadmapdocs.roadmap.operations import current_edition
from roadmapdocs.workdays.operations import calendar
from roadmapdocs.workdays.rules import Calendar

#: As many at once: more on one page nobody reads.
MOST_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class SlotProposal:
    """An open slot as an assignment. ``responsible`` is None where the roadmap names nobody known: a person chooses.

    ``executors`` are the others who answer for the item. ``answering`` are the printed words. ``due`` is the term moved
    from a day off as the office decided; ``past``: it is over.
    """

    item: int
    number: str
    title: str
    expected: int
    wanted: str
    period: str
    due: dt.date
    past: bool
    text: str
    responsible: int | None
    executors: tuple[int, ...]
    answering: str

    @property
    def key(self) -> Key:
        return self.expected, self.period


@dataclass(frozen=True, slots=True)
class Chosen:
    """A slot that a person ticked, and who answers for it."""

    expected: int
    period: str
    responsible: int | None


@dataclass(frozen=True, slots=True)
class Given:
    """``missed`` counts slots that somebody gave, proved or took away meanwhile, ``past`` those left for their term."""

    assignments: tuple[Assignment, ...]
    missed: int = 0
    past: int = 0


def proposals_of(
    roadmap: Roadmap, *, section_id: int | None = None, item_id: int | None = None, today: dt.date
) -> list[SlotProposal]:
    """Open slots with a term of the current edition: of an item, of a section with all below it, or of the whole.

    What is proved, not required, only suggested, or under way by an assignment is left out.
    """
    edition = current_edition(roadmap)
    coverage = coverage_of(edition, today=today)
    open_slots = [
        (item, covered)
        for item in _within(coverage, section_id, item_id)
        for covered in item.slots
        if _is_open(covered)
    ]
    taken = under_way(edition.id)
    wanted = [(item, one) for item, one in open_slots if (one.slot.expected, one.slot.key) not in taken]
    people = _People.of([item.item for item, _one in wanted], today)
    days = calendar()
    return [_proposal(item, one, people, days, today) for item, one in wanted]


def give_chosen(
    roadmap: Roadmap,
    chosen: Sequence[Chosen],
    *,
    author: int | None = None,
    controller: int | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
    allow_past: bool = False,
) -> Given:
    """Give what was ticked, all or nothing; slots that are not open any more give nothing twice and are counted.

    ``author`` is an executive in whose name they are prepared (drafts that wait for them); None: whoever acts.
    Without ``allow_past`` slots whose term is over are left out.

    :raise Forbidden: if the actor gives no assignments
    :raise Refusal: ``nothing_chosen``, ``too_many``, ``no_responsible`` naming the items nobody answers for; those of
        :func:`roadmapdocs.assignments.operations.give`, as ``own_control`` with the field ``controller``
    """
    require(by, Action.ASSIGN)
    if not chosen:
        raise Refusal("nothing_chosen", _("Nothing is ticked. Tick the terms that should become assignments."))
    if len(chosen) > MOST_AT_ONCE:
        message = _("More than %(most)s at once are not given. Choose a section.", most=MOST_AT_ONCE)
        raise Refusal("too_many", message)
    with transaction():
        # Looked up within the transaction: of two who press the button at once, the second gives nothing.
        known = {one.key: one for one in proposals_of(roadmap, today=today)}
        there = {(one.expected, one.period): one for one in chosen}
        found = [(known[key], one) for key, one in there.items() if key in known]
        current = [(proposal, one) for proposal, one in found if allow_past or not proposal.past]
        _require_people(current)
        plans = [_plan(proposal, one, author, controller) for proposal, one in current]
        made = operations.give(plans, by=by, now=now, today=today, allow_past=allow_past) if plans else []
    return Given(tuple(made), missed=len(there) - len(found), past=len(found) - len(current))


def _is_open(covered: CoveredSlot) -> bool:
    slot = covered.slot
    return slot.due is not None and not slot.suggested and covered.state not in (Covered.PROVED, Covered.NOT_REQUIRED)


def _within(coverage: RoadmapCoverage, section_id: int | None, item_id: int | None) -> Iterator[CoveredItem]:
    """
    :raise NotFound: if the current edition has no such section or item
    """
    if item_id is not None:
        found = [one for one in coverage.items if one.item.id == item_id]
        if not found:
            raise NotFound("no_item", _("The roadmap has no such item. Open the roadmap and look for it there."))
        yield from found
    elif section_id is not None:
        sections = {section_id}
        for row in coverage.sections:
            if row.parent in sections:
                sections.add(row.id)
        if all(row.id != section_id for row in coverage.sections):
            raise NotFound("no_section", _("The roadmap has no such section. Open the roadmap and look for it there."))
        yield from (one for one in coverage.items if one.item.section in sections)
    else:
        yield from coverage.items


@dataclass(frozen=True, slots=True)
class _People:
    """Who works here today: by employee, and by the unit that they head."""

    working: frozenset[int]
    heads: dict[int, int | None]

    @classmethod
    def of(cls, items: Iterable[LoadedItem], today: dt.date) -> _People:
        answering = [one for item in items for one in item.answering]
        heads = {unit: head_of(unit, today) for unit in {one.unit for one in answering if one.unit is not None}}
        named = {one.employee for one in answering if one.employee is not None}
        named |= {head.employee_id for head in heads.values() if head is not None}
        known = {unit: head.employee_id if head is not None else None for unit, head in heads.items()}
        return cls(frozenset(works_on(named, today)), known)

    def behind(self, one: Answering) -> int | None:
        person = one.employee if one.employee is not None else self.heads.get(one.unit) if one.unit is not None else None
        return person if person in self.working else None

    def of_item(self, item: LoadedItem) -> list[int]:
        """Those who answer for the item, in the order of the roadmap, each once."""
        return list(dict.fromkeys(person for one in item.answering if (person := self.behind(one)) is not None))


def _proposal(
    item: CoveredItem, covered: CoveredSlot, people: _People, days: Calendar, today: dt.date
) -> SlotProposal:
    loaded, slot = item.item, covered.slot
    answering: list[int | None] = [*people.of_item(loaded)] or [None]
    responsible, *executors = answering
    assert slot.due is not None  # open slots have a term
    # As when it is given: of a term on the weekend that has begun, the working day after is meant.
    due = due_of(_deadline(slot.due), counted_from=today, calendar=days, on_day_off=on_day_off())
    assert due is not None  # a day was named
    return SlotProposal(
        item=loaded.id,
        number=loaded.number,
        title=loaded.title,
        expected=slot.expected,
        wanted=covered.expected.title,
        period=slot.key,
        due=due,
        past=due < today,
        text=text_of(item, covered),
        responsible=responsible,
        executors=tuple(one for one in executors if one is not None),
        answering=", ".join(loaded.responsibles) or loaded.responsible_text,
    )


def _deadline(day: dt.date) -> Deadline:
    return Deadline(DeadlineKind.DATE, date=day)


def text_of(item: CoveredItem, covered: CoveredSlot) -> str:
    """«Провести смотр школьных библиотек. Представить: приказ об итогах смотра (2026 год).»

    The period stands there where the item wants the document more than once. The words are those of the office's
    documents, whatever language the person reads.
    """
    title = item.item.title.strip().rstrip(".")
    slot, wanted = covered.slot, covered.expected.title.strip()
    several = sum(one.slot.expected == slot.expected for one in item.slots) > 1
    with use_language("ru"):
        period = f" ({period_words(slot)})" if several and slot.start is not None else ""
    return f"{title}. Представить: {_inner(wanted)}{period}."


def _inner(words: str) -> str:
    """As the words stand inside a sentence: «приказ об итогах», but «ПМПК»."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _require_people(chosen: Iterable[tuple[SlotProposal, Chosen]]) -> None:
    nobody = [proposal.number or proposal.title for proposal, one in chosen if one.responsible is None]
    if nobody:
        items = ", ".join(dict.fromkeys(nobody))
        message = _("Nobody is chosen to answer for items: %(items)s. Choose a person, or untick them.", items=items)
        raise Refusal("no_responsible", message, items=items)


def _plan(proposal: SlotProposal, chosen: Chosen, author: int | None, controller: int | None) -> Plan:
    assert chosen.responsible is not None  # required before
    # Those who answer beside the one named there do so no more where a person chose somebody else.
    others = () if chosen.responsible != proposal.responsible else proposal.executors
    return Plan(
        text=proposal.text,
        responsible=chosen.responsible,
        executors=others,
        controller=controller,
        author=author,
        item=proposal.item,
        expected=proposal.expected,
        period=proposal.period,
        deadline=_deadline(proposal.due),
    )
