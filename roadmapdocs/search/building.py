"""Building an index beside the one that answers, in batches, while the registry goes on; then it takes its place."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import secrets
from collections.abc import Callable, Iterator
from typing import Final

from roadmapdocs.db import transaction
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.locks import Lock, LockedError, held
from roadmapdocs.search import choosing, indexing, keys, outbox, state, vocabulary
from roadmapdocs.search.checking import differences, mend
from roadmapdocs.search.models import SearchIndex
from roadmapdocs.search.ports import Engine, IndexBrokenError, IndexBusyError
from roadmapdocs.search.state import Target, Used

log = logging.getLogger(__name__)

#: Is told how many records are in, and of how many.
Progress = Callable[[int, int], None]
#: Whoosh makes a segment of each write, and answers faster from few large ones: records and characters of one write.
WHOOSH_BATCH: Final = 500
WHOOSH_CHARACTERS: Final = 1_500_000
#: A registry with no more records than this is indexed at once by whoever needs it.
SMALL: Final = 2_000


class BuildFailedError(Exception):
    """The index cannot be written; its text is for operators. Another attempt begins anew."""


def needed(used: Used) -> bool:
    """Whether an index has to be built: there is none, it is broken, by an older program, or of another engine than it
    should be; or a build was cut short.

    :raise IndexBusyError: if it is written for so long that nobody can say
    """
    state.look_for_broken()
    rows = {row.state: row for row in SearchIndex.select()}
    active = rows.get("active")
    if active is None or "building" in rows or active.broken or active.mark != choosing.mark_of(active.engine):
        return True
    return bool(active.engine != choosing.wanted(used.settings, active.engine))


def ensure(used: Used, *, now: dt.datetime) -> None:
    """For a command that searches: what waits is looked at, and a small index is built if none is to be used.

    Where another process is at it, or the disk does not let us, nothing is done: the index answers as it is.
    """
    with contextlib.suppress(LockedError, IndexBusyError, BuildFailedError, indexing.UnwritableError, Refusal):
        if needed(used) and keys.count() <= SMALL:
            build(used, now=now)
        indexing.drain(today=used.today(), most=SMALL)


def build(
    used: Used, *, now: dt.datetime, progress: Progress = lambda _done, _total: None, stop: Callable[[], bool] = lambda: False
) -> bool:
    """Build the index that is wanted, going on where a build was cut short, and have it answer. False if ``stop`` ended it.

    :raise Refusal: ``index_building`` if another process builds at this moment
    :raise BuildFailedError: if the index cannot be written
    :raise LockedError: if another process writes for longer than we wait
    """
    with _alone(), _failures_told():
        row = _unfinished(used) or _begin(used, now)
        while batch := keys.after(row.progress, _batch_size(row)):
            if stop():
                return False
            _put(batch, row, used)
            progress(min(row.done, row.total), row.total)
            indexing.drain(today=used.today(), stop=stop, most=indexing.BATCH)
        _mend_all(row, used)
        _target(row).engine.tidy()
        _swap(row, used)
        progress(row.done, row.done)
    return True


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    try:
        with held(Lock.BUILDING, wait_s=0):
            yield
    except LockedError as problem:
        if problem.lock is not Lock.BUILDING:
            raise
        raise Refusal(
            "index_building",
            _("The index is being built by another process at this moment. Wait until it is ready, or look with “index check”."),
        ) from problem


@contextlib.contextmanager
def _failures_told() -> Iterator[None]:
    try:
        yield
    except (indexing.UnwritableError, IndexBrokenError) as problem:
        raise BuildFailedError(str(problem)) from problem


def _unfinished(used: Used) -> SearchIndex | None:
    """A build that was cut short and can go on; one that cannot is thrown away."""
    row: SearchIndex | None = SearchIndex.get_or_none(SearchIndex.state == "building")
    if row is None:
        return None
    active: SearchIndex | None = SearchIndex.get_or_none(SearchIndex.state == "active")
    wanted = choosing.wanted(used.settings, active.engine if active else "")
    if row.engine == wanted and row.mark == choosing.mark_of(wanted) and not row.broken:
        return row
    _throw_away(row, used)
    return None


def _throw_away(row: SearchIndex, used: Used) -> None:
    with held(Lock.WRITING, wait_s=indexing.WAIT_S), transaction():
        SearchIndex.delete().where(SearchIndex.generation == row.generation).execute()
        if row.engine in choosing.IN_DATABASE:
            _drop(row, used)
    if row.engine not in choosing.IN_DATABASE:
        _drop(row, used)


def _drop(row: SearchIndex, used: Used) -> None:
    try:
        used.engine(row.engine, row.generation).drop()
    except (IndexBrokenError, OSError) as problem:
        log.warning("What is left of the index %s %s cannot be removed: %s", row.engine, row.generation, problem)


def _begin(used: Used, now: dt.datetime) -> SearchIndex:
    """An empty index. Where none answers, nothing is kept in two places: what waits will be in it."""
    active: SearchIndex | None = SearchIndex.get_or_none(SearchIndex.state == "active")
    name = choosing.wanted(used.settings, active.engine if active else "")
    engine = used.engine(name, f"g{secrets.token_hex(6)}")
    total = keys.count()
    with held(Lock.WRITING, wait_s=indexing.WAIT_S):
        if name not in choosing.IN_DATABASE:
            # Files come first: nobody writes to an index that is not there.
            _create(engine, used)
        with transaction():
            if name in choosing.IN_DATABASE:
                _create(engine, used)
            if active is None or active.broken:
                outbox.clear()
            vocabulary.begin_anew()
            row: SearchIndex = SearchIndex.create(
                engine=name,
                generation=engine.generation,
                state="building",
                mark=choosing.mark_of(name),
                total=total,
                day=used.today(),
                started_at=now,
            )
    return row


def _create(engine: Engine, used: Used) -> None:
    try:
        if engine.name not in choosing.IN_DATABASE:
            choosing.folder_of(used.settings).mkdir(mode=0o700, parents=True, exist_ok=True)
        engine.create()
    except (IndexBrokenError, OSError) as problem:
        raise BuildFailedError(str(problem)) from problem


def _batch_size(row: SearchIndex) -> int:
    return WHOOSH_BATCH if row.engine == "whoosh" else indexing.BATCH


def _put(batch: list[str], row: SearchIndex, used: Used) -> None:
    characters = WHOOSH_CHARACTERS if row.engine == "whoosh" else indexing.BATCH_CHARACTERS
    for part in indexing.portions(batch, today=used.today(), characters=characters):
        indexing.put(part, today=used.today(), whole=_target(row))
        row.progress, row.done = part[-1], row.done + len(part)
        with transaction():
            SearchIndex.update(progress=row.progress, done=row.done).where(SearchIndex.generation == row.generation).execute()


def _target(row: SearchIndex) -> Target:
    """
    :raise BuildFailedError: if it was found to be broken meanwhile
    """
    for target in state.targets():
        if target.generation == row.generation:
            return target
    stored: SearchIndex | None = SearchIndex.get_or_none(SearchIndex.generation == row.generation)
    raise BuildFailedError(stored.broken if stored else "it was removed meanwhile")


def _mend_all(row: SearchIndex, used: Used) -> None:
    """What is ready holds everything: whatever a kill, or another's hand, has left out is put in."""
    target = _target(row)
    found = list(differences(target.engine, today=used.today()))
    if found:
        mend(found, target, today=used.today())
        _target(row)


def _swap(row: SearchIndex, used: Used) -> None:
    """The new one answers from now on; the old one goes."""
    old: SearchIndex | None = SearchIndex.get_or_none(SearchIndex.state == "active")
    with held(Lock.WRITING, wait_s=indexing.WAIT_S):
        with transaction():
            if old is not None:
                SearchIndex.delete().where(SearchIndex.generation == old.generation).execute()
                if old.engine in choosing.IN_DATABASE:
                    _drop(old, used)
            SearchIndex.update(state="active", built_at=used.clock()).where(SearchIndex.generation == row.generation).execute()
        if old is not None and old.engine not in choosing.IN_DATABASE:
            _drop(old, used)
