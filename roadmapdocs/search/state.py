"""Which index answers in this process, and in what condition it is."""

from __future__ import annotations

import datetime as dt
import errno
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from roadmapdocs import duties
from roadmapdocs.db import after_commit, transaction
from roadmapdocs.installation import Kept
from roadmapdocs.prepared import Prepared
from roadmapdocs.search import outbox
from roadmapdocs.search.choosing import IN_DATABASE, engine_of, mark_of
from roadmapdocs.search.models import SearchIndex
from roadmapdocs.search.ports import Engine, IndexBrokenError
from roadmapdocs.settings import Settings

Clock = Callable[[], dt.datetime]
log = logging.getLogger(__name__)

#: The name of the duty that keeps the index.
DUTY: Final = "search"
#: While more known records than these wait to be looked at, the database answers: hiding them would cost too much.
MOST_WAITING: Final = 2_000
_LONGEST_REASON: Final = 500
_WITHOUT_MEANS: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})


class Condition(StrEnum):
    """``building``: what answers, if anything does, is not all of it or by an older analysis."""

    WHOLE = "whole"
    BUILDING = "building"
    BROKEN = "broken"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Target:
    """An index that changes go to. ``active``: the one that answers; otherwise it is being built.

    ``current``: it is by the analysis and the layout of this program.
    """

    engine: Engine
    active: bool
    current: bool

    @property
    def generation(self) -> str:
        return self.engine.generation

    @property
    def in_database(self) -> bool:
        """Its changes are a part of the transaction that makes them."""
        return self.engine.name in IN_DATABASE


@dataclass(slots=True)
class Used:
    """What this process has opened; engines are kept by their names and generations."""

    settings: Settings
    clock: Clock
    engines: dict[tuple[str, str], Engine] = field(default_factory=dict)

    def today(self) -> dt.date:
        """The day it is in the office."""
        return self.clock().astimezone(self.settings.zone).date()

    def engine(self, name: str, generation: str) -> Engine:
        found = self.engines.get((name, generation))
        if found is None:
            found = self.engines[name, generation] = engine_of(name, generation, self.settings)
        return found


@dataclass(frozen=True, slots=True)
class _Row:
    engine: str
    generation: str
    state: str
    mark: str
    broken: str


_ROWS = Prepared(
    lambda: SearchIndex.select(
        SearchIndex.engine, SearchIndex.generation, SearchIndex.state, SearchIndex.mark, SearchIndex.broken
    ).order_by(SearchIndex.state)
)
_used: Kept[Used | None] = Kept("search", lambda: None)


def use_index(settings: Settings, clock: Clock) -> Used:
    """From now on this process searches, and keeps an index that lives in the database as it writes."""
    used = Used(settings, clock)
    _used.set(used)
    return used


def close_index() -> None:
    """From now on this process only notes what has changed."""
    _used.set(None)


def used() -> Used | None:
    return _used.get()


def _rows() -> list[_Row]:
    return [_Row(*row) for row in _ROWS.rows()]


def targets() -> list[Target]:
    """Indexes that changes go to, the active one first. One that is broken, or of another layout, is left alone."""
    known = used()
    return _targets(known, _rows()) if known is not None else []


def _targets(known: Used, rows: list[_Row]) -> list[Target]:
    for gone in known.engines.keys() - {(row.engine, row.generation) for row in rows}:
        known.engines.pop(gone, None)  # it may hold much of what is there no more
    found = []
    for row in rows:
        mark = mark_of(row.engine)
        if not row.broken and row.mark.split()[-1:] == mark.split()[-1:]:
            engine = known.engine(row.engine, row.generation)
            found.append(Target(engine, row.state == "active", row.mark == mark))
    return found


def opened() -> tuple[Engine | None, Condition]:
    """The engine that can be asked now, if there is one, and the condition of the index."""
    known = used()
    if known is None:
        return None, Condition.ABSENT
    rows = _rows()
    active = next((row for row in rows if row.state == "active"), None)
    if active is None:
        return None, Condition.BUILDING if rows else Condition.ABSENT
    if active.broken:
        return None, Condition.BROKEN
    target = next((one for one in _targets(known, rows) if one.active), None)
    if target is None or len(outbox.waiting(MOST_WAITING + 1)) > MOST_WAITING:
        return None, Condition.BUILDING
    return target.engine, Condition.WHOLE if target.current else Condition.BUILDING


def waiting() -> frozenset[str]:
    """Keys of records that count as absent for now: :attr:`roadmapdocs.search.ports.Plan.hidden`."""
    return outbox.waiting(MOST_WAITING)


def report_broken(engine: Engine, problem: object) -> bool:
    """Note that an index cannot be read or written, so that nobody asks it any more and the duty builds another.

    False if it was none of ours by then: another has taken its place, which can be asked; or if this process has no more
    files or memory to read it with, which says nothing of the index.
    """
    if isinstance(problem, IndexBrokenError) and lacks_means(problem):
        log.error("The index of search %s %s cannot be read at the moment: %s", engine.name, engine.generation, problem)
        return False
    reason = str(problem)[:_LONGEST_REASON] or type(problem).__name__
    with transaction():
        ours = SearchIndex.update(broken=reason).where(SearchIndex.generation == engine.generation).execute()
        if ours:
            log.error("The index of search %s %s is broken: %s", engine.name, engine.generation, problem)
            after_commit(wake)
    return bool(ours)


def look_for_broken() -> None:
    """Report each index that is gone or cannot be read, before anybody has searched it in vain.

    :raise IndexBusyError: if somebody writes it for longer than we wait
    """
    for target in targets():
        try:
            target.engine.count()
        except IndexBrokenError as problem:
            report_broken(target.engine, problem)


def lacks_means(problem: IndexBrokenError) -> bool:
    """Whether it is this process that has no more files or memory."""
    cause = problem.__cause__
    return isinstance(cause, MemoryError) or getattr(cause, "errno", None) in _WITHOUT_MEANS


def wake() -> None:
    """Have the duty look."""
    duties.wake(DUTY)


def broken() -> str:
    """What is wrong with the index that should answer; empty if nothing is known to be."""
    return next((row.broken for row in _rows() if row.state == "active"), "")
