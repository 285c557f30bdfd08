from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.i18n import use_language
from roadmapdocs.people import administration
from roadmapdocs.people.models import Employee, Organisation, Post, Unit, User, UserGrant, UserRole
from roadmapdocs.people.operations import actor_of, create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.web.base import LONGEST_EXPORT
from tests.conftest import NOW, TODAY, person
from tests.web.office import PASSWORD, Office, office_on, post, queries, token

TABLES = ["organisations", "units", "employees", "posts", "users"]
#: Every route of a stock table, with the method by which it is reached.
ROUTES = [
    ("GET", ""),
    ("GET", "new/"),
    ("POST", "new/"),
    ("GET", "edit/?id=1"),
    ("POST", "edit/?id=1"),
    ("GET", "details/?id=1"),
    ("POST", "delete/"),
    ("POST", "action/"),
    ("GET", "export/csv/"),
    ("GET", "ajax/lookup/?name=employee&query=a"),
    ("POST", "ajax/update/"),
]


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


@pytest.fixture
def people() -> dict[str, Any]:
    organisation = Organisation.create(name="Управление", short_name="УО", genitive="Управления", place="Ольхов")
    unit = Unit.create(organisation=organisation, name="Отдел чтения", abbreviation="ОЧ")
    employee = Employee.create(surname="Дёмин", name="Юрий", patronymic="Ильич", gender="m")
    held = Post.create(employee=employee, unit=unit, title="методист", since=dt.date(2024, 1, 9))
    return {"organisation": organisation, "unit": unit, "employee": employee, "post": held}


def account(*roles: Role, login: str = "somebody") -> User:
    return create_user(login, PASSWORD, roles, by=SYSTEM, now=NOW)


def told(what: str) -> list[dict[str, Any]]:
    return [event.effect for event in Event.select().where(Event.what == what)]


@pytest.mark.parametrize("role", [Role.STAFF, Role.COORDINATOR, Role.CLERK, Role.EXECUTIVE])
def test_only_the_administrator_comes_in_by_any_address(office: Office, people: dict[str, Any], role: Role) -> None:
    account(Role.STAFF)
    client = office.client(role)
    assert client.get("/people/").status_code == 403
    for table in TABLES:
        for method, route in ROUTES:
            address = f"/people/{table}/{route}"
            answer = post(client, address, id="1", rowid="1", action="delete") if method == "POST" else client.get(address)
            assert answer.status_code == 403, (method, address)


def test_somebody_who_has_not_signed_in_is_sent_to_sign_in(office: Office) -> None:
    for table in TABLES:
        answer = office.app.test_client().get(f"/people/{table}/")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in")


def test_the_way_in_counts_what_is_in_each_table(office: Office, people: dict[str, Any]) -> None:
    Employee.create(surname="Лаврова", name="Ольга", gender="f")
    page = office.client(Role.ADMINISTRATOR).get("/people/").text
    assert '<a href="/people/employees/">Employees</a> <span class="rd-count">2</span>' in page
    assert '<a href="/people/posts/">Posts</a> <span class="rd-count">1</span>' in page


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_listed_and_opened(office: Office, people: dict[str, Any], table: str) -> None:
    client = office.client(Role.ADMINISTRATOR)
    shown = {"organisations": "Ольхов", "units": "Отдел чтения", "employees": "Ильич", "posts": "09.01.2024"}
    words = shown.get(table, "administrator.login")
    for address in ("", "details/?id=1"):
        answer = client.get(f"/people/{table}/{address}")
        assert answer.status_code == 200
        assert words in answer.text


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("route", ["edit", "details"])
@pytest.mark.parametrize("row", ["999", "0", "-1", "x", "1,2", "99999999999999999999", "1%20OR%201", "٣"])
def test_a_row_that_is_not_there_is_not_found(office: Office, table: str, route: str, row: str) -> None:
    assert office.client(Role.ADMINISTRATOR).get(f"/people/{table}/{route}/?id={row}").status_code == 404


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_deleted_one_by_one_or_in_bulk(office: Office, people: dict[str, Any], table: str) -> None:
    client = office.client(Role.ADMINISTRATOR)
    models = [Organisation, Unit, Employee, Post, User]
    before = [model.select().count() for model in models]
    post(client, f"/people/{table}/delete/", id="1")
    post(client, f"/people/{table}/action/", action="delete", rowid="1")
    assert [model.select().count() for model in models] == before
    page = client.get(f"/people/{table}/").text
    assert "delete" not in page.lower().replace("nothing is deleted", "")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("route", ["new/", "edit/?id=1", "delete/", "action/", "ajax/update/"])
