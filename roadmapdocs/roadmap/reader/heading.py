"""The title of a roadmap and the years of its plan, from the text above its table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roadmapdocs.files.reading.blocks import Paragraph
from roadmapdocs.roadmap.reader.clean import fold, one_line, strip_markup, unspace

_PLAN = re.compile(
    r"(?:[«\"(]*\s*)(?:[а-я-]+(?:ый|ий|ой|ая|ые|ого)\s+){0,3}[«\"(]*"
    r"(?:дорожн\w+ карт\w+|план[ае]?\b|план-график|программ[аы]|комплекс мер|перечень мероприятий|мероприятия|меры\b)"
)
_STOP = re.compile(
    r"^(?:цель|цели|задач[аи]|ожидаемые|раздел|направлени|№|основани|пояснительн|срок|сокращени|приложени|утвержда|согласова|"
    r"об? утверждении|\d+[.)]\s|[-–•]\s|в (?:целях|соответствии)|паспорт)"
)
_LOWER_OR_YEARS = re.compile(r"[а-яё«(\"]|\d{4}|на \d{4}|в \d{4}")
_LONGEST = 700
_YEAR = r"20\d\d(?:\s?[-–—/]\s?\d\d(?!\d))?"
_NOUN = r"(?:(?:учебн\w+|уч\.?)\s*)?(?:год[а-я]*|гг?\b\.?|г\.\s?г\.?)"
_MONTH = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*"
_DAY_OF_YEAR = re.compile(r"\b\d{1,2}\.\d{1,2}\.(?=20\d\d\b)")
# Years with nothing but their signs between them: «2022-2023, 2023-2024 учебные годы», «2022 год и плановый период 2023-2024».
_RUN = re.compile(
    rf"\b(?P<years>{_YEAR}(?:\s*(?:{_NOUN})?\s*(?:[-–—/,]|по|и|до)\s*(?:плановый\s+период\s+)?(?:{_MONTH}\s+)?{_YEAR})*)"
    r"(?P<noun>\s*(?:(?P<school>уч|у\.\s?г)|г\b|гг\b|год))?",
    re.IGNORECASE,
)


def find_title(paragraphs: Sequence[Paragraph]) -> str:
    """The heading nearest to what a person would call the title; empty if there is none.

    Bold text wins, then the text after the stamp or order, then the first line that opens with such words.
    """
    candidates = [index for index, paragraph in enumerate(paragraphs) if _opens(paragraph.text)]
    best = max(candidates, key=lambda index: (_weight(paragraphs, index), -index), default=None)
    if best is None:
        return ""
    return _together(paragraphs, best)


def find_years(*texts: str) -> tuple[int, int] | None:
    """The first text that names years decides: «на 2020-2022 годы», «на 2022 год», «на 2022/23 учебный год»."""
    for text in texts:
        runs = [(_years_of(run["years"]), run["noun"]) for run in _RUN.finditer(_DAY_OF_YEAR.sub("", text))]
        spans = [years for years, _noun in runs if years and years[0] < years[1]]
        single = [years for years, noun in runs if years and noun]
        if spans or single:
            return (spans or single)[-1]
    return None


def names_school_years(text: str) -> bool:
    """Does the last stretch of years count school years, from September to August?"""
    spans = [run for run in _RUN.finditer(text) if (years := _years_of(run["years"])) and years[0] < years[1]]
    return bool(spans and spans[-1]["school"])


def _years_of(printed: str) -> tuple[int, int] | None:
    """First and last year of a run; a short one («2022/23») belongs to the century of the one before."""
    years = [int(year) if len(year) == 4 else 2000 + int(year) for year in re.findall(r"\d{4}|\d\d", printed)]
    first, last = min(years), max(years)
    return (first, last) if years == sorted(years) and last <= first + 20 else None


def _opens(text: str) -> bool:
    folded = fold(strip_markup(text)[0])
    return bool(_PLAN.match(folded)) and len(folded) <= _LONGEST


def _weight(paragraphs: Sequence[Paragraph], index: int) -> int:
    text = paragraphs[index].text
    bare = strip_markup(text)[0].strip()
    weight = 4 if text.lstrip().startswith("**") else 0
    whole = fold(_together(paragraphs, index))
    weight += 3 if "дорожн" in fold(bare) or "план мероприятий" in whole or whole.endswith("(дорожная карта)") else 0
    weight += 1 if unspace(bare).isupper() else 0
    weight -= 5 if re.search(r"(?<!г)\.$", bare) or re.match(r"дорожная карта (?:является|содержит|включает)", fold(bare)) else 0
    return weight


def _together(paragraphs: Sequence[Paragraph], index: int) -> str:
    """A title printed on several lines, as one."""
    raw = paragraphs[index].text
    parts = [raw]
    bold = raw.lstrip().startswith("**")
    bold_open = bold and raw.count("**") % 2 == 1
    for before, paragraph in zip(paragraphs[index:], paragraphs[index + 1 :], strict=False):
        text, _marked = strip_markup(paragraph.text)
        text = text.strip()
        if not text:
            continue
        adjacent = paragraph.line - before.line <= 2
        ended = (bold and not bold_open) or parts[-1].rstrip().endswith(".") or _STOP.match(fold(text))
        if not bold_open and (ended or not adjacent or not _goes_on(parts[0], text)):
            break
        parts.append(paragraph.text)
        if paragraph.text.count("**") % 2 == 1:
            bold_open = False
        if sum(map(len, parts)) > _LONGEST:
            break
    return one_line(unspace(strip_markup(" ".join(parts))[0])).strip(" .") if not _ends_year(parts) else one_line(
        unspace(strip_markup(" ".join(parts))[0])
    )


def _ends_year(parts: list[str]) -> bool:
    """«… гг.» keeps its dot."""
    return bool(re.search(r"\bгг?\.?$", strip_markup(parts[-1])[0].strip()))


def _goes_on(first: str, text: str) -> bool:
    if unspace(strip_markup(first)[0]).isupper():
        return text.isupper() or bool(_LOWER_OR_YEARS.match(text))
    return bool(_LOWER_OR_YEARS.match(text))
