"""Absence and substitution: who may tell of it, what is refused, who acts for whom on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.audit.models import Event
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.people.models import Employee, Post, Substitution
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.presence import absent_on
from roadmapdocs.people.rules import SYSTEM, Actor, Period, Role, Standing, Stead, check_stead
from roadmapdocs.people.substitution import Substitute, revoke_substitution, set_substitution, substitutes_on
from tests import factories as make
from tests.conftest import NOW, TODAY, person
from tests.processes import at_once

LAST = TODAY + dt.timedelta(13)
AFTER = LAST + dt.timedelta(1)


@pytest.fixture
def three(database: str) -> tuple[Employee, Employee, Employee]:
    office = make.unit()
    return make.employee("Громов", office), make.employee("Лукина", office), make.employee("Ёлкин", office)


def put(
    absent: Employee,
    *substitutes: tuple[Employee | None, Collection[str]],
    since: dt.date = TODAY,
    until: dt.date = LAST,
    reason: str = "ежегодный отпуск",
    by: Actor = SYSTEM,
) -> list[Substitution]:
    wanted = [(one.id if one is not None else None, kinds) for one, kinds in substitutes]
    return set_substitution(absent.id, wanted, since=since, until=until, reason=reason, by=by, now=NOW, today=TODAY)


def refused(absent: Employee, *substitutes: tuple[Employee | None, Collection[str]], **more: dt.date | str) -> str:
    before = Substitution.select().count()
    with pytest.raises(Refusal) as caught:
        put(absent, *substitutes, **more)  # type: ignore[arg-type]  # days and a reason by name
    assert Substitution.select().count() == before
    return caught.value.code


Three = tuple[Employee, Employee, Employee]


def test_several_substitutes_share_the_kinds_of_documents(three: Three) -> None:
    gromov, lukina, elkin = three
    put(gromov, (lukina, ["order_main", "order_main"]), (elkin, []), reason=" ежегодный \n отпуск ")
    assert substitutes_on([gromov.id, lukina.id], TODAY) == {
        gromov.id: [
            Substitute(lukina.id, "Лукина\xa0О.\xa0С.", frozenset({"order_main"}), False, "ежегодный отпуск"),
            Substitute(elkin.id, "Ёлкин\xa0О.\xa0С.", frozenset(), False, "ежегодный отпуск"),
        ]
    }
    orders, every = substitutes_on([gromov.id], TODAY)[gromov.id]
    assert (orders.covers("order_main"), orders.covers("protocol"), every.covers("protocol")) == (True, False, True)


def test_a_substitution_holds_from_its_first_day_to_its_last(three: Three) -> None:
    gromov, lukina, _elkin = three
    put(gromov, (lukina, []), since=TODAY + dt.timedelta(1))
    for day, holds in ((TODAY, False), (TODAY + dt.timedelta(1), True), (LAST, True), (AFTER, False)):
        assert bool(substitutes_on([gromov.id], day)) is holds
        assert absent_on([gromov.id, lukina.id], day) == ({gromov.id} if holds else set())


def test_an_absence_without_a_substitute_is_known(three: Three) -> None:
    gromov = three[0]
    (row,) = put(gromov)
    assert row.substitute_id is None
    assert absent_on([gromov.id], TODAY) == {gromov.id}
    assert substitutes_on([gromov.id], TODAY) == {}


def test_a_substitute_may_be_named_for_an_absence_that_is_known(three: Three) -> None:
    gromov, lukina, _elkin = three
    put(gromov)
    put(gromov, (lukina, []))
    assert [one.employee_id for one in substitutes_on([gromov.id], TODAY)[gromov.id]] == [lukina.id]


def test_a_revoked_substitution_holds_no_more_and_is_not_revoked_twice(three: Three) -> None:
    gromov, lukina, _elkin = three
    (row,) = put(gromov, (lukina, []))
    revoke_substitution(row.id, by=SYSTEM, now=NOW)
    assert substitutes_on([gromov.id], TODAY) == {}
    assert absent_on([gromov.id], TODAY) == set()
    with pytest.raises(Conflict):
        revoke_substitution(row.id, by=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        revoke_substitution(row.id + 1, by=SYSTEM, now=NOW)
    told = [event.what for event in Event.select().where(Event.what.startswith("substitution")).order_by(Event.number)]
    assert told == ["substitution_set", "substitution_revoked"]
    put(gromov, (lukina, []))


def test_who_left_the_office_stands_in_for_nobody(three: Three) -> None:
    gromov, lukina, _elkin = three
    put(gromov, (lukina, []))
    Post.update(until=TODAY).where(Post.employee == lukina).execute()
    assert list(substitutes_on([gromov.id], TODAY)) == [gromov.id]
    assert substitutes_on([gromov.id], TODAY + dt.timedelta(1)) == {}


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (TODAY + dt.timedelta(2), TODAY + dt.timedelta(1), "reversed"),
        (TODAY - dt.timedelta(9), TODAY - dt.timedelta(1), "past"),
        (dt.date.max, dt.date.min, "reversed"),
    ],
)
def test_a_period_in_the_past_or_the_wrong_way_round_is_refused(
    three: Three, since: dt.date, until: dt.date, code: str
) -> None:
    assert refused(three[0], (three[1], []), since=since, until=until) == code


def test_a_period_that_began_already_is_recorded(three: Three) -> None:
    put(three[0], (three[1], []), since=TODAY - dt.timedelta(30), until=TODAY)
    assert absent_on([three[0].id], TODAY) == {three[0].id}


@pytest.mark.parametrize("reason", ["", " \n\t"])
def test_a_reason_is_asked_for(three: Three, reason: str) -> None:
    assert refused(three[0], (three[1], []), reason=reason) == "reason"


def test_nobody_is_the_own_substitute(three: Three) -> None:
    assert refused(three[0], (three[0], [])) == "himself"


def test_somebody_dismissed_or_unknown_is_no_substitute(three: Three) -> None:
    gromov, lukina, elkin = three
    Post.update(until=TODAY - dt.timedelta(1)).where(Post.employee == lukina).execute()
    assert refused(gromov, (lukina, [])) == "left"
    assert refused(gromov, (Employee(id=elkin.id + 1), [])) == "nobody"
    assert refused(Employee(id=elkin.id + 1), (elkin, [])) == "nobody"


def test_the_same_again_is_refused_and_other_kinds_are_not(three: Three) -> None:
    gromov, lukina, _elkin = three
    put(gromov, (lukina, ["order_main"]))
    assert refused(gromov, (lukina, ["order_main", "protocol"])) == "same_again"
    assert refused(gromov, (lukina, []), since=LAST, until=AFTER) == "same_again"
    assert refused(gromov) == "same_again"
    put(gromov, (lukina, ["protocol"]))
    put(gromov, (lukina, []), since=AFTER, until=AFTER)


def test_one_substitute_twice_in_one_form_is_refused_and_leaves_nothing(three: Three) -> None:
    gromov, lukina, elkin = three
    assert refused(gromov, (elkin, []), (lukina, []), (lukina, [])) == "same_again"
    assert not Event.select().where(Event.what == "substitution_set").exists()


def test_two_who_are_away_together_do_not_stand_in_for_each_other(three: Three) -> None:
    gromov, lukina, elkin = three
    put(gromov, (lukina, []))
    assert refused(lukina, (gromov, []), since=LAST, until=AFTER) == "circle"
    put(lukina, (elkin, []))
    assert refused(elkin, (gromov, [])) == "circle"
    put(lukina, (gromov, []), since=AFTER, until=AFTER)


def test_a_circle_needs_a_kind_that_goes_all_the_way_round(three: Three) -> None:
    gromov, lukina, _elkin = three
    put(gromov, (lukina, ["order_main"]))
    put(lukina, (gromov, ["protocol"]))
    assert refused(lukina, (gromov, ["order_main"])) == "circle"


@pytest.mark.parametrize("role", Role)
def test_another_s_absence_is_told_by_clerks_and_administrators_alone(three: Three, role: Role) -> None:
    actor = person(role)
    if role in (Role.CLERK, Role.ADMINISTRATOR):
        (row,) = put(three[0], (three[1], []), by=actor)
        revoke_substitution(row.id, by=actor, now=NOW)
        return
    (row,) = put(three[0], (three[1], []))
    with pytest.raises(Forbidden):
        put(three[1], (three[2], []), by=actor)
    with pytest.raises(Forbidden):
        revoke_substitution(row.id, by=actor, now=NOW)


def test_people_tell_of_their_own_absence_and_take_it_back(three: Three) -> None:
    gromov, lukina, _elkin = three
    actor = actor_of(make.account("gromov", Role.STAFF, person=gromov), today=TODAY)
    (row,) = put(gromov, (lukina, []), by=actor)
    assert row.set_by == "Громов\xa0О.\xa0С."
    revoke_substitution(row.id, by=actor, now=NOW)


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_whoever_keeps_absences_takes_nobody_s_visas_by_the_own_word(three: Three, role: Role) -> None:
    gromov, lukina, elkin = three
    own, another, away = (
        actor_of(make.account(login, holds, person=one), today=TODAY)
        for login, holds, one in (("lukina", role, lukina), ("elkin", role, elkin), ("gromov", Role.EXECUTIVE, gromov))
    )
    for wanted in ([lukina], [elkin, lukina]):
        with pytest.raises(Refusal) as caught:
            put(gromov, *((one, ["protocol"]) for one in wanted), by=own)
        assert (caught.value.code, caught.value.details["field"]) == ("own_substitute", "substitutes")
    assert not Substitution.select().exists()
    put(gromov, (elkin, []), by=own)
    put(gromov, (lukina, []), by=another)
    put(gromov, (lukina, []), since=AFTER, until=AFTER, by=away)
    put(lukina, (elkin, []), by=own)


def test_a_substitute_knows_for_whom(three: Three, monkeypatch: pytest.MonkeyPatch) -> None:
    gromov, lukina, elkin = three
    user = make.account("lukina", Role.STAFF, person=lukina)
    put(gromov, (lukina, ["protocol"]))
    put(elkin, (lukina, []), since=AFTER, until=AFTER)
    actor = actor_of(user, today=TODAY)
    expected = Standing(gromov.id, "Громов\xa0О.\xa0С.", frozenset({"protocol"}), acting=False, basis="ежегодный отпуск")
    assert actor.stands_for == (expected,)
    assert actor.standing_for(gromov.id, "protocol") == expected
    assert actor.standing_for(gromov.id, "order_main") is None
    assert [one.name for one in actor_of(user, today=AFTER).stands_for] == ["Ёлкин\xa0О.\xa0С."]


def test_for_whom_somebody_stands_costs_one_statement(
    sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make.unit()
    lukina = make.employee("Лукина", office)
    user = make.account("lukina", Role.STAFF, person=lukina)
    for surname in ("Громов", "Ёлкин", "Ким"):
        put(make.employee(surname, office), (lukina, []))
    sent = make.count_queries(monkeypatch)
    assert len(actor_of(user, today=TODAY).stands_for) == 3
    assert sum("rd_substitution" in statement for statement in sent) == 1
    assert len(sent) <= 5


def test_two_processes_at_once_record_one_absence(database: str) -> None:
    gromov = make.employee("Громов", make.unit())
    preparation = (
        "from roadmapdocs.errors import Refusal\n"
        "from roadmapdocs.people.rules import SYSTEM\n"
        "from roadmapdocs.people.substitution import set_substitution\n"
        "from tests.conftest import NOW, TODAY\n"
    )
    work = (
        "try:\n"
        f"    set_substitution({gromov.id}, [], since=TODAY, until=TODAY, reason='отпуск', by=SYSTEM, now=NOW, today=TODAY)\n"
        "    result = 'made'\n"
        "except Refusal as refusal:\n"
        "    result = refusal.code"
    )
    told = at_once(database, [work] * 3, preparation=preparation)
    assert sorted(map(str, told)) == ["made", "same_again", "same_again"]
    assert Substitution.select().count() == 1


PERIODS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(
    lambda two: Period(TODAY + dt.timedelta(min(two)), TODAY + dt.timedelta(max(two)))
)
STEADS = st.builds(
    Stead,
    absent=st.integers(1, 5),
    substitute=st.integers(1, 5),
    period=PERIODS,
    kinds=st.frozensets(st.sampled_from(["order_main", "protocol"])),
)


@given(st.lists(STEADS, max_size=12))
def test_what_was_let_through_never_makes_a_circle_on_any_day(wanted: list[Stead]) -> None:
    live: list[Stead] = []
    for one in wanted:
        try:
            check_stead(one, live, dict.fromkeys(range(1, 6), "Т."))
        except Refusal:
            continue
        live.append(one)
    for number in range(21):
        day = TODAY + dt.timedelta(number)
        for kind in ("order_main", "protocol"):
            edges = {
                (one.absent, one.substitute)
                for one in live
                if one.period.since <= day <= one.period.until and (not one.kinds or kind in one.kinds)
            }
            # Who stands in without being away can be taken off, again and again; a circle would remain.
            while edges:
                ends = {edge for edge in edges if edge[1] not in {absent for absent, _substitute in edges}}
                assert ends, edges
                edges -= ends
