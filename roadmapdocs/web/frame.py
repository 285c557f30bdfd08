"""What the frame around every page shows: the office, the person, and how much waits for them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g

from roadmapdocs.access.rules import Action, may
from roadmapdocs.errors import Forbidden
from roadmapdocs.i18n import language
from roadmapdocs.notices.operations import unread_count
from roadmapdocs.people.models import Employee, Post
from roadmapdocs.web import context


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    short_name: str
    initials: str
    post: str


@dataclass(frozen=True, slots=True)
class Frame:
    language: str
    organisation: str
    user: Person | None
    worklist_count: int  # known on the worklist itself only: counting costs as much as the page
    may_see_people: bool
    unread_notices: int = 0
    sign_out_url: str = ""  # of the host, where people sign in there and have no password here


def frame() -> Frame:
    """The frame of this request; without a person before signing in."""
    office = context.settings().office
    try:
        user = context.signed_in()
    except Forbidden:  # the page says why
        user = None
    if user is None:
        return Frame(language(), office, None, 0, may_see_people=False)
    actor = context.actor()
    directory = context.state().directory
    return Frame(
        language(),
        office,
        _person(user.employee, actor.name),
        g.get("roadmapdocs_waiting", 0),
        may_see_people=may(actor, Action.MANAGE_PEOPLE),
        unread_notices=unread_count(actor),
        sign_out_url=directory.sign_out_address() if directory is not None else "",
    )


def _person(employee: Employee | None, name: str) -> Person:
    if employee is None:
        return Person(name, name, name[:2].upper(), "")
    posts = Post.held_on(context.today()).select(Post.title).where(Post.employee == employee)
    post = posts.order_by(Post.since.desc()).limit(1).scalar()
    initials = employee.surname[:1] + employee.name[:1]
    return Person(f"{employee.surname} {employee.name}", str(employee), initials, post or "")
