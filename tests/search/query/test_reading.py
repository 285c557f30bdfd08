from __future__ import annotations

import pytest

from roadmapdocs.search.query.tree import (
    All,
    Any,
    InForce,
    Node,
    Not,
    OfDays,
    OfKind,
    OfNumber,
    OfPerson,
    Plain,
    Understood,
)
from tests.search.query.asking import TODAY, understood


def told(question: str) -> tuple[str, str]:
    """Chips and words, each in one line."""
    found = understood(question)
    return "; ".join(f"{chip.kind}={chip.value}" for chip in found.chips), " ".join(found.plain_words)


def parts(tree: Node | None) -> tuple[Node, ...]:
    assert isinstance(tree, All | Any)
    return tree.nodes


def notes(found: Understood) -> list[tuple[str, str]]:
    return [(note.code, note.about.get("part", "")) for note in found.notes]


@pytest.mark.parametrize(
    ("question", "chips", "words"),
    [
        ("приказ 178 от ноября 2021", "kind=приказ; number=178; date=11.2021", ""),
        ("приказ 34 зачёт по чтению с 2024", "kind=приказ; number=34; date=from 01.01.2024", "зачёт по чтению"),
        ("протоколы МОЦ за 2020", "kind=протокол; date=2020", "МОЦ"),
        ("178", "number=178", ""),
        ("178-П", "number=178-П", ""),
        ("№ 178п", "number=178п", ""),
        ("№178п", "number=178п", ""),
        ("178 п", "number=178-п", ""),
        ("178 –П", "number=178-П", ""),
        ("приказ 178-П от 29.11.2021", "kind=приказ; number=178-П; date=29.11.2021", ""),
        ("приказ № 9", "kind=приказ; number=9", ""),
        ("приказ 01-15", "kind=приказ; number=01-15", ""),
        ("5-9 классы", "", "5-9 классы"),
        ("Д-14/23", "number=Д-14/23", ""),
        ("приказ 133/6 од", "kind=приказ; number=133/6-од", ""),
        ("1 сентября", "", "1 сентября"),
        ("номер 01-15/178", "number=01-15/178", ""),
        ("итоги ВПР 5 класс", "", "итоги ВПР 5 класс"),
        ("5-й класс", "", "5-й класс"),
        ("178 о дорожной карте", "number=178; kind=дорожная карта", "о"),
        ("приказом по личному составу", "kind=приказ (ЛС)", ""),
        ("аналитические справки", "kind=аналитическая справка", ""),
        ("документы за прошлый год", "kind=документ; date=2025", ""),
        ("муниципальная программа повышения качества образования", "", "муниципальная программа повышения качества образования"),
        ("подписал Лысенко", "person=Лысенко", ""),
        ("подписал лысенко мсоко", "person=Лысенко", "мсоко"),
        ("за подписью С.С. Лысенко", "person=Лысенко С.С.", ""),
        ("подписан приказ", "state=подписан; kind=приказ", ""),
        ("Лысенко С. С.", "person=Лысенко С.С.", ""),
        ("с.с. лысенко", "person=Лысенко С.С.", ""),
        ("С.С.Лысенко", "person=Лысенко С.С.", ""),
        ("лысенко светлана", "person=лысенко светлана", ""),
        ("Светлана Сергеевна Лысенко", "person=Светлана Сергеевна Лысенко", ""),
        ("п. 2.1.1", "item=2.1.1", ""),
        ("п.2.1.1", "item=2.1.1", ""),
        ("пункты 2.1 и 3", "item=2.1", "и 3"),
        ("2.1.1", "item=2.1.1", ""),
        ("приказ 178 п. 3", "kind=приказ; number=178; item=3", ""),
        ("действующие положения", "force=16.03.2026; kind=положение", ""),
        ("положения в силе на 01.09.2021", "kind=положение; force=01.09.2021", ""),
        ("утратившие силу приказы", "state=утратил силу; kind=приказ", ""),
        ("приказы, утратившие силу", "kind=приказ; state=утратил силу", ""),
        ("приказ утратил силу", "kind=приказ; state=утратил силу", ""),
        ("утратившие силу на 01.09.2021", "state=not in force on 01.09.2021", ""),
        ("недействующие приказы", "state=not in force on 16.03.2026; kind=приказ", ""),
        ("в-силе:нет", "state=not in force on 16.03.2026", ""),
        ("о признании утратившим силу приказа", "kind=приказ", "о признании утратившим силу"),
        ("приказы на согласовании", "kind=приказ; state=на согласовании", ""),
        ("на подписи протоколы", "state=на подписи; kind=протокол", ""),
        ("не зарегистрированные приказы", "state=не зарегистрирован; kind=приказ", ""),
        ("проекты приказов", "state=проект; kind=приказ", ""),
        ("об утверждении проекта плана", "kind=план", "об утверждении проекта"),
        ("проект 500+", "", "проект 500+"),
        ("аннулированные приказы", "state=аннулирован; kind=приказ", ""),
        ("подписанные приказы 2026", "state=подписан; kind=приказ; date=2026", ""),
        ("не подписанные приказы", "kind=приказ", "не подписанные"),
        ("отменить приказ", "kind=приказ", "отменить"),
        ("приказ на согласован* ", "kind=приказ", "на согласован"),
        ("согласован", "", "согласован"),
        ("приказ от «25» августа 2026", "kind=приказ; date=25.08.2026", ""),
        ('№ 5 от "18" сентября 2025 г.', "number=5; date=18.09.2025", ""),
        ("“03” октября 2025", "date=03.10.2025", ""),
        ('дата:"03" октября 2025', "date=03.10.2025", ""),
        ("«25» школа", "", "25 школа"),
        ("«250» августа", "", "250 августа"),
        ("4а-ОД", "number=4а-ОД", ""),
        ("№ 4а-ОД", "number=4а-ОД", ""),
        ("4 А-ОД", "number=4-А-ОД", ""),
        ("приказ 1/С", "kind=приказ; number=1/С", ""),
        ("1/ИМЦ", "number=1/ИМЦ", ""),
        ("5А-Б классы", "", "5А-Б классы"),
        ("приказ 7-ОД сентябрь", "kind=приказ; number=7-ОД", "сентябрь"),
        ("7-ОД сентябрь 2025", "number=7-ОД; date=09.2025", ""),
        ("приказ 7 сентябрь", "kind=приказ; number=7", "сентябрь"),
        ("приказ 7 сентября", "kind=приказ", "7 сентября"),
        ("с 1 по 15 ноября 2021", "date=01.11.2021–15.11.2021", ""),
        ("2021-2022 уч. г.", "date=01.09.2021–31.08.2022", ""),
        ("план на 2021-2022 уч. г.", "kind=план; date=01.09.2021–31.08.2022", ""),
        ("вид:приказ номер:178 дата:2021", "kind=приказ; number=178; date=2021", ""),
        ("Вид: протоколы", "kind=протокол", ""),
        ("kind:приказ number:178-п date:11.2021", "kind=приказ; number=178-п; date=11.2021", ""),
        ("kind:order_main type:document text:мсоко", "kind=приказ", "мсоко"),
        ('вид:"аналитическая справка" чтение', "kind=аналитическая справка", "чтение"),
        ("вид:аналитическая справка по чтению", "kind=аналитическая справка", "по чтению"),
        ("№:178", "number=178", ""),
        ("дата:01.09.2021..31.12.2021 чтение", "date=01.09.2021–31.12.2021", "чтение"),
        ("дата: ..2021", "date=until 31.12.2021", ""),
        ("дата: с 2020 чтение", "date=from 01.01.2020", "чтение"),
        ("подписал:Лысенко С.С. чтение", "person=Лысенко С.С.", "чтение"),
        ('подписал:"Лысенко Светлана"', "person=Лысенко Светлана", ""),
        ("исполнитель:Дёмина", "person=Дёмина", ""),
        ("пункт:2.1.1", "item=2.1.1", ""),
        ("в-силе:сегодня", "force=16.03.2026", ""),
        ("in-force:01.09.2021", "force=01.09.2021", ""),
        ("состояние:черновик", "state=черновик", ""),
        ('состояние:"на согласовании"', "state=на согласовании", ""),
        ("подразделение:УО", "unit=УО", ""),
        ("подразделение:управление образования", "unit=управление образования", ""),
        ("дело:01-05 чтение", "", "чтение"),
        ("карта:чтения тип:пункт", "", ""),
        ("заголовок:чтение текст:мсоко комментарий:срок", "", "чтение мсоко срок"),
        ("ПРИКАЗ 178 О МЕРАХ", "kind=приказ; number=178", "О МЕРАХ"),
        ("время 12:30", "", "время 12 30"),
        ("пpиказ 178-П", "kind=приказ; number=178-П", ""),  # a Latin «p»
        ("о\u00ad мерах\u202e", "", "о мерах"),
    ],
)
def test_a_question_is_understood(question: str, chips: str, words: str) -> None:
    assert told(question) == (chips, words)
    assert not [note for note in understood(question).notes if note.code == "unread"]


