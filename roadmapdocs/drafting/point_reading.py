"""A point of an order or a decision as people write it, read into its parts (``domain.md`` §7.1, §11).

«2. Отделу общего образования (Шилко Т.В.) подготовить справку в срок до 01.12.2025.»: who, what, until when. The
executor stands in the dative before a colon or the infinitive; what no rule knows stays in the text, word for word.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from roadmapdocs.drafting.infinitives import first_infinitive, is_infinitive
from roadmapdocs.drafting.values import Cited, Executor, Point, PointKind
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.dates import read_date
from roadmapdocs.russian.morphology import readings
from roadmapdocs.russian.references import find_references

#: A point longer than this is no point with an executor and a term; its text is kept as it stands.
LONGEST: Final = 10_000
_HEAD: Final = 300

_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})[.)]?\s+(?=\S)")
_DATE = (
    r"(?:\d{1,2}\.\d{1,2}\.\d{2,4}|[«\"“]?\d{1,2}[»\"”]?\s+(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр"
    r"|ноябр|декабр)[а-я]{1,2}\s+\d{4})(?:\s*(?:года|г\.?))?"
)
_LEAD = r"(?:срок\s*(?:исполнения)?\s*[-–—:]?\s*|в\s+срок\s+)?(?:(?:до|не\s+позднее|к)\s+)"
_DUE_BEHIND = re.compile(rf"(?<![\s,;(])[\s,;(]+(?:{_LEAD}|срок\s*(?:исполнения)?\s*[-–—:]\s*)(?P<date>{_DATE})\)?", re.IGNORECASE)
_DUE_BEFORE = re.compile(rf"(?:в\s+срок\s+)?(?:до|не\s+позднее)\s+(?P<date>{_DATE}),?\s+", re.IGNORECASE)
_TERM = re.compile(
    r"(?<![\s,;])[\s,;]+(?P<term>(?:(?:ежедневно|еженедельно|ежемесячно|ежеквартально|ежегодно|постоянно|незамедлительно|срочно"
    r"|оперативно)(?:,?\s+(?:до|к|не\s+позднее)\s[^.;:]{3,40})?"
    r"|(?:не\s+реже\s+)?(?:одного|двух|трёх|\d+)\s+раза?\s+в\s+(?:год|полугодие|квартал|месяц|неделю)"
    r"|(?:в\s+срок\s+)?до\s+(?:конца\s|\d{1,2}(?:-го)?\s+числа)[^.;:]{2,60}|в\s+течение\s[^.;:,]{3,40}))",
    re.IGNORECASE,
)
_APPENDIX = re.compile(r"приложени(?:е|ю|я|и)(?:\s*№\s*(?P<number>\d{1,3}))?", re.IGNORECASE)
_KINDS: Final = (
    (PointKind.APPROVE, re.compile(r"утвердить\s", re.IGNORECASE)),
    (PointKind.REPEAL, re.compile(r"признать\s+(?:\S+\s+)?утратившим[и]?\s+силу|отменить\s+(?:приказ|распоряжени)", re.IGNORECASE)),
    (PointKind.CONTROL, re.compile(r"контроль\s+(?:за|над|исполнени|выполнени)", re.IGNORECASE)),
    (PointKind.FORCE, re.compile(r"(?:\S+\s+){0,2}вступает\s+в\s+силу", re.IGNORECASE)),
)
# A beginning that is no executor, whatever its ending.
_NOT_EXECUTORS: Final = frozenset(
    "в во на по при для с со до к ко о об от из за не ни также ежегодно ежеквартально ежемесячно еженедельно постоянно"
    " рекомендации информации настоящим далее своевременно после перед кроме и или если".split()
)
#: «Зам. начальника»: what the dictionary does not decline.
_SHORT_POSTS: Final = frozenset({"зам", "нач", "гл", "зав", "врио"})
_NAME = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line of a text: its number without the last full stop («2.1»), and what stands behind it."""

    number: str
    text: str


def numbered(line: str) -> Numbered:
    """The number that a line begins with, if it does: a date or a year is none."""
    line = line.strip()
    found = _NUMBER.match(line)
    if found is None or re.match(_DATE, line) or len(found["number"].split(".")[0]) > 2:
        return Numbered("", line)
    return Numbered(found["number"], line[found.end() :].strip())


def read_point(text: str, known: Mapping[str, Executor] | None = None) -> Point:
    """A point out of its words, with or without a number in front. ``known`` are executors by their words in the
    dative, as :func:`key_of` folds them; others keep their words (``Executor.text``).
    """
    body = " ".join(numbered(" ".join(text.split())).text.split())
    if len(body) > LONGEST:
        return Point(text=body)
    body = without_stop(body)
    for kind, beginning in _KINDS:
        if beginning.match(body):
            return _special(kind, body)
    return _task(body, known or {})


def key_of(words: str) -> str:
    """Words of an executor folded for comparing: «Масленко В. И.» is «масленко в.и»."""
    folded = re.sub(r"\.\s+(?=\w\.)", ".", " ".join(words.casefold().replace("ё", "е").split()))
    return folded.strip(" .,:;")


