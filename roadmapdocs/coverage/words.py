"""Russian words cut to stems, good enough to see that two titles speak of one matter."""

from __future__ import annotations

import re
from functools import lru_cache

# The longest ending that leaves at least three letters (a search finds the leftmost, which is the longest).
_ENDING = re.compile(
    r"(?<=\w{3})(?:иями|ться|[яа]ми|ией|и[яе]м|иях|[ео]го|[ео]му|[ыи]ми|[ыи]х|[ыи]й|[ое]й|ая|яя|[оеыи]е|[ыи]м|[оеая]м"
    r"|[ая]х|ую|юю|[ое]в|и[яию]|ью|ть|[аяоеыиуюьй])$"
)
# Related words part after this many letters: «разработка», «разработать».
_LENGTH = 7
# Words found in the title of nearly every paper of an education office, and those that join others.
_STOP_WORDS = (
    "без был быть все всех для его ее если или как которые который между над ним них она они оно при про"
    " так также такие такой тем том что чтобы эта эти это этот год года году годов годы лет учебный управление"
    " образование образовательный муниципальный район районный учреждение организация общеобразовательный"
    " мероприятие проведение провести реализация обеспечение разработка утверждение утвердить документ"
)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Stem of one word: case and ё folded, the ending cut, «справок» as «справка»."""
    bare = _ENDING.sub("", word.casefold().replace("ё", "е"))
    if len(bare) >= 6 and bare.endswith(("ок", "ек")):
        bare = bare[:-2] + "к"
    return bare[:_LENGTH]


_STOP_STEMS = frozenset(stem(word) for word in _STOP_WORDS.split())


def stems(text: str) -> dict[str, str]:
    """Stems of the telling words of ``text`` → each word as first written there, in order."""
    found: dict[str, str] = {}
    for word in re.findall(r"[^\W\d_]{3,}", text):
        key = stem(word)
        if key not in _STOP_STEMS:
            found.setdefault(key, word)
    return found
