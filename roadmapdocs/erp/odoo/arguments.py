"""Arguments of a call, by place and by name, held against what the method declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.erp.odoo import values
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import Field, Type
from roadmapdocs.erp.odoo.reading import require_existing
from roadmapdocs.erp.odoo.registry import Method, Parameter, model_of
from roadmapdocs.i18n import gettext as _

#: As many as one answer holds; databases bound how many values a question has.
MOST_IDS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Given:
    """What a client sent: ids of records, values by the names of parameters, as they came, and its context."""

    ids: tuple[int, ...]
    named: Mapping[str, Any]
    context: object


def given(name: str, method: Method, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Given:
    """
    :raise Invalid: ``arguments``, naming what is missing, unknown, given twice or too much
    """
    named = dict(kwargs)
    context = named.pop("context", None)
    left = list(args)
    ids: object = named.pop("ids", None)
    if method.records and ids is None:
        if not left:
            raise Invalid("arguments", _("%(method)s needs the ids of records.", method=name))
        ids = left.pop(0)
    elif method.ids_may_come and ids is None and len(left) > len(method.parameters):
        ids = left.pop(0)
    if len(left) > len(method.parameters):
        sentence = _("%(method)s takes %(most)s arguments.", method=name, most=len(method.parameters))
        raise Invalid("arguments", sentence)
    found = dict(zip((one.name for one in method.parameters), left, strict=False))
    known = {alias: one.name for one in method.parameters for alias in (one.name, *one.aliases)}
    for key, value in named.items():
        if key not in known:
            sentence = _("%(method)s has no argument %(name)s. Known: %(known)s.", method=name, name=str(key)[:100], known=_names(method))
            raise Invalid("arguments", sentence)
        if known[key] in found:
            raise Invalid("arguments", _("The argument %(name)s is given twice.", name=known[key]))
        found[known[key]] = value
    return Given(read_ids(ids) if method.records or method.ids_may_come else (), found, context)


def _names(method: Method) -> str:
    return ", ".join([*(["ids"] if method.records else []), *(one.name for one in method.parameters), "context"])


def read_ids(value: object) -> tuple[int, ...]:
    """Ids as clients send them: a list, a bare number, False for none.

    :raise Invalid: ``ids``
    """
    if values.is_empty(value):
        return ()
    listed = value if isinstance(value, (list, tuple)) else [value]
    if len(listed) > MOST_IDS or any(isinstance(one, bool) or not isinstance(one, int) for one in listed):
        raise Invalid("ids", _("Ids are a list of whole numbers such as [7, 8]."))
    return tuple(listed)


def converted(method: Method, found: Mapping[str, Any], env: Env) -> dict[str, Any]:
    """The values of all parameters, as the method takes them.

    :raise Invalid: ``arguments`` for what is required and not given; ``value``
    :raise NotFound: for a record that is not there for the actor
    """
    return {one.name: _converted(one, found.get(one.name), env) for one in method.parameters}


def _converted(parameter: Parameter, value: Any, env: Env) -> Any:
    if parameter.type == "any":
        return parameter.default if value is None else value
    if parameter.type is Type.BOOLEAN and value is not None:
        return values.from_wire(parameter.name, Field(Type.BOOLEAN, ""), value)
    if values.is_empty(value):
        if parameter.required:
            raise Invalid("arguments", _("The argument %(name)s is needed.", name=parameter.name))
        return parameter.default
    read = values.from_wire(parameter.name, Field(Type(parameter.type), ""), value)
    if parameter.relation:
        require_existing(model_of(parameter.relation), [read], env)
    return read


def bound(name: str, value: object) -> int | None:
    """An offset or a limit; None, False and 0 are none. What is larger than any list is as good as the largest.

    :raise Invalid: ``value``
    """
    if values.is_empty(value):
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise values.wrong(name, value, _("Send a whole number that is not negative."))
    return min(value, values.LARGEST) or None


def listed_names(name: str, value: object) -> list[str]:
    """A list of names, each once; None, False and an empty list are no names.

    :raise Invalid: ``value``
    """
    if values.is_empty(value):
        return []
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        raise values.wrong(name, value, _("Send a list of names."))
    return list(dict.fromkeys(value))
