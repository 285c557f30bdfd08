"""What a tree of assignments ought to do, said once more and more simply: the state machine walks beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

OPEN = {"new", "in_work", "clarifying", "returned"}
LIVE = OPEN | {"reported"}
UNDER_WAY = LIVE | {"draft"}


@dataclass
class Node:
    """``by_rule``: the report that waits was made by the program. ``wrote``: who wrote it. ``taken``: it was in work once."""

    id: int
    parent: Node | None
    state: str
    responsible: str
    author: str | None
    controller: str | None
    due: dt.date | None
    auto_close: bool
    children: list[Node] = field(default_factory=list)
    taken: bool = False
    fulfilled: bool = False
    by_rule: bool = False
    wrote: str = ""
    asked: dt.date | None = None
    given: bool = True

    @property
    def above(self) -> list[Node]:
        return [] if self.parent is None else [self.parent, *self.parent.above]

    @property
    def below(self) -> list[Node]:
        return [found for child in self.children for found in (child, *child.below)]

    @property
    def live_below(self) -> list[Node]:
        return [one for one in self.below if one.state in UNDER_WAY]

    def circle(self, person: str) -> bool:
        return any(one.responsible == person for one in [*self.above, *self.below])

    def end(self, state: str, *, fulfilled: bool) -> None:
        """Over, with all that is live below it; what is above may follow."""
        for one in self.live_below:
            one.state = "cancelled" if state == "cancelled" or one.state == "draft" else "removed"
            one.asked = None
        self.state, self.fulfilled, self.asked = state, fulfilled, None
        self.rise()

    def rise(self) -> None:
        parent = self.parent
        if parent is None or not parent.auto_close or parent.state not in OPEN:
            return
        over = all(one.state not in UNDER_WAY for one in parent.children)
        if over and any(one.fulfilled for one in parent.children):
            parent.state, parent.by_rule, parent.wrote, parent.taken = "reported", True, "", True
            if parent.author is None and parent.controller is None:
                parent.end("done", fulfilled=True)

    def reopen(self) -> None:
        self.state, self.fulfilled, self.taken = "in_work", False, True
        if self.parent is not None and self.parent.due is not None and self.due is not None:
            self.due = min(self.due, self.parent.due)
        if self.parent is not None and self.parent.state == "reported" and self.parent.by_rule:
            self.parent.state = "in_work"

    def move(self, day: dt.date) -> None:
        """Through the tree: earlier takes along what would be later, later what was due together with it."""
        was = self.due
        for one in self.live_below:
            if one.due is not None and (one.due > day or one.due == was):
                one.due = day
        self.due = day
