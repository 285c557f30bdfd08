"""What notices of assignments say; each is named by its text where that may be told, else by its document alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext, pgettext
from roadmapdocs.notices.told import Phrase, Told

LONGEST_TEXT: Final = 120


def _name(told: Told) -> str:
    """«Провести смотр библиотек», or what it came from where the words are not for this reader or this place."""
    text = told.text("text")
    if told.open and text:
        return f"«{text}»" if len(text) <= LONGEST_TEXT else f"«{text[: LONGEST_TEXT - 1].rstrip()}…»"
    if told.about.get("without_document"):
        return _("an assignment")
    return _("an assignment by %(name)s", name=told.name)


def _plain(sentence: Callable[[], str]) -> Phrase:
    """A sentence with nothing in it but who acted, and the assignment."""
    return lambda told: sentence() % {"who": told.text("who"), "name": _name(told)}


def _given(told: Told) -> str:
    name, day, absent = _name(told), told.day, told.text("absent")
    if absent and day:
        return _("You have it in the stead of %(who)s, due %(day)s: %(name)s", who=absent, day=day, name=name)
    if absent:
        return _("You have it in the stead of %(who)s: %(name)s", who=absent, name=name)
    if told.about.get("helps"):
        if day:
            return _("You are a co-executor, ready by %(day)s: %(name)s", day=day, name=name)
        return _("You are a co-executor: %(name)s", name=name)
    if day:
        return _("You are given an assignment, due %(day)s: %(name)s", day=day, name=name)
    return _("You are given an assignment: %(name)s", name=name)


def _controlled(told: Told) -> str:
    if told.day:
        return _("You control the execution, due %(day)s: %(name)s", day=told.day, name=_name(told))
    return _("You control the execution: %(name)s", name=_name(told))


def _drafted(told: Told) -> str:
    return _in_the_stead(
        told,
        lambda: _("Confirm a resolution: %(name)s"),
        lambda: _("Confirm a resolution in the stead of %(absent)s: %(name)s"),
    )


def _asked(told: Told) -> str:
    return _in_the_stead(
        told,
        lambda: _("%(who)s asks you to clear up an assignment: %(name)s"),
        lambda: _("%(who)s asks %(absent)s, for whom you stand in, to clear up an assignment: %(name)s"),
    )


def _reported(told: Told) -> str:
    return _in_the_stead(
        told,
        lambda: _("%(who)s reports that it is done: %(name)s"),
        lambda: _("%(who)s reports to %(absent)s, for whom you stand in, that it is done: %(name)s"),
    )


def _extension_asked(told: Told) -> str:
    return _in_the_stead(
        told,
        lambda: _("%(who)s asks for the deadline %(day)s: %(name)s"),
        lambda: _("%(who)s asks %(absent)s, for whom you stand in, for the deadline %(day)s: %(name)s"),
    )


def _in_the_stead(told: Told, own: Callable[[], str], others: Callable[[], str]) -> str:
    sentence = others() if told.text("absent") else own()
    values = {"who": told.text("who"), "absent": told.text("absent"), "name": _name(told), "day": told.day}
    return sentence % values


def _moved(told: Told) -> str:
    if told.day:
        return _("The deadline is %(day)s now: %(name)s", day=told.day, name=_name(told))
    return _("There is no deadline any more: %(name)s", name=_name(told))


def _soon(told: Told) -> str:
    return _("The deadline is %(day)s: %(name)s", day=told.day, name=_name(told))


def _late(told: Told) -> str:
    return ngettext(
        "The deadline is over by %(num)s working day: %(name)s",
        "The deadline is over by %(num)s working days: %(name)s",
        told.number("days"),
        name=_name(told),
    )


def _late_of(told: Told) -> str:
    return ngettext(
        "%(who)s is late with an assignment by %(num)s working day: %(name)s",
        "%(who)s is late with an assignment by %(num)s working days: %(name)s",
        told.number("days"),
        who=told.text("who"),
        name=_name(told),
    )


def _escalated(told: Told) -> str:
    return ngettext(
        "In your unit: %(who)s is late by %(num)s working day: %(name)s",
        "In your unit: %(who)s is late by %(num)s working days: %(name)s",
        told.number("days"),
        who=told.text("who"),
        name=_name(told),
    )


def _series_ended(told: Told) -> str:
    return _("The last assignment of a series was given; no more will follow: %(name)s", name=_name(told))


def _open() -> str:
    return _("Open the assignment")


def _judge() -> str:
    return _("Look at the report")


def _answer() -> str:
    return pgettext("assignment", "Answer")


#: As :data:`roadmapdocs.notices.words._PHRASES` has them.
PHRASES: Final[Mapping[str, tuple[Phrase, Callable[[], str]]]] = {
    "assignment_given": (_given, _open),
    "assignment_controlled": (_controlled, _open),
    "assignment_drafted": (_drafted, _answer),
    "assignment_asked": (_asked, _answer),
    "assignment_explained": (_plain(lambda: _("%(who)s has cleared it up: %(name)s")), _open),
    "assignment_reported": (_reported, _judge),
    "assignment_accepted": (_plain(lambda: _("The report is accepted: %(name)s")), _open),
    "assignment_returned": (_plain(lambda: _("Returned for more work: %(name)s")), _open),
    "assignment_removed": (_plain(lambda: _("Removed from control: %(name)s")), _open),
    "assignment_reopened": (_plain(lambda: _("In work again: %(name)s")), _open),
    "assignment_cancelled": (_plain(lambda: _("Cancelled: %(name)s")), _open),
    "assignment_extension_asked": (_extension_asked, _answer),
    "assignment_extension_refused": (_plain(lambda: _("Another deadline is refused: %(name)s")), _open),
    "assignment_due_moved": (_moved, _open),
    "assignment_reassigned": (_plain(lambda: _("The people of an assignment are changed: %(name)s")), _open),
    "assignment_taken_off": (_plain(lambda: _("You do not have this assignment any more: %(name)s")), _open),
    "assignment_corrected": (_plain(lambda: _("The assignment reads differently now: %(name)s")), _open),
    "assignment_soon": (_soon, _open),
    "assignment_late": (_late, _open),
    "assignment_late_of": (_late_of, _open),
    "assignment_escalated": (_escalated, _open),
    "assignment_series_ended": (_series_ended, _open),
}
