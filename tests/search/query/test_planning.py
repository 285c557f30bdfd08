from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.search.analysis import positions
from roadmapdocs.search.ports import Either, Entry, Every, Sort, Zone
from roadmapdocs.search.query import own_numbers
from roadmapdocs.search.query.plain import MOST_BEGINNINGS
from roadmapdocs.search.query.planning import node_of
from roadmapdocs.search.tags import FACETS
from tests.search.engines.reference import matches
from tests.search.query.asking import line, planned, understood


@pytest.mark.parametrize(
    ("question", "node", "first"),
    [
        ("178", "([num:178]|178)", "[num:#178] > [num:178]"),
        ("178-П", "([num:#178-п]|#178-п)", "[num:#178-п]"),
        ("№178п", "([num:#178-п]|#178-п)", "[num:#178-п]"),
        ("178 п", "([num:#178-п]|#178-п)", "[num:#178-п]"),
        ("П-178", "([num:#п-178]|#п-178)", "[num:#п-178]"),
        ("01-15/178", "([num:#01-15/178]|#01-15/178)", "[num:#01-15/178]"),
        ("133/6 од", "([num:#133/6-од]|#133/6-од)", "[num:#133/6-од]"),
        ("номер:178", "[num:178]", "[num:#178] > [num:178]"),
        ("приказ 178", "([kind:order_main kind:order_staff]|title:приказ)&([num:178]|178)", "[num:#178]&[kind:order_main kind:order_staff] > [num:#178] > [num:178]&[kind:order_main kind:order_staff] > [num:178] > [kind:order_main kind:order_staff]"),
        ("приказ 178 от ноября 2021", '([kind:order_main kind:order_staff]|title:приказ)&([num:178]|178)&([month:2021-11]|title:"в/во/за/на @2021-11")', "[num:#178]&[kind:order_main kind:order_staff] > [num:#178] > [num:178]&[kind:order_main kind:order_staff] > [num:178] > [kind:order_main kind:order_staff]"),
        ("приказ 178-П от 29.11.2021", "([kind:order_main kind:order_staff]|title:приказ)&([num:#178-п]|#178-п)&([day:2021-11-29]|@2021-11-29)", "[num:#178-п]&[kind:order_main kind:order_staff]&[day:2021-11-29] > [num:#178-п]&[kind:order_main kind:order_staff] > [num:#178-п]&[day:2021-11-29] > [num:#178-п] > [day:2021-11-29]&[kind:order_main kind:order_staff] > [day:2021-11-29] > [kind:order_main kind:order_staff]"),
        ("протоколы МОЦ за 2020", "([kind:protocol]|title:протокол)&моц&([year:2020]|title:2020)", "[kind:protocol]"),
        ("положение о зачёте", "([kind:regulation]|title:положение)&зачет", "[kind:regulation]"),
        ("вид:положение зачёт", "[expected:положение kind:regulation]&зачет", "[expected:положение kind:regulation]"),
        ("приказ по личному составу", '([kind:order_staff]|title:"приказ по личной/личный состав")', "[kind:order_staff]"),
        ("дорожная карта мсоко", '([kind:roadmap]|title:"дорожный карта")&(мсоко|"муниципальный система оценка качество образование")', "[kind:roadmap]"),
        ("вид:план", "[expected:план kind:plan]", "[expected:план kind:plan]"),
        ("вид:пункт", "[kind:item]", ""),
        ("2021", "([num:2021 year:2021]|2021/@2021)", ""),
        ("чтение 2021", "чтение&([num:2021 year:2021]|2021/@2021)", ""),
        ("чтение 2025", "чтение&([num:2025 year:2025]|2025/@2025)", ""),
        ("приказы за 2025", "([kind:order_main kind:order_staff]|title:приказ)&([year:2025]|title:2025)", "[kind:order_main kind:order_staff]"),
        ("8-ОД 2025", "([num:#8-од]|#8-од)&([num:2025 year:2025]|title:2025)", "[num:#8-од]"),
        ("4а-ОД", '([num:#4-а-од]|#4-а-од|"#4-а од/ода")', "[num:#4-а-од]"),
        ("1/ИМЦ", "([num:#1-имц]|#1-имц)", "[num:#1-имц]"),
        ("приказ «25» августа 2026", "([kind:order_main kind:order_staff]|title:приказ)&([day:2026-08-25]|@2026-08-25)", "[day:2026-08-25]&[kind:order_main kind:order_staff] > [day:2026-08-25] > [kind:order_main kind:order_staff]"),
        ("утратившие силу приказы", "[force:ended]&([kind:order_main kind:order_staff]|title:приказ)", "[kind:order_main kind:order_staff]"),
        ("приказы на согласовании", "([kind:order_main kind:order_staff]|title:приказ)&[state:in_approval]", "[kind:order_main kind:order_staff]"),
        ("проекты приказов", "[state:draft]&([kind:order_main kind:order_staff]|title:приказ)", "[kind:order_main kind:order_staff]"),
        ("аннулированные приказы", "[registration:annulled]&([kind:order_main kind:order_staff]|title:приказ)", "[kind:order_main kind:order_staff]"),
        ("подписанные приказы", "[state:signed]&([kind:order_main kind:order_staff]|title:приказ)", "[kind:order_main kind:order_staff]"),
        ("вид:приказ вид:протокол", "([expected:приказ kind:order_main kind:order_staff]|[expected:протокол kind:protocol])", "[expected:приказ kind:order_main kind:order_staff]"),
        ("вид:пункт вид:план", "([kind:item]|[expected:план kind:plan])", "[expected:план kind:plan]"),
        ("за 2021", "([year:2021]|title:2021)", ""),
        ("с 2024", "[years 2024-2199]", ""),
        ("до 2022", "[years 1900-2021]", ""),
        ("29 ноября 2021", "([day:2021-11-29]|@2021-11-29)", "[day:2021-11-29]"),
        ("29 ноября", "@-11-29", ""),
        ("ноябрь 2021", '([month:2021-11]|title:"в/во/за/на @2021-11")', ""),
        ("1 квартал 2021", '([month:2021-01 month:2021-02 month:2021-03]|title:"1 квартал 2021")', ""),
        ("план на 2021-2022 уч. г.", '([kind:plan]|title:план)&([month:2021-09 month:2021-10 month:2021-11 month:2021-12 month:2022-01 month:2022-02 month:2022-03 month:2022-04 month:2022-05 month:2022-06 month:2022-07 month:2022-08]|title:"2021 2022")', "[kind:plan]"),
        ("в прошлом году", "([year:2025]|title:2025)", ""),
        ("2020-2021", '([year:2020 year:2021]|title:"2020 2021")', ""),
        ("дата:2021", "[year:2021]", ""),
        ("дата:01.09.2021..31.12.2021", "[month:2021-09 month:2021-10 month:2021-11 month:2021-12]", ""),
        ("с 1 по 15 ноября 2021", "[day:2021-11-01 day:2021-11-02 day:2021-11-03 day:2021-11-04 day:2021-11-05 day:2021-11-06 day:2021-11-07 day:2021-11-08 day:2021-11-09 day:2021-11-10 day:2021-11-11 day:2021-11-12 day:2021-11-13 day:2021-11-14 day:2021-11-15]", ""),
        ("подписал Лысенко", "[signed:лысенко]", ""),
        ("за подписью С.С. Лысенко", "[signed:&лысенко.с.с]", ""),
        ('подписал:"Лысенко Светлана"', "([signed:&лысенко.с]|[signed:лысенко]&[signed:светлана])", ""),
        ("исполнитель:Дёмина", "[drafted:демин]", ""),
        ("Лысенко С. С.", "&лысенко.с.с", ""),
        ("Лысенко С.", "&лысенко.с", ""),
        ("Лысенко Светлана", "(&лысенко.с|лысенко&светлана)", ""),
        ("Лысенко", "лысенко", ""),
        ("п. 2.1.1", "([item:2.1.1]|2.1.1)", "[item:2.1.1]"),
        ("2.1.1", "([item:2.1.1]|2.1.1)", "[item:2.1.1]"),
        ("п. 3", '([item:3]|"п/пункт 3")', "[item:3]"),
        ("пункт:3", "[item:3]", "[item:3]"),
        ("действующие", "[on 16.03.2026]", ""),
        ("положения в силе на 01.09.2021", "([kind:regulation]|title:положение)&[on 01.09.2021]", "[kind:regulation]"),
        ("недействующие", "[type:document]&![on 16.03.2026]", ""),
        ("состояние:черновик", "[state:draft]", ""),
        ('состояние:"не действует"', "[force:ended force:not_in_force force:suspended]", ""),
        ("подразделение:ИМО", "[unit:7]", ""),
        ("дело:01-05", "[case:01-05]", ""),
        ("карта:чтения", "[roadmap:1]", ""),
        ("карта:2", "[roadmap:2]", ""),
        ("тип:пункт", "[type:item]", ""),
        ("заголовок:чтение", "title:чтение", ""),
        ('заголовок:"о чтении"', 'title:"о чтение"', ""),
        ("комментарий:(срок контроль)", "talk:срок&talk:контроль", ""),
        ('"о мерах по чтению"', '"о мера по чтение"', ""),
        ('"приказ № 178-П"', '"приказ #178-п"', ""),
        ("чтение -зачёт", "чтение&!зачет", ""),
        ("чтение -(зачёт мсоко)", "чтение&!(зачет&~мск/мсокий/мсоко)", ""),
        ("чтение ИЛИ письмо", "(чтение|письмо)", ""),
        ("-вид:приказ чтение", "![expected:приказ kind:order_main kind:order_staff]&чтение", ""),
        ("карта мсоко ИЛИ всоко", 'карта&(мсоко|"муниципальный система оценка качество образование"|~вск/всокий/всоко)', ""),
        ("справок*", "справок*", ""),
        ("ё*", "е", ""),
        ("о мерах по чтению", "мера&чтение", ""),
        ("и в на", "и&в&на", ""),
        ("МСОКО", '(мсоко|"муниципальный система оценка качество образование")', ""),
        ("мсоко", '(мсоко|"муниципальный система оценка качество образование")', ""),
        ("качество образования", "качество&образование", ""),
        ("муниципальной системы оценки качества образования", "(муниципальный&система&оценка&качество&образование|мсоко)", ""),
        ("школы с низкими образовательными результатами", "(школа&низкий&образовательный&результат|шнор/шнро)", ""),
        ("шнор -шнро", '(шнор/шнро|"школа с низкий образовательный результат")&!~шнр/шнро', ""),
        ("повышение КО", 'повышение&(ко|"качество образование")', ""),
        ("научно-методический совет", '(научно-методический|"научно/научный методический")&совет', ""),
        ("500+", "500+", ""),
        ("ШНОР", '(шнор/шнро|"школа с низкий образовательный результат")', ""),
        ("зачёт и зачет", "зачет", ""),
        ("5-й класс", "5&класс", ""),
        ("школа № 3", "школа&([num:3]|3)", "[num:#3] > [num:3]"),
        ("дети", "ребенок", ""),
        ("действует:нет", "[type:document]&![on 16.03.2026]", ""),
        ("заголовок:МСОКО", '(title:мсоко|title:"муниципальный система оценка качество образование")', ""),
    ],
)
def test_a_question_is_planned(question: str, node: str, first: str) -> None:
    plan = planned(question)
    assert line(plan.node) == node
    assert " > ".join(line(one) for one in plan.first) == first


