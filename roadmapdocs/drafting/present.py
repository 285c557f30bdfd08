"""Who people in a draft are on its day, and what the documents that it cites are called now.

Values keep ids beside names: a draft that was written in spring names in autumn whoever holds the post then.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from roadmapdocs.documents.links.naming import kind_word
from roadmapdocs.documents.links.stamps import organisation_of
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.drafting.values import Cited, Executor, Person
from roadmapdocs.drafting.walking import changed, things
from roadmapdocs.people.models import Employee, Organisation, Post, Unit

T = TypeVar("T")


def full_name(person: Employee) -> str:
    return " ".join(part for part in (person.surname, person.name, person.patronymic) if part)


def person_of(employee_id: int, day: dt.date) -> Person | None:
    """An employee with the post held on that day; None if there is no such employee."""
    found = _facts([employee_id], [], [], day)
    return _person(Person(employee_id=employee_id), found) if employee_id in found.people else None


def cited(document: Document) -> Cited:
    """A document of the registry as texts name it; its organisation stands in the genitive behind the kind."""
    return Cited(
        kind=kind_word(document.kind),
        organisation=_genitive(organisation_of(document)),
        date=document.date,
        number=document.number,
        title=document.title,
        document_id=document.id,
    )


def as_of(values: T, day: dt.date) -> T:
    """The values with names, posts and units of that day, and citations as the registry has them; what has no id, or
    one that is gone, stays as it is written.
    """
    people = {one.employee_id for one in things(values, Person) if one.employee_id}
    people |= {one.employee_id for one in things(values, Executor) if one.employee_id}
    units = {one.unit_id for one in things(values, Executor) if one.unit_id}
    documents = {one.document_id for one in things(values, Cited) if one.document_id}
    if not (people or units or documents):
        return values
    found = _facts(people, units, documents, day)

    def renewed(thing: object) -> object:
        if isinstance(thing, Person):
            return _person(thing, found)
        if isinstance(thing, Executor):
            return _executor(thing, found)
        if isinstance(thing, Cited) and thing.document_id in found.documents:
            return _recited(thing, found.documents[thing.document_id])
        return thing

    return changed(values, renewed)


@dataclass(frozen=True, slots=True)
class _Facts:
    people: Mapping[int, Employee]
    posts: Mapping[int, list[str]]
    units: Mapping[int, str]
    documents: Mapping[int, Document] = field(default_factory=dict)


def _facts(people: Collection[int], units: Collection[int], documents: Collection[int], day: dt.date) -> _Facts:
    posts: dict[int, list[str]] = {}
    held = Post.held_on(day).where(Post.employee.in_(list(people)))
    for post in held.order_by(Post.heads.desc(), Post.since, Post.id) if people else ():
        posts.setdefault(post.employee_id, []).append(post.title)
    rows = Employee.select().where(Employee.id.in_(list(people))) if people else ()
    named = Unit.select().where(Unit.id.in_(list(units))) if units else ()
    known = Document.select(Document, Kind).join(Kind).where(Document.id.in_(list(documents))) if documents else ()
    return _Facts(
        {row.id: row for row in rows}, posts, {row.id: row.name for row in named}, {row.id: row for row in known}
    )


def _person(person: Person, found: _Facts) -> Person:
    row = found.people.get(person.employee_id)
    if row is None:
        return person
    post = _post(person.post, found.posts.get(row.id, []))
    return dataclasses.replace(
        person, name=full_name(row), gender=row.gender, post=post, email=person.email or row.email
    )


def _executor(executor: Executor, found: _Facts) -> Executor:
    row, unit = found.people.get(executor.employee_id), found.units.get(executor.unit_id)
    if row is not None:
        post = _post(executor.post, found.posts.get(row.id, []))
        executor = dataclasses.replace(executor, name=full_name(row), gender=row.gender, post=post)
    return dataclasses.replace(executor, unit=unit) if unit else executor


def _post(written: str, held: list[str]) -> str:
    """The post that is written while the person holds it, or holds none that we know; else the first of those held."""
    return written if not held or written in held else held[0]


def _recited(written: Cited, document: Document) -> Cited:
    now = cited(document)
    # A citation may leave the organisation or the heading out: what it does not say is not forced upon it.
    return dataclasses.replace(
        now, organisation=now.organisation if written.organisation else "", title=now.title if written.title else ""
    )


def _genitive(organisation: Organisation | None) -> str:
    return (organisation.genitive or organisation.short_name) if organisation is not None else ""
