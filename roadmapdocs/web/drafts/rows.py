"""Rows of a draft's form: points of an order, questions of a meeting, appendices; every button keeps what is typed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeVar

from werkzeug.datastructures import MultiDict

from roadmapdocs.drafting.blocks_text import count, read_blocks, write_blocks
from roadmapdocs.drafting.values import Appendix, Cited, Point, PointKind, Question, Votes
from roadmapdocs.russian.references import find_references
from roadmapdocs.web.drafts import lines
from roadmapdocs.web.forms import plain_line, plain_text

#: Rows of one list that a form is read with; an order of the office has a tenth of it.
MOST_ROWS: Final = 200
_LONGEST: Final = 50_000
_DEEPEST: Final = 3
_OWN: Final = frozenset({PointKind.APPROVE, PointKind.REPEAL, PointKind.CONTROL, PointKind.FORCE})

R = TypeVar("R", bound="Row")


@dataclass
class Row:
    """What stands in the fields of one row; ``prefix`` begins their names, then comes the place («point-2-what»)."""

    prefix: ClassVar[str] = ""

    @classmethod
    def read(cls: type[R], form: MultiDict[str, str], place: str) -> R:
        values: dict[str, Any] = {}
        for field in dataclasses.fields(cls):
            given = form.get(f"{cls.prefix}-{place}-{field.name}")
            values[field.name] = bool(given) if field.type == "bool" else plain_text(given)[:_LONGEST]
        return cls(**values)

    @classmethod
    def read_all(cls: type[R], form: MultiDict[str, str]) -> list[R]:
        places = [one for one in form.getlist(cls.prefix)[:MOST_ROWS] if one.isascii() and one.isdecimal()]
        return [cls.read(form, place) for place in places]


@dataclass
class PointRow(Row):
    """A point. What stands in ``what`` and ``who`` depends on ``kind``; ``own``: printed as written."""

    prefix: ClassVar[str] = "point"
    kind: str = PointKind.TASK
    level: str = "1"
    what: str = ""
    who: str = ""
    term: str = ""
    appendix: str = ""
    own: bool = False

    def depth(self) -> int:
        return min(int(self.level), _DEEPEST) if self.level in {"1", "2", "3"} else 1

    @classmethod
    def of(cls, point: Point, level: int) -> PointRow:
        own = bool(point.text) and point.kind in _OWN
        row = cls(kind=point.kind, level=str(level), own=own, term=lines.write_term(point))
        row.appendix = str(point.appendix) if point.appendix else ""
        row.who = lines.write_person(point.person) if point.person else lines.write_executors(point.executors)
        row.what = point.text or point.approves or cited_line(point.document)
        return row

    def point(self) -> Point:
        """
        :raise Refusal: ``namesakes`` if the words mean several people
        """
        kind = PointKind(self.kind) if self.kind in set(PointKind) else PointKind.PLAIN
        what = plain_line(self.what)
        appendix = int(self.appendix) if self.appendix.isascii() and self.appendix.isdecimal() and len(self.appendix) < 4 else 0
        if kind is PointKind.CONTROL:
            return Point(kind=kind, text=what if self.own else "", person=lines.read_person(self.who))
        executors = lines.read_executors(self.who)
        due, term = lines.read_term(self.term)
        said: dict[str, Any] = {"text": what}
        if kind is PointKind.APPROVE and not self.own:
            said = {"approves": what}
        elif kind is PointKind.REPEAL and not self.own and (cited := read_cited(what)) is not None:
            said = {"document": cited}
        if kind is PointKind.PLAIN and (executors or due or term):
            kind = PointKind.TASK
        return Point(kind=kind, executors=executors, due=due, term=term, appendix=appendix, **said)

    def empty(self) -> bool:
        return not (self.what or self.who or self.term) and self.kind not in {PointKind.CONTROL, PointKind.FORCE}


def point_rows(points: Iterable[Point], level: int = 1) -> list[PointRow]:
    """The tree of points as rows, each with its depth."""
    rows: list[PointRow] = []
    for point in points:
        rows.append(PointRow.of(point, level))
        rows.extend(point_rows(point.points, level + 1))
    return rows


def points_of(rows: Iterable[PointRow]) -> tuple[Point, ...]:
    """Rows as a tree again; a row deeper than it can be stands below the one before."""
    roots: list[tuple[Point, list[Any]]] = []
    open_ones: list[list[Any]] = [roots]
    for row in rows:
        if row.empty():
            continue
        depth = min(row.depth(), len(open_ones))
        children: list[Any] = []
        open_ones[depth - 1].append((row.point(), children))
        open_ones[depth:] = [children]
    return _tree(roots)


def numbers(rows: Iterable[PointRow]) -> list[str]:
    """The numbers that the rows will have («1.», «1.1.»)."""
    counted: list[int] = []
    told: list[str] = []
    for row in rows:
        told.append(count(counted, min(row.depth(), len(counted) + 1)))
    return told


@dataclass
class QuestionRow(Row):
    """A question of the agenda. ``decided`` has a decision a line: «что | кому | срок»."""

    prefix: ClassVar[str] = "question"
    title: str = ""
    speaker: str = ""
    heard: str = ""
    spoke: str = ""
    decided: str = ""
    yes: str = ""
    no: str = ""
    abstained: str = ""

    @classmethod
    def of(cls, question: Question) -> QuestionRow:
        votes = question.votes
        return cls(
            title=question.title,
            speaker=lines.write_person(question.speaker),
            heard=lines.write_speeches(question.heard),
            spoke=lines.write_speeches(question.spoke),
            decided=lines.write_points(question.decided),
            yes=str(votes.yes) if votes else "",
            no=str(votes.no) if votes else "",
            abstained=str(votes.abstained) if votes else "",
        )

    def question(self) -> Question:
        voted = [self.yes, self.no, self.abstained]
        return Question(
            title=plain_line(self.title),
            speaker=lines.read_person(self.speaker),
            heard=lines.read_speeches(self.heard),
            spoke=lines.read_speeches(self.spoke),
            decided=lines.read_points(self.decided),
            votes=Votes(yes=_whole(self.yes), no=_whole(self.no), abstained=_whole(self.abstained)) if any(voted) else None,
        )


@dataclass
class AppendixRow(Row):
    """An appendix in the same file; ``kind`` is the code of a kind of documents."""

    prefix: ClassVar[str] = "appendix"
    title: str = ""
    kind: str = ""
    approved: bool = False
    landscape: bool = False
    separate: bool = False
    text: str = ""

    @classmethod
    def of(cls, one: Appendix) -> AppendixRow:
        return cls(one.title, one.kind, one.approved, one.landscape, one.separate, write_blocks(one.blocks))

    def appendix(self) -> Appendix:
        return Appendix(
            title=plain_line(self.title),
            kind=self.kind[:32],
            approved=self.approved,
            landscape=self.landscape,
            separate=self.separate,
            blocks=read_blocks(self.text),
        )


def act(rows: list[Any], do: str, new: Row) -> None:
    """What a button asks of the list: «point-add», «point-up-2», «point-down-2», «point-remove-2»; else nothing."""
    prefix, _dash, rest = do.partition("-")
    name, _dash, place = rest.partition("-")
    if prefix != new.prefix:
        return
    if name == "add" and len(rows) < MOST_ROWS:
        rows.insert(int(place) + 1 if place.isdecimal() and int(place) < len(rows) else len(rows), new)
    elif place.isdecimal() and int(place) < len(rows):
        at = int(place)
        if name == "remove":
            del rows[at]
        elif name in {"up", "down"} and 0 <= (to := at + (1 if name == "down" else -1)) < len(rows):
            rows[at], rows[to] = rows[to], rows[at]


def read_cited(text: str) -> Cited | None:
    """The one document that the words name («приказ от 01.02.2024 № 15 «О графике»»)."""
    found = list(find_references(text))
    if len(found) != 1 or not (found[0].number or found[0].date):
        return None
    one = found[0]
    return Cited(kind=one.kind_word or text.split(maxsplit=1)[0].lower(), date=one.date, number=one.number, title=one.title)


def cited_line(cited: Cited | None) -> str:
    if cited is None:
        return ""
    date = f"от {cited.date:%d.%m.%Y}" if cited.date else ""
    parts = (cited.kind, cited.organisation, date, f"№ {cited.number}" if cited.number else "", f"«{cited.title}»" if cited.title else "")
    return " ".join(part for part in parts if part)


def _tree(nodes: Iterable[tuple[Point, list[Any]]]) -> tuple[Point, ...]:
    return tuple(dataclasses.replace(point, points=_tree(children)) for point, children in nodes)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0


ROWS: Final[Mapping[str, type[Row]]] = {row.prefix: row for row in (PointRow, QuestionRow, AppendixRow)}
