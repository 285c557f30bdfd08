"""The state of a document at a glance: the way of its preparation, and a badge for each of the six lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.models import Event
from roadmapdocs.documents.links.editions import first_amendments
from roadmapdocs.documents.links.force import facts
from roadmapdocs.documents.links.force_rules import Binding, Standing, legal_force, standing_words
from roadmapdocs.documents.models import Document, Suspension
from roadmapdocs.documents.rules import Force
from roadmapdocs.documents.visibility import states_of
from roadmapdocs.i18n import language
from roadmapdocs.web.pages import date as printed
from roadmapdocs.web.words import Badge, control_late_badge, line_badge, line_word, mark_word
from roadmapdocs.workflow.rules import Definition, Line, State, Workflow

#: Badges of what a document is on a day, where days say more than the state of the line does.
_BINDING_LOOKS = {
    Binding.NONE: "none",
    Binding.COMING: "info",
    Binding.IN_FORCE: "ok",
    Binding.AMENDED: "info",
    Binding.SUSPENDED: "work",
    Binding.ENDED: "plain",
}


@dataclass(frozen=True, slots=True)
class Step:
    """``place`` is "done", "now" or "ahead"; ``when`` is the day it was reached, as printed."""

    label: str
    place: str
    when: str = ""


def steps(document: Document, workflow: Workflow, reached: Sequence[tuple[str, dt.date]]) -> list[Step]:
    """The preparation line as a way through its states, with the one where the document stands.

    :param reached: states of the line in the order in which the document came to them, with the days
    """
    definition = workflow.definitions[Line.PREPARATION]
    present = states_of(document)[Line.PREPARATION]
    days = dict(reached)
    if present not in definition.states:
        return []
    brought_in = present not in days and present != definition.initial
    way = [present] if brought_in else _way(definition, present, list(days))
    here = way.index(present)
    if brought_in and document.date is not None:
        days[present] = document.date
    days.setdefault(definition.initial, document.created_at.date())
    gender = document.kind.gender
    return [
        Step(
            _capital(_word(definition.states[name], gender)),
            "now" if place == here else "done" if place < here else "ahead",
            printed(days.get(name)) if place <= here else "",
        )
        for place, name in enumerate(way)
    ]


def _way(definition: Definition, present: str, visited: Sequence[str]) -> list[str]:
    """The main way from the first state to the last; a present state beside it stands after the last one passed."""
    way = _main_way(definition)
    if present in way:
        # States that were stepped over on the way here are no part of it.
        here = way.index(present)
        return [name for name in way[:here] if name in visited or name == definition.initial] + way[here:]
    passed = [way.index(name) for name in visited if name in way]
    place = (max(passed) if passed else 0) + 1
    ahead = [] if definition.states[present].final else way[place:]
    return [*way[:place], present, *ahead]


def _main_way(definition: Definition) -> list[str]:
    """From the first state on by main transitions, or where none leads on, by the first that goes forward.

    What asks for a reason leads back or aside; forward is towards states that the definition names later.
    """
    order = list(definition.states)
    way = [definition.initial]
    while True:
        onward = [
            one
            for one in definition.transitions.values()
            if way[-1] in one.sources and one.target not in way and "reason" not in one.asks
        ]
        chosen = next((one for one in onward if one.main), None) or next(
            (one for one in onward if order.index(one.target) > order.index(way[-1])), None
        )
        if chosen is None:
            return way
        way.append(chosen.target)


def reached(events: Iterable[Event], line: Line = Line.PREPARATION) -> list[tuple[str, dt.date]]:
    """The states of a line that moves in the journal led to, in their order, by the newest arrival in each."""
    days: dict[str, dt.date] = {}
    for event in events:
        if event.effect.get("line") == line.value:
            days.pop(str(event.effect.get("to")), None)
            days[str(event.effect.get("to"))] = event.at.date()
    return list(days.items())


def standing_on(document: Document, day: dt.date) -> Standing:
    """As :func:`roadmapdocs.documents.links.force.standing`, asking only for what the state leaves open."""
    suspensions: tuple[tuple[dt.date, dt.date | None], ...] = ()
    amended = None
    if document.force != Force.NOT_IN_FORCE:
        rows = Suspension.select(Suspension.since, Suspension.until).where(Suspension.document == document.id)
        suspensions = tuple(rows.tuples())
    if document.force == Force.AMENDED:
        amended = first_amendments([document.id]).get(document.id)
    return legal_force(facts(document, suspensions, amended), day)


def line_badges(document: Document, workflow: Workflow, standing: Standing, today: dt.date) -> list[dict[str, object]]:
    """Six captions with badges, in the order in which a clerk asks."""
    gender = document.kind.gender
    badges = {line: line_badge(workflow, line, name, gender) for line, name in states_of(document).items()}
    badges[Line.FORCE] = _force(document, badges[Line.FORCE], standing)
    if is_late(document, today):
        badges[Line.CONTROL] = control_late_badge()
    notes = {
        Line.CONTROL: printed(document.control_due) if document.control in ("on", "awaiting_removal") else "",
        Line.STORAGE: document.case.case_index if document.case_id else "",
        Line.REGISTRATION: f"№\N{NO-BREAK SPACE}{document.number}" if document.registration == "reserved" else "",
    }
    return [{"caption": line_word(line), "note": notes.get(line, ""), **badges[line]} for line in Line]


def _force(document: Document, badge: Badge, standing: Standing) -> Badge:
    """By the day rather than by the state, where the two differ or the day has something to add."""
    said = {"in_force": Binding.IN_FORCE, "amended": Binding.AMENDED, "suspended": Binding.SUSPENDED}
    same = said.get(document.force) is standing.binding
    if same or (standing.binding is Binding.NONE and document.force == "not_in_force"):
        return badge
    return {"look": _BINDING_LOOKS[standing.binding], "label": standing_words(standing, document.kind.gender), "symbol": None}


def is_late(document: Document, today: dt.date) -> bool:
    """Under control beyond its term: computed, never stored."""
    return document.control == "on" and document.control_due is not None and document.control_due < today


def mark_badge(document: Document) -> dict[str, object] | None:
    """The access mark; none for what is for general use."""
    if document.mark == Mark.GENERAL:
        return None
    return {"look": "plain", "label": mark_word(document.mark), "symbol": "lock", "why": document.mark_basis}


def status_words(document: Document, workflow: Workflow) -> str:
    """The word after the number: registration once there is one, else how far the text has come."""
    states = states_of(document)
    line = Line.PREPARATION if document.registration == "unregistered" else Line.REGISTRATION
    state = workflow.definitions[line].states.get(states[line])
    return _word(state, document.kind.gender) if state is not None else ""


def _word(state: State, gender: str) -> str:
    return state.label.in_language(language(), gender)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
