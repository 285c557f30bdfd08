"""A table of people, one line a post, as a snapshot that can be taken in. See docs/people.md for its columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people import sheets_columns as cells
from roadmapdocs.people.incoming_rules import (
    PROVISIONAL,
    IncomingAccount,
    IncomingOrganisation,
    IncomingPerson,
    IncomingPost,
    IncomingUnit,
    Kind,
    Line,
    Snapshot,
    What,
)
from roadmapdocs.people.incoming_taking import clean, fold
from roadmapdocs.people.rules import Role
from roadmapdocs.people.sheets_columns import Column, Unreadable, heading_of
from roadmapdocs.people.sheets_reading import Row, read_tables
from roadmapdocs.russian.names import FullName

#: The source of everybody who came by a file.
SOURCE: Final = "file"


@dataclass(frozen=True, slots=True)
class PeopleSheet:
    """What a file says. ``refused`` are lines of it that say nothing certain; ``places`` the rows of a person or unit."""

    snapshot: Snapshot
    refused: tuple[Line, ...]
    places: Mapping[str, tuple[int, ...]]

    def whole(self) -> Snapshot:
        """All who work in the office: whoever is not in the file has left.

        :raise Refusal: ``lines_refused`` while there is a line of which it is not certain whom it names
        """
        if self.refused:
            raise Refusal(
                "lines_refused",
                _("Who is not in the file would have left, and %(count)s of its lines are not read. Correct them first.", count=len(self.refused)),
                lines=[line.external for line in self.refused],
            )
        return replace(self.snapshot, complete=True)


@dataclass(slots=True)
class _Line:
    number: int
    person: IncomingPerson
    post: IncomingPost | None
    account: IncomingAccount | None
    units: tuple[IncomingUnit, ...]
    organisation: IncomingOrganisation | None


def read_people(data: bytes, name: str, *, today: dt.date) -> PeopleSheet:
    """Read a CSV or XLSX. ``name`` is the file's name, for messages.

    :raise Refusal: those of :func:`roadmapdocs.people.sheets_reading.read_tables`; ``no_heading`` where no sheet has
        a row of headings, ``no_people`` where nobody stands below it
    """
    tables = read_tables(data, name)
    for rows in tables.values():
        heading = heading_of(rows)
        if heading is not None:
            return _Reading(heading[1], today).read(rows, heading[0] + 1, name)
    raise Refusal(
        "no_heading",
        _(
            "No row of %(name)s has the headings of a table of people. "
            "There must be “ФИО”, or “Фамилия” and “Имя”; take the sample file as a pattern.",
            name=name,
        ),
        sheets=list(tables),
    )


@dataclass(slots=True)
class _Reading:
    columns: Mapping[Column, int]
    today: dt.date
    lines: list[_Line] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)

    def read(self, rows: Sequence[Row], start: int, name: str) -> PeopleSheet:
        for index, row in enumerate(rows[start:], start=start):
            if any(row):
                try:
                    self.lines.append(self._line(index + 1, row))
                except Unreadable as problem:
                    self._refuse(index + 1, " ".join(cell for cell in row if cell.isprintable())[:80], str(problem))
        if not self.lines and not self.refused:
            raise Refusal("no_people", _("Below the headings of %(name)s there is nobody.", name=name))
        self._refuse_namesakes()
        return PeopleSheet(self._snapshot(), tuple(self.refused), self._places())

    def _refuse(self, number: int, name: str, why: str) -> None:
        self.refused.append(Line(What.REFUSED, Kind.EMPLOYEE, _("row %(number)s", number=number), name, why))

    def _cell(self, row: Row, column: Column) -> str:
        place = self.columns.get(column)
        return row[place] if place is not None and place < len(row) else ""

    def _text(self, row: Row, column: Column) -> str:
        return clean(cells.text(self._cell(row, column)))

    def _line(self, number: int, row: Row) -> _Line:
        person = self._person(row)
        organisation, units = self._units(row)
        until = cells.day(self._cell(row, Column.UNTIL))
        post = None
        title = self._text(row, Column.POST)
        if title or units:
            if not title or not units:
                raise Unreadable(_("A post needs its unit, and a unit the post in it: one of the two is missing."))
            since = cells.day(self._cell(row, Column.SINCE)) or (until if until and until < self.today else None)
            heads = cells.heads(self._cell(row, Column.HEADS)) if Column.HEADS in self.columns else None
            post = IncomingPost(person.external, units[0].external, title, since=since, until=until, heads=heads)
        return _Line(number, person, post, self._account(row, person, until), units, organisation)

    def _person(self, row: Row) -> IncomingPerson:
        surname, name, patronymic = (self._text(row, one) for one in (Column.SURNAME, Column.NAME, Column.PATRONYMIC))
        if full := self._text(row, Column.FULL_NAME):
            try:
                read = FullName.read(full)
            except Refusal as refusal:
                raise Unreadable(refusal.message) from refusal
            surname, name, patronymic = surname or read.surname, name or read.name, patronymic or read.patronymic
        if not surname or not name or name.endswith("."):
            raise Unreadable(_("The surname or the name is missing, or there are initials only. Write the full name."))
        number = self._text(row, Column.NUMBER)
        if number.isdecimal():
            # Excel takes zeros off in front as soon as somebody opens a CSV.
            number = number.lstrip("0")
        external = number or PROVISIONAL + fold(f"{surname} {name} {patronymic}")
        gender = cells.gender(self._cell(row, Column.GENDER))
        return IncomingPerson(external, surname, name, patronymic, gender, self._text(row, Column.EMAIL))

    def _units(self, row: Row) -> tuple[IncomingOrganisation | None, tuple[IncomingUnit, ...]]:
        """The unit of the line, and the one above it."""
        of, unit, above = (self._text(row, one) for one in (Column.ORGANISATION, Column.UNIT, Column.ABOVE))
        organisation = IncomingOrganisation(fold(of), of) if of else None
        if not unit:
            return organisation, ()
        key = f"{fold(of)} / " if of else ""
        if not above:
            return organisation, (IncomingUnit(key + fold(unit), unit, parent=None, organisation=fold(of)),)
        higher = IncomingUnit(key + fold(above), above, parent=None, organisation=fold(of))
        return organisation, (IncomingUnit(key + fold(unit), unit, parent=higher.external, organisation=fold(of)), higher)

    def _account(self, row: Row, person: IncomingPerson, until: dt.date | None) -> IncomingAccount | None:
        login = self._text(row, Column.LOGIN)
        roles = cells.roles(self._cell(row, Column.ROLE))
        if not login:
            if roles:
                raise Unreadable(_("There is a role and no login."))
            return None
        active = until is None or until >= self.today
        return IncomingAccount(person.external, login, person.external, roles or frozenset({Role.STAFF}), active)

    def _refuse_namesakes(self) -> None:
        """Two lines of one name without a number may be one person or two: a login or an address of both tells."""
        by_name: dict[str, list[_Line]] = {}
        for line in self.lines:
            if line.person.external.startswith(PROVISIONAL):
                by_name.setdefault(line.person.external, []).append(line)
        unclear: set[int] = set()
        for lines in by_name.values():
            marks = {(line.person.email, line.account.login if line.account else "") for line in lines}
            if len(lines) > 1 and (len(marks) > 1 or marks == {("", "")}):
                for line in lines:
                    why = _("Other lines bear this name, too. Write personnel numbers, so that it is certain who is who.")
                    self._refuse(line.number, f"{line.person.surname} {line.person.name}", why)
                    unclear.add(line.number)
        self.lines = [line for line in self.lines if line.number not in unclear]

    def _snapshot(self) -> Snapshot:
        units: dict[tuple[str, str], IncomingUnit] = {}
        for one in (unit for line in self.lines for unit in line.units):
            key = one.external, one.parent or ""
            units[key] = min(one, units.get(key, one), key=lambda unit: unit.name)
        above = {external for external, parent in units if parent}
        posts = {line.post: None for line in self.lines if line.post is not None}
        return Snapshot(
            SOURCE,
            tuple({line.organisation.external: line.organisation for line in self.lines if line.organisation}.values()),
            # Named on one line with the unit above it and on another without: the former says more.
            tuple(one for one in units.values() if one.parent or one.external not in above),
            _merged([line.person for line in self.lines], ("gender", "email", "patronymic")),
            tuple(posts),
            self._accounts(),
        )

    def _accounts(self) -> tuple[IncomingAccount, ...]:
        """Somebody who left one post and holds another keeps the account."""
        found: dict[tuple[str, str], IncomingAccount] = {}
        for one in (line.account for line in self.lines if line.account is not None):
            before = found.get((one.external, one.login))
            if before is not None:
                one = replace(one, roles=one.roles | before.roles, active=one.active or before.active)  # noqa: PLW2901  # what the lines say together
            found[one.external, one.login] = one
        return tuple(found.values())

    def _places(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for line in self.lines:
            for external in {line.person.external, *(unit.external for unit in line.units)}:
                found.setdefault(external, []).append(line.number)
        return {external: tuple(numbers) for external, numbers in found.items()}


def _merged(records: Sequence[IncomingPerson], names: Sequence[str]) -> tuple[IncomingPerson, ...]:
    """Of a person on several lines, what only some of them say counts for all; what they say differently stays apart."""
    said: dict[tuple[str, str], str] = {}
    for one in records:
        for name in names:
            said.setdefault((one.external, name), "")
            said[one.external, name] = said[one.external, name] or getattr(one, name)
    return tuple(
        dict.fromkeys(
            replace(one, **{name: getattr(one, name) or said[one.external, name] for name in names}) for one in records
        )
    )
