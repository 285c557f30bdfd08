"""What a draft of an order says becomes sentences in their cases, numbered and ended as an office writes them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.drafting.composing import KindWords, compose
from roadmapdocs.drafting.composing.common import broken, in_words, with_stop, without_stop
from roadmapdocs.drafting.profiles import PROFILES
from roadmapdocs.drafting.values import Appendix, Cited, Executor, OrderValues, Person, Point, PointKind, Visa
from roadmapdocs.drafting.vocabulary import OrderPage
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.names import FullName
from tests.drafting.printed import kind_words

DAY = dt.date(2021, 11, 29)
METHODIST = Executor(name="Масленко Вера Игоревна", post="Начальник информационно-методического отдела")
DEPUTY = Executor(name="Холмогоров Павел Ильич", post="Заместитель начальника")
SPECIALISTS = Executor(post="Специалисты управления образования")
PLAIN = OrderValues(kind="order_main", date=DAY, number="178-П", organisation_genitive="МКУ «Управление образования»")


def made(kind: str = "order_main", profile: str = "2025", **values: Any) -> OrderPage:
    known = kind_words()
    own = dataclasses.replace(PLAIN, kind=kind, **values)
    page = compose("order.docx", own, PROFILES[profile], kind=known[kind], kinds=known)
    assert isinstance(page, OrderPage)
    return page


def said(*points: Point, **values: Any) -> list[str]:
    return [f"{line.number} {line.text}".replace("\u00a0", " ") for line in made(points=points, **values).points]


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (Point(text="Провести мониторинг"), "Провести мониторинг."),
        (Point(text="провести мониторинг.."), "Провести мониторинг."),
        (Point(text="Провести мониторинг ;"), "Провести мониторинг."),
        (Point(text="Кто отвечает?"), "Кто отвечает?"),
        (Point(text="План на 2026 г."), "План на 2026 г."),
        (Point(text="Подготовить\nсправку", due=DAY), "Подготовить справку в срок до 29.11.2021."),
        (Point(text="Подготовить справку.", due=DAY), "Подготовить справку в срок до 29.11.2021."),
        (Point(text="Представлять отчёт", term="ежеквартально"), "Представлять отчёт ежеквартально."),
        (
            Point(text="Подготовить справку", executors=(METHODIST,)),
            "Начальнику информационно-методического отдела Масленко В.И.: подготовить справку.",
        ),
        (Point(text="Обеспечить охрану", executors=(SPECIALISTS,)), "Специалистам управления образования обеспечить охрану."),
        (
            Point(text="Подготовить зал", executors=(Executor(unit="Общий отдел"), DEPUTY)),
            "Общему отделу, заместителю начальника Холмогорову П.И.: подготовить зал.",
        ),
        (Point(text="ВПР провести", executors=(SPECIALISTS,)), "Специалистам управления образования ВПР провести."),
        (Point(text="явиться", executors=(Executor(text="всем директорам школ"),)), "Всем директорам школ явиться."),
        (Point(text="явиться", executors=(Executor(name="Ким"),)), "Киму: явиться."),
        (Point(text="явиться", executors=(Executor(name="Отдел № 5"),)), "Отдел № 5: явиться."),
        (
            Point(kind=PointKind.APPROVE, approves="Положение о мониторинге."),
            "Утвердить Положение о мониторинге.",
        ),
        (
            Point(kind=PointKind.APPROVE, approves="Дорожная карта развития", appendix=1),
            "Утвердить Дорожную карту развития (приложение).",
        ),
        (
            Point(kind=PointKind.APPROVE, approves="план мероприятий (дорожная карта) развития", term="согласно приложению"),
            "Утвердить план мероприятий (дорожную карту) развития согласно приложению.",
        ),
        (
            Point(kind=PointKind.APPROVE, approves="Комиссия по приёмке (далее – Комиссия)"),
            "Утвердить Комиссию по приёмке (далее – Комиссия).",
        ),
        (
            Point(
                kind=PointKind.REPEAL,
                document=Cited(kind="приказ", date=DAY, number="№ 12", title="Об утверждении «Правил»"),
            ),
            "Признать утратившим силу приказ от 29.11.2021 № 12 «Об утверждении „Правил“».",
        ),
        (
            Point(kind=PointKind.REPEAL, document=Cited(kind="инструкция", title="О порядке")),
            "Признать утратившей силу инструкцию «О порядке».",
        ),
        (
            Point(kind=PointKind.REPEAL, document=Cited(kind="code_of_rules", organisation="УО", number="3")),
            "Признать утратившими силу правила УО № 3.",
        ),
        (Point(kind=PointKind.FORCE), "Приказ вступает в силу со дня подписания."),
        (Point(kind=PointKind.FORCE, due=DAY), "Приказ вступает в силу с 29.11.2021."),
        (
            Point(kind=PointKind.FORCE, due=DAY, term="и подлежит размещению на сайте"),
            "Приказ вступает в силу с 29.11.2021 и подлежит размещению на сайте.",
        ),
        (Point(kind=PointKind.CONTROL), "Контроль за исполнением приказа оставляю за собой."),
        (
            Point(kind=PointKind.CONTROL, person=Person(name="Лысенко Светлана Сергеевна", post="Заместитель начальника")),
            "Контроль за исполнением приказа возложить на заместителя начальника Лысенко С.С.",
        ),
        (
            Point(kind=PointKind.CONTROL, person=Person(name="Рыбашапка С.Б.", gender="m")),
            "Контроль за исполнением приказа возложить на Рыбашапку С.Б.",
        ),
        (Point(kind=PointKind.CONTROL, text="Контроль оставляю за собой"), "Контроль оставляю за собой."),
        (
            Point(kind=PointKind.APPROVE, approves="План", term="согласно приложению", executors=(DEPUTY,), due=DAY),
            "Заместителю начальника Холмогорову П.И.: утвердить План согласно приложению в срок до 29.11.2021.",
        ),
        (Point(kind=PointKind.REPEAL, text="Отменить приказ", due=DAY), "Отменить приказ в срок до 29.11.2021."),
    ],
)
def test_a_point_is_a_sentence(point: Point, words: str) -> None:
    assert said(point) == [f"1. {words}"]


def test_points_are_numbered_within_each_other_and_lead_on_with_a_colon() -> None:
    inner = (Point(text="собрать данные", points=(Point(text="до обеда"),)), Point(text="обобщить"))
    assert said(Point(text="Открыть семинар"), Point(executors=(DEPUTY,), points=inner), Point(kind=PointKind.CONTROL)) == [
        "1. Открыть семинар.",
        "2. Заместителю начальника Холмогорову П.И.:",
        "2.1. Собрать данные:",
        "2.1.1. До обеда.",
        "2.2. Обобщить.",
        "3. Контроль за исполнением приказа оставляю за собой.",
    ]


def test_an_office_may_do_without_the_colon_behind_a_name() -> None:
    own = dataclasses.replace(PROFILES["2025"], colon_after_person=False)
    values = dataclasses.replace(PLAIN, points=(Point(text="Подготовить справку", executors=(DEPUTY,)),))
    page = compose("order.docx", values, own, kind=kind_words()["order_main"])
    assert isinstance(page, OrderPage)
    assert page.points[0].text.replace("\u00a0", " ") == "Заместителю начальника Холмогорову П.И. подготовить справку."


def test_several_appendices_are_named_by_their_numbers() -> None:
    appendices = (Appendix(kind="regulation", title="Положение"), Appendix(kind="plan", title="План"))
    point = Point(kind=PointKind.APPROVE, approves="План работы", appendix=2)
    assert said(point, appendices=appendices) == ["1. Утвердить План работы (приложение № 2)."]


class Corrected:
    """What the people of an office have written instead of the rules."""

    def person(self, name: str, gender: str, case: Case) -> FullName:
        return FullName("Гогии", "Лали", gender="f") if case is Case.DAT else FullName.read(name, gender or None)

    def post(self, title: str, case: Case, gender: str) -> str:
        return f"{title} ({case}, {gender})"


def test_corrected_forms_win_over_the_rules() -> None:
    point = Point(text="явиться", executors=(Executor(name="Гогия Лали", post="Директор", gender="f"),))
    page = compose(
        "order.docx",
        dataclasses.replace(PLAIN, points=(point,)),
        PROFILES["2025"],
        kind=kind_words()["order_main"],
        declension=Corrected(),
    )
    assert isinstance(page, OrderPage)
    assert page.points[0].text.replace("\u00a0", " ") == "Директор (dat, f) Гогии Л.: явиться."


@pytest.mark.parametrize(
    ("kind", "given", "word"),
    [
        ("order_main", "", "ПРИКАЗЫВАЮ:"),
        ("directive", "", "ОБЯЗЫВАЮ:"),
        ("directive", "–", ""),
        ("order_main", "п р и к а з ы в а ю:", "приказываю:"),
        ("order_main", "ПРЕДЛАГАЮ", "ПРЕДЛАГАЮ:"),
    ],
)
def test_the_decree_is_the_usual_word_or_that_of_the_draft_and_never_spaced(kind: str, given: str, word: str) -> None:
    assert made(kind, decree=given).decree == word


@pytest.mark.parametrize(
    ("text", "decree", "tidy"),
    [
        ("В целях развития", "", "В целях развития"),
        ("В целях развития ,", "", "В целях развития,"),
        ("В целях развития,,", "", "В целях развития,"),
        ("В целях  развития.", "", "В целях развития"),
        ("На основании плана на 2026 г.", "", "На основании плана на 2026 г."),
        ("В целях развития, п р и к а з ы в а ю:", "", "В целях развития,"),
        ("В целях развития ПРИКАЗЫВАЮ:", "", "В целях развития"),
        ("В целях развития,", "-", "В целях развития."),
        ("", "", ""),
    ],
)
def test_a_preamble_keeps_its_comma_and_loses_what_the_template_prints(text: str, decree: str, tidy: str) -> None:
    assert made(preamble=text, decree=decree).preamble == tidy


@pytest.mark.parametrize(
    ("kind", "word"),
    [("plan", "УТВЕРЖДЁН"), ("roadmap", "УТВЕРЖДЕНА"), ("regulation", "УТВЕРЖДЕНО"), ("code_of_rules", "УТВЕРЖДЕНЫ")],
)
def test_a_stamp_agrees_with_what_is_approved(kind: str, word: str) -> None:
    (appendix,) = made(appendices=(Appendix(kind=kind, title="о порядке"),)).appendices
    assert appendix.stamp == (word, "приказом МКУ «Управление образования»", "от 29.11.2021 №\u00a0178-П")
    assert appendix.mark == ("Приложение", "к приказу МКУ «Управление образования»", "от 29.11.2021 №\u00a0178-П")


def test_an_office_may_spell_and_word_its_stamps_otherwise() -> None:
    own = dataclasses.replace(PROFILES["2016"], yo=False, stamp_heading=True, mark_with_stamp=False)
    values = dataclasses.replace(PLAIN, title="Об утверждении", appendices=(Appendix(kind="plan", title="План"),))
    page = compose("order.docx", values, own, kind=kind_words()["order_main"], kinds=kind_words())
    assert isinstance(page, OrderPage)
    (appendix,) = page.appendices
    assert (appendix.stamp[0], appendix.stamp[2], appendix.mark) == (
        "УТВЕРЖДЕН",
        "от 29.11.2021 №\u00a0178-П «Об утверждении»",
        (),
    )


def test_what_is_only_enclosed_has_a_mark_and_no_stamp_and_a_separate_file_only_its_number() -> None:
    given_ones = (
        Appendix(kind="regulation", title="Положение", separate=True),
        Appendix(kind="list", title="Перечень школ", approved=False),
        Appendix(title="Форма отчёта.", landscape=True),
        Appendix(kind="plan", title="План"),
    )
    page = made(appendices=given_ones)
    assert [appendix.mark[0] for appendix in page.appendices] == [f"Приложение №\u00a0{number}" for number in (2, 3, 4)]
    assert [bool(appendix.stamp) for appendix in page.appendices] == [False, False, True]
    assert [(appendix.kind, appendix.title) for appendix in page.appendices] == [
        ("ПЕРЕЧЕНЬ", ("школ",)),
        ("", ("Форма отчёта",)),
        ("ПЛАН", ()),
    ]
    assert [appendix.follows_landscape for appendix in page.appendices] == [False, False, True]
    assert page.ends_landscape is False


def test_requisites_stand_as_an_office_prints_them() -> None:
    page = made(
        organisation="Муниципальное казённое учреждение «Управление образования Светлореченского муниципального округа»",
        title="Об утверждении\nплана.",
        number="№ 178-П",
        place=" п. Светлоречье ",
        signers=(Person(name="Лысенко Светлана Сергеевна", post="Начальник МКУ «Управление образования Светлореченского округа»"),),
        visas=(Visa(post="Юрист", name="Ткач Денис", date=DAY, remark="уточнить"),),
        drafter=Person(name="Масленко Вера Игоревна", phone="2-14-57", email="m@example.org"),
        acquainted=(Person(name="Ким"),),
    )
    assert page.organisation == (
        "Муниципальное казённое учреждение",
        "«Управление образования",
        "Светлореченского муниципального округа»",
    )
    assert (page.kind, page.date, page.number, page.place) == ("ПРИКАЗ", "29.11.2021", "178-П", "п. Светлоречье")
    assert page.date_words.replace("\u00a0", " ") == "29 ноября 2021 г."
    assert page.title == "Об утверждении плана"
    assert page.signers[0].name == "С.С.\u00a0Лысенко"
    assert all(len(line) <= 80 / 2.45 for line in page.signers[0].post)
    assert (page.visas[0].name, page.visas[0].date, page.visas[0].remark) == ("Д.\u00a0Ткач", "29.11.2021", "Замечания прилагаются")
    assert (page.drafter, page.drafter_contacts) == ("Масленко Вера Игоревна", "2-14-57, m@example.org")
    assert (page.acquainted[0].name, page.acquainted_words) == ("Ким", "С приказом ознакомлены:")
    assert made("directive").acquainted_words == "С распоряжением ознакомлены:"


def test_a_kind_is_called_by_its_word_and_not_by_its_long_name() -> None:
    forms = {"gen": "приказа", "dat": "приказу", "acc": "приказ", "ins": "приказом", "pre": "приказе"}
    assert KindWords.of("order_admin", "Приказ по хозяйственной деятельности", "m", forms).name == "приказ"
    assert kind_words()["note"].name == "аналитическая справка"
    assert KindWords.of("own", "Смета", "f", {}).acc == "смету"


@given(st.text(alphabet="абв «»- ", max_size=200), st.integers(min_value=5, max_value=60))
def test_broken_lines_lose_no_word_and_none_is_longer_than_it_may(text: str, longest: int) -> None:
    lines = broken(text, longest)
    assert " ".join(lines).split() == text.split()
    assert all(len(line) <= longest or " " not in line for line in lines)


@given(st.text(max_size=60))
def test_a_full_stop_is_added_once(text: str) -> None:
    assert with_stop(with_stop(text)) == with_stop(text)
    assert without_stop(without_stop(text)) == without_stop(text)


def test_early_years_have_four_digits() -> None:
    assert in_words(dt.date(987, 1, 2)).replace("\u00a0", " ") == "2 января 987 г."
    assert made(date=dt.date(987, 1, 2)).date == "02.01.0987"
