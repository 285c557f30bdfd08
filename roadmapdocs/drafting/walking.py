"""Going through all that values say, however deep it lies."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

T = TypeVar("T")


def changed(values: T, change: Callable[[object], object]) -> T:
    """The values with each thing in them (a person, a point, a row) given to ``change``, the inmost first."""
    return cast(T, _changed(values, change))


def _changed(value: object, change: Callable[[object], object]) -> object:
    if isinstance(value, tuple):
        return tuple(_changed(one, change) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kept = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        new = {name: _changed(one, change) for name, one in kept.items()}
        differs = any(new[name] is not kept[name] for name in kept)
        return change(dataclasses.replace(value, **new) if differs else value)
    return value


def things(value: object, shape: type[T]) -> Iterator[T]:
    """All things of this shape in the values, in the order of the text."""
    if isinstance(value, tuple):
        for one in value:
            yield from things(one, shape)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, shape):
            yield value
        for field in dataclasses.fields(value):
            yield from things(getattr(value, field.name), shape)
