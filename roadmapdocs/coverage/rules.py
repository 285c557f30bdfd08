"""Coverage: which expected document of which period is proved, in work, missing or late.

The question of the whole product in one place. A roadmap's item expects documents; its terms unroll into
periods (``periods.unroll``); each pair is a ``Slot``; documents linked to a slot are its proofs; ``state``
says how the slot stands on a given day. Everything here is pure: the day comes in as an argument.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from roadmapdocs.russian.terms import Term


class State(enum.Enum):
    """How one slot stands. In the office: доказано, в работе, нет документа, просрочено, не требуется."""

    PROVED = "proved"
    IN_WORK = "in_work"
    MISSING = "missing"
    LATE = "late"
    NOT_REQUIRED = "not_required"

    # Enum hashes the name in Python; a member is one object, and thousands are counted for a page.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Expected:
    """A document that should prove an item. Not ``confirmed``: inferred from the title, still a suggestion."""

    id: int
    title: str
    kind: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """What one item of a roadmap promises, as printed.

    ``planned`` maps "total" or a year ("2021") to the printed value. ``period`` is the plan's first and last
    year; None when the roadmap names none, and then whatever has no end of its own is never late.
    """

    terms: tuple[Term, ...]
    planned: Mapping[str, str]
    expected: tuple[Expected, ...]
    period: tuple[int, int] | None = None


class Slot(NamedTuple):
    """One expected document in one period. (A named tuple is made thrice as fast as a frozen dataclass.)

    ``year`` is the column to show it in (None: undated), ``start`` and ``end`` the window in which the document
    is expected, ``due`` the last day on which it is not late (None: never late), ``quantity`` how many documents
    are wanted, ``label`` the words of the term. A ``suggested`` slot comes of an unconfirmed expected document:
    it is shown, but never late and in no total.
    """

    expected: int
    year: int | None
    start: dt.date | None
    end: dt.date | None
    due: dt.date | None
    quantity: int = 1
    label: str = ""
    suggested: bool = False

    @property
    def can_be_late(self) -> bool:
        """External plans, on-demand items and suggestions are never late by themselves."""
        return self.due is not None and not self.suggested

    @property
    def key(self) -> str:
        """Name of the period, one per expected document: "2021-01-01/2021-06-30", open sides as "..".

        Changes only with the dates of the period, so a link or a waiver may be stored under it.
        """
        return _period_key(self.start, self.end)


@lru_cache(maxsize=4096)
def _period_key(start: dt.date | None, end: dt.date | None) -> str:
    return f"{start.isoformat() if start else '..'}/{end.isoformat() if end else '..'}"


@dataclass(frozen=True, slots=True)
class Proof:
    """A document linked to a slot. ``finished``: signed or registered, and not annulled. ``date``: its own."""

    document: int
    finished: bool
    date: dt.date | None = None


class Evidence(Protocol):
    """A linked document, as rules of proof see it. ``kind`` is the word of lists («Приказ»)."""

    @property
    def id(self) -> int: ...

    @property
    def kind(self) -> str: ...

    @property
    def number(self) -> str: ...

    @property
    def date(self) -> dt.date | None: ...


#: Whether a finished document proves an expected one in a period. Asked for each link of a whole roadmap: it answers out
#: of its arguments alone.
ProofRule = Callable[[Expected, Slot, Evidence], bool]
#: Rules that plug-ins add; a document proves what all of them let it prove.
PROOF_RULES: Final[dict[str, ProofRule]] = {}


def proves(expected: Expected, slot: Slot, document: Evidence) -> bool:
    """Whether no rule of a plug-in speaks against it."""
    return all(rule(expected, slot, document) for rule in PROOF_RULES.values())


def state(slot: Slot, proofs: Iterable[Proof], waived: bool, today: dt.date) -> State:
    """How the slot stands on ``today``; ``waived`` when somebody stated that no document is required.

    Due today is not late. Past its due a slot is late until wholly proved: drafts and a part do not save it.
    """
    if waived:
        return State.NOT_REQUIRED
    given = tuple(proofs)
    if given and len({proof.document for proof in given if proof.finished}) >= slot.quantity:
        return State.PROVED
    if slot.can_be_late and slot.due is not None and slot.due < today:
        return State.LATE
    return State.IN_WORK if given else State.MISSING
