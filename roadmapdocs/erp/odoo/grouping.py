"""Numbers of records by groups (``read_group``): counts, sums, and dates by day, week, month, quarter and year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import peewee as pw

from roadmapdocs.erp.odoo import values
from roadmapdocs.erp.odoo.arguments import bound, listed_names
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.domain_columns import field_of
from roadmapdocs.erp.odoo.domain_terms import Asked, condition
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import NUMBERS, TEXTS, Field, Type
from roadmapdocs.erp.odoo.orders import read_order
from roadmapdocs.erp.odoo.reading import active_only, names_of
from roadmapdocs.erp.odoo.registry import Model, model_of
from roadmapdocs.i18n import gettext as _

_DATES: Final = frozenset({Type.DATE, Type.DATETIME})
#: What has a least and a largest that says something: ids of related records do not, and those may be hidden.
_MEASURED: Final = NUMBERS | _DATES | TEXTS
_MOST: Final = 6
_WANTED = re.compile(r"(\w+)(?::(sum|avg|min|max|count))?(?:\((\w+)\))?")
_FIRST_DAYS: Final[dict[str, Callable[[dt.date], dt.date]]] = {
    "day": lambda day: day,
    "week": lambda day: day - dt.timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
    "year": lambda day: day.replace(month=1, day=1),
}


@dataclass(frozen=True, slots=True)
class _Key:
    """One of the fields by which is grouped: ``spec`` as the client wrote it, ``by`` the span of a date."""

    spec: str
    name: str
    field: Field
    by: str


@dataclass(frozen=True, slots=True)
class _Sum:
    """One number asked of each group."""

    shown: str
    name: str
    how: str


@dataclass(slots=True)
class _Group:
    """What is known of one group: its values, how many records, and of each number its parts."""

    keys: tuple[Any, ...]
    count: int = 0
    parts: dict[str, list[tuple[int, Any, Any, Any]]] = field(default_factory=dict)


def read_group(
    model: Model, _ids: Sequence[int], env: Env, *, domain: Any, fields: Any, groupby: Any, offset: Any, limit: Any,
    orderby: str, lazy: bool,
) -> list[dict[str, object]]:  # fmt: skip
    """As Odoo 18 answers: lists of groups with their domain; ``lazy`` groups by the first field only.

    :raise Invalid: ``groupby`` or ``fields`` for what cannot be grouped or summed up
    """
    if model.table is None or model.rows is None:
        raise Invalid("groupby", _("Records of %(model)s are not counted by groups.", model=model.name))
    specs = [groupby] if isinstance(groupby, str) else listed_names("groupby", groupby)
    if len(specs) > _MOST:
        raise Invalid("groupby", _("Name up to %(most)s fields to group by.", most=_MOST))
    keys = [_key(model, spec) for spec in (specs[:1] if lazy else specs)]
    sums = _sums(model, fields, [key.name for key in keys])
    narrowed = active_only(model, domain, env)
    groups = _grouped(model, narrowed, keys, sums, env)
    made = [_told(one, keys, sums, domain=narrowed, lazy=lazy, specs=specs) for one in groups.values()]
    made = _ordered(made, keys, sums, orderby)
    start, most = bound("offset", offset) or 0, bound("limit", limit)
    return made[start:] if most is None else made[start : start + most]


def _key(model: Model, spec: str) -> _Key:
    name, _colon, by = spec.partition(":")
    found = field_of(model, name)
    dated = found.type in _DATES
    if found.column is None or (by and not dated) or (dated and (by or "month") not in _FIRST_DAYS):
        raise Invalid("groupby", _("%(model)s cannot be grouped by %(name)s.", model=model.name, name=spec[:100]), field=name)
    return _Key(spec, name, found, (by or "month") if dated else "")


def _sums(model: Model, fields: Any, keys: Sequence[str]) -> list[_Sum]:
    made: list[_Sum] = []
    for one in listed_names("fields", fields):
        match = _WANTED.fullmatch(one)
        if match is None:
            raise Invalid("fields", _("What to sum up is written as “amount:sum”."))
        shown, how, inner = match.groups()
        name = inner or shown
        found = field_of(model, name)
        if name in keys or (how is None and found.type not in NUMBERS) or name == "id":
            continue
        fits = {None: NUMBERS, "sum": NUMBERS, "avg": NUMBERS, "min": _MEASURED, "max": _MEASURED}
        if found.column is None or found.type not in fits.get(how, {found.type}):
            raise Invalid("fields", _("%(model)s cannot be summed up by %(name)s.", model=model.name, name=name), field=name)
        made.append(_Sum(shown, name, how or "sum"))
    return made[: 2 * _MOST]


def _grouped(model: Model, domain: Any, keys: Sequence[_Key], sums: Sequence[_Sum], env: Env) -> dict[Any, _Group]:
    assert model.rows is not None  # what read_group has looked at
    columns = [key.field.column for key in keys]
    measured = {one.name: field_of(model, one.name) for one in sums}
    numbers: list[Any] = []
    for found in measured.values():
        total = pw.fn.SUM(found.column) if found.type in NUMBERS else pw.Value(0)
        ends = [pw.fn.MIN(found.column), pw.fn.MAX(found.column)] if found.type in _MEASURED else [pw.Value(0), pw.Value(0)]
        numbers += [pw.fn.COUNT(found.column), total, *ends]
    query = model.rows(env).where(condition(model, domain, Asked(env)))
    query = query.select(*columns, pw.fn.COUNT(model.table.id), *numbers)
    if columns:
        # By their places: PostgreSQL does not see that an expression with values in it is the same one.
        query = query.group_by(*(pw.SQL(str(place)) for place in range(1, len(columns) + 1)))
    groups: dict[Any, _Group] = {}
    rows = list(query.order_by().tuples())
    shown = [_shown(key, [row[place] for row in rows], env) for place, key in enumerate(keys)]
    for number, row in enumerate(rows):
        found_keys = tuple(column[number] for column in shown)
        group = groups.setdefault(repr(found_keys), _Group(found_keys))
        group.count += row[len(keys)]
        for place, name in enumerate(measured):
            at = len(keys) + 1 + 4 * place
            group.parts.setdefault(name, []).append(tuple(row[at : at + 4]))
    return groups


def _shown(key: _Key, found: Sequence[Any], env: Env) -> list[Any]:
    """The values of a column as groups have them: of a date its first day, of a related record its id and name."""
    if key.by:
        return [_FIRST_DAYS[key.by](one.date() if isinstance(one, dt.datetime) else one) if one else False for one in found]
    if key.field.type is Type.MANY2ONE:
        names = names_of(model_of(key.field.relation), [one for one in found if one is not None], env)
        return [[one, names[one]] if one in names else False for one in found]
    return [values.to_wire(key.field.type, one) for one in found]


def _told(
    group: _Group, keys: Sequence[_Key], sums: Sequence[_Sum], *, domain: Any, lazy: bool, specs: Sequence[str]
) -> dict[str, object]:
    made: dict[str, object] = {}
    inside: list[Any] = list(domain or [])
    for key, value in zip(keys, group.keys, strict=True):
        made[key.spec] = value
        if key.by and value:
            made[key.spec], more = _span(key, value)
            inside += more
        else:
            inside.append([key.name, "=", value[0] if isinstance(value, list) else value])
    for one in sums:
        made[one.shown] = _number(one.how, group.parts[one.name])
    counted = f"{keys[0].name}_count" if lazy and keys else "__count"
    made |= {counted: group.count, "__domain": inside}
    if lazy and len(specs) > 1:
        made["__context"] = {"group_by": list(specs[1:])}
    return made


def _span(key: _Key, first: dt.date) -> tuple[str, list[Any]]:
    """What a span of a date is called (its first day tells it: "2026-11"), and its two conditions."""
    after = _FIRST_DAYS[key.by](first + dt.timedelta(days={"day": 1, "week": 7, "month": 31, "quarter": 93, "year": 366}[key.by]))
    name = first.isoformat()[: {"month": 7, "quarter": 7, "year": 4}.get(key.by, 10)]
    return name, [[key.name, ">=", first.isoformat()], [key.name, "<", after.isoformat()]]


def _number(how: str, parts: Sequence[tuple[int, Any, Any, Any]]) -> object:
    count = sum(one[0] for one in parts)
    if how == "count":
        return count
    if how in {"min", "max"}:
        pick = min if how == "min" else max
        known = [one[2 if how == "min" else 3] for one in parts if one[0]]
        value = pick(known) if known else False
        return values.to_wire(Type.DATETIME if isinstance(value, dt.datetime) else Type.DATE, value) if isinstance(value, dt.date) else value
    total = sum(one[1] or 0 for one in parts)
    total = total if isinstance(total, (int, float)) else float(total)
    return (total / count if count else 0) if how == "avg" else total


def _ordered(
    made: list[dict[str, object]], keys: Sequence[_Key], sums: Sequence[_Sum], orderby: str
) -> list[dict[str, object]]:
    names: Mapping[str, str] = {**{key.name: key.spec for key in keys}, **{one.shown: one.shown for one in sums}}
    wanted = [(names[name], back) for name, back in read_order(re.sub(r":\w+", "", orderby)) if name in names] if orderby else []
    answers = {key.spec for key in keys if key.field.type is Type.BOOLEAN}
    for name, back in reversed(wanted or [(key.spec, False) for key in keys]):
        answer = name in answers
        made.sort(key=lambda one, name=name, answer=answer: _sortable(one[name], answer), reverse=back)  # type: ignore[misc]  # bound at once
    return made


def _sortable(value: object, answer: bool) -> tuple[bool, str, Any]:
    """What is empty comes last. ``answer``: False is no emptiness but an answer."""
    shown = value[1] if isinstance(value, list) else value
    return (shown is False and not answer, type(shown).__name__, shown)
