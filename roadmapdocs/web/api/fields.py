"""Values of calls and answers: fields that take nothing which a database or a reader could stumble over."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.forms import plain_line, plain_text

#: The largest id there is: beyond it a database would fail instead of finding nothing.
LARGEST_ID = 2_147_483_647
_EARLIEST, _LATEST = dt.date(1700, 1, 1), dt.date(2999, 12, 31)


class Body(Schema):
    """What a call sends or asks by: a name that it does not know is refused, so that no slip goes unnoticed."""

    class Meta:
        unknown = RAISE


class _Written(fields.String):
    """At most ``longest`` signs as they were sent, which is what the description promises; none is added later."""

    def __init__(self, *, longest: int, **more: Any) -> None:
        super().__init__(validate=validate.Length(max=longest), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **more)
        # Ahead of the cleaning, which takes a second for some megabytes of nothing.
        self._validate(text)
        return text


class Line(_Written):
    """One line without control characters, at most ``longest`` signs."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        return plain_line(super()._deserialize(value, attr, data, **more))


class Text(_Written):
    """Lines of text without control characters, at most ``longest`` signs."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        return plain_text(super()._deserialize(value, attr, data, **more))


class WholeNumber(fields.Integer):
    """A whole number as JSON has it, or out of digits where it stands in an address; no ``true``, no ``1.5``."""

    def __init__(self, *, least: int = 1, most: int = LARGEST_ID, **more: Any) -> None:
        super().__init__(validate=validate.Range(min=least, max=most), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> int:
        if isinstance(value, str):
            digits = value[1:] if value.startswith("-") else value
            if not (digits.isascii() and digits.isdecimal() and len(digits) <= 18):
                raise self.make_error("invalid")
        elif isinstance(value, bool | float):
            raise self.make_error("invalid")
        return int(super()._deserialize(value, attr, data, **more))


class Scalar(fields.Field[Any]):
    """A text, a whole number, yes or no: what a field of a card may hold."""

    default_error_messages = {"invalid": "Not a valid scalar."}

    def __init__(self, *, longest: int, **more: Any) -> None:
        metadata = {"type": ["string", "integer", "boolean"], "maxLength": longest, **more.pop("metadata", {})}
        super().__init__(metadata=metadata, **more)
        self._longest = longest

    def _deserialize(self, value: Any, *_rest: Any, **_more: Any) -> str | int | bool:
        if isinstance(value, str):
            if len(value) > self._longest:
                raise ValidationError(f"Longer than maximum length {self._longest}.")
            return plain_text(value)
        if isinstance(value, bool) or (isinstance(value, int) and abs(value) <= LARGEST_ID):
            return value
        raise self.make_error("invalid")


class Id(WholeNumber):
    """The id of something of ours."""


class Day(fields.Date):
    """A day as ``2026-03-16``, of a year in which there can be documents."""

    def __init__(self, **more: Any) -> None:
        super().__init__(format="iso", **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> dt.date:
        day: dt.date = super()._deserialize(value, attr, data, **more)
        if not _EARLIEST <= day <= _LATEST:
            raise ValidationError(_("This lies between %(least)s and %(most)s.", least=_EARLIEST.year, most=_LATEST.year))
        return day


class Moment(fields.AwareDateTime):
    """A moment with its zone, given in UTC as ``2026-03-16T09:30:00Z``."""

    def __init__(self, **more: Any) -> None:
        super().__init__(format="iso", **more)

    def _serialize(self, value: dt.datetime | None, *_rest: Any, **_more: Any) -> str | None:
        return moment(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> dt.datetime:
        found: dt.datetime = super()._deserialize(value, attr, data, **more)
        try:
            found = found.astimezone(dt.UTC)
        except OverflowError as problem:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE) from problem
        if not _EARLIEST <= found.date() <= _LATEST:
            raise ValidationError(_("This lies between %(least)s and %(most)s.", least=_EARLIEST.year, most=_LATEST.year))
        return found


def moment(value: dt.datetime | None) -> str | None:
    """A moment as answers have it, for those who put an answer together by hand."""
    return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z") if value is not None else None


def one_of(words: type[StrEnum], **more: Any) -> fields.String:
    """One of the words of an enumeration."""
    return fields.String(validate=validate.OneOf([str(word) for word in words]), **more)
