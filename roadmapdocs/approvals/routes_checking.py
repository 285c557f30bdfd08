"""What is wrong with a route as an administrator wrote it, or with the way that a drafter made for a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from roadmapdocs.approvals.models import Route
from roadmapdocs.approvals.plans import NAME_LIMIT, Addressee, How, Plan, check_plan
from roadmapdocs.approvals.routes import COLUMNS, OPERATIONS
from roadmapdocs.cases.models import Case
from roadmapdocs.documents.fields import Field, fields_of
from roadmapdocs.documents.models import Kind
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Post, Unit
from roadmapdocs.people.rules import Role

LAST_POSITION: Final = 9_999
#: Of an address, as RFC 5321 has it.
ADDRESS_LIMIT: Final = 254
#: Operations of a condition that compare with nothing.
ALONE: Final = frozenset({"filled", "empty"})
#: Shipped fields of the type "text" that name a person.
_NAMING_PEOPLE: Final = frozenset({"chair", "secretary"})
_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+\.[^@\s<>,;:\"()\[\]\\.]+")


@dataclass(frozen=True, slots=True)
class RouteCard:
    """What an administrator writes of a route; each as in :class:`roadmapdocs.approvals.models.Route`."""

    name: str
    plan: Plan
    position: int = 0
    active: bool = True
    obligatory: bool = False
    changeable: bool = True
    kinds: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()
    condition: Mapping[str, str] = field(default_factory=dict)


def check_route(card: RouteCard, row: Route | None) -> None:
    """``row`` is the route that is changed.

    :raise Refusal: ``route``: ``details["fields"]`` by the names of :class:`RouteCard`, ``details["steps"]`` by place
    """
    fields = {name: told for name, told in _field_problems(card, row).items() if told is not None}
    steps: object = {}
    message = next(iter(fields.values()), "")
    try:
        check_steps(card.plan, card.kinds)
    except Refusal as refusal:
        steps = refusal.details["steps"]
        message = message or refusal.message
        if not steps:
            fields["plan"] = refusal.message
    if fields or steps:
        raise Refusal("route", message, fields=fields, steps=steps)


def _field_problems(card: RouteCard, row: Route | None) -> dict[str, str | None]:
    return {
        "name": _why_not_name(card.name, row),
        "position": None
        if 0 <= card.position <= LAST_POSITION
        else _("The place in the list is a number from 0 to %(last)s.", last=LAST_POSITION),
        "kinds": _unknown(card.kinds, Kind.code),
        "units": _unknown(card.units, Unit.id),
        "cases": _unknown(card.cases, Case.id),
        "condition": _why_not_condition(card) if card.condition else None,
    }


def _why_not_name(name: str, row: Route | None) -> str | None:
    if not name.strip():
        return _("Name the route: whoever sends a document chooses by this name.")
    if len(name) > NAME_LIMIT:
        return _("The name is longer than %(limit)s characters. Shorten it.", limit=NAME_LIMIT)
    own = row.id if row is not None else None
    taken = {text.casefold(): number for number, text in Route.select(Route.id, Route.name).tuples()}
    return taken_name().message if taken.get(name.casefold(), own) != own else None


def taken_name() -> Refusal:
    sentence = _("There is a route of this name already. Give this one another.")
    return Refusal("route", sentence, fields={"name": sentence}, steps={})


def _unknown(wanted: Collection[object], column: Any) -> str | None:
    known = {found for (found,) in column.model.select(column).where(column.in_(list(wanted))).tuples()} if wanted else set()
    if set(wanted) - known:
        return _("Something of what was chosen is not there any more. Look at the list and choose again.")
    return None


def _why_not_condition(card: RouteCard) -> str | None:
    name, operation = card.condition.get("field", ""), card.condition.get("op", "")
    value = card.condition.get("value", "")
    if name not in COLUMNS and name not in {one.name for one in card_fields(card.kinds)}:
        return _("The cards that the route fits have no such field. Choose one of the list.")
    if operation not in OPERATIONS:
        return _("Say how the field is compared.")
    if operation not in ALONE and not value.strip():
        return _("Say with what the field is compared.")
    if len(value) > NAME_LIMIT:
        return _("What is compared with is longer than %(limit)s characters. Shorten it.", limit=NAME_LIMIT)
    if operation == "at_least" and not OPERATIONS["at_least"](value, "0"):
        return _("“%(value)s” is no number. Write one, such as 100000.", value=value)
    return None


def check_steps(plan: Plan, kinds: Collection[str] = ()) -> None:
    """As :func:`roadmapdocs.approvals.plans.check_plan`, and that everybody named is somebody.

    ``kinds`` are the codes of the kinds whose fields may be named; none mean all.

    :raise Refusal: ``plan``, whose ``details["steps"]`` maps a step's place (from 0) to a sentence about it
    """
    check_plan(plan)
    problems = {}
    known = _Known.of(plan, kinds)
    for place, step in enumerate(plan.steps):
        sentence = next((told for one in step.addressees if (told := known.why_not(one)) is not None), None)
        if sentence is not None:
            problems[place] = sentence
    if problems:
        raise Refusal("plan", _("The route cannot be followed as it is. See the marked steps."), steps=problems)


def in_several_steps(plan: Plan) -> list[tuple[Addressee, tuple[int, ...]]]:
    """Who is named in several steps, with the places (from 0): allowed, and worth a second look."""
    places: dict[Addressee, list[int]] = defaultdict(list)
    for place, step in enumerate(plan.steps):
        for one in dict.fromkeys(step.addressees):
            places[one].append(place)
    return [(one, tuple(found)) for one, found in places.items() if len(found) > 1]


def naming_fields(kinds: Collection[str] = ()) -> list[Field]:
    """Fields of cards that name a person: of the kinds with these codes, or of all kinds."""
    return [one for one in card_fields(kinds) if one.type == "person" or one.name in _NAMING_PEOPLE]


def card_fields(kinds: Collection[str] = ()) -> list[Field]:
    """Fields that cards of these kinds have, or of any kind; each name once."""
    rows = Kind.select(Kind.fields).where(Kind.active).order_by(Kind.position)
    if kinds:
        rows = rows.where(Kind.code.in_(list(kinds)))
    found = {one.name: one for row in rows for one in fields_of(row.fields)}
    return sorted(found.values(), key=lambda one: one.label)


@dataclass(frozen=True, slots=True)
class _Known:
    """What addressees of a plan may name, looked up at once."""

    people: frozenset[int]
    posts: frozenset[tuple[int, str]]
    fields: frozenset[str]

    @classmethod
    def of(cls, plan: Plan, kinds: Collection[str]) -> _Known:
        named = [one for step in plan.steps for one in step.addressees]
        ids = {number for one in named if one.how is How.PERSON and (number := _whole(one.value)) is not None}
        units = {unit for one in named if one.how is How.POST and (unit := _post(one.value)[0]) is not None}
        people = Employee.select(Employee.id).where(Employee.id.in_(ids)).tuples() if ids else ()
        posts = Post.select(Post.unit, Post.title).where(Post.unit.in_(units)).tuples() if units else ()
        asks_cards = any(one.how is How.FIELD for one in named)
        fields = frozenset(one.name for one in naming_fields(kinds)) if asks_cards else frozenset()
        return cls(frozenset(found for (found,) in people), frozenset(posts), fields)

    def why_not(self, one: Addressee) -> str | None:
        if one.how is How.PERSON and _whole(one.value) not in self.people:
            return _("The person whom the step names is not in the list of people any more. Name another.")
        if one.how is How.POST and _post(one.value) not in self.posts:
            return _("The unit has no such post any more. Choose one of the list.")
        if one.how is How.ROLE and one.value not in set(Role):
            return _("There is no such role. Choose one of the list.")
        if one.how is How.FIELD and one.value not in self.fields:
            return _("The cards that the route fits have no such field. Choose one of the list.")
        if one.how is How.HEAD and one.value:
            return _("The head of the author's unit needs no name. Take it out and add it anew.")
        return _why_no_guest(one) if one.how is How.GUEST else None


def _why_no_guest(one: Addressee) -> str | None:
    if not one.value.strip() or len(one.value) > NAME_LIMIT:
        return _("Write the guest's name, up to %(limit)s characters: it stands on the sheet.", limit=NAME_LIMIT)
    if len(one.email) > ADDRESS_LIMIT or not _ADDRESS.fullmatch(one.email):
        return _("“%(address)s” is no address of electronic mail. The guest's link goes there.", address=one.email[:ADDRESS_LIMIT])
    return None


def _post(value: str) -> tuple[int | None, str]:
    unit, _colon, title = value.partition(":")
    return _whole(unit), title


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None
