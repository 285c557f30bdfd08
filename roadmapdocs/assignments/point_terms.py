"""The words of a deadline inside the words of a point: «… срочно», «в месячный срок подготовить …», «ежеквартально»."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from roadmapdocs.russian.terms import Term, find_terms

_HASTE = r"срочно|незамедлительно|немедленно|безотлагательно|оперативно"
_SPAN = (
    r"(?:в|во)\s+(?:\d{1,3}(?:-?ти|-?х)?[-\s]?)?[а-яё]*(?:дневный|недельный|месячный|декадный|суточный|годичный)\s+срок"
    r"|в\s+течени[еи]\s+(?:\d{1,3}(?:\s*\([а-яё\s]+\))?\s+|[а-яё]+\s+){0,2}(?:рабочих\s+|календарных\s+|рабочего\s+)?"
    r"(?:дней|дня|суток|недел[ьи]|месяц(?:а|ев))"
)
#: From what day a span runs, where it is not the day of signing: then the span is no deadline that can be counted.
_SINCE = r"(?:\s+(?:со\s+дня|с\s+момента|с\s+даты|после|от\s+даты)\s+[^,.;:]{3,80})?"
_END_OF = r"до\s+(?:конца|окончания)\s+(?:[а-яё]+\s+)?(?:недели|месяца|квартала|полугодия|года)"
_BY_NUMBER = r"(?:в\s+срок\s+)?(?:до|не\s+позднее|к)\s+\d{1,2}(?:-?го)?\s+числ[ау](?:\s+(?:текущего|следующего)\s+месяца|\s+месяца,\s+следующего\s+за\s+отч[её]тн[а-я]+(?:\s+[а-я]+)?)?"
_MONTHS = "январ[яе]|феврал[яе]|март[ае]|апрел[яе]|ма[яе]|июн[яе]|июл[яе]|август[ае]|сентябр[яе]|октябр[яе]|ноябр[яе]|декабр[яе]"
#: Days without a year, and days that the calendar lacks: the grammar of terms takes neither out of prose.
_DAY = (
    rf"(?:(?:в\s+срок\s+)?(?:до|к|не\s+позднее)|срок(?:\s+исполнения)?\s*[-–—:](?:\s*до)?)\s+"
    rf"(?:\d{{1,2}}\.\d{{1,2}}(?:\.\d{{2,4}})?|\d{{1,2}}\s+(?:{_MONTHS})(?:\s+\d{{4}})?)(?:\s*(?:года|г\.))?|во?\s+(?:{_MONTHS})(?:\s+\d{{4}}\s+года)?"
)
_OWN = re.compile(rf"(?<![\w-])(?:(?:{_SPAN}){_SINCE}|{_END_OF}|{_BY_NUMBER}|{_DAY}|(?:{_HASTE}))(?![\w-])", re.IGNORECASE)
_LASTS = re.compile(r"постоянно|в течени|на постоянной", re.IGNORECASE)
_JOINED = re.compile(r"[\s,]*(?:и\s+)?")
_EDGE = " ,;:–—-"


@dataclass(frozen=True, slots=True)
class Found:
    """Words of deadlines in the order of the text, and the text without a single one that stands at its edge."""

    words: tuple[str, ...]
    rest: str


def deadlines_in(text: str, start: dt.date) -> Found:
    """What of a text says until when. «за I квартал», years of a programme and dates of cited documents do not.

    ``start`` is the day from which deadlines are counted: it gives a year to days without one.
    """
    spans = _spans(text, start)
    words = tuple(text[start:end].strip(_EDGE) for start, end in spans)
    if len(spans) == 1:
        ((first, after),) = spans
        before, behind = text[:first].rstrip(_EDGE + "("), text[after:].lstrip(_EDGE + ")")
        if not behind.strip(" .") or not before.strip():
            return Found(words, before or behind)
    return Found(words, text)


def _spans(text: str, day: dt.date) -> list[tuple[int, int]]:
    """Where they stand; of two that overlap or only commas part, one."""
    places = [(found.start(), found.end()) for found in _OWN.finditer(text) if not _only_how(found, text)]
    at = 0
    for term in find_terms(text, years=(day.year, day.year)):
        start = text.find(term.text, at)
        if start < 0:
            continue
        at = start
        if _says_when(term, text, start, day):
            places.append((_led(text, start), start + len(term.text)))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and (start < merged[-1][1] or _JOINED.fullmatch(text, merged[-1][1], start)):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _says_when(term: Term, text: str, start: int, day: dt.date) -> bool:
    if term.kind in {"deadline", "recurring"}:
        return True
    if term.kind == "range":
        # «провести в октябре»; what was «в 2021 году» is told, not ordered.
        inside = re.match(r"во?\s", term.text) or re.search(r"(?:^|\s)во?\s+$", text[:start], re.IGNORECASE)
        return bool(inside) and term.end is not None and term.end >= day
    return term.kind == "continuous" and _LASTS.match(text, start) is not None


def _led(text: str, start: int) -> int:
    """«в срок» before «до 1 декабря» belongs to it."""
    lead = re.search(r"(?:в\s+срок\s+|(?<!\w)во?\s+|\(?срок(?:\s+исполнения)?\s*[-–—:]\s*)$", text[:start], re.IGNORECASE)
    return lead.start() if lead else start


def _only_how(found: re.Match[str], text: str) -> bool:
    """«оперативно информировать» in the middle says how; at the edges of a point it says when."""
    if not re.fullmatch(_HASTE, found[0], re.IGNORECASE):
        return False
    return bool(text[: found.start()].strip(_EDGE)) and bool(text[found.end() :].strip(_EDGE + "."))
