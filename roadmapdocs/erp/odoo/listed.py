"""Conditions on records of models without a table, such as the list of models itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from roadmapdocs.erp.odoo import values
from roadmapdocs.erp.odoo.domains import Term
from roadmapdocs.erp.odoo.fields import NUMBERS, TEXTS, Field, Type
from roadmapdocs.erp.odoo.patterns import check_pattern, fits

_COMPARED: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


def holds(name: str, field: Field, term: Term, record: Mapping[str, Any]) -> bool:
    """Whether a term without relations holds for the record."""
    own = _own(field.type, record.get(name))
    operator = term.operator
    if operator.endswith("like"):
        positive = operator.removeprefix("not ")
        return fits(str(own), positive, check_pattern(name, term.value)) is (positive == operator)
    if operator in {"in", "not in"} or isinstance(term.value, (list, tuple)):
        listed = term.value if isinstance(term.value, (list, tuple)) else [term.value]
        return (own in [_wanted(name, field, one) for one in listed]) is (operator in {"in", "="})
    wanted = _wanted(name, field, term.value)
    if operator in {"=", "!="}:
        return _COMPARED[operator](own, wanted)
    return own is not None and wanted is not None and _COMPARED[operator](own, wanted)


def _own(kind: Type, value: Any) -> Any:
    if value is None or value is False:
        return "" if kind in TEXTS or kind is Type.SELECTION else 0 if kind in NUMBERS else False if kind is Type.BOOLEAN else None
    return value


def _wanted(name: str, field: Field, value: object) -> Any:
    if values.is_empty(value):
        return _own(field.type, None)
    if field.type is Type.SELECTION:
        return values.text(name, value)
    return values.from_wire(name, field, value)
