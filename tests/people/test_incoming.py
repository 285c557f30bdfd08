"""Taking in people of another program: what is made, changed, ended and refused, on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import verify
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.people import incoming_leaving
from roadmapdocs.people.incoming import (
    IncomingAccount,
    IncomingOrganisation,
    IncomingPerson,
    IncomingPost,
    IncomingUnit,
    Report,
    Snapshot,
    What,
    take_in,
    user_of,
)
from roadmapdocs.people.models import Employee, ExternalRecord, Organisation, Post, Unit, User, UserRole
from roadmapdocs.people.operations import sign_in
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from tests import factories
from tests.conftest import NOW, TODAY, person

YESTERDAY = TODAY - dt.timedelta(days=1)
OFFICE = IncomingOrganisation("1", "Администрация Заречного района", place="Заречный")
UNIT = IncomingUnit("10", "Управление образования", "УО", organisation="1")
BELOW = IncomingUnit("11", "Отдел чтения", parent="10")
LUKINA = IncomingPerson("100", "Лукина", "Ольга", "Сергеевна", email="lukina@example.org")
ZAITSEV = IncomingPerson("101", "Зайцев", "Пётр", "Ильич")
HEAD = IncomingPost("100", "10", "начальник управления", since=dt.date(2020, 3, 2), heads=True)
READER = IncomingPost("101", "11", "методист")
LOGIN = IncomingAccount("u100", "Lukina", "100", frozenset({Role.EXECUTIVE}))
WHOLE = Snapshot("host", (OFFICE,), (UNIT, BELOW), (LUKINA, ZAITSEV), (HEAD, READER), (LOGIN,))


def take(snapshot: Snapshot, **options: Any) -> Report:
    return take_in(snapshot, **{"by": SYSTEM, "now": NOW, "today": TODAY, **options})


def without(snapshot: Snapshot, **parts: Any) -> Snapshot:
    return replace(snapshot, **parts)


def refusals(report: Report) -> Mapping[str, str]:
    return {line.external: line.why for line in report.of(What.REFUSED)}


def test_a_whole_office_is_taken_in_and_is_known_again(database: str) -> None:
    report = take(WHOLE)
    assert report.counts == {"made": 8, "changed": 0, "ended": 0, "same": 0, "refused": 0}
    assert Organisation.get().genitive == "Администрации Заречного района"
    assert Unit.get(Unit.name == "Отдел чтения").parent.abbreviation == "УО"
    assert Employee.get(Employee.surname == "Лукина").gender == "f"
    post = Post.get(Post.title == "начальник управления")
    assert (post.since, post.until, post.heads, post.unit.name) == (dt.date(2020, 3, 2), None, True, "Управление образования")
    assert Post.get(Post.title == "методист").since == TODAY
    account = user_of("host", "user", "u100")
    assert account is not None
    assert account.login == "lukina"
    assert str(account.employee) == str(post.employee)
    assert user_of("host", "employee", "100") == account
    assert user_of("ldap", "user", "u100") is None
    assert [row.role for row in account.roles] == ["executive"]
    assert verify() is None
    again = take(WHOLE)
    assert not again.changes
    assert again.counts["same"] == 8


def test_every_change_has_an_entry_and_what_stays_has_none(sqlite_database: None) -> None:
    take(WHOLE)
    codes = [event.what for event in Event.select().order_by(Event.number)]
    assert codes == [
        "organisation_added", "unit_added", "unit_added", "employee_added", "employee_added", "post_added", "post_added", "user_created",
    ]  # fmt: skip
    assert all(event.effect["source"] == "host" for event in Event.select())
    take(without(WHOLE, people=(replace(LUKINA, email="o.lukina@example.org"), ZAITSEV)))
    assert [event.what for event in Event.select()][len(codes) :] == ["employee_changed"]


def test_a_dry_run_writes_nothing_and_tells_the_same(database: str) -> None:
    dry = take(WHOLE, dry_run=True)
    assert not Employee.select().exists()
    assert not ExternalRecord.select().exists()
    assert not Event.select().exists()
    assert take(WHOLE) == dry


def test_only_an_administrator_takes_people_in(sqlite_database: None, clerk: Actor) -> None:
    with pytest.raises(Forbidden):
        take(WHOLE, by=clerk)


def test_an_account_that_was_taken_in_has_no_password_of_ours(sqlite_database: None) -> None:
    take(WHOLE)
    for password in ("!", "", "lukina"):
        with pytest.raises(Refusal) as refused:
            sign_in("lukina", password, now=NOW)
        assert refused.value.code == "wrong_credentials"


def test_what_was_typed_is_found_by_its_name(sqlite_database: None) -> None:
    unit = factories.unit()
    lukina = factories.employee("Лукина", unit)
    user = factories.account("lukina", Role.STAFF, person=lukina)
    report = take(without(WHOLE, posts=(), people=(LUKINA,), units=(UNIT,)))
    assert (Employee.select().count(), Unit.select().count(), Organisation.select().count()) == (1, 1, 1)
    assert report.counts["made"] == 0
    assert user_of("host", "user", "u100") == user
    assert {row.role for row in user.roles} == {"staff", "executive"}


def test_two_of_one_name_are_not_guessed_between(sqlite_database: None) -> None:
    first, second = factories.employee("Лукина"), factories.employee("Лукина")
    report = take(without(WHOLE, accounts=()))
    assert "100" in refusals(report)
    assert set(refusals(report)) == {"100", "100 / 10 / начальник управления"}
    Employee.update(email="LUKINA@example.org").where(Employee.id == second.id).execute()
    assert not refusals(take(without(WHOLE, accounts=())))
    assert ExternalRecord.get(ExternalRecord.external == "100").local_id == second.id != first.id


def test_a_login_tells_people_of_one_name_apart(sqlite_database: None) -> None:
    factories.employee("Лукина")
    meant = factories.employee("Лукина")
    factories.account("lukina", Role.STAFF, person=meant)
    assert not refusals(take(WHOLE))
    assert ExternalRecord.get(ExternalRecord.external == "100").local_id == meant.id


def test_one_known_and_two_named_of_one_name_are_not_guessed_between(sqlite_database: None) -> None:
    factories.employee("Лукина")
    report = take(Snapshot("host", people=(LUKINA, replace(LUKINA, external="102", email=""))))
    assert set(refusals(report)) == {"100", "102"}
    assert Employee.select().count() == 1


def test_two_named_of_one_name_whom_nobody_knows_are_two_people(sqlite_database: None) -> None:
    report = take(Snapshot("host", people=(LUKINA, replace(LUKINA, external="102"))))
    assert report.counts["made"] == 2


def test_who_is_named_without_a_patronymic_is_not_taken_for_a_namesake_with_one(sqlite_database: None) -> None:
    known = factories.employee("Лукина")
    short = replace(LUKINA, patronymic="")
    assert set(refusals(take(Snapshot("ldap", people=(short,))))) == {"100"}
    factories.account("lukina", Role.STAFF, person=known)
    take(Snapshot("ldap", people=(short,), accounts=(replace(LOGIN, roles=frozenset()),)))
    assert Employee.select().count() == 1
    assert Employee.get().patronymic == "Сергеевна"


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        (("Гогия", "Нино", "Шалвовна"), "f"),
        (("Кызы", "Лейла", "Гасан кызы"), "f"),
        (("Петренко", "Олег", ""), "m"),
        (("Смирнова", "Саша", ""), "f"),
        (("Ким", "Саша", ""), ""),
        (("Ли", "А.", ""), ""),
    ],
)
def test_a_gender_that_is_missing_is_told_by_the_name_or_asked_for(
    sqlite_database: None, name: tuple[str, str, str], gender: str
) -> None:
    report = take(Snapshot("host", people=(IncomingPerson("1", *name),)))
    assert bool(refusals(report)) is not bool(gender)
    assert [row.gender for row in Employee.select()] == [gender] * bool(gender)


def test_whoever_moves_ends_one_post_the_day_before_the_other_begins(database: str) -> None:
    take(WHOLE)
    since = TODAY + dt.timedelta(days=8)
    report = take(without(WHOLE, posts=(replace(READER, person="100", since=since), READER)))
    old, new = Post.select().join(Employee).where(Employee.surname == "Лукина").order_by(Post.since)
    assert (old.until, new.since, new.unit.name) == (since - dt.timedelta(days=1), since, "Отдел чтения")
    assert report.counts == {"made": 1, "changed": 0, "ended": 1, "same": 7, "refused": 0}


def test_whoever_moves_and_is_told_only_when_hired_begins_today(sqlite_database: None) -> None:
    take(WHOLE)
    moved = without(WHOLE, posts=(replace(HEAD, unit="11", title="заведующий"), READER))
    take(moved)
    old, new = Post.select().join(Employee).where(Employee.surname == "Лукина").order_by(Post.since)
    assert (old.until, new.since) == (YESTERDAY, TODAY)
    assert not take(moved).changes


def test_a_post_typed_beside_stays_once_the_person_is_known(sqlite_database: None) -> None:
    take(WHOLE)
    lukina = Employee.get(Employee.surname == "Лукина")
    Post.create(employee=lukina, unit=Unit.get(), title="член комиссии", since=TODAY - dt.timedelta(days=40))
    assert not take(without(WHOLE, complete=True)).changes


def test_a_post_typed_before_is_ended_when_the_source_first_says_otherwise(sqlite_database: None) -> None:
    factories.employee("Лукина", factories.unit())
    report = take(WHOLE)
    assert [line.name for line in report.of(What.ENDED)] == ["методист"]
    assert Post.get(Post.employee == Employee.get(Employee.surname == "Лукина")).until == dt.date(2020, 3, 1)


def test_a_post_of_another_source_stays(sqlite_database: None) -> None:
    take(WHOLE)
    other = Snapshot("file", (OFFICE,), (BELOW, UNIT), (LUKINA,), (replace(HEAD, title="советник"),))
    report = take(other)
    assert not report.of(What.ENDED)
    assert Post.held_on(TODAY).count() == 3


def test_a_correction_of_the_source_goes_over_and_one_of_ours_stays(sqlite_database: None) -> None:
    take(WHOLE)
    Post.update(since=dt.date(2019, 1, 9)).where(Post.title == HEAD.title).execute()
    assert not take(WHOLE).changes
    Post.update(since=HEAD.since).where(Post.title == HEAD.title).execute()
    corrected = replace(HEAD, since=dt.date(2020, 3, 10), title="Начальник управления")
    take(without(WHOLE, posts=(corrected, READER)))
    row = Post.get(Post.heads)
    assert (row.since, row.title, Post.select().count()) == (dt.date(2020, 3, 10), "Начальник управления", 2)


def test_a_complete_snapshot_ends_exactly_what_it_does_not_name(database: str) -> None:
    take(WHOLE)
    factories.account("own", Role.STAFF, person=factories.employee("Своя", Unit.get()))
    shorter = without(WHOLE, people=(ZAITSEV,), posts=(READER,), accounts=(), complete=True)
    report = take(shorter)
    assert sorted(line.name for line in report.of(What.ENDED)) == ["lukina", "начальник управления"]
    assert Post.get(Post.title == HEAD.title).until == YESTERDAY
    assert not User.get(User.login == "lukina").active
    assert User.get(User.login == "own").active
    assert not take(shorter).changes
    take(WHOLE)
    assert User.get(User.login == "lukina").active
    assert Post.get(Post.title == HEAD.title).until is None


def test_a_part_of_what_the_source_knows_ends_nothing(sqlite_database: None) -> None:
    take(WHOLE)
    assert not take(Snapshot("host", people=(ZAITSEV,))).changes
    assert not take(Snapshot("host")).changes


def test_a_complete_snapshot_without_anybody_is_refused(sqlite_database: None) -> None:
    take(WHOLE)
    with pytest.raises(Refusal) as refused:
        take(Snapshot("host", complete=True))
    assert refused.value.code == "nobody_named"
    assert User.get().active


def test_nothing_ends_of_whom_the_source_tells_badly(sqlite_database: None) -> None:
    take(WHOLE)
    bad = without(WHOLE, posts=(replace(HEAD, unit="99"), READER), accounts=(LOGIN,), complete=True)
    assert take(bad).counts["ended"] == 0
    assert take(without(WHOLE, people=(replace(LUKINA, surname=" "), ZAITSEV), posts=(READER,), complete=True)).counts["ended"] == 0


def test_units_in_a_circle_are_refused_with_those_below_and_stay_as_they_were(sqlite_database: None) -> None:
    take(WHOLE)
    circle = (replace(UNIT, parent="11"), BELOW, IncomingUnit("12", "Сектор", parent="13"), IncomingUnit("13", "Группа", parent="12"))
    report = take(without(WHOLE, units=(*circle, IncomingUnit("14", "Бюро", parent="13"))))
    assert set(refusals(report)) == {"10", "11", "12", "13", "14"}
    assert [row.parent_id is None for row in Unit.select().order_by(Unit.id)] == [True, False]
    assert report.counts["same"] == 6  # the organisation, people, posts and the account go on


def test_units_exchange_their_names(database: str) -> None:
    take(WHOLE)
    exchanged = (replace(UNIT, name=BELOW.name), replace(BELOW, name=UNIT.name))
    assert take(without(WHOLE, units=exchanged)).counts["changed"] == 2
    assert Unit.get(Unit.abbreviation == "УО").name == BELOW.name
    assert not take(without(WHOLE, units=exchanged)).changes


def test_accounts_exchange_their_logins_and_people(database: str) -> None:
    second = IncomingAccount("u101", "zaitsev", "101")
    take(without(WHOLE, accounts=(LOGIN, second)))
    exchanged = (replace(LOGIN, login="zaitsev", person="101"), replace(second, login="lukina", person="100"))
    assert take(without(WHOLE, accounts=exchanged)).counts["changed"] == 2
    assert str(User.get(User.login == "lukina").employee).startswith("Лукина")
    assert not take(without(WHOLE, accounts=exchanged)).changes


@pytest.mark.parametrize(
    ("parts", "refused"),
    [
        ({"units": (UNIT, replace(UNIT, external="19"))}, {"10", "19"}),
        ({"units": (UNIT, BELOW, replace(BELOW, external="12", name=""))}, {"12"}),
        ({"units": (UNIT, BELOW, IncomingUnit("12", "Сектор", parent="77"))}, {"12"}),
        ({"units": (UNIT, BELOW, IncomingUnit("12", "Сектор", organisation="77"))}, {"12"}),
        ({"people": (LUKINA, replace(LUKINA, name="Ирина"), ZAITSEV)}, {"100", "u100"}),
        ({"people": (LUKINA, ZAITSEV, IncomingPerson("", "Ли", "Ян"))}, {""}),
        ({"people": (LUKINA, ZAITSEV, IncomingPerson("9", "Ли" * 400, "Ян", gender="m"))}, {"9"}),
        ({"posts": (HEAD, READER, replace(READER, title=" ", external="p"))}, {"p"}),
        ({"posts": (HEAD, READER, replace(READER, external="p", since=TODAY, until=YESTERDAY))}, {"p"}),
        ({"posts": (HEAD, READER, replace(HEAD, external="p", title="x", since=None, until=YESTERDAY))}, set()),
        ({"accounts": (LOGIN, IncomingAccount("u", "lukina"))}, {"u100", "u"}),
        ({"accounts": (LOGIN, IncomingAccount("u", "other", "100"))}, {"u100", "u"}),
        ({"accounts": (LOGIN, IncomingAccount("u", "other", "555"))}, {"u"}),
        ({"accounts": (LOGIN, IncomingAccount("u", " "))}, {"u"}),
        ({"accounts": (LOGIN, IncomingAccount("u", "x" * 65))}, {"u"}),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence_and_the_rest_goes_on(
    sqlite_database: None, parts: dict[str, Any], refused: set[str]
) -> None:
    report = take(without(WHOLE, **parts))
    found = {external for external in refusals(report) if " / " not in external}
    assert found == refused
    assert all(refusals(report).values())
    assert report.counts["made"] >= 3
    again = take(without(WHOLE, **parts))
    assert not again.changes
    assert refusals(again) == refusals(report)


def test_hostile_names_are_kept_as_text_or_refused(database: str) -> None:
    odd = IncomingPerson("é\x00'; drop table rd_user; --" + "я" * 300, "О’Нил\x00\u202e", "Пётр\ud800", "Ильич")
    take(Snapshot("host", people=(odd,)))
    assert not take(Snapshot("host", people=(odd,))).changes
    assert (Employee.get().surname, Employee.get().name) == ("О’Нил", "Пётр")


def test_several_organisations_ask_for_the_one_that_is_meant(sqlite_database: None) -> None:
    report = take(Snapshot("host", (OFFICE, IncomingOrganisation("2", "Центр")), (IncomingUnit("10", "Отдел"), IncomingUnit("11", "Отдел", organisation="2"))))
    assert set(refusals(report)) == {"10"}
    assert Unit.get().organisation.name == "Центр"


def test_a_unit_does_not_stand_below_one_of_another_organisation(sqlite_database: None) -> None:
    abroad = IncomingUnit("12", "Сектор", parent="10", organisation="2")
    report = take(Snapshot("host", (OFFICE, IncomingOrganisation("2", "Центр")), (UNIT, abroad)))
    assert set(refusals(report)) == {"12"}


def test_the_source_gives_and_takes_only_its_own_roles(sqlite_database: None) -> None:
    take(WHOLE)
    user = User.get()
    UserRole.create(user=user, role=Role.COORDINATOR)
    take(without(WHOLE, accounts=(replace(LOGIN, roles=frozenset({Role.STAFF})),)))
    assert {row.role for row in user.roles} == {"staff", "coordinator"}


def test_an_account_that_an_administrator_closed_is_not_opened_by_the_source(sqlite_database: None) -> None:
    take(WHOLE)
    User.update(active=False).execute()
    assert not take(WHOLE).changes
    take(without(WHOLE, accounts=(replace(LOGIN, active=False),)))
    take(WHOLE)
    assert User.get().active  # the source closed and opened it


def test_closing_an_account_ends_its_sessions_for_good(sqlite_database: None) -> None:
    take(WHOLE)
    stamp = User.get().session_stamp
    take(without(WHOLE, accounts=(replace(LOGIN, active=False),)))
    assert User.get().session_stamp != stamp


def test_nobody_shuts_himself_or_the_last_administrator_out(sqlite_database: None) -> None:
    boss = replace(LOGIN, roles=frozenset({Role.ADMINISTRATOR}))
    take(without(WHOLE, accounts=(boss,)))
    gone = without(WHOLE, accounts=(IncomingAccount("u101", "zaitsev", "101"),), complete=True)
    assert set(refusals(take(gone))) == {"u100"}
    factories.account("second", Role.ADMINISTRATOR)
    assert set(refusals(take(gone, by=person(Role.ADMINISTRATOR, user_id=User.get(User.login == "lukina").id)))) == {"u100"}
    assert not refusals(take(gone))


def test_what_waits_for_somebody_who_leaves_is_told(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    take(WHOLE)
    left = Employee.get(Employee.surname == "Лукина")
    monkeypatch.setattr(incoming_leaving, "OPEN_WORK", [lambda ids, day: dict.fromkeys(ids, f"3 visas on {day}")])
    report = take(without(WHOLE, people=(ZAITSEV,), posts=(READER,), accounts=(), complete=True))
    told = [line for line in report.lines if line.kind == "employee" and line.what is What.ENDED]
    assert [(line.external, line.name) for line in told] == [("100", str(left))]
    assert f"3 visas on {TODAY}" in told[0].why


def test_a_number_takes_the_place_of_a_name_given_for_want_of_one(sqlite_database: None) -> None:
    take(Snapshot("file", people=(replace(LUKINA, external="=лукина ольга сергеевна"),)))
    take(Snapshot("file", people=(LUKINA,), complete=True))
    assert Employee.select().count() == 1
    assert [row.external for row in ExternalRecord.select()] == ["100"]


def test_another_number_is_another_person(sqlite_database: None) -> None:
    take(Snapshot("file", people=(LUKINA,)))
    take(Snapshot("file", people=(replace(LUKINA, external="200", email=""),)))
    assert Employee.select().count() == 2


@pytest.mark.parametrize("source", ["file", "host", "ldap"])
def test_a_login_of_another_person_stays_with_that_person(database: str, source: str) -> None:
    holder = factories.employee("Вересова")
    user = factories.account("lukina", Role.STAFF, person=holder)
    report = take(replace(WHOLE, source=source))
    assert User.get_by_id(user.id).employee_id == holder.id
    assert not Employee.select().where(Employee.surname == "Лукина").exists()
    assert {"100", "u100"} <= set(refusals(report))
    assert all(name in refusals(report)["100"] for name in ("Вересова Ольга Сергеевна", "Лукина Ольга Сергеевна"))
    assert {row.role for row in user.roles} == {"staff"}
    assert user_of(source, "user", "u100") is None


def test_a_login_of_another_person_stays_when_both_people_are_known(sqlite_database: None) -> None:
    holder, named = factories.employee("Вересова"), factories.employee("Лукина")
    user = factories.account("lukina", Role.STAFF, person=holder)
    report = take(WHOLE)
    assert User.get_by_id(user.id).employee_id == holder.id != named.id
    assert set(refusals(report)) == {"u100"}
    assert all(name in refusals(report)["u100"] for name in ("Вересова Ольга Сергеевна", "Лукина Ольга Сергеевна"))


def test_a_login_hidden_behind_signs_that_nobody_sees_is_the_same_login(sqlite_database: None) -> None:
    factories.account("lukina", Role.STAFF, person=factories.employee("Вересова"))
    report = take(without(WHOLE, accounts=(replace(LOGIN, login=" LUK\u200bina"),)))
    assert "100" in refusals(report)


def test_an_account_without_a_person_is_given_to_the_one_who_is_named(sqlite_database: None) -> None:
    user = factories.account("lukina", Role.STAFF)
    assert not refusals(take(WHOLE))
    assert User.get_by_id(user.id).employee.surname == "Лукина"


def test_an_account_of_this_very_source_goes_over_and_both_people_are_told(sqlite_database: None) -> None:
    take(WHOLE)
    other = IncomingPerson("102", "Вересова", "Анна", "Павловна")
    report = take(without(WHOLE, people=(*WHOLE.people, other), accounts=(replace(LOGIN, person="102"),)))
    assert not refusals(report)
    assert User.get(User.login == "lukina").employee.surname == "Вересова"
    (told,) = [line.why for line in report.of(What.CHANGED) if line.external == "u100"]
    assert told.endswith("«Лукина Ольга Сергеевна» → «Вересова Анна Павловна»")


def test_a_name_in_other_letters_is_the_same_person(sqlite_database: None) -> None:
    known = Employee.create(surname="Семёнова", name="Алёна", patronymic="Петровна", gender="f")
    user = factories.account("semenova", Role.STAFF, person=known)
    person = IncomingPerson("7", "СЕМЕНОВА", "Алена", "Петровна")
    assert not refusals(take(Snapshot("host", people=(person,), accounts=(IncomingAccount("u7", "Semenova", "7"),))))
    assert (user_of("host", "user", "u7"), Employee.select().count()) == (user, 1)


def test_a_login_that_the_source_keeps_under_another_name_is_refused_with_both_names(sqlite_database: None) -> None:
    take(WHOLE)
    newcomer = IncomingPerson("102", "Вересова", "Анна", "Павловна")
    report = take(Snapshot("host", people=(newcomer,), accounts=(IncomingAccount("u102", "lukina", "102"),)))
    assert set(refusals(report)) == {"102", "u102"}
    assert User.get(User.login == "lukina").employee.surname == "Лукина"
