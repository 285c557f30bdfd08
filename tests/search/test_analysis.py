"""Texts as people leave them, and the terms that they are found by."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapdocs.search.analysis import STOP_WORDS, Token, analyse, forms_of, positions, terms_of

DAY = ("@2021-11-29", "@2021-11", "@2021", "@-11-29", "ноябрь")


def words(text: str) -> list[str]:
    """The first term of each position."""
    return [terms[0] for terms in positions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Положением утверждено", ["положение", "утвердить"]),
        ("справок детей людей", ["справка", "ребенок", "человек"]),
        ("Ребёнок ребенка", ["ребенок", "ребенок"]),
        (unicodedata.normalize("NFD", "Майский йод"), ["майский", "йод"]),
        ("догово\u0301р", ["договор"]),
        ("обще\u00adобразователь\u00adная", ["общеобразовательный"]),
        ("\u202bприказ\u202c \u200eот\u200f", ["приказ", "от"]),
        ("пpиказ oб oтпускe", ["приказ", "об", "отпуск"]),
        ("school sсhool", ["school", "school"]),
        ("об'явление Д’Артаньяна", ["объявление", "дартаньян"]),
        ("П р и к а з ы в а ю: утвердить", ["приказывать", "утвердить"]),
        ("о\u00a0б\u00a0у\u00a0т\u00a0в\u00a0е\u00a0р\u00a0ж\u00a0д\u00a0е\u00a0н\u00a0и\u00a0и", ["об", "утверждение"]),
        ("п. 3 а б", ["п", "3", "а", "б"]),
        ("классы а б в", ["класс", "а", "б", "в"]),
        ("уч-\nреждение", ["учреждение"]),
        ("учреж\u00ad\n  дения", ["учреждение"]),
        ("учреж- дение и сен- тября", ["учреждение", "и", "сентябрь"]),
        ("научно-\r\nметодический", ["научно-методический", "методический"]),
        ("школа- интернат", ["школа", "интернат"]),
        ("научно–методического", ["научно-методический", "методический"]),
        ("из-за", ["из-за", "за"]),
        ("приказ — для школ", ["приказ", "для", "школа"]),
    ],
)  # fmt: skip
def test_a_word_is_found_by_its_lemma_however_it_is_typed(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_all_readings_of_a_word_count() -> None:
    assert set(terms_of("стали")) == {"стать", "сталь"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ШНОР", ("шнор",)),
        ("МСОКО", ("мсоко",)),
        ("ШНОРа", ("шнор", "шнора")),
        ("ВПРов", ("впр", "впров")),
        ("ВПР-ов", ("впр",)),
        ("ЕГЭ", ("егэ",)),
        ("BCOKO", ("bcoko", "всоко")),
        ("УТВЕРЖДЕНИИ", ("утверждение",)),
        ("ЦНППМПР", ("цнппмпр",)),
        ("ШКОЛЫ", ("школа", "школы")),
        ("500+", ("500+", "500")),
    ],
)
def test_capitals_are_left_whole_unless_the_dictionary_has_them(text: str, expected: tuple[str, ...]) -> None:
    assert terms_of(text) == expected


def test_a_heading_in_capitals_is_found_by_words_and_by_its_abbreviations() -> None:
    assert words("ОБ УТВЕРЖДЕНИИ ПОЛОЖЕНИЯ О МСОКО") == ["об", "утверждение", "положение", "о", "мсоко"]


@pytest.mark.parametrize(
    ("form", "abbreviation"), [("шнор", "ШНОР"), ("шнора", "ШНОР"), ("мсоко", "МСОКО"), ("впр", "ВПР"), ("ВПРы", "впр")]
)
def test_an_abbreviation_is_found_in_small_letters(form: str, abbreviation: str) -> None:
    assert set(terms_of(form)) & set(terms_of(abbreviation))


def test_an_unknown_word_is_found_by_guesses_and_by_its_stem() -> None:
    assert terms_of("рыбашапками")[0] == "рыбашапками"
    assert "рыбашапка" in terms_of("рыбашапками")
    assert "~рыбашапк" in terms_of("рыбашапками")
    assert not any(term.startswith("~") for term in terms_of("шапками"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("№ 178-П", "#178-п"),
        ("№178п", "#178-п"),
        ("178 п", "#178-п"),
        ("178-П", "#178-п"),
        ("N 178–P", "#178-р"),
        ("№ 178 – П", "#178-п"),
        ("Nо 178", "#178"),
        ("01-05/178", "#01-05/178"),
        ("178/1-од", "#178/1-од"),
        ("133/6 – ОД", "#133/6-од"),
        ("369/о", "#369-о"),
        ("Д-14/23", "#д-14/23"),
        ("45а", "#45-а"),
        ("273-ФЗ", "#273-фз"),
    ],
)
def test_a_number_has_one_form_and_its_digits(text: str, number: str) -> None:
    ((found, *others),) = positions(text)
    assert found == number
    assert all(digits in others for digits in number.strip("#-одпрфза").replace("-", "/").split("/") if digits.isdigit())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("№ 178 от 5", [("#178", "178"), ("от",), ("5",)]),
        ("№ 45 О мерах", [("#45", "45"), ("о",), ("мера",)]),
        ("№ 5 п. 3", [("#5", "5"), ("п",), ("3",)]),
        ("2-го и 12-х", [("2",), ("и",), ("12",)]),
        ("п. 2.1.1. и п.3.2", [("п",), ("2.1.1",), ("и",), ("п",), ("3.2",)]),
        ("12\u00a0500 руб", [("12500",), ("руб",)]),
        ("1-4", [("1",), ("4",)]),
        ("31.02.2021", [("31.02.2021",)]),
    ],
)
def test_numbers_are_told_from_what_stands_beside_them(text: str, expected: list[tuple[str, ...]]) -> None:
    assert positions(text) == expected


@pytest.mark.parametrize(
    "text",
    ["29 ноября 2021 г.", "29.11.2021", "29.11.21", "«29» ноября 2021 года", "2021-11-29", "29. 11. 2021 г.", "29/11/2021"],
)
def test_a_date_is_one_position_in_any_spelling(text: str) -> None:
    assert positions(text) == [DAY]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ноябрь 2021", [("@2021-11", "@2021", "ноябрь")]),
        ("в ноябре 2021 г.", [("в",), ("@2021-11", "@2021", "ноябрь")]),
        ("11.2021", [("@2021-11", "@2021", "ноябрь")]),
        ("29 ноября", [("@-11-29", "ноябрь")]),
        ("2021 год", [("2021", "@2021", "год")]),
        ("за 2021", [("за",), ("2021", "@2021")]),
        ("2021-2022 гг.", [("2021", "@2021"), ("2022", "@2022")]),
        ("2021/22", [("2021", "@2021"), ("2022", "@2022")]),
    ],
)
def test_parts_of_dates_are_terms_too(text: str, expected: list[tuple[str, ...]]) -> None:
    assert positions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "С.С. Лысенко", "С. С. Лысенко", "Лысенко С. С.", "Лысенко С.С.", "Лысенко Светлана Сергеевна",
        "приказом Лысенко Светланы Сергеевны", "Светланой Сергеевной Лысенко", "ЛЫСЕНКО С.С.", "С.С.\u00a0Лысенко",
    ],
)  # fmt: skip
def test_a_name_is_found_with_initials_however_it_is_written(text: str) -> None:
    terms = {term for position in positions(text) for term in position}
    assert {"лысенко", "&лысенко.с", "&лысенко.с.с"} <= terms


def test_initials_between_two_words_may_be_of_either() -> None:
    assert "&лысенко.с.с" in positions("приказ Директора С. С. Лысенко")[4]
    found = positions("Лысенко С. С. Иванова А. П.")
    assert "&лысенко.с.с" in found[0]
    assert "&иванов.а.п" in found[3]


def test_a_declined_surname_is_that_of_the_person() -> None:
    assert set(terms_of("Иванова")) & set(terms_of("Ивановой"))
    assert "&иванов.а.п" in positions("Ивановой А. П.")[0]
    assert "&рыбашапка.в" in positions("Рыбашапки В. В.")[0]


def test_a_first_name_beside_a_surname_is_told_by_the_dictionary() -> None:
    assert "&лысенко.с" in positions("Лысенко Светлана")[0]
    assert "&лысенко.с" in positions("Светлане Лысенко")[1]
    assert not any("&" in term for position in positions("Управление Образования ШНОР МСОКО") for term in position)


def test_addresses_are_found_whole_and_by_their_parts() -> None:
    assert positions("info@school.ru")[0] == ("info@school.ru", "info", "school")
    assert positions("https://edu.example.ru/x?y=1.")[0][:3] == ("https://edu.example.ru/x?y=1", "edu", "example")


def test_places_are_those_of_the_text_as_it_is_written() -> None:
    text = "«при\u00adказ» и\u0306од, П р и к а з и уч-\nреждение № 178 – П"
    found = {text[token.start : token.end]: token.terms[0] for token in analyse(text)}
    assert found == {
        "при\u00adказ": "приказ",
        "и\u0306од": "йод",
        "П р и к а з": "приказ",
        "и": "и",
        "уч-\nреждение": "учреждение",
        "178 – П": "#178-п",
    }


def test_a_word_with_a_hyphen_is_asked_for_as_a_whole() -> None:
    assert terms_of("научно-методического") == ("научно-методический",)
    assert positions("научно-методического")[1] == ("методический",)


def test_small_words_have_no_other_readings() -> None:
    assert positions("при для или") == [("при",), ("для",), ("или",)]
    assert {"при", "для", "не", "в", "по", "до", "который"} <= STOP_WORDS


def test_forms_are_words_as_they_stand() -> None:
    assert forms_of("Приказы № 178-п, приказами") == {"приказы": ("приказ",), "приказами": ("приказ",)}


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800\udfff", "😀", "\u202e", "* * *", "---", "«»", "№", "\u0306\u0306"])
def test_what_has_no_words_has_no_terms(text: str) -> None:
    assert positions(text) == []
    assert terms_of(text) == ()


_PIECES = st.sampled_from(
    ["при", "каз", "-\n", "- ", "\u00ad", "\u0306", "№ ", "178", "-п", ".", "29", " ноября ", "2021", " г.", "С.", " С. ",
     "Лысенко", " а б в г д ", "\u202e", "\0", "\ud800", "МСОКО", "a@b.ru", "http://", "+", "/", "'", "«", "\u00a0", "😀"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=14).map("".join)))
def test_any_text_has_terms_in_order_of_places(text: str) -> None:
    found = analyse(text)
    assert positions(text) == [token.terms for token in found]
    assert all(token.terms and 0 <= token.start < token.end <= len(text) for token in found)
    assert all(len(term) <= 80 for token in found for term in token.terms)
    assert [token.start for token in found] == sorted(token.start for token in found)


@pytest.mark.parametrize(
    "piece",
    ["а", "a", "1", "а-", "a.", "1.", "а ", "А ", "Аб ", "a@", "1/", "1-", "А.", "№ ", "«", "а\u00ad", "и\u0306", "аб-\n"],
)
def test_the_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    began = time.process_time()
    analyse(text)
    assert time.process_time() - began < 2


def test_what_is_too_long_for_a_word_is_cut() -> None:
    assert analyse("а" * 100_000) == [Token(("а" * 64, "~" + "а" * 63), 0, 100_000)]
