"""Who is asked to read, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


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


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the people on the lists of a document's latest edition confirmed, refused, and are waited for."""

    waiting: int = 0
    confirmed: int = 0
    refused: int = 0

    @property
    def decided(self) -> int:
        return self.confirmed + self.refused

    @property
    def line(self) -> str:
        """The state of the document's line. Who refused has decided, but «ознакомлены все» says that all confirmed."""
        if self.waiting:
            return "partly" if self.decided else "sent"
        if self.refused:
            return "partly"
        return "everyone" if self.confirmed else "not_required"


#: By (state of the line, state that the lists tell): the transition that follows.
STEPS: Final[Mapping[tuple[str, str], str]] = {
    ("not_required", "sent"): "asked_later",
    ("sent", "partly"): "some_read",
    ("sent", "everyone"): "all_read",
    ("partly", "everyone"): "all_read",
    ("everyone", "partly"): "asked_more",
    ("partly", "sent"): "unread",
    ("everyone", "sent"): "unread",
    ("sent", "not_required"): "nobody_reads",
    ("partly", "not_required"): "nobody_reads",
    ("everyone", "not_required"): "nobody_reads",
}


def way_to(state: str, wanted: str, *, anew: bool = False) -> tuple[str, ...]:
    """Transitions, one after another, that lead the line to the wanted state; none where it is there already.

    ``anew``: what leads back to «направлен» is a new edition, and not a mark that was taken back.
    """
    if state == wanted:
        return ()
    step = STEPS.get((state, wanted))
    if step is not None:
        return ("edition_anew" if anew and step == "unread" else step,)
    # Whom nobody was asked to read yet goes by way of «направлен».
    return STEPS["not_required", "sent"], *way_to("sent", wanted)
