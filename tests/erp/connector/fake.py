"""An Odoo in memory: the same port as the live one, so that one suite is run over both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from roadmapdocs.erp.connector.odoo import PAGE, Domain, Refused, Row, Unreachable


@dataclass
class FakeOdoo:
    """``rows`` by model; ``closed`` are models that the account may not touch; ``down`` answers nothing."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    down: bool = False
    told: str = "18.0"
    asked: list[tuple[str, str]] = field(default_factory=list)

    def version(self) -> str:
        self._answer("", "version")
        return self.told

    def fields(self, model: str) -> frozenset[str]:
        self._answer(model, "fields")
        return frozenset(name for row in self.rows.get(model, ()) for name in row)

    def search_read(
        self, model: str, domain: Domain, fields: Sequence[str], *, offset: int = 0, limit: int = PAGE, order: str = "id"
    ) -> list[Row]:
        self._answer(model, "search_read")
        found = [row for row in self.rows.get(model, ()) if all(_fits(row, *one) for one in domain)]
        keys = [name.strip() for name in order.split(",")]
        found.sort(key=lambda row: tuple(row.get(key) or "" for key in keys))
        return [{name: row.get(name, False) for name in fields} for row in found[offset : offset + limit]]

    def create(self, model: str, values: Mapping[str, Any]) -> int:
        self._answer(model, "create")
        rows = self.rows.setdefault(model, [])
        made = max((int(row["id"]) for row in rows), default=0) + 1
        rows.append({"id": made, **values})
        return made

    def unlink(self, model: str, record_id: int) -> None:
        self._answer(model, "unlink")
        self.rows[model] = [row for row in self.rows.get(model, ()) if row["id"] != record_id]

    def put(self, model: str, /, **values: Any) -> None:
        """A record as somebody there has written it, in the place of one with the same id."""
        rows = [row for row in self.rows.get(model, []) if row["id"] != values["id"]]
        self.rows[model] = [*rows, values]

    def _answer(self, model: str, what: str) -> None:
        self.asked.append((model, what))
        if self.down:
            raise Unreachable("https://odoo.example.test: nobody answers")
        if model in self.closed:
            raise Refused(f"{model}.{what}: You are not allowed to access this.")


def _fits(row: Row, name: str, operator: str, value: Any) -> bool:
    there = row.get(name, False)
    there = there[0] if isinstance(there, (list, tuple)) and there else there
    if operator == "=":
        return bool(there == value)
    if operator == "in":
        return there in value
    if operator == "ilike":
        return str(value).casefold() in str(there).casefold()
    assert operator == ">="
    return bool((there or "") >= value)
