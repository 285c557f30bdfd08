"""Acting heads by an order, and who fills a post, heads a unit or signs on a day."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.people.acting import Appointment, revoke_acting, set_acting
from roadmapdocs.people.holders import Holder, head_of, holder_of, signer_for
from roadmapdocs.people.models import Acting, Employee, Post, Unit, User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.presence import absent_on, employees_by_role, works_on, works_without_post
from roadmapdocs.people.rules import SYSTEM, Role, Standing
from roadmapdocs.people.substitution import set_substitution, substitutes_on
from tests import factories as make
from tests.conftest import NOW, TODAY, person

LAST = TODAY + dt.timedelta(13)
AFTER = LAST + dt.timedelta(1)
LONG_AGO = dt.date(2020, 1, 1)
HEAD = "начальник управления"
PRINTED = "И.о. начальника управления"
ORDER = "приказ от 13.03.2026 № 61-К"


@dataclasses.dataclass(frozen=True)
class Office:
    unit: Unit
    below: Unit
    head: Employee
    deputy: Employee
    specialist: Employee

    def post(self, employee: Employee, title: str, *, heads: bool = False, unit: Unit | None = None) -> Post:
        return Post.create(employee=employee, unit=unit or self.unit, title=title, since=LONG_AGO, heads=heads)

    def acts(self, employee: Employee, **changes: object) -> Acting:
        wanted = Appointment(self.unit.id, HEAD, PRINTED, employee.id, TODAY, LAST, ORDER)
        return set_acting(dataclasses.replace(wanted, **changes), by=SYSTEM, now=NOW, today=TODAY)  # type: ignore[arg-type]  # columns by name

    def away(self, employee: Employee) -> None:
        set_substitution(employee.id, [], since=TODAY, until=LAST, reason="отпуск", by=SYSTEM, now=NOW, today=TODAY)

    def refused(self, employee: Employee, **changes: object) -> str:
        before = Acting.select().count()
        with pytest.raises(Refusal) as caught:
            self.acts(employee, **changes)
        assert Acting.select().count() == before
        return caught.value.code


@pytest.fixture
def office(database: str) -> Office:
    unit = make.unit()
    below = Unit.create(organisation=unit.organisation, name="Методический отдел", parent=unit)
    made = Office(unit, below, *(make.employee(surname) for surname in ("Громов", "Лукина", "Ёлкин")))
    made.post(made.head, HEAD, heads=True)
    made.post(made.deputy, "заместитель начальника")
    made.post(made.specialist, "методист", unit=below)
    return made


def as_head(one: Employee) -> Holder:
    return Holder(one.id, str(one), HEAD)


def as_acting(one: Employee) -> Holder:
    return Holder(one.id, str(one), PRINTED, acting=True, basis=ORDER)


def test_the_holder_fills_the_post_until_an_order_lays_it_on_another(office: Office) -> None:
    office.acts(office.deputy, since=TODAY + dt.timedelta(1))
    expected = {TODAY: as_head(office.head), TODAY + dt.timedelta(1): as_acting(office.deputy)}
    expected |= {LAST: as_acting(office.deputy), AFTER: as_head(office.head)}
    for day, holder in expected.items():
        assert holder_of(office.unit.id, HEAD, day) == holder
        assert head_of(office.unit.id, day) == holder
        assert signer_for(office.head.id, day) == holder
    assert absent_on([office.head.id, office.deputy.id], LAST) == {office.head.id}


def test_the_acting_one_may_act_for_the_holder(office: Office) -> None:
    office.acts(office.deputy)
    actor = actor_of(make.account("lukina", Role.STAFF, person=office.deputy), today=TODAY)
    assert actor.stands_for == (Standing(office.head.id, str(office.head), frozenset(), acting=True, basis=ORDER),)
    (substitute,) = substitutes_on([office.head.id], TODAY)[office.head.id]
    assert (substitute.employee_id, substitute.acting, substitute.basis) == (office.deputy.id, True, ORDER)


def test_who_only_stands_in_does_not_sign(office: Office) -> None:
    set_substitution(
        office.head.id, [(office.deputy.id, [])], since=TODAY, until=LAST, reason="отпуск", by=SYSTEM, now=NOW, today=TODAY
    )
    assert signer_for(office.head.id, TODAY) is None
    assert head_of(office.unit.id, TODAY) == as_head(office.head)


def test_a_vacant_post_is_filled_by_the_acting_one_and_then_by_the_new_holder(office: Office) -> None:
    Post.update(until=TODAY - dt.timedelta(1)).where(Post.employee == office.head).execute()
    assert signer_for(office.head.id, TODAY) is None
    assert head_of(office.unit.id, TODAY) is None
    row = office.acts(office.deputy, until=None)
    assert row.absent_id is None
    for found in (signer_for(office.head.id, LAST), head_of(office.unit.id, LAST), holder_of(office.unit.id, HEAD, LAST)):
        assert found == as_acting(office.deputy)
    Post.create(employee=office.specialist, unit=office.unit, title=HEAD, since=AFTER, heads=True)
    assert signer_for(office.head.id, AFTER) == as_head(office.specialist)


def test_a_deputy_who_acts_as_the_head_may_be_acted_for_in_turn(office: Office) -> None:
    office.acts(office.deputy)
    office.acts(office.specialist, title="заместитель начальника", printed="И.о. заместителя начальника")
    assert signer_for(office.head.id, TODAY) == as_acting(office.deputy)
    found = holder_of(office.unit.id, "заместитель начальника", TODAY)
    assert found is not None
    assert (found.employee_id, found.post) == (office.specialist.id, "И.о. заместителя начальника")


def test_an_acting_one_who_is_away_or_left_signs_nothing(office: Office) -> None:
    office.acts(office.deputy)
    Post.update(until=TODAY).where(Post.employee == office.deputy).execute()
    assert signer_for(office.head.id, TODAY) == as_acting(office.deputy)
    assert signer_for(office.head.id, TODAY + dt.timedelta(1)) is None
    office.away(office.deputy)
    assert signer_for(office.head.id, TODAY) is None


def test_a_unit_without_a_head_is_headed_from_above(office: Office) -> None:
    assert head_of(office.below.id, TODAY) == as_head(office.head)
    office.post(office.specialist, "начальник отдела", heads=True, unit=office.below)
    found = head_of(office.below.id, TODAY)
    assert found is not None
    assert (found.employee_id, found.post) == (office.specialist.id, "начальник отдела")


def test_a_circle_of_units_does_not_hang(office: Office) -> None:
    Post.update(heads=False).execute()
    Unit.update(parent=office.below).where(Unit.id == office.unit.id).execute()
    assert head_of(office.unit.id, TODAY) is None


@pytest.mark.parametrize("nobody", [0, 10**9])
def test_what_is_not_there_has_no_head_no_holder_and_no_signer(office: Office, nobody: int) -> None:
    assert head_of(nobody, TODAY) is None
    assert holder_of(nobody, HEAD, TODAY) is None
    assert holder_of(office.unit.id, "капитан", TODAY) is None
    assert signer_for(nobody, TODAY) is None
    assert works_on([nobody], TODAY) == set()


def test_a_person_without_posts_signs_as_nobody_in_particular(office: Office) -> None:
    guest = make.employee("Гость")
    assert signer_for(guest.id, TODAY) == Holder(guest.id, str(guest), "")


def test_two_acting_in_one_post_on_one_day_are_refused(office: Office) -> None:
    first = office.acts(office.deputy)
    assert office.refused(office.specialist, since=LAST, until=None) == "two_acting"
    office.acts(office.specialist, since=AFTER, until=None)
    assert office.refused(office.deputy, since=AFTER, until=None) == "two_acting"
    revoke_acting(first.id, by=SYSTEM, now=NOW)
    office.acts(office.specialist)


def test_two_deputies_who_are_both_away_have_two_acting_ones(office: Office) -> None:
    second, third = make.employee("Ким"), make.employee("Орлова")
    office.post(second, "заместитель начальника")
    title = "заместитель начальника"
    assert office.refused(office.specialist, title=title) == "which_holder"
    assert office.refused(office.specialist, title=title, absent_id=office.head.id) == "no_holder"
    office.acts(office.specialist, title=title, absent_id=second.id)
    assert office.refused(third, title=title, absent_id=second.id) == "two_acting"
    office.acts(third, title=title, absent_id=office.deputy.id)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"printed": " "}, "printed"),
        ({"printed": "За начальника управления"}, "printed"),
        ({"printed": "/ начальник управления"}, "printed"),
        ({"basis": "\n"}, "basis"),
        ({"until": TODAY - dt.timedelta(1), "since": LONG_AGO}, "past"),
        ({"until": TODAY, "since": LAST}, "reversed"),
        ({"title": "капитан"}, "no_post"),
        ({"unit_id": 10**9}, "no_post"),
        ({"employee_id": 10**9}, "nobody"),
    ],
)
def test_an_appointment_that_makes_no_sense_is_refused(office: Office, changes: dict[str, object], code: str) -> None:
    assert office.refused(office.deputy, **changes) == code


def test_the_holder_and_who_left_do_not_act(office: Office) -> None:
    assert office.refused(office.head) == "himself"
    Post.update(until=TODAY - dt.timedelta(1)).where(Post.employee == office.deputy).execute()
    assert office.refused(office.deputy) == "left"


def test_the_title_is_found_whatever_its_capitals_and_spaces(office: Office) -> None:
    assert office.acts(office.deputy, title=" Начальник  УПРАВЛЕНИЯ ").title == HEAD


@pytest.mark.parametrize("role", Role)
def test_appointments_are_recorded_by_those_who_register_orders(office: Office, role: Role) -> None:
    wanted = Appointment(office.unit.id, HEAD, PRINTED, office.deputy.id, TODAY, LAST, ORDER, basis_document=7)
    if role in (Role.CLERK, Role.ADMINISTRATOR):
        row = set_acting(wanted, by=person(role), now=NOW, today=TODAY)
        assert row.basis_document == 7
        revoke_acting(row.id, by=person(role), now=NOW)
        with pytest.raises(Conflict):
            revoke_acting(row.id, by=person(role), now=NOW)
        told = [event.what for event in Event.select().order_by(Event.number)][-2:]
        assert told == ["acting_set", "acting_revoked"]
        return
    with pytest.raises(Forbidden):
        set_acting(wanted, by=person(role), now=NOW, today=TODAY)
    with pytest.raises(Forbidden):
        revoke_acting(1, by=person(role), now=NOW)


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_nobody_appoints_himself(office: Office, role: Role) -> None:
    own = actor_of(make.account("lukina", role, person=office.deputy), today=TODAY)
    another = actor_of(make.account("elkin", role, person=office.specialist), today=TODAY)
    wanted = Appointment(office.unit.id, HEAD, PRINTED, office.deputy.id, TODAY, LAST, ORDER)
    with pytest.raises(Forbidden) as caught:
        set_acting(wanted, by=own, now=NOW, today=TODAY)
    assert (caught.value.code, caught.value.details["field"]) == ("himself", "employee")
    assert signer_for(office.head.id, TODAY) == as_head(office.head)
    assert not Event.select().where(Event.what == "acting_set").exists()
    set_acting(wanted, by=another, now=NOW, today=TODAY)
    assert signer_for(office.head.id, TODAY) == as_acting(office.deputy)


def test_an_appointment_that_is_not_there_cannot_be_revoked(office: Office) -> None:
    with pytest.raises(NotFound):
        revoke_acting(1, by=SYSTEM, now=NOW)


def test_who_works_is_told_by_posts_and_without_any_by_the_account(office: Office) -> None:
    plain, open_one, shut = (make.employee(surname) for surname in ("Ким", "Орлова", "Белов"))
    make.account("orlova", Role.STAFF, person=open_one)
    make.account("belov", Role.STAFF, person=shut)
    User.update(active=False).where(User.login == "belov").execute()
    Post.update(until=TODAY - dt.timedelta(1)).where(Post.employee == office.deputy).execute()
    everyone = [one.id for one in (office.head, office.deputy, plain, open_one, shut)]
    assert works_on(everyone, TODAY) == {office.head.id, plain.id, open_one.id}
    assert works_on(everyone, TODAY - dt.timedelta(1)) == {office.head.id, office.deputy.id, plain.id, open_one.id}
    assert works_on([], TODAY) == set()
    free = Employee.select(Employee.id).where(works_without_post() & Employee.id.in_(everyone))
    assert {one.id for one in free} == {plain.id, open_one.id}


def test_a_role_finds_those_who_work_by_name(office: Office) -> None:
    for login, one in (("gromov", office.head), ("lukina", office.deputy), ("elkin", office.specialist)):
        make.account(login, Role.EXECUTIVE, person=one)
    make.account("nobody", Role.EXECUTIVE)
    User.update(active=False).where(User.login == "elkin").execute()
    assert [one.id for one in employees_by_role(Role.EXECUTIVE, TODAY)] == [office.head.id, office.deputy.id]
    assert employees_by_role(Role.CLERK, TODAY) == []
