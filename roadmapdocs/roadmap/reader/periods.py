"""Does a text look like a period at all? Reading it is the business of ``russian.terms``."""

from __future__ import annotations

import re

_LONGEST = 110
_MONTH = (
    r"январ[ьея]|феврал[ьея]|март[ае]?|апрел[ьея]|ма[йея]|июн[ьея]|июл[ьея]|август[ае]?|сентябр[ьея]|октябр[ьея]|"
    r"ноябр[ьея]|декабр[ьея]"
)
_OPENING = re.compile(
    rf"(?:(?:до|с|со|к|по|в|во|на|не позднее|не реже|начало|начиная с|конец|первая|вторая|первое|второе)\s+)*"
    rf"(?:(?:{_MONTH})\b|[«\"]?\d{{1,2}}[»\"]?(?:\s+(?:{_MONTH})|\.\d{{1,2}}\.|\s*[-–]?й?\s*(?:квартал|полугоди|раз))|20\d\d|"
    rf"[IVX]+\s*(?:квартал|кв|полугоди)|(?:один|два|три|\d+)\s+раз|квартал|полугоди|год)|"
    rf"ежегодн|ежемесячн|ежекварт|еженедельн|ежедневн|постоянно|регулярно|систематическ|весь период|в\s+течени[еи]|"
    rf"в\s+период|в\s+соответствии\s+с|согласно\s|по\s+(?:план|график|потребност|запрос|необходимост|мере|заявк|согласован|"
    rf"отдельн)|при\s+необходимост|по мере|раз в|летн|каникул",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(rf"\b(?:{_MONTH})\b|\b\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}\b", re.IGNORECASE)
_FREQUENCY = re.compile(r"\bраз\b|\bраза\b|кварт|полугод|ежегодн|ежемес", re.IGNORECASE)


def looks_like_period(text: str) -> bool:
    return len(text) <= _LONGEST and bool(_OPENING.match(text.strip(" (")))


def names_month_or_date(text: str) -> bool:
    return bool(_DATE_WORDS.search(text))


def names_frequency(text: str) -> bool:
    return bool(_FREQUENCY.search(text))