def test_a_change_without_its_token_is_not_taken(office: Office, people: dict[str, Any], table: str, route: str) -> None:
    client = office.client(Role.ADMINISTRATOR)
    events = Event.select().count()
    assert client.post(f"/people/{table}/{route}", data={"name": "x", "id": "1"}).status_code == 400
    assert Event.select().count() == events


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "address",
    [
        "?page=99999999999999999999",
        "?page=-5",
        "?sort=99",
        "?sort=-1",
        "?sort=2&desc=1",
        "?page_size=1000000",
        "?search=%25",
        "?search=%00'",
        "?flt0_0=x",
    ],
)
def test_what_makes_no_sense_in_an_address_still_opens_the_table(office: Office, table: str, address: str) -> None:
    assert office.client(Role.ADMINISTRATOR).get(f"/people/{table}/{address}").status_code == 200


def test_an_organisation_is_added_and_changed_with_an_entry_in_the_journal(office: Office) -> None:
    client = office.client(Role.ADMINISTRATOR)
    form = {"name": "Управление образования", "short_name": "УО", "genitive": "Управления образования", "place": ""}
    post(client, "/people/organisations/new/", **form)
    made = Organisation.get()
    post(client, f"/people/organisations/edit/?id={made.id}", **form | {"place": "Ольхов"})
    assert Organisation.get().place == "Ольхов"
    assert [effect["place"] for effect in told("organisation_added") + told("organisation_changed")] == ["", "Ольхов"]
    assert Event.select().order_by(Event.number.desc()).get().who == "administrator.login"


def test_two_organisations_of_one_name_are_refused_and_what_was_typed_stays(
    office: Office, people: dict[str, Any]
) -> None:
    form = {"name": "Управление", "short_name": "Второе", "genitive": "У"}
    answer = post(office.client(Role.ADMINISTRATOR), "/people/organisations/new/", **form)
    assert "An organisation of this name is there already." in answer.text
    assert 'value="Второе"' in answer.text
    assert Organisation.select().count() == 1


def test_a_unit_stands_below_units_of_its_organisation_and_never_below_itself(
    office: Office, people: dict[str, Any]
) -> None:
    client, unit = office.client(Role.ADMINISTRATOR), people["unit"]
    form = {"organisation_id": str(people["organisation"].id), "abbreviation": ""}
    post(client, "/people/units/new/", **form, name="Сектор", parent_id=str(unit.id))
    below = Unit.get(Unit.name == "Сектор")
    assert below.parent_id == unit.id
    answer = post(client, f"/people/units/edit/?id={unit.id}", **form, name="Отдел чтения", parent_id=str(below.id))
    assert "A unit cannot stand above itself." in answer.text
    other = Organisation.create(name="Иная", short_name="И", genitive="Иной")
    form["organisation_id"] = str(other.id)
    answer = post(client, "/people/units/new/", **form, name="Чужой", parent_id=str(unit.id))
    assert "The unit above belongs to another organisation." in answer.text
    assert {row.name for row in Unit.select()} == {"Отдел чтения", "Сектор"}


def test_a_post_cannot_end_before_it_begins(office: Office, people: dict[str, Any]) -> None:
    form = {"employee_id": "1", "unit_id": "1", "title": "начальник", "since": "10.03.2025"}
    client = office.client(Role.ADMINISTRATOR)
    answer = post(client, "/people/posts/new/", **form, until="2025-03-09")
    assert "The post ends before it begins." in answer.text
    post(client, "/people/posts/new/", **form, until="2025-03-10")
    assert Post.get(Post.title == "начальник").until == dt.date(2025, 3, 10)


def test_an_employee_is_added(office: Office) -> None:
    form = {"surname": " Лаврова ", "name": "Ольга", "patronymic": "", "gender": "f", "email": "o@example.org"}
    post(office.client(Role.ADMINISTRATOR), "/people/employees/new/", **form)
    assert str(Employee.get()) == "Лаврова\N{NO-BREAK SPACE}О."


def test_a_choice_that_was_not_offered_is_refused(office: Office, people: dict[str, Any]) -> None:
    form = {"employee_id": "77", "unit_id": "x", "title": "т", "since": "2025-01-01"}
    answer = post(office.client(Role.ADMINISTRATOR), "/people/posts/new/", **form)
    assert answer.status_code == 200
    assert Post.select().count() == 1