def record(title: str = "", text: str = "", *tags: str) -> Entry:
    zones = {Zone.TITLE: positions(title), Zone.TEXT: positions(text)}
    return Entry(1, "document:1", 0, "", zones, frozenset(tags), "")


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("справки по детям", "Справка о ребёнке"),
        ("положение о зачете", "Об утверждении Положения о районном зачёте"),
        ("школы с низкими образовательными результатами", "О поддержке ШНРО"),
        ("шнор", "О школах с низкими образовательными результатами"),
        ("лысенко светлана", "Благодарность Лысенко С. С."),
        ("Лысенко С.", "О награждении С.С. Лысенко"),
        ("178 п", "О внесении изменений в приказ № 178-П"),
        ("178", "О внесении изменений в приказ № 178-П"),
        ("29.11.21", "О приказе от 29 ноября 2021 г."),
        ("29 ноября", "О приказе от 29.11.2021"),
        ("отчёт за 2021", "Отчёт за 2021 год"),
        ("план на 2021-2022 уч. г.", "План работы на 2021/2022 учебный год"),
        ("п. 2.1.1", "Об исполнении пункта 2.1.1"),
        ("научно методический", "О научно-методическом совете"),
        ("научно-методический", "О научно-методическом совете"),
        ("информационно-методического отдела", "О работе ИМО"),
        ("имо", "О работе информационно-методического отдела"),
        ("зачёт* -экзамен", "Об итогах зачётов"),
        ("П р и к а з ы в а ю", "приказываю"),
        ("П Р И К А З Ы В А Ю", "Приказываю"),
    ],
)
def test_a_title_is_found(question: str, title: str) -> None:
    assert matches(planned(question).node, record(title))


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("178-П", "О приказе № 178-ОД"),
        ("29.11.2021", "О приказе от 30.11.2021"),
        ("Лысенко С.С.", "О награждении Лысенко П. С."),
        ("качество образования", "Ко дню учителя"),
        ('"о зачёте"', "О районном зачёте"),
        ("чтение -зачёт", "О зачёте по чтению"),
        ("вид:приказ", "О приказе"),
        ("заголовок:чтение", "О письме"),
        ("* * *", "О чтении"),
    ],
)
def test_another_title_is_not_found(question: str, title: str) -> None:
    assert not matches(planned(question).node, record(title))


