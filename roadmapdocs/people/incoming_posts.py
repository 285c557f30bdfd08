"""Taking in posts: whoever moved ends one the day before the other begins, and what was typed beside stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming_people import People
from roadmapdocs.people.incoming_rules import IncomingPost, Kind, What
from roadmapdocs.people.incoming_taking import (
    Taking,
    clean,
    fold,
    key_of,
    make,
    singled,
    told,
    too_long,
    word,
)
from roadmapdocs.people.models import ExternalRecord, Post

_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class _Person:
    """The posts of one person: those we have, those that the source names, and which are one and the same."""

    rows: list[Post] = field(default_factory=list)
    named: list[tuple[IncomingPost, int]] = field(default_factory=list)
    same: dict[str, Post] = field(default_factory=dict)

    @property
    def left(self) -> list[Post]:
        """Those of ours that none of the named ones is."""
        found = {row.id for row in self.same.values()}
        return [row for row in self.rows if row.id not in found]


def take_posts(taking: Taking, records: Iterable[IncomingPost], people: People, *, complete: bool) -> set[int]:
    """Give the ids of the employees a post of whom ended."""
    cleaned = [_cleaned(one) for one in records]
    if not cleaned and not complete:
        return set()
    posts = _Posts(taking, people)
    posts.name(cleaned)
    return posts.take(complete=complete)


def _cleaned(one: IncomingPost) -> IncomingPost:
    title = clean(one.title)
    return replace(one, title=title, external=one.external or f"{one.person} / {one.unit} / {fold(title)}")


class _Posts:
    def __init__(self, taking: Taking, people: People) -> None:
        self.taking, self.people = taking, people
        self.by_person: dict[int, _Person] = {}
        for row in Post.select().order_by(Post.since, Post.id).iterator():
            self.by_person.setdefault(row.employee_id, _Person()).rows.append(row)
        others = ExternalRecord.select(ExternalRecord.local_id).where(
            (ExternalRecord.model == str(Kind.POST)) & (ExternalRecord.source != taking.source)
        )
        self.of_others = {one for (one,) in others.tuples()}
        self.of_source = taking.known_as(Kind.POST)
        #: Nothing of theirs ends: what the source says of them is not known for certain.
        self.spared = {one for name in people.refused if (one := taking.refer(Kind.EMPLOYEE, name)) is not None}
        self.ended: set[int] = set()

    def name(self, records: Collection[IncomingPost]) -> None:
        """Sort the records by person; those of nobody, or of no unit, are refused."""
        single = singled(self.taking, Kind.POST, [(one, one.title) for one in records])
        kept = {one.external for one in single}
        for one in records:
            if one.external not in kept and (person := self.taking.refer(Kind.EMPLOYEE, one.person)) is not None:
                self.spared.add(person)
        for one in single:
            person = self.taking.refer(Kind.EMPLOYEE, one.person)
            unit = self.taking.refer(Kind.UNIT, one.unit)
            why = _refused(one, person, unit)
            if person is not None and unit is not None and not why:
                self.by_person.setdefault(person, _Person()).named.append((one, unit))
                continue
            self.taking.tell(What.REFUSED, Kind.POST, one.external, one.title, why)
            if person is not None:
                self.spared.add(person)

    def take(self, *, complete: bool) -> set[int]:
        for employee_id, person in sorted(self.by_person.items()):
            self._recognise(person)
            ending = self._ending(employee_id, person, complete=complete)
            new = [one for one, _unit in person.named if one.external not in person.same]
            begins = {one.external: self._begins(one, ending) for one in new}
            following = [begins[one.external] for one in new if not self._past(one)]
            last = min(following, default=self.taking.today) - _DAY
            for row in ending:
                self._end(row, last)
            for one, unit in person.named:
                if one.external in person.same:
                    self._change(one, person.same[one.external])
                else:
                    self._make(one, employee_id, unit, begins[one.external])
        return self.ended

    def _recognise(self, person: _Person) -> None:
        """Find which of our posts the named ones are: by their record, by the day they began, by being held now."""
        rows = {row.id: row for row in person.rows}
        for one, unit in person.named:
            known = self.taking.known.get((Kind.POST, key_of(one.external)))
            row = rows.get(known.local_id) if known is not None else None
            if row is not None and _same(row, one, unit) and not self._is_over(row, one):
                person.same[one.external] = row
        rules: tuple[Callable[[Post, IncomingPost], bool], ...] = (lambda row, one: row.since == one.since, self._meets)
        for rule in rules:
            for one, unit in person.named:
                if one.external not in person.same:
                    fitting = [row for row in person.left if _same(row, one, unit) and rule(row, one)]
                    if fitting:
                        person.same[one.external] = fitting[-1]

    def _is_over(self, row: Post, one: IncomingPost) -> bool:
        """Whether the post ended here, and is held anew: then it begins anew, too."""
        over = row.until is not None and row.until < self.taking.today
        return over and one.until is None and row.since != one.since

    def _meets(self, row: Post, one: IncomingPost) -> bool:
        """Whether the two have a day in common, of which a post without a beginning has today."""
        since = one.since or min(self.taking.today, one.until or self.taking.today)
        return (row.until is None or row.until >= since) and (one.until is None or one.until >= row.since)

    def _ending(self, employee_id: int, person: _Person, *, complete: bool) -> list[Post]:
        """The posts that the source knows of no more. When it first meets a person, its word counts for all of them."""
        if employee_id in self.spared or not (complete or person.named):
            return []
        yesterday = self.taking.today - _DAY
        met = bool(person.named) and employee_id in self.people.first_met
        return [
            row
            for row in person.left
            if (row.until is None or row.until > max(yesterday, row.since))
            and (row.id in self.of_source or (met and row.id not in self.of_others))
        ]

    def _begins(self, one: IncomingPost, ending: Collection[Post]) -> dt.date:
        """When a new post begins: as told, but of somebody who moves not before the post that ends."""
        if one.since is not None and (self._past(one) or all(row.since < one.since for row in ending)):
            return one.since
        return min(self.taking.today, one.until or self.taking.today)

    def _past(self, one: IncomingPost) -> bool:
        return one.until is not None and one.until < self.taking.today

    def _end(self, row: Post, last: dt.date) -> None:
        until = max(last, row.since)
        why = self.taking.change("post_ended", row, {"until": until}, {"until": word})
        if why:
            self.taking.tell(What.ENDED, Kind.POST, self._external(row), row.title, _("last day %(day)s", day=f"{until:%d.%m.%Y}"))
            self.ended.add(row.employee_id)

    def _external(self, row: Post) -> str:
        return min(self.of_source.get(row.id, [""]))

    def _change(self, one: IncomingPost, row: Post) -> None:
        values: dict[str, object] = {"title": one.title}
        said = self.taking.said(Kind.POST, one.external)
        if one.since is not None and said and one.since.isoformat() != said == row.since.isoformat():
            # What was typed here stays; the source corrects only what it said itself.
            values["since"] = one.since
        if one.until is not None or (row.until is not None and row.until < self.taking.today):
            values["until"] = one.until
        if one.heads is not None:
            values["heads"] = one.heads
        since = values.get("since", row.since)
        if one.until is not None and isinstance(since, dt.date) and one.until < since:
            self.taking.tell(What.REFUSED, Kind.POST, one.external, one.title, _backwards())
            return
        open_before = row.until is None or row.until >= self.taking.today
        why = self.taking.change("post_changed", row, values, {"title": word, "since": word, "until": word, "heads": _heads})
        if open_before and one.until is not None and one.until < self.taking.today:
            self.ended.add(row.employee_id)
        self.taking.tell(What.CHANGED if why else What.SAME, Kind.POST, one.external, one.title, why)
        self.taking.keep(Kind.POST, one.external, row.id, one.since.isoformat() if one.since else said)

    def _make(self, one: IncomingPost, employee_id: int, unit_id: int, since: dt.date) -> None:
        if one.until is not None and one.until < since:
            self.taking.tell(What.REFUSED, Kind.POST, one.external, one.title, _backwards())
            return
        values: dict[str, object] = {"employee": employee_id, "unit": unit_id, "title": one.title, "since": since}
        row = make(Post, **values, until=one.until, heads=bool(one.heads))
        effect = {**values, "until": one.until, "heads": bool(one.heads)}
        self.taking.journal("post_added", row, {name: told(value) for name, value in effect.items()})
        self.taking.tell(What.MADE, Kind.POST, one.external, one.title, _("from %(day)s", day=f"{since:%d.%m.%Y}"))
        self.taking.keep(Kind.POST, one.external, row.id, one.since.isoformat() if one.since else "")


def _same(row: Post, one: IncomingPost, unit_id: int) -> bool:
    return bool(row.unit_id == unit_id and fold(row.title) == fold(one.title))


def _refused(one: IncomingPost, person: int | None, unit: int | None) -> str:
    if not one.title:
        return _("It has no title.")
    if too_long(one.title):
        return _("Its title is longer than any is.")
    if person is None:
        return _("Its person is not there, or was refused.")
    if unit is None:
        return _("Its unit is not there, or was refused.")
    if one.since is not None and one.until is not None and one.until < one.since:
        return _backwards()
    return ""


def _backwards() -> str:
    return _("It ends before it begins. Correct one of the days.")


def _heads(value: object) -> str:
    return _("head") if value else _("no head")
