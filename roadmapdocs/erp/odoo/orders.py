"""The order of lists: "name, id desc". The id breaks ties, so that pages neither repeat nor skip a record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.domain_columns import field_of
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.registry import Model, records
from roadmapdocs.i18n import gettext as _

_PART = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]{0,62})(?:\s+(asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*", re.IGNORECASE)
_MOST_PARTS = 8


def read_order(order: str) -> list[tuple[str, bool]]:
    """Names of fields, and whether each runs backwards.

    :raise Invalid: ``order``
    """
    parts = order.split(",")
    found = [_PART.fullmatch(part) for part in parts[: _MOST_PARTS + 1]]
    if len(parts) > _MOST_PARTS or not all(found):
        raise Invalid("order", _("The order %(order)s cannot be read. Write it as “name, id desc”.", order=order[:100]))
    return [(one[1], (one[2] or "").lower() == "desc") for one in found if one]


def sorted_query(model: Model, query: Any, order: str) -> Any:
    """The query in that order. As PostgreSQL has it, on both databases: what is empty comes last, and backwards first."""
    made: list[Any] = []
    for name, backwards in [*read_order(order), ("id", False)]:
        field = field_of(model, name)
        column = field.sort if field.sort is not None else field.column
        if column is None:
            sentence = _("%(model)s cannot be sorted by %(name)s. Sort by another field.", model=model.name, name=name)
            raise Invalid("order", sentence, field=name)
        optional = getattr(column, "null", True) or getattr(column, "model", None) is not model.table
        nulls = ("FIRST" if backwards else "LAST") if optional else None
        made.append(column.desc(nulls=nulls) if backwards else column.asc(nulls=nulls))
        if name == "id":
            break
    return query.order_by(*made)


def sorted_ids(model: Model, ids: Sequence[int], order: str, env: Env) -> list[int]:
    """Ids of records of a model without a table."""
    known = {one["id"]: one for one in records(model, env)}
    found = sorted(ids)
    for name, backwards in reversed(read_order(order)):
        field_of(model, name)
        found.sort(key=lambda one, name=name: _key(known[one].get(name)), reverse=backwards)  # type: ignore[misc]  # bound at once
    return found


def _key(value: Any) -> tuple[bool, str, Any]:
    """Values of one field are of one type, or nothing."""
    empty = value is None or value is False or isinstance(value, (list, tuple))
    return (empty, "" if empty else type(value).__name__, 0 if empty else value)
