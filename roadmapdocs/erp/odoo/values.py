"""Values of fields on their way: from what a client sends to Python's, and back to plain JSON."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import math
import re
from collections.abc import Callable
from typing import Any, Final

from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import NUMBERS, TEXTS, Field, Type
from roadmapdocs.i18n import gettext as _

#: What fits into 64 bits, as both databases keep numbers.
LARGEST: Final = 2**63 - 1
_SHOWN: Final = 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def is_empty(value: object) -> bool:
    """Nothing, as clients say it: None, or False where no boolean is meant."""
    return value is None or value is False


def is_number(value: object) -> bool:
    """A whole number that a database can keep; True and False are none."""
    return isinstance(value, int) and not isinstance(value, bool) and -LARGEST <= value <= LARGEST


def to_wire(kind: Type, value: Any) -> object:
    """A value of a field without relations as JSON: nothing is False, of numbers 0."""
    if kind is Type.BOOLEAN:
        return bool(value)
    if kind in NUMBERS:
        return value or 0
    if value is None or value == "":
        return False
    if isinstance(value, dt.datetime):
        return moment_to_wire(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def moment_to_wire(value: dt.datetime) -> str:
    """UTC without a zone and fractions, as clients read it."""
    plain = value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
    return plain.isoformat(" ", "seconds")


def from_wire(name: str, field: Field, value: object) -> Any:
    """What a client gives for a field without lists, as a Python value; None for nothing.

    :raise Invalid: ``value``, naming the field
    """
    if field.type is Type.BOOLEAN:
        return _boolean(name, value)
    if is_empty(value):
        return None
    if field.type is Type.SELECTION:
        return _selected(name, field, value)
    return _READERS[field.type](name, value)


def wrong(name: str, value: object, wanted: str) -> Invalid:
    """``wanted`` says what the field takes, as a whole sentence."""
    shown = repr(value)
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    sentence = _("“%(name)s” cannot be %(value)s. %(wanted)s", name=name, value=shown, wanted=wanted)
    return Invalid("value", sentence, field=name)


def text(name: str, value: object) -> str:
    """A text that both databases can keep."""
    if not isinstance(value, str):
        raise wrong(name, value, _("Send a text."))
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise wrong(name, value, _("There is a sign in it that cannot be stored."))
    return value


def whole(name: str, value: object) -> int:
    if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST:
        value = int(value)
    if not is_number(value):
        raise wrong(name, value, _("Send a whole number."))
    assert isinstance(value, int)  # what is_number made sure of
    return value


def _boolean(name: str, value: object) -> bool:
    if isinstance(value, bool) or value is None or value in (0, 1):
        return bool(value)
    raise wrong(name, value, _("Send true or false."))


def _float(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= LARGEST or math.isnan(value):
        raise wrong(name, value, _("Send a number."))
    return float(value)


def date(name: str, value: object) -> dt.date:
    """A day; of a moment its day."""
    if isinstance(value, str) and value.isascii():
        try:
            return dt.datetime.fromisoformat(value).date() if len(value) > 10 else _day(value)
        except ValueError:
            pass
    raise wrong(name, value, _("Send a date such as 2026-11-29."))


def moment(name: str, value: object) -> dt.datetime:
    """A moment in UTC; a day means its midnight."""
    if isinstance(value, str) and value.isascii():
        try:
            read = dt.datetime.fromisoformat(value) if len(value) > 10 else dt.datetime.combine(_day(value), dt.time())
        except ValueError:
            pass
        else:
            return read.replace(tzinfo=dt.UTC) if read.tzinfo is None else _in_utc(name, read)
    raise wrong(name, value, _("Send a moment in UTC such as 2026-11-29 08:30:00."))


def _day(value: str) -> dt.date:
    if not _DAY.fullmatch(value):
        raise ValueError(value)
    return dt.date.fromisoformat(value)


def _in_utc(name: str, value: dt.datetime) -> dt.datetime:
    try:
        return value.astimezone(dt.UTC)
    except OverflowError as problem:
        raise wrong(name, value, _("Send a moment in UTC such as 2026-11-29 08:30:00.")) from problem


def _selected(name: str, field: Field, value: object) -> str:
    known = [one for one, _label in field.pairs()]
    if value not in known:
        raise wrong(name, value, _("Known: %(known)s.", known=", ".join(known)))
    return str(value)


def _bytes(name: str, value: object) -> bytes:
    """Base64 as text or as bytes, as clients of Odoo send files; line ends in it do not matter."""
    if isinstance(value, (str, bytes)):
        try:
            packed = value.encode("ascii") if isinstance(value, str) else value
            return base64.b64decode(packed.translate(None, b" \r\n\t"), validate=True)
        except (binascii.Error, UnicodeEncodeError):
            pass
    raise wrong(name, value, _("Send the bytes as base64."))


def _reference(name: str, value: object) -> str:
    model, comma, number = text(name, value).partition(",")
    if not model or not comma or not number.isdecimal():
        raise wrong(name, value, _("Send a model and an id, such as roadmap.document,7."))
    return f"{model},{int(number)}"


_READERS: Final[dict[Type, Callable[[str, object], Any]]] = {
    **dict.fromkeys(TEXTS, text),
    Type.INTEGER: whole,
    Type.FLOAT: _float,
    Type.DATE: date,
    Type.DATETIME: moment,
    Type.MANY2ONE: whole,
    Type.REFERENCE: _reference,
    Type.BINARY: _bytes,
}


def size_words(size: int) -> str:
    """The length of a file as clients get it in its stead: "12.30 Kb"."""
    value, unit = float(size), "bytes"
    for larger in ("Kb", "Mb", "Gb"):
        if value < 1024:
            break
        value, unit = value / 1024, larger
    return f"{value:.2f} {unit}"
