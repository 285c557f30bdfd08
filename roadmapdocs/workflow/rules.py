"""What a definition is, and which transitions stand open: plain values, no particular workflow.

The six lines and their standard states are those of ``domain.md`` §3.2. A definition may have states of its own
names; each then *means* one of the standard ones, and lists, filters and coverage ask for the meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language


class Line(StrEnum):
    """Six questions that a clerk asks of a document, in the order in which a card shows them."""

    PREPARATION = "preparation"
    REGISTRATION = "registration"
    FORCE = "force"
    ACQUAINTANCE = "acquaintance"
    CONTROL = "control"
    STORAGE = "storage"


#: Standard states of each line; the first is the one that lists do not show.
STANDARD: Final[Mapping[Line, tuple[str, ...]]] = {
    Line.PREPARATION: ("draft", "in_approval", "rework", "agreed", "in_signing", "signed", "withdrawn"),
    Line.REGISTRATION: ("unregistered", "reserved", "registered", "annulled"),
    Line.FORCE: ("not_in_force", "in_force", "amended", "suspended", "ended"),
    Line.ACQUAINTANCE: ("not_required", "sent", "partly", "everyone"),
    Line.CONTROL: ("off", "on", "awaiting_removal", "removed"),
    Line.STORAGE: ("in_work", "in_case", "archived", "to_destroy", "destroyed"),
}

#: Whom a definition may name besides roles. ``rule``: no person, only a consequence of something else.
TIES: Final = ("drafter", "signer", "unit")
EVERYONE: Final = "everyone"
RULE: Final = "rule"
#: What rights of a state speak of.
RIGHTS: Final = ("read", "change", "add_version", "attach", "link")
#: What a transition may ask of the person who performs it.
ASKED: Final = ("reason", "comment", "date", "number", "journal", "case", "due", "document", "points")
LOOKS: Final = ("plain", "info", "work", "ok", "late", "closed")


@dataclass(frozen=True, slots=True)
class Label:
    """Words by language and by the gender of the kind: ``{"ru": {"m": "подписан", …}, "en": {"m": "signed"}}``.

    A word without genders stands under "m" and serves all of them.
    """

    words: Mapping[str, Mapping[str, str]]

    def in_language(self, language: str, gender: str = "m") -> str:
        """In the language asked for, else in Russian."""
        forms = self.words.get(language) or self.words["ru"]
        return forms.get(gender) or forms["m"]


@dataclass(frozen=True, slots=True)
class State:
    """``rights`` maps a right to those who have it in this state; a right not named is left to the other lines.

    From a ``final`` state nothing leads to another.
    """

    name: str
    meaning: str
    label: Label
    look: str = "plain"
    rights: Mapping[str, frozenset[str]] = field(default_factory=dict)
    final: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """``who`` holds roles, ties, "everyone" or "rule"; ``asks`` what must be answered; ``may_ask`` what may be."""

    name: str
    line: Line
    sources: frozenset[str]
    target: str
    label: Label
    who: frozenset[str]
    guards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    may_ask: tuple[str, ...] = ()
    symbol: str = "right"
    main: bool = False

    @property
    def by_people(self) -> bool:
        """Whether anybody may perform it at all: some only follow from something else."""
        return bool(self.who - {RULE})

    def named_by(self, holds: Collection[str]) -> bool:
        """Whether it is open to one who holds these roles and ties; "everyone" means every person, not the rule."""
        return not self.who.isdisjoint(holds) or (EVERYONE in self.who and bool(set(holds) - {RULE}))


@dataclass(frozen=True, slots=True)
class Definition:
    """One line's workflow. ``code`` is the file's name without ending, ``source`` its text."""

    code: str
    line: Line
    version: int
    title: Label
    initial: str
    states: Mapping[str, State]
    transitions: Mapping[str, Transition]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Workflow:
    """The six definitions under which a document lives. A transition's name is unique among all six."""

    definitions: Mapping[Line, Definition]

    def state(self, line: Line, name: str) -> State:
        return self.definitions[line].states[name]

    def transition(self, name: str) -> Transition | None:
        for definition in self.definitions.values():
            if name in definition.transitions:
                return definition.transitions[name]
        return None

    def transitions(self) -> Iterator[Transition]:
        for line in Line:
            yield from self.definitions[line].transitions.values()

    def initial(self) -> dict[Line, str]:
        return {line: self.definitions[line].initial for line in Line}


