"""Plain data: what clients send is bounded before anybody walks through it, and what they get is no more than JSON."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any, Final

from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.values import moment_to_wire
from roadmapdocs.i18n import gettext as _

DEEPEST: Final = 60


def check_plain(value: object) -> None:
    """That data are lists, objects with names, texts, bytes, finite numbers, true, false and nothing, not too deep.

    :raise Invalid: ``arguments``
    """
    left: list[tuple[object, int]] = [(value, 0)]
    while left:
        one, depth = left.pop()
        if depth > DEEPEST:
            raise Invalid("arguments", _("The data are nested more than %(most)s deep.", most=DEEPEST))
        if isinstance(one, Mapping):
            if not all(isinstance(name, str) for name in one):
                raise Invalid("arguments", _("The names of an object are texts."))
            left.extend((inner, depth + 1) for inner in one.values())
        elif isinstance(one, (list, tuple)):
            left.extend((inner, depth + 1) for inner in one)
        elif isinstance(one, float) and not math.isfinite(one):
            raise Invalid("arguments", _("There is a number that is none among the data."))
        elif not (one is None or isinstance(one, (str, bytes, int, float))):
            raise Invalid("arguments", _("There is a value of a kind that cannot be read among the data."))


def without_none(value: Any) -> Any:
    """The same data with False for nothing, as XML-RPC knows it, so that all clients get the same answer."""
    if value is None:
        return False
    if isinstance(value, dict):
        return {name: one if type(one) in _KEPT else without_none(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [one if type(one) in _KEPT else without_none(one) for one in value]
    if isinstance(value, dt.datetime):
        return moment_to_wire(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


_KEPT: Final = frozenset({str, int, bool, float})
