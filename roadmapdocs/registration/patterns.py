"""How the numbers of a journal are printed and read back: ``{n:03d}-П``, ``{case}/{n}``, ``{n}-{yy}``."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Final

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.numbers import NUMBER_LIMIT, normalise_number
from roadmapdocs.russian.letters import fold_code

FIELDS: Final = ("n", "dept", "case", "yy", "yyyy", "body", "letter")
PATTERN_LIMIT: Final = 60
#: What the offer of a number shows in place of a code that is not chosen yet.
BLANK: Final = "…"

_PIECE = re.compile(r"\{([^{}]*)\}|([^{}]+)|[{}]")
_WIDTH = re.compile(r"n:0([1-7])d")
_PLAIN = re.compile(r"[0-9A-Za-zА-Яа-яЁё \-–—/.,()№:_]+")
_SUFFIX = re.compile(r"/[0-9]+|[А-ЯЁ]")


@dataclass(frozen=True, slots=True)
class Context:
    """What a number is made of besides its running number: year of the date, codes of unit, case, body, letter."""

    year: int | None = None
    dept: str = ""
    case: str = ""
    body: str = ""
    letter: str = ""

    def value(self, field: str) -> str:
        if field in ("yy", "yyyy"):
            year = "" if self.year is None else f"{self.year:04d}"
            return year[-2:] if field == "yy" else year
        return " ".join(str(getattr(self, field)).split())


@dataclass(frozen=True, slots=True)
class Pattern:
    """``before`` and ``after`` are the pieces around the running number: (is it a field, its name or the text)."""

    text: str
    width: int
    before: tuple[tuple[bool, str], ...]
    after: tuple[tuple[bool, str], ...]

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """
        :raise Refusal: ``pattern`` if a field is unknown, ``{n}`` is not there exactly once, or a sign is odd
        """
        if len(text) > PATTERN_LIMIT:
            raise _refused(_("The pattern is longer than %(limit)s characters. Shorten it.", limit=PATTERN_LIMIT))
        pieces = [_piece(found) for found in _PIECE.finditer(text.strip())]
        places = [place for place, (is_field, name) in enumerate(pieces) if is_field and name[0:1] == "n"]
        if len(places) != 1:
            raise _refused(_("A pattern has the running number {n} exactly once, as in {n}-П. Correct the pattern."))
        (place,) = places
        _is_field, running = pieces[place]
        return cls(text.strip(), int(running[3:4] or 1), tuple(pieces[:place]), tuple(pieces[place + 1 :]))

    @property
    def fields(self) -> frozenset[str]:
        """Codes that a number of this pattern cannot be printed without, but for the year."""
        return frozenset(name for is_field, name in (*self.before, *self.after) if is_field) - {"yy", "yyyy"}

    def print(self, n: int, context: Context, suffix: str = "") -> str:
        """
        :raise Refusal: ``code_missing`` if the context lacks a code, ``number_too_long`` if the codes are long
        """
        number = f"{_filled(self.before, context)}{n:0{self.width}d}{suffix}{_filled(self.after, context)}".strip()
        if len(number) > NUMBER_LIMIT:
            raise Refusal(
                "number_too_long",
                _(
                    "The number would be longer than %(limit)s characters. Shorten the codes that it is made of.",
                    limit=NUMBER_LIMIT,
                ),
            )
        return number

    def preview(self, n: int, context: Context) -> str:
        """As :meth:`print`, with «…» for a code that is not chosen yet."""
        before, after = (_filled(pieces, context, blank=BLANK) for pieces in (self.before, self.after))
        return f"{before}{n:0{self.width}d}{after}".strip()[:NUMBER_LIMIT]

    def read(self, text: str, context: Context) -> tuple[int, str] | None:
        """Running number and literal suffix of a number typed by hand, or None if this pattern has no such number."""
        before = normalise_number(_filled(self.before, context))
        after = fold_code(_filled(self.after, context))
        shape = rf"{re.escape(before)}([0-9]+)({_SUFFIX.pattern})?{re.escape(after)}"
        found = re.fullmatch(shape, normalise_number(text))
        if found is None:
            return None
        suffix = found.group(2) or ""
        return int(found.group(1)), f"/{int(suffix[1:])}" if suffix.startswith("/") else suffix.lower()


def check_suffix(text: str) -> str:
    """The literal suffix as it is kept: ``а`` for «А» or a Latin «a», ``/1`` for «/01».

    :raise Refusal: ``suffix`` if it is neither one Cyrillic letter nor a slash and a number from 1 to 999
    """
    folded = fold_code(text) if len(text) <= NUMBER_LIMIT else ""
    if not _SUFFIX.fullmatch(folded) or (folded.startswith("/") and not 1 <= int(folded[1:]) <= 999):
        raise Refusal(
            "suffix",
            _("A literal number has one Russian letter or a slash and a number after it, as in 45а or 45/1. Correct it."),
        )
    return f"/{int(folded[1:])}" if folded.startswith("/") else folded.lower()


def _piece(found: re.Match[str]) -> tuple[bool, str]:
    field, plain = found.groups()
    if field is not None:
        if field not in FIELDS and not _WIDTH.fullmatch(field):
            nearest = difflib.get_close_matches(field.partition(":")[0].lower(), FIELDS, n=1, cutoff=0.4)
            raise _refused(
                _(
                    "A pattern has no field {%(field)s}. The nearest is {%(nearest)s}. Known: %(known)s.",
                    field=field[:20],
                    nearest=nearest[0] if nearest else "n",
                    known=", ".join(f"{{{name}}}" for name in ("n", "n:03d", *FIELDS[1:])),
                )
            )
        return True, field
    if plain is None:
        raise _refused(_("A brace of the pattern has no pair. Write fields as {n} or {yyyy}."))
    if not _PLAIN.fullmatch(plain):
        raise _refused(
            _("Between fields a pattern has letters, digits, spaces and the signs - / . , ( ) № : _ only. Correct it.")
        )
    return False, plain


def _filled(pieces: tuple[tuple[bool, str], ...], context: Context, blank: str = "") -> str:
    values = []
    for is_field, text in pieces:
        value = context.value(text) if is_field else text
        if is_field and not value and not blank:
            raise Refusal(
                "code_missing",
                _("Numbers of this journal contain %(code)s, which is not known yet. Fill it in first.", code=_named(text)),
                field=text,
            )
        values.append(value or blank)
    return "".join(values)


def _named(field: str) -> str:
    names = {
        "dept": _("the code of the unit"),
        "case": _("the index of the case"),
        "body": _("the code of the body"),
        "letter": _("the letter"),
    }
    return names.get(field) or _("the year")


def _refused(sentence: str) -> Refusal:
    return Refusal("pattern", sentence, fields={"pattern": sentence})
