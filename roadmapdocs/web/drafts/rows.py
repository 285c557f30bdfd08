"""Rows of a draft's form: points of an order, questions of a meeting, appendices; every button keeps what is typed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeVar

from werkzeug.datastructures import MultiDict

from roadmapdocs.drafting.blocks_text import count, read_blocks, write_blocks
from roadmapdocs.drafting.values import Appendix, Cited, Point, PointKind, Question, Votes
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.references import find_references
from roadmapdocs.web.drafts import lines
from roadmapdocs.web.forms import plain_line, plain_text

#: Rows of one list that a form is read with; an order of the office has a tenth of it.
MOST_ROWS: Final = 1_000
_DEEPEST: Final = 3
_OWN: Final = frozenset({PointKind.APPROVE, PointKind.REPEAL, PointKind.CONTROL, PointKind.FORCE})

R = TypeVar("R", bound="Row")
S = TypeVar("S")


def is_place(text: str) -> bool:
    """Whether a part of a field's name or of a button's word is the place of a row."""
    return text.isascii() and text.isdecimal() and len(text) < 5


@dataclass(kw_only=True)
class Row:
    """What stands in the fields of one row; ``prefix`` begins their names, then comes the place («point-2-what»).

    ``was`` is the place, among the rows that were shown, of the one that this was; empty for a new row. What is typed
    in it as it was shown keeps what is stored, which may say more than the row shows.
    """

    prefix: ClassVar[str] = ""
    was: str = ""

    @classmethod
    def read(cls: type[R], form: MultiDict[str, str], place: str) -> R:
        values: dict[str, Any] = {}
        for field in dataclasses.fields(cls):
            given = form.get(f"{cls.prefix}-{place}-{field.name}")
            values[field.name] = bool(given) if field.type == "bool" else plain_text(given)
        return cls(**values)

    def stored(self, rows: Sequence[S]) -> S | None:
        """Of what the rows were made of, what this row was."""
        return rows[int(self.was)] if is_place(self.was) and int(self.was) < len(rows) else None

    @classmethod
    def read_all(cls: type[R], form: MultiDict[str, str]) -> list[R]:
        places = [one for one in form.getlist(cls.prefix)[: MOST_ROWS + 1] if is_place(one)]
        return [cls.read(form, place) for place in places]


@dataclass(kw_only=True)
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

    def says_the_same(self, other: PointRow) -> bool:
        """Wherever the row stands by now."""
        return dataclasses.replace(self, was="", level="1") == dataclasses.replace(other, was="", level="1")

    def point(self, before: Point | None = None, shown: PointRow | None = None) -> Point:
        """The point without those below it. ``before`` is what this row was made of, and ``shown`` how it was shown.

        :raise Refusal: ``namesakes`` if the words mean several people, ``not_a_number``
        """
        kept = before if shown is not None else None
        if kept is not None and shown is not None and self.says_the_same(shown):
            return dataclasses.replace(kept, points=())
        kind = PointKind(self.kind) if self.kind in set(PointKind) else PointKind.PLAIN
        what = plain_line(self.what)
        same_who = kept is not None and shown is not None and self.who == shown.who
        if kind is PointKind.CONTROL:
            person = kept.person if kept is not None and same_who and kept.person else lines.read_person(self.who)
            return Point(kind=kind, text=what if self.own else "", person=person)
        executors = kept.executors if kept is not None and same_who else lines.read_executors(self.who)
        due, term = lines.read_term(self.term)
        said: dict[str, Any] = {"text": what}
        if kind is PointKind.APPROVE and not self.own:
            said = {"approves": what}
        elif kind is PointKind.REPEAL and not self.own:
            said = _repealed(what, kept, shown)
        if kind is PointKind.PLAIN and (executors or due or term):
            kind = PointKind.TASK
        return Point(kind=kind, executors=executors, due=due, term=term, appendix=whole(self.appendix), **said)

    def empty(self) -> bool:
        return not (self.what or self.who or self.term) and self.kind not in {PointKind.CONTROL, PointKind.FORCE}


def point_rows(points: Iterable[Point], level: int = 1) -> list[PointRow]:
    """The tree of points as rows, each with its depth."""
    rows: list[PointRow] = []
    for point in points:
        rows.append(PointRow.of(point, level))
        rows.extend(point_rows(point.points, level + 1))
    return rows


def points_of(rows: Iterable[PointRow], before: Iterable[Point] = (), told: Iterable[Point] = ()) -> tuple[Point, ...]:
    """Rows as a tree again; a row deeper than it can be stands below the one before.

    ``before`` is what is stored, and ``told`` the same with names of today, as the rows were shown.
    """
    stored = list(_flat(before))
    shown = [PointRow.of(point, 1) for point in _flat(told)]
    roots: list[tuple[Point, list[Any]]] = []
    open_ones: list[list[Any]] = [roots]
    for row in rows:
        if row.empty():
            continue
        depth = min(row.depth(), len(open_ones))
        children: list[Any] = []
        open_ones[depth - 1].append((row.point(row.stored(stored), row.stored(shown)), children))
        open_ones[depth:] = [children]
    return _tree(roots)


def _flat(points: Iterable[Point]) -> Iterator[Point]:
    for point in points:
        yield point
        yield from _flat(point.points)


def numbers(rows: Iterable[PointRow]) -> list[str]:
    """The numbers that the rows will have («1.», «1.1.»)."""
    counted: list[int] = []
    told: list[str] = []
    for row in rows:
        told.append(count(counted, min(row.depth(), len(counted) + 1)))
    return told


@dataclass(kw_only=True)
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

    def question(self, before: Question | None = None, shown: QuestionRow | None = None) -> Question:
        """
        :raise Refusal: ``namesakes``, ``not_a_number``
        """
        kept, told = before or Question(), shown or QuestionRow()
        voted = [self.yes, self.no, self.abstained]
        return Question(
            title=plain_line(self.title),
            speaker=kept.speaker if self.speaker == told.speaker else lines.read_person(self.speaker),
            heard=lines.read_speeches(self.heard, kept.heard, told.heard),
            spoke=lines.read_speeches(self.spoke, kept.spoke, told.spoke),
            decided=lines.read_points(self.decided, kept.decided, told.decided),
            votes=Votes(yes=whole(self.yes), no=whole(self.no), abstained=whole(self.abstained)) if any(voted) else None,
        )


@dataclass(kw_only=True)
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
        return cls(
            title=one.title,
            kind=one.kind,
            approved=one.approved,
            landscape=one.landscape,
            separate=one.separate,
            text=write_blocks(one.blocks),
        )

    def appendix(self, before: Appendix | None = None) -> Appendix:
        return Appendix(
            title=plain_line(self.title),
            kind=self.kind[:32],
            approved=self.approved,
            landscape=self.landscape,
            separate=self.separate,
            blocks=read_blocks(self.text, before.blocks if before else ()),
        )


def act(rows: list[Any], do: str, new: Row) -> None:
    """What a button asks of the list: «point-add-1», «point-up-2», «point-down-2», «point-remove-2»; else nothing."""
    prefix, _dash, rest = do.partition("-")
    name, _dash, place = rest.partition("-")
    if prefix != new.prefix or not is_place(place):
        return
    at = int(place)
    if name == "add" and len(rows) < MOST_ROWS:
        rows.insert(at + 1 if at < len(rows) else len(rows), new)
    elif at < len(rows):
        if name == "remove":
            del rows[at]
        elif name in {"up", "down"} and 0 <= (to := at + (1 if name == "down" else -1)) < len(rows):
            rows[at], rows[to] = rows[to], rows[at]


def _repealed(what: str, kept: Point | None, shown: PointRow | None) -> dict[str, Any]:
    if kept is not None and shown is not None and kept.document is not None and what == shown.what:
        return {"document": kept.document}
    cited = read_cited(what)
    return {"document": cited} if cited is not None else {"text": what}


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


def whole(text: str) -> int:
    """A number as it is typed; 0 where nothing is.

    :raise Refusal: ``not_a_number``
    """
    text = text.strip()
    if text and not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise Refusal("not_a_number", _("“%(text)s” is not a whole number. Write figures or leave it empty.", text=text[:40]))
    return int(text) if text else 0
