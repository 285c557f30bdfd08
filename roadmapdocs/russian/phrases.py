"""Phrases of headings: «О/Об/Обо», a heading's words in any case, and the heading that an item's title suggests."""

from __future__ import annotations

import re
from dataclasses import dataclass

from roadmapdocs.russian.action_nouns import action_noun
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.date_words import MONTHS_GENITIVE
from roadmapdocs.russian.morphology import readings
from roadmapdocs.russian.noun_phrases import decline_noun_phrase, head_word
from roadmapdocs.russian.numbers import cardinal, ordinal
from roadmapdocs.russian.spelling import VOWELS

__all__ = ["about", "action_noun", "decline_phrase", "heading_of"]

_WITH_FULL_VOWEL = frozenset("мне всем всём всей всех всю всё".split())
#: Letters whose names begin with a vowel: «эль», «эм», «эн», «эр», «эс», «эф».
_VOWEL_NAMES = frozenset("лмнрсф")
_NOT_BY_LETTERS = frozenset({"сша"})
_TOPIC = re.compile(r"обо?\s|о\s", re.IGNORECASE)
_NUMBERING = re.compile(r"^(?:\d+\.)+\d*\s*")
#: Figures, thousands parted or not, and what makes them the number of a day, a year, a class, or an ordinal number.
_NUMBER = re.compile(
    rf"(?P<figures>\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}}){{1,2}}(?!\d)|\d{{1,9}})"
    rf"(?P<ordinal>\.\d\d?\.\d|[»”\"]?\s+(?:{'|'.join(MONTHS_GENITIVE)}|год[ау]?|годе)\b"
    rf"|(?:[-–]\d+)?\s+(?:класс|четверт|полугоди|квартал|этап|курс)|[-\u2011](?:го|ого|му|ому|ым|ом|ый|ой|ая|ое|ые|ых|й|м|е|я|ю|х)\b)?",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: What an order approves: to draw up one of these means to have it approved.
_APPROVED = frozenset(
    "положение порядок план план-график карта программа инструкция регламент состав график перечень правило "
    "критерий методика модель концепция паспорт реестр форма показатель стандарт".split()
)
_ORDERS = frozenset({"приказ", "распоряжение", "постановление", "решение"})
_NOTES = frozenset({"справка", "аналитическая справка", "отчёт", "отчет", "анализ"})
_DRAWING_UP = frozenset("разработка подготовка составление формирование".split())


def decline_phrase(noun_phrase: str, case: Case) -> str:
    """«Дорожная карта по развитию …» → «Дорожную карту по развитию …»: all behind the head noun stays."""
    return decline_noun_phrase(noun_phrase, case)


def about(word: str) -> str:
    """«О», «Об» or «Обо» for the word or phrase behind it, by the sound that it begins with.

    Figures go by their reading: «О 1 сентября», «О 1-м этапе», «Об 11 классах», «Об 1 пункте».
    Abbreviations that no vowel makes readable begin with the name of their first letter: «Об ФГОС», «О ВПР».
    """
    first = word.lstrip(" \N{NO-BREAK SPACE}«„“\"(")
    number = _NUMBER.match(first)
    if number is not None:
        first = _read(number)
    found = _WORDS.match(first)
    if found is None:
        return "О"
    text = found.group()
    low = text.lower()
    if low in _WITH_FULL_VOWEL:
        return "Обо"
    if low[0] in VOWELS:
        return "Об" if low[0] in "аиоуэ" else "О"
    by_letters = len(text) > 1 and text.isupper() and not _is_readable(low) and low not in _NOT_BY_LETTERS
    return "Об" if by_letters and low[0] in _VOWEL_NAMES else "О"


def _read(number: re.Match[str]) -> str:
    """Figures in words: of a date, a year, a class or with an ending «о первом», of a count «об одном», of 1000 «о тысяче»."""
    value = int("".join(re.findall(r"\d", number["figures"])))
    if number["ordinal"] is not None:
        return ordinal(value)
    words = cardinal(value)
    one, _space, rest = words.partition(" ")
    return rest if one in ("один", "одна") and rest else words


def _is_readable(abbreviation: str) -> bool:
    """Whether it begins as a word may: «НОКО», «СКИРО», «ГРАНТ», and not «МКУ», «ФГОС»."""
    if abbreviation[1] in VOWELS:
        return True
    first, second, third = abbreviation[0], abbreviation[1], abbreviation[2:3]
    onset = (first in "бвгдкпстфхз" and second in "рл") or (first == "с" and second in "кптвмн")
    return onset and third in VOWELS and third != ""


@dataclass(frozen=True, slots=True)
class _Title:
    """Nouns of what is to be done, joined as the title joins them, and the object in the genitive."""

    actions: tuple[str, ...]
    thing: str


def heading_of(title: str, kind_word: str) -> str:
    """The heading of a document that an item's title suggests.

    «Разработать и утвердить Положение о мониторинге» → «Об утверждении Положения о мониторинге»; of a note
    (справка) «О результатах …». It is a suggestion: the drafter corrects it.
    """
    text = _NUMBERING.sub("", " ".join(title.split())).rstrip(" .;,")
    if not text or _TOPIC.match(text):
        return text[:1].upper() + text[1:]
    kind = kind_word.strip().lower()
    asked = _asked(text)
    if asked is None:
        asked = _named(text)
    if asked is None:
        subject = _small(text)
        if kind in _NOTES and head_word(subject) is not None:
            return f"О результатах {decline_noun_phrase(subject, Case.GEN)}"
        said = decline_noun_phrase(subject, Case.PRE)
        return f"{about(said)} {said}"
    if kind in _NOTES:
        return f"О результатах {_result(asked)}"
    actions = _what_counts(asked, kind)
    said = f"{_listed([decline_noun_phrase(one, Case.PRE) for one in actions])} {asked.thing}".rstrip()
    return f"{about(said)} {said}"


def _asked(text: str) -> _Title | None:
    """Of a title in infinitives: «Организовать и провести семинар»; None where it has none."""
    actions: list[str] = []
    read = end = 0
    for match in _WORDS.finditer(text):
        word = match.group()
        gap, read = text[read : match.start()], match.end()
        if gap.strip(" ,"):
            break
        if word.lower() == "и" and actions:
            continue
        if not any("INFN" in one.grammemes for one in readings(word)):
            if actions or not any("ADVB" in one.grammemes for one in readings(word)):
                break
            continue
        noun = action_noun(word)
        if noun is None:
            break
        actions.append(noun)
        end = match.end()
    if not actions:
        return None
    return _Title(tuple(actions), decline_noun_phrase(text[end:].lstrip(" ,"), Case.GEN, Case.ACC))


def _named(text: str) -> _Title | None:
    """Of a title in nouns of action, such as «Разработка и утверждение Положения»; None where it begins otherwise."""
    found = re.match(r"(разработка|подготовка|составление|формирование)(?:\s*(?:,|и)\s*(утверждение))?\s+", text, re.IGNORECASE)
    if found is None:
        return None
    return _Title(tuple(one.lower() for one in found.groups() if one), text[found.end() :])


def _what_counts(asked: _Title, kind: str) -> tuple[str, ...]:
    """Approval says more than drawing up, and an order on drawing up a regulation approves it."""
    if "утверждение" in asked.actions:
        return ("утверждение",)
    if kind in _ORDERS and set(asked.actions) <= _DRAWING_UP and _is_approved(asked.thing):
        return ("утверждение",)
    return asked.actions


def _is_approved(thing: str) -> bool:
    word = head_word(thing, Case.GEN)
    return word is not None and word.lemma in _APPROVED


def _result(asked: _Title) -> str:
    """«Провести мониторинг» has the results of the monitoring, «обучить педагогов» those of the teaching."""
    if set(asked.actions) <= {"проведение", "организация"} and asked.thing:
        return _small(asked.thing)
    return f"{_listed([decline_noun_phrase(one, Case.GEN) for one in asked.actions])} {asked.thing}".rstrip()


def _listed(words: list[str]) -> str:
    return " и ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _small(text: str) -> str:
    """With a small first letter, unless the first word is an abbreviation or a quoted name."""
    found = _WORDS.match(text)
    if found is None or (len(found.group()) > 1 and found.group()[1].isupper()):
        return text
    return text[0].lower() + text[1:]
