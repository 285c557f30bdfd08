"""Days as documents print them: «25 августа 2020 г.», 25.08.2020, in words; school years."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.numbers import NBSP, ordinal

MONTHS_GENITIVE = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
)
_SCHOOL_YEAR_BEGINS = 9
#: «двадцать пятое» (число) and its other cases.
_DAY_GENDER = "n"


def long_date(day: dt.date, *, quoted: bool = False) -> str:
    """«25 августа 2020 г.» with no-break spaces; ``quoted`` as in stamps: ««25» августа 2020 г.»."""
    number = f"«{day.day:02}»" if quoted else str(day.day)
    return NBSP.join([number, MONTHS_GENITIVE[day.month - 1], f"{day.year:04}", "г."])


def short_date(day: dt.date) -> str:
    """25.08.2020"""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def date_in_words(day: dt.date, case: Case = Case.NOM) -> str:
    """«двадцать пятое августа две тысячи двадцатого года»; month and year stand in the genitive in any case."""
    number = ordinal(day.day, case, _DAY_GENDER)
    return f"{number} {MONTHS_GENITIVE[day.month - 1]} {ordinal(day.year, Case.GEN)} года"


def school_year(day: dt.date) -> str:
    """«2020/2021»: the school year that the day belongs to; one begins on 1 September."""
    first = day.year if day.month >= _SCHOOL_YEAR_BEGINS else day.year - 1
    return f"{first}/{first + 1}"