def _special(kind: PointKind, body: str) -> Point:
    if kind is PointKind.APPROVE:
        found = _APPENDIX.search(body)
        return Point(kind=kind, text=body, appendix=int(found["number"] or 1) if found else 0)
    if kind is PointKind.REPEAL:
        cited = next(iter(find_references(body)), None)
        document = Cited(kind=cited.kind_word, date=cited.date, number=cited.number, title=cited.title) if cited else None
        return Point(kind=kind, text=body, document=document)
    return Point(kind=kind, text=body)


def _task(body: str, known: Mapping[str, Executor]) -> Point:
    body, due = _due_before(body)
    head, rest = _head(body)
    head, due_of_head, term = _term_behind(head)
    due = due or due_of_head
    shorter, behind, term_behind = _term_behind(rest)
    # A point holds one day and one term; what it says beside them stays in its text.
    if not (due and behind) and not (term and term_behind):
        rest, due, term = shorter, due or behind, term or term_behind
    if not head:
        kind = PointKind.TASK if due or term else PointKind.PLAIN
        return Point(kind=kind, text=_capital(rest), due=due, term=term)
    executors = tuple(known.get(key_of(words)) or Executor(text=words) for words in listed(head))
    return Point(kind=PointKind.TASK, text=rest, executors=executors, due=due, term=term)


def _head(body: str) -> tuple[str, str]:
    """Who stands before the colon or the infinitive, and what comes behind; nobody where the text begins with it."""
    first = _WORD.search(body)
    if first is None or is_infinitive(first[0]) or first[0].casefold() in _NOT_EXECUTORS:
        return "", body
    verb = first_infinitive(body)
    colon = _colon(body)
    if colon is not None and (verb is None or colon < verb) and colon <= _HEAD and _is_dative(body, first[0]):
        return body[:colon].strip(), body[colon + 1 :].strip()
    if verb is None or verb > _HEAD or not _is_dative(body, first[0]):
        return "", body
    before = body[:verb]
    if before.endswith(" не "):
        verb -= len("не ")
    return body[:verb].strip(" ,"), body[verb:].strip()


def _is_dative(body: str, first: str) -> bool:
    """Whether a text begins like an executor: a surname with initials, an abbreviation, or a word in the dative."""
    if first.isupper() or _NAME.match(body) or first.casefold() in _SHORT_POSTS:
        return True
    # Both halves of «учителям-предметникам» decline; the dictionary knows the last one better.
    return any(one.case is Case.DAT for one in readings(first.rpartition("-")[2]))


def _colon(body: str) -> int | None:
    """The first colon that is not in brackets or quotation marks."""
    depth = 0
    for place, sign in enumerate(body):
        depth += (sign in "(«") - (sign in ")»")
        if sign == ":" and depth <= 0:
            return place
    return None


def listed(head: str) -> list[str]:
    """Executors one by one. «Шилко Т.В., начальнику отдела» is one: a post in small letters goes with its name."""
    pieces: list[str] = []
    depth = last = 0
    for found in re.finditer(r"[(«)»]|,\s+(?:и\s+)?|\s+и\s+(?=\S)", head):
        sign = found[0]
        if sign in "(«)»":
            depth += 1 if sign in "(«" else -1
        elif depth <= 0 and _parts(head, found):
            pieces.append(head[last : found.start()])
            last = found.end()
    pieces.append(head[last:])
    return [piece.strip() for piece in pieces if piece.strip()]


def _parts(head: str, found: re.Match[str]) -> bool:
    behind, before = head[found.end() :], head[: found.start()]
    if "," in found[0]:
        return not (behind[:1].islower() and before.endswith("."))
    # «отделу кадров и правовой работы» is one unit: only what names people or begins like an executor is parted.
    return bool(_NAME.match(behind)) or behind[:1].isupper() or bool(re.match(r"[а-яё]+(?:ам|ям|елю|нику|тору)\s", behind))


def _due_before(body: str) -> tuple[str, dt.date | None]:
    found = _DUE_BEFORE.match(body)
    day = read_date(found["date"]) if found else None
    return (body[found.end() :], day) if found and day else (body, None)


def _due_behind(words: str) -> tuple[str, dt.date | None]:
    """The day that the words end with, and the words without it."""
    for found in _DUE_BEHIND.finditer(words):
        day = read_date(found["date"]) if not words[found.end() :].strip(" .)") else None
        if day is not None:
            return words[: found.start()].rstrip(" ,;("), day
    return words, None


def _term_behind(words: str) -> tuple[str, dt.date | None, str]:
    rest, due = _due_behind(words)
    if due is not None:
        return rest.rstrip(" -–—"), due, ""
    for found in _TERM.finditer(words):
        if not words[found.end() :].strip(" ."):
            return words[: found.start()].rstrip(" ,;"), None, found["term"].strip()
    return words, None, ""


def without_stop(body: str) -> str:
    """Without the last full stop, which the template prints; that of «г.» or of initials stays."""
    if body.endswith(";"):
        return body[:-1].rstrip()
    if not body.endswith(".") or body.endswith("...") or re.search(r"(?:\b[А-ЯЁ]|\s(?:г|гг|руб|др|пр|т\.д|т\.п))\.$", body):
        return body
    return body[:-1].rstrip()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
