"""Date and number: there, the same on the card and in the file, in the order of the journal (§21, 8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from roadmapdocs.drafting.checks import places
from roadmapdocs.drafting.checks.facts import Facts
from roadmapdocs.drafting.checks.rules import Fix, Severity, Trouble
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.letters import fold_code


def date_missing(facts: Facts) -> Iterator[Trouble]:
    if facts.card.signed and facts.kind.own_number and facts.card.date is None:
        yield Trouble(places.card(), _("The document is signed and has no date."))


def date_differs(facts: Facts) -> Iterator[Trouble]:
    head = facts.text.head if facts.text is not None else None
    if head is None or head.date is None or facts.card.date is None or head.date == facts.card.date:
        return
    told = _("In the file the date is %(printed)s, on the card %(card)s.", printed=_day(head.date), card=_day(facts.card.date))
    yield Trouble(_("date"), told, fix=_anew(facts))


def number_missing(facts: Facts) -> Iterator[Trouble]:
    if not facts.card.registered or not facts.kind.own_number:
        return
    head = facts.text.head if facts.text is not None else None
    if not facts.card.number:
        yield Trouble(places.card(), _("The document is registered and has no number."))
    elif head is not None and not head.number:
        yield Trouble(_("number"), _("There is no number in the file; the card has %(number)s.", number=facts.card.number), Severity.WARNING)


def number_differs(facts: Facts) -> Iterator[Trouble]:
    head = facts.text.head if facts.text is not None else None
    if head is None or not head.number or not facts.card.number or not facts.kind.own_number:
        return
    told = _("In the file the number is %(printed)s, on the card %(card)s.", printed=head.number, card=facts.card.number)
    if fold_code(head.number) != fold_code(facts.card.number):
        yield Trouble(_("number"), told, fix=_anew(facts))
    elif "".join(head.number.split()) != "".join(facts.card.number.split()):
        yield Trouble(_("number"), told, Severity.WARNING, fix=_anew(facts))


def registered_before_signed(facts: Facts) -> Iterator[Trouble]:
    registered, date = facts.card.registered_on, facts.card.date
    if registered is not None and date is not None and registered < date:
        told = _("Registered on %(registered)s, and dated %(date)s: nothing is registered before it is signed.", registered=_day(registered), date=_day(date))
        yield Trouble(places.card(), told)


def numbers_out_of_order(facts: Facts) -> Iterator[Trouble]:
    on = facts.card.registered_on
    if on is None:
        return
    for neighbour, later in ((facts.card.before, True), (facts.card.after, False)):
        if neighbour is not None and (neighbour[1] > on if later else neighbour[1] < on):
            told = _("No. %(own)s is registered on %(day)s, and its neighbour No. %(other)s on %(other_day)s: numbers and days go apart.", own=facts.card.number, day=_day(on), other=neighbour[0], other_day=_day(neighbour[1]))
            yield Trouble(_("journal"), told)


def date_day_off(facts: Facts) -> Iterator[Trouble]:
    date = facts.card.date
    if date is not None and facts.kind.own_number and not facts.calendar.is_working(date):
        yield Trouble(_("date"), _("The document is dated %(date)s, a day off.", date=_day(date)))


def _anew(facts: Facts) -> Fix | None:
    """A file made of a draft gets date and number from the card."""
    return Fix.FILE if facts.values is not None else None


def _day(date: dt.date) -> str:
    return date.strftime("%d.%m.%Y")
