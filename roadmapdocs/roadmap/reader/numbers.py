"""Printed numbers of items and sections: «1», «1.», «1)», «.1», «2.1.1», «IV.»."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(
    r"\(?(?:№|п\.)?\s*(?P<stray>\.\s*)?(?P<value>\d{1,3}(?:\s?\.\s?\d{1,3})*)(?P<letter>\s?[а-гa-d](?=[.)]?$))?\s*[.)]{0,2}"
)
_LEADING = re.compile(r"(?P<value>\d{1,3}(?:\.\d{1,3})+)[.)]?\s*(?=[^\W\d_]|[«\"(])|(?P<single>\d{1,3})[.)]\s*(?=[^\W\d_]|[«\"(])")
_ROMAN = re.compile(r"[IVXLCІХ]{1,6}[.)]?")
_LEADING_ROMAN = re.compile(r"(?P<value>[IVXLCІХ]{1,6})[.)]\s*(?=\S)|(?P<single>[IVXІХ]{1,5})\s+(?=[А-ЯЁ][а-яё])")


@dataclass(frozen=True, slots=True)
class Number:
    """``value`` without the dots around it; ``stray`` when a dot stood in front."""

    value: str
    stray: bool = False

    @property
    def parts(self) -> tuple[int, ...]:
        return tuple(int(part) for part in re.findall(r"\d+", self.value))


def read_number(text: str) -> Number | None:
    """The number of a cell that holds nothing else, or None."""
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return None
    value = re.sub(r"\s", "", found["value"] + (found["letter"] or ""))
    return Number(value, bool(found["stray"]))


def read_roman(text: str) -> str | None:
    text = text.strip()
    return _latin(text.rstrip(".)")) if _ROMAN.fullmatch(text) else None


def split_number(text: str) -> tuple[Number | None, str]:
    """«1.1. Провести…» as its number and the rest; a figure that is no number («100% школ») stays in place."""
    found = _LEADING.match(text)
    if not found:
        return None, text
    return Number(found["value"] or found["single"]), text[found.end() :].strip()


def split_roman(text: str) -> tuple[str | None, str]:
    found = _LEADING_ROMAN.match(text)
    if not found:
        return None, text
    return _latin(found["value"] or found["single"]), text[found.end() :].strip()


def _latin(roman: str) -> str:
    return roman.replace("І", "I").replace("Х", "X")
