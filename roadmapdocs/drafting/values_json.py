"""Values from JSON and back: strict about names and types, with the place of whatever cannot be taken."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeVar

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.dates import read_date

T = TypeVar("T")

#: Signs of one text, things in one list, and lists within lists; offices write a hundredth of it.
LONGEST_TEXT: Final = 50_000
LONGEST_LIST: Final = 20_000
DEEPEST: Final = 12


def read_values(shape: type[T], given: object) -> T:
    """``given`` (what :mod:`json` makes) as values of that shape. A text may stand for a thing that has a main text.

    :raise Refusal: ``bad_values`` naming the place (``points[2].due``), what stands there and what is wanted
    """
    return typing.cast(T, _thing(shape, given, "", 0))


def write_values(values: Any) -> dict[str, Any]:
    """The same as plain JSON, without what is empty; :func:`read_values` gives the values again."""
    written = _plain(values)
    assert isinstance(written, dict)  # values are never one text
    return written


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        pairs = ((field.name, getattr(value, field.name), field.default) for field in dataclasses.fields(value))
        return {name: _plain(one) for name, one, default in pairs if one != default}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


@cache
def _hints(shape: type) -> dict[str, Any]:
    hints = typing.get_type_hints(shape)
    return {field.name: hints[field.name] for field in dataclasses.fields(shape)}


def _thing(shape: type, given: object, place: str, depth: int) -> object:
    if depth > DEEPEST:
        raise _bad(place, given, _("less within each other"))
    main = getattr(shape, "FROM_TEXT", None)
    if isinstance(given, str) and main:
        given = {main: given}
    if not isinstance(given, Mapping):
        raise _bad(place, given, _("names and values in braces"))
    hints = _hints(shape)
    for name in given:
        if name not in hints:
            raise _unknown(place, str(name), hints)
    values = {name: _value(hints[name], one, _join(place, name), depth) for name, one in given.items()}
    missing = [
        field.name
        for field in dataclasses.fields(shape)
        if field.name not in values and field.default is dataclasses.MISSING
    ]
    if missing:
        raise Refusal("bad_values", _("%(place)s is missing: write it.", place=_join(place, missing[0])), place=_join(place, missing[0]))
    return shape(**values)


def _value(hint: Any, given: object, place: str, depth: int) -> object:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        inner = next(one for one in typing.get_args(hint) if one is not type(None))
        return None if given is None else _value(inner, given, place, depth)
    if origin is tuple:
        return _list(typing.get_args(hint)[0], given, place, depth)
    if dataclasses.is_dataclass(hint):
        return _thing(typing.cast(type, hint), given, place, depth + 1)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choice(hint, given, place)
    return _PLAIN[hint](given, place)


def _list(inner: Any, given: object, place: str, depth: int) -> tuple[object, ...]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise _bad(place, given, _("a list in square brackets"))
    if len(given) > LONGEST_LIST:
        raise _bad(place, len(given), _("at most %(count)s", count=LONGEST_LIST))
    return tuple(_value(inner, one, f"{place}[{index}]", depth) for index, one in enumerate(given))


def _choice(known: type[StrEnum], given: object, place: str) -> StrEnum:
    try:
        return known(str(given))
    except ValueError:
        raise _bad(place, given, ", ".join(known)) from None


def _text(given: object, place: str) -> str:
    if not isinstance(given, str):
        raise _bad(place, given, _("a text"))
    if len(given) > LONGEST_TEXT:
        raise _bad(place, len(given), _("at most %(count)s", count=LONGEST_TEXT))
    return given


def _number(given: object, place: str) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given < 2**53:
        raise _bad(place, given, _("a whole number"))
    return given


def _yes(given: object, place: str) -> bool:
    if not isinstance(given, bool):
        raise _bad(place, given, "true, false")
    return given


def _day(given: object, place: str) -> dt.date:
    day = (_iso(given) or read_date(given)) if isinstance(given, str) else None
    if day is None:
        raise _bad(place, given, _("a date such as 2026-11-22 or 22.11.2026"))
    return day


def _iso(given: str) -> dt.date | None:
    """What this module writes is read again, whatever the year: laws are older than the dates that texts are read for."""
    try:
        return dt.date.fromisoformat(given) if given[4:5] == "-" == given[7:8] else None
    except ValueError:
        return None


_PLAIN: Final[dict[object, Callable[[object, str], object]]] = {str: _text, int: _number, bool: _yes, dt.date: _day}


def _join(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _bad(place: str, given: object, wanted: str) -> Refusal:
    shown = repr(given)
    shown = shown if len(shown) <= 60 else shown[:60] + "…"
    told = _("%(place)s is %(given)s. Wanted: %(wanted)s.", place=place or "{}", given=shown, wanted=wanted)
    return Refusal("bad_values", told, place=place)


def _unknown(place: str, name: str, known: Mapping[str, object]) -> Refusal:
    near = difflib.get_close_matches(name, known, n=1)
    told = _("Nothing is called %(name)s here. Known: %(known)s.", name=_join(place, name)[:80], known=", ".join(known))
    if near:
        told = _("Nothing is called %(name)s here. Is %(near)s meant?", name=_join(place, name)[:80], near=near[0])
    return Refusal("bad_values", told, place=_join(place, name)[:80])
