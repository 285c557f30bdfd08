"""Typography of Russian documents: quotation marks, dashes, no-break spaces.

Nothing here adds, drops or moves a letter or a figure, and what is tidy stays as it is.
"""

from __future__ import annotations

import re

NBSP = "\N{NO-BREAK SPACE}"
_SPACES = re.compile(f"[ \t{NBSP}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]+")
_SPACE_BEFORE = re.compile(f"[ {NBSP}]+(?=[,;:!?)»]|\\.(?:[ {NBSP}]|$))")
_SPACE_BEHIND = re.compile(f"(?<=[(«„])[ {NBSP}]+")
_DASH = re.compile(f"(?<=[^\\s{NBSP}])[ {NBSP}]+[-‐‒–—][ ]+(?=\\S)")
_YEARS = re.compile(r"(?<![\d№.,/–-])((?:19|20)\d\d) ?[-‒—] ?((?:19|20)\d\d)(?![\d.,/-]\d|-)")
_RANGE = re.compile(r"(?<![\w№.,/–-])(?<!№.)([1-9]\d?)[-‒—]([1-9]\d?)(?=[ \u00a0][а-яё])")
_NUMBER_SIGN = re.compile(f"№[ {NBSP}]*(?=\\w)")
#: A number counts the word behind it, unless that begins a phrase of its own.
_NUMBER_AND_WORD = re.compile(r"(?<=\d) (?=[а-яё%])(?!(?:ст|п|пп|гл|разд)\.|(?:от|до|и|или|в|на|по|с|к|за|из|о|об|для|при|без|у|а|не)\b)")
_MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_MONTH_AND_YEAR = re.compile(f"({_MONTHS}) (?=\\d{{4}}\\b)")
_PLACE_AND_NUMBER = re.compile(r"(?<!\w)(п|пп|ст|ч|гл|разд|стр|рис|табл|прил)\. ?(?=\d)")
_INITIAL = "[А-ЯЁ]\\."
_INITIALS_BEFORE = re.compile(f"(?<!\\w)({_INITIAL})[ {NBSP}]?({_INITIAL})[ {NBSP}]*(?=[А-ЯЁ][а-яё])")
_INITIAL_BEFORE = re.compile(f"(?<![\\w.])({_INITIAL})[ {NBSP}]+(?=[А-ЯЁ][а-яё])")
_INITIALS_BEHIND = re.compile(f"(?<=[а-яё])[ {NBSP}]+({_INITIAL})[ {NBSP}]?({_INITIAL})(?!\\w)")
_QUOTES = re.compile("[«»„“”\"]")


def tidy(text: str) -> str:
    """«ёлочки» with nested „лапки“; no-break spaces in «№ 5», «5 пунктов», «С.С. Левченко»; «2019–2021», « – »."""
    return "\n".join(_tidy_line(line) for line in text.split("\n"))


def _tidy_line(line: str) -> str:
    line = _SPACES.sub(lambda found: NBSP if NBSP in found.group() else " ", line).strip(f" {NBSP}")
    line = _quoted(line)
    line = _SPACE_BEHIND.sub("", _SPACE_BEFORE.sub("", line))
    line = _RANGE.sub(_rising, _YEARS.sub(r"\1–\2", _DASH.sub(f"{NBSP}– ", line)))
    line = _NUMBER_SIGN.sub(f"№{NBSP}", line)
    line = _MONTH_AND_YEAR.sub(rf"\1{NBSP}", _NUMBER_AND_WORD.sub(NBSP, line))
    line = _PLACE_AND_NUMBER.sub(rf"\1.{NBSP}", line)
    line = _INITIALS_BEFORE.sub(rf"\1\2{NBSP}", line)
    line = _INITIAL_BEFORE.sub(rf"\1{NBSP}", line)
    return _INITIALS_BEHIND.sub(rf"{NBSP}\1\2", line)


def _rising(found: re.Match[str]) -> str:
    """«5–7 классы»; «21-05 за год» is no range."""
    first, last = found.groups()
    return f"{first}–{last}" if int(first) < int(last) else found.group()


def _quoted(line: str) -> str:
    """The line with its quotation marks by depth; as it is where they do not pair."""
    pieces: list[str] = []
    depth = end = 0
    opened = False
    for match in _QUOTES.finditer(line):
        opened = _opens(match, line, opened and match.start() == end)
        pieces.append(line[end : match.start()])
        end = match.end()
        if opened:
            pieces.append("«" if depth % 2 == 0 else "„")
            depth += 1
        else:
            depth -= 1
            if depth < 0:
                return line
            pieces.append("»" if depth % 2 == 0 else "“")
    return line if depth else "".join([*pieces, line[end:]])


def _opens(mark: re.Match[str], line: str, behind_opening: bool) -> bool:
    """Whether the mark opens: by its shape, or where one shape serves both ways by what stands around it."""
    if mark.group() in "«„":
        return True
    if mark.group() in "»”":
        return False
    before = line[mark.start() - 1] if mark.start() else " "
    behind = line[mark.end()] if mark.end() < len(line) else " "
    return (behind_opening or before.isspace() or before in "([-–—/") and (behind.isalnum() or behind in "«„“\"№(")
