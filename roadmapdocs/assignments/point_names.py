"""Names of people as points print them, and forms of one surname."""

from __future__ import annotations

import re
from typing import Final

_SURNAME = r"(?P<{0}>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)"
_INITIALS = r"(?P<{0}>[А-ЯЁ])\.(?:\s?-?(?P<{1}>[А-ЯЁ])\.)?"
#: «Иванова И.И.», «И.И. Иванова» or all three in full.
NAME: Final = re.compile(
    rf"(?<!\w)(?:{_SURNAME.format('surname')}\s+{_INITIALS.format('name', 'patronymic')}"
    rf"|{_INITIALS.format('name_before', 'patronymic_before')}\s?{_SURNAME.format('surname_behind')}"
    rf"|{_SURNAME.format('full_surname')}\s+(?P<full_name>[А-ЯЁ][а-яё]+)\s+(?P<full_patronymic>[А-ЯЁ][а-яё]+(?:[вчшн](?:ой|не|ну|на|ичу|ича|ич|ичем)|оглы|кызы)))(?!\w)"
)
ONE_WORD: Final = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?")


def folded(words: str) -> str:
    return words.casefold().replace("ё", "е")


def alike(word: str, other: str) -> bool:
    """Whether they may be forms of one surname: an ending of four letters at most differs («Заяц», «Зайцем»)."""
    length = max(2, min(len(word), len(other)) - 4)
    return word[:length] == other[:length] and abs(len(word) - len(other)) <= 4
