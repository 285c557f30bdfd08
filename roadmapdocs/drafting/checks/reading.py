"""The text of a file as checks see it: parts with their marks and stamps, numbered points, the signature.

Every pattern looks at one paragraph of bounded length, so that a hostile text costs no more than its length.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from roadmapdocs.drafting.checks.facts import Part, Passage, PrintedMark, PrintedStamp, Signature, Text
from roadmapdocs.files.reading.blocks import Block, Paragraph
from roadmapdocs.russian.document_heads import read_head
from roadmapdocs.russian.mending import mend
from roadmapdocs.russian.reference_pieces import pieces_of

#: Paragraphs of a file that are looked at, and signs of one; offices write a tenth of it.
MOST_PASSAGES: Final = 20_000
LONGEST_PASSAGE: Final = 20_000
_STAMP_LINES = 6
_HEAD_LINES = 40
_SHORT = 160
#: Post and name in one row of a table.
_LONG_POST = 500
_POST_LINES = 4
#: Paragraphs at the end of a text without points among which the signature is looked for.
_TAIL = 12
#: Lines behind the signature that still are visas, acquaintance and the drafter's mark.
_UNMARKED = 30
#: Between the cells of a row.
CELLS: Final = " | "

# «29.11.2021» is no point.
_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){1,5}(?!\.?\d)\.?|\d{1,3}[.)](?!\d))\s*(?=\S)")
_MARK = re.compile(r"Приложени[ея](?:\s*№?\s*(?P<place>\d{1,3}))?(?:\.|\s+к\s.*|\s+от\s.*)?$")
_STAMP = re.compile(r"[«\"]?(?P<word>УТВЕРЖД[ЁЕ]Н[АОЫ]?)(?![А-ЯЁа-яё])[»\"]?\s*:?")
_ACT = re.compile(r"\b(приказом|распоряжением|постановлением|решением|протоколом)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:к\s|от\s|№|приказ|распоряжени|постановлени|решени|\(?протокол|[«(_]|[а-яё])")
_OF = re.compile(r"(?:^|\s)от\s")
_DECREE = re.compile(r"(?:приказываю|обязываю|предлагаю|постановляю|распоряжаюсь)\s*:?$", re.IGNORECASE)
_INITIALS = r"[А-ЯЁ]\.(?:-[А-ЯЁ]\.)?\s?(?:[А-ЯЁ]\.)?"
_SURNAME = r"[А-ЯЁ][а-яё]{1,40}(?:-[А-ЯЁ][а-яё]{1,40})?"
_PERSON = rf"(?:{_INITIALS}\s?{_SURNAME}|{_SURNAME}\s{_INITIALS})(?![а-яё])"
PERSON: Final = re.compile(_PERSON)
_PERSON_AT_END = re.compile(rf"(?P<name>{_PERSON})[\s._/]*$")


def read_text(blocks: Iterable[Block]) -> Text:
    """Blocks in reading order as parts; the first one is the document itself and always there."""
    lines = list(itertools.islice(_lines(blocks), MOST_PASSAGES + 1))
    parts = [one.done() for one in _parted(lines[:MOST_PASSAGES])]
    main = parts[0]
    passages = main.passages
    decree = _decree(passages)
    signed = list(_signatures(passages, decree))
    rest = _rest(passages, signed[0].end) if decree is not None and signed else []
    if rest:
        main = dataclasses.replace(main, passages=passages[: signed[0].end])
        signed = signed[:1]
    head = read_head("\n".join(one.text.replace(CELLS, "\n") for one in main.passages[:_HEAD_LINES]))
    body = _body(passages, decree, signed[0].start if signed else len(passages))
    signatures = tuple(one.signature for one in signed)
    return Text((main, *rest, *parts[1:]), head, signatures, body, len(lines) > MOST_PASSAGES)


def _rest(passages: Sequence[Passage], signed: int) -> list[Part]:
    """An order ends with its signature: a plan that goes on behind it is an appendix that nobody marked."""
    rest = passages[signed:]
    if len(rest) <= _UNMARKED and not any(_is_content(one) for one in rest):
        return []
    return [Part(True, tuple(dataclasses.replace(one, index=place) for place, one in enumerate(rest, start=1)))]


def _is_content(one: Passage) -> bool:
    """Whether a row of a table is one of a plan, and not of visas or of those who have read the order."""
    return one.table and one.text.count(CELLS) > 2 and PERSON.search(one.text) is None and "_" not in one.text


def _lines(blocks: Iterable[Block]) -> Iterator[tuple[str, bool]]:
    """(text, whether it stands in a table) of every line; a row of a table is one line."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for line in block.text.split("\n"):
                # Plain text keeps the rows of tables as lines with tabs; a line of date, place and number has two.
                table = line.strip().count("\t") > 2
                words = CELLS.join(map(_tidy, line.split("\t"))) if table else _tidy(line)
                if words:
                    yield words, table
        else:
            for row in block.rows:
                yield CELLS.join(_tidy(cell.text) for cell in row.cells if cell.text), True


