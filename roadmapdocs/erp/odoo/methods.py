"""What every model can be asked, under the names and with the arguments of Odoo's own methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from roadmapdocs.access.rules import may, require
from roadmapdocs.erp.odoo import reading, values, writing
from roadmapdocs.erp.odoo.arguments import bound, listed_names
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.describing import described
from roadmapdocs.erp.odoo.domain_columns import field_of
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import LISTS, Type, lazy
from roadmapdocs.erp.odoo.grouping import read_group
from roadmapdocs.erp.odoo.registry import Method, Model, Parameter
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.tokens import Scope

_CLASSIC_WRITE: Final = "_classic_write"
_USUAL_NAMES: Final = 100


def method_of(model: Model, name: str) -> Method | None:
    """What a client may call by this name; None if nothing."""
    own = model.methods.get(name)
    if own is not None:
        return own
    common = COMMON.get(name)
    return None if common is None else _of_model(model, common)


def methods_of(model: Model) -> dict[str, Method]:
    """All that clients may call, those of every model first."""
    return {**{name: _of_model(model, one) for name, one in COMMON.items()}, **model.methods}


def _of_model(model: Model, common: Method) -> Method:
    return Method(partial(common.run, model), common.string, common.parameters, common.scope, common.records)


def _search(model: Model, _ids: Sequence[int], env: Env, *, domain: Any, offset: Any, limit: Any, order: str) -> object:
    return reading.search(model, domain, env, offset=bound("offset", offset) or 0, limit=bound("limit", limit), order=order)


def _search_count(model: Model, _ids: Sequence[int], env: Env, *, domain: Any, limit: Any) -> object:
    most = bound("limit", limit)
    found = reading.count(model, domain, env)
    return found if most is None else min(found, most)


def _search_read(
    model: Model, _ids: Sequence[int], env: Env, *, domain: Any, fields: Any, offset: Any, limit: Any, order: str, load: str
) -> object:
    return reading.search_read(
        model,
        domain,
        _names(model, fields),
        env,
        offset=bound("offset", offset) or 0,
        limit=bound("limit", limit),
        order=order,
        classic=load == _CLASSIC_WRITE,
    )


def _read(model: Model, ids: Sequence[int], env: Env, *, fields: Any, load: str) -> object:
    return reading.read(model, ids, _names(model, fields), env, classic=load == _CLASSIC_WRITE)


def _names(model: Model, fields: Any) -> list[str]:
    """The fields that a client wants; without any, all of them.

    :raise Invalid: ``fields``
    """
    return listed_names("fields", fields) or list(model.all_fields())


def _exists(model: Model, ids: Sequence[int], env: Env) -> object:
    there = reading.existing(model, ids, env)
    return [one for one in ids if one in there]


def _name_get(model: Model, ids: Sequence[int], env: Env) -> object:
    reading.require_existing(model, ids, env)
    names = reading.names_of(model, ids, env)
    return [[one, names.get(one, "")] for one in ids]


def _name_search(
    model: Model, _ids: Sequence[int], env: Env, *, name: str, domain: Any, operator: str, limit: Any
) -> object:
    most = bound("limit", limit)
    if name:
        # A domain that is none is told by whoever reads it.
        domain = [*(domain or []), ["display_name", operator, name]] if not domain or isinstance(domain, (list, tuple)) else domain
    ids = reading.search(model, domain, env, limit=_USUAL_NAMES if most is None else min(most, reading.MOST_READ))
    names = reading.names_of(model, ids, env)
    return [[one, names.get(one, "")] for one in ids]


def _fields_get(model: Model, _ids: Sequence[int], _env: Env, *, allfields: Any, attributes: Any) -> object:
    names = _names(model, allfields)
    wanted = listed_names("attributes", attributes)
    return {name: described(name, field_of(model, name), frozenset(wanted) or None) for name in names}


def _default_get(model: Model, _ids: Sequence[int], env: Env, *, fields_list: Any) -> object:
    found: dict[str, object] = {}
    for name in _names(model, fields_list):
        field = field_of(model, name)
        if name in env.context.defaults:
            found[name] = env.context.defaults[name]
        elif field.default is not None:
            value = field.default(env)
            plain = field.type in LISTS or field.type is Type.MANY2ONE
            found[name] = (value or False) if plain else values.to_wire(field.type, value)
    return found


def _create(model: Model, _ids: Sequence[int], env: Env, *, vals_list: Any) -> object:
    if not isinstance(vals_list, (list, tuple)):
        return writing.create(model, vals_list, env)
    if len(vals_list) > writing.MOST_CREATED:
        raise Invalid("too_many", _("One call makes up to %(most)s records. Send them in parts.", most=writing.MOST_CREATED))
    return [writing.create(model, one, env) for one in vals_list]


def _write(model: Model, ids: Sequence[int], env: Env, *, vals: Any) -> object:
    writing.write(model, ids, vals, env)
    return True


def _unlink(model: Model, ids: Sequence[int], env: Env) -> object:
    writing.unlink(model, ids, env)
    return True


def _copy(model: Model, _ids: Sequence[int], _env: Env, *, default: Any) -> object:
    del default
    raise writing.refused(model, "copy")


def _may(model: Model, env: Env, operation: str) -> bool:
    does: Mapping[str, object] = {"read": True, "create": model.create, "write": model.write, "unlink": model.unlink}
    if operation not in does:
        raise values.wrong("operation", operation, _("Known: %(known)s.", known=", ".join(does)))
    action = model.access.get(operation)
    return bool(does[operation]) and (action is None or may(env.actor, action))


def _check_access_rights(model: Model, _ids: Sequence[int], env: Env, *, operation: str, raise_exception: bool) -> object:
    if _may(model, env, operation):
        return True
    if not raise_exception:
        return False
    if operation in model.access:
        require(env.actor, model.access[operation])
    raise writing.refused(model, operation)


def _has_access(model: Model, ids: Sequence[int], env: Env, *, operation: str) -> object:
    return _may(model, env, operation) and reading.existing(model, ids, env) == set(ids)


_DOMAIN = Parameter("domain", "any", help=lazy("Conditions in prefix form"), aliases=("args",))
_OFFSET = Parameter("offset", "any", default=0)
_LIMIT = Parameter("limit", "any")
_ORDER = Parameter("order", Type.CHAR, default="", help=lazy("Such as “name, id desc”"))
_FIELDS = Parameter("fields", "any", help=lazy("Names of fields; all of them if left out"))
_LOAD = Parameter("load", Type.CHAR, default="_classic_read", help=lazy("_classic_write gives related records as bare ids"))
_OPERATION = Parameter("operation", Type.CHAR, required=True, help="read, create, write, unlink")


def _asking(run: Callable[..., object], string: str, *parameters: Parameter, records: bool = False) -> Method:
    return Method(run, string, parameters, Scope.READ, records)


def _changing(run: Callable[..., object], string: str, *parameters: Parameter, records: bool = True) -> Method:
    return Method(run, string, parameters, Scope.WRITE, records)


#: In the order in which they are documented; names and places of their parameters are those of Odoo 18.
COMMON: Final[dict[str, Method]] = {
    "search": _asking(_search, lazy("Ids of the records that a domain names"), _DOMAIN, _OFFSET, _LIMIT, _ORDER),
    "search_count": _asking(_search_count, lazy("How many records a domain names"), _DOMAIN, _LIMIT),
    "search_read": _asking(
        _search_read, lazy("Records that a domain names"), _DOMAIN, _FIELDS, _OFFSET, _LIMIT, _ORDER, _LOAD
    ),
    "read": _asking(_read, lazy("Records by their ids"), _FIELDS, _LOAD, records=True),
    "read_group": _asking(
        read_group,
        lazy("Numbers of records by groups"),
        _DOMAIN,
        _FIELDS,
        Parameter("groupby", "any", help=lazy("Names of fields; of dates also date:month")),
        _OFFSET,
        _LIMIT,
        Parameter("orderby", Type.CHAR, default=""),
        Parameter("lazy", Type.BOOLEAN, default=True),
    ),
    "name_search": _asking(
        _name_search,
        lazy("Ids and names of records that are called so"),
        Parameter("name", Type.CHAR, default=""),
        Parameter("domain", "any", aliases=("args",)),
        Parameter("operator", Type.CHAR, default="ilike"),
        Parameter("limit", "any", default=_USUAL_NAMES),
    ),
    "name_get": _asking(_name_get, lazy("Names of records"), records=True),
    "exists": _asking(_exists, lazy("Which of the ids are there"), records=True),
    "fields_get": _asking(
        _fields_get,
        lazy("Descriptions of the fields"),
        Parameter("allfields", "any", aliases=("fields",)),
        Parameter("attributes", "any"),
    ),
    "default_get": _asking(
        _default_get, lazy("What is proposed for a new record"), Parameter("fields_list", "any", aliases=("fields",))
    ),
    "check_access_rights": _asking(
        _check_access_rights,
        lazy("Whether whoever asks may do this to records of the model"),
        _OPERATION,
        Parameter("raise_exception", Type.BOOLEAN, default=True),
    ),
    "has_access": _asking(_has_access, lazy("Whether whoever asks may do this to the records"), _OPERATION, records=True),
    "create": _changing(
        _create,
        lazy("Make a record, or one for each in a list"),
        Parameter("vals_list", "any", required=True, aliases=("vals", "values")),
        records=False,
    ),
    "write": _changing(
        _write, lazy("Change records"), Parameter("vals", "any", required=True, aliases=("values",))
    ),
    "unlink": _changing(_unlink, lazy("Remove records")),
    "copy": _changing(_copy, lazy("Refused: what is registered is not copied"), Parameter("default", "any")),
}