def test_a_kind_is_found_by_the_card_whatever_the_title() -> None:
    assert matches(planned("приказы").node, record("О чтении", "", "kind:order_main"))


def test_a_year_by_itself_may_be_the_year_of_the_card_its_number_or_a_word() -> None:
    node = planned("2021").node
    assert matches(node, record("О чтении", "", "year:2021"))
    assert matches(node, record("О чтении", "", "num:2021"))
    assert matches(node, record("", "итоги 2021 года"))


def test_the_last_word_may_be_unfinished() -> None:
    assert line(planned("зачёт чте", growing=True).node).endswith("чте*)")
    assert line(planned("зачёт чте", growing=True).node).startswith("зачет&(")
    assert line(planned("зачёт по", growing=True).node) == "зачет"
    assert line(planned("зачёт ч", growing=True).node) == "зачет"


def test_a_beginning_finds_the_forms_that_the_archive_knows() -> None:
    node = node_of(understood("приказо*"), lambda start: frozenset({"приказ"} if start == "приказо" else ()))
    assert line(node) == "(приказо*|приказ)"


def test_of_very_many_beginnings_only_some_are_looked_up() -> None:
    looked_up: list[str] = []

    def beginning(start: str) -> frozenset[str]:
        looked_up.append(start)
        return frozenset({start + "ок"})

    starts = [f"прик{letter}" for letter in "абвгдежзик"]
    node = node_of(understood(" ".join(f"{start}*" for start in starts)), beginning)
    assert set(looked_up) == set(starts[:MOST_BEGINNINGS])
    assert line(node).endswith("&прики*&прикк*")


