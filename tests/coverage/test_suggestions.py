"""Documents suggested for a slot: ranked, with reasons."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from roadmapdocs.coverage.rules import Expected, Slot
from roadmapdocs.coverage.suggestions import LATE_DAYS, Candidate, Strength, Suggestion, rank
from roadmapdocs.coverage.words import stem, stems

NOTE = Expected(1, "Аналитическая справка", "аналитическая справка")
TITLE = "Провести районный зачёт по чтению"
AUTUMN = Slot(1, 2025, dt.date(2025, 9, 1), dt.date(2025, 10, 31), dt.date(2025, 10, 31))
UNDATED = Slot(1, None, None, None, None)


def document(
    id: int = 1,
    kind: str = "аналитическая справка",
    title: str = "Об итогах районного зачёта по чтению",
    date: str | None = "2025-10-20",
    responsibles: tuple[str, ...] = (),
) -> Candidate:
    return Candidate(id, kind, title, dt.date.fromisoformat(date) if date else None, responsibles)


def suggested(*candidates: Candidate, slot: Slot = AUTUMN, expected: Expected = NOTE) -> list[Suggestion]:
    return rank(expected, slot, TITLE, ("ИМЦ", "Дёмина Ю.А."), candidates)


def only(candidate: Candidate, slot: Slot = AUTUMN, expected: Expected = NOTE) -> Suggestion:
    (found,) = suggested(candidate, slot=slot, expected=expected)
    return found


def test_the_right_document_is_a_good_match_with_every_reason_named() -> None:
    found = only(document(responsibles=("Демина Ю. А.", "Общий отдел")))

    assert found.strength is Strength.GOOD
    assert found == Suggestion(
        document=1,
        kind_same=True,
        kind_other=False,
        words=("зачёта", "чтению"),
        responsible=("Дёмина Ю.А.",),
        in_period=True,
        days_late=None,
        other_period=False,
    )


@pytest.mark.parametrize(
    ("candidate", "strength"),
    [
        (document(), Strength.GOOD),
        # same kind and time, no word in common
        (document(title="О работе библиотек"), Strength.POSSIBLE),
        # same kind and words, of another year
        (document(date="2023-10-20"), Strength.WEAK),
        # another kind
        (document(kind="приказ"), Strength.WEAK),
        # words alone, of an unknown kind, undated
        (document(kind="", date=None), Strength.WEAK),
    ],
)
def test_strength_falls_with_what_speaks_against(candidate: Candidate, strength: Strength) -> None:
    assert only(candidate).strength is strength


@pytest.mark.parametrize(
    "candidate",
    [
        document(kind="приказ", title="О работе библиотек", responsibles=("ИМЦ",)),
        document(kind="приказ", date="2020-01-01"),
        document(title="О работе библиотек", date="2020-01-01", responsibles=("ИМЦ",)),
    ],
)
def test_a_document_with_little_for_it_is_not_suggested(candidate: Candidate) -> None:
    assert suggested(candidate) == []


@pytest.mark.parametrize("against", [{"kind": "приказ"}, {"date": "2020-01-01"}])
def test_nothing_of_another_kind_or_period_is_a_good_match(against: dict[str, str]) -> None:
    assert only(document(responsibles=("ИМЦ",))).strength is Strength.GOOD
    assert only(document(responsibles=("ИМЦ",), **against)).strength < Strength.GOOD


@pytest.mark.parametrize(
    ("date", "slot", "when"),
    [
        ("2025-09-01", AUTUMN, (True, None, False)),
        ("2025-10-31", AUTUMN, (True, None, False)),
        ("2025-11-14", AUTUMN, (False, 14, False)),
        ("2026-01-31", AUTUMN, (False, LATE_DAYS, False)),
        ("2026-02-01", AUTUMN, (False, None, True)),
        # a little early speaks neither for nor against
        ("2025-08-20", AUTUMN, (False, None, False)),
        ("2025-05-20", AUTUMN, (False, None, True)),
        (None, AUTUMN, (False, None, False)),
        ("2025-05-20", UNDATED, (False, None, False)),
        # a deadline names no beginning: the year before it
        ("2025-01-10", Slot(1, 2025, None, dt.date(2025, 12, 1), dt.date(2025, 12, 1)), (True, None, False)),
        ("2023-01-10", Slot(1, 2025, None, dt.date(2025, 12, 1), dt.date(2025, 12, 1)), (False, None, True)),
        # what cannot be late belongs to another period when it comes after
        ("2025-11-14", Slot(1, 2025, AUTUMN.start, AUTUMN.end, None), (False, None, True)),
        ("2030-01-01", Slot(1, 2025, AUTUMN.start, None, None), (True, None, False)),
        ("2025-01-01", Slot(1, 1, None, dt.date.min, dt.date.min), (False, None, True)),
    ],
)
def test_the_date_stands_to_the_period(
    date: str | None, slot: Slot, when: tuple[bool, int | None, bool]
) -> None:
    title = "Аналитическая справка: зачёт по чтению, провести"
    found = only(document(date=date, title=title, responsibles=("ИМЦ",)), slot)

    assert (found.in_period, found.days_late, found.other_period) == when


def test_an_order_that_approves_a_regulation_is_not_of_a_wrong_kind() -> None:
    regulation = Expected(2, "Положение о зачёте", "положение")
    approving = document(kind="приказ", title="Об утверждении Положения о районном зачёте по чтению")

    found = only(approving, expected=regulation)

    assert (found.kind_same, found.kind_other) == (False, False)
    assert "Положения" in found.words


def test_where_any_kind_will_do_the_kind_says_nothing() -> None:
    found = only(document(), expected=Expected(3, "Публикация итогов зачёта", "прочее"))

    assert (found.kind_same, found.kind_other) == (False, False)


def test_the_better_reasons_stand_first_and_the_order_of_reading_does_not_matter() -> None:
    candidates = [
        document(1, kind="приказ"),
        document(2, date="2023-10-20"),
        document(3),
        document(4, date="2025-11-14"),
        document(5, title="О работе библиотек"),
        document(6),
        document(7, responsibles=("ИМЦ",)),
    ]
    shuffled = random.Random(7).sample(candidates, len(candidates))

    assert [one.document for one in suggested(*candidates)] == [7, 3, 6, 4, 5, 1, 2]
    assert suggested(*shuffled) == suggested(*candidates)


def test_only_as_many_as_asked_for_are_given() -> None:
    found = rank(NOTE, AUTUMN, TITLE, (), [document(id) for id in range(40)], limit=3)

    assert [one.document for one in found] == [0, 1, 2]


def test_of_two_thousand_candidates_the_ten_best_are_shown() -> None:
    words = ["зачёт", "чтение", "библиотека", "мониторинг", "педагог", "наставник", "конкурс", "питание"]
    chance = random.Random(1)
    candidates = [
        document(id, title=" ".join(chance.choices(words, k=8)), responsibles=("ИМЦ",)) for id in range(2000)
    ]

    found = suggested(*candidates)

    assert len(found) == 10


@pytest.mark.parametrize(
    "forms",
    [
        "справка справки справок",
        "порядок порядка",
        "рекомендации рекомендаций рекомендациями",
        "протокол протоколы протоколов",
        "заседание заседаний заседания",
        "школа школ школы",
        "отчёт отчета отчётов",
        "читательская читательской читательский",
    ],
)
def test_forms_of_one_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("методика", "методист"), ("план", "плата"), ("школа", "школьник")]
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_words_that_stand_in_every_title_tell_nothing() -> None:
    assert stems("О проведении муниципального мероприятия в учреждениях района, 2021 год") == {}