def test_an_account_is_made_and_opens(office: Office, people: dict[str, Any]) -> None:
    form = {"login": "Demin", "password": "quite long enough", "employee_id": "1", "role_list": ["clerk", "coordinator"]}
    post(office.client(Role.ADMINISTRATOR), "/people/users/new/", **form)
    made = User.get(User.login == "demin")
    assert made.employee_id == 1
    assert {row.role for row in made.roles} == {"clerk", "coordinator"}
    newcomer = office.app.test_client()
    form = {"csrf_token": token(newcomer, "/sign-in"), "login": "demin", "password": "quite long enough"}
    assert newcomer.post("/sign-in", data=form).status_code == 302
    assert newcomer.get("/documents/new").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "short"}, "The password is shorter than 10 characters."),
        ({"login": "administrator.login"}, "is taken"),
        ({"employee_id": "1"}, "This employee has an account already."),
        ({"login": ""}, "Fill this in."),
    ],
)
def test_an_account_that_cannot_be_made_says_why(
    office: Office, people: dict[str, Any], wrong: dict[str, str], sentence: str
) -> None:
    User.update(employee=1).where(User.id == account(Role.STAFF).id).execute()
    form = {"login": "new.one", "password": "quite long enough", "employee_id": "", "role_list": ["staff"]} | wrong
    answer = post(office.client(Role.ADMINISTRATOR), "/people/users/new/", **form)
    assert sentence in answer.text
    assert not User.select().where(User.login == "new.one").exists()


def edit(office: Office, user: User, **values: Any) -> Any:
    form = {"employee_id": "", "role_list": ["staff"], "active": "y", "password": ""} | values
    form = {name: value for name, value in form.items() if value is not None}
    return post(office.client(Role.ADMINISTRATOR), f"/people/users/edit/?id={user.id}", **form)


def test_roles_are_changed_and_act_at_the_next_click(office: Office) -> None:
    user = account(Role.STAFF)
    client = office.client_of(user)
    assert client.get("/documents/new").status_code == 403
    edit(office, user, role_list=["clerk", "staff"])
    assert client.get("/documents/new").status_code == 200
    assert told("user_changed")[0]["roles"] == ["clerk", "staff"]


def test_a_closed_account_is_out_at_the_next_click(office: Office) -> None:
    user = account(Role.STAFF)
    client = office.client_of(user)
    assert client.get("/documents/").status_code == 200
    edit(office, user, active=None)
    assert client.get("/documents/").status_code == 302


def test_a_new_password_ends_open_sessions_and_is_in_no_journal(office: Office) -> None:
    user = account(Role.STAFF)
    client = office.client_of(user)
    edit(office, user, password="another long secret")
    assert client.get("/documents/").status_code == 302
    assert told("password_changed") == [{"login": "somebody"}]
    assert not any("another long secret" in str(event.effect) for event in Event.select())


def test_a_weak_password_changes_nothing_else_either(office: Office) -> None:
    user = account(Role.STAFF)
    answer = edit(office, user, password="short", role_list=["clerk"])
    assert "The password is shorter than 10 characters." in answer.text
    assert [row.role for row in UserRole.select().where(UserRole.user == user)] == ["staff"]


def test_a_locked_account_is_let_in_again(office: Office) -> None:
    user = account(Role.STAFF)
    User.update(failures=3, locked_until=NOW + dt.timedelta(minutes=10)).where(User.id == user.id).execute()
    assert "16.03.2026 12:40" in office.client(Role.ADMINISTRATOR).get("/people/users/").text
    edit(office, user, unlock="y")
    stored = User.get_by_id(user.id)
    assert (stored.failures, stored.locked_until) == (0, None)


def test_nobody_shuts_himself_out(office: Office) -> None:
    office.client(Role.ADMINISTRATOR)
    me = User.get(User.login == "administrator.login")
    for change in ({"role_list": ["administrator"], "active": None}, {"role_list": ["staff"]}):
        answer = edit(office, me, **change)
        assert "You would shut yourself out of this page." in answer.text
    assert User.get_by_id(me.id).active


def test_the_last_administrator_stays(sqlite_database: None) -> None:
    last = account(Role.ADMINISTRATOR)
    other = person(Role.ADMINISTRATOR, user_id=99)
    with use_language("en"), pytest.raises(Refusal, match="last administrator"):
        administration.change_account(last, employee_id=None, roles=[Role.STAFF], active=True, by=other, now=NOW)
    assert [row.role for row in UserRole.select()] == ["administrator"]


