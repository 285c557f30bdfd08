"""Domains worked out in plain Python over what a client reads: what the conditions of queries have to agree with."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from roadmapdocs.erp.odoo.reading import read, search
from roadmapdocs.erp.odoo.registry import model_of
from tests.erp.odoo.school import SCHOOL, env

Row = dict[str, Any]
_NEGATIVE = {"!=": "=", "not in": "in", "not like": "like", "not ilike": "ilike", "not any": "any"}


class World:
    """All records of all models, as they are read with bare ids."""

    def __init__(self) -> None:
        asking = env(active_test=False)
        self.rows: dict[str, dict[int, Row]] = {}
        for model in SCHOOL:
            ids = search(model, [], asking)
            self.rows[model.name] = {row["id"]: row for row in read(model, ids, list(model.all_fields()), asking, classic=True)}

    def search(self, model: str, domain: list[Any]) -> set[int]:
        return {number for number, row in self.rows[model].items() if self.holds(model, domain, row)}

    def holds(self, model: str, domain: list[Any], row: Row) -> bool:
        left = list(domain)
        results = []
        while left:
            results.append(self._next(model, left, row))
        return all(results)

    def _next(self, model: str, left: list[Any], row: Row) -> bool:
        item = left.pop(0)
        if item == "!":
            return not self._next(model, left, row)
        if item in ("&", "|"):
            one, other = self._next(model, left, row), self._next(model, left, row)
            return (one and other) if item == "&" else (one or other)
        return self._term(model, item[0], item[1], item[2], row)

    def _term(self, model: str, path: str, operator: str, value: Any, row: Row) -> bool:
        name, _dot, rest = path.partition(".")
        if operator == "=?":
            return _empty(value) or self._term(model, path, "=", value, row)
        field = model_of(model).all_fields()[name]
        own = row[name]
        if not field.relation:
            return _plain(str(field.type), own, operator, value)
        linked = own if isinstance(own, list) else [own] if own else []
        rows = [self.rows[field.relation][number] for number in linked]
        if rest:
            return any(self._term(field.relation, rest, operator, value, one) for one in rows)
        positive = _NEGATIVE.get(operator, operator)
        found = self._related(field.relation, positive, value, linked, rows)
        return found if positive == operator else not found

    def _related(self, relation: str, operator: str, value: Any, linked: list[int], rows: list[Row]) -> bool:
        if operator == "any":
            return any(self.holds(relation, value, one) for one in rows)
        if operator.endswith("like"):
            return any(_plain("char", one["display_name"], operator, value) for one in rows)
        if operator in {"child_of", "parent_of"}:
            wanted = set(value if isinstance(value, list) else [value])
            near = {one for number in linked for one in self._line(relation, number)}
            if operator == "child_of":
                return bool(near & wanted)
            return bool({one for number in wanted for one in self._line(relation, number)} & set(linked))
        wanted = value if isinstance(value, list) else [value]
        return any(
            not linked if _empty(one) else any(row["display_name"] == one for row in rows) if isinstance(one, str) else one in linked
            for one in wanted
        )

    def _line(self, relation: str, number: int) -> list[int]:
        """The record and all above it."""
        line = [number]
        parent = model_of(relation).parent
        while parent and (above := self.rows[relation].get(line[-1], {}).get(parent)):
            line.append(above)
        return line


def _empty(value: Any) -> bool:
    """Python takes 0 for False, and clients do not."""
    return value is None or value is False


def _plain(kind: str, own: Any, operator: str, value: Any) -> bool:
    positive = _NEGATIVE.get(operator, operator)
    if positive != operator:
        return not _plain(kind, own, positive, value)
    if operator.endswith("like"):
        return _like(own or "", operator, value)
    if operator == "in" or isinstance(value, list):
        return any(_same(kind, own, one) for one in value)
    if operator == "=":
        return _same(kind, own, value)
    if kind in {"date", "datetime"} and own is False:
        return False
    own = "" if own is False and kind in {"char", "text", "selection"} else own
    compare: dict[str, Callable[[Any, Any], bool]] = {
        "<": lambda one, other: one < other,
        "<=": lambda one, other: one <= other,
        ">": lambda one, other: one > other,
        ">=": lambda one, other: one >= other,
    }
    return compare[operator](own, value)


def _same(kind: str, own: Any, value: Any) -> bool:
    if _empty(value) or value == "":
        return own is False or (kind in {"integer", "float"} and own == 0)
    return own is not False and own == value


def _like(text: str, operator: str, value: str) -> bool:
    pattern = value if operator.startswith("=") else f"%{value}%"
    made, escaped = "", False
    for letter in pattern:
        if letter == "\\" and not escaped:
            escaped = True
            continue
        made += re.escape(letter) if escaped or letter not in "%_" else "(?s:.*)" if letter == "%" else "(?s:.)"
        escaped = False
    made += re.escape("\\") if escaped else ""
    return re.fullmatch(made, text, re.IGNORECASE if operator.endswith("ilike") else 0) is not None
