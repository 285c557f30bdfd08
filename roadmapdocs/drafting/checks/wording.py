"""Words of the text: leftovers of templates, blanks, abbreviations, letters, personal data (§21, 15, 16 and 19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from roadmapdocs.drafting import values as v
from roadmapdocs.drafting.checks import places, texts
from roadmapdocs.drafting.checks.abbreviations import contradicting, unexpanded
from roadmapdocs.drafting.checks.facts import Facts, Part, Passage
from roadmapdocs.drafting.checks.rules import Fix, Trouble
from roadmapdocs.drafting.walking import things
from roadmapdocs.i18n import gettext as _

_LEFTOVERS = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|\[bookmark:|</?(?:p|ul|ol|li|br|div|span|b|i|u|strong|em|table|tr|td|th|h\d)\b[^<>]{0,200}>|\*\*"
    r"|Ошибка! (?:Закладка|Источник|Неизвестн)|Error! (?:Bookmark|Reference|Unknown)|#ССЫЛКА!|#REF!|MERGEFIELD|DOCPROPERTY"
    r"|Место для ввода|Click (?:here|or tap)|Lorem ipsum|ХХ\.ХХ|XX\.XX|&(?:nbsp|quot|amp|lt|gt);"
)
#: Lines to write on, places of a phrase that nobody filled in ({кто}), and the dots of a skeleton («определяет …»).
_BLANK = re.compile(r"_{3,}|\.{6,}|…{3,}|(?<=\s)…(?=[\s.,;:]|$)|(?<!\{)\{[^{}%]{1,60}\}(?!\})")
#: Places shown of one kind of trouble; more of the same helps nobody.
_MOST: Final = 5
_SHOWN: Final = 80
_PUBLISHED = re.compile(r"(?:размещени|разместить|опубликова|обнародова)[а-яё]{0,6}[^.]{0,160}\bсайт", re.IGNORECASE)
_PERSONAL: Final = {
    "phone": re.compile(r"(?<!\d)(?:\+7|8)[\s(-]{0,2}9\d{2}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)"),
    "snils": re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[\s-]\d{2}(?!\d)"),
    "passport": re.compile(r"паспорт[а-яё]{0,4}[^.\d]{0,30}\d{2}\s?\d{2}\s?(?:№\s?)?\d{6}(?!\d)", re.IGNORECASE),
    "birth": re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}\s*(?:г\.?\s?р\b|года? рождения)|дата рождения\W{1,5}\d", re.IGNORECASE),
    "address": re.compile(r"(?:проживающ[а-яё]{2,4}|зарегистрированн[а-яё]{2,4}|адрес (?:проживания|регистрации))\W{1,3}(?:по адресу)?", re.IGNORECASE),
    "health": re.compile(r"\bдиагноз|\bинвалид(?:ность|ом|а\b)|\bгрупп[аыу] здоровья", re.IGNORECASE),
}


def _passages(facts: Facts) -> Iterator[tuple[Part, Passage]]:
    for part in facts.text.parts if facts.text is not None else ():
        for one in part.passages:
            yield part, one


def template_leftovers(facts: Facts) -> Iterator[Trouble]:
    told = 0
    for part, one in _passages(facts):
        found = _LEFTOVERS.search(one.text)
        if found is not None and told < _MOST:
            assert facts.text is not None
            told += 1
            yield Trouble(places.passage(facts.text, part, one), _("Something is left of a template or of a conversion: “%(found)s”.", found=found[0]))


def blanks(facts: Facts) -> Iterator[Trouble]:
    """Within points; lines to sign on, and the date and number of a draft, are filled in by hand."""
    if facts.text is None:
        return
    for one in facts.text.body:
        if not one.table and _BLANK.search(one.text):
            yield Trouble(places.passage(facts.text, facts.text.main, one), _("A place is left blank."))


def letter_spacing(facts: Facts) -> Iterator[Trouble]:
    for part, one in _passages(facts):
        found = None if one.table else texts.spaced(one.text)
        if found is not None:
            assert facts.text is not None
            fix = Fix.TEXTS if texts.spaced(facts.card.title) else None
            yield Trouble(places.passage(facts.text, part, one), _("Letters are parted by spaces: “%(found)s”. Search does not find such a word.", found=found), fix=fix)
            return
    if texts.spaced(facts.card.title):
        yield Trouble(places.heading(), _("Letters are parted by spaces: “%(found)s”. Search does not find such a word.", found=texts.spaced(facts.card.title)), fix=Fix.TEXTS)


def mixed_letters(facts: Facts) -> Iterator[Trouble]:
    found: dict[str, str] = {}
    for word in texts.mixed(facts.card.title):
        found.setdefault(word, places.heading())
    for part, one in _passages(facts):
        assert facts.text is not None
        for word in texts.mixed(one.text):
            if len(found) < _MOST:
                found.setdefault(word, places.passage(facts.text, part, one))
    in_card = bool(texts.mixed(facts.card.title)) or facts.values is not None
    for word, place in found.items():
        told = _("Latin letters among Cyrillic ones: “%(word)s”. Search does not find such a word.", word=word)
        yield Trouble(place, told, fix=Fix.TEXTS if in_card else None)


def typography(facts: Facts) -> Iterator[Trouble]:
    """Of the heading and the draft: they are mended at a press. What a file says was typed in Word."""
    if texts.untidy(facts.card.title):
        told = _("Quotation marks, dashes or spaces are not as print has them.")
        yield Trouble(places.heading(), told, fix=Fix.TEXTS, before=facts.card.title, after=texts.MENDERS["typography"](facts.card.title))
    untidy = next((one for one in drafted_texts(facts.values) if texts.untidy(one)), None)
    if untidy is not None:
        shown = untidy if len(untidy) <= _SHOWN else untidy[:_SHOWN] + "…"
        yield Trouble(_("draft"), _("Quotation marks, dashes or spaces are not as print has them: “%(text)s”.", text=shown), fix=Fix.TEXTS)


def drafted_texts(values: object) -> Iterator[str]:
    """All that the draft says itself: texts of points, blocks, rows, appendices."""
    for thing in (*things(values, v.Point), *things(values, v.Block), *things(values, v.Appendix), *things(values, v.Question)):
        yield from (text for text in (getattr(thing, "text", ""), getattr(thing, "title", "")) if text)
    for row in things(values, v.Row):
        yield from row.cells
    yield getattr(values, "preamble", "")


def abbreviation_unexpanded(facts: Facts) -> Iterator[Trouble]:
    if facts.text is None:
        return
    unknown = unexpanded(facts.text, facts.office)
    if unknown:
        shown = ", ".join(unknown[:12]) + ("…" if len(unknown) > 12 else "")
        yield Trouble(_("text"), _("Used and nowhere expanded: %(words)s.", words=shown))


def abbreviation_contradicts(facts: Facts) -> Iterator[Trouble]:
    if facts.text is None:
        return
    for part, one, short, known in contradicting(facts.text, facts.office):
        told = _("“%(short)s” is expanded otherwise than in the registry, where it is %(known)s.", short=short, known=known)
        yield Trouble(places.passage(facts.text, part, one), told)


def personal_data(facts: Facts) -> Iterator[Trouble]:
    """The data themselves are not repeated: the finding is read by more people than the document may be."""
    published = facts.card.published or any(_PUBLISHED.search(one.text) for _part, one in _passages(facts))
    if not published or facts.text is None:
        return
    words = _personal_words()
    told = 0
    for part, one in _passages(facts):
        for kind, pattern in _PERSONAL.items():
            if told < _MOST and pattern.search(one.text):
                told += 1
                yield Trouble(places.passage(facts.text, part, one), _("The document is to be published, and there is %(what)s in it.", what=words[kind]))


def _personal_words() -> dict[str, str]:
    return {
        "phone": _("a mobile telephone number"),
        "snils": _("an insurance number (СНИЛС)"),
        "passport": _("a passport number"),
        "birth": _("a date of birth"),
        "address": _("a home address"),
        "health": _("somebody's state of health"),
    }
