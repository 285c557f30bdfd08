"""Who works in the office on a day, read once for many sheets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from roadmapdocs.db import database
from roadmapdocs.people.models import Employee, Post
from roadmapdocs.people.presence import works_without_post
from roadmapdocs.people.rules import initials_after


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody who works in the office, with the post and the unit of that day («» and None for one without posts)."""

    employee_id: int
    name: str
    post: str = ""
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who works on a day, by id, in the order of names; who is in which unit and holds which post.

    Whoever holds several posts is in several units, and placed by the post that heads, else by the oldest.
    """

    day: dt.date
    people: dict[int, Placed] = field(default_factory=dict)
    units: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    posts: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def staff_on(day: dt.date) -> Staff:
    """Read once for many sheets: two statements, however many work in the office."""
    staff = Staff(day)
    held = (
        Post.held_on(day)
        .select(Post.employee, Post.title, Post.unit, Employee.surname, Employee.name, Employee.patronymic)
        .join(Employee)
        .order_by(Employee.surname, Employee.name, Employee.patronymic, Employee.id, Post.heads.desc(), Post.since, Post.id)
    )
    # Rows as the driver has them: there are thousands, and nothing in them is to be converted.
    for employee_id, title, unit_id, *name in database.execute(held).fetchall():
        staff.people.setdefault(employee_id, Placed(employee_id, initials_after(*name), title, unit_id))
        staff.units[unit_id].add(employee_id)
        staff.posts[title].add(employee_id)
    # Whoever never held a post works all the same.
    rows = Employee.select(Employee.id, Employee.surname, Employee.name, Employee.patronymic).where(works_without_post())
    rows = rows.order_by(Employee.surname, Employee.name, Employee.id)
    for employee_id, *name in database.execute(rows).fetchall():
        staff.people.setdefault(employee_id, Placed(employee_id, initials_after(*name)))
    return staff
