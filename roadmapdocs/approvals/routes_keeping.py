"""Keeping the office's routes: an administrator makes, changes and retires them; runs keep the plan they began with."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.approvals.models import Route
from roadmapdocs.approvals.routes_checking import RouteCard, check_route, taken_name
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import Conflict, NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

_TICK = dt.timedelta(microseconds=1)


def save_route(
    card: RouteCard,
    *,
    route_id: int | None = None,
    read_at: dt.datetime | None = None,
    by: Actor,
    now: dt.datetime,
) -> Route:
    """Make a route, or change one that was read as it was at ``read_at``. The same once more leaves no entry.

    :raise Forbidden: if the actor does not keep the registry
    :raise NotFound: ``no_route``
    :raise Conflict: ``stale`` if somebody else changed it since
    :raise Refusal: ``route``: ``details["fields"]`` by the names of :class:`RouteCard`, ``details["steps"]`` by place
    """
    require(by, Action.MANAGE_REGISTRY)
    try:
        with transaction():
            row = _locked(route_id) if route_id is not None else None
            if row is not None and row.changed_at != read_at:
                raise _stale(row)
            check_route(card, row)
            return _written(card, row, by=by, now=now)
    except pw.IntegrityError as problem:
        # The name was free when it was looked for: somebody took it in the same moment.
        raise taken_name() from problem


def _written(card: RouteCard, row: Route | None, *, by: Actor, now: dt.datetime) -> Route:
    columns = _columns(card)
    before = {name: getattr(row, name) for name in columns} if row is not None else {}
    changed = [name for name, value in columns.items() if row is None or before[name] != value]
    if row is not None and not changed:
        return row
    if row is None:
        row = Route.create(**columns, changed_at=now)
        effect: dict[str, Any] = {"name": card.name, "made": True, "after": columns}
    else:
        _change(row, columns, now)
        was, became = ({name: values[name] for name in changed} for values in (before, columns))
        effect = {"name": card.name, "changed": changed, "before": was, "after": became}
    record("route_saved", subject=row, effect=effect, by=by, now=now)
    return get_route(row.id)


def _change(row: Route, columns: dict[str, Any], now: dt.datetime) -> None:
    """Two changes in one moment are two changes: whoever read in between is told."""
    moment = {"changed_at": max(now, row.changed_at + _TICK)}
    Route.update({**columns, **moment}).where(Route.id == row.id).execute()


def retire_route(route_id: int, *, read_at: dt.datetime | None, by: Actor, now: dt.datetime) -> Route:
    """Offer the route no more. Nothing is deleted: runs under way go on, and it can be taken into use again.

    :raise Forbidden: if the actor does not keep the registry
    :raise NotFound: ``no_route``
    :raise Conflict: ``stale`` if somebody else changed it since, ``retired`` if that was done
    """
    require(by, Action.MANAGE_REGISTRY)
    with transaction():
        row = _locked(route_id)
        if not row.active:
            raise Conflict("retired", _("The route “%(route)s” is out of use already. Nothing was changed.", route=row.name))
        if row.changed_at != read_at:
            raise _stale(row)
        _change(row, {"active": False}, now)
        record("route_retired", subject=row, effect={"name": row.name}, by=by, now=now)
        return get_route(row.id)


def get_route(route_id: int) -> Route:
    """
    :raise NotFound: ``no_route``
    """
    row: Route | None = Route.get_or_none(Route.id == route_id)
    if row is None:
        raise NotFound("no_route", _("There is no such route. The list shows those there are."))
    return row


def _locked(route_id: int) -> Route:
    """The route, its row locked: the update comes before anything is read."""
    Route.update(position=Route.position).where(Route.id == route_id).execute()
    return get_route(route_id)


def _stale(row: Route) -> Conflict:
    return Conflict(
        "stale",
        _("Somebody changed the route “%(route)s” meanwhile. Look at what they left before you save yours.", route=row.name),
    )


def _columns(card: RouteCard) -> dict[str, Any]:
    return {
        "name": card.name,
        "position": card.position,
        "active": card.active,
        "kinds": list(card.kinds),
        "units": list(card.units),
        "cases": list(card.cases),
        "condition": dict(card.condition),
        "obligatory": card.obligatory,
        "changeable": card.changeable,
        # As it is stored: lists for tuples and words for enumerations, so that it compares.
        "plan": json.loads(json.dumps(card.plan.as_json())),
    }
