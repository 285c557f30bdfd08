"""Who is asked to read, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Addressees:
    """Whom a sheet asks: the union of people, units with all below them (ids), titles of posts and roles.

    ``named``: all who are named in the text of the order; they are found once, when it is sent.
    """

    employees: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    posts: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    everyone: bool = False
    named: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "employees": list(self.employees),
            "units": list(self.units),
            "posts": list(self.posts),
            "roles": list(self.roles),
            "everyone": self.everyone,
            "named": self.named,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Addressees:
        return cls(
            tuple(told.get("employees", ())),
            tuple(told.get("units", ())),
            tuple(told.get("posts", ())),
            tuple(told.get("roles", ())),
            bool(told.get("everyone")),
            bool(told.get("named")),
        )

    def __bool__(self) -> bool:
        return bool(self.employees or self.units or self.posts or self.roles or self.everyone or self.named)
