"""The recognisers of what has no days of its own: repeated, lasting, by another plan, on demand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from roadmapdocs.russian import calendar_words as words
from roadmapdocs.russian.dates import skip_school_year, skip_year_word, year_number, years
from roadmapdocs.russian.pieces import ByPlan, Lasts, OnDemand, Onward, Piece, Repeats
from roadmapdocs.russian.tokens import Token, after_dot, at, word_at, words_at

Tokens = Sequence[Token]

_DEMANDS = (
    "потребност", "запрос", "необходимост", "требовани", "заявк", "обращени", "приглашени", "вызов", "желани",
)  # fmt: skip
_OCCASIONS = (*_DEMANDS, "наличи", "поступлени", "возникновени", "выявлени")
_PLANS = (
    "план", "график", "расписани", "циклограмм", "регламент", "программ", "дорожн", "календар", "срок",
    "медиаплан", "сетев",
)  # fmt: skip
_ACTS = (
    "положени",
    "приказ",
    "соглашени",
    "договор",
    "порядк",
    "распоряжени",
    "инструкци",
    "поручени",
    "письм",
)
_LASTING_NOUNS = ("период", "срок", "врем", "реализаци", "действи", "обучени", "проект", "программ")
_EVERY = {
    "year": "yearly",
    "half-year": "half-yearly",
    "quarter": "quarterly",
    "month": "monthly",
    "week": "weekly",
    "day": "daily",
    "school year": "yearly",
}
_TIMES = frozenset({"раз", "раза", "разу", "р"})
_AT_LEAST = (("не", "реже", "чем"), ("не", "реже"), ("не", "менее", "чем"), ("не", "менее"), ("не", "чаще"))


def recurrence(times: int, every: int, unit: str) -> str:
    """The value of ``Term.recurrence`` for so many times in so many units: «1 раз в 3 года»."""
    if every > 1:
        return f"every {every} {unit}s" if times == 1 else f"{times} per {every} {unit}s"
    return _EVERY.get(unit, f"1 per {unit}") if times == 1 else f"{times} per {unit}"


def habit(tokens: Tokens, i: int) -> Piece | None:
    """What stands here of repetition, duration, other plans and demand."""
    for recogniser in _RECOGNISERS:
        found = recogniser(tokens, i)
        if found:
            return found
    return None


def _adverb(tokens: Tokens, i: int) -> Piece | None:
    every = words.ADVERBS.get(word_at(tokens, i))
    return (
        Piece(i, after_dot(tokens, i + 1) if len(word_at(tokens, i)) < 8 else i + 1, Repeats(every))
        if every
        else None
    )


def _unit(tokens: Tokens, i: int) -> tuple[int, str] | None:
    """«год», «учебного года», «полугодие» …: the place behind it and its English name."""
    if word_at(tokens, i) == "календарного":
        i += 1
    school = skip_school_year(tokens, i)
    if school:
        return school, "school year"
    unit = words.UNITS.get(word_at(tokens, i))
    return (
        (after_dot(tokens, i + 1) if unit and len(word_at(tokens, i)) < 4 else i + 1, unit) if unit else None
    )


def _number(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A number in digits or words; of «1-2» the first, for that many there will be at least."""
    token = at(tokens, i)
    number = token.number if token.kind == "number" else words.NUMERALS.get(token.word, -1)
    if not 1 <= number <= 365:
        return None
    if word_at(tokens, i + 1) == "-" and at(tokens, i + 2).kind == "number":
        return i + 3, number
    if (
        words_at(tokens, i + 1, "(")
        and word_at(tokens, i + 3) == ")"
        and at(tokens, i + 2).word in words.NUMERALS
    ):
        return i + 4, number
    return i + 1, number


def _per_unit(tokens: Tokens, i: int) -> tuple[int, int, str] | None:
    """«в квартал», «за два года», «в течение одного учебного года»: place behind, how many, of what."""
    if word_at(tokens, i) not in ("в", "за", "на", "/"):
        return None
    i += 2 if word_at(tokens, i + 1) in words.COURSE else 1
    if word_at(tokens, i) in words.EACH:
        i += 1
    number = _number(tokens, i)
    unit = _unit(tokens, number[0] if number else i)
    if unit is None or (word_at(tokens, unit[0] - 1) == "году" and not number):
        return None
    if year_number(tokens, unit[0]):
        return None
    return unit[0], number[1] if number else 1, unit[1]