def test_use_cases_ask_for_the_administrator_themselves(sqlite_database: None) -> None:
    with pytest.raises(Forbidden):
        administration.keep_employee(None, {"surname": "Х"}, by=person(Role.CLERK), now=NOW)
    assert not Employee.select().exists()


def test_no_page_of_accounts_shows_a_hash_or_a_stamp(office: Office) -> None:
    user = account(Role.STAFF)
    client = office.client(Role.ADMINISTRATOR)
    for address in ("", f"details/?id={user.id}", f"edit/?id={user.id}", "new/", "export/csv/", "?sort=1&search=some"):
        page = client.get(f"/people/users/{address}").text
        assert "argon2" not in page
        assert user.session_stamp not in page


def test_an_export_holds_no_formulas(office: Office) -> None:
    dangerous = ["=1+1", "+7", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0"]
    for name in dangerous:
        Organisation.create(name=name, short_name="обычное", genitive="х")
    answer = office.client(Role.ADMINISTRATOR).get("/people/organisations/export/csv/")
    assert answer.headers["Content-Disposition"] == "attachment;filename=organisations.csv"
    rows = list(csv.reader(io.StringIO(answer.text)))[1:]
    assert sorted(row[0] for row in rows) == sorted(f"'{name}" for name in dangerous)
    assert {row[1] for row in rows} == {"обычное"}


def test_an_export_is_capped(office: Office, people: dict[str, Any]) -> None:
    rows = [{"surname": f"С{n}", "name": "Н", "patronymic": "", "gender": "f", "email": ""} for n in range(LONGEST_EXPORT)]
    for start in range(0, len(rows), 1000):
        Employee.insert_many(rows[start : start + 1000]).execute()
    text = office.client(Role.ADMINISTRATOR).get("/people/employees/export/csv/").text
    assert len(text.splitlines()) == LONGEST_EXPORT + 1


@pytest.mark.parametrize("table", ["units", "posts", "users"])
def test_the_number_of_queries_of_a_table_does_not_grow(
    office: Office, people: dict[str, Any], table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = office.client(Role.ADMINISTRATOR)
    counts = []
    for batch in range(2):
        with queries(monkeypatch) as seen:
            client.get(f"/people/{table}/")
        counts.append(len(seen))
        for number in range(10):
            unit = Unit.create(organisation=1, name=f"Отдел {batch}.{number}", parent=people["unit"])
            Post.create(employee=people["employee"], unit=unit, title="методист", since=dt.date(2024, 1, 9))
            account(Role.STAFF, Role.CLERK, login=f"login-{batch}-{number}")
    assert counts[0] == counts[1] <= 12


def test_the_right_to_an_earlier_date_is_given_and_taken_on_the_account(office: Office) -> None:
    user = account(Role.CLERK)
    client = office.client(Role.ADMINISTRATOR)
    edit(office, user, role_list=["clerk"], grant_list=["backdate"])
    assert actor_of(user, today=TODAY).grants == {"backdate"}
    assert "registers with an earlier date" in client.get("/people/users/").text
    page = client.get(f"/people/users/edit/?id={user.id}").text
    assert re.search(r'<input checked[^>]*name="grant_list"[^>]*value="backdate"', page)

    edit(office, user, role_list=["clerk"])
    assert actor_of(user, today=TODAY).grants == frozenset()
    assert told("grants_changed") == [{"login": "somebody", "grants": ["backdate"]}, {"login": "somebody", "grants": []}]


def test_a_new_account_may_begin_with_a_grant(office: Office) -> None:
    form = {"login": "newcomer", "password": "quite long enough", "employee_id": "", "role_list": ["clerk"]}
    post(office.client(Role.ADMINISTRATOR), "/people/users/new/", **form, grant_list=["backdate"])
    assert actor_of(User.get(User.login == "newcomer"), today=TODAY).grants == {"backdate"}


@pytest.mark.parametrize("grant", ["manage_people", "x" * 100, ""])
def test_only_what_may_be_granted_is_granted(office: Office, grant: str) -> None:
    user = account(Role.STAFF)
    answer = edit(office, user, grant_list=[grant])
    assert answer.status_code == 200
    assert not UserGrant.select().exists()
    assert not told("grants_changed")
