"""What all composers need: requisites of every document, and small rules of how texts are set down."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from roadmapdocs.documents.links.stamp_rules import Act
from roadmapdocs.drafting.composing.words import (
    BY_RULES,
    Declension,
    KindWords,
    initials_first,
)
from roadmapdocs.drafting.profiles import Profile
from roadmapdocs.drafting.values import Appendix, Cited, Person, Values, Visa
from roadmapdocs.drafting.vocabulary import PrintedVisa, Signer
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.noun_phrases import decline_noun_phrase, head_word

NBSP: Final = "\u00a0"
#: Signs of a line: capitals of the organisation along the page, and millimetres that a sign of a requisite takes.
_ORGANISATION_LINE: Final = 46
_SIGN: Final = 2.45
#: Abbreviations that keep their full stop at the end of a text.
_OWN_STOP: Final = re.compile(r"(?:\b[А-ЯЁ]|\b(?:г|гг|руб|коп|др|пр|д|п|экз|чел|ч|л|стр|обл|р-н|ул))\.$")
_SPACED: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_] ){3,}[^\W\d_](?![^\W_])")


@dataclass(frozen=True, slots=True)
class Context:
    """What a document is composed by. ``kind`` is its own, ``kinds`` are those of its appendices, by their codes."""

    profile: Profile
    kind: KindWords
    kinds: Mapping[str, KindWords] = field(default_factory=dict)
    declension: Declension = BY_RULES


def requisites(values: Values, context: Context) -> dict[str, Any]:
    """The fields that every page has."""
    return {
        "organisation": organisation_lines(values.organisation),
        "unit": one_line(values.unit),
        "kind": context.kind.name.upper(),
        "date": digits(values.date),
        "date_words": in_words(values.date),
        "number": bare_number(values.number),
        "place": one_line(values.place),
        "title": without_stop(one_line(values.title)),
        "mark": one_line(values.mark),
        "signers": signers(values.signers, context),
        "visas": tuple(printed_visa(visa, context) for visa in values.visas),
        "drafter": _drafter(values.drafter),
        "drafter_contacts": ", ".join(filter(None, (values.drafter.phone, values.drafter.email))) if values.drafter else "",
        "case": one_line(values.case),
    }


def organisation_lines(name: str) -> tuple[str, ...]:
    """The lines that somebody has broken it into; a single long one is broken evenly."""
    given = tuple(filter(None, (one_line(line) for line in name.splitlines())))
    return broken(given[0], _ORGANISATION_LINE) if len(given) == 1 else given


def signers(people: Iterable[Person], context: Context) -> tuple[Signer, ...]:
    longest = int(context.profile.requisite_line / _SIGN)
    return tuple(
        Signer(
            post=tuple(line for given in person.post.splitlines() for line in broken(one_line(given), longest)),
            name=initials_first(person.name, person.gender, context.declension) if person.name else "",
        )
        for person in people
    )


def printed_visa(visa: Visa, context: Context) -> PrintedVisa:
    return PrintedVisa(
        post=one_line(visa.post),
        name=initials_first(visa.name, "", context.declension) if visa.name else "",
        date=digits(visa.date),
        remark="Замечания прилагаются" if visa.remark.strip() else "",
    )


def _drafter(drafter: Person | None) -> str:
    return ", ".join(filter(None, (one_line(drafter.name), small(one_line(drafter.post))))) if drafter else ""


def digits(date: dt.date | None) -> str:
    """29.11.2021; the year has four digits whatever it is."""
    return f"{date.day:02}.{date.month:02}.{date.year:04}" if date else ""


_MONTHS: Final = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


def in_words(date: dt.date | None) -> str:
    """«29 ноября 2021 г.»"""
    return f"{date.day}{NBSP}{_MONTHS[date.month - 1]} {date.year}{NBSP}г." if date else ""


def bare_number(number: str) -> str:
    """Without the sign: the template prints it."""
    return re.sub(r"^\s*(?:№|N(?=\s*\d))\s*", "", number).strip()


def one_line(text: str) -> str:
    return " ".join(text.split())


def despaced(text: str) -> str:
    """«п р и к а з ы в а ю» as a word: the space between letters is the template's matter, or search fails."""
    return _SPACED.sub(lambda found: found[0].replace(" ", ""), text)


