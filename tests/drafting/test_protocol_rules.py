from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from roadmapdocs.drafting import protocol_rules as rules
from roadmapdocs.drafting.samples_minutes import PROTOCOL
from roadmapdocs.drafting.values import (
    Executor,
    Person,
    Point,
    PointKind,
    ProtocolValues,
    Question,
    Speech,
    Votes,
)

DUE = dt.date(2026, 4, 17)
ZIMIN, LUGOVAYA, OZEROVA = Person(name="Зимин О.С."), Person(name="Луговая К.Р."), Person(name="Озерова Л.П.")
DONE = Point(kind=PointKind.TASK, text="провести семинар", executors=(Executor(text="ИМО"),), due=DUE)


def question(**more: object) -> Question:
    plain: dict[str, object] = {"title": "О семинаре", "decided": (DONE,), "votes": Votes(yes=3)}
    return Question(**(plain | more))  # type: ignore[arg-type]  # a test names the fields that differ


def protocol(*agenda: Question, **more: object) -> ProtocolValues:
    plain: dict[str, object] = {
        "date": dt.date(2026, 3, 16),
        "chair": ZIMIN,
        "secretary": LUGOVAYA,
        "present": (ZIMIN, LUGOVAYA, OZEROVA),
        "members": 5,
        "agenda": agenda or (question(),),
    }
    return ProtocolValues(**(plain | more))  # type: ignore[arg-type]  # as above


def codes(values: ProtocolValues) -> list[str]:
    return [found.code for found in rules.protocol_findings(values)]


def test_a_protocol_that_says_everything_has_no_findings() -> None:
    assert codes(protocol()) == []
    assert codes(PROTOCOL) == []


@pytest.mark.parametrize(
    ("more", "code", "place"),
    [
        ({"chair": None}, "no_chair", "chair"),
        ({"chair": Person(post="начальник")}, "no_chair", "chair"),
        ({"secretary": None}, "no_secretary", "secretary"),
        ({"members": 2}, "too_many_present", "present"),
        ({"members": 6}, "no_quorum", "present"),
        ({"quorum": 4}, "no_quorum", "present"),
        ({"present": (ZIMIN, LUGOVAYA, OZEROVA, Person(name="О. С. Зимин"))}, "present_twice", "present[3]"),
    ],
)
def test_a_meeting_that_is_not_in_order_is_told(more: dict[str, object], code: str, place: str) -> None:
    (found,) = rules.protocol_findings(protocol(**more))
    assert (found.code, found.place) == (code, place)
    assert found.message


def test_a_meeting_without_questions_is_told() -> None:
    assert codes(dataclasses.replace(protocol(), agenda=())) == ["no_agenda"]


@pytest.mark.parametrize(
    ("more", "code", "place"),
    [
        ({"decided": ()}, "no_decision", "agenda[0].decided"),
        ({"votes": Votes(yes=3, abstained=1)}, "too_many_votes", "agenda[0].votes"),
        ({"votes": Votes()}, "no_votes", "agenda[0].votes"),
        ({"votes": Votes(yes=1, no=1, abstained=1)}, "not_carried", "agenda[0].votes"),
        ({"speaker": Person(name="Стриж М.Ф.")}, "unknown_speaker", "agenda[0].speaker"),
        ({"heard": (Speech(person=Person(name="Стриж М.Ф.")),)}, "unknown_speaker", "agenda[0].heard[0].person"),
        (
            {"spoke": (Speech(person=OZEROVA), Speech(person=Person(name="Стриж М.Ф.")))},
            "unknown_speaker",
            "agenda[0].spoke[1].person",
        ),
        ({"decided": (dataclasses.replace(DONE, executors=()),)}, "no_executor", "agenda[0].decided[0].executors"),
        ({"decided": (dataclasses.replace(DONE, due=None),)}, "no_term", "agenda[0].decided[0].due"),
        (
            {"decided": (dataclasses.replace(DONE, due=dt.date(2026, 3, 15)),)},
            "term_before_meeting",
            "agenda[0].decided[0].due",
        ),
    ],
)
def test_a_question_that_is_not_in_order_is_told(more: dict[str, object], code: str, place: str) -> None:
    (found,) = rules.protocol_findings(protocol(question(**more)))
    assert (found.code, found.place) == (code, place)


