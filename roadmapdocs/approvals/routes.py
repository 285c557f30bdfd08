"""Which route of the office fits a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from roadmapdocs.approvals.models import Route
from roadmapdocs.documents.models import Document

#: How a condition compares what the card says with its value, both folded.
OPERATIONS: Final[dict[str, Callable[[str, str], bool]]] = {
    "filled": lambda said, _value: bool(said),
    "empty": lambda said, _value: not said,
    "equals": lambda said, value: said == value,
    "differs": lambda said, value: said != value,
    "contains": lambda said, value: bool(value) and value in said,
    "at_least": lambda said, value: (number := _number(said)) is not None and (least := _number(value)) is not None and number >= least,
}
#: Columns of a card that a condition may name besides the fields of its kind.
COLUMNS: Final = ("title", "summary", "signer", "mark")


def fitting(document: Document) -> list[Route]:
    """Routes in use that fit the document, in the office's order; an obligatory one goes before the others."""
    rows = Route.select().where(Route.active).order_by(Route.obligatory.desc(), Route.position, Route.id)
    return [row for row in rows if fits(row, document)]


def obligatory(document: Document) -> Route | None:
    """The route without whose visas the document is not signed."""
    return next((row for row in fitting(document) if row.obligatory), None)


def fits(route: Route, document: Document) -> bool:
    return (
        (not route.kinds or document.kind.code in route.kinds)
        and (not route.units or document.unit_id in route.units)
        and (not route.cases or document.case_id in route.cases)
        and (not route.condition or _satisfied(route.condition, document))
    )


def _satisfied(condition: dict[str, Any], document: Document) -> bool:
    name = condition["field"]
    said = getattr(document, name) if name in COLUMNS else document.fields.get(name)
    return OPERATIONS[condition["op"]](_folded(said), _folded(condition.get("value")))


def _folded(value: object) -> str:
    return "" if value is None or value is False else str(value).strip().casefold().replace("ё", "е")


def _number(words: str) -> float | None:
    """«1 500,50 руб.» as a number; None if the words do not begin with one."""
    digits = ""
    for sign in words.replace("\N{NO-BREAK SPACE}", "").replace(" ", ""):
        if not (sign.isdecimal() or sign in ",."):
            break
        digits += sign
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return None
