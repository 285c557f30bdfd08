"""The standing duty that keeps the index: what waits is looked at, the day is turned, an index is built where one is
needed."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from typing import Final

from roadmapdocs.duties import Duty, connected
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import use_language
from roadmapdocs.locks import LockedError
from roadmapdocs.search import building, days, indexing, saved, state
from roadmapdocs.search.building import BuildFailedError
from roadmapdocs.search.indexing import UnwritableError
from roadmapdocs.search.ports import IndexBusyError
from roadmapdocs.search.state import DUTY, Clock
from roadmapdocs.settings import Settings

#: Changes of processes that cannot wake this one are seen within that.
LOOK_S: Final = 1.0
#: Whether an index is needed or gone, and which day it is, is asked so often; one that is known to be broken is built
#: anew at the next look.
ROUND_EVERY: Final = dt.timedelta(minutes=1)
#: After a build that failed (a full disk, a folder that cannot be written) the next one waits.
AGAIN_AFTER: Final = dt.timedelta(minutes=2)
log = logging.getLogger(__name__)


class Search:
    """The rounds of one process."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._failed_at: dt.datetime | None = None
        self._trouble = ""
        self._round_at: dt.datetime | None = None

    def duty(self) -> Duty:
        return Duty(DUTY, self.turn, every=LOOK_S)

    def turn(self, stopping: threading.Event) -> None:
        """Look at what waits, and each minute at the rest. What another process is at is left to it."""
        with connected(), use_language(self._settings.language):
            used = state.used()
            if used is None:
                used = state.use_index(self._settings, self._clock)
            try:
                indexing.drain(today=used.today(), stop=stopping.is_set)
                if self._round_at is None or used.clock() - self._round_at >= ROUND_EVERY:
                    self._round(used, stopping)
                    self._round_at = used.clock()
                elif state.broken() and self._may_build():
                    # Whoever searched it in vain, in whatever process, has said so: nobody waits for the next round.
                    self._build(used, stopping)
                self._told("")
            except (LockedError, IndexBusyError, UnwritableError, Refusal) as held_up:
                self._told(str(held_up))

    def _round(self, used: state.Used, stopping: threading.Event) -> None:
        days.turn_to(used.today())
        if self._may_build() and building.needed(used):
            self._build(used, stopping)
        indexing.drain(today=used.today(), stop=stopping.is_set)
        saved.look_for_new(used.clock(), used.today())

    def _told(self, trouble: str) -> None:
        """Said when it begins and when it ends, not each second between."""
        if trouble != self._trouble:
            log.warning("The index of search waits: %s", trouble) if trouble else log.warning("The index of search goes on")
            self._trouble = trouble

    def _may_build(self) -> bool:
        return self._failed_at is None or self._clock() - self._failed_at >= AGAIN_AFTER

    def _build(self, used: state.Used, stopping: threading.Event) -> None:
        try:
            building.build(used, now=self._clock(), stop=stopping.is_set)
        except BuildFailedError as problem:
            self._failed_at = self._clock()
            log.warning("The index of search cannot be built: %s", problem)
        else:
            self._failed_at = None
