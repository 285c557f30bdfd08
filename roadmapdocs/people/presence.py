"""Who works in the office on a day, and who is away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import peewee as pw

from roadmapdocs.people.directory import PersonRef
from roadmapdocs.people.models import Acting, Employee, Post, Substitution, User, UserRole
from roadmapdocs.people.rules import Role


def works(day: dt.date) -> pw.Expression:
    """Condition on Employee: a post is held on that day, or none ever was and no account of the person is closed."""
    one = pw.SQL("1")
    held = Post.held_on(day).select(one).where(Post.employee == Employee.id)
    ever = Post.select(one).where(Post.employee == Employee.id)
    closed = User.select(one).where((User.employee == Employee.id) & ~User.active)
    return pw.fn.EXISTS(held) | (~pw.fn.EXISTS(ever) & ~pw.fn.EXISTS(closed))


def works_without_post() -> pw.Expression:
    """The part of :func:`works` for those who never held a post, to be asked of everybody at once: it looks nobody up
    one by one, which for thousands takes seconds.
    """
    ever = Post.select(Post.employee)
    closed = User.select(User.employee).where(User.employee.is_null(False) & ~User.active)
    return Employee.id.not_in(ever) & Employee.id.not_in(closed)


def works_on(employee_ids: Collection[int], day: dt.date) -> set[int]:
    """Those of the employees who work in the office on that day: somebody whose posts all ended does not."""
    if not employee_ids:
        return set()
    rows = Employee.select(Employee.id).where(Employee.id.in_(list(employee_ids)) & works(day))
    return {found for (found,) in rows.tuples()}


def absent_on(employee_ids: Collection[int], day: dt.date) -> set[int]:
    """Those of the employees who are away on that day: by their own record, or by an order that another acts for."""
    if not employee_ids:
        return set()
    wanted = list(employee_ids)
    acted_for = Acting.select(Acting.absent).where(Acting.absent.in_(wanted) & Acting.live_on(day))
    return recorded_absent_on(wanted, day) | {found for (found,) in acted_for.tuples()}


def recorded_absent_on(employee_ids: Collection[int], day: dt.date) -> set[int]:
    """Those who are away by their own record alone.

    A deputy who acts as the head may be acted for by a third person, and is at work.
    """
    if not employee_ids:
        return set()
    rows = Substitution.select(Substitution.absent).where(
        Substitution.absent.in_(list(employee_ids)) & Substitution.live_on(day)
    )
    return {found for (found,) in rows.tuples()}


def employees_by_role(role: Role, day: dt.date) -> list[PersonRef]:
    """Those who work on that day and whose open account has the role, by name."""
    rows = (
        Employee.select(Employee)
        .join(User, on=(User.employee == Employee.id))
        .join(UserRole, on=(UserRole.user == User.id))
        .where(User.active & (UserRole.role == role) & works(day))
        .order_by(Employee.surname, Employee.name, Employee.id)
    )
    return [PersonRef(row.id, str(row)) for row in rows]
