"""Infinitives in the language of orders, told by their endings: they say where the executor ends and the task begins."""

from __future__ import annotations

import re
from typing import Final

_WORD = re.compile(r"(?<![\w-])[А-ЯЁа-яё]+(?![\w-])")
_ENDING = re.compile(r"[а-яё]*[аеиоуыэюяё]ть(?:ся)?")
# «-ть» of nouns and numerals: деятельность, область, повесть, пять, двадцать.
_NOUN = re.compile(r"[а-яё]*(?:[ое]сть|[аи]сть|дцать|десять|девять)")
_NOUNS: Final = frozenset("сеть память печать пять мать нить суть путь зять кровать скатерть медь".split())
# Those in «-сть» and «-ти» are few and counted: most such words are nouns (грамотности, области).
_VERBS: Final = re.compile(
    r"(?:(?:у|про|за|с|вы|по|пере|при)?честь"
    r"|(?:в|про|при|до|за|под|от|пере|раз|вы|из|произ|воспроиз|на|у|с|об|со|превос)?(?:вести|нести|везти)"
    r"|(?:до|при|пере|вы|вой|на|про|по|обо|подо|разо|со|у|за|во)?(?:йти|идти)|прийти|(?:при|из)?обрести|расти|спасти|блюсти|соблюсти"
    r"|[а-яё]{0,8}(?:влечь|беречь|сечь|лечь|мочь|стичь))(?:сь|ся)?"
)


def is_infinitive(word: str) -> bool:
    """
    >>> [is_infinitive(word) for word in ("подготовить", "Провести", "грамотности", "область")]
    [True, True, False, False]
    """
    low = word.casefold()
    if _VERBS.fullmatch(low):
        return True
    return bool(_ENDING.fullmatch(low)) and not _NOUN.fullmatch(low) and low not in _NOUNS


def first_infinitive(text: str) -> int | None:
    """Where the first infinitive of a text begins; None if it has none. What stands in brackets or quotes is not looked at."""
    depth, last = 0, 0
    for found in _WORD.finditer(text):
        between = text[last : found.start()]
        depth += sum(between.count(sign) for sign in "(«„") - sum(between.count(sign) for sign in ")»“")
        last = found.end()
        if depth <= 0 and is_infinitive(found[0]):
            return found.start()
    return None
