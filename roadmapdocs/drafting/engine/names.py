"""Names that a template may use, read off a page class: plain JSON, so that a process without the classes can check."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeAlias

TEXT: Final = "text"
NUMBER: Final = "number"
TRUTH: Final = "truth"

#: ``"text"``, ``"number"``, ``"truth"``, a list of one such, or names with theirs.
Names: TypeAlias = "str | Sequence[Names] | Mapping[str, Names]"

_PLAIN: Final[dict[object, str]] = {str: TEXT, int: NUMBER, bool: TRUTH}


@cache
def names_of(page: type) -> dict[str, Any]:
    """The names of a page class with what each is: ``{"title": "text", "points": [{"number": "text", …}]}``."""
    hints = typing.get_type_hints(page)
    return {field.name: _named(hints[field.name]) for field in dataclasses.fields(page)}


def _named(hint: Any) -> Any:
    if typing.get_origin(hint) is tuple:
        return [_named(typing.get_args(hint)[0])]
    kind: type = hint
    return names_of(kind) if dataclasses.is_dataclass(kind) else _PLAIN[kind]


def filled(names: Any, rows: int, label: str = "") -> Any:
    """A made-up page of these names with ``rows`` things in every list; texts say what they are called."""
    if isinstance(names, Mapping):
        return {name: filled(one, rows, name) for name, one in names.items()}
    if isinstance(names, list):
        return [filled(names[0], rows, label) for _ in range(rows)]
    return {TEXT: label if rows else "", NUMBER: rows, TRUTH: bool(rows)}[names]
