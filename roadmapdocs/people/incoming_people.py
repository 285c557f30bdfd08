"""Taking in people: known by their record, or by a full name that only one person bears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming_matching import UNCLEAR, Matching, of_another
from roadmapdocs.people.incoming_rules import IncomingAccount, IncomingPerson, Kind, What
from roadmapdocs.people.incoming_taking import Taking, clean, fold, key_of, make, singled, too_long, word
from roadmapdocs.people.models import Employee, User
from roadmapdocs.russian.names import gender_told

_GENDERS: Final = {"m": "m", "f": "f", "м": "m", "ж": "f"}
FullName = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class People:
    """What the posts and accounts that follow have to know: ids of those met for the first time, and of those refused."""

    first_met: frozenset[int]
    refused: frozenset[str]


def take_people(taking: Taking, records: Iterable[IncomingPerson], accounts: Collection[IncomingAccount]) -> People:
    """``accounts`` tell people of one name apart by their logins, and whether somebody new comes with the login of another."""
    cleaned = [_cleaned(one) for one in records]
    single = singled(taking, Kind.EMPLOYEE, [(one, _full(one)) for one in cleaned])
    refused = {one.external for one in cleaned} - {one.external for one in single}
    if not single:
        return People(frozenset(), frozenset(refused))
    rows = {row.id: row for row in Employee.select().iterator()}
    logins = {one.person: clean(one.login).lower() for one in accounts if one.person}
    matching = _match(taking, single, rows, logins)
    others = _logins_of_others(taking, accounts)
    met = set()
    for one in single:
        found = matching.found[one.external]
        row = rows[found] if found is not None and found != UNCLEAR else None
        # Asked of newcomers only: a name without a patronymic is looked up in a dictionary.
        gender = _GENDERS.get(one.gender.strip().lower()[:1]) or (_told(one) if row is None else "")
        why = _refused(one, row, gender, unclear=found == UNCLEAR)
        if not why and row is None and one.external in others:
            login, owner_id = others[one.external]
            why = of_another(login, _full(rows[owner_id]), _full(one))
        if why:
            taking.tell(What.REFUSED, Kind.EMPLOYEE, one.external, _full(one), why)
            refused.add(one.external)
            continue
        first = (Kind.EMPLOYEE, key_of(one.external)) not in taking.known
        employee_id = _keep(taking, one, row, gender)
        if first:
            met.add(employee_id)
    return People(frozenset(met), frozenset(refused))


def _cleaned(one: IncomingPerson) -> IncomingPerson:
    return replace(
        one, surname=clean(one.surname), name=clean(one.name), patronymic=clean(one.patronymic), email=clean(one.email)
    )


def _full(one: IncomingPerson | Employee) -> str:
    return " ".join(part for part in (one.surname, one.name, one.patronymic) if part)


def _key(one: IncomingPerson | Employee) -> FullName:
    return fold(one.surname), fold(one.name), fold(one.patronymic)


def _told(one: IncomingPerson) -> str:
    return gender_told(one.surname, one.name, one.patronymic) or ""


def _refused(one: IncomingPerson, row: Employee | None, gender: str, *, unclear: bool) -> str:
    if not one.surname or not one.name:
        return _("The surname or the name is missing.")
    if too_long(one.surname, one.name, one.patronymic, one.email):
        return _("The name or the address is longer than any is.")
    if unclear:
        return _(
            "There are people of this name, and it is not certain who is meant. "
            "Write the same e-mail address on both sides, or the login of the person's account."
        )
    if row is None and not gender:
        return _("The name does not tell whether this is a man or a woman. Write the gender.")
    return ""


def _match(
    taking: Taking, records: Collection[IncomingPerson], rows: Mapping[int, Employee], logins: Mapping[str, str]
) -> Matching:
    matching = Matching(taking, Kind.EMPLOYEE, [one.external for one in records], rows)
    by_name: dict[Hashable, list[int]] = {}
    for row in rows.values():
        by_name.setdefault(_key(row), []).append(row.id)
        if row.patronymic:
            # Who is named without a patronymic may be anybody of this name with one.
            by_name.setdefault((*_key(row)[:2], "*"), []).append(row.id)
    keys = {one.external: _key(one) for one in records}
    accounts = _accounts()
    sure: dict[str, int] = {}
    for one in records:
        if matching.found.get(one.external) is None:
            free = [rows[each] for each in _namesakes(keys[one.external], by_name) if matching.free(one.external, each)]
            told = _told_apart(one, free, accounts, logins.get(one.external, ""))
            sure.update({one.external: told} if told is not None else {})
    claims = Counter(sure.values())
    for external, row_id in sure.items():
        if claims[row_id] == 1:
            matching.take(external, row_id)
    matching.by_key(keys, by_name)
    for one in records:
        # Neither the same name nor another for certain: one of the two has no patronymic.
        if matching.found[one.external] is None and any(
            matching.free(one.external, each) for each in _namesakes(_key(one), by_name)
        ):
            matching.found[one.external] = UNCLEAR
    return matching


def _namesakes(key: FullName, by_name: Mapping[Hashable, list[int]]) -> list[int]:
    surname, name, patronymic = key
    other = (surname, name, "" if patronymic else "*")
    return [*by_name.get(key, ()), *by_name.get(other, ())]


def _accounts() -> dict[str, int]:
    rows = User.select(User.login, User.employee).where(User.employee.is_null(False))
    return dict(rows.tuples())


def _logins_of_others(taking: Taking, accounts: Collection[IncomingAccount]) -> dict[str, tuple[str, int]]:
    """By the person named: a login that is somebody's here, and whose; not where the source has the account under a name it gives."""
    held = {login: (user_id, owner_id) for user_id, login, owner_id in User.select(User.id, User.login, User.employee).where(User.employee.is_null(False)).tuples()}
    known, named = taking.known_as(Kind.USER), {key_of(one.external) for one in accounts}
    found = {}
    for one in accounts:
        login = clean(one.login).lower()
        if one.person and login in held and named.isdisjoint(known.get(held[login][0], ())):
            found[one.person] = login, held[login][1]
    return found


def _told_apart(one: IncomingPerson, rows: Collection[Employee], accounts: Mapping[str, int], login: str) -> int | None:
    """Whom of several of one name the login of the account, else the e-mail address names."""
    by_login = [row.id for row in rows if login and accounts.get(login) == row.id]
    by_email = [row.id for row in rows if one.email and fold(row.email) == fold(one.email)]
    for ids in (by_login, by_email):
        if len(ids) == 1:
            return int(ids[0])
    return None


def _keep(taking: Taking, one: IncomingPerson, row: Employee | None, gender: str) -> int:
    values = {"surname": one.surname, "name": one.name, "patronymic": one.patronymic, "email": one.email}
    if row is None:
        values["gender"] = gender
        row = make(Employee, **values)
        taking.journal("employee_added", row, values)
        taking.tell(What.MADE, Kind.EMPLOYEE, one.external, _full(one))
    else:
        told = {name: value for name, value in values.items() if value}
        told.update({"gender": gender} if gender else {})
        why = taking.change("employee_changed", row, told, dict.fromkeys([*values, "gender"], word))
        taking.tell(What.CHANGED if why else What.SAME, Kind.EMPLOYEE, one.external, _full(one), why)
    taking.keep(Kind.EMPLOYEE, one.external, row.id)
    return int(row.id)
