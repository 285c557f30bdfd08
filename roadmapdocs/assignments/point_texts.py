"""The operative part of a text cut into its points: what stands behind «ПРИКАЗЫВАЮ:», or «РЕШИЛИ:» in minutes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from roadmapdocs.assignments.point_names import NAME
from roadmapdocs.drafting.returned_text import despaced

#: A text of more points, or of more signs in them, is no order; the rest is not looked at.
MOST_POINTS: Final = 500
MOST_SIGNS: Final = 100_000
#: Lines that are looked at, and signs of one line or point: nothing that somebody wrote by hand is longer.
MOST_LINES: Final = 20_000
LONGEST: Final = 5_000
_DECREE = re.compile(
    r"\b(?:приказываю|обязываю|распоряжаюсь|предлагаю|постановляю|приказано|распорядился)(?P<more>\s*:\s*\S.*|\s*:?\s*)$", re.IGNORECASE
)
_DECIDED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s*)?(?:решили|постановили|решено|постановлено|решение)\s*:\s*(?P<more>.*)$", re.IGNORECASE)
_NEXT_QUESTION = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s*)?(?:слушали|выступили|голосовали|повестка|председател|секретар|по \w+ вопросу)\b", re.IGNORECASE
)
_END = re.compile(
    r"(?:приложени[ея](?:\s*№?\s*\d+)?(?:\s+к\b.*)?$|утвержд[её]н[оаы]?\b|с приказом ознакомлен|ознакомлен[ыа]?\b|исполнитель\b|согласовано\b"
    r"|проект (?:вносит|подготовил)|(?:исп|тел)\.|дело №)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?:[.)]\s*|\s+)(?=[^\d\s])(?P<rest>.+)$")
_MULTIPLE = re.compile(r"\d+(?:\.\d+)+")
_BULLET = re.compile(r"[-–—•*]\s*(?=\S)")
_SENTENCE_END: Final = (".", "!", "?", ";")
_MONTH = re.compile(r"(?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)", re.IGNORECASE)


@dataclass(slots=True)
class PrintedPoint:
    """``number`` without its last full stop («2.1»), empty where none is printed; ``table``: one stands below it."""

    number: str
    words: str
    table: bool = False
    below: list[PrintedPoint] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """The points of one operative part, each above its own; ``decided``: of minutes; ``cut``: more of it is not read."""

    points: tuple[PrintedPoint, ...]
    decided: bool = False
    cut: bool = False


def parts_of(lines: Sequence[str], signer: str = "") -> tuple[Part, ...]:
    """The operative part of an order, or those of each question of minutes; () where the text has none.

    ``signer`` is their name, surname first: the table in which they sign is none of a point.
    """
    plain = [_plain(line[:LONGEST]) for line in lines[:MOST_LINES]]
    for place, line in enumerate(plain):
        if (found := _DECREE.search(line)) is not None:
            more = found["more"].lstrip(" :").strip()
            block = [more, *plain[place + 1 :]] if more else plain[place + 1 :]
            return tuple(_as_far_as_read([block], signer, decided=False))
    return tuple(_as_far_as_read(_decisions(plain), signer, decided=True))


def _as_far_as_read(blocks: Iterable[list[str]], signer: str, *, decided: bool) -> Iterator[Part]:
    """Parts with points, until there are more than an order has."""
    number = signs = 0
    for block in blocks:
        points = _points(block, signer)
        kept: list[PrintedPoint] = []
        for point in points:
            number, signs = number + 1, signs + len(point.words)
            if number > MOST_POINTS or signs > MOST_SIGNS:
                break
            kept.append(point)
        cut = len(kept) < len(points)
        if points:
            yield Part(_tree(kept), decided=decided, cut=cut)
        if cut:
            return


def _plain(line: str) -> str:
    """One line, a tab kept: it tells a row of a table. Marks of bold type are of plain text files."""
    return "\t".join(" ".join(despaced(cell).split()) for cell in line.replace("**", "").split("\t"))


def _decisions(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] | None = None
    for line in lines:
        if (found := _DECIDED.match(line)) is not None:
            if block is not None:
                yield block
            block = [found["more"]] if found["more"] else []
        elif block is not None and _NEXT_QUESTION.match(line):
            yield block
            block = None
        elif block is not None:
            block.append(line)
    if block is not None:
        yield block


def _points(lines: Sequence[str], signer: str) -> list[PrintedPoint]:
    """Points in their order. A line without a number goes on with the point before it, unless it stands behind the
    last one: there the signature begins. Without any number, each paragraph is a point.
    """
    found: list[PrintedPoint] = []
    loose: list[str] = []
    rows: list[str] = []
    for line in lines:
        if _END.match(line) or len(found) > MOST_POINTS:
            break
        if "\t" in line:
            if found and not loose:
                rows.append(line)
                found[-1].table = _is_list(rows, signer)
            continue
        one = _numbered(line)
        if one is None:
            loose.append(line)
            continue
        if found and _starts_anew(one.number, found[-1].number):
            break
        if found:
            _go_on(found[-1], loose, last=False)
        loose, rows = [], []
        found.append(one)
    if not found:
        return _paragraphs(loose)
    _go_on(found[-1], loose, last=True)
    return found


def _is_list(rows: Sequence[str], signer: str) -> bool:
    """Whether these rows of a table are a list: several with words in them, the signature above or below left out.

    Rows that all end in a name and have no head above them are signatures, whoever signs.
    """
    if all(NAME.fullmatch(row.rpartition("\t")[2]) for row in rows):
        return False
    surname = signer.split(maxsplit=1)[0].casefold() if signer.strip() else ""
    if surname and surname in rows[0].casefold():
        return False
    if surname and surname in rows[-1].casefold():
        rows = rows[:-1]
    return sum(any(sign.isalpha() for sign in row) for row in rows) > 1


def _numbered(line: str) -> PrintedPoint | None:
    found = _NUMBERED.match(line)
    if found is None or _MONTH.match(found["rest"]):
        return None
    plain_number = line[len(found["number"])] not in ".)" and not _MULTIPLE.fullmatch(found["number"])
    return None if plain_number else PrintedPoint(found["number"], found["rest"].strip())


def _starts_anew(number: str, before: str) -> bool:
    """Whether counting begins again at one: an appendix that has no heading."""
    now, was = [int(one) for one in number.split(".")], [int(one) for one in before.split(".")]
    return now[0] == 1 and now < was


def _go_on(point: PrintedPoint, loose: Sequence[str], *, last: bool) -> None:
    for line in loose:
        if len(point.words) + len(line) > LONGEST:
            return
        whole = point.words.endswith(_SENTENCE_END)
        if last and whole and not (_BULLET.match(line) and point.words.endswith(";")):
            return
        if last and line[:1].isupper() and not point.words.endswith((":", ",")) and _looks_like_a_signature(line):
            return
        point.words = f"{point.words} {_BULLET.sub('', line, count=1)}"


def _looks_like_a_signature(line: str) -> bool:
    return len(line) < 80 and not line.endswith(_SENTENCE_END)


def _paragraphs(lines: Sequence[str]) -> list[PrintedPoint]:
    """Paragraphs up to the first that is no sentence."""
    found: list[PrintedPoint] = []
    for line in lines:
        if not line:
            continue
        if not line.endswith((*_SENTENCE_END, ":")):
            break
        found.append(PrintedPoint("", _BULLET.sub("", line, count=1)))
    return found


def _tree(points: Sequence[PrintedPoint]) -> tuple[PrintedPoint, ...]:
    """«2.1» below «2» where there is one."""
    top: list[PrintedPoint] = []
    by_number: dict[str, PrintedPoint] = {}
    for point in points:
        above = by_number.get(point.number.rpartition(".")[0]) if "." in point.number else None
        (above.below if above is not None else top).append(point)
        if point.number:
            by_number[point.number] = point
    return tuple(top)
