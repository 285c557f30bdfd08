"""Reading records: the rows that the actor may read, in the shape that clients of Odoo expect."""

from __future__ import annotations

import base64
from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import peewee as pw

from roadmapdocs.erp.odoo import values
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.domain_columns import field_of
from roadmapdocs.erp.odoo.domain_terms import Asked, ids_of
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import LISTS, Field, Link, Type
from roadmapdocs.erp.odoo.orders import sorted_ids, sorted_query
from roadmapdocs.erp.odoo.registry import Model, model_of, records
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _

Record = dict[str, object]
#: Records of one answer, and bytes of all files in it.
MOST_READ: Final = 10_000
MOST_BYTES: Final = 64 * 1024 * 1024


def search(
    model: Model, domain: object, env: Env, *, offset: int = 0, limit: int | None = None, order: str = ""
) -> list[int]:
    """Ids of the records that the domain names, in order; of those that are out of use only if the client asks for them."""
    found = ids_of(model, active_only(model, domain, env), Asked(env))
    order = order or model.order
    if isinstance(found, list):
        ids = sorted_ids(model, found, order, env)
        return ids[offset:] if limit is None else ids[offset : offset + limit]
    return [one for (one,) in _part(sorted_query(model, found, order), offset, limit).tuples()]


def count(model: Model, domain: object, env: Env) -> int:
    found = ids_of(model, active_only(model, domain, env), Asked(env))
    return len(found) if isinstance(found, list) else int(found.order_by().count())


def search_read(
    model: Model,
    domain: object,
    names: Sequence[str],
    env: Env,
    *,
    offset: int = 0,
    limit: int | None = None,
    order: str = "",
    classic: bool = False,
) -> list[Record]:
    """As :func:`search` and :func:`read` together, in one query of rows.

    :raise Invalid: ``too_many`` for more records than one answer holds
    """
    wanted = {name: field_of(model, name) for name in names}
    found = ids_of(model, active_only(model, domain, env), Asked(env))
    if isinstance(found, list):
        return read(model, search(model, domain, env, offset=offset, limit=limit, order=order), names, env, classic=classic)
    limit = MOST_READ + 1 if limit is None else min(limit, MOST_READ + 1)
    query = _part(sorted_query(model, found, order or model.order), offset, limit)
    return _shaped(_rows(model, query, wanted), wanted, env, classic)


def read(model: Model, ids: Sequence[int], names: Sequence[str], env: Env, *, classic: bool = False) -> list[Record]:
    """The records of these ids, in the order of the ids, each once for each time it is named.

    :raise NotFound: ``no_record`` if one is not there for the actor
    """
    wanted = {name: field_of(model, name) for name in names}
    if len(ids) > MOST_READ:
        raise _too_many()
    if model.listed is not None:
        known = {one["id"]: one for one in records(model, env)}
        found = {one: _shaped_listed(known[one], wanted, env, classic) for one in set(ids) if one in known}
    else:
        rows = _rows(model, _of_ids(model, ids, env), wanted)
        found = {row["id"]: row for row in _shaped(rows, wanted, env, classic)}  # type: ignore[misc]  # ids are numbers
    missing = [one for one in ids if one not in found]
    if missing:
        raise missing_records(model, missing)
    return [found[one] for one in ids]


def active_only(model: Model, domain: object, env: Env) -> object:
    """The domain, narrowed to records in use, unless it speaks of that itself or the context says otherwise."""
    if "active" not in model.fields or not env.context.active_test:
        return domain
    plain = domain if isinstance(domain, (list, tuple)) else []
    if domain and not isinstance(domain, (list, tuple)):
        return domain  # told as what it is by whoever reads it
    if any(isinstance(one, (list, tuple)) and one and one[0] == "active" for one in plain):
        return domain
    return [*plain, ["active", "=", True]]


def existing(model: Model, ids: Iterable[int], env: Env) -> set[int]:
    """Those of the ids that are there for the actor."""
    wanted = [one for one in dict.fromkeys(ids) if values.is_number(one)]
    if model.listed is not None:
        return {one["id"] for one in records(model, env)} & set(wanted)
    return {one for (one,) in _of_ids(model, wanted, env).select(model.table.id).tuples()} if wanted else set()


def require_existing(model: Model, ids: Sequence[int], env: Env) -> None:
    """
    :raise NotFound: ``no_record``
    """
    there = existing(model, ids, env)
    missing = [one for one in ids if one not in there]
    if missing:
        raise missing_records(model, missing)


def missing_records(model: Model, ids: Sequence[int]) -> NotFound:
    shown = ", ".join(str(one)[:20] for one in ids[:10])
    sentence = _("%(model)s has no record %(ids)s, or it is not open to you.", model=model.name, ids=shown)
    return NotFound("no_record", sentence, model=model.name)


def names_of(model: Model, ids: Iterable[int], env: Env) -> dict[int, str]:
    """Names to show of those records that the actor may read; each is looked up once a call."""
    kept: dict[int, str] = env.kept.setdefault(("names", model.name), {})
    asked: set[int] = env.kept.setdefault(("named", model.name), set())
    fresh = [one for one in dict.fromkeys(ids) if one not in asked and values.is_number(one)]
    if fresh:
        asked.update(fresh)
        if model.listed is not None:
            kept.update({one["id"]: str(one["display_name"]) for one in records(model, env)})
        else:
            rows = _rows(model, _of_ids(model, fresh, env), {"display_name": model.display})
            shown = _shaped(rows, {"display_name": model.display}, env, True)
            kept.update({one["id"]: str(one["display_name"] or "") for one in shown})  # type: ignore[misc]  # as above
    return kept


