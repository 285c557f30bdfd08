"""Whom the words of a point mean: people by name in any case, holders of posts, heads of units.

Where exactly one person fits, that is who is meant; where several do, they are offered, and nobody is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from roadmapdocs.assignments.point_names import NAME, ONE_WORD, alike, folded
from roadmapdocs.assignments.post_words import (
    Word,
    all_words,
    left_over,
    names_many,
    quoted_words,
    same_head,
    words_of,
)
from roadmapdocs.people.declension import forms_of_employee
from roadmapdocs.people.holders import Holder, head_of
from roadmapdocs.people.models import Acting, Employee, EmployeeForms, Organisation, Post, Unit
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.names import FullName, decline

#: More who fit are no help to whoever has to choose.
MOST_OFFERS: Final = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant. ``name`` as lists print it, ``post`` as titles have it."""

    employee_id: int
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a point names. ``words`` are as printed, in their case.

    ``employee_id`` is who that is, where exactly one fits, else None; ``offers`` are who fit, at most
    :data:`MOST_OFFERS`. ``unit_id``: the words name a unit, and its head is meant. ``many``: they name no one person
    («руководителям школ»).
    """

    words: str
    employee_id: int | None = None
    offers: tuple[Candidate, ...] = ()
    unit_id: int | None = None
    many: bool = False


@dataclass(frozen=True, slots=True)
class _Held:
    person: Candidate
    unit_id: int
    words: tuple[Word, ...]


class People:
    """Who works in the office on a day, read once for a whole document."""

    def __init__(self, day: dt.date) -> None:
        self._day = day
        self._heads: dict[int, Holder | None] = {}
        self._forms: dict[int, dict[Case, str]] = {}

    def named(self, words: str, case: Case = Case.DAT) -> Named:
        """By name, else by the name or abbreviation of a unit, else by the title of a post, else by a bare surname.

        ``case`` is the one in which people stand there; of two whom different cases fit it chooses.
        """
        words = " ".join(words.split()).strip(" ,;:.–—-") if not words.endswith(".") else " ".join(words.split()).strip(" ,;:–—-")
        if (found := NAME.search(words)) is not None:
            return self._by_name(words, found, case)
        unit_id = self._unit(words)
        if unit_id is not None:
            head = self._head(unit_id)
            offers = (Candidate(head.employee_id, head.name, head.post),) if head is not None else ()
            return Named(words, head.employee_id if head else None, offers, unit_id)
        if names_many(words, case):
            return Named(words, many=True)
        exact, near = self._by_post(words)
        if exact:
            return _one_of(words, exact)
        if ONE_WORD.fullmatch(words):
            return _one_of(words, self._by_surname(words, "", "", case))
        return Named(words, None, near[:MOST_OFFERS])

    def of_employee(self, employee_id: int, words: str) -> Named:
        """A person who is known already."""
        person = Employee.get_or_none(Employee.id == employee_id)
        if person is None:
            return Named(words)
        post = next((one.person.post for one in self._held if one.person.employee_id == employee_id), "")
        return Named(words, employee_id, (Candidate(employee_id, str(person), post),))

    def _by_name(self, words: str, found: re.Match[str], case: Case) -> Named:
        surname = found["surname"] or found["surname_behind"] or found["full_surname"]
        name = found["name"] or found["name_before"] or (found["full_name"] or "")[:1]
        patronymic = found["patronymic"] or found["patronymic_before"] or (found["full_patronymic"] or "")[:1]
        people = self._by_surname(surname, name, patronymic, case)
        if len(people) > 1:
            # «методисту Ивановой И.И.» is the one of two who is a methodist.
            post = words[: found.start()] + words[found.end() :]
            fitting = {one.employee_id for one in (*self._by_post(post)[0], *self._by_post(post)[1])}
            people = tuple(one for one in people if one.employee_id in fitting) or people
        return _one_of(words, people, self._unit(words[: found.start()].strip(" (,")))

    def _by_surname(self, surname: str, name: str, patronymic: str, case: Case) -> tuple[Candidate, ...]:
        """Who bears the surname in some case, in ``case`` first, with these initials (empty: any)."""
        wanted = folded(surname)
        found: dict[int, tuple[Candidate, bool]] = {}
        for person, held in self._by_letters.get(wanted[:2], ()):
            if not folded(person.name).startswith(folded(name)) or not folded(person.patronymic).startswith(folded(patronymic)):
                continue
            if not alike(wanted, folded(person.surname)):
                continue
            forms = self._surnames(person)
            if wanted in forms.values():
                found.setdefault(person.id, (held, forms[case] == wanted))
        right = tuple(one for one, in_case in found.values() if in_case)
        return right or tuple(one for one, _in_case in found.values())

    def _surnames(self, person: Employee) -> dict[Case, str]:
        """The surname in all cases, folded; as somebody corrected it where somebody did."""
        if person.id not in self._forms:
            if person.id in self._corrected:
                forms = {case: form.surname for case, form in forms_of_employee(person).items()}
            else:
                surname = FullName(person.surname, gender=person.gender)
                forms = {case: decline(surname, case).surname for case in Case}
            self._forms[person.id] = {case: folded(form) for case, form in forms.items()}
        return self._forms[person.id]

    def _head(self, unit_id: int) -> Holder | None:
        """Who heads the unit: looked up once, however many points name it."""
        if unit_id not in self._heads:
            self._heads[unit_id] = head_of(unit_id, self._day)
        return self._heads[unit_id]

    @cached_property
    def _corrected(self) -> frozenset[int]:
        return frozenset(employee for (employee,) in EmployeeForms.select(EmployeeForms.employee).tuples())

    def _unit(self, words: str) -> int | None:
        """The one unit that is called so, by its abbreviation or its name in some case."""
        if not words:
            return None
        short = folded(words).strip(" .«»\"")
        found = {row.id for row in self._units if row.abbreviation and folded(row.abbreviation) == short}
        if not found:
            own = words_of(words)
            found = {row.id for row in self._units if self._is_called(own, words_of(row.name))}
        return found.pop() if len(found) == 1 else None

    def _is_called(self, words: tuple[Word, ...], name: tuple[Word, ...]) -> bool:
        if not same_head(words, name) or left_over(name, words):
            return False
        return all(not word.isdisjoint(self._office_words) for word in left_over(words, name))

    def _by_post(self, words: str) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
        """Who holds a post of this title, and who one whose title says less or more."""
        own = words_of(words)
        quoted = [word for word in quoted_words(words) if word.isdisjoint(self._office_words)]
        exact: list[tuple[int, Candidate]] = []
        shorter, near = [], []
        for held in self._held:
            if not same_head(own, held.words):
                continue
            around = self._office_words | self._unit_words(held.unit_id)
            if any(word.isdisjoint(around) for word in quoted):
                continue
            missing = left_over(held.words, own)
            more = left_over(own, held.words)
            unexplained = [word for word in more if word.isdisjoint(around)]
            if not unexplained and all(not word.isdisjoint(around) for word in missing):
                exact.append((len(missing) + len(more), held.person))
            elif not unexplained:
                shorter.append(held.person)
            elif not missing:
                near.append(held.person)
        if exact:
            best = min(distance for distance, _person in exact)
            return _distinct(person for distance, person in exact if distance == best), ()
        return (_distinct(shorter), ()) if len(_distinct(shorter)) == 1 else ((), _distinct([*shorter, *near]))

    @cached_property
    def _rows(self) -> list[Post]:
        rows = Post.held_on(self._day).select(Post, Employee).join(Employee)
        return list(rows.order_by(Post.heads.desc(), Post.since, Post.id))

    @cached_property
    def _held(self) -> list[_Held]:
        found = [
            _Held(Candidate(row.employee_id, str(row.employee), row.title), row.unit_id, _title_words(row.title)) for row in self._rows
        ]
        acting = Acting.select(Acting, Employee).join(Employee, on=Acting.employee).where(Acting.live_on(self._day))
        for one in acting.order_by(Acting.id):
            # Whoever fills the post is meant by its title, and not who is away.
            found = [held for held in found if not (held.person.employee_id == one.absent_id and held.person.post == one.title)]
            found.append(_Held(Candidate(one.employee_id, str(one.employee), one.printed), one.unit_id, _title_words(one.title)))
        return found

    @cached_property
    def _by_letters(self) -> dict[str, list[tuple[Employee, Candidate]]]:
        """People by the first two letters of their surname, which no case changes."""
        found: dict[str, list[tuple[Employee, Candidate]]] = {}
        for row in self._rows:
            person = Candidate(row.employee_id, str(row.employee), row.title)
            found.setdefault(folded(row.employee.surname)[:2], []).append((row.employee, person))
        return found

    @cached_property
    def _units(self) -> list[Unit]:
        return list(Unit.select().order_by(Unit.id))

    @cached_property
    def _office_words(self) -> Word:
        rows = Organisation.select()
        return all_words(text for row in rows for text in (row.name, row.short_name, row.genitive))

    def _unit_words(self, unit_id: int) -> Word:
        """Words of the unit's name and of those above it."""
        if unit_id not in self._words_of_units:
            by_id = {row.id: row for row in self._units}
            chain: list[Unit] = []
            current: int | None = unit_id
            while current is not None and current in by_id and by_id[current] not in chain:
                chain.append(by_id[current])
                current = by_id[current].parent_id
            self._words_of_units[unit_id] = all_words(text for row in chain for text in (row.name, row.abbreviation))
        return self._words_of_units[unit_id]

    @cached_property
    def _words_of_units(self) -> dict[int, Word]:
        return {}


@lru_cache(maxsize=1024)
def _title_words(title: str) -> tuple[Word, ...]:
    return words_of(title)


def _distinct(people: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple({one.employee_id: one for one in people}.values())


def _one_of(words: str, people: tuple[Candidate, ...], unit_id: int | None = None) -> Named:
    return Named(words, people[0].employee_id if len(people) == 1 else None, people[:MOST_OFFERS], unit_id)
