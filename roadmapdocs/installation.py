"""What one office has set up in this process: its database, its store of files, its time zone.

A process may serve several: each application has an :class:`Installation` of its own and enters it with each of its
requests. A module that has to know something of the office keeps it in a :class:`Kept`, never in a global of its own.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Installation:
    """The values of one office. Equal to itself only."""

    __slots__ = ("values",)

    def __init__(self) -> None:
        self.values: dict[Kept[Any], Any] = {}


_entered: ContextVar[Installation | None] = ContextVar("roadmapdocs_installation", default=None)
#: What holds where nothing was entered: commands, threads and tests that know of one office only.
_usual = [Installation()]


class Kept(Generic[T]):
    """A value that each installation has one of. ``make`` gives the first one where none was set."""

    __slots__ = ("_make", "name")

    def __init__(self, name: str, make: Callable[[], T]) -> None:
        self.name, self._make = name, make

    def get(self) -> T:
        values = current().values
        if self not in values:
            values[self] = self._make()
        kept: T = values[self]
        return kept

    def set(self, value: T) -> None:
        current().values[self] = value


def current() -> Installation:
    return _entered.get() or _usual[0]


@contextlib.contextmanager
def entered(installation: Installation) -> Iterator[Installation]:
    """Within the block, everything in this thread is about that installation."""
    token = _entered.set(installation)
    try:
        yield installation
    finally:
        _entered.reset(token)


def begin() -> Installation:
    """A new installation, and from now on the usual one of the process."""
    return make_usual(Installation())


def make_usual(installation: Installation) -> Installation:
    _usual[0] = installation
    return installation


#: Where the office is, which decides which day it is there.
ZONE: Kept[dt.tzinfo] = Kept("zone", lambda: dt.UTC)


def day_of(moment: dt.datetime) -> dt.date:
    """Which day it is in the office at a moment."""
    return moment.astimezone(ZONE.get()).date()