def _of_ids(model: Model, ids: Sequence[int], env: Env) -> Any:
    assert model.rows is not None  # a model without rows is listed, and does not come here
    there = [one for one in dict.fromkeys(ids) if values.is_number(one)]
    return model.rows(env).where(model.table.id.in_(there))


def _part(query: Any, offset: int, limit: int | None) -> Any:
    if limit is not None:
        query = query.limit(limit)
    elif offset:
        query = query.limit(values.LARGEST)
    return query.offset(offset) if offset else query


@lru_cache(maxsize=512)
def _row_type(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names)  # its fields are known when somebody asks


def _rows(model: Model, query: Any, wanted: Mapping[str, Field]) -> list[Any]:
    """Rows with the columns that the fields are made of, and no others: a text of a document may be long."""
    columns: dict[str, Any] = {"id": model.table.id}
    for name, field in wanted.items():
        if field.column is not None:
            columns[_own(name)] = field.column
        else:
            columns |= {attribute(model, column): column for column in field.needs}
    row = _row_type(tuple(columns))
    rows = [row(*one) for one in query.select(*columns.values()).tuples()]
    if len(rows) > MOST_READ:
        raise _too_many()
    return rows


def _own(name: str) -> str:
    """By what name a row has the value of a field whose column, or expression, is its value."""
    return f"value_{name}"


def attribute(model: Model, column: Any) -> str:
    """By what name a row has the column: its own; of a joined table with a namesake here, ``user_name``."""
    name = str(getattr(column, "object_id_name", column.name))
    if column.model is model.table and not isinstance(column, pw.FieldAlias):
        return name
    own = {getattr(one, "object_id_name", one.name) for one in model.table._meta.sorted_fields}
    return f"{column.model.__name__.lower()}_{name}" if name in own else name


def _too_many() -> Invalid:
    sentence = _("One answer holds %(most)s records. Ask for them in parts, by limit and offset.", most=MOST_READ)
    return Invalid("too_many", sentence)


def _shaped(rows: Sequence[Any], wanted: Mapping[str, Field], env: Env, classic: bool) -> list[Record]:
    made: list[Record] = [{"id": row.id} for row in rows]
    for name, field in wanted.items():
        if name == "id" or not made:
            continue
        for record, value in zip(made, _wire(field, _values(name, field, rows, env), env, classic), strict=True):
            record[name] = value
    return made


def _values(name: str, field: Field, rows: Sequence[Any], env: Env) -> Iterable[Any]:
    if field.type is Type.BINARY and env.context.bin_size and field.size is not None:
        return [values.size_words(one) if one else None for one in field.size(rows, env)]
    if field.type is Type.BINARY and field.size is not None:
        _check_bytes(field.size(rows, env))
    if field.link is not None:
        return _linked(field, field.link, [row.id for row in rows], env)
    if field.read is not None:
        return field.read(rows, env)
    own = _own(name)
    return [getattr(row, own) for row in rows]


def _check_bytes(sizes: Iterable[Any]) -> None:
    if sum(one or 0 for one in sizes) > MOST_BYTES:
        raise Invalid("too_many", _("These files are too large for one answer. Read them one by one, or at /web/content."))


def _linked(field: Field, link: Link, ids: Sequence[int], env: Env) -> list[list[int]]:
    """Ids of related records that the actor may read, in their model's order."""
    other = model_of(field.relation)
    found: dict[int, list[int]] = {one: [] for one in ids}
    if link.owner.model is other.table and other.rows is not None:
        query = other.rows(env).select(link.owner, other.table.id).where(link.owner.in_(ids))
        pairs = sorted_query(other, query, other.order).tuples()
    else:
        pairs = link.owner.model.select(link.owner, link.related).where(link.owner.in_(ids)).order_by(link.related).tuples()
    listed = [(owner, related) for owner, related in pairs if related is not None]
    if link.owner.model is not other.table:
        there = existing(other, [related for _owner, related in listed], env)
        listed = [pair for pair in listed if pair[1] in there]
    for owner, related in listed:
        found[owner].append(related)
    return [found[one] for one in ids]


def _wire(field: Field, found: Iterable[Any], env: Env, classic: bool) -> Iterable[object]:
    if field.type is Type.MANY2ONE:
        listed = list(found)
        other = model_of(field.relation)
        named = names_of(other, [one for one in listed if one is not None], env)
        return [
            False if one is None or one not in named else one if classic else [one, named[one]] for one in listed
        ]
    if field.type in LISTS:
        return [list(one) if one else [] for one in found]
    if field.type is Type.BINARY:
        return (_packed(one) for one in found)
    return [values.to_wire(field.type, one) for one in found]


def _packed(value: Any) -> object:
    if not value:
        return False
    return value if isinstance(value, str) else base64.b64encode(value).decode("ascii")


def _shaped_listed(record: Mapping[str, Any], wanted: Mapping[str, Field], env: Env, classic: bool) -> Record:
    made: Record = {"id": record["id"]}
    for name, field in wanted.items():
        if name != "id":
            (made[name],) = _wire(field, [record.get(name)], env, classic)
    return made
