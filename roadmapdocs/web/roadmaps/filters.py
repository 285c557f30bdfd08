"""What of a roadmap is shown: the filters in the address, read, applied and written back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from roadmapdocs.coverage.matrix import CoveredItem, CoveredSlot
from roadmapdocs.coverage.phrases import SUGGESTED, look
from roadmapdocs.coverage.plans import LoadedItem
from roadmapdocs.coverage.rules import State
from roadmapdocs.people.rules import Actor

#: States in the order of the chips: what wants action comes first.
STATES = (State.LATE, State.MISSING, State.IN_WORK, State.PROVED, State.NOT_REQUIRED)
LOOKS = (*(state.value for state in STATES), SUGGESTED)


@dataclass(frozen=True, slots=True)
class Filters:
    """An empty field hides nothing. ``who`` is "unit:7", "person:3" or the printed words of a responsible.

    ``years`` is the first year of the block of years shown, "" for the block of this year.
    """

    state: str = ""
    section: str = ""
    who: str = ""
    kind: str = ""
    mine: str = ""
    years: str = ""

    @classmethod
    def read(cls, address: Mapping[str, str]) -> Filters:
        """Filters of an address; what makes no sense is as if it were not there."""
        state = address.get("state", "")
        unit = address.get("unit", "")
        return cls(
            state=state if state in LOOKS else "",
            section=_number(address.get("section", "")),
            who=address.get("who", "") or (f"unit:{unit}" if _number(unit) else ""),
            kind=address.get("kind", ""),
            mine="1" if address.get("mine") == "1" else "",
            years=_number(address.get("years", "")),
        )

    def pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in asdict(self).items() if value]

    def but(self, **changes: str) -> Filters:
        return replace(self, **changes)

    def address(self, page: str, **more: str) -> str:
        """The page's address with these filters."""
        query = urlencode([*self.pairs(), *more.items()])
        return f"{page}?{query}" if query else page

    def shows_item(self, item: LoadedItem, sections: Mapping[int, set[int]], actor: Actor) -> bool:
        """``sections`` maps the id of a section to the ids of itself and all below it."""
        if self.section and item.section not in sections.get(int(self.section), ()):
            return False
        if self.mine and not item.answered_by(actor.unit_ids, actor.employee_id):
            return False
        return not self.who or self._answers(item)

    def _answers(self, item: LoadedItem) -> bool:
        kind, _colon, number = self.who.partition(":")
        if kind == "unit" and number.isdecimal():
            return any(one.unit == int(number) for one in item.answering)
        if kind == "person" and number.isdecimal():
            return any(one.employee == int(number) for one in item.answering)
        return self.who in item.responsibles

    def shows_slot(self, slot: CoveredSlot) -> bool:
        return (not self.kind or slot.expected.kind == self.kind) and (
            not self.state or look(slot.slot, slot.state) == self.state
        )

    def apply(self, items: tuple[CoveredItem, ...], sections: Mapping[int, set[int]], actor: Actor) -> list[CoveredItem]:
        """Items with something to show, each with its shown slots only."""
        shown = [one for one in items if self.shows_item(one.item, sections, actor)]
        if not (self.kind or self.state):
            return shown
        narrowed = [CoveredItem(one.item, tuple(filter(self.shows_slot, one.slots))) for one in shown]
        return [one for one in narrowed if one.slots]


def _number(text: str) -> str:
    return text if text.isdecimal() and len(text) < 10 else ""
