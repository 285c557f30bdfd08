"""Terms of people's names: the surname with initials, however the name is written and declined."""

from __future__ import annotations

import re
from functools import lru_cache

from roadmapdocs.russian.morphology import readings
from roadmapdocs.search.analysis_words import fold, hyphenated_terms, word_terms
from roadmapdocs.search.ports import Position

_GAP = r"[ \t\u00a0\u202f]{0,3}(?:\n[ \t]{0,3})?"
_SPACE = r"[ \t\u00a0\u202f\n]{1,3}"
_CAPITAL = "[А-ЯЁA-Z]"
_REST = f"(?:[а-яёa-z’']{{1,40}}|{_CAPITAL}{{1,40}})"
_WORD = f"{_CAPITAL}{_REST}(?:-{_CAPITAL}{_REST})?"
# The first capital stands alone in the pattern, so that the engine looks for one and for nothing else.
_NAME = re.compile(
    rf"{_CAPITAL}(?<![^\W_]{_CAPITAL})(?:"
    rf"\.{_GAP}(?:(?P<two>{_CAPITAL})\.{_GAP})?(?P<behind>{_WORD})"
    rf"|{_REST}(?:-{_CAPITAL}{_REST})?{_SPACE}(?:"
    rf"(?P<one>{_CAPITAL})\.{_GAP}(?:(?P<second>{_CAPITAL})(?:\.|(?![^\W_])))?"
    rf"|(?P<next>{_WORD})(?:{_SPACE}{_WORD})?))"
    rf"(?![^\W_])"
)
#: «Директора С. С. Лысенко»: initials between two words may be of either.
_BEHIND = re.compile(rf"{_GAP}(?P<surname>{_WORD})(?![^\W_])")
_WORDS = re.compile(_WORD)
_PATRONYMIC = re.compile("[а-я]{2,}(?:[вьмктнл]ич(?:а|у|ем|ом|е)?|[вчш]н(?:а|ы|е|у|ой|ою))")
#: Of one surname, as many lemmas as this get terms of names.
_MOST = 8


def name_terms(surname: str, name: str, patronymic: str = "") -> Position:
    """«&лысенко.с», «&лысенко.с.с»: for each term of the surname, by first letters of the names. All may be declined."""
    initials = [fold(part[:1]) for part in (name, patronymic) if part]
    terms = _surname_terms(surname)[:_MOST]
    ends = [".".join(initials[: place + 1]) for place in range(len(initials))]
    return tuple(f"&{term}.{end}" for term in terms for end in ends)


def names_in(text: str) -> dict[int, Position]:
    """Where surnames with initials or with a full name stand, and the terms of those names."""
    found: dict[int, Position] = {}
    at = 0
    while match := _NAME.search(text, at):
        at, start = match.end(), match.start()
        if match["behind"]:
            _add(found, match.start("behind"), name_terms(match["behind"], text[start], match["two"] or ""))
        elif match["one"]:
            initials = match["one"], match["second"] or ""
            _add(found, start, name_terms(text[start : match.start("one")].rstrip(), *initials))
            if behind := _BEHIND.match(text, at):
                at = behind.start("surname")
                _add(found, at, name_terms(behind["surname"], *initials))
        else:
            at = _full_name(match, found)
    return found


def _add(found: dict[int, Position], start: int, terms: Position) -> None:
    found[start] = tuple(dict.fromkeys((*found.get(start, ()), *terms)))


def _full_name(match: re.Match[str], found: dict[int, Position]) -> int:
    """Enter the name that two or three capital words make, if they do; answer from where to look on."""
    words = [(word.group(), match.start() + word.start()) for word in _WORDS.finditer(match.group())]
    order = _order([word for word, _start in words])
    if order is None:
        return words[1][1]
    surname, name, patronymic = order
    father = "" if patronymic is None else words[patronymic][0]
    _add(found, words[surname][1], name_terms(words[surname][0], words[name][0], father))
    return match.end() if patronymic is not None or len(words) == 2 else words[2][1]


def _order(words: list[str]) -> tuple[int, int, int | None] | None:
    """Places of surname, name and patronymic among the words; None where they are no name."""
    if len(words) == 3 and is_patronymic(words[2]):
        return 0, 1, 2
    if len(words) == 3 and is_patronymic(words[1]):
        return 2, 0, 1
    first, second = is_name(words[0]), is_name(words[1])
    if second and not first and not is_patronymic(words[0]):
        return 0, 1, None
    if first and not second and not is_patronymic(words[1]) and is_surname(words[1]):
        return 1, 0, None
    return None


@lru_cache(maxsize=1 << 14)
def is_patronymic(word: str) -> bool:
    """«Сергеевна», «Ильичом»."""
    return _PATRONYMIC.fullmatch(fold(word)) is not None


def is_name(word: str) -> bool:
    """Whether the dictionary has it as a first name, in any case."""
    return _has(word, "Name")


def is_surname(word: str) -> bool:
    """Whether it is a surname by the dictionary or by its ending."""
    return _has(word, "Surn")


@lru_cache(maxsize=1 << 14)
def _has(word: str, grammeme: str) -> bool:
    return any(grammeme in reading.grammemes and (reading.known or grammeme == "Surn") for reading in readings(fold(word)))


def _surname_terms(surname: str) -> Position:
    return hyphenated_terms(surname)[0] if "-" in surname else word_terms(surname)
