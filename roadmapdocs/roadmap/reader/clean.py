"""Mending printed text: markup left by converters, letter-spacing, words broken by a hyphen, stray spaces."""

from __future__ import annotations

import html
import re

_BLOCK_TAG = re.compile(r"</?(?:p|br|ul|ol|li|div|tr|td|table)\b[^<>]*>", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:i|b|u|s|em|strong|span|sup|sub|font|a)\b[^<>]*>", re.IGNORECASE)
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]", re.IGNORECASE)
_HASHES = re.compile(r"^\s*#{1,6}\s+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_BROKEN_WORD = re.compile(r"(?<![А-Яа-яЁё])([А-Яа-яЁё]{2,})-[ \t]*\n\s*([а-яё]{2,})")
_SPACED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_][ ]){3,}[^\W\d_](?![^\W\d_])")
_MONTH = re.compile(r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)")
# First halves of compound adjectives: their hyphen belongs to the word («научно-методический»).
_COMPOUND_HALF = re.compile(
    r"(?:онно|льно|ивно|учно|ебно|ично|ертно|рольно|тико|олого|ически|ерно|урно|нно|ско|ово|тно|жно|обще|он|веб|"
    r"бизнес|мастер|пресс|видео|интернет)$",
    re.IGNORECASE,
)


def strip_markup(text: str) -> tuple[str, bool]:
    """Text without tags, entities and bookmarks of a converter, and whether there were any."""
    plain = _HASHES.sub("", _BOOKMARK.sub("", text))
    if "<" in plain:
        plain = _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", plain))
    if "&" in plain:
        plain = html.unescape(plain)
    plain = plain.replace("**", "")
    marked = plain != text
    return _INVISIBLE.sub("", plain).replace("\u00a0", " ").replace("\u202f", " "), marked


def printed_lines(text: str) -> list[str]:
    """The non-empty lines of a cell, single-spaced, with words broken at a line's end put together."""
    mended = _BROKEN_WORD.sub(lambda found: mend(found[1], found[2]), text)
    return [line for line in (" ".join(raw.split()) for raw in mended.split("\n")) if line]


def one_line(text: str) -> str:
    return " ".join(printed_lines(text))


def mend(first: str, second: str) -> str:
    """Two halves of a word parted at a hyphen; a compound («научно-» + «методический») and months keep it."""
    keeps = _COMPOUND_HALF.search(first) or _MONTH.match(second)
    return f"{first}-{second}" if keeps else first + second


def join_broken(upper: str, lower: str) -> str:
    """The parts of a cell that a page break cut in two."""
    if not upper or not lower:
        return upper or lower
    if re.search(r"[А-Яа-яЁё]{2}-$", upper) and re.match(r"[а-яё]{2}", lower):
        head, _, last = upper[:-1].rpartition(" ")
        word, _, tail = lower.partition(" ")
        return f"{head} {mend(last, word)} {tail}".strip()
    return f"{upper} {lower}"


def unspace(text: str) -> str:
    """«П Р И К А З» as «ПРИКАЗ»; ordinary words stay."""
    return _SPACED.sub(lambda found: found[0].replace(" ", ""), text)


def fold(text: str) -> str:
    """Lower case, ё as е, single spaces: for comparing, never for showing."""
    return " ".join(unspace(text).lower().replace("ё", "е").split())