def _counted(tokens: Tokens, i: int) -> Piece | None:
    """«не реже 1 раза в полугодие», «раз в год», «не менее пяти мероприятий в течение учебного года»."""
    at_least = next((len(words_) for words_ in _AT_LEAST if words_at(tokens, i, *words_)), 0)
    start = i + at_least
    start += word_at(tokens, start) == "по"
    number = _number(tokens, start)
    if word_at(tokens, start) in ("дважды", "трижды"):
        number = start + 1, 2 if word_at(tokens, start) == "дважды" else 3
    elif number is None and word_at(tokens, start) in _TIMES:
        number = start, 1
    if number is None:
        return None
    place, times = number
    said = (
        bool(at_least) or word_at(tokens, start) in ("дважды", "трижды") or word_at(tokens, place) in _TIMES
    )
    for behind in range(place, place + 6):
        per = _per_unit(tokens, behind)
        if per:
            return Piece(i, per[0], Repeats(recurrence(times, per[1], per[2]), counted=said))
        shortened = word_at(tokens, behind) == "." and word_at(tokens, behind - 1) == "р"
        if at(tokens, behind).kind != "word" and not shortened:
            break
    return None


def _each(tokens: Tokens, i: int) -> Piece | None:
    """«каждый квартал», «каждые два года», «каждую пятницу», «каждый сентябрь», «по пятницам»."""
    word, following = word_at(tokens, i), word_at(tokens, i + 1)
    if word == "по" and following in words.WEEKDAYS:
        return Piece(i, i + 2, Repeats("weekly"))
    if word == "по" and following.endswith(("ам", "ям")) and following in words.UNITS:
        return Piece(i, i + 2, Repeats(recurrence(1, 1, words.UNITS[following])))
    if word not in words.EACH:
        return None
    if following in words.WEEKDAYS:
        return Piece(i, i + 2, Repeats("weekly"))
    if following in words.MONTHS:
        return Piece(i, i + 1, Repeats("yearly"))
    number = _number(tokens, i + 1)
    unit = _unit(tokens, number[0] if number else i + 1)
    return Piece(i, unit[0], Repeats(recurrence(1, number[1] if number else 1, unit[1]))) if unit else None


def _lasting(tokens: Tokens, i: int) -> Piece | None:
    """«постоянно», «в течение года», «весь период реализации», «круглый год», «на постоянной основе»."""
    start = i + 1 if word_at(tokens, i) in ("в", "на", "за") else i
    word = word_at(tokens, start)
    if word in words.CONTINUING:
        return Piece(i, start + 1, Lasts())
    if word in ("постоянной", "постоянном", "текущем") and word_at(tokens, start + 1) in ("основе", "режиме"):
        return Piece(i, start + 2, Lasts())
    if words_at(tokens, start, "круглый", "год"):
        return Piece(i, start + 2, Lasts())
    if i == 0 and skip_school_year(tokens, 0) and at(tokens, skip_school_year(tokens, 0) or 0).kind == "end":
        return Piece(0, len(tokens), Lasts())
    if word in words.COURSE:
        return _in_the_course(tokens, i, after_dot(tokens, start + 1))
    if word in ("весь", "всего", "все", "период", "периода") or (
        start > i and word in ("срок", "протяжении")
    ):
        whole = start + 1 if word in ("весь", "всего", "все") else start
        return _stretch_of_the_plan(tokens, i, whole, whole > start)
    return None


def _in_the_course(tokens: Tokens, i: int, start: int) -> Piece | None:
    whole = word_at(tokens, start) in ("всего", "одного", "этого") or word_at(tokens, start) in words.EACH
    start += whole
    start += word_at(tokens, start) in ("календарного", "финансового", "нового")
    span = years(tokens, start)
    if span:
        # «в течение 2021 года», «в течение учебного года 2021-2022»: the years are read next.
        return Piece(i, span[0] if span[1].relative is not None else start, Lasts())
    school = skip_school_year(tokens, start)
    if school:
        return Piece(i, school, Lasts())
    if word_at(tokens, start) in words.YEAR:
        return Piece(i, skip_year_word(tokens, start), Lasts())
    if word_at(tokens, start) in words.UNITS and not _counts_from(tokens, start + 1):
        return Piece(i, start + 1, Lasts())
    return _stretch_of_the_plan(tokens, i, start, whole=True)


