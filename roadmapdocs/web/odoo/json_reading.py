"""Reading JSON that may be malformed or hostile, strictly: what means two things to two readers is refused."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.i18n import gettext as _


def read_json(data: bytes) -> object:
    """
    :raise Invalid: ``json``, saying what is wrong with the text
    """
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
    except UnicodeDecodeError as problem:
        raise Invalid("json", _("The body is not UTF-8.")) from problem
    except RecursionError as problem:
        raise Invalid("json", _("The data are nested too deep. Send them in parts.")) from problem
    except ValueError as problem:
        raise Invalid("json", _("The body is not JSON: %(reason)s", reason=str(problem)[:200])) from problem


def read_object(data: bytes) -> dict[str, Any]:
    """
    :raise Invalid: as :func:`read_json`, and if it is a list or a bare value
    """
    found = read_json(data)
    if not isinstance(found, dict):
        raise Invalid("json", _("The body is one JSON object. Send calls one by one."))
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Invalid("json", _("The name %(name)s stands twice in one object.", name=twice[:100]))
    return found


def _constant(name: str) -> NoReturn:
    raise Invalid("json", _("%(name)s is no number of JSON.", name=name))
