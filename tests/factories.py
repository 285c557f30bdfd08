"""Small makers of stored things, all by the operations that people use."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

import peewee
import pytest

from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.models import Employee, Organisation, Post, Unit, User
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.roadmap.draft import Approval, Draft, DraftExpected, DraftItem, DraftSection
from roadmapdocs.roadmap.models import Edition, Roadmap
from roadmapdocs.roadmap.operations import store_draft
from roadmapdocs.russian.terms import Term
from tests.conftest import NOW, TODAY

PASSWORD = "тетрадь-в-клетку"
_numbers = itertools.count(1)


def deadline(year: int, month: int, day: int) -> Term:
    end = dt.date(year, month, day)
    return Term("deadline", None, end, None, f"до {end:%d.%m.%Y}")


def yearly() -> Term:
    return Term("recurring", None, None, "yearly", "ежегодно")


def item(
    number: str = "1.1",
    title: str = "Провести смотр школьных библиотек",
    *terms: Term,
    section: str | None = "1",
    expected: Sequence[DraftExpected] = (DraftExpected("Приказ об итогах смотра", "приказ"),),
    responsible: Sequence[str] = ("УО",),
    planned: dict[str, str] | None = None,
) -> DraftItem:
    return DraftItem(
        number=number,
        section=section,
        title=title,
        terms=terms,
        responsible=tuple(responsible),
        responsible_text=", ".join(responsible),
        expected_documents=tuple(expected),
        planned=planned or {},
    )


def draft(*items: DraftItem, title: str = "Развитие чтения", period: tuple[int, int] = (2025, 2027)) -> Draft:
    sections = tuple(
        DraftSection(number, f"Раздел {number}") for number in dict.fromkeys(one.section for one in items) if number
    )
    return Draft(title, period, Approval(), {}, sections, items, ())


def roadmap(*items: DraftItem, title: str = "Развитие чтения", edition_of: Roadmap | None = None) -> Edition:
    return store_draft(
        draft(*items, title=title),
        source=None,
        directory=DatabaseDirectory(),
        edition_of=edition_of,
        by=SYSTEM,
        now=NOW,
    )


def large_draft(items: int, years: Sequence[int] = (2024, 2025, 2026, 2027), documents: int = 3) -> Draft:
    """``items`` rows of work, each wanting ``documents`` documents in every year."""
    kinds = ("приказ", "протокол", "отчёт")
    rows = [
        item(
            f"{place % 8 + 1}.{place}",
            f"Провести мероприятие {place} по развитию чтения в школах района",
            *(Term("range", dt.date(year, 1, 1), dt.date(year, 12, 31), None, str(year), year) for year in years),
            section=str(place % 8 + 1),
            expected=[DraftExpected(f"Документ {number} о мероприятии", kinds[number % 3]) for number in range(documents)],
        )
        for place in range(items)
    ]
    return draft(*rows, title=f"Большая карта {items}", period=(years[0], years[-1]))


def document(
    title: str = "Об итогах смотра школьных библиотек",
    *,
    kind: str = "order_main",
    date: dt.date | None = dt.date(2026, 2, 2),
    preparation: Preparation = Preparation.SIGNED,
    signer_id: int | None = None,
    drafter_id: int | None = None,
) -> Document:
    card = Card(
        kind,
        title,
        number=f"{next(_numbers)}-Ф",
        date=date,
        preparation=preparation,
        signer_id=signer_id,
        drafter_id=drafter_id,
    )
    return create_document(card, by=SYSTEM, now=NOW, today=TODAY)


def organisation(name: str = "Школа № 3") -> Organisation:
    made, _new = Organisation.get_or_create(name=name, defaults={"short_name": name, "genitive": name})
    return made


def unit(name: str = "Управление образования", abbreviation: str = "УО") -> Unit:
    organisation, _made = Organisation.get_or_create(
        name="Администрация Заречного района",
        defaults={"short_name": "Администрация", "genitive": "администрации Заречного района"},
    )
    return Unit.create(organisation=organisation, name=name, abbreviation=abbreviation)


def employee(surname: str = "Лукина", in_unit: Unit | None = None) -> Employee:
    made = Employee.create(surname=surname, name="Ольга", patronymic="Сергеевна", gender="f")
    if in_unit is not None:
        Post.create(employee=made, unit=in_unit, title="методист", since=dt.date(2020, 1, 1))
    return made


def account(login: str, *roles: Role, person: Employee | None = None) -> User:
    return create_user(login, PASSWORD, roles, employee=person, by=SYSTEM, now=NOW)


def count_queries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """From now on, the statements that are sent to SQLite, in order."""
    sent: list[str] = []
    execute = peewee.SqliteDatabase.execute_sql

    def counted(self: peewee.SqliteDatabase, sql: str, *rest: object, **more: object) -> object:
        sent.append(sql)
        return execute(self, sql, *rest, **more)

    monkeypatch.setattr(peewee.SqliteDatabase, "execute_sql", counted)
    return sent
