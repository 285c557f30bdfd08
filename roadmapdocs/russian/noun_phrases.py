"""Declension of a noun phrase by its head: leading adjectives and the head nouns, while everything behind stays.

«Начальник управления образования» → «начальнику управления образования»: the words behind the head stand in cases
of their own. The head is the first noun that may stand in the phrase's case, or an adjective with none behind it
(«заведующий отделом»). Nouns joined to the head by a dash, a comma or «и» are heads as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.morphology import Word, readings
from roadmapdocs.russian.spelling import dressed

#: A longer phrase is a text; it is returned as it is.
LONGEST_PHRASE = 1000
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PARTS_OF_NAMES = {"Surn", "Name", "Patr", "Geox", "Abbr", "Init"}
#: First halves of double nouns that stay: «бизнес-план», «пресс-секретарь», «генерал-майор».
_FIXED_HALVES = frozenset(
    "бизнес пресс веб интернет онлайн медиа мини экс вице обер унтер штаб генерал премьер контент арт дизайн "
    "маркетинг топ шеф кейс тайм пиар блок флэш видео аудио фото статс".split()
)
_UNCHANGED = frozenset("врио ио и.о".split())


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    #: What stands between the word before and this one.
    gap: str


@lru_cache(maxsize=4096)
def decline_noun_phrase(text: str, case: Case, source: Case = Case.NOM, gender: str = "") -> str:
    """``text``, which stands in ``source``, in ``case``.

    ``gender`` decides where the head noun may be of either («коллега»). What has no head to decline, such as an
    abbreviation or a quoted name, is returned as it is.
    """
    if len(text) > LONGEST_PHRASE:
        return text
    tokens = _tokens(text)
    changes: dict[int, str] = {}
    place = 0
    while place < len(tokens):
        found = _group(tokens, place, source, gender)
        if found is None:
            break
        changes.update(_inflected(tokens, found, case))
        following = _next_head(tokens, found.head, source)
        if following is None:
            break
        place = following
    return _replaced(text, tokens, changes)


def head_word(text: str, source: Case = Case.NOM) -> Word | None:
    """How the first head of the phrase is read; None where it has none that declines."""
    found = _group(_tokens(text), 0, source, "")
    return None if found is None else found.word


@dataclass(frozen=True, slots=True)
class _Group:
    """``modifiers`` and ``head`` are places of tokens; ``word`` is how the head is read."""

    modifiers: tuple[int, ...]
    head: int
    word: Word


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    end = 0
    for match in _WORD.finditer(text):
        tokens.append(_Token(match.group(), match.start(), match.end(), text[end : match.start()]))
        end = match.end()
    return tokens


def _replaced(text: str, tokens: Sequence[_Token], changes: dict[int, str]) -> str:
    pieces, end = [], 0
    for place in sorted(changes):
        token = tokens[place]
        pieces += [text[end : token.start], dressed(changes[place], token.text)]
        end = token.end
    return "".join(pieces) + text[end:]


def _group(tokens: Sequence[_Token], start: int, source: Case, gender: str) -> _Group | None:
    """Adjectives that agree, and their noun; or the adjective that stands for a noun."""
    modifiers: list[int] = []
    for place in range(start, len(tokens)):
        token = tokens[place]
        if (place > start and _parted(token.gap)) or (place == start and re.search(r"[«„\"“(]", token.gap)):
            break
        if _stays(token, tokens, place):
            return None
        if modifiers and token.text.lower() in ("и", "или"):
            continue
        noun = _noun(token.text, source, _genders(tokens, modifiers, source), gender)
        adjective = adjectives(token.text, source)
        if adjective and (noun is None or _leads(tokens, place, source)):
            if modifiers and not _agree(_genders(tokens, modifiers, source), _forms(adjective)):
                break
            modifiers.append(place)
        elif noun is not None:
            return _Group(tuple(modifiers), place, noun)
        elif modifiers or not _is_adverb(token.text):
            break
    if not modifiers:
        return None
    head = modifiers[0]
    return _Group((), head, adjectives(tokens[head].text, source)[0])


def _parted(gap: str) -> bool:
    return bool(re.search(r"[^\s,]", gap))


def _stays(token: _Token, tokens: Sequence[_Token], place: int) -> bool:
    """«МКУ», «врио», «и.о.»: as they are, and nothing behind them declines."""
    low = token.text.lower()
    if low in _UNCHANGED or (len(token.text) > 1 and token.text.isupper() and not _in_capitals(tokens)):
        return True
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return low == "и" and following is not None and following.text.lower() == "о" and following.gap.strip() == "."


def _in_capitals(tokens: Sequence[_Token]) -> bool:
    """Whether the whole phrase is printed in capitals, where a word in capitals is no abbreviation."""
    long = [token.text for token in tokens if len(token.text) > 6]
    return bool(long) and all(text.isupper() for text in long)


def _forms(words: Iterable[Word]) -> frozenset[str]:
    """Genders, with «pl» for the plural, that the readings have."""
    return frozenset("pl" if word.plural else word.gender for word in words)


def _genders(tokens: Sequence[_Token], modifiers: Sequence[int], source: Case) -> frozenset[str] | None:
    """What all the adjectives so far may agree with; None where there are none."""
    found: frozenset[str] | None = None
    for place in modifiers:
        forms = _forms(adjectives(tokens[place].text, source))
        found = forms if found is None else found & forms
    return found


def _agree(wanted: frozenset[str] | None, forms: frozenset[str]) -> bool:
    return wanted is None or bool(wanted & forms)


@lru_cache(maxsize=4096)
def adjectives(text: str, source: Case) -> tuple[Word, ...]:
    """The readings of a word as an adjective in that case."""
    return tuple(word for word in readings(_last_half(text)) if word.is_adjective and word.case is source)


def _last_half(text: str) -> str:
    """«правового» of «социально-правового»: the half that declines."""
    front, _hyphen, last = text.rpartition("-")
    return last if front and any(word.is_adjective for word in readings(last)) else text


def _noun(text: str, source: Case, agreeing: frozenset[str] | None, gender: str) -> Word | None:
    """The likeliest reading as a noun in that case which agrees with the adjectives before it."""
    fitting = [
        word
        for word in readings(_declining_half(text))
        if word.is_noun
        and word.case is source
        and not word.grammemes & _PARTS_OF_NAMES
        and _agree(agreeing, _forms([word]))
    ]
    return min(
        fitting,
        key=lambda word: (not word.known, word.plural and agreeing is None, gender not in ("", word.gender)),
        default=None,
    )


def _declining_half(text: str) -> str:
    return text.rpartition("-")[2]


def _leads(tokens: Sequence[_Token], place: int, source: Case) -> bool:
    """Whether the adjective here stands before a noun of its own, and is none itself: «учёный секретарь»."""
    forms = _forms(adjectives(tokens[place].text, source))
    for following in tokens[place + 1 : place + 4]:
        if _parted(following.gap):
            return False
        if _noun(following.text, source, forms, "") is not None:
            return True
        if not _agree(forms, _forms(adjectives(following.text, source))) and following.text.lower() != "и":
            return False
    return False


def _is_adverb(text: str) -> bool:
    """«временно исполняющий»."""
    return any("ADVB" in word.grammemes for word in readings(text))


def _inflected(tokens: Sequence[_Token], group: _Group, case: Case) -> dict[int, str]:
    head = group.word
    changes = {group.head: _halves(tokens[group.head].text, head, case)}
    for place in group.modifiers:
        agreeing = _agreeing(tokens[place].text, head, case)
        if agreeing is not None:
            changes[place] = agreeing
    return changes


def _halves(text: str, head: Word, case: Case) -> str:
    """The head in the case; of a double noun («педагог-психолог») both halves, if both are nouns."""
    if head.is_adjective:
        front, hyphen, _last = text.rpartition("-")
        return front + hyphen + (head.inflected(case, *_living(head, case)) or head.text)
    *halves, last = text.split("-")
    declined = [half if half.lower() in _FIXED_HALVES else _half(half, head, case) for half in halves]
    return "-".join([*declined, head.inflected(case) or last])


def _half(text: str, head: Word, case: Case) -> str:
    source = head.case or Case.NOM
    noun = _noun(text, source, None, "")
    if noun is None or not noun.known or noun.plural != head.plural:
        return text
    return dressed(noun.inflected(case) or text, text)


def _living(head: Word, case: Case) -> tuple[str, ...]:
    """An adjective that stands for a person has the accusative of the living."""
    return ("anim",) if case is Case.ACC and (head.gender == "m" or head.plural) else ()


def _agreeing(text: str, head: Word, case: Case) -> str | None:
    """The adjective in the gender, number and case of its noun."""
    source = head.case or Case.NOM
    kind = "pl" if head.plural else head.gender
    for word in adjectives(text, source):
        if _forms([word]) == {kind}:
            living = "anim" if "anim" in head.grammemes else "inan"
            more = (living,) if case is Case.ACC and kind in ("m", "pl") else ()
            form = word.inflected(case, *more)
            front, hyphen, _last = text.rpartition("-") if _last_half(text) != text else ("", "", "")
            return None if form is None else front + hyphen + form
    return None


def _next_head(tokens: Sequence[_Token], head: int, source: Case) -> int | None:
    """Where another head begins behind this one.

    Behind a dash, a comma or «и»: what may stand in the phrase's case and not in the genitive («порядок и сроки»,
    but «отдел опеки и попечительства»); right behind the head «и» joins whatever may stand in the case.
    """
    for place in range(head + 1, len(tokens)):
        token = tokens[place]
        if re.search(r"[«„\"“(.;:]", token.gap):
            return None
        dash = re.search(r"\s[-–—]\s", token.gap) is not None
        joined = token.text.lower() == "и" and place + 1 < len(tokens)
        start = place + 1 if joined else place
        if (dash or joined or "," in token.gap) and _begins_head(tokens, start, source, near=place == head + 1 or dash):
            return start
    return None


def _begins_head(tokens: Sequence[_Token], start: int, source: Case, *, near: bool) -> bool:
    found = _group(tokens, start, source, "")
    if found is None or not found.word.is_noun:
        return False
    text = tokens[start].text
    genitive = any(word.case is Case.GEN and (word.is_noun or word.is_adjective) for word in readings(text))
    return near or not genitive
