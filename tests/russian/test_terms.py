"""Period cells read by the conventions of Russian plans; every expected value was written from the words."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from roadmapdocs.russian.terms import LONGEST_CELL, Term, read_date, read_terms, unread_words

SHARED = Path(__file__).resolve().parents[3] / "shared"

Short = tuple[str, str | None, str | None, str | None]


def short(terms: tuple[Term, ...]) -> list[Short]:
    return [
        (
            term.kind,
            term.start.isoformat() if term.start else None,
            term.end.isoformat() if term.end else None,
            term.recurrence,
        )
        for term in terms
    ]


def days(start: str, end: str | None) -> Short:
    return ("range", start, end, None)


def due(end: str) -> Short:
    return ("deadline", None, end, None)


def every(recurrence: str, start: str | None = None, end: str | None = None) -> Short:
    return ("recurring", start, end, recurrence)


CONTINUOUS: Short = ("continuous", None, None, None)
BY_PLAN: Short = ("external_plan", None, None, None)
ON_DEMAND: Short = ("on_demand", None, None, None)
UNREAD: Short = ("unspecified", None, None, None)


def test_the_agreed_examples_are_met_exactly() -> None:
    file = SHARED / "expected" / "terms.json"
    if not file.exists():
        pytest.skip("the folder with the agreed examples is not here")
    for case in json.loads(file.read_text(encoding="utf-8")):
        read = [
            dict(zip(("kind", "start", "end", "recurrence"), one, strict=True), text=term.text)
            for term in read_terms(case["text"])
            for one in short((term,))
        ]
        assert read == case["terms"], case["text"]


# Every distinct period of the period columns of the seed roadmaps.
SEEDS = [
    ("2019-2021", [days("2019-01-01", "2021-12-31")]),
    ("2021-2023", [days("2021-01-01", "2023-12-31")]),
    ("2020- 2023", [days("2020-01-01", "2023-12-31")]),
    ("2023", [days("2023-01-01", "2023-12-31")]),
    ("2022 г.", [days("2022-01-01", "2022-12-31")]),
    ("2022 2023", [days("2022-01-01", "2022-12-31"), days("2023-01-01", "2023-12-31")]),
    ("Август 2019", [days("2019-08-01", "2019-08-31")]),
    ("Февраль 2022", [days("2022-02-01", "2022-02-28")]),
    ("Сентябрь-октябрь 2019", [days("2019-09-01", "2019-10-31")]),
    ("Март-апрель 2022 2023", [days("2022-03-01", "2022-04-30"), days("2023-03-01", "2023-04-30")]),
    ("1 квартал 2022", [days("2022-01-01", "2022-03-31")]),
    ("2019-2020 учебный год", [days("2019-09-01", "2020-08-31")]),
    ("2021-2022 уч г", [days("2021-09-01", "2022-08-31")]),
    ("С августа 2020", [days("2020-08-01", None)]),
    ("С 2020 года", [days("2020-01-01", None)]),
    ("До 31.12.2021", [due("2021-12-31")]),
    ("До 15.12.21", [due("2021-12-15")]),
    ("До 1.02.22", [due("2022-02-01")]),
    ("31.12.2021", [due("2021-12-31")]),
    ("Ежегодно", [every("yearly")]),
    ("ежегодно, октябрь", [every("yearly")]),
    ("Август 2022 и далее - ежегодно", [every("yearly", "2022-08-01")]),
    ("ежегодно по графику", [every("yearly")]),
    ("Ежегодно согласно плана мероприятий", [every("yearly")]),
    ("Ежегодно, в соответствии с годовым планом", [every("yearly")]),
    ("Ежегодно (в рамках реализации Госзадания)", [every("yearly")]),
    ("Ежегодно. В соответствии с заключенным соглашением с ККИПК", [every("yearly")]),
    ("1 раз в 2 года", [every("every 2 years")]),
    ("1 раз в два года", [every("every 2 years")]),
    ("1 раз в 3 года для каждой образовательной организации", [every("every 3 years")]),
    ("1 раз в квартал", [every("quarterly")]),
    ("1 квартал текущего года", [every("yearly")]),
    ("Постоянно", [CONTINUOUS]),
    ("В течении года", [CONTINUOUS]),
    ("В течение года 2022 2023", [("continuous", "2022-01-01", "2023-12-31", None)]),
    ("2019-2021 по графику СОИРО", [("external_plan", "2019-01-01", "2021-12-31", None)]),
    ("По графику СОИРО", [BY_PLAN]),
    ("в соответствии с графиком проведения", [BY_PLAN]),
    ("По плану МКУ «Управление образования»", [BY_PLAN]),
    ("по потребности", [ON_DEMAND]),
]


@pytest.mark.parametrize(("text", "expected"), SEEDS)
def test_the_periods_of_real_roadmaps_are_read_whole(text: str, expected: list[Short]) -> None:
    read = read_terms(text)
    assert short(read) == expected
    if len(read) == 1:
        assert read[0].text == text


OTHERS = [
    ("I-II кварталы 2022 г.", [days("2022-01-01", "2022-06-30")]),
    ("П квартал 2022", [days("2022-04-01", "2022-06-30")]),
    ("IV кв.2021г.", [days("2021-10-01", "2021-12-31")]),
    ("2-й квартал 2022 г.", [days("2022-04-01", "2022-06-30")]),
    ("1, 3 квартал 2022", [days("2022-01-01", "2022-03-31"), days("2022-07-01", "2022-09-30")]),
    ("4 квартал 2021 года - 1 квартал 2022 года", [days("2021-10-01", "2022-03-31")]),
    ("2 полугодие 2023", [days("2023-07-01", "2023-12-31")]),
    ("1 полугодие 2022-2023 учебного года", [days("2022-09-01", "2022-12-31")]),
    ("в первой половине 2022 года", [days("2022-01-01", "2022-06-30")]),
    ("2 декада мая 2022", [days("2022-05-11", "2022-05-20")]),
    ("лето 2022", [days("2022-06-01", "2022-08-31")]),
    ("сент. 2021 – янв. 2022 г.г.", [days("2021-09-01", "2022-01-31")]),
    ("Ноябрь-февраль 2021-2022", [days("2021-11-01", "2022-02-28")]),
    ("с 25 декабря по 10 января 2022 г.", [days("2021-12-25", "2022-01-10")]),
    ("Февраль-апрель 2020-2021", [days("2020-02-01", "2020-04-30"), days("2021-02-01", "2021-04-30")]),
    ("октябрь 2021-2022 уч. года", [days("2021-10-01", "2021-10-31")]),
    (
        "2021-2022, 2022-2023 учебные годы",
        [days("2021-09-01", "2022-08-31"), days("2022-09-01", "2023-08-31")],
    ),
    ("с 1 по 15 ноября 2021", [days("2021-11-01", "2021-11-15")]),
    ("01-15.09.2021", [days("2021-09-01", "2021-09-15")]),
    ("20 сентября – 5 октября 2021", [days("2021-09-20", "2021-10-05")]),
    ("с 01.09.2021 по 31.05.2022", [days("2021-09-01", "2022-05-31")]),
    ("09.2021-12.2021", [days("2021-09-01", "2021-12-31")]),
    ("2022: март, май", [days("2022-03-01", "2022-03-31"), days("2022-05-01", "2022-05-31")]),
    ("Май 22", [days("2022-05-01", "2022-05-31")]),
    ("не позднее 1 марта 2022 г.", [due("2022-03-01")]),
    ("к 1 сентября 2021 года", [due("2021-09-01")]),
    ("до конца 2022 года", [due("2022-12-31")]),
    ("не позднее 1 квартала 2022", [due("2022-03-31")]),
    ("до сентября 2021", [due("2021-09-01")]),
    ("до июня 2022 включительно", [due("2022-06-30")]),
    ("«25» августа 2020 г.", [due("2020-08-25")]),
    ("15 мая, 15 октября 2022 г.", [due("2022-05-15"), due("2022-10-15")]),
    ("ежегодно с 2021 по 2023 год", [every("yearly", "2021-01-01", "2023-12-31")]),
    ("до 01.09.2022 г., далее ежегодно", [every("yearly", "2022-09-01")]),
    ("до 25 числа каждого месяца", [every("monthly")]),
    ("не реже одного раза в квартал", [every("quarterly")]),
    ("ежегодно, 1 раз в полугодие", [every("half-yearly")]),
    ("2 раза в год", [every("2 per year")]),
    ("не менее пяти в течение одного учебного года", [every("5 per school year")]),
    ("раз в неделю", [every("weekly")]),
    ("раз в две недели", [every("every 2 weeks")]),
    ("еженедельно по пятницам", [every("weekly")]),
    ("по итогам каждого полугодия", [every("half-yearly")]),
    ("весь период реализации программы", [CONTINUOUS]),
    ("в течение 2021 года", [("continuous", "2021-01-01", "2021-12-31", None)]),
    ("в течение 2021-2022 учебного года", [("continuous", "2021-09-01", "2022-08-31", None)]),
    ("постоянно с 2021 года", [("continuous", "2021-01-01", None, None)]),
    ("в сроки, установленные Рособрнадзором", [BY_PLAN]),
    ("согласно плану, утвержденному приказом от 12.03.2021 № 55", [BY_PLAN]),
    ("по мере необходимости", [ON_DEMAND]),
]


@pytest.mark.parametrize(("text", "expected"), OTHERS)
def test_periods_as_other_offices_write_them_are_read(text: str, expected: list[Short]) -> None:
    assert short(read_terms(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 (раз в год)", [every("yearly", "2021-01-01", "2022-12-31")]),
        ("ежегодно, октябрь", [every("yearly", "2021-10-01", "2022-10-31")]),
        ("ежегодно до 1 сентября", [every("yearly", "2021-01-01", "2022-09-01")]),
        ("Август 2022 и далее - ежегодно", [every("yearly", "2022-08-01", "2022-12-31")]),
        ("1 квартал текущего года", [days("2021-01-01", "2021-03-31"), days("2022-01-01", "2022-03-31")]),
        ("Март-апрель", [days("2021-03-01", "2021-04-30"), days("2022-03-01", "2022-04-30")]),
        ("до 1 марта года, следующего за отчетным", [due("2022-03-01"), due("2023-03-01")]),
        ("конец года", [due("2021-12-31"), due("2022-12-31")]),
        ("В течение года", [("continuous", "2021-01-01", "2022-12-31", None)]),
        ("С августа 2021", [days("2021-08-01", None)]),
        ("По плану СОИРО", [BY_PLAN]),
    ],
)
def test_the_years_of_the_plan_bound_what_recurs_and_date_what_names_no_year(
    text: str, expected: list[Short]
) -> None:
    assert short(read_terms(text, years=(2021, 2022))) == expected


def test_the_year_column_dates_a_month_and_is_kept() -> None:
    assert read_terms("1 (май)", years=(2020, 2022), column_year=2021) == (
        Term("range", dt.date(2021, 5, 1), dt.date(2021, 5, 31), None, "1 (май)", 2021),
    )


def test_a_year_in_the_words_is_stronger_than_the_column_it_stands_in() -> None:
    (term,) = read_terms("Июнь 2021", column_year=2022)
    assert (term.start, term.year) == (dt.date(2021, 6, 1), 2022)


@pytest.mark.parametrize(
    "text",
    [
        "как получится",
        "10",
        "31.02.2021",
        "2023-2020",
        "Сентябрь",
        "1-3 года",
        "в течение 10 дней после получения",
        "после утверждения",
        "по согласованию",
        "31 февраля 2021 г.",
        "9" * 5000,
        "Сентябрь 2020 " * 2000,
    ],
)
def test_what_cannot_be_read_is_stated_with_its_words(text: str) -> None:
    assert read_terms(text) == (Term("unspecified", None, None, None, text.strip()),)


def test_unread_words_beside_a_period_are_stated_too() -> None:
    terms = read_terms("Сентябрь 2020 или как получится")
    assert short(terms) == [days("2020-09-01", "2020-09-30"), UNREAD]
    assert terms[0].text == "Сентябрь 2020"
    assert unread_words(terms) == ("или как получится",)


def test_a_time_that_hangs_on_an_event_is_not_taken_for_a_comment() -> None:
    assert unread_words(read_terms("Сентябрь 2021 после утверждения бюджета")) == (
        "после утверждения бюджета",
    )


def test_labels_stay_with_the_terms_they_name() -> None:
    terms = read_terms("Входной – сентябрь 2020, промежуточный – январь 2021")
    assert [term.text for term in terms] == ["Входной – сентябрь 2020", "промежуточный – январь 2021"]


@pytest.mark.parametrize("text", ["", "  ", "-", "—", "– –", "\n", "…"])
def test_an_empty_cell_has_no_terms(text: str) -> None:
    assert read_terms(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ceнтябpь 2021",
        "СЕНТЯБРЬ 2021 ГОДА",
        "сен\u00adтябрь\u00a02021",
        "сентяб-\nрь 2021",
        "Сентябрь\n2021г",
        "сентя брь 2021",
        "в сентябре 2021 г.",
    ],
)
def test_letters_spoilt_by_typists_and_scanners_are_read(text: str) -> None:
    assert short(read_terms(text)) == [days("2021-09-01", "2021-09-30")]


def test_a_broken_line_does_not_join_two_months() -> None:
    assert short(read_terms("май-\nиюнь 2021")) == [days("2021-05-01", "2021-06-30")]


def test_a_plan_with_its_years_exchanged_bounds_nothing() -> None:
    assert short(read_terms("ежегодно", years=(2023, 2020))) == [every("yearly")]


def test_a_cell_too_long_to_be_a_period_is_stated_at_once() -> None:
    assert read_terms("а" * (LONGEST_CELL + 1))[0].kind == "unspecified"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«25» августа 2020 г.", dt.date(2020, 8, 25)),
        ("« 01 » декабря 2021 года", dt.date(2021, 12, 1)),
        ("26.09.2019 г", dt.date(2019, 9, 26)),
        ("29.11.21", dt.date(2021, 11, 29)),
        ("от 29.11.2021", dt.date(2021, 11, 29)),
        ("2021-11-29", dt.date(2021, 11, 29)),
        ("«28» сентября 2020", dt.date(2020, 9, 28)),
        ("31.02.2021", None),
        ("31 июня 2021 г.", None),
        ("сентябрь 2020", None),
        ("01.02.2021 № 5", None),
        ("2021", None),
        ("", None),
        ("1" * 6000, None),
    ],
)
def test_single_dates_of_documents(text: str, expected: dt.date | None) -> None:
    assert read_date(text) == expected


def test_every_period_cell_of_the_seed_roadmaps_is_read() -> None:
    seeds = SHARED / "seeds"
    if not seeds.exists():
        pytest.skip("the folder with the seed roadmaps is not here")
    cells = {
        row.split("\t")[2].strip()
        for name in ("002*.txt", "003*.txt", "004*.txt")
        for path in seeds.glob(name)
        for row in path.read_text(encoding="utf-8").splitlines()
        if row.count("\t") >= 2
    }
    # A page broke «По графику» into two cells; the reader joins them before it asks.
    cells -= {"", "Сроки", "По", "графику СОИРО"}
    assert len(cells) > 40
    unread = {cell for cell in cells if unread_words(read_terms(cell, years=(2019, 2023)))}
    assert unread == set()
