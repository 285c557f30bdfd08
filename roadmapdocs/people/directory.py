"""Where people come from: a port, so that a host can bring its own, and our tables behind it.

Whoever names somebody in a roadmap writes «УО», «Отдел образования» or «Лукина О. С.»; the directory says who
that is, or that it does not know. It never guesses between two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from roadmapdocs.people.models import Employee, Unit


@dataclass(frozen=True, slots=True)
class UnitRef:
    id: int
    name: str
    abbreviation: str


@dataclass(frozen=True, slots=True)
class PersonRef:
    """``name`` is as lists print it: «Лукина О. С.»."""

    id: int
    name: str


Ref = UnitRef | PersonRef


class Directory(Protocol):
    """Units and people of the office, wherever they are kept."""

    def units(self) -> list[UnitRef]:
        """All units, by name."""
        ...

    def people(self) -> list[PersonRef]:
        """All employees, by surname."""
        ...


class DatabaseDirectory:
    """Our own tables."""

    def units(self) -> list[UnitRef]:
        rows = Unit.select(Unit.id, Unit.name, Unit.abbreviation).order_by(Unit.name)
        return [UnitRef(row.id, row.name, row.abbreviation) for row in rows]

    def people(self) -> list[PersonRef]:
        rows = Employee.select().order_by(Employee.surname, Employee.name, Employee.id)
        return [PersonRef(row.id, str(row)) for row in rows]


class Resolver:
    """Looks words of a roadmap up in a directory read once: many look-ups cost no query each."""

    def __init__(self, directory: Directory) -> None:
        self._found: dict[str, Ref | None] = {}
        self._add((name, unit) for unit in directory.units() for name in {unit.name, unit.abbreviation} if name)
        self._add((person.name, person) for person in directory.people())

    def _add(self, names: Iterable[tuple[str, Ref]]) -> None:
        for name, ref in names:
            key = _key(name)
            # Two of one name: neither is meant for certain.
            self._found[key] = None if key in self._found and self._found[key] != ref else ref

    def resolve(self, words: str) -> Ref | None:
        """The unit or person that these words name, or None when there is none or more than one."""
        return self._found.get(_key(words))


def _key(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).casefold().replace("ё", "е")
