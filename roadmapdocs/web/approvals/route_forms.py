"""The form of a route: what is typed of it, whatever button is pressed, and the card that comes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from roadmapdocs.approvals.models import Route
from roadmapdocs.approvals.plans import NAME_LIMIT, plan_from_json
from roadmapdocs.approvals.routes_checking import ALONE, LAST_POSITION, RouteCard
from roadmapdocs.cases.models import Case
from roadmapdocs.documents.models import Kind
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Unit
from roadmapdocs.web.approvals.step_drafts import PlanDraft
from roadmapdocs.web.forms import plain_line

_MOST_CHOICES = 500
_LONGEST_ID = 9


@dataclass
class RouteDraft:
    """``errors`` are sentences by the name of a field; ``trouble`` is about none of them."""

    name: str = ""
    position: str = "0"
    active: bool = True
    obligatory: bool = False
    changeable: bool = True
    kinds: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    condition_field: str = ""
    condition_op: str = "equals"
    condition_value: str = ""
    read_at: str = ""
    tried_on: str = ""
    plan: PlanDraft = field(default_factory=PlanDraft.blank)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None

    @classmethod
    def of(cls, route: Route) -> RouteDraft:
        condition: Mapping[str, str] = route.condition
        return cls(
            name=route.name,
            position=str(route.position),
            active=route.active,
            obligatory=route.obligatory,
            changeable=route.changeable,
            kinds=list(route.kinds),
            units=[str(one) for one in route.units],
            cases=[str(one) for one in route.cases],
            condition_field=condition.get("field", ""),
            condition_op=condition.get("op", "equals"),
            condition_value=condition.get("value", ""),
            read_at=route.changed_at.isoformat(),
            plan=PlanDraft.of(plan_from_json(route.plan)),
        )

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> RouteDraft:
        def typed(name: str) -> str:
            return plain_line(form.get(name))[: NAME_LIMIT + 1]

        return cls(
            name=typed("name"),
            position=typed("position"),
            active=bool(form.get("active")),
            obligatory=bool(form.get("obligatory")),
            changeable=bool(form.get("changeable")),
            kinds=_several(form, "kinds"),
            units=_several(form, "units"),
            cases=_several(form, "cases"),
            condition_field=typed("condition_field"),
            condition_op=typed("condition_op"),
            condition_value=typed("condition_value"),
            read_at=typed("read_at"),
            tried_on=typed("tried_on"),
            plan=PlanDraft.read(form),
        )

    def card(self) -> RouteCard | None:
        """What is to be saved; None, with sentences, where something is not even to be read."""
        position = _whole(self.position) if self.position else 0
        if position is None:
            self.errors["position"] = _("The place in the list is a number from 0 to %(last)s.", last=LAST_POSITION)
        units, cases = [_whole(one) for one in self.units], [_whole(one) for one in self.cases]
        plan = self.plan.plan()
        if plan is None or position is None:
            return None
        return RouteCard(
            name=self.name,
            plan=plan,
            position=position,
            active=self.active,
            obligatory=self.obligatory,
            changeable=self.changeable,
            kinds=tuple(self.kinds),
            # What is no number is the id of nothing, and is refused as such.
            units=tuple(one or 0 for one in units),
            cases=tuple(one or 0 for one in cases),
            condition=self._condition(),
        )

    def take(self, refusal: Refusal) -> None:
        """Put a refusal's sentences where they belong; what is about nothing in particular stands above."""
        fields = refusal.details.get("fields")
        if isinstance(fields, Mapping):
            self.errors.update({str(name): str(sentence) for name, sentence in fields.items()})
        placed = self.plan.take(refusal)
        self.trouble = self.errors.pop("plan", None) or (None if placed or self.errors else refusal.message)

    def moment(self) -> dt.datetime | None:
        """When what was read had been changed last."""
        try:
            return dt.datetime.fromisoformat(self.read_at)
        except ValueError:
            return None

    def _condition(self) -> dict[str, str]:
        if not self.condition_field:
            return {}
        value = {} if self.condition_op in ALONE else {"value": self.condition_value}
        return {"field": self.condition_field, "op": self.condition_op, **value}


def choices(draft: RouteDraft, year: int) -> dict[str, list[tuple[str, str, bool]]]:
    """What a route may fit: (value, words, chosen) by the name of the field."""
    kinds = Kind.select(Kind.code, Kind.name).where(Kind.active | Kind.code.in_(draft.kinds)).order_by(Kind.position)
    units = Unit.select(Unit.id, Unit.name).order_by(Unit.name, Unit.id)
    open_cases = Case.closed_on.is_null() & Case.removed_on.is_null() & (Case.year >= year)
    chosen = [number for one in draft.cases if (number := _whole(one)) is not None]
    cases = Case.select(Case.id, Case.case_index, Case.title, Case.year).where(open_cases | Case.id.in_(chosen))
    rows = cases.order_by(Case.year, Case.index_sort, Case.id).limit(_MOST_CHOICES)
    return {
        "kinds": _ticked(list(kinds.tuples()), draft.kinds),
        "units": _ticked([(str(one), words) for one, words in units.tuples()], draft.units),
        "cases": _ticked([(str(row.id), _case(row)) for row in rows], draft.cases),
    }


def _case(row: Case) -> str:
    return _("%(index)s %(title)s, %(year)s", index=row.case_index, title=row.title, year=row.year)


def _ticked(offers: list[tuple[str, str]], chosen: Collection[str]) -> list[tuple[str, str, bool]]:
    return [(value, words, value in chosen) for value, words in offers]


def _several(form: MultiDict[str, str], name: str) -> list[str]:
    sent: list[Any] = form.getlist(name)[:_MOST_CHOICES]
    return list(dict.fromkeys(plain_line(one)[:64] for one in sent))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID else None
