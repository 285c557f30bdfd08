"""Pages of who is away: absences with substitutes, acting heads, the working calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from roadmapdocs.audit.models import Event
from roadmapdocs.i18n import use_language
from roadmapdocs.people.models import Acting, Employee, Post, Substitution
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.people.substitution import set_substitution
from roadmapdocs.web.event_words import event_sentence
from roadmapdocs.workdays.models import DayException
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.web.office import PASSWORD, Office, document, office_on, post, queries

LAST = TODAY + dt.timedelta(13)
DAYS = {"since": TODAY.isoformat(), "until": LAST.isoformat(), "reason": "annual leave"}
HEAD = "начальник управления"


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


@dataclass
class People:
    head: Employee
    deputy: Employee
    specialist: Employee
    unit_id: int


@pytest.fixture
def people(office: Office) -> People:
    unit = make.unit()
    head, deputy, specialist = (make.employee(surname) for surname in ("Громов", "Лукина", "Ёлкин"))
    for one, title in ((head, HEAD), (deputy, "заместитель начальника"), (specialist, "методист")):
        Post.create(employee=one, unit=unit, title=title, since=dt.date(2020, 1, 1), heads=one is head)
    return People(head, deputy, specialist, unit.id)


def of(office: Office, employee: Employee | None, role: Role) -> FlaskClient:
    login = f"login{employee.id if employee else ''}"
    return office.client_of(create_user(login, PASSWORD, [role], employee=employee, by=SYSTEM, now=NOW))


def away(absent: Employee, substitute: Employee | None = None) -> Substitution:
    wanted = [(substitute.id, [])] if substitute is not None else []
    (row,) = set_substitution(
        absent.id, wanted, since=TODAY, until=LAST, reason="annual leave", by=SYSTEM, now=NOW, today=TODAY
    )
    return row


def test_everyone_records_the_own_absence_with_several_substitutes(office: Office, people: People) -> None:
    client = of(office, people.specialist, Role.STAFF)
    kinds = {"substitutes-0-kinds": ["order_main", "protocol"], "substitutes-1-person": "Громов Ольга Сергеевна"}
    answer = post(client, "/absences/new", follow=True, **DAYS, **kinds, **{"substitutes-0-person": "Лукина О.С."})
    assert answer.status_code == 200
    assert "The absence is recorded: 16.03.2026–29.03.2026." in answer.text
    made = [(row.absent_id, row.substitute_id, row.kinds) for row in Substitution.select().order_by(Substitution.id)]
    assert made == [
        (people.specialist.id, people.deputy.id, ["order_main", "protocol"]),
        (people.specialist.id, people.head.id, []),
    ]
    page = client.get("/absences/").text
    assert page.count("annual leave") >= 2
    assert "Приказ по основной деятельности" in page


def test_who_stands_in_sees_for_whom(office: Office, people: People) -> None:
    away(people.head, people.deputy)
    page = of(office, people.deputy, Role.STAFF).get("/absences/").text
    section = page[page.index("rd-standing") :]
    assert "Громов" in section[: section.index("</section>")]


def test_a_form_that_is_refused_keeps_what_was_typed(office: Office, people: People) -> None:
    client = of(office, people.specialist, Role.STAFF)
    typed = {**DAYS, "until": "2026-03-15", "substitutes-0-person": "Лукина О. С.", "substitutes-0-kinds": ["protocol"]}
    answer = post(client, "/absences/new", **typed)
    assert answer.status_code == 422
    for kept in ("annual leave", 'value="2026-03-15"', 'value="2026-03-16"', "Лукина О. С.", 'value="protocol" checked'):
        assert kept in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert not Substitution.select().exists()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {**DAYS, "since": "soon"},
        {**DAYS, "reason": " "},
        {**DAYS, "reason": "x" * 201},
        {**DAYS, "substitutes-0-person": "Nobody of Us"},
        {**DAYS, "substitutes-0-person": "Ёлкин О. С."},
        {**DAYS, "substitutes-0-person": "Лукина О. С.", "substitutes-0-kinds": "no_such_kind"},
        {**DAYS, "substitutes-0-person": "Лукина О. С.", "substitutes-2-person": "Лукина О. С."},
        {**DAYS, "since": "9999-12-31", "until": "0001-01-01"},
    ],
)
def test_what_makes_no_sense_is_told_beside_its_field(office: Office, people: People, typed: dict[str, str]) -> None:
    answer = post(of(office, people.specialist, Role.STAFF), "/absences/new", **typed)
    assert answer.status_code == 422
    pointed = re.findall(r'<li><a href="#([^"]+)">', answer.text)
    assert pointed
    assert all(f'id="{field}"' in answer.text for field in pointed)
    assert not Substitution.select().exists()


def test_the_sentence_about_a_substitute_stands_beside_that_name(office: Office, people: People) -> None:
    typed = {**DAYS, "substitutes-0-person": "Лукина О. С.", "substitutes-1-person": "Ёлкин О. С."}
    answer = post(of(office, people.specialist, Role.STAFF), "/absences/new", **typed)
    assert re.findall(r'<li><a href="#([^"]+)">', answer.text) == ["substitutes-1-person"]


@pytest.mark.parametrize("role", [Role.STAFF, Role.EXECUTIVE, Role.COORDINATOR])
def test_others_record_nobody_else_s_absence(office: Office, people: People, role: Role) -> None:
    other = away(people.head, people.deputy)
    client = of(office, people.specialist, role)
    page = client.get("/absences/").text
    assert "Громов" not in page[: page.index("<datalist")]
    post(client, "/absences/new", **DAYS, absent="Громов О. С.")
    assert Substitution.get(Substitution.id != other.id).absent_id == people.specialist.id
    assert post(client, f"/absences/{other.id}/revoke").status_code == 403
    other = Substitution.get_by_id(other.id)
    assert other.revoked_at is None


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_clerks_and_administrators_record_anybody_s(office: Office, people: People, role: Role) -> None:
    client = of(office, None, role)
    assert post(client, "/absences/new", **DAYS).status_code == 422
    assert post(client, "/absences/new", **DAYS, absent="Громов О. С.").status_code == 302
    row = Substitution.get()
    assert (row.absent_id, row.substitute_id) == (people.head.id, None)
    assert "Громов" in client.get("/absences/").text
    assert "revoked" in post(client, f"/absences/{row.id}/revoke", follow=True).text
    again = post(client, f"/absences/{row.id}/revoke", follow=True)
    assert again.status_code == 200
    assert "revoked already" in again.text
    assert post(client, "/absences/99/revoke").status_code == 404


def test_an_account_without_an_employee_is_told_so(office: Office) -> None:
    client = office.client(Role.STAFF)
    assert "belongs to no employee" in client.get("/absences/").text
    assert post(client, "/absences/new", **DAYS).status_code == 422


def test_the_page_costs_the_same_whoever_is_away(
    office: Office, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = office.client(Role.CLERK)
    client.get("/absences/")
    with queries(monkeypatch) as few:
        client.get("/absences/")
    for number in range(20):
        away(make.employee(f"Ким{number}"), people.specialist)
    with queries(monkeypatch) as many:
        assert client.get("/absences/").text.count("Ким") >= 20
    assert len(many) == len(few)


def appointment(people: People, **more: str) -> dict[str, str]:
    return {
        "post": f"{people.unit_id}:{people.head.id}:{HEAD}",
        "employee": "Лукина О. С.",
        "printed": "И.о. начальника управления",
        "since": TODAY.isoformat(),
        "until": "",
        "basis": "приказ от 13.03.2026 № 61-К",
        **more,
    }


def test_an_order_outside_the_registry_is_kept_in_words(office: Office, people: People) -> None:
    client = office.client(Role.CLERK)
    assert post(client, "/acting/new", **appointment(people)).status_code == 302
    row = Acting.get()
    assert (row.absent_id, row.employee_id, row.until) == (people.head.id, people.deputy.id, None)
    assert (row.basis, row.basis_document) == ("приказ от 13.03.2026 № 61-К", None)
    page = client.get("/acting/").text
    assert "И.о. начальника управления" in page
    assert f'action="/acting/{row.id}/revoke"' in page
    assert post(client, f"/acting/{row.id}/revoke").status_code == 302
    assert "revoked already" in post(client, f"/acting/{row.id}/revoke", follow=True).text


@pytest.mark.parametrize("typed", ["7-К", "№ 7-к", "приказ от 13.03.2026 № 7-К"])
def test_an_order_of_the_registry_is_found_by_its_number(office: Office, people: People, typed: str) -> None:
    order = document("On duties", kind="order_staff", date=dt.date(2026, 3, 13), number="7-К")
    document("On other duties", kind="protocol", date=dt.date(2026, 3, 13), number="7-К")
    client = office.client(Role.CLERK)
    assert post(client, "/acting/new", **appointment(people, basis=typed)).status_code == 302
    row = Acting.get()
    assert row.basis_document == order.id
    assert "13.03.2026" in row.basis
    assert f'href="/documents/{order.id}"' in client.get("/acting/").text


def test_a_number_of_two_orders_or_of_none_asks_for_the_date(office: Office, people: People) -> None:
    for year in (2025, 2026):
        document(f"On duties {year}", kind="order_staff", date=dt.date(year, 3, 13), number="7-К")
    client = office.client(Role.CLERK)
    several = post(client, "/acting/new", **appointment(people, basis="7-К"))
    none = post(client, "/acting/new", **appointment(people, basis="8-К"))
    assert (several.status_code, none.status_code) == (422, 422)
    assert "Several orders have this number" in several.text
    assert "There is no order of this number" in none.text
    assert not Acting.select().exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"post": ""},
        {"post": "1:0:no such post"},
        {"post": "nonsense"},
        {"employee": "Nobody"},
        {"employee": ""},
        {"employee": "Громов О. С."},
        {"printed": "За начальника"},
        {"printed": ""},
        {"basis": ""},
        {"until": "2026-03-01"},
        {"since": "never"},
    ],
)
def test_an_appointment_that_makes_no_sense_keeps_what_was_typed(
    office: Office, people: People, changes: dict[str, str]
) -> None:
    answer = post(office.client(Role.CLERK), "/acting/new", **appointment(people, **changes))
    assert answer.status_code == 422
    assert "rd-field__error" in answer.text
    assert ("Лукина О. С." in answer.text) or "employee" in changes
    assert not Acting.select().exists()


def test_a_clerk_who_names_herself_is_told_so_beside_her_name(office: Office, people: People) -> None:
    client = of(office, people.deputy, Role.CLERK)
    appointed = post(client, "/acting/new", **appointment(people))
    assert appointed.status_code == 403
    assert re.findall(r'<li><a href="#([^"]+)">', appointed.text) == ["employee"]
    typed = {"substitutes-0-person": "Ёлкин О. С.", "substitutes-1-person": "Лукина О. С."}
    stands_in = post(client, "/absences/new", **DAYS, **typed, absent="Громов О. С.")
    assert stands_in.status_code == 422
    assert re.findall(r'<li><a href="#([^"]+)">', stands_in.text) == ["substitutes-1-person"]
    assert not Acting.select().exists()
    assert not Substitution.select().exists()


def test_a_vacant_post_is_offered_as_vacant(office: Office, people: People) -> None:
    Post.update(until=TODAY - dt.timedelta(1)).where(Post.employee == people.head).execute()
    client = office.client(Role.CLERK)
    assert f'value="{people.unit_id}:0:{HEAD}"' in client.get("/acting/").text
    typed = appointment(people, post=f"{people.unit_id}:0:{HEAD}")
    assert post(client, "/acting/new", **typed).status_code == 302
    assert Acting.get().absent_id is None


@pytest.mark.parametrize(
    ("page", "open_to"),
    [("acting", {Role.CLERK, Role.ADMINISTRATOR}), ("work-calendar", {Role.ADMINISTRATOR}), ("absences", set(Role))],
)
def test_pages_open_to_those_whose_work_it_is(office: Office, page: str, open_to: set[Role]) -> None:
    for role in Role:
        answer = office.client(role).get(f"/{page}/")
        assert answer.status_code == (200 if role in open_to else 403), role
        way_in = office.client(role).get("/absences/").text
        assert (f'href="/{page}/"' in way_in) is (role in open_to)
    assert office.app.test_client().get(f"/{page}/").status_code == 302


@pytest.mark.parametrize("address", ["/acting/new", "/acting/1/revoke", "/work-calendar/add", "/work-calendar/remove"])
def test_changes_are_closed_to_strangers(office: Office, address: str) -> None:
    assert post(office.client(Role.STAFF), address).status_code == 403


def test_the_calendar_shows_official_days_and_takes_the_office_s_own(office: Office) -> None:
    client = office.client(Role.ADMINISTRATOR)
    page = client.get("/work-calendar/").text
    assert "247 working days" in page
    typed = {"day": "2026-03-20", "working": "off", "name": "Day of the district"}
    shown = post(client, "/work-calendar/add", follow=True, **typed).text
    assert "246 working days" in shown
    assert 'class="own off moved" title="Day of the district"' in shown
    assert post(client, "/work-calendar/remove", day="2026-03-20").status_code == 302
    assert not DayException.select().exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"day": "", "working": "off", "name": "Kept words"},
        {"day": "2026-03-20", "working": "", "name": "Kept words"},
        {"day": "2026-03-20", "working": "off", "name": ""},
        {"day": "2026-03-20", "working": "work", "name": "Kept words"},
        {"day": "2500-03-20", "working": "off", "name": "Kept words"},
        {"day": "0001-01-01", "working": "off", "name": "Kept words"},
        {"day": "2026-02-30", "working": "off", "name": "Kept words"},
    ],
)
def test_a_day_that_makes_no_sense_is_refused_with_what_was_typed(office: Office, typed: dict[str, str]) -> None:
    answer = post(office.client(Role.ADMINISTRATOR), "/work-calendar/add", **typed)
    assert answer.status_code == 422
    assert "rd-field__error" in answer.text
    assert typed["name"] in answer.text
    assert f'value="{typed["day"]}"' in answer.text
    assert not DayException.select().exists()


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-03-20", "9999-99-99"])
def test_a_day_without_an_exception_cannot_be_removed(office: Office, day: str) -> None:
    assert post(office.client(Role.ADMINISTRATOR), "/work-calendar/remove", day=day).status_code == 404


@pytest.mark.parametrize("year", ["", "2030", "1", "9999", "1990", "2100", "-5", "²²²²", "99999999999999"])
def test_any_year_in_the_address_opens_a_calendar(office: Office, year: str) -> None:
    page = office.client(Role.ADMINISTRATOR).get(f"/work-calendar/?year={year}")
    assert page.status_code == 200
    assert page.text.count("<caption>") == 12
    assert ("not known yet" in page.text) is (year in ("2030", "9999", "1990", "2100"))


def test_a_post_is_marked_as_the_one_that_heads_its_unit(office: Office, people: People) -> None:
    client = office.client(Role.ADMINISTRATOR)
    row = Post.get(Post.employee == people.deputy)
    values = {"employee_id": people.deputy.id, "unit_id": people.unit_id, "title": row.title, "since": "2020-01-01"}
    assert post(client, f"/people/posts/edit/?id={row.id}", **values, heads="y").status_code == 302
    assert Post.get_by_id(row.id).heads
    assert "Heads the unit" in client.get("/people/posts/").text


def test_each_act_is_told_in_the_journal_as_a_sentence(office: Office, people: People) -> None:
    client = office.client(Role.ADMINISTRATOR)
    for person in ("", "Лукина О. С."):
        post(client, "/absences/new", **DAYS, **{"absent": "Громов О. С.", "substitutes-0-person": person})
    for row in list(Substitution.select()):
        post(client, f"/absences/{row.id}/revoke")
    post(client, "/acting/new", **appointment(people))
    post(client, f"/acting/{Acting.get().id}/revoke")
    post(client, "/work-calendar/add", day="2026-03-20", working="off", name="Day of the district")
    post(client, "/work-calendar/remove", day="2026-03-20")
    areas = ("substitution", "acting", "day_exception")
    events = [event for event in Event.select().order_by(Event.number) if event.what.startswith(areas)]
    with use_language("en"):
        told = [event_sentence(event).replace("\xa0", " ") for event in events]
    assert told == [
        "recorded that Громов О. С. is away, 16.03.2026–29.03.2026: annual leave",
        "Лукина О. С. stands in for Громов О. С., 16.03.2026–29.03.2026: annual leave",
        "revoked that Громов О. С. is away, 16.03.2026–29.03.2026: annual leave",
        "revoked that Лукина О. С. stands in for Громов О. С., 16.03.2026–29.03.2026: annual leave",
        "recorded: И.о. начальника управления is Лукина О. С., from 16.03.2026; приказ от 13.03.2026 № 61-К",
        "revoked: И.о. начальника управления was Лукина О. С., from 16.03.2026; приказ от 13.03.2026 № 61-К",
        "changed the working calendar: 20.03.2026, Day of the district",
        "took 20.03.2026 out of the office's own days: Day of the district",
    ]