def test_an_empty_question_asks_for_everything_and_one_without_words_for_nothing() -> None:
    assert planned("  ").node == Every()
    assert planned("!!!").node == Either(())


def test_force_on_a_day_and_what_was_narrowed_are_asked_for_as_well() -> None:
    plan = planned(
        "чтение",
        in_force=dt.date(2021, 9, 1),
        narrowed={"kind": frozenset({"protocol"}), "year": frozenset(), "bogus": frozenset({"x"})},
        sort=Sort.DATE,
        offset=20,
        limit=10,
    )
    assert line(plan.node) == "чтение&[on 01.09.2021]"
    assert plan.narrowed == {"kind": frozenset({"kind:protocol"})}
    assert (plan.sort, plan.offset, plan.limit, plan.facets) == (Sort.DATE, 20, 10, FACETS)
    assert plan.readable == {"may:clerk"}
    assert planned("чтение", facets=False).facets == ()


def test_own_numbers_are_those_that_were_asked_for() -> None:
    assert own_numbers(understood("приказ 178-П")) == {"num:#178-п"}
    assert own_numbers(understood("178 ИЛИ номер:34")) == {"num:178", "num:34"}
    assert own_numbers(understood("чтение -178")) == frozenset()
    assert own_numbers(understood("")) == frozenset()


def test_stop_words_are_asked_for_where_there_is_nothing_else() -> None:
    assert line(planned("о -чтение").node) == "!чтение"
    assert line(planned("о").node) == "о"
