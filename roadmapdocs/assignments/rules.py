"""Who may do what to an assignment, when, and why not: one decision for the buttons and for the acts behind them.

Rights come from what a person is to the assignment (domain.md §11), themselves or standing in, and from the role of
those who look after all assignments; the state says what fits at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.words import LIVE, OPEN, Part, State
from roadmapdocs.errors import Conflict, Forbidden, Refusal
from roadmapdocs.i18n import gettext as _

#: States that an act leaves. Of a draft, GIVEN confirms, CORRECTED changes and CANCELLED drops it; DRAFTED is giving
#: a subordinate.
LEAVES: Final[Mapping[Act, frozenset[State]]] = {
    Act.GIVEN: frozenset({State.DRAFT}),
    Act.TAKEN: frozenset({State.NEW}),
    Act.REPORTED: frozenset(OPEN),
    Act.RECALLED: frozenset({State.REPORTED}),
    Act.ASKED: frozenset({State.NEW, State.IN_WORK, State.RETURNED}),
    Act.EXPLAINED: frozenset({State.CLARIFYING}),
    Act.ACCEPTED: frozenset({State.REPORTED}),
    Act.RETURNED: frozenset({State.REPORTED}),
    Act.DRAFTED: frozenset(OPEN),
    Act.EXTENSION_ASKED: frozenset(OPEN),
    Act.EXTENSION_GRANTED: frozenset(LIVE),
    Act.EXTENSION_REFUSED: frozenset(LIVE),
    Act.EXTENSION_WITHDRAWN: frozenset(LIVE),
    Act.DUE_MOVED: frozenset(LIVE),
    Act.REASSIGNED: frozenset(LIVE),
    Act.CORRECTED: frozenset({State.DRAFT, *LIVE}),
    Act.REMOVED: frozenset({State.DONE, *LIVE}),
    Act.REOPENED: frozenset({State.DONE, State.REMOVED}),
    Act.CANCELLED: frozenset({State.DRAFT, *LIVE}),
}

_ANSWERS: Final = (Act.EXTENSION_GRANTED, Act.EXTENSION_REFUSED)
#: What nobody does to their own work, unless they have set it for themselves.
_NOT_ONES_OWN: Final = frozenset(
    {Act.ACCEPTED, Act.RETURNED, Act.REMOVED, Act.CANCELLED, Act.DUE_MOVED, Act.EXPLAINED, Act.CORRECTED, Act.REOPENED, *_ANSWERS}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """An assignment and a person, as far as rights go.

    ``parts`` is what the person is to it, themselves or standing in; ``there`` the parts whose people work in the
    office (not the author's who carries it out under another's control); ``names`` who has which part. ``reporter`` are the parts of who wrote the report that waits in place of the
    responsible person. ``own``: the person carries it out; ``wrote``: the report is theirs. ``made``: the person prepared
    the draft. ``asked``: an extension waits for its answer. ``parent`` is the state of the one above.
    """

    state: State
    on_control: bool = True
    has_due: bool = True
    document: bool = False
    asked: bool = False
    parent: State | None = None
    parts: frozenset[Part] = frozenset()
    there: frozenset[Part] = frozenset()
    reporter: frozenset[Part] = frozenset()
    names: Mapping[Part, str] = field(default_factory=dict)
    own: bool = False
    wrote: bool = False
    made: bool = False
    clerk: bool = False
    executive: bool = False
    assigns: bool = False
    works: bool = True

    @property
    def judge(self) -> Part | None:
        """Whose the report is to judge: the controller's, else the author's; None: the clerk's. Nobody's own."""
        return next((part for part in (Part.CONTROLLER, Part.AUTHOR) if part in self.there - self.reporter), None)

    @property
    def nobody(self) -> bool:
        """Neither author nor controller is there to decide."""
        return self.there.isdisjoint({Part.AUTHOR, Part.CONTROLLER})


@dataclass(frozen=True, slots=True)
class Closed:
    """Why an act is not open: ``code`` is "forbidden", "moved" (it is in another state) or of a refusal."""

    code: str
    sentence: str

    def as_error(self, act: Act) -> Refusal:
        kind = {"forbidden": Forbidden, "own_work": Forbidden, "left": Forbidden, "moved": Conflict}.get(self.code, Refusal)
        return kind(self.code, self.sentence, act=str(act))


def is_late(state: State | str, due: dt.date | None, today: dt.date) -> bool:
    """Overdue is no state: not over, and the deadline is before today."""
    return due is not None and due < today and state in LIVE


def why_closed(act: Act, facts: Facts) -> Closed | None:
    """Why the person may not do this now; None if they may."""
    if not facts.works:
        return Closed("left", _("You hold no post here any more. Somebody else has to do it."))
    if facts.state not in LEAVES[act]:
        return Closed("moved", _moved(facts.state))
    if not _WHO[_whose(act, facts.state)](facts):
        return Closed("forbidden", _who_words(act, facts))
    own = facts.own or (facts.wrote and act in {Act.ACCEPTED, Act.RETURNED})
    if own and act in _NOT_ONES_OWN and facts.state is not State.DRAFT:
        return Closed("own_work", _("It is your own work: somebody else decides on it."))
    return _matter(act, facts)


def _matter(act: Act, facts: Facts) -> Closed | None:
    """What stands in the way whoever it is."""
    if act is Act.REMOVED and facts.state is State.DONE and not facts.on_control:
        return Closed("not_on_control", _("It is done, and it was not under control: nothing is left to do."))
    if act is Act.EXTENSION_ASKED:
        if not facts.has_due:
            return Closed("no_due", _("It has no deadline, so there is nothing to extend."))
        if facts.asked:
            return Closed("asked_already", _("An extension is asked already. Wait for the answer, or withdraw the request."))
    if act in {*_ANSWERS, Act.EXTENSION_WITHDRAWN} and not facts.asked:
        return Closed("not_asked", _("Nobody asks for an extension now."))
    if act is Act.DUE_MOVED and facts.asked:
        return Closed("asked_already", _("An extension is asked. Grant it with the day you mean, or refuse it."))
    if act is Act.REOPENED and facts.parent is not None and facts.parent not in LIVE:
        return Closed("parent_over", _("The assignment above it is over. Reopen that one first."))
    if act is Act.GIVEN and facts.parent is not None and facts.parent not in OPEN:
        return Closed("parent_over", _("The assignment above it is not with its executor any more. Drop the draft."))
    return None


def _executor(facts: Facts) -> bool:
    return Part.RESPONSIBLE in facts.parts


def _judge(facts: Facts) -> bool:
    return facts.judge in facts.parts if facts.judge is not None else facts.clerk


def _answerer(facts: Facts) -> bool:
    """Author or controller; a clerk where neither works here."""
    return not facts.parts.isdisjoint({Part.AUTHOR, Part.CONTROLLER}) or (facts.nobody and facts.clerk)


def _setter(facts: Facts) -> bool:
    """Who set it: and a clerk, where it came from a document of the office."""
    return _answerer(facts) or (facts.clerk and facts.document)


def _remover(facts: Facts) -> bool:
    return _answerer(facts) or facts.clerk or facts.executive


def _confirmer(facts: Facts) -> bool:
    return Part.AUTHOR in facts.parts


def _preparer(facts: Facts) -> bool:
    return _confirmer(facts) or facts.made


def _giver_below(facts: Facts) -> bool:
    return _executor(facts) or facts.assigns


_WHO: Final[Mapping[str, Callable[[Facts], bool]]] = {
    "executor": _executor,
    "judge": _judge,
    "answerer": _answerer,
    "setter": _setter,
    "remover": _remover,
    "confirmer": _confirmer,
    "preparer": _preparer,
    "giver_below": _giver_below,
}
_WHOSE: Final[Mapping[Act, str]] = {
    Act.GIVEN: "confirmer",
    Act.TAKEN: "executor",
    Act.REPORTED: "executor",
    Act.RECALLED: "executor",
    Act.ASKED: "executor",
    Act.EXPLAINED: "answerer",
    Act.ACCEPTED: "judge",
    Act.RETURNED: "judge",
    Act.DRAFTED: "giver_below",
    Act.EXTENSION_ASKED: "executor",
    Act.EXTENSION_WITHDRAWN: "executor",
    Act.EXTENSION_GRANTED: "answerer",
    Act.EXTENSION_REFUSED: "answerer",
    Act.DUE_MOVED: "setter",
    Act.REASSIGNED: "setter",
    Act.CORRECTED: "setter",
    Act.CANCELLED: "setter",
    Act.REOPENED: "setter",
    Act.REMOVED: "remover",
}


def _whose(act: Act, state: State) -> str:
    return "preparer" if state is State.DRAFT and act is not Act.GIVEN else _WHOSE[act]


def _who_words(act: Act, facts: Facts) -> str:
    """Whose this act is, as a sentence."""
    whose = _whose(act, facts.state)
    names = facts.names
    if whose in {"executor", "giver_below"}:
        return _("%(name)s does this, or who stands in.", name=names.get(Part.RESPONSIBLE, "…"))
    if whose == "confirmer":
        return _("%(name)s confirms the draft, or who stands in.", name=names.get(Part.AUTHOR, "…"))
    if whose == "preparer":
        return _("Who prepared the draft does this, or %(name)s.", name=names.get(Part.AUTHOR, "…"))
    if whose == "judge" and facts.judge is not None:
        return _("%(name)s looks at the report, or who stands in.", name=names.get(facts.judge, "…"))
    people = ", ".join(names[part] for part in (Part.AUTHOR, Part.CONTROLLER) if part in facts.there and part in names)
    if whose == "judge" and people:
        return _("Who wrote the report does not look at it: the clerk does.")
    if not people:
        return _("Neither its author nor its controller works here: the clerk does this.")
    if whose == "answerer":
        return _("This is decided by: %(people)s.", people=people)
    if whose == "remover":
        return _("This is decided by: %(people)s; with a reason, by the clerk or the executive.", people=people)
    return _("This is decided by: %(people)s; the clerk, if it came from a document.", people=people)


def _moved(state: State) -> str:
    """What the assignment is by now, so that the act does not fit."""
    return {
        State.DRAFT: _("It is a draft yet: it is given when its author confirms it."),
        State.NEW: _("The executor has not taken it yet."),
        State.IN_WORK: _("It is with the executor."),
        State.CLARIFYING: _("The executor has asked what is meant, and waits for the answer."),
        State.REPORTED: _("A report on it waits to be looked at."),
        State.RETURNED: _("The report was returned: it is with the executor again."),
        State.DONE: _("It is done: the report was accepted."),
        State.REMOVED: _("It has been removed from control."),
        State.CANCELLED: _("It is cancelled."),
    }[state]
