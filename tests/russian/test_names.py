"""Names in all cases by the rules of the grammars; every expected form was written by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.errors import Refusal
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.names import LONGEST_NAME, FullName, decline, gender_of

OBLIQUE = (Case.GEN, Case.DAT, Case.ACC, Case.INS, Case.PRE)


def surnames(word: str, gender: str) -> str:
    return " ".join(decline(FullName(word, gender=gender), case).surname for case in OBLIQUE)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("Кузнецов", "Кузнецова Кузнецову Кузнецова Кузнецовым Кузнецове"),
        ("Алёшин", "Алёшина Алёшину Алёшина Алёшиным Алёшине"),
        ("Киселев", "Киселева Киселеву Киселева Киселевым Киселеве"),
        ("Грин", "Грина Грину Грина Грином Грине"),
        ("Ярославский", "Ярославского Ярославскому Ярославского Ярославским Ярославском"),
        ("Чёрный", "Чёрного Чёрному Чёрного Чёрным Чёрном"),
        ("Полевой", "Полевого Полевому Полевого Полевым Полевом"),
        ("Нижний", "Нижнего Нижнему Нижнего Нижним Нижнем"),
        ("Рыжий", "Рыжего Рыжему Рыжего Рыжим Рыжем"),
        ("Топчий", "Топчия Топчию Топчия Топчием Топчии"),
        ("Герой", "Героя Герою Героя Героем Герое"),
        ("Пак", "Пака Паку Пака Паком Паке"),
        ("Хой", "Хоя Хою Хоя Хоем Хое"),
        ("Белошапка", "Белошапки Белошапке Белошапку Белошапкой Белошапке"),
        ("Галуша", "Галуши Галуше Галушу Галушей Галуше"),
        ("Гогия", "Гогии Гогии Гогию Гогией Гогии"),
        ("Зозуля", "Зозули Зозуле Зозулю Зозулей Зозуле"),
        ("Кравец", "Кравца Кравцу Кравца Кравцом Кравце"),
        ("Коломиец", "Коломийца Коломийцу Коломийца Коломийцем Коломийце"),
        ("Швец", "Швеца Швецу Швеца Швецом Швеце"),
        ("Ткач", "Ткача Ткачу Ткача Ткачом Ткаче"),
        ("Радкевич", "Радкевича Радкевичу Радкевича Радкевичем Радкевиче"),
        ("Соловей", "Соловья Соловью Соловья Соловьём Соловье"),
        ("Рокубей", "Рокубея Рокубею Рокубея Рокубеем Рокубее"),
        ("Орёл", "Орла Орлу Орла Орлом Орле"),
        ("Бабёнок", "Бабёнка Бабёнку Бабёнка Бабёнком Бабёнке"),
        ("Ковыль", "Ковыля Ковылю Ковыля Ковылём Ковыле"),
        ("Лев", "Льва Льву Льва Львом Льве"),
        ("Дитрих", "Дитриха Дитриху Дитриха Дитрихом Дитрихе"),
        ("Петросян", "Петросяна Петросяну Петросяна Петросяном Петросяне"),
        ("Салтыков-Щедрин", "Салтыкова-Щедрина Салтыкову-Щедрину Салтыкова-Щедрина Салтыковым-Щедриным Салтыкове-Щедрине"),
        ("Тер-Ованесов", "Тер-Ованесова Тер-Ованесову Тер-Ованесова Тер-Ованесовым Тер-Ованесове"),
        ("фон Бок", "фон Бока фон Боку фон Бока фон Боком фон Боке"),
        ("ОРЛОВ", "ОРЛОВА ОРЛОВУ ОРЛОВА ОРЛОВЫМ ОРЛОВЕ"),
    ],
)
def test_surnames_of_men_decline(word: str, forms: str) -> None:
    assert surnames(word, "m") == forms


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("Кузнецова", "Кузнецовой Кузнецовой Кузнецову Кузнецовой Кузнецовой"),
        ("Ярославская", "Ярославской Ярославской Ярославскую Ярославской Ярославской"),
        ("Нижняя", "Нижней Нижней Нижнюю Нижней Нижней"),
        ("Горячая", "Горячей Горячей Горячую Горячей Горячей"),
        ("Сова", "Совы Сове Сову Совой Сове"),
        ("Белошапка", "Белошапки Белошапке Белошапку Белошапкой Белошапке"),
        ("Гогия", "Гогии Гогии Гогию Гогией Гогии"),
    ],
)
def test_surnames_of_women_decline(word: str, forms: str) -> None:
    assert surnames(word, "f") == forms


@pytest.mark.parametrize(
    ("word", "gender"),
    [
        *((word, "m") for word in ("Левченко", "Черных", "Долгих", "Живаго", "Гулиа", "Дюма", "Гёте", "Ковальски", "Smith", "Я")),
        *((word, "f") for word in ("Левченко", "Черных", "Кравец", "Ткач", "Мицкевич", "Ковыль", "Гайдай", "Цой", "Мюллер")),
    ],
)
def test_what_does_not_decline_stays(word: str, gender: str) -> None:
    assert surnames(word, gender) == " ".join([word] * 5)


@pytest.mark.parametrize(
    ("text", "genitive", "instrumental"),
    [
        ("Левченко Светлана Сергеевна", "Левченко Светланы Сергеевны", "Левченко Светланой Сергеевной"),
        ("Черных Пётр Ильич", "Черных Петра Ильича", "Черных Петром Ильичом"),
        ("Смирнов Лев Кузьмич", "Смирнова Льва Кузьмича", "Смирновым Львом Кузьмичом"),
        ("Смирнова Любовь Никитична", "Смирновой Любови Никитичны", "Смирновой Любовью Никитичной"),
        ("Орлов Павел Саввич", "Орлова Павла Саввича", "Орловым Павлом Саввичем"),
        ("Дёмин Илья Фомич", "Дёмина Ильи Фомича", "Дёминым Ильёй Фомичом"),
        ("Ли Жан-Поль", "Ли Жан-Поля", "Ли Жан-Полем"),
        ("Франк Анна-Мария", "Франк Анны-Марии", "Франк Анной-Марией"),
        ("Гасанов Мамед Гасан оглы", "Гасанова Мамеда Гасан оглы", "Гасановым Мамедом Гасан оглы"),
        ("Алиева Лейла Ариф-кызы", "Алиевой Лейлы Ариф-кызы", "Алиевой Лейлой Ариф-кызы"),
        ("Зинченко Айгуль", "Зинченко Айгуль", "Зинченко Айгуль"),
        ("Светлана Сергеевна Левченко", "Левченко Светланы Сергеевны", "Левченко Светланой Сергеевной"),
        ("Анна Кравец", "Кравец Анны", "Кравец Анной"),
    ],
)
def test_full_names_decline(text: str, genitive: str, instrumental: str) -> None:
    name = FullName.read(text)
    assert decline(name, Case.GEN).full == genitive
    assert decline(name, Case.INS).full == instrumental


@pytest.mark.parametrize(
    "text",
    ["С. С. Левченко", "С.С. Левченко", "Левченко С. С.", "Левченко С.С.", "С.С.Левченко", " Левченко\xa0С.С. ", "Светлана Сергеевна Левченко"],
)
def test_initials_stand_both_ways_round_whatever_was_read(text: str) -> None:
    name = FullName.read(text)
    assert (name.initials_before, name.initials_after) == ("С.С.\xa0Левченко", "Левченко\xa0С.С.")


def test_a_stray_dot_behind_the_surname_is_no_initial() -> None:
    assert decline(FullName.read("Е.Е. Орлова."), Case.DAT).initials_before == "Е.Е.\xa0Орловой"


@pytest.mark.parametrize(
    ("parts", "given", "gender"),
    [
        (("Ким", "Саша", "Олеговна"), None, "f"),
        (("Ким", "Саша", "Олегович"), "f", "m"),
        (("Ким", "Арзу", "Лютфияр кызы"), None, "f"),
        (("Ким", "Никита", ""), None, "m"),
        (("Ким", "Саша", ""), "f", "f"),
        (("Орлова", "Саша", ""), None, "f"),
        (("Орлов", "С.", "С."), None, "m"),
        (("Левченко", "С.", "С."), None, "m"),
        (("Левченко", "С.", "С."), "f", "f"),
    ],
)
def test_the_gender_is_what_tells_it_best(parts: tuple[str, str, str], given: str | None, gender: str) -> None:
    assert gender_of(*parts, given) == gender


@pytest.mark.parametrize(
    "text", ["", "  ", "123", "Орлов 2", "С.", "С. С.", "А. Орлов Б.", "А.Б.В. Орлов", "один два три четыре пять", "<b>", "x" * (LONGEST_NAME + 1)]
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        FullName.read(text)
    assert refused.value.code == "unreadable_name"


@given(
    st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяё-' ", min_size=1, max_size=30),
    st.sampled_from("mf"),
    st.sampled_from(Case),
)
def test_any_letters_decline_without_harm_and_keep_their_beginning(word: str, gender: str, case: Case) -> None:
    name = decline(FullName(word, word, word, gender), case)
    assert name.surname[:1] == word[:1]
    assert decline(FullName(word, gender=gender), Case.NOM).surname == word
