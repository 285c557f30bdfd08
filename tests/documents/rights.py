"""What the definitions say of rights, read by the tests themselves out of the TOML text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import roadmapdocs.workflow
from roadmapdocs.documents.models import Kind

FOLDER = Path(roadmapdocs.workflow.__file__).parent / "definitions"
LINES = ("preparation", "registration", "force", "acquaintance", "control", "storage")
ROLES = ("clerk", "executive", "staff", "coordinator", "administrator")
TIES = ("drafter", "signer", "unit", "invited")
#: Everybody to whom anything can be given, and one who has neither role nor tie.
PEOPLE = (*ROLES, *TIES, "stranger")
RIGHTS = ("read", "change", "add_version", "attach", "link")
#: Whom a mark shuts out, whatever the states say (domain.md §17).
SHUT_OUT = {
    "general": set(),
    "official": {"staff"},
    "personal": {"staff", "coordinator", "administrator", "unit"},
}

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Flow:
    """Six definitions as they stand in the files; ``kind`` is the code of a kind that lives by them.

    ``own`` are the lines whose definitions no flow before this one has: what is tried once need not be again.
    """

    kind: str
    lines: Mapping[str, Raw]
    codes: Mapping[str, str]
    own: frozenset[str]

    def initial(self) -> dict[str, str]:
        return {line: self.lines[line]["initial"] for line in LINES}

    def meaning(self, line: str, state: str) -> str:
        return str(self.lines[line]["states"][state].get("meaning", state))

    def state_meaning(self, line: str, meaning: str) -> str | None:
        """A state that means this; None if the line has none."""
        return next((name for name in self.lines[line]["states"] if self.meaning(line, name) == meaning), None)

    def has(self, states: Mapping[str, str], right: str) -> set[str]:
        """Who has the right: those whom each line names that speaks of it."""
        said = [self.lines[line]["states"][states[line]].get("rights", {}).get(right) for line in LINES]
        spoken = [set(PEOPLE) - {"stranger"} if "everyone" in who else set(who) for who in said if who is not None]
        # Whoever was handed the document reads it in any state.
        handed = {"invited"} if right == "read" else set()
        return (set.intersection(*spoken) if spoken else set()) | handed

    def may(self, who: str, right: str, states: Mapping[str, str], mark: str = "general") -> bool:
        reads = who in self.has(states, "read") - SHUT_OUT[mark]
        return reads and (right == "read" or who in self.has(states, right))

    def transitions(self) -> Iterator[tuple[str, str, Raw]]:
        """Line, name and row of those that are this flow's own."""
        for line in self.own:
            for name, row in self.lines[line].get("transitions", {}).items():
                yield line, name, row


def definition(code: str) -> Raw:
    return tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


def shipped() -> list[str]:
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


def flows() -> list[Flow]:
    """One for each set of definitions by which any of our kinds live: all that we ship are among them."""
    kinds = tomllib.loads((Path(roadmapdocs.workflow.__file__).parents[1] / "documents" / "kinds.toml").read_text("utf-8"))
    found: dict[tuple[str, ...], Flow] = {}
    seen: set[str] = set()
    for code, kind in kinds.items():
        codes = {line: kind.get("workflows", {}).get(line, line) for line in LINES}
        lines = {line: definition(name) for line, name in codes.items()}
        own = frozenset(line for line, name in codes.items() if name not in seen)
        if tuple(codes.values()) not in found:
            found[tuple(codes.values())] = Flow(code, lines, codes, own)
            seen |= set(codes.values())
    return list(found.values())


def kinds_by_workflow() -> list[Kind]:
    """The stored kinds of :func:`flows`."""
    codes = [flow.kind for flow in flows()]
    return list(Kind.select().where(Kind.code.in_(codes)).order_by(Kind.position))
