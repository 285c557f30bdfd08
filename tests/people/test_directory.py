"""Where people come from: what every directory promises, and how words of a roadmap find them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from roadmapdocs.people.directory import DatabaseDirectory, Directory, PersonRef, Resolver, UnitRef
from roadmapdocs.people.models import Employee, Organisation, Unit


@dataclass
class HostDirectory:
    """A host's people, as another system might hand them over."""

    kept_units: list[UnitRef]
    kept_people: list[PersonRef]

    def units(self) -> list[UnitRef]:
        return sorted(self.kept_units, key=lambda unit: unit.name)

    def people(self) -> list[PersonRef]:
        return sorted(self.kept_people, key=lambda person: person.name)


UNITS = [("Отдел образования", "ОО"), ("Методический центр", "МЦ"), ("Архив", "")]
PEOPLE = [("Лукина", "Ольга", "Сергеевна"), ("Ёлкин", "Пётр", ""), ("Ким", "Анна", "Ли"), ("Ким", "Антон", "Ли")]


@pytest.fixture(params=["database", "host"])
def directory(request: pytest.FixtureRequest) -> Directory:
    if request.param == "host":
        units = [UnitRef(number, name, short) for number, (name, short) in enumerate(UNITS, 1)]
        names = ["Лукина О. С.", "Ёлкин П.", "Ким А. Л.", "Ким А. Л."]
        return HostDirectory(units, [PersonRef(number, name) for number, name in enumerate(names, 1)])
    request.getfixturevalue("sqlite_database")
    office = Organisation.create(name="Управление", short_name="УО", genitive="управления")
    for name, short in UNITS:
        Unit.create(organisation=office, name=name, abbreviation=short)
    for surname, name, patronymic in PEOPLE:
        Employee.create(surname=surname, name=name, patronymic=patronymic, gender="f")
    return DatabaseDirectory()


def test_all_units_are_listed_by_name(directory: Directory) -> None:
    assert [unit.name for unit in directory.units()] == ["Архив", "Методический центр", "Отдел образования"]


def test_all_people_are_listed_as_lists_print_them(directory: Directory) -> None:
    assert sorted(person.name.replace("\xa0", " ") for person in directory.people()) == [
        "Ёлкин П.",
        "Ким А. Л.",
        "Ким А. Л.",
        "Лукина О. С.",
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("ОО", "Отдел образования"),
        ("отдел  образования", "Отдел образования"),
        ("Отдел образования.", "Отдел образования"),
        ("Лукина О.С.", "Лукина О. С."),
        ("ЛУКИНА О. С.", "Лукина О. С."),
        ("Елкин П.", "Ёлкин П."),
    ],
)
def test_words_find_whom_they_name(directory: Directory, words: str, name: str) -> None:
    found = Resolver(directory).resolve(words)
    assert found is not None
    assert found.name.replace("\xa0", " ") == name


@pytest.mark.parametrize("words", ["Ким А.Л.", "", "—", "Руководители ОУ", "Лукина"])
def test_nobody_is_guessed(directory: Directory, words: str) -> None:
    assert Resolver(directory).resolve(words) is None