def _tidy(text: str) -> str:
    return " ".join(text[:LONGEST_PASSAGE].split())


@dataclass(slots=True)
class _Open:
    """A part while it is read."""

    appendix: bool
    passages: list[Passage] = field(default_factory=list)
    mark: PrintedMark | None = None
    stamp: PrintedStamp | None = None

    def add(self, text: str, table: bool) -> None:
        found = None if table else _NUMBER.match(text)
        number = found["number"].rstrip(".)") if found else ""
        words = text[found.end() :] if found else text
        self.passages.append(Passage(len(self.passages) + 1, text, number, words, table))

    def done(self) -> Part:
        return Part(self.appendix, tuple(self.passages), self.mark, self.stamp)


def _parted(lines: Sequence[tuple[str, bool]]) -> list[_Open]:
    """A mark or a stamp begins an appendix; at the very head it is the document's own."""
    parts = [_Open(appendix=False)]
    at = 0
    while at < len(lines):
        text, table = lines[at]
        mark, stamp = (None, None) if table else (_MARK.match(text[:_SHORT]), _STAMP.match(text))
        if (mark is None or len(text) > _SHORT) and stamp is None:
            parts[-1].add(text, table)
            at += 1
            continue
        taken = _taken(lines, at)
        printed = " ".join(lines[place][0] for place in range(at, at + taken))
        if parts[-1].passages or (stamp is not None and parts[-1].stamp is not None) or (mark and parts[-1].mark):
            parts.append(_Open(appendix=True))
        if stamp is not None:
            parts[-1].stamp = _stamp(stamp["word"], printed)
        elif mark is not None:
            parts[-1].mark = _mark(int(mark["place"] or 0), printed)
        at += taken
    return parts


def _taken(lines: Sequence[tuple[str, bool]], at: int) -> int:
    """How many lines a mark or a stamp has: those that go on with it, until the date and number are there."""
    taken = 1
    complete = _is_complete(lines[at][0])
    for text, table in lines[at + 1 : at + _STAMP_LINES]:
        if table or complete or len(text) > 2 * _SHORT or not _GOES_ON.match(text) or _STAMP.match(text):
            break
        taken += 1
        complete = _is_complete(text) or text.startswith("№")
    return taken


def _is_complete(text: str) -> bool:
    """Whether a line has the date and the number, with which marks and stamps end."""
    return "№" in text and _OF.search(text) is not None


def _stamp(word: str, printed: str) -> PrintedStamp:
    act = _ACT.search(printed)
    date, number = _when(printed)
    return PrintedStamp(word, printed, act[1].lower() if act else "", date, number)


def _mark(place: int, printed: str) -> PrintedMark:
    date, number = _when(printed.partition(" к ")[2])
    return PrintedMark(printed, place, date, number)


def _when(printed: str) -> tuple[dt.date | None, str]:
    pieces = pieces_of(mend(printed))
    date = next((piece.date for piece in pieces if piece.date), None)
    return date, next((piece.number for piece in pieces if piece.number), "")


def _decree(passages: Sequence[Passage]) -> int | None:
    """Place of the word between preamble and points («ПРИКАЗЫВАЮ:»), spaced out or not."""
    for at, one in enumerate(passages):
        # Looked at closely only where its last letter stands at the end: most lines are not it.
        if len(one.text) < _SHORT and one.text.rstrip(" :").endswith(("ю", "Ю", "сь", "СЬ")) and _DECREE.search(mend(one.text).shown):
            return at
    return None


def _body(passages: Sequence[Passage], decree: int | None, signed: int) -> tuple[Passage, ...]:
    """What is ordered or said: between decree and signature, else from the first numbered point to the last."""
    if decree is not None:
        return tuple(passages[decree + 1 : signed])
    numbered = [at for at, one in enumerate(passages) if one.number and not one.table]
    return tuple(passages[numbered[0] : numbered[-1] + 1]) if numbered else ()


@dataclass(frozen=True, slots=True)
class _Signed:
    """A signature and its paragraphs: from the first line of the post to behind the name."""

    start: int
    end: int
    signature: Signature


def _signatures(passages: Sequence[Passage], decree: int | None) -> Iterator[_Signed]:
    """Topmost first: short lines that end with a name, behind the decree or the last point."""
    last = max((at for at, one in enumerate(passages) if one.number and not one.table), default=len(passages) - _TAIL - 1)
    since = max(last if decree is None else decree, -1) + 1
    post: list[str] = []
    for at, one in enumerate(passages[since:], start=since):
        text = one.text.replace(CELLS, " ")
        short = len(text) <= _SHORT and not one.number
        found = _PERSON_AT_END.search(text) if len(text) <= _LONG_POST and not one.number else None
        if found is None:
            post = [*post[1 - _POST_LINES :], text] if short and not text.endswith((":", ".", ";")) else []
            continue
        printed = " ".join([*post, text[: found.start()].strip(" _/")]).strip()
        yield _Signed(at - len(post), at + 1, Signature(printed, found["name"]))
        post = []
