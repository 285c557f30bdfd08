"""Citations of documents in running text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.russian.document_heads import read_head
from roadmapdocs.russian.references import Reference, find_references

MARCH = dt.date(2021, 3, 5)


def only(text: str) -> Reference:
    (found,) = find_references(text)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "issuer", "date", "number"),
    [
        ("внести изменения в приказ от 05.03.2021 № 41-П", "приказ", "", MARCH, "41-П"),
        ("приказом МКУ «Управление» от 29.11.2021 г. №178-п", "приказ", "МКУ «Управление»", dt.date(2021, 11, 29), "178-п"),
        ("приказу отдела от 26.09.2019 г № 241", "приказ", "отдела", dt.date(2019, 9, 26), "241"),
        ("приказа от 1 марта 2020 года № 133/6 – ОД", "приказ", "", dt.date(2020, 3, 1), "133/6 – ОД"),
        ("приказ от «25» августа 2020 г. № 603", "приказ", "", dt.date(2020, 8, 25), "603"),
        ("приказ от 25 августа 2020 г. №603", "приказ", "", dt.date(2020, 8, 25), "603"),
        ("приказ № 41-П от 05.03.2021", "приказ", "", MARCH, "41-П"),
        ("приказ N 41-П от 05.03.2021", "приказ", "", MARCH, "41-П"),
        ("приказ от 05.03.21 No 41", "приказ", "", MARCH, "41"),
        ("приказ от 05. 03. 2021 № 41", "приказ", "", MARCH, "41"),
        ("приказ от 2021-03-05 № 41", "приказ", "", MARCH, "41"),
        ("приказ\u00a0от\u00a005.03.2021\u00a0№\u00a041-П", "приказ", "", MARCH, "41-П"),
        ("приказ от 05.03.2021 № 178 –П", "приказ", "", MARCH, "178 –П"),
        ("приказ от 05.03.2021 № 178 – п", "приказ", "", MARCH, "178 – п"),
        ("приказ от 05.03.2021 № 45а.", "приказ", "", MARCH, "45а"),
        ("приказ от 05.03.2021 № 45/1, в котором", "приказ", "", MARCH, "45/1"),
        ("приказ от 05.03.2021 № 45 л/с", "приказ", "", MARCH, "45 л/с"),
        ("приказ от 05.03.2021 № 369/о", "приказ", "", MARCH, "369/о"),
        ("письмо от 05.03.2021 № ДГ-255/06", "письмо", "", MARCH, "ДГ-255/06"),
        ("приказ от 05.03.2021 № 5 – об итогах", "приказ", "", MARCH, "5"),
        ("приказ от 05.03.2021 за № 5", "приказ", "", MARCH, "5"),
        ("приказ 05.03.2021 № 41-П", "приказ", "", MARCH, "41-П"),
        ("приказ № 41-П", "приказ", "", None, "41-П"),
        ("постановлением главы района от 05.03.2021 № 41", "постановление", "главы района", MARCH, "41"),
        ("распоряжения от 05.03.2021 № 41-р", "распоряжение", "", MARCH, "41-р"),
        ("протоколы совета от 05.03.2021 № 3", "протокол", "совета", MARCH, "3"),
        ("протоколом от 05.03.2021", "протокол", "", MARCH, ""),
        ("Решение Совета депутатов № 5от 05.03.2021", "решение", "Совета депутатов", MARCH, "5"),
        ("Положение о библиотеке (приказ от 05.03.2021 № 7)", "приказ", "", MARCH, "7"),
        ("Положением о школе, утверждённым приказом от 05.03.2021 № 7", "приказ", "", MARCH, "7"),
        ("Положение о школе от 05.03.2021 № 7", "положение", "", MARCH, "7"),
        ("(от 05.03.2021 № 1056)", "", "", MARCH, "1056"),
        ("служебной запиской от 05.03.2021 № 7", "служебная записка", "", MARCH, "7"),
        ("приказ «Центра программ» от 05.03.2021 № 7", "приказ", "", MARCH, "7"),
        ("прикaзом от 05.03.2021 № 7", "приказ", "", MARCH, "7"),
    ],
)
def test_a_citation_is_read_in_its_parts(text: str, kind: str, issuer: str, date: dt.date | None, number: str) -> None:
    found = only(text)
    assert (found.kind_word, found.issuer, found.date, found.number) == (kind, issuer, date, number)
    assert not found.outside


@pytest.mark.parametrize(
    "text",
    [
        "п р и к а з о м  о т 05.03.2021 № 41-П",
        "при-\nказом\nот 05.03.2021\n№ 41-П",
        "при\u00adказом от 05.03.2021 № 41-П",
        "ПРИКАЗОМ от 05.03.2021 № 41-П",
        "приказом от 05.03.2021 № 41-П".replace("", "\u200b"),
    ],
)
def test_a_citation_cut_up_by_a_typist_or_a_program_is_found_where_it_stands(text: str) -> None:
    found = only(f"В силу. Согласно {text} и далее")
    assert (found.kind_word, found.date, found.number) == ("приказ", MARCH, "41-П")
    assert found.text.strip("\u200b") == text.strip("\u200b")


@pytest.mark.parametrize(
    "tail", ["от 29.11.2021 № ", "от 29.11.2021 №", "от 29.11.2021 № ____ и", "от 29.11.2021 № «Об оценке»", "от 29.11.2021"]
)
def test_a_number_left_out_is_an_open_citation(tail: str) -> None:
    found = only(f"утверждённым приказом Управления {tail}")
    assert (found.date, found.number, found.issuer) == (dt.date(2021, 11, 29), "", "Управления")


def test_a_place_to_fill_in_is_a_citation_without_date_and_number() -> None:
    found = only("утверждён приказом от «__» ______ 2021 г. № ___")
    assert (found.kind_word, found.date, found.number) == ("приказ", None, "")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("приказ от 05.03.2021 № 41-П «Об оценке»", "Об оценке"),
        ("приказ от 05.03.2021 № 41-П «Об оценке «Шаг» и далее» в части", "Об оценке «Шаг» и далее"),
        ('приказ от 05.03.2021 № 41-П "Об оценке"', "Об оценке"),
        ("приказ «Об оценке» от 05.03.2021 № 41-П", "Об оценке"),
        ("приказ от 05.03.2021 «Об оценке» № 41-П", "Об оценке"),
        ("приказом об утверждении Положения от 05.03.2021 № 41-П", "об утверждении Положения"),
        ("приказ от 05.03.2021 № 41-П «Об оценке без конца", ""),
        ("приказ от 05.03.2021 № 41-П", ""),
    ],
)
def test_the_heading_stands_behind_or_before_the_number(text: str, title: str) -> None:
    found = only(text)
    assert (found.title, found.number, found.kind_word) == (title, "41-П", "приказ")


@pytest.mark.parametrize(
    "text",
    [
        "приказами от 01.02.2020 № 5 и от 03.04.2020 № 7, от 05.05.2020 № 9-к",
        "приказы № 5 от 01.02.2020, № 7 от 03.04.2020 и № 9-к от 05.05.2020",
        "приказами от 01.02.2020 № 5 «О чтении», от 03.04.2020 № 7 «О письме», а также от 05.05.2020 № 9-к",
    ],
)
def test_documents_in_a_row_share_the_kind(text: str) -> None:
    found = find_references(text)
    assert [one.number for one in found] == ["5", "7", "9-к"]
    assert [one.date for one in found] == [dt.date(2020, 2, 1), dt.date(2020, 4, 3), dt.date(2020, 5, 5)]
    assert {one.kind_word for one in found} == {"приказ"}


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Федеральным законом от 29.12.2012 г N 273-ФЗ «Об образовании»", "федеральный закон", "273-ФЗ"),
        ("Закона области от 29.12.2012 № 5-ОЗ", "закон", "5-ОЗ"),
        ("Указ Президента от 29.12.2012 № 204", "указ", "204"),
        ("приказ Минобрнауки РО от 29.12.2012 №603", "приказ", "603"),
        ("постановление Правительства РФ от 29.12.2012 № 802", "постановление", "802"),
        ("письмо министерства образования края от 29.12.2012 № 75", "письмо", "75"),
    ],
)
def test_acts_of_the_state_are_marked(text: str, kind: str, number: str) -> None:
    found = only(text)
    assert (found.kind_word, found.number, found.date, found.outside) == (kind, number, dt.date(2012, 12, 29), True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Направление № 1",
        "план школы № 5",
        "до 01.12.2021 № 5",
        "приказываю до 05.03.2021",
        "с 05.03.2021 по 06.03.2021",
        "постановление от 31.02.2021 № 5",
        "приложение № 2",
        "Развитие от 05.03.2021 до 06.03.2021",
        "П Р И К А З\n\n26.09.2019 г\n\n№ 241",
        "ПРИКАЗ 29.11.2021 № 178-П",
        "ПРОТОКОЛ № 3",
        "План от 05.03.2021",
    ],
)
def test_headings_terms_and_other_numbers_are_no_citations(text: str) -> None:
    assert find_references(text) == []


def test_a_kind_of_another_sentence_or_inside_quotes_is_not_taken() -> None:
    found = only("Издан приказ. Работа принята (от 05.03.2021 № 7)")
    assert found.kind_word == ""
    assert only("приказ ГБУ «Школа планов» от 05.03.2021 № 7").kind_word == "приказ"


def test_a_citation_says_where_it_stands() -> None:
    text = "Во исполнение приказа отдела от 05.03.2021\u00a0№ 41-П «О чтении» провести"
    found = only(text)
    assert text[found.start : found.end] == found.text == "приказа отдела от 05.03.2021\u00a0№ 41-П"


@given(st.text(alphabet="приказот №N05.3218-/«»\"„“_\n\u00ad\u0306 гПЗ,", max_size=300))
def test_any_text_is_read_and_every_citation_stands_in_it_in_order(text: str) -> None:
    behind = 0
    for one in find_references(text):
        assert text[one.start : one.end] == one.text
        assert behind <= one.start < one.end <= len(text)
        behind = one.end


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)),
    st.integers(1, 99999),
    st.sampled_from(["", "-П", "-ОД", "а", "/1", "/6 – ОД", "-ахд"]),
    st.sampled_from(["приказ", "приказом", "распоряжения", "протоколу"]),
)
def test_what_is_written_in_the_usual_way_is_read_back(date: dt.date, n: int, suffix: str, kind: str) -> None:
    found = only(f"В соответствии с {kind} от {date:%d.%m.%Y} № {n}{suffix} «О чтении» провести")
    assert (found.date, found.number, found.title) == (date, f"{n}{suffix}", "О чтении")


@pytest.mark.parametrize("piece", ["приказ от 01.01.2020 № 1 ", "№ ", "«", "а ", "_", "от 05.03.2021 «Об ", "№ 1-а-б", "1.1."])
def test_a_page_of_nothing_but_one_piece_is_read_to_its_end(piece: str) -> None:
    found = find_references(piece * 2_000)
    assert len(found) in (0, 2_000)


@pytest.mark.parametrize(
    ("head", "kind", "date", "number"),
    [
        ("ОТДЕЛ\n\nП Р И К А З\n\n26.09.2019 г\n\n№ 241\n\nОб утверждении плана\n\nп р и к а з ы в а ю:", "приказ", dt.date(2019, 9, 26), "241"),
        ("ПРИКАЗ\n29.11.2021 п.г.т. Заречный № 178-П\nО чтении", "приказ", dt.date(2021, 11, 29), "178-П"),
        ("Управление\nРАСПОРЯЖЕНИЕ\nот «29» ноября 2021 г.\n№ 5", "распоряжение", dt.date(2021, 11, 29), "5"),
        ("ПРОТОКОЛ № 3\nзаседания совета\n29.11.2021", "протокол", dt.date(2021, 11, 29), "3"),
        ("ПРИКАЗ\n\n__________ № ____", "приказ", None, ""),
    ],
)
def test_the_head_of_a_document_says_its_own_date_and_number(head: str, kind: str, date: dt.date | None, number: str) -> None:
    found = read_head(head)
    assert found is not None
    assert (found.kind_word, found.date, found.number) == (kind, date, number)


def test_the_head_gives_the_organisation_above_and_the_heading_below() -> None:
    found = read_head("ОТДЕЛ ОБРАЗОВАНИЯ\n«ЗАРЕЧНЫЙ РАЙОН»\n\nПРИКАЗ\n05.03.2021 № 7\nО чтении\nв школах\n\nВ целях")
    assert found is not None
    assert (found.issuer, found.title) == ("ОТДЕЛ ОБРАЗОВАНИЯ «ЗАРЕЧНЫЙ РАЙОН»", "О чтении в школах")


@pytest.mark.parametrize("text", ["", "Справка о чтении", "приказ от 05.03.2021 № 41-П", "Приказ\nуправления"])
def test_text_without_a_head_has_none(text: str) -> None:
    assert read_head(text) is None