@pytest.mark.parametrize(
    ("question", "part", "words"),
    [
        ("дата:вчерась", "дата:вчерась", "вчерась"),
        ("вид:мемуары приказ", "вид:мемуары", "мемуары"),
        ("подразделение:Марс", "подразделение:Марс", "Марс"),
        ("состояние:потерян", "состояние:потерян", "потерян"),
        ("пункт:третий", "пункт:третий", "третий"),
        ("в-силе:всегда", "в-силе:всегда", "всегда"),
        ("чтение вид:", "вид:", "чтение вид"),
        ("приказ «о чтении", "«", "о чтении"),
        ("чтение ИЛИ", "ИЛИ", "чтение"),
        ("ИЛИ чтение", "ИЛИ", "чтение"),
        ("чтение НЕ", "НЕ", "чтение"),
        ("(чтение", "(", "чтение"),
        ("чтение)", ")", "чтение"),
        ("* * *", "* * *", ""),
        ("!!! ???", "!!! ???", ""),
        ("😀", "😀", ""),
    ],
)
def test_what_cannot_be_read_is_searched_as_words_and_told(question: str, part: str, words: str) -> None:
    found = understood(question)
    assert ("unread", part) in notes(found)
    assert " ".join(found.plain_words) == words


def test_a_chip_that_was_taken_off_is_plain_words_and_others_keep_their_ids() -> None:
    whole = understood("приказ 178 от ноября 2021")
    assert [chip.id for chip in whole.chips] == ["kind.0", "number.0", "date.0"]
    less = understood("приказ 178 от ноября 2021", ignored=frozenset({"date.0"}))
    assert [chip.id for chip in less.chips] == ["kind.0", "number.0"]
    assert less.plain_words == ("от", "ноября", "2021")


