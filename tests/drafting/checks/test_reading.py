"""How a text is taken apart, and what rules make of awkward words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.drafting.checks import reading
from roadmapdocs.drafting.checks.appendices import Announced, announced
from roadmapdocs.drafting.checks.facts import OfficeFacts
from roadmapdocs.drafting.checks.known import knows_person, knows_post, knows_unit
from roadmapdocs.drafting.checks.registry import run
from roadmapdocs.drafting.checks.said import deadlines
from roadmapdocs.drafting.checks.texts import mixed, spaced, unmixed, unspaced, untidy
from roadmapdocs.files.reading.blocks import Cell, Paragraph, Row, Table
from tests.drafting.checks.made import HEAD, OFFICE, PLAN_KIND, PROTOCOL_KIND, SIGNED, facts, order, text


def test_an_order_is_parted_into_itself_and_its_appendix() -> None:
    read = order()
    assert [(part.appendix, part.mark is not None) for part in read.parts] == [(False, False), (True, True)]
    assert read.head is not None
    assert (read.head.number, read.head.date) == ("41-П", dt.date(2026, 3, 16))
    assert [one.number for one in read.body] == ["1", "2", "3"]
    assert [(one.post, one.name) for one in read.signatures] == [("Начальник управления", "М.И. Ветрова")]
    mark = read.appendices[0].mark
    assert mark is not None
    assert (mark.place, mark.date, mark.number) == (0, dt.date(2026, 3, 16), "41-П")


def test_a_mark_and_a_stamp_together_begin_one_appendix() -> None:
    read = order(behind=("Приложение № 1", "к приказу от 16.03.2026 № 41-П", "УТВЕРЖДЕНО", "приказом отдела", "от 16.03.2026 № 41-П", "Положение"))
    (part,) = read.appendices
    assert part.mark is not None
    assert part.stamp is not None
    assert (part.mark.place, part.stamp.act, part.stamp.number) == (1, "приказом", "41-П")
    assert [one.text for one in part.passages] == ["Положение"]


def test_head_and_signature_are_found_in_rows_of_tables() -> None:
    row = Table((Row((Cell("16.03.2026"), Cell("п. Заречный"), Cell("№ 41-П")), 1),))
    signed = Table((Row((Cell("Начальник управления"), Cell("________"), Cell("М.И. Ветрова")), 2),))
    said = [Paragraph(line, 1) for line in ("ПРИКАЗЫВАЮ:", "1. Утвердить итоги.")]
    read = reading.read_text([Paragraph("ПРИКАЗ", 1), row, *said, signed])
    assert read.head is not None
    assert (read.head.number, read.head.date) == ("41-П", dt.date(2026, 3, 16))
    assert [one.name for one in read.signatures] == ["М.И. Ветрова"]


@pytest.mark.parametrize("line", ["29.11.2021 № 5", "12.05.2026", "2026 год", "5 школ района", "«Приложение для телефона»"])
def test_dates_and_quantities_are_no_points(line: str) -> None:
    assert text(line).main.passages[0].number == ""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("согласно приложению № 2 и приложению № 3", Announced(frozenset({2, 3}), plain=False)),
        ("(приложения 1–3)", Announced(frozenset({1, 2, 3}), plain=False)),
        ("(приложения № 1, 4)", Announced(frozenset({1, 4}), plain=False)),
        ("(приложение)", Announced(frozenset(), plain=True)),
        ("(список прилагается)", Announced(frozenset(), plain=False, enclosed=True)),
        ("согласно приложению", Announced(frozenset(), plain=True)),
        ("согласно приложению к приказу министерства", Announced(frozenset(), plain=False)),
        ("приложение № 2 к приказу от 02.03.2026", Announced(frozenset(), plain=False)),
        ("в приложении «Дневник»", Announced(frozenset(), plain=False)),
    ],
)
def test_appendices_that_a_text_speaks_of(said: str, expected: Announced) -> None:
    assert announced([said]) == expected


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("в срок до 15.12.2021", [dt.date(2021, 12, 15)]),
        ("не позднее 1 декабря 2021 года", [dt.date(2021, 12, 1)]),
        ("Срок исполнения – 15.12.2021", [dt.date(2021, 12, 15)]),
        ("в соответствии с приказом от 15.12.2021 № 5", []),
        ("до 31.02.2021", []),
        ("до конца года", []),
    ],
)
def test_days_by_which_something_has_to_be_done(said: str, days: list[dt.date]) -> None:
    assert list(deadlines(said)) == days


@pytest.mark.parametrize(
    ("name", "known"),
    [("Лукиной О.С.", True), ("О. С. Лукину", True), ("Лукиной П.С.", False), ("Кротова П.П.", False), ("", False)],
)
def test_people_are_known_in_any_case(name: str, known: bool) -> None:
    assert knows_person(OFFICE, name) is known


def test_posts_and_units_are_known_in_any_case() -> None:
    assert knows_post(OFFICE, "заместителя начальника управления образования по развитию")
    assert not knows_post(OFFICE, "главного лесничего")
    assert knows_unit(OFFICE, "Информационно-методическому центру")
    assert knows_unit(OFFICE, "ИМЦ")
    assert not knows_unit(OfficeFacts(), "ИМЦ")


@pytest.mark.parametrize(
    ("printed", "after"),
    [("О ФГОС", "Об ФГОС"), ("Об юбилее школы", "О юбилее школы"), ("об учёте", ""), ("Об итогах", "")],
)
def test_the_preposition_goes_by_the_sound(printed: str, after: str) -> None:
    found = [one for one in run(facts(card={"title": printed})) if one.code == "heading_vowel"]
    assert [one.offered.after for one in found if one.offered] == ([after] if after else [])


@pytest.mark.parametrize("title", ["Об итогах 2025 г.", "О работе школ, музеев и т. п.", "О приёме Лукиной О. С.", "О чём это…"])
def test_shortenings_end_a_heading_with_their_own_full_stop(title: str) -> None:
    assert "heading_stop" not in {one.code for one in run(facts(card={"title": title}))}


def test_personal_data_are_not_repeated_by_the_finding() -> None:
    number = "8 912 000-11-22"
    found = run(facts(text=order("1. Позвонить по телефону " + number, "2. Разместить приказ на официальном сайте.")))
    told = [one for one in found if one.code == "personal_data"]
    assert told
    assert number not in f"{found}"


@pytest.mark.parametrize("kind", [PLAN_KIND, PROTOCOL_KIND])
def test_kinds_that_are_no_orders_need_neither_control_nor_about(kind: object) -> None:
    codes = {one.code for one in run(facts(kind=kind, card={"title": "План чтения"}))}
    assert not codes & {"control_missing", "heading_about"}


@given(st.text(alphabet="АаОсex pРДЕя.№1 ", max_size=60))
def test_mended_letters_need_no_mending(words: str) -> None:
    assert mixed(unmixed(words)) == []
    assert spaced(unspaced(words)) is None


def test_no_break_spaces_alone_are_no_matter_of_typography() -> None:
    assert not untidy("Об итогах 12 школ")
    assert untidy('Об итогах "Книги"')


@given(st.lists(st.text(max_size=80), max_size=30))
def test_no_text_breaks_a_check(lines: list[str]) -> None:
    run(facts(text=reading.read_text([Paragraph(line, 1) for line in lines])))


def test_a_text_without_end_is_cut() -> None:
    read = reading.read_text(Paragraph(f"{place}. Слово", place) for place in range(1, reading.MOST_PASSAGES + 10))
    assert read.cut
    assert len(read.main.passages) == reading.MOST_PASSAGES


def test_a_line_of_a_million_signs_costs_no_more_than_its_length() -> None:
    for unit in ("п р и к а з ", "1.", "(приложение ", "Приложение № 1, ", "А.", "до 1.1.", "_", "«", "Иванов И.", "до 12 "):
        assert run(facts(text=text(*HEAD, "1. " + unit * 100_000, *SIGNED))) is not None
