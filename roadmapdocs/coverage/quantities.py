"""Planned values as numbers of documents: «2», «не менее 4», «1; 2», «1 (май)», «100%».

The printed value stays what it is; this only says how many documents it asks for. Where a figure counts
something else (schools, percents, an upper limit), one document proves it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from roadmapdocs.coverage.months import MONTH

_NOTHING = frozenset({"-", "–", "—", "нет"})
_WORDS = {
    word: number
    for number, forms in enumerate(
        (
            "один одна одно одного одной",
            "два две двух",
            "три трех",
            "четыре четырех",
            "пять пяти",
            "шесть шести",
            "семь семи",
            "восемь восьми",
            "девять девяти",
            "десять десяти",
        ),
        start=1,
    )
    for word in forms.split()
}
# Figures that are dates or the names of periods, not amounts.
_DATES = re.compile(
    rf"[0-9]{{1,2}}\.[0-9]{{1,2}}(?:\.[0-9]{{2,4}})?|\b(?:19|20)[0-9]{{2}}\b|\b[0-9]{{1,2}}\s+{MONTH}"
    r"|\b[1-4]\s*-?(?:й|м|го)?\s*(?:квартал|полугоди)"
)
_FIGURE = re.compile(r"(?<![0-9])([0-9]{1,4})(?![0-9])(?:\s*[-–—]\s*[0-9]{1,4})?\s*([а-я]*)")
_UPPER_LIMIT = re.compile(r"\b(?:до|не более|не больше)\s*$")
# Units in which documents and meetings are counted; any other word after a figure counts something else.
_UNITS = re.compile(
    r"(?:шт|экз|ед|раз|документ|приказ|распоряж|положен|поряд|протокол|справ|отч|план|програм|договор|соглашен"
    r"|рекоменд|переч|спис|заседан|совещан|семинар|мероприят)[а-я]*|в|за|на|и|или|не|по|ежегодно"
)


@lru_cache(maxsize=4096)
def figures(printed: str) -> tuple[int, ...]:
    """How many documents each part of a printed value asks for, 0 for «0» and for an empty cell."""
    text = printed.casefold().replace("ё", "е").strip()
    if not text:
        return (0,)
    outside = re.sub(r"\([^()]*\)", " ", text).strip() or text
    read = (_figure(part.strip(" .")) for part in re.split(r"[;\n]|,\s", outside))
    return tuple(number for number in read if number is not None) or (1,)


def wanted(printed: str, index: int, documents: int) -> int:
    """Share of a printed value that falls to expected document ``index`` of ``documents``.

    «1; 2» gives 1 to the first and 2 to the second; a single figure holds for every one; where there are more
    figures than documents, the last document answers for the rest; where fewer, one each for the others.
    """
    parts = figures(printed)
    if len(parts) == 1:
        return parts[0]
    if index >= len(parts):
        return 1
    return sum(parts[index:]) if index == documents - 1 else parts[index]


def _figure(part: str) -> int | None:
    """The amount in one part; None when it names none."""
    if part in _NOTHING:
        return 0
    text = _DATES.sub(" ", part)
    found = _FIGURE.search(text)
    if found is None:
        return next((_WORDS[word] for word in re.findall(r"[а-я]+", text) if word in _WORDS), None)
    number, unit = int(found[1]), found[2]
    counts_other = "%" in text or "процент" in text or (unit and not _UNITS.fullmatch(unit))
    if counts_other or _UPPER_LIMIT.search(text[: found.start()]):
        return min(number, 1)
    return number
