"""Comparing texts by patterns, the same on both databases and for letters of any alphabet.

SQLite's LIKE takes letters of ASCII in both cases for the same and no others; PostgreSQL's ILIKE takes those that the
locale of the database names. So LIKE is only ever given texts in which the letters of the pattern have one case already.
"""

from __future__ import annotations

from typing import Any, Final

import peewee as pw

from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.i18n import gettext as _

LONGEST_PATTERN: Final = 250
#: Capitals of ASCII are told from small letters by letters that nobody writes.
_APART: Final = 0xE000


class _Replaced(pw.ColumnBase):  # type: ignore[misc]  # of a library without types
    """The column with letters replaced by others; written without recursion, whatever the number of letters."""

    def __init__(self, column: Any, letters: dict[str, str]) -> None:
        self._column, self._letters = column, letters

    def __sql__(self, context: Any) -> Any:
        context.literal("REPLACE(" * len(self._letters)).sql(self._column)
        for letter, other in self._letters.items():
            context.literal(", ").sql(pw.Value(letter, converter=False))
            context.literal(", ").sql(pw.Value(other, converter=False)).literal(")")
        return context


def check_pattern(name: str, value: object) -> str:
    """
    :raise Invalid: ``value`` if it is no text, or too long a one
    """
    text = str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
    if not isinstance(text, str) or len(text) > LONGEST_PATTERN or "\0" in text or not _encodable(text):
        sentence = _("“%(name)s” is searched by a text of up to %(most)s signs.", name=name, most=LONGEST_PATTERN)
        raise Invalid("value", sentence, field=name)
    return text


def _encodable(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def like(column: Any, operator: str, value: str) -> Any:
    """The condition of one of the four positive operators: ``like ilike =like =ilike``; of nothing it is not true."""
    pattern = value if operator.startswith("=") else f"%{value}%"
    letters = _folded(pattern) if operator.endswith("ilike") else _apart(pattern)
    # A lone backslash at the end would escape nothing, which PostgreSQL refuses.
    if (len(pattern) - len(pattern.rstrip("\\"))) % 2:
        pattern += "\\"
    for letter, other in letters.items():
        pattern = pattern.replace(letter, other)
    parts = (pw.fn.COALESCE(_Replaced(column, letters), ""), pw.SQL("LIKE"), pw.Value(pattern, converter=False))
    return pw.NodeList((*parts, pw.SQL("ESCAPE '\\'")), parens=True)


def _folded(pattern: str) -> dict[str, str]:
    """Capitals of the letters of the pattern, to be made small."""
    return {
        capital: small
        for letter in sorted(set(pattern))
        for small, capital in ((letter.lower(), letter.upper()),)
        if small != capital and len(small) == len(capital) == 1
    }


def _apart(pattern: str) -> dict[str, str]:
    capitals = sorted({letter.upper() for letter in pattern if letter.isascii() and letter.isalpha()})
    return {letter: chr(_APART + ord(letter)) for letter in capitals}


def fits(text: str, operator: str, value: str) -> bool:
    """The same for a text in Python's hands."""
    pattern = value if operator.startswith("=") else f"%{value}%"
    if operator.endswith("ilike"):
        for letter, other in _folded(pattern).items():
            text, pattern = text.replace(letter, other), pattern.replace(letter, other)
    return _matches(text, _pieces(pattern))


def _pieces(pattern: str) -> list[str]:
    """The pattern's signs: a letter as it is, a wildcard behind a zero sign, which no text holds."""
    pieces, escaped = [], False
    for letter in pattern:
        if letter == "\\" and not escaped:
            escaped = True
            continue
        pieces.append("\0" + letter if letter in "%_" and not escaped else letter)
        escaped = False
    return [*pieces, "\\"] if escaped else pieces


def _matches(text: str, pieces: list[str]) -> bool:
    """All places in the text that the pattern may have reached, piece by piece: no pattern takes longer than its length."""
    reached = {0}
    for piece in pieces:
        if piece == "\0%":
            reached = set(range(min(reached, default=0), len(text) + 1)) if reached else set()
        elif piece == "\0_":
            reached = {place + 1 for place in reached if place < len(text)}
        else:
            reached = {place + 1 for place in reached if place < len(text) and text[place] == piece}
    return len(text) in reached