def without_stop(text: str) -> str:
    """Without the last full stop, unless that belongs to an abbreviation («2021 г.»)."""
    text = text.rstrip()
    while text.endswith(".") and not _OWN_STOP.search(text) and not text.endswith("..."):
        text = text[:-1].rstrip()
    return text


def with_stop(text: str) -> str:
    """Ended by exactly one sign: that of its author, else a full stop."""
    text = re.sub(r"[\s,;]+$", "", text)
    text = re.sub(r"(?<!\.)\.{2}$", ".", text)
    return text if not text or text.endswith((".", ":", "!", "?", "…")) else f"{text}."


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """With a small first letter, but for abbreviations and names in capitals."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]


def broken(text: str, longest: int) -> tuple[str, ...]:
    """Lines as even as they can be, none longer than ``longest`` signs unless it is a single word."""
    words = text.split()
    if not words:
        return ()
    count = max(1, math.ceil(len(text) / longest))
    while count < len(words):
        lines = _even(words, count)
        if max(map(len, lines)) <= longest:
            return tuple(lines)
        count += 1
    return tuple(_filled(words, longest))


def _filled(words: Sequence[str], longest: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _even(words: Sequence[str], count: int) -> list[str]:
    """At most ``count`` lines: the shortest length that needs no more of them."""
    low, high = max(map(len, words)), len(" ".join(words))
    while low < high:
        middle = (low + high) // 2
        if len(_filled(words, middle)) <= count:
            high = middle
        else:
            low = middle + 1
    return _filled(words, low)


def quoted(text: str) -> str:
    """In «ёлочки»; quotation marks within become „лапки“."""
    return f"«{text.translate(str.maketrans('«»', '„“'))}»" if text else ""


def kind_of(word: str, context: Context) -> KindWords:
    """The words of a kind by its code or its word («приказ», «order_main»); of an unknown one by the language."""
    low = one_line(word).lower()
    for known in (context.kind, *context.kinds.values()):
        if low in (known.code, known.name):
            return known
    if low in context.kinds:
        return context.kinds[low]
    head = head_word(low)
    gender = ("p" if head.plural else head.gender) if head else ""
    return KindWords.of(low, one_line(word), gender or "m", {})


def act_of(cited: Cited, context: Context) -> Act:
    """The document that approves, as stamps and marks name it."""
    kind = kind_of(cited.kind or context.kind.name, context)
    return Act(kind.ins, kind.dat, one_line(cited.organisation), cited.date, bare_number(cited.number))


def cited_words(cited: Cited, case: Case, context: Context) -> str:
    """«приказ Управления образования от 29.11.2021 № 178-П «Об …»», as far as it is known."""
    parts = [kind_of(cited.kind, context).form(case) if cited.kind else "", one_line(cited.organisation)]
    parts.append(f"от{NBSP}{digits(cited.date)}" if cited.date else "")
    parts.append(f"№{NBSP}{bare_number(cited.number)}" if cited.number.strip() else "")
    parts.append(quoted(without_stop(one_line(cited.title))))
    return " ".join(filter(None, parts))


def name_without_kind(title: str, kind: KindWords) -> str:
    """«о мониторинге» of «Положение о мониторинге»: the kind stands above it in capitals."""
    lines = [one_line(line) for line in title.strip().splitlines()]
    text = "\n".join(filter(None, lines))
    if re.match(rf"{re.escape(kind.name)}(?!\w)", text, re.IGNORECASE):
        text = text[len(kind.name) :].strip()
    return without_stop(small(text) if re.match(r"Об?\s", text) else text)


def appendix_title(appendix: Appendix, kind: KindWords | None) -> tuple[str, ...]:
    """Its name line by line; without the kind, which stands above."""
    if kind is not None:
        return tuple(name_without_kind(appendix.title, kind).splitlines())
    return tuple(without_stop(one_line(line)) for line in appendix.title.splitlines() if line.strip())


def accusative(phrase: str) -> str:
    """«план мероприятий (дорожная карта) …» in the accusative: what stands in brackets right behind the head is another
    word for it and declines as well, but for «(далее – Положение)».
    """
    declined = decline_noun_phrase(phrase, Case.ACC)
    return _BRACKET.sub(lambda found: f"({decline_noun_phrase(found[1], Case.ACC)})", declined, count=1)


_BRACKET: Final = re.compile(r"(?<=\w )\((?!далее)([а-яё][^()]*)\)")
