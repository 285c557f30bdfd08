"""People, units and accounts as another program names them, and what was done about each of them.

Every record carries ``external``, its name in the other program ("17", a DN, a personnel number), by which it is known
again. References between records (``parent``, ``person``, ``unit``, ``organisation``) are such names, too.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from roadmapdocs.people.rules import Role

#: The hash of an account that no password of ours opens: argon2 verifies nothing against it.
NO_PASSWORD: Final = "!"  # noqa: S105  # that there is none
#: What a name given to a record for want of a number begins with: a number that comes later takes its place.
PROVISIONAL: Final = "="


@dataclass(frozen=True, slots=True)
class IncomingOrganisation:
    """``genitive`` and ``place`` that are empty leave ours as they are."""

    external: str
    name: str
    short_name: str = ""
    genitive: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class IncomingUnit:
    """``parent`` is the unit above: empty for none, None where the source does not know.

    ``organisation`` may be empty where there is only one, or the unit above tells it.
    """

    external: str
    name: str
    abbreviation: str = ""
    parent: str | None = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class IncomingPerson:
    """``gender`` is "m", "f" or empty: then the patronymic and the surname tell, or the person is refused."""

    external: str
    surname: str
    name: str
    patronymic: str = ""
    gender: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class IncomingPost:
    """A post of a person in a unit. ``external`` may be empty: then person, unit and title name it.

    Without ``since`` a post that is new begins on the day it is taken in. ``heads`` None: the source does not know.
    """

    person: str
    unit: str
    title: str
    external: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    heads: bool | None = False


@dataclass(frozen=True, slots=True)
class IncomingAccount:
    """``person`` is whose account it is, or empty. No password: its owner is let in by the program that names it."""

    external: str
    login: str
    person: str = ""
    roles: frozenset[Role] = frozenset()
    active: bool = True


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What ``source`` ("host", "ldap", "file", the name of a connector) knows, or a part of it.

    ``complete`` says that it is all: posts and accounts that came from this source and are not in it have ended. Of a
    person whose posts it names, it names all.
    """

    source: str
    organisations: tuple[IncomingOrganisation, ...] = ()
    units: tuple[IncomingUnit, ...] = ()
    people: tuple[IncomingPerson, ...] = ()
    posts: tuple[IncomingPost, ...] = ()
    accounts: tuple[IncomingAccount, ...] = ()
    complete: bool = False


class What(StrEnum):
    MADE = "made"
    CHANGED = "changed"
    ENDED = "ended"
    SAME = "same"
    REFUSED = "refused"


class Kind(StrEnum):
    """Also the ``model`` under which :class:`roadmapdocs.people.models.ExternalRecord` keeps a record of this kind."""

    ORGANISATION = "organisation"
    UNIT = "unit"
    EMPLOYEE = "employee"
    POST = "post"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Line:
    """What was done about one record. ``why`` is a sentence for people: what changed, or what to do about a refusal."""

    what: What
    kind: Kind
    external: str
    name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Lines by kind and external name, whatever the order of the snapshot."""

    lines: tuple[Line, ...]

    def of(self, *whats: What) -> list[Line]:
        return [line for line in self.lines if line.what in whats]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines of each sort there are, also of those that there are none of."""
        found = Counter(line.what for line in self.lines)
        return {str(what): found[what] for what in What}

    @property
    def changes(self) -> bool:
        """Whether anything was, or would be, written."""
        return bool(self.of(What.MADE, What.CHANGED, What.ENDED))

    def as_json(self) -> dict[str, object]:
        lines = [
            {"what": str(one.what), "kind": str(one.kind), "external": one.external, "name": one.name, "why": one.why}
            for one in self.lines
        ]
        return {"counts": self.counts, "lines": lines}
