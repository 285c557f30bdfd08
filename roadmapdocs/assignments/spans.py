"""Deadlines that run from the day of signing: «в течение 10 рабочих дней», «в недельный срок», «в двухмесячный срок»."""

from __future__ import annotations

import re
from typing import Final

from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.russian.calendar_words import NUMERALS

# Of «двухнедельный» and «пятнадцати дней»: forms that the words of terms lack.
_NUMERALS: Final = NUMERALS | {"одно": 1, "дву": 2, "четырнадцати": 14, "пятнадцати": 15, "двадцати": 20, "тридцати": 30, "шестидесяти": 60}
_WORDS = "|".join(sorted(_NUMERALS, key=len, reverse=True))
# Counted from the signing of the document itself; «со дня получения письма» runs from what nobody knows here.
_SINCE = (
    r"(?: (?:со дня|с даты|с момента|после|от даты) (?:его |ее )?(?:подписания|издания|утверждения|принятия|регистрации|вступления в силу)"
    r"(?: (?:настоящего |данного )?(?:приказа|распоряжения|протокола|документа|поручения|решения))?)?"
)
_NUMBER = rf"(?:(?P<number>\d{{1,3}})(?:-?(?:ти|х|и))?(?: ?\([а-я ]+\))?|(?P<word>{_WORDS}))"
_COURSE = r"(?:в течени[еи]|не позднее(?: чем)?(?: через)?|через|за)"
_WITHIN = re.compile(
    rf"{_COURSE} (?:{_NUMBER} )?(?P<how>рабоч[а-я]+ |календарн[а-я]+ )?"
    rf"(?P<unit>дн[а-я]+|день|сут[а-я]+|недел[а-я]+|месяц[а-я]*|год|года|лет){_SINCE}"
)
_IN_TERM = re.compile(
    rf"(?:в|во) (?:(?P<number>\d{{1,3}})(?:-?ти|-?х)?[- ]?|(?P<word>{_WORDS}) ?)?"
    rf"(?P<unit>дневн|суточн|недельн|месячн|годичн|годовой|декадн)[а-я]* срок{_SINCE}"
)
#: Tomorrow, or every other day: nobody can tell.
_EVERY_OTHER: Final = "через день"
#: Units by their stem: the kind, and how many of it they are.
_UNITS: Final = (
    ("недел", DeadlineKind.DAYS, 7),
    ("месяч", DeadlineKind.MONTH, 1),
    ("месяц", DeadlineKind.MONTH, 1),
    ("год", DeadlineKind.MONTH, 12),
    ("лет", DeadlineKind.MONTH, 12),
    ("декад", DeadlineKind.DAYS, 10),
    ("", DeadlineKind.DAYS, 1),
)


def read_span(low: str, printed: str) -> Deadline | None:
    """``low`` is in small letters, without «ё»; None for other words, and for what runs from another event.

    «В течение года» is not one: it means the calendar year, and terms know it.
    """
    found = _WITHIN.fullmatch(low) or _IN_TERM.fullmatch(low)
    if found is None or low == _EVERY_OTHER:
        return None
    bare = found["number"] is None and found["word"] is None
    number = int(found["number"]) if found["number"] else _NUMERALS.get(found["word"] or "", 1)
    _stem, kind, each = next(unit for unit in _UNITS if found["unit"].startswith(unit[0]))
    if number < 1 or (bare and found.re is _WITHIN and found["unit"].startswith("год")):
        return None
    if found.re is _WITHIN and (found["how"] or "").startswith("рабоч"):
        kind = DeadlineKind.WORKING_DAYS if kind is DeadlineKind.DAYS and each == 1 else kind
    if kind is DeadlineKind.MONTH and number * each == 1:
        return Deadline(kind, text=printed)
    return Deadline(kind, count=number * each, text=printed)
