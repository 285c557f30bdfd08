"""The words of the calendar: months, parts of the year, numerals, in the forms that plans print them in."""

from __future__ import annotations

from collections.abc import Iterable


def _forms(stems: Iterable[str], endings: str) -> set[str]:
    return {stem + ending.replace("0", "") for stem in stems for ending in endings.split()}


def _months() -> dict[str, int]:
    soft = ("январ", "феврал", "сентябр", "октябр", "ноябр", "декабр", "апрел", "июн", "июл")
    numbers = dict(zip(soft, (1, 2, 9, 10, 11, 12, 4, 6, 7), strict=True))
    months = {form: number for stem, number in numbers.items() for form in _forms([stem], "ь я ю ем е")}
    months |= dict.fromkeys(_forms(["март"], "0 а у ом е"), 3)
    months |= dict.fromkeys(_forms(["ма"], "й я ю ем е"), 5)
    months |= dict.fromkeys(_forms(["август"], "0 а у ом е"), 8)
    short = "янв фев мар апр май июн июл авг сен окт ноя дек".split()
    months |= {word: number for number, word in enumerate(short, 1)}
    return months | {"февр": 2, "сент": 9, "нояб": 11}


MONTHS = _months()
NOMINATIVE_MONTHS = frozenset(
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
)

_HARD = "ый ого ому ым ом ая ой ую ое ые ых"
ORDINALS: dict[str, int] = {
    **dict.fromkeys(_forms(["перв"], _HARD), 1),
    **dict.fromkeys(_forms(["втор"], _HARD), 2),
    **dict.fromkeys(_forms(["трет"], "ий ьего ьему ьим ьем ья ьей ью ье ьи"), 3),
    **dict.fromkeys(_forms(["четверт"], _HARD), 4),
    **{"i": 1, "ii": 2, "iii": 3, "iv": 4, "ll": 2, "lll": 3},
}
# «П квартал», «Ш квартал»: Cyrillic letters typed for Roman numerals.
MISTYPED_ROMAN = {"п": 2, "ш": 3}

NUMERALS: dict[str, int] = {
    form: number
    for number, forms in enumerate(
        (
            "один одна одно одного одной одну",
            "два две двух двум",
            "три трех трем",
            "четыре четырех",
            "пять пяти",
            "шесть шести",
            "семь семи",
            "восемь восьми",
            "девять девяти",
            "десять десяти",
            "одиннадцать одиннадцати",
            "двенадцать двенадцати",
        ),
        1,
    )
    for form in forms.split()
}

QUARTER = _forms(["квартал"], "0 а у ом е ы ов ам ах") | {"кв", "кварт"}
HALF_YEAR = _forms(["полугоди"], "е я ю ем и й ям ях") | {"полугод", "полуг", "полгода"}
SCHOOL_QUARTER = _forms(["четверт"], "ь и ью ей ям ях") | {"четв"}
DECADE = _forms(["декад"], "а ы е у")
HALF = _forms(["половин"], "а ы е у")
WEEK = _forms(["недел"], "я и е ю ь")
MONTH = _forms(["месяц"], "0 а у ем е ев ы")
DAY = {"день", "дня", "дней"}
YEAR = {"г", "гг", "год", "года", "году", "годом", "годы", "годов", "годам", "годах", "лет"}
SCHOOL = _forms(["учебн"], "ый ого ому ым ом ые ых") | {"уч", "учеб"}

SEASONS: dict[str, tuple[int, int]] = {
    **dict.fromkeys("лето лета летом лету".split(), (6, 8)),
    **dict.fromkeys("осень осени осенью".split(), (9, 11)),
    **dict.fromkeys("зима зимы зиму зимой".split(), (12, 2)),
    **dict.fromkeys("весна весны весну весной".split(), (3, 5)),
}
SEASONAL: dict[str, tuple[int, int]] = {
    **dict.fromkeys(_forms(["летн"], "ий его ему ем ие их"), (6, 8)),
    **dict.fromkeys(_forms(["осенн"], "ий его ему ем"), (9, 11)),
    **dict.fromkeys(_forms(["зимн"], "ий его ему ем"), (12, 2)),
    **dict.fromkeys(_forms(["весенн"], "ий его ему ем"), (3, 5)),
}
# The four quarters of a school year by whole months: the exact days differ between schools.
SCHOOL_QUARTERS = {1: (9, 10), 2: (11, 12), 3: (1, 3), 4: (4, 5)}

_RELATIVE = {
    "текущ": ("ий его ему ем", 0),
    "нынешн": ("ий его ему ем", 0),
    "отчетн": ("ый ого ому ом", 0),
    "соответствующ": ("ий его ему ем", 0),
    "следующ": ("ий его ему ем", 1),
    "будущ": ("ий его ему ем", 1),
    "очередн": ("ой ого ому ом", 1),
    "прошл": ("ый ого ому ом", -1),
    "предыдущ": ("ий его ему ем", -1),
}
RELATIVE_YEARS: dict[str, int] = {
    form: shift for stem, (endings, shift) in _RELATIVE.items() for form in _forms([stem], endings)
}

EACH = _forms(["кажд"], "ый ого ому ым ом ая ой ую ое ые ых")
WEEKDAYS = {
    form
    for forms in (
        "понедельник понедельникам понедельника вторник вторникам вторника среда среду средам среды",
        "четверг четвергам четверга пятница пятницу пятницам пятницы суббота субботу субботам субботы",
        "воскресенье воскресеньям воскресенья",
    )
    for form in forms.split()
}
ADVERBS: dict[str, str] = {
    "ежегодно": "yearly",
    "ежегод": "yearly",
    "ежегодн": "yearly",
    "ежеквартально": "quarterly",
    "поквартально": "quarterly",
    "ежекварт": "quarterly",
    "ежемесячно": "monthly",
    "помесячно": "monthly",
    "ежемес": "monthly",
    "еженедельно": "weekly",
    "ежедневно": "daily",
}
UNITS: dict[str, str] = {
    **dict.fromkeys(("год", "года", "году", "лет", "г"), "year"),
    **dict.fromkeys(HALF_YEAR, "half-year"),
    **dict.fromkeys(QUARTER, "quarter"),
    **dict.fromkeys(MONTH | {"мес"}, "month"),
    **dict.fromkeys(WEEK | {"недель"}, "week"),
    **dict.fromkeys(DAY | {"сутки"}, "day"),
    **dict.fromkeys(SCHOOL_QUARTER, "school quarter"),
    **dict.fromkeys(_forms(["триместр"], "0 а е"), "trimester"),
    **dict.fromkeys(_forms(["семестр"], "0 а е"), "semester"),
}

CONTINUING = frozenset("постоянно непрерывно систематически регулярно круглогодично бессрочно".split())
COURSE = frozenset("течение течении протяжении теч втечение втечении".split())

# Words that are joined again when a line break or a scanner has cut them in two.
KNOWN: frozenset[str] = frozenset(
    word
    for words in (
        MONTHS, ORDINALS, QUARTER, HALF_YEAR, YEAR, SCHOOL, SEASONS, RELATIVE_YEARS, EACH, WEEKDAYS,
        ADVERBS, CONTINUING, COURSE, {"графику", "графиком", "позднее", "запросу"},
        {"потребности", "необходимости", "соответствии", "согласно"},
    )
    for word in words
    if len(word) > 2 and not word.isascii()
)  # fmt: skip