def test_a_value_whose_chip_was_taken_off_is_plain_words() -> None:
    assert understood("вид:приказ", ignored=frozenset({"kind.0"})).tree == Plain("приказ", 4, 10)


def test_or_joins_its_two_neighbours() -> None:
    plain, either, _year = parts(understood("карта мсоко ИЛИ всоко | ОКО 2021").tree)
    assert isinstance(plain, Plain)
    assert len(parts(either)) == 3


def test_brackets_are_one_thing() -> None:
    either, without = parts(understood("вид:(приказ ИЛИ протокол) -(мсоко всоко)").tree)
    assert all(isinstance(one, OfKind) and one.strict for one in parts(either))
    assert isinstance(without, Not)


def test_a_minus_excludes_what_stands_behind_it_and_no_more() -> None:
    found = understood("чтение -черновик мсоко")
    assert [(word.text, word.sought) for word in found.words] == [("чтение", True), ("черновик", False), ("мсоко", True)]
    assert found.plain_words == ("чтение", "мсоко")


def test_a_small_not_is_a_word() -> None:
    assert not any(isinstance(node, Not) for node in parts(understood("не менее двух").tree))


def test_a_range_and_a_number_are_no_minus() -> None:
    assert isinstance(understood("2020 -2021").tree, OfDays)
    assert understood("178 -П").tree == OfNumber("178-П")


def test_words_tell_where_they_stand() -> None:
    found = understood("приказ «о чтении» зачёт.")
    assert [found.text[word.start : word.end] for word in found.words] == ["о", "чтении", "зачёт"]


def test_only_stop_words_are_searched_for_and_told() -> None:
    found = understood("и в на")
    assert [note.code for note in found.notes] == ["only_stop_words"]
    assert found.tree is not None


def test_only_the_last_word_grows_and_only_without_a_space_behind_it() -> None:
    assert understood("зачёт чте", growing=True).growing
    assert not understood("зачёт чте ", growing=True).growing
    assert not understood("чте 178", growing=True).growing
    assert not understood("чтение -чер", growing=True).growing


def test_force_of_another_day_is_asked_for_by_day() -> None:
    assert understood("недействующие").tree == InForce(TODAY, without=True)


def test_a_name_in_full_keeps_its_words() -> None:
    assert understood("Лысенко Светлана").tree == OfPerson("Лысенко С.", ("Лысенко", "Светлана"))