@pytest.mark.parametrize(
    "more",
    [
        {"votes": None},
        {"votes": Votes(yes=2, no=1)},
        {"speaker": Person(name="Озерова Лидия Павловна")},
        {"speaker": Person(name="Озерова")},
        {"decided": (Point(text="принять информацию к сведению"),)},
        {"decided": (Point(text="Утвердить план работы"),)},
        {"decided": (dataclasses.replace(DONE, due=None, term="ежеквартально"),)},
        {"decided": (dataclasses.replace(DONE, text="", points=(Point(text="собрать заявки"), Point(text="найти зал"))),)},
    ],
)
def test_what_is_usual_is_not_told(more: dict[str, object]) -> None:
    assert codes(protocol(question(**more))) == []


def test_a_speaker_who_is_unknown_is_told_once_in_a_question() -> None:
    stranger = Person(name="Стриж М.Ф.")
    asked = question(speaker=stranger, heard=(Speech(person=stranger), Speech(person=stranger)))
    assert codes(protocol(asked)) == ["unknown_speaker"]
    assert codes(protocol(asked, invited=(Person(name="Стриж Марина Фёдоровна"),))) == []


def test_pieces_of_a_decision_are_told_by_their_numbers() -> None:
    inner = (Point(text="собрать заявки", due=DUE), Point(text="найти зал"))
    asked = question(decided=(DONE, dataclasses.replace(DONE, executors=(), due=None, points=inner)))
    found = rules.protocol_findings(protocol(question(), asked))
    assert [(one.code, one.place) for one in found] == [
        ("no_executor", "agenda[1].decided[1].points[0].executors"),
        ("no_executor", "agenda[1].decided[1].points[1].executors"),
        ("no_term", "agenda[1].decided[1].points[1].due"),
    ]
    assert "2.2.1" in found[0].message


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Лысенко Светлана Сергеевна", "Лысенко С. С.", True),
        ("С.С. Лысенко", "Лысенко С.С.", True),
        ("Лысенко С.", "Лысенко Светлана Сергеевна", True),
        ("Дербенёв А.Л.", "ДЕРБЕНЕВ А.Л.", True),
        ("Лысенко С.С.", "Лысенко А.С.", False),
        ("Лысенко С.С.", "Лысак С.С.", False),
        ("", "", False),
        ("???", "", False),
    ],
)
def test_names_are_of_one_person_by_surname_and_initials(one: str, other: str, same: bool) -> None:
    assert rules.same_person(Person(name=one), Person(name=other)) is same


def test_the_registry_knows_namesakes_apart() -> None:
    assert not rules.same_person(Person(name="Зимин О.С.", employee_id=1), Person(name="Зимин О.С.", employee_id=2))
    assert rules.same_person(Person(name="Зимина О.С.", employee_id=1), Person(name="Зимин О.С.", employee_id=1))


@pytest.mark.parametrize(
    ("chair", "present", "members", "quorum", "counted", "needed"),
    [
        (ZIMIN, (ZIMIN, LUGOVAYA), 4, 0, 2, 3),
        (ZIMIN, (LUGOVAYA, OZEROVA), 4, 0, 3, 3),
        (None, (LUGOVAYA,), 0, 0, 1, 0),
        (None, (), 9, 6, 0, 6),
        (None, (), 9, 0, 0, 5),
    ],
)
def test_members_are_counted_with_the_chair_and_a_quorum_is_more_than_half(
    chair: Person | None, present: tuple[Person, ...], members: int, quorum: int, counted: int, needed: int
) -> None:
    values = ProtocolValues(chair=chair, present=present, members=members, quorum=quorum)
    assert (rules.attending(values), rules.quorum_of(values)) == (counted, needed)
    assert rules.has_quorum(values) is (counted >= needed)
