"""Who fills a post on a day: the holder, the acting one by an order, or nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import peewee as pw

from roadmapdocs.people.models import Acting, Employee, Post, Unit
from roadmapdocs.people.presence import absent_on, recorded_absent_on, works_on


@dataclass(frozen=True, slots=True)
class Holder:
    """Who fills a post. ``post`` is the title as documents print it («И.о. начальника управления» of an acting one).

    ``basis`` is the order that appointed the acting one, else empty; ``post`` is empty for a person without posts.
    """

    employee_id: int
    name: str
    post: str
    acting: bool = False
    basis: str = ""


def holder_of(unit_id: int, title: str, day: dt.date) -> Holder | None:
    """Who fills this post of the unit on that day.

    The holder; the acting one while the holder is away or the post is vacant; the holder although away where
    nobody acts. ``title`` is compared letter by letter, as posts have it.
    """
    return _fills([unit_id], {title}, day).get(unit_id)


def head_of(unit_id: int, day: dt.date) -> Holder | None:
    """Who heads the unit on that day, as :func:`holder_of` says; of a unit without a head, who heads the one above."""
    chain = _upwards(unit_id)
    heading = set(Post.select(Post.unit, Post.title).where(Post.unit.in_(chain) & Post.heads).tuples())
    for unit in chain:
        titles = {title for of, title in heading if of == unit}
        found = _fills([unit], titles, day).get(unit) if titles else None
        if found is not None:
            return found
    return None


def signer_for(employee_id: int, day: dt.date) -> Holder | None:
    """Who signs on that day what this employee would sign; None where nobody may.

    The employee, while at work; else the acting one with the order; for one who left the post, whoever fills it.
    """
    person = Employee.get_or_none(Employee.id == employee_id)
    if person is None:
        return None
    away = bool(absent_on([employee_id], day))
    posts = list(
        Post.select().where(Post.employee == person).order_by(Post.heads.desc(), Post.since, Post.id)
    )
    held = [post for post in posts if post.since <= day and (post.until is None or post.until >= day)]
    if not away and employee_id in works_on([employee_id], day):
        return Holder(person.id, str(person), held[0].title if held else "")
    for acting in _present(_actings(Acting.absent == employee_id, day), day):
        return _as_acting(acting)
    if held or not posts:
        return None
    last = max(posts, key=lambda post: (post.until or day, post.id))
    found = holder_of(last.unit_id, last.title, day)
    return None if found is None or absent_on([found.employee_id], day) else found


def _upwards(unit_id: int) -> list[int]:
    """The unit and those above it, nearest first."""
    above: dict[int, int | None] = dict(Unit.select(Unit.id, Unit.parent).tuples())
    chain: list[int] = []
    current: int | None = unit_id
    while current is not None and current not in chain:
        chain.append(current)
        current = above.get(current)
    return chain


def _fills(unit_ids: Collection[int], titles: Collection[str], day: dt.date) -> dict[int, Holder]:
    """By unit, who fills one of the titles on that day."""
    wanted = Post.unit.in_(list(unit_ids)) & Post.title.in_(list(titles))
    rows = list(
        Post.held_on(day).select(Post, Employee).join(Employee).where(wanted).order_by(Post.since, Post.id)
    )
    away = absent_on({row.employee_id for row in rows}, day)
    acting = _actings(Acting.unit.in_(list(unit_ids)) & Acting.title.in_(list(titles)), day)
    found: dict[int, Holder] = {}
    for row in rows:
        if row.employee_id not in away:
            found.setdefault(row.unit_id, Holder(row.employee_id, str(row.employee), row.title))
    for one in _present(acting, day):
        found.setdefault(one.unit_id, _as_acting(one))
    for row in rows:
        found.setdefault(row.unit_id, Holder(row.employee_id, str(row.employee), row.title))
    return found


def _actings(condition: pw.Expression, day: dt.date) -> list[Acting]:
    rows = (
        Acting.select(Acting, Employee)
        .join(Employee, on=Acting.employee)
        .where(condition & Acting.live_on(day))
    )
    return list(rows.order_by(Acting.since.desc(), Acting.id.desc()))


def _present(actings: Iterable[Acting], day: dt.date) -> list[Acting]:
    """Those who are themselves at work on that day."""
    rows = list(actings)
    people = {row.employee_id for row in rows}
    there = works_on(people, day) - recorded_absent_on(people, day)
    return [row for row in rows if row.employee_id in there]


def _as_acting(row: Acting) -> Holder:
    return Holder(row.employee_id, str(row.employee), row.printed, acting=True, basis=row.basis)
