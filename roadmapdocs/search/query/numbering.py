"""Registration numbers and numbers of items in a question, as people type them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roadmapdocs.russian.letters import DASHES
from roadmapdocs.search.analysis_words import fold
from roadmapdocs.search.query.lexing import Lexeme

_SIGNS = frozenset("№ №№ n no n. no. номер номера номеру номером номере".split())
_GLUED_SIGN = re.compile(r"(?:№{1,2}|[Nn][oо]?\.?(?=[0-9]))")
_DASH = "[" + re.escape(DASHES) + "]"
_LETTERS = r"[^\W\d_]"
_ANY = re.compile(
    rf"(?:{_LETTERS}{{1,5}}(?:{_DASH}|[/.])?){{0,2}}[0-9]{{1,12}}(?:(?:{_DASH}|[/.])[0-9]{{1,12}}){{0,5}}"
    rf"(?:{_LETTERS}(?={_DASH}{_LETTERS}))?"
    rf"(?:(?:{_DASH}|/)?{_LETTERS}{{1,5}}(?:/{_LETTERS})?)?(?:(?:{_DASH}|/)[0-9]{{1,6}})?\.?"
)
_DIGITS = re.compile(r"[0-9]{1,12}\.?")
#: Without «№» a number has letters behind its digits (4а-ОД), digits or capitals behind a slash, capitals before a dash.
_PLAIN = re.compile(
    rf"[0-9]{{1,12}}(?:{_DASH}?{_LETTERS}{{1,4}}(?:/{_LETTERS})?(?:(?:{_DASH}|/)[0-9]{{1,6}})?"
    rf"|(?:{_DASH}[0-9]{{1,6}}){{0,3}}/[0-9]{{1,12}}(?:{_DASH}?{_LETTERS}{{1,4}})?)\.?"
    rf"|[0-9]{{1,12}}(?:{_LETTERS}{_DASH}{_LETTERS}{{2,4}}|/[А-ЯЁA-Z]{{1,4}})\.?"
    rf"|[А-ЯЁA-Z]{{1,4}}{_DASH}[0-9]{{1,12}}(?:(?:{_DASH}|/)[0-9]{{1,12}})?\.?"
)
_INDEXED = re.compile(rf"[0-9]{{1,12}}(?:{_DASH}[0-9]{{1,12}}){{1,3}}\.?")
_ORDINAL = re.compile(
    rf"[0-9]+{_DASH}?(?:ый|ого|ому|го|му|ое|ой|ая|ую|ом|ем|ех|ые|ых|ым|ти|ми|мя|ю|й|е|я|м|х|г|гг)\.?", re.IGNORECASE
)
#: What may stand behind the digits and a space: «178 п», «34 ОД».
_INDEXES = frozenset("п пр од осн ахд лс л/с р".split())
#: «А-ОД» of «4 А-ОД».
_LETTERED_INDEX = re.compile(rf"{_LETTERS}{_DASH}(?:{'|'.join(sorted(filter(str.isalpha, _INDEXES)))})", re.IGNORECASE)
_PREPOSITIONS = frozenset("овскуаия")
_ITEM = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,8}\.?")
_BARE_ITEM = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,8}\.?")
_DAY_AND_MONTH = re.compile(r"[0-9]{2}\.[0-9]{2}\.?")


def number_at(text: str, words: Sequence[Lexeme], i: int, *, likely: bool, named: bool = False) -> tuple[int, str] | None:
    """The place behind a number, and the number without its sign.

    ``likely``: a short one without letters counts too; «5» of «итоги ВПР 5 класс» does not. ``named``: the word before
    says what has such numbers, as «приказ» does: «01-15» counts too.
    """
    signed, start = _sign(words, i)
    if start >= len(words):
        return None
    first = words[start].text
    body = _GLUED_SIGN.sub("", first, count=1) if start == i else first
    signed = signed or body != first
    if not (_ANY.fullmatch(body) if signed else _fits(body, likely=likely, named=named)):
        return None
    number, after = body.rstrip("."), start + 1
    index = _index(text, words, start) if number[-1].isdigit() and not body.endswith(".") else None
    return (after + 1, f"{number}-{index}") if index else (after, number)


def _fits(body: str, *, likely: bool, named: bool) -> bool:
    """Whether it is a number without «№»."""
    if _ORDINAL.fullmatch(body):
        return False
    digits = _DIGITS.fullmatch(body) is not None and (likely or len(body) > 2)
    return digits or _PLAIN.fullmatch(body) is not None or (named and _INDEXED.fullmatch(body) is not None)


def _sign(words: Sequence[Lexeme], i: int) -> tuple[bool, int]:
    return (True, i + 1) if fold(words[i].text) in _SIGNS else (False, i)


def _index(text: str, words: Sequence[Lexeme], i: int) -> str | None:
    """The letters that go on with a number behind a space: «п» of «178 п», but not of «178 п. 3»."""
    if i + 1 >= len(words) or text[words[i].end : words[i + 1].start].strip(" " + DASHES):
        return None
    letters = words[i + 1].text
    capital = len(letters) == 1 and letters.isupper() and fold(letters) not in _PREPOSITIONS
    if not capital and not _LETTERED_INDEX.fullmatch(letters) and letters.lower() not in _INDEXES:
        return None
    item_follows = i + 2 < len(words) and _ITEM.fullmatch(words[i + 2].text) and letters.lower() in ("п", "пп")
    return None if item_follows else letters


def item_number(word: str) -> str | None:
    """«2.1.1.» → «2.1.1»; None of what is no number of an item."""
    return word.rstrip(".") if _ITEM.fullmatch(word) else None


def bare_item(word: str) -> str | None:
    """«2.1.1» and «3.2» without «пункт», but not «29.11»."""
    return word.rstrip(".") if _BARE_ITEM.fullmatch(word) and not _DAY_AND_MONTH.fullmatch(word) else None
