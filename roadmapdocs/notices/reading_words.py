"""What notices of acquaintance say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.notices.told import Phrase, Told


def _asked(told: Told) -> str:
    who, name, day = told.text("absent"), told.name, told.day
    if who and day:
        return _("Read in the stead of %(who)s by %(day)s: %(name)s", who=who, day=day, name=name)
    if who:
        return _("Read in the stead of %(who)s: %(name)s", who=who, name=name)
    if told.about.get("anew"):
        return _("A new edition is to be read: %(name)s", name=name)
    if day:
        return _("Read by %(day)s: %(name)s", day=day, name=name)
    return _("Read: %(name)s", name=name)


def _hurry(told: Told) -> str:
    return _("%(who)s reminds you to read: %(name)s", who=told.text("who"), name=told.name)


def _soon(told: Told) -> str:
    return _("The term to read it is %(day)s: %(name)s", day=told.day, name=told.name)


def _late(told: Told) -> str:
    return ngettext(
        "You have not read this for %(num)s working day past the term: %(name)s",
        "You have not read this for %(num)s working days past the term: %(name)s",
        told.number("days"),
        name=told.name,
    )


def _escalated(told: Told) -> str:
    """Who is late, where it is one person; how many, where it is several: names are on the page of the sheet."""
    who = told.text("who")
    if who:
        return _("%(who)s has not read by the term: %(name)s", who=who, name=told.name)
    return ngettext(
        "%(num)s person of yours has not read by the term: %(name)s",
        "%(num)s people of yours have not read by the term: %(name)s",
        told.number("count"),
        name=told.name,
    )


def _refused(told: Told) -> str:
    return _("%(who)s refuses to sign that it is known: %(name)s", who=told.text("who"), name=told.name)


def _read() -> str:
    return _("Read it")


def _look() -> str:
    return _("See who has read")


def _open() -> str:
    return _("Open the card")


#: Code of a notice → its headline, and the word of the act.
PHRASES: Final[dict[str, tuple[Phrase, Callable[[], str]]]] = {
    "reading_asked": (_asked, _read),
    "reading_reminded": (_hurry, _read),
    "reading_soon": (_soon, _read),
    "reading_late": (_late, _read),
    "reading_escalated": (_escalated, _open),
    "reading_refused": (_refused, _look),
}
