"""What the words over a column say it holds."""

from __future__ import annotations

import enum
import re

from roadmapdocs.roadmap.reader.clean import fold
from roadmapdocs.roadmap.reader.numbers import split_number


class Role(enum.Enum):
    """What a column holds. A ``YEAR`` column belongs to one year and holds figures or words."""

    NUMBER = "number"
    TITLE = "title"
    PERIOD = "period"
    RESPONSIBLE = "responsible"
    DOCUMENTS = "documents"
    TOTAL = "total"
    YEAR = "year"
    OTHER = "other"


LONGEST_HEADER = 120
# In order of trust: «Срок исполнения» is a period although it says «исполнения», «Результат выполнения
# мероприятия» is a result although it says «мероприятия».
_WORDS = (
    (Role.NUMBER, r"^(?:№|n|no)(?:\s*(?:п/?п|пп|п\.\s?п\.?|мероприятия|пункта))?\.?$|^(?:п/п|номер(?: п/п)?)$"),
    (Role.OTHER, r"^отметк|^статус|примечани|финансир|источник|^участник|аудитори|^место|охват|^единиц\w+ изм|^ед\. ?изм"),
    (Role.OTHER, r"^исполнени[ея]$|^выполнени[ея]$|^факт|ссылк|^целев\w+ групп|^показател|^индикатор|^форм[аы] проведения"),
    (Role.RESPONSIBLE, r"ответствен|исполнител|^кто |координатор"),
    (Role.PERIOD, r"^(?:планов\w+ |примерн\w+ |конкретн\w+ |предполагаем\w+ )?(?:срок|дат[аы]|период|врем[яи]|месяц)|срок[аи]?\b|^(?:начало|окончание|завершение)\b"),
    (Role.DOCUMENTS, r"документ|форм\w+ (?:отчет|представлени|завершени)|отчетн|итогов\w+ (?:продукт|материал)|^продукт|результат|^выход"),
    (Role.TOTAL, r"планов\w+ (?:значени|показател)|^значени|^количеств|^кол-во|^всего|^итого|^план$"),
    (
        Role.TITLE,
        r"мероприят|^наименовани|^содержани|^задач|^действи|^вид\w* (?:деятельност|работ)|^направлени|^название|^перечень|"
        r"^работы$|^деятельность",
    ),
)
_YEAR = re.compile(r"(?:на |за |план )?(20\d\d)(?:\s*[-–/]\s*(?:20)?\d\d)?\s*(?:г\.?|год[ау]?|уч\w*\.?\s*(?:г\.?|год)|учебный год)?(?:\s*,?\s*план)?")
_STRETCH = re.compile(
    r"(?:январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь|"
    r"(?:янв|фев|февр|мар|апр|июн|июл|авг|сен|сент|окт|ноя|нояб|дек)\.?|"
    r"(?:[1-4]|i{1,3}|iv)\s*(?:-?[йе]\s*)?(?:квартал|кв\.?|полугодие))(?:\s+20\d\d(?:\s*г(?:\.|ода?)?)?)?"
)
_ANY_YEAR = re.compile(r"\b(20\d\d)\b")
_RANK = (r"документ", r"отчет", r"продукт", r"результат")
_GROUP = re.compile(r"(?:наименование )?(?:направлени|задач|раздел|блок|этап|цел[ьи]\b)")
_INDICATOR = re.compile(r"показател|индикатор")


def role_of(header: str) -> Role | None:
    """None when the words say nothing known."""
    text = fold(header)
    if not text or len(text) > LONGEST_HEADER:
        return None
    if year_of(text) is not None:
        return Role.YEAR
    if names_stretch(text):
        return Role.PERIOD
    return next((role for role, words in _WORDS if re.search(words, text)), None)


def names_stretch(header: str) -> bool:
    """A column of marks for one month, quarter or half-year: «сентябрь», «II квартал»."""
    return bool(_STRETCH.fullmatch(fold(header)))


def year_of(header: str) -> int | None:
    """The year over a column: «2020», «2020 г.», «2021/2022 учебный год» (its first)."""
    found = _YEAR.fullmatch(fold(header))
    return int(found[1]) if found else None


def year_in(header: str) -> int | None:
    years = set(_ANY_YEAR.findall(header))
    return int(years.pop()) if len(years) == 1 else None


def role_under(own: str, group: str) -> Role | None:
    """The role by a column's own words and those of the merged cell above it."""
    role, above = role_of(own), role_of(group)
    if role is Role.TITLE and above is Role.DOCUMENTS:
        return Role.DOCUMENTS
    if role in (None, Role.OTHER) and above is not None:
        return above
    return role


def documents_rank(header: str) -> int:
    """Of two columns that may hold documents the lower rank is the surer one."""
    return next((rank for rank, word in enumerate(_RANK) if re.search(word, fold(header))), len(_RANK))


def title_rank(header: str) -> int:
    """Of two columns that may hold titles: «Мероприятие» before «Содержание» before «Направление», which groups."""
    text = fold(header)
    return 0 if "мероприят" in text else (2 if names_group(text) else 1)


def names_group(header: str) -> bool:
    """«Направление», «Задача», «Раздел» beside the measures: what stands under it heads the rows from there on."""
    return bool(_GROUP.match(fold(header)))


def names_indicators(header: str) -> bool:
    text = fold(header)
    return bool(_INDICATOR.search(text)) and "мероприят" not in text


def header_roles(texts: list[str]) -> list[Role]:
    """Roles of a row if it can be a header: at least two known ones, short cells, most of them known.

    «март 2024 | 1.1. Определение перечня | Перечень школ» is a row of work, although each of its cells could head
    a column: it has a number, and its months are no words for what a column holds.
    """
    filled = [text for text in texts if text.strip()]
    if len(filled) < 2 or any(len(text) > LONGEST_HEADER or split_number(text)[0] for text in filled):
        return []
    roles = [role for text in filled if (role := role_of(text)) is not None]
    worded = {role_of(text) for text in filled if not names_stretch(text)}
    sure = worded - {None, Role.YEAR, Role.OTHER}
    return roles if len(sure) >= 2 and 2 * len(roles) >= len(filled) else []
