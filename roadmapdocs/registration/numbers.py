"""Numbers as people write them, brought to one form for comparing and one for sorting (``domain.md`` §4)."""

from __future__ import annotations

import re
from typing import Final

from roadmapdocs.russian.letters import fold_code, strip_invisible

NUMBER_LIMIT: Final = 64
#: Higher running numbers are slips of the hand; they would not fit the column everywhere, either.
HIGHEST: Final = 9_999_999

_SIGN = re.compile(r"^(?:\s*(?:№|No\.?|N))+", flags=re.IGNORECASE)
# The running number, what makes it a literal one ("а" or "/1"), and the rest.
_PARTS = re.compile(r"([0-9]{1,12})(?![0-9])(?:/([0-9]{1,8})(?![0-9])|([^\W\d_])(?!\w))?(.*)", flags=re.DOTALL)


def normalise_number(number: str) -> str:
    """The form in which numbers are compared: ``№ 178 –п`` and ``N178-П`` are both ``178-П``."""
    return fold_code(_SIGN.sub("", strip_invisible(number)))


def without_sign(number: str) -> str:
    """As written, without «№» before it and with single spaces."""
    return " ".join(_SIGN.sub("", strip_invisible(number)).split())


def parts(number: str) -> tuple[int, str] | None:
    """Running number and literal suffix of a number that begins with them, whatever follows; None of another."""
    found = _PARTS.fullmatch(normalise_number(number))
    if found is None:
        return None
    digits, slash, letter, _rest = found.groups()
    return int(digits), f"/{int(slash)}" if slash else (letter or "").lower()


def sort_key(n: int, suffix: str, rest: str) -> str:
    """Text that sorts by running number, then 45 before 45/1 before 45а, then by ``rest``.

    The digit before the suffix ranks its sort, so that the order is the same under any collation.
    """
    literal = "0"
    if suffix:
        literal = f"1{int(suffix[1:]):08d}" if suffix.startswith("/") else f"2{suffix.upper()}"
    return f"{n:012d}{literal}{_padded(rest)}"


def number_sort_key(number: str) -> str:
    """Text that sorts as people count: 9 before 10; 45, 45/1, 45а before 46; 45-П before 45а-П before 46-П."""
    normal = normalise_number(number)
    found = _PARTS.fullmatch(normal)
    if found is None:
        return _padded(normal)
    digits, slash, letter, rest = found.groups()
    return sort_key(int(digits), f"/{slash}" if slash else letter or "", rest)


def entry_sort(n: int, suffix: str, number: str) -> str:
    """As :func:`number_sort_key` where the number begins with its running number; by the latter in any case."""
    if parts(number) == (n, suffix):
        return number_sort_key(number)
    return sort_key(n, suffix, normalise_number(number))


def _padded(text: str) -> str:
    return re.sub(r"\d+", lambda digits: digits.group().zfill(8), text)
