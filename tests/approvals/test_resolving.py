"""From what a route names to people, and whom it cannot find, in words."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.approvals import resolving
from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.resolving import resolve
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Refusal
from roadmapdocs.people.acting import Appointment, set_acting
from roadmapdocs.people.models import Acting, Employee, Post, Substitution, User
from tests.approvals.office import Office, make_office
from tests.conftest import NOW, TODAY


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def found(office: Office, *addressees: Addressee, mode: Mode = Mode.TOGETHER, needed: int = 1, **flags: bool) -> list[str]:
    document = office.document()
    (step,) = resolve(Plan((Step(mode, addressees, needed),), **flags), document, TODAY)
    return [f"{one.name}, {one.post}".replace("\N{NO-BREAK SPACE}", " ") for one in step.asked]


def post(office: Office, title: str) -> Addressee:
    return Addressee(How.POST, f"{office.unit.id}:{title}")


HEAD = Addressee(How.HEAD)


def test_everybody_is_found_by_what_names_them(office: Office) -> None:
    lawyer = "Нечаев М. И., юрист"
    assert found(office, office.person("Нечаев")) == [lawyer]
    assert found(office, post(office, "юрист")) == [lawyer]
    assert found(office, HEAD) == ["Ветрова М. И., начальник управления"]
    assert found(office, Addressee(How.ROLE, "executive")) == [
        "Ветрова М. И., начальник управления", "Соболев М. И., заместитель начальника",
    ]
    assert found(office, Addressee(How.GUEST, "Орлов П. П.", "orlov@zao.example")) == ["Орлов П. П., "]


def test_one_who_is_named_in_two_ways_is_asked_once(office: Office) -> None:
    assert len(found(office, office.person("Ветрова"), HEAD, Addressee(How.ROLE, "executive"))) == 2


def test_in_the_head_s_absence_the_acting_one_is_asked(office: Office) -> None:
    wanted = Appointment(
        office.unit.id, "начальник управления", "И.о. начальника управления", office.people["Соболев"].id, TODAY, None, "приказ № 12-К"
    )
    set_acting(wanted, by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert found(office, HEAD) == ["Соболев М. И., И.о. начальника управления"]
    Acting.delete().execute()
    Substitution.create(
        absent=office.people["Ветрова"], since=TODAY, until=TODAY, reason="отпуск", set_by="Лукина", made_at=NOW
    )
    assert found(office, HEAD) == ["Ветрова М. И., начальник управления"]


def test_the_unit_is_that_of_the_card_else_that_of_the_drafter(office: Office) -> None:
    document = office.document()
    Document.update(unit=None).where(Document.id == document.id).execute()
    plan = Plan((Step(Mode.TURN, (HEAD,)),))
    assert resolve(plan, Document.get_by_id(document.id), TODAY)[0].asked[0].employee == office.people["Ветрова"].id
    Document.update(drafter=None).where(Document.id == document.id).execute()
    with pytest.raises(Refusal):
        resolve(plan, Document.get_by_id(document.id), TODAY)


def test_a_person_is_named_by_a_field_of_the_card(office: Office) -> None:
    document = office.document()
    plan = Plan((Step(Mode.TURN, (Addressee(How.FIELD, "curator"),)),))
    for said, name in ((str(office.people["Громова"]), "Громова"), ("", None), ("Некто Н. Н.", None), ("<b>", None)):
        document.fields = {"curator": said}
        if name is None:
            with pytest.raises(Refusal) as refused:
                resolve(plan, document, TODAY)
            assert list(refused.value.details["steps"]) == [0]
        else:
            assert resolve(plan, document, TODAY)[0].asked[0].employee == office.people[name].id


@pytest.mark.parametrize(
    "addressee",
    [
        Addressee(How.PERSON, "404"),
        Addressee(How.PERSON, "кто-то"),
        Addressee(How.PERSON, "9" * 30),
        Addressee(How.PERSON, ""),
        Addressee(How.POST, "404:юрист"),
        Addressee(How.POST, "юрист"),
        Addressee(How.POST, "1:космонавт"),
        Addressee(How.ROLE, "administrator"),
        Addressee(How.ROLE, "king"),
        Addressee(How.FIELD, "no_such_field"),
    ],
)
def test_nobody_is_a_sentence_and_no_fault(office: Office, addressee: Addressee) -> None:
    with pytest.raises(Refusal) as refused:
        found(office, addressee)
    assert refused.value.code == "addressees"
    assert refused.value.details["steps"][0].endswith(".")
    assert refused.value.details["steps"][0] in refused.value.message


def test_who_left_is_not_asked(office: Office) -> None:
    Post.update(until=TODAY - dt.timedelta(days=1)).where(Post.employee == office.people["Нечаев"]).execute()
    for addressee in (office.person("Нечаев"), post(office, "юрист")):
        with pytest.raises(Refusal):
            found(office, addressee)


def test_all_steps_that_fail_are_told_at_once(office: Office) -> None:
    nobody = Step(Mode.TURN, (Addressee(How.PERSON, "404"),))
    with pytest.raises(Refusal) as refused:
        resolve(Plan((nobody, office.step("Нечаев"), nobody)), office.document(), TODAY)
    assert list(refused.value.details["steps"]) == [0, 2]


def test_the_drafter_is_left_out_but_informed(office: Office) -> None:
    document = office.document()
    drafter = office.step("Дёмина", "Нечаев", mode=Mode.TOGETHER)
    informed = office.step("Дёмина", mode=Mode.INFORMATION)
    alone = office.step("Дёмина")
    steps = resolve(Plan((drafter, informed, alone)), document, TODAY)
    assert [len(one.asked) for one in steps] == [1, 1, 0]
    assert [one.left_out for one in steps] == [(str(office.people["Дёмина"]),), (), (str(office.people["Дёмина"]),)]
    assert [len(one.asked) for one in resolve(Plan((alone,), own=True), document, TODAY)] == [1]
    with pytest.raises(Refusal) as refused:
        resolve(Plan((alone, informed)), document, TODAY)
    assert list(refused.value.details["steps"]) == [0]


def test_so_many_cannot_agree_of_those_who_are_left(office: Office) -> None:
    with pytest.raises(Refusal):
        found(office, office.person("Дёмина"), office.person("Нечаев"), mode=Mode.QUORUM, needed=2)


def test_a_role_that_too_many_hold_is_no_step(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving, "MOST_ADDRESSEES", 2)
    with pytest.raises(Refusal):
        found(office, Addressee(How.ROLE, "staff"))
    monkeypatch.setattr(resolving, "MOST_ADDRESSEES", 3)
    assert len(found(office, Addressee(How.ROLE, "staff"))) == 3


def test_whose_account_is_closed_holds_no_role(office: Office) -> None:
    User.update(active=False).where(User.employee == office.people["Соболев"]).execute()
    assert found(office, Addressee(How.ROLE, "executive")) == ["Ветрова М. И., начальник управления"]
    assert Employee.select().count() == 7
