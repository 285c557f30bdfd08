"""Generated periods read back as they were meant; no text whatever breaks the reading."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.russian.terms import find_terms, read_date, read_terms

MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
GENITIVE = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()

dashes = st.sampled_from(["-", "–", "—", " - ", " –", "– ", " — ", "-\n"])
spaces = st.sampled_from([" ", "  ", "\n", "\u00a0"])
endings = st.sampled_from(["", " г.", "г", " год", " года"])
cases = st.sampled_from([str.lower, str.upper, str.capitalize])
years = st.integers(2015, 2040)
months = st.integers(1, 12)


def last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, monthrange(year, month)[1])


@given(months, years, spaces, endings, cases)
def test_a_month_is_from_its_first_day_to_its_last(month, year, space, ending, case) -> None:
    text = case(MONTHS[month - 1] + space + str(year) + ending)
    (term,) = read_terms(text)
    assert (term.kind, term.start, term.end) == ("range", dt.date(year, month, 1), last_day(year, month))
    assert term.text == text


@given(months, months, years, dashes, spaces, endings, cases)
def test_a_month_range_ends_on_the_last_day_of_its_last_month(
    first, last, year, dash, space, ending, case
) -> None:
    text = case(f"{MONTHS[first - 1]}{dash}{MONTHS[last - 1]}{space}{year}{ending}")
    (term,) = read_terms(text)
    start = dt.date(year - 1 if last < first else year, first, 1)
    assert (term.start, term.end) == (start, last_day(year, last))


@given(years, st.integers(1, 6), dashes, st.sampled_from(["", " гг.", " годы", "г.г."]))
def test_a_range_of_years_is_whole_years(year, length, dash, ending) -> None:
    (term,) = read_terms(f"{year}{dash}{year + length}{ending}")
    assert (term.start, term.end) == (dt.date(year, 1, 1), dt.date(year + length, 12, 31))


@given(
    years, st.sampled_from(["-", "/", " – "]), st.sampled_from(["учебный год", "уч г", "уч. год", "уч.г."])
)
def test_a_school_year_begins_in_september(year, dash, words) -> None:
    (term,) = read_terms(f"{year}{dash}{year + 1} {words}")
    assert (term.start, term.end) == (dt.date(year, 9, 1), dt.date(year + 1, 8, 31))


@given(st.dates(dt.date(2015, 1, 1), dt.date(2040, 12, 31)), cases)
def test_the_ways_to_print_a_date_mean_the_same_day(date, case) -> None:
    printed = [
        f"{date:%d.%m.%Y}",
        f"{date.day}.{date:%m.%y} г.",
        f"«{date:%d}» {GENITIVE[date.month - 1]} {date.year} г.",
        f"{date.day} {GENITIVE[date.month - 1]} {date.year} года",
        date.isoformat(),
    ]
    for text in printed:
        assert read_date(text) == date
        (term,) = read_terms(case("до ") + text)
        assert (term.kind, term.start, term.end) == ("deadline", None, date)


@given(
    st.integers(1, 4), years, st.sampled_from(["{} квартал {}", "{}-й кв. {} г.", "в {} квартале {} года"])
)
def test_a_quarter_is_three_months(quarter, year, form) -> None:
    (term,) = read_terms(form.format(quarter, year))
    assert (term.start, term.end) == (dt.date(year, 3 * quarter - 2, 1), last_day(year, 3 * quarter))


@given(st.lists(st.tuples(months, years), min_size=2, max_size=5), st.sampled_from([" ", ", ", "; ", " и "]))
def test_a_list_of_months_with_years_is_one_term_each(pairs, separator) -> None:
    printed = [f"{MONTHS[month - 1]} {year}" for month, year in pairs]
    terms = read_terms(separator.join(printed))
    assert [term.start for term in terms] == [dt.date(year, month, 1) for month, year in pairs]
    assert [term.text for term in terms] == printed


fragments = st.sampled_from(
    "до с по не позднее 1 2 3 31 2021 2022 22 31.02.2021 01.09 09.2021 сентябрь мая IV квартал полугодие уч г "
    ". , ; - ( ) « » № от раз в год ежегодно и далее постоянно течение года по плану запросу каждого текущего "
    "следующего конца начала декада зимой неделю учебного пяти не реже для февраля 30 29".split(" ")
)
plans = st.none() | st.tuples(st.integers(1990, 2099), st.integers(1990, 2099))
columns = st.none() | st.integers(1990, 2099)


@given(st.text(max_size=60) | st.lists(fragments, max_size=14).map(" ".join), plans, columns)
def test_no_text_breaks_the_reading_and_every_term_keeps_words_of_it(text, plan, column) -> None:
    for terms in (
        read_terms(text, years=plan, column_year=column),
        find_terms(text, years=plan, column_year=column),
    ):
        for term in terms:
            assert term.text
            assert term.text in text
            assert term.year == column
            assert term.start is None or term.end is None or term.start <= term.end
            assert (term.recurrence is not None) == (term.kind == "recurring")
            if term.kind in ("range", "deadline"):
                assert term.start or term.end
    assert all(term.kind != "unspecified" for term in find_terms(text, years=plan, column_year=column))
    if any(letter.isalnum() for letter in text):
        assert read_terms(text, years=plan, column_year=column)
