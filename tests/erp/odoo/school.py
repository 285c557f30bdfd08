"""Five small models over tables of people, for tests of what holds for every model: one hides some of its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import peewee as pw
import pytest

from roadmapdocs.erp.odoo.commands import children
from roadmapdocs.erp.odoo.context import Context, Env, Office
from roadmapdocs.erp.odoo.fields import Field, Link, Type, Write
from roadmapdocs.erp.odoo.registry import MODELS, Method, Model, Parameter, publish
from roadmapdocs.errors import Refusal
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import Employee, Organisation, Post, Unit, User
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.people.tokens import Scope
from tests.conftest import NOW, TODAY

HIDDEN = "Скрытый"
OFFICE = Office(NOW, TODAY, MemoryStore(), "Europe/Moscow", "http://office.example")


def env(**context: Any) -> Env:
    return Env(SYSTEM, OFFICE, Context(**context))


def _upper(rows: Sequence[Any], _env: Env) -> list[str]:
    return [f"{row.title} ({row.id})" for row in rows]


def _make_unit(values: Mapping[str, Any], _env: Env) -> int:
    return Unit.create(**{_column(name): value for name, value in values.items()}).id


def _change_unit(number: int, values: Mapping[str, Any], _env: Env) -> None:
    Unit.update({_column(name): value for name, value in values.items()}).where(Unit.id == number).execute()


def _column(name: str) -> str:
    return name.removesuffix("_id")


def _make_post(values: Mapping[str, Any], _env: Env) -> int:
    if values["title"] == "запрещено":
        raise Refusal("title", "Такой должности нет. Назовите другую.")
    return Post.create(**{_column(name): value for name, value in values.items()}).id


def _change_post(number: int, values: Mapping[str, Any], _env: Env) -> None:
    Post.update(dict(values)).where(Post.id == number).execute()


def _remove_post(number: int, _env: Env) -> None:
    Post.delete().where(Post.id == number).execute()


def _promote(ids: Sequence[int], _env: Env, title: str, since: dt.date | None = None, heads: bool = False) -> object:
    for number in ids:
        Post.update(title=title, heads=heads, **({"since": since} if since else {})).where(Post.id == number).execute()
    if title == "поломка":
        raise ZeroDivisionError
    return {"promoted": list(ids), "nothing": None, "since": since}


def char(column: Any, **more: Any) -> Field:
    return Field(Type.CHAR, column.name, column=column, **more)


COMPANY = Model(
    name="test.company",
    description="Company",
    table=Organisation,
    rows=lambda _env: Organisation.select(),
    display=char(Organisation.short_name),
    fields={
        "name": char(Organisation.name),
        "place": char(Organisation.place),
        "unit_ids": Field(
            Type.ONE2MANY, "Units", link=Link(Unit.organisation, Unit.id), relation="test.unit", relation_field="organisation_id"
        ),
    },
)
UNIT = Model(
    name="test.unit",
    description="Unit",
    table=Unit,
    rows=lambda _env: Unit.select(),
    display=char(Unit.name),
    parent="parent_id",
    fields={
        "name": char(Unit.name, required=True, write=Write.ALWAYS),
        "abbreviation": char(Unit.abbreviation, write=Write.ALWAYS),
        "organisation_id": Field(
            Type.MANY2ONE, "Of", column=Unit.organisation, relation="test.company", required=True, write=Write.CREATE
        ),
        "parent_id": Field(Type.MANY2ONE, "Above", column=Unit.parent, relation="test.unit", write=Write.ALWAYS),
        "post_ids": Field(
            Type.ONE2MANY, "Posts", link=Link(Post.unit, Post.id), relation="test.post", relation_field="unit_id",
            write=Write.ALWAYS, apply=children("test.post", "unit_id"),
        ),
        "person_ids": Field(Type.MANY2MANY, "People", link=Link(Post.unit, Post.employee), relation="test.person"),
        "letters": Field(Type.INTEGER, "Letters", needs=(Unit.name,), read=lambda rows, _env: [len(row.name) for row in rows]),
    },
    create=_make_unit,
    write=_change_unit,
)  # fmt: skip
PERSON = Model(
    name="test.person",
    description="Person",
    table=Employee,
    rows=lambda _env: Employee.select().where(Employee.surname != HIDDEN),
    display=char(Employee.surname),
    order="display_name",
    fields={
        "name": char(Employee.name),
        "email": char(Employee.email),
        "gender": Field(Type.SELECTION, "Gender", column=Employee.gender, selection=(("m", "M"), ("f", "F"))),
        "post_ids": Field(
            Type.ONE2MANY, "Posts", link=Link(Post.employee, Post.id), relation="test.post", relation_field="person_id"
        ),
    },
)
POST = Model(
    name="test.post",
    description="Post",
    table=Post,
    rows=lambda _env: Post.select(),
    display=Field(
        Type.CHAR, "Name", needs=(Post.title,), read=_upper,
        search=lambda operator, value, _env: (Post.title == value) if operator == "=" else Post.title.contains(value),
    ),
    order="since desc, title",
    fields={
        "title": char(Post.title, required=True, write=Write.ALWAYS),
        "person_id": Field(Type.MANY2ONE, "Who", column=Post.employee, relation="test.person"),
        "employee_id": Field(Type.MANY2ONE, "Who", column=Post.employee, relation="test.person", write=Write.CREATE),
        "unit_id": Field(Type.MANY2ONE, "Where", column=Post.unit, relation="test.unit", required=True, write=Write.CREATE),
        "since": Field(Type.DATE, "Since", column=Post.since, write=Write.ALWAYS, required=True),
        "until": Field(Type.DATE, "Until", column=Post.until, write=Write.ALWAYS),
        "heads": Field(Type.BOOLEAN, "Heads", column=Post.heads, write=Write.ALWAYS),
        "file": Field(
            Type.BINARY, "File", needs=(Post.title,), read=lambda rows, _env: (row.title.encode() for row in rows),
            size=lambda rows, _env: [len(row.title.encode()) for row in rows],
        ),
        "rank": Field(Type.INTEGER, "Rank", column=pw.Case(None, ((Post.heads, 3),), None)),
    },
    create=_make_post,
    write=_change_post,
    unlink=_remove_post,
    methods={
        "action_promote": Method(
            _promote,
            "Promote",
            (Parameter("title", required=True), Parameter("since", Type.DATE), Parameter("heads", Type.BOOLEAN, default=False)),
        ),
        "latest": Method(lambda _ids, _env: None, "Latest", scope=Scope.READ, records=False),
    },
)  # fmt: skip
ACCOUNT = Model(
    name="test.account",
    description="Account",
    table=User,
    rows=lambda _env: User.select(User).join(Employee, pw.JOIN.LEFT_OUTER),
    display=char(User.login),
    fields={
        "login": char(User.login),
        "active": Field(Type.BOOLEAN, "Active", column=User.active),
        "failures": Field(Type.INTEGER, "Failures", column=User.failures),
        "locked_until": Field(Type.DATETIME, "Locked", column=User.locked_until),
        "person_id": Field(Type.MANY2ONE, "Who", column=User.employee, relation="test.person"),
        "surname": char(Employee.surname),
    },
)
COLOUR = Model(
    name="test.colour",
    description="Colour",
    listed=lambda _env: [
        {"id": 1, "name": "Красный", "warm": True, "hue": 0, "next_id": 2},
        {"id": 2, "name": "Синий", "warm": False, "hue": 240, "next_id": None},
        {"id": 3, "name": "охра", "warm": True, "hue": 40, "next_id": 1},
    ],
    display=Field(Type.CHAR, "Name"),
    fields={
        "name": Field(Type.CHAR, "Name"),
        "warm": Field(Type.BOOLEAN, "Warm"),
        "hue": Field(Type.INTEGER, "Hue"),
        "next_id": Field(Type.MANY2ONE, "Next", relation="test.colour"),
    },
    order="hue desc",
)
SCHOOL = (COMPANY, UNIT, PERSON, POST, ACCOUNT, COLOUR)


@pytest.fixture
def school() -> Iterator[None]:
    """The models are published while a test runs."""
    publish(SCHOOL)
    yield
    for one in SCHOOL:
        del MODELS[one.name]


def fill() -> None:
    """Two companies, five units below one another, four people, seven posts, three accounts."""
    hall = Organisation.create(name="Администрация района", short_name="Администрация", genitive="администрации", place="Заречье")
    lyceum = Organisation.create(name="Лицей № 7", short_name="Лицей", genitive="лицея")
    head = Unit.create(organisation=hall, name="Управление образования", abbreviation="УО")
    below = Unit.create(organisation=hall, name="Отдел кадров", abbreviation="", parent=head)
    deep = Unit.create(organisation=hall, name="Сектор_учёта 50%", abbreviation="СУ", parent=below)
    Unit.create(organisation=lyceum, name="Library of IDEAS", abbreviation="LIB")
    Unit.create(organisation=lyceum, name="ЁЛКИ и управы", abbreviation="уО", parent=None)
    people = [
        Employee.create(surname=surname, name=name, gender=gender, email=email)
        for surname, name, gender, email in (
            ("Лукина", "Ольга", "f", "Lukina@example.org"),
            ("Гогия", "Иван", "m", ""),
            (HIDDEN, "Пётр", "m", "hidden@example.org"),
            ("Ёжиков", "Иван", "m", "e_1@example.org"),
        )
    ]
    rows = (
        (0, head, "Начальник", dt.date(2020, 1, 1), None, True),
        (1, below, "методист", dt.date(2021, 5, 1), dt.date(2022, 1, 1), False),
        (1, deep, "Методист", dt.date(2022, 1, 2), None, False),
        (2, deep, "инспектор", dt.date(2019, 9, 1), None, False),
        (3, head, "водитель", dt.date(2020, 1, 1), dt.date(2024, 12, 31), False),
        (3, below, "МЕТОДИСТ 1\\2", dt.date(2025, 1, 1), None, True),
        (2, head, "сторож", dt.date(2018, 1, 1), dt.date(2019, 8, 31), False),
    )
    for person, unit, title, since, until, heads in rows:
        Post.create(employee=people[person], unit=unit, title=title, since=since, until=until, heads=heads)
    for login, person, failures, locked, active in (
        ("lukina", people[0], 0, None, True),
        ("hidden", people[2], 3, dt.datetime(2026, 3, 1, 10, 0, tzinfo=dt.UTC), True),
        ("robot", None, 12, None, False),
    ):
        User.create(
            login=login, password_hash="-", employee=person, failures=failures, locked_until=locked, active=active, session_stamp="s"
        )
