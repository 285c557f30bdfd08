"""Conditions on plain fields: each is true or false for every row, never unknown, so that "not" means not."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from typing import Any, Final

import peewee as pw

from roadmapdocs.erp.odoo import values
from roadmapdocs.erp.odoo.domains import Term
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import NUMBERS, TEXTS, Field, Type
from roadmapdocs.erp.odoo.patterns import check_pattern, like
from roadmapdocs.erp.odoo.registry import Model
from roadmapdocs.i18n import gettext as _

TRUE: Final = pw.SQL("1 = 1")
FALSE: Final = pw.SQL("1 = 0")
NEGATIVE: Final = {"!=": "=", "not in": "in", "not like": "like", "not ilike": "ilike", "not any": "any"}
_COMPARED: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "=": lambda one, other: one == other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}
#: What stands for nothing among values of a type; others have none but null.
_NOTHING: Final[dict[Type, object]] = {
    **dict.fromkeys(TEXTS, ""),
    **dict.fromkeys(NUMBERS, 0),
    Type.SELECTION: "",
    Type.REFERENCE: "",
    Type.BOOLEAN: False,
}


def field_of(model: Model, name: str) -> Field:
    """
    :raise Invalid: ``unknown_field``, naming it, the model and what it may have been meant for
    """
    known = model.all_fields()
    found = known.get(name)
    if found is None:
        near = difflib.get_close_matches(name[:100], known, n=3)
        sentence = _("%(model)s has no field %(name)s.", model=model.name, name=name[:100])
        hint = _("Like it: %(near)s.", near=", ".join(near)) if near else _("Its fields are told by fields_get.")
        raise Invalid("unknown_field", f"{sentence} {hint}", field=name[:100], model=model.name)
    return found


def compare(found: Field, name: str, term: Term, *, loose: bool = False) -> Any:
    """The condition of a plain field. ``loose``: its column may be null though it does not say so: it was joined, or computed."""
    column, operator = found.column, term.operator
    positive = NEGATIVE.get(operator, operator)
    nothing = _NOTHING.get(found.type)
    optional = loose or getattr(column, "null", True)
    if positive.endswith("like"):
        made = like(_as_text(found, name, term), positive, check_pattern(name, term.value))
        return negated(made) if operator != positive else made
    plain = pw.fn.COALESCE(column, nothing) if optional and nothing is not None else column
    if positive == "in" or (positive == "=" and isinstance(term.value, (list, tuple))):
        made = _among(plain, [_value(name, found, one) for one in listed_values(term.value)], null=nothing is None)
    else:
        value = _value(name, found, term.value)
        made = plain.is_null() if value is None else _COMPARED[positive](plain, value)
        if value is None and positive != "=":
            raise values.wrong(name, term.value, _("Only equal or not equal can be nothing."))
        if value is not None and optional and nothing is None:
            made = plain.is_null(False) & made
    return negated(made) if operator != positive else made


def _as_text(found: Field, name: str, term: Term) -> Any:
    """The column as patterns read it: PostgreSQL compares nothing but texts with them. Of moments, whole seconds."""
    if found.type in {*TEXTS, Type.SELECTION, Type.REFERENCE}:
        return found.column
    if found.type is Type.BOOLEAN:
        raise values.wrong(name, term.value, _("Send true or false."))
    written = pw.Cast(found.column, "TEXT")
    return pw.fn.SUBSTR(written, 1, 19) if found.type is Type.DATETIME else written


def negated(made: Any) -> Any:
    return pw.NodeList((pw.SQL("NOT"), pw.NodeList((made,), parens=True)), parens=True)


def _among(column: Any, wanted: Sequence[Any], *, null: bool) -> Any:
    known = [one for one in wanted if one is not None]
    made = column.in_(known) if known else FALSE
    if null:
        made = column.is_null(False) & made
        if len(known) < len(wanted):
            made = column.is_null() | made
    return made


def listed_values(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else [value]


def _value(name: str, found: Field, value: object) -> Any:
    """What a client compares with, as the column has it; nothing is what stands for nothing in this type."""
    if values.is_empty(value) or (value == "" and found.type in {*TEXTS, Type.SELECTION, Type.DATE, Type.DATETIME}):
        return _NOTHING.get(found.type)
    if found.type is Type.SELECTION:
        return values.text(name, value)
    return values.from_wire(name, found, value)


def taken(name: str, found: Field, term: Term) -> Any:
    """The value for a field that searches itself."""
    if term.operator.endswith("like"):
        return check_pattern(name, term.value)
    if term.operator in {"in", "not in"} or isinstance(term.value, (list, tuple)):
        return [_value(name, found, one) for one in listed_values(term.value)]
    return _value(name, found, term.value)