def _counts_from(tokens: Tokens, i: int) -> bool:
    """«в течение месяца со дня …», «после …»: a time that runs from an event."""
    return word_at(tokens, i) in ("со", "с", "после", "от")


def _stretch_of_the_plan(tokens: Tokens, i: int, start: int, whole: bool) -> Piece | None:
    school = skip_school_year(tokens, start)
    if whole and (school or skip_year_word(tokens, start) > start):
        return Piece(i, school or skip_year_word(tokens, start), Lasts())
    adjective = word_at(tokens, start).endswith(("ого", "его", "ый", "ий")) and not whole
    start += adjective
    if not word_at(tokens, start).startswith(_LASTING_NOUNS):
        return None
    if not whole and not word_at(tokens, start + 1).startswith(("реализаци", "действи", "выполнени")):
        return None
    after = start + 1
    while at(tokens, after).kind == "word" and _continues_a_name(tokens, after):
        after += 1
    return Piece(i, after, Lasts())


def _continues_a_name(tokens: Tokens, i: int) -> bool:
    return word_at(tokens, i).startswith(
        (
            "реализаци",
            "действи",
            "выполнени",
            "программ",
            "проект",
            "дорожн",
            "карт",
            "план",
            "мероприят",
            "муниципальн",
        )
    )


def _other_plan(tokens: Tokens, i: int) -> Piece | None:
    """«по плану», «согласно графику», «в соответствии с …», «в установленные сроки», «в рамках …»."""
    word = word_at(tokens, i)
    if word == "согласно" or (words_at(tokens, i, "соответственно") and _names(tokens, i + 1, _PLANS)):
        return Piece(i, i + 1, ByPlan())
    if word in ("в", "во") and word_at(tokens, i + 1) in ("соответствии", "соответствие"):
        return Piece(i, i + 2, ByPlan())
    if (
        word in ("в", "по")
        and word_at(tokens, i + 1).startswith("установленн")
        and _names(tokens, i + 2, ("срок",))
    ):
        return Piece(i, i + 3, ByPlan())
    if word == "в" and word_at(tokens, i + 1) == "сроки":
        return Piece(i, i + 2, ByPlan())
    if word in ("план", "график", "расписание") or words_at(tokens, i, "сроки", "определяются"):
        return Piece(i, i + 1, ByPlan()) if i == 0 and at(tokens, 1).kind in ("word", "end") else None
    if words_at(tokens, i, "в", "рамках") or words_at(tokens, i, "на", "основании"):
        return Piece(i, i + 2, ByPlan(weak=True))
    if word != "по":
        return None
    for noun in range(i + 1, i + 5):
        if word_at(tokens, noun).startswith(_PLANS):
            return Piece(i, noun + 1, ByPlan())
        if word_at(tokens, noun).startswith(_ACTS):
            return Piece(i, noun + 1, ByPlan(weak=True))
        if not word_at(tokens, noun).endswith(("ому", "ему", "ой", "ым", "им")):
            break
    return None


def _names(tokens: Tokens, i: int, stems: tuple[str, ...]) -> bool:
    return word_at(tokens, i).startswith(stems)


def _on_demand(tokens: Tokens, i: int) -> Piece | None:
    """«по запросу», «по мере необходимости», «при наличии …», «в случае необходимости»."""
    word = word_at(tokens, i)
    if words_at(tokens, i, "по", "мере") and at(tokens, i + 2).kind == "word":
        return Piece(i, i + 3, OnDemand())
    noun = i + 2 if words_at(tokens, i, "в", "случае") else i + 1
    stems = _OCCASIONS if word == "при" or noun == i + 2 else _DEMANDS
    if (word in ("по", "при") or noun == i + 2) and _names(tokens, noun, stems):
        return Piece(i, noun + 1, OnDemand())
    return None


def _onward(tokens: Tokens, i: int) -> Piece | None:
    start = i + 1 if word_at(tokens, i) == "и" else i
    if word_at(tokens, start) in ("далее", "дальше", "затем") or words_at(tokens, start, "в", "дальнейшем"):
        return Piece(i, start + (2 if word_at(tokens, start) == "в" else 1), Onward())
    if words_at(tokens, i, "по", "настоящее", "время"):
        return Piece(i, i + 3, Onward())
    return None


_RECOGNISERS: tuple[Callable[[Tokens, int], Piece | None], ...] = (
    _adverb, _counted, _each, _lasting, _on_demand, _other_plan, _onward,
)  # fmt: skip
