"""Places as findings name them: «заголовок», «пункт 3», «приложение № 2»."""

from __future__ import annotations

from roadmapdocs.drafting.checks.facts import Part, Passage, Text
from roadmapdocs.i18n import gettext as _


def card() -> str:
    return _("card")


def heading() -> str:
    return _("heading")


def signature() -> str:
    return _("signature")


def pages() -> str:
    return _("page layout")


def point(number: str) -> str:
    return _("point %(number)s", number=number)


def part_of(text: Text, part: Part) -> str:
    """The document itself, or an appendix by its own number, else by its order."""
    if not part.appendix:
        return _("text")
    place = part.mark.place if part.mark is not None and part.mark.place else 0
    if not place and len(text.appendices) > 1:
        place = text.parts.index(part)
    return _("appendix No. %(number)s", number=place) if place else _("appendix")


def stamp_of(text: Text, part: Part) -> str:
    return _("stamp, %(place)s", place=part_of(text, part)) if part.appendix else _("stamp")


def passage(text: Text, part: Part, one: Passage) -> str:
    """A numbered point by its number, any other paragraph by its order."""
    words = point(one.number) if one.number else _("paragraph %(number)s", number=one.index)
    return _("%(place)s, %(where)s", place=part_of(text, part), where=words) if part.appendix else words