#: State names by line, as a document holds them.
States = Mapping[Line, str]


@dataclass(frozen=True, slots=True)
class Known:
    """Names that a definition may use here: of roles, and of the guards and effects that the program has."""

    roles: frozenset[str]
    guards: frozenset[str]
    effects: frozenset[str]

    def lacks(self, transition: Transition) -> list[str]:
        """Names in the transition that mean nothing to this program, though they once did."""
        people = self.roles | {*TIES, EVERYONE, RULE}
        return [
            *sorted(transition.who - people),
            *(name for name in transition.guards if name not in self.guards),
            *(name for name in transition.effects if name not in self.effects),
        ]


@dataclass(frozen=True, slots=True)
class Offer:
    """A transition that leaves the present state. ``why_not`` is None when it may be performed now."""

    transition: Transition
    why_not: str | None = None


def holders(workflow: Workflow, states: States, right: str, roles: Collection[str]) -> frozenset[str]:
    """Roles and ties that have ``right`` in these states: those whom every line that speaks of it names.

    Nobody, if no line speaks of it. ``roles`` are all roles there are: "everyone" stands for them and for all ties.
    """
    everyone = frozenset({*roles, *TIES})
    said = [workflow.state(line, states[line]).rights.get(right) for line in Line]
    spoken = [everyone if EVERYONE in who else who for who in said if who is not None]
    return frozenset.intersection(*spoken) if spoken else frozenset()


def find(workflow: Workflow, states: States, name: str) -> Transition:
    """The transition of this name, which must leave one of the present states.

    :raise NotFound: ``no_transition`` if the workflow has none of this name
    :raise Refusal: ``not_from_here``, naming the present state and what leads out of it
    """
    transition = workflow.transition(name)
    if transition is None:
        raise NotFound("no_transition", _("This document has no step “%(name)s”. Its card shows those it has.", name=name))
    present = states[transition.line]
    if present not in transition.sources:
        raise Refusal("not_from_here", _wrong_state(workflow, transition, present), transition=name, state=present)
    return transition


def why_not(
    transition: Transition,
    *,
    holds: Collection[str],
    known: Known,
    verdict: Callable[[str], str | None],
    who_words: Callable[[Transition], str],
) -> str | None:
    """Why one who holds these roles and ties may not perform it now, in words; None if nothing stands in the way.

    ``verdict`` says of a guard's name why it is closed; ``who_words`` says who may perform the transition. What a
    document started with may name what this program has no more: such a transition stays closed and says so.
    """
    if lacking := known.lacks(transition):
        return _("This step needs “%(name)s”, which the program does not know. Tell the administrator.", name=lacking[0])
    if not transition.named_by(holds):
        return who_words(transition)
    return next((sentence for guard in transition.guards if (sentence := verdict(guard)) is not None), None)


def offers(
    workflow: Workflow,
    states: States,
    *,
    holds: Collection[str],
    known: Known,
    verdict: Callable[[str], str | None],
    who_words: Callable[[Transition], str],
) -> list[Offer]:
    """Every transition of people that leaves the present states, in the order of the definitions, open or closed.

    Arguments as for :func:`why_not`, which decides when it comes to performing, too.
    """
    return [
        Offer(one, why_not(one, holds=holds, known=known, verdict=verdict, who_words=who_words))
        for one in workflow.transitions()
        if one.by_people and states[one.line] in one.sources
    ]


def _wrong_state(workflow: Workflow, transition: Transition, present: str) -> str:
    definition = workflow.definitions[transition.line]
    state = definition.states.get(present)
    possible = [
        one.label.in_language(language())
        for one in definition.transitions.values()
        if present in one.sources and one.by_people
    ]
    words = {
        "label": transition.label.in_language(language()),
        "state": state.label.in_language(language()) if state else present,
    }
    if not possible:
        return _("“%(label)s” does not fit the state “%(state)s”, and no step leads out of it.", **words)
    return _("“%(label)s” does not fit the state “%(state)s”. Possible now: %(steps)s.", **words, steps=", ".join(possible))
