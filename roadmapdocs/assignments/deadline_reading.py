"""The words of a deadline, as a point or a form has them, read into a :class:`~roadmapdocs.assignments.plans.Deadline`.

What stands in calendars is read by the grammar of terms (:mod:`roadmapdocs.russian.terms`); what runs from the day of
signing («в течение 10 дней», «в месячный срок») and the ends of running periods are read here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.recurrences import MONTH_END, can_recur, occurrences, on_day
from roadmapdocs.assignments.spans import read_span
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.terms import Term, read_terms

#: Longer words are no deadline.
LONGEST: Final = 300
_URGENT = re.compile(r"(?:срочно|незамедлительно|немедленно|безотлагательно)")
_PROMPT = re.compile(r"оперативно")
_HASTE = re.compile(rf"(?:{_URGENT.pattern}|{_PROMPT.pattern}),? (?=\S)")
_LEAD = re.compile(r"(?:срок(?: исполнения)?(?: ?[-–—:] ?| (?=до|в|не))|в срок,? (?=до|к |не ))")
_END_OF = re.compile(
    r"до (?:конца|окончания) (?:(?P<which>текущ|эт|следующ|будущ)[а-я]+ )?"
    r"(?P<of>недели|месяца|квартала|полугодия|(?:календарного )?года)"
)
_BY_NUMBER = re.compile(
    r"(?:до|к|не позднее|не позже) (?P<day>\d{1,2})(?:-?го)? числ[ау](?: (?P<which>текущ|эт|следующ|будущ)[а-я]+ месяца)?"
)
_NUMBER = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?:-?(?:го|му|е))? числ[аоу]")
_LAST_DAY = re.compile(r"последн[а-я]+ (?:рабоч[а-я]+ |календарн[а-я]+ )?(?:день|дня|дню|числа|число|числу)")
_OF_QUARTER = re.compile(r" (?P<which>перв|втор|последн|треть)[а-я]+ месяца(?: (?:каждого )?квартала)?")
_WEEKDAYS: Final = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
#: Several days of one month, and a month or a day of the year: no recurrence that is more frequent has a place for them.
_SEVERAL = re.compile(r"(?<!\d)\d{1,2}(?:-?(?:го|му|е))?(?:,| и|, и) \d{1,2}(?:-?(?:го|му|е))? числ")
_OF_YEAR = re.compile(r"\b(?:январ|феврал|март|апрел|ма[йяе]\b|июн|июл|август|сентябр|октябр|ноябр|декабр)|(?<!\d)\d{1,2}\.(?:0[1-9]|1[0-2])(?!\d)")
_IN_SCHOOL_YEAR = re.compile(r"в течени[еи] учебного года$")
_LEAP: Final = 2024
_MONTHS_OF_PERIOD: Final = {"quarterly": 3, "half-yearly": 6, "yearly": 12}


def read_deadline(words: str, *, counted_from: dt.date | None = None, today: dt.date) -> Deadline:
    """«до 01.12.2025», «срочно», «в течение 10 рабочих дней», «ежеквартально до 15 числа», «до конца года»; empty
    words are a month (domain.md §11).

    It is counted from ``counted_from``, else from ``today``: a day without a year is the nearest one from there on.

    :raise Refusal: ``deadline_unreadable``, with the words in ``details["words"]``
    """
    printed = " ".join(words.split()).strip(" .,;:()")
    if not printed:
        return Deadline(DeadlineKind.MONTH)
    start = counted_from or today
    if len(printed) > LONGEST:
        raise _unreadable(printed[:LONGEST])
    low = _LEAD.sub("", printed.casefold().replace("ё", "е"), count=1)
    found = _in_haste(low, printed) or _end_of(low, printed, start) or read_span(low, printed)
    if found is not None:
        return found
    low = _HASTE.sub("", low, count=1)
    return _by_number(low, printed, start) or _by_terms(low, printed, start)


def _unreadable(words: str) -> Refusal:
    message = _("“%(words)s” is not read as a deadline. Choose its kind and name the day.", words=words)
    return Refusal("deadline_unreadable", message, field="deadline", words=words)


def _in_haste(low: str, printed: str) -> Deadline | None:
    if _URGENT.fullmatch(low):
        return Deadline(DeadlineKind.URGENT, text=printed)
    return Deadline(DeadlineKind.PROMPT, text=printed) if _PROMPT.fullmatch(low) else None


def _end_of(low: str, printed: str, start: dt.date) -> Deadline | None:
    """«до конца квартала»: of the running one, or of the next."""
    found = _END_OF.fullmatch(low)
    if found is None:
        return None
    onward = 1 if found["which"] in {"следующ", "будущ"} else 0
    return Deadline(DeadlineKind.DATE, _last_day(found["of"], start, onward), text=printed)


def _last_day(of: str, start: dt.date, onward: int) -> dt.date:
    if of == "недели":
        # The office's week ends on Friday; said on a weekend, the one that begins is meant.
        return start + dt.timedelta((4 - start.weekday()) % 7 + 7 * onward)
    months = {"месяца": 1, "квартала": 3, "полугодия": 6}.get(of, 12)
    ends = (start.month - 1) // months * months + months
    return on_day(start.year, ends + months * onward, MONTH_END)


def _by_number(low: str, printed: str, start: dt.date) -> Deadline | None:
    """«до 15 числа»: the nearest such day."""
    found = _BY_NUMBER.fullmatch(low)
    if found is None:
        return None
    day = int(found["day"])
    if not 1 <= day <= MONTH_END:
        raise _unreadable(printed)
    onward = found["which"] in {"следующ", "будущ"} or (found["which"] is None and on_day(start.year, start.month, day) < start)
    return Deadline(DeadlineKind.DATE, on_day(start.year, start.month + onward, day), text=printed)


def _by_terms(low: str, printed: str, start: dt.date) -> Deadline:
    low = _IN_SCHOOL_YEAR.sub("до конца учебного года", low)
    terms = read_terms(_OF_QUARTER.sub("", low), years=(start.year, start.year))
    kinds = {term.kind for term in terms}
    if kinds <= {"deadline", "range"} and terms:
        return _on_days(low, printed, terms, start)
    if kinds == {"recurring"} and len(terms) == 1 and can_recur(terms[0].recurrence or ""):
        return _repeated(low, printed, terms[0], start)
    if kinds == {"continuous"} and "течени" in low and terms[0].end is not None:
        return Deadline(DeadlineKind.DATE, terms[0].end, text=printed)
    if kinds in ({"continuous"}, {"on_demand"}):
        return Deadline(DeadlineKind.OPEN, text=printed)
    raise _unreadable(printed)


def _on_days(low: str, printed: str, terms: Sequence[Term], start: dt.date) -> Deadline:
    """The last days of what was said; where no year was, the nearest from ``start`` on."""
    said = "текущ" in low or all(term.kind != "unspecified" for term in read_terms(low))
    days = [term.end for term in terms if term.end is not None]
    if len(days) != len(terms):
        raise _unreadable(printed)
    if not said:
        days = [day if day >= start else on_day(day.year + 1, day.month, day.day) for day in days]
    if len(set(days)) == 1:
        return Deadline(DeadlineKind.DATE, days[0], text=printed)
    return Deadline(DeadlineKind.DATES, dates=tuple(sorted(set(days))), text=printed)


def _repeated(low: str, printed: str, term: Term, start: dt.date) -> Deadline:
    recurrence = term.recurrence or ""
    # Read without the years around it, a term has only the days that the words themselves set.
    said = next((one for one in read_terms(low) if one.kind == "recurring"), term)
    if _SEVERAL.search(low) or (recurrence != "yearly" and said.start is None and said.end is None and _OF_YEAR.search(low)):
        raise _unreadable(printed)
    begins = max(start, said.start or start)
    first, anchor = _anchor(low, term, begins)
    if first is None and begins > start:
        first = next(occurrences(recurrence, starts=begins, anchor=anchor))
    return Deadline(DeadlineKind.PERIODIC, first, recurrence=recurrence, until=said.end, anchor=anchor, text=printed)


def _anchor(low: str, term: Term, start: dt.date) -> tuple[dt.date | None, int]:
    """The first nominal day, where the words say which, and the day of the month or week."""
    recurrence = term.recurrence or ""
    if "week" in recurrence:
        named = [number for number, stem in enumerate(_WEEKDAYS, 1) if re.search(rf"\b{stem}", low)]
        if len(named) > 1:
            raise _unreadable(term.text)
        return None, named[0] if named else 0
    number = _NUMBER.search(low)
    day = int(number["day"]) if number else MONTH_END if _LAST_DAY.search(low) else 0
    if day > MONTH_END:
        raise _unreadable(term.text)
    if recurrence == "yearly" and not day:
        return _yearly(low, start)
    if day and recurrence in _MONTHS_OF_PERIOD:
        return _in_period(low, _MONTHS_OF_PERIOD[recurrence], day, start), day
    return None, day


def _yearly(low: str, start: dt.date) -> tuple[dt.date | None, int]:
    """«ежегодно до 1 октября»: the nearest one; the last day of a month stays its last day."""
    # A leap year has all days that there are.
    end = read_terms(low, years=(_LEAP, _LEAP))[0].end
    if end is None or (end.month, end.day) == (12, 31):
        return None, 0
    anchor = MONTH_END if (end + dt.timedelta(1)).day == 1 else end.day
    first = on_day(start.year, end.month, anchor)
    return (first if first >= start else on_day(start.year + 1, end.month, anchor)), anchor


def _in_period(low: str, months: int, day: int, start: dt.date) -> dt.date:
    """«ежеквартально до 15 числа»: of the month behind the period, or of that month of it which the words name."""
    found = _OF_QUARTER.search(low)
    month = {"перв": 1, "втор": 2, "треть": 3, "последн": months}[found["which"]] if found else months + 1
    begins = (start.month - 1) // months * months - months
    for period in range(4):
        first = on_day(start.year, begins + months * period + month, day)
        if first >= start:
            return first
    raise AssertionError("one of four periods in a row lies ahead")
