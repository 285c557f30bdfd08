"""Sentences for what HTTP and marshmallow refuse on their own."""

from __future__ import annotations

import re
from collections.abc import Callable

from roadmapdocs.i18n import gettext as _

_BY_STATUS: dict[int, Callable[[], str]] = {
    400: lambda: _("The call is not put together as HTTP wants it."),
    404: lambda: _("There is nothing at this address. The description at openapi.json lists all addresses."),
    405: lambda: _("This address does not take this method. The header Allow lists those it takes."),
    406: lambda: _("The answer cannot be given in the form that the header Accept asks for."),
    411: lambda: _("The call does not say how long its body is."),
    413: lambda: _("The body of the call is larger than this registry takes."),
    414: lambda: _("The address is longer than this registry reads."),
    415: lambda: _("The body is of a type that this call does not take. Send what its description names."),
    416: lambda: _("The file has no such bytes. The header Content-Range tells its length."),
    429: lambda: _("These are more calls than one token may make. Wait as long as the header Retry-After says."),
}
#: marshmallow's own sentences, begun as it begins them, and what we say instead.
_BY_BEGINNING: tuple[tuple[str, Callable[[], str]], ...] = (
    ("Unknown field", lambda: _("This call knows no such field.")),
    ("Missing data", lambda: _("Fill this in.")),
    ("Field may not be null", lambda: _("This may not be empty.")),
    ("Not a valid scalar", lambda: _("This is neither a text, a whole number, true, false nor null.")),
    ("Not a valid string", lambda: _("This is no text.")),
    ("Not a valid integer", lambda: _("This is no whole number.")),
    ("Not a valid number", lambda: _("This is no number.")),
    ("Not a valid boolean", lambda: _("This is neither true nor false.")),
    ("Not a valid datetime", lambda: _("This is no moment as in 2026-03-16T09:30:00Z.")),
    ("Not a valid aware datetime", lambda: _("This is no moment as in 2026-03-16T09:30:00Z.")),
    ("Not a valid date", lambda: _("This is no day as in 2026-03-16.")),
    ("Not a valid list", lambda: _("This is no list.")),
    ("Not a valid mapping", lambda: _("These are no values by names.")),
    ("Invalid input type", lambda: _("These are no values by names.")),
)
_ONE_OF = re.compile(r"Must be one of: (?P<known>.+)\.$")
_LONGER = re.compile(r"Longer than maximum length (?P<most>\d+)\.$")
_RANGE = re.compile(r"Must be greater than or equal to (?P<least>-?\d+)(?: and less than or equal to (?P<most>-?\d+))?\.$")


def sentence_of(said: int | str) -> str:
    """What to tell instead of a status or of marshmallow's sentence; what is ours already stays as it is."""
    if isinstance(said, int):
        known = _BY_STATUS.get(said)
        return known() if known else _("The call was not taken.")
    for beginning, ours in _BY_BEGINNING:
        if said.startswith(beginning):
            return ours()
    return _of_bounds(said) or said


def _of_bounds(said: str) -> str | None:
    if found := _ONE_OF.match(said):
        return _("This is one of: %(known)s.", known=found["known"])
    if found := _LONGER.match(said):
        return _("This is longer than %(most)s characters.", most=found["most"])
    if found := _RANGE.match(said):
        if found["most"]:
            return _("This lies between %(least)s and %(most)s.", least=found["least"], most=found["most"])
        return _("This is at least %(least)s.", least=found["least"])
    return None
