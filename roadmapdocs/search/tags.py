"""Exact marks of records, and the same marks as questions: kinds, days, spans of force, who may read.

A tag is ``facet:value``, lower case where case says nothing. Days are told by tags too, so that every engine answers
ranges and "in force on a day" by what it does best, looking terms up:

* a day has a tag for itself, its month and its year; a range is the union of whole years, months and days;
* a span of force is cut into blocks of powers of two, of which a day lies in one of each size.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

from roadmapdocs.access.rules import HOLDERS, Action, Tie, may
from roadmapdocs.people.rules import Actor

#: Facets that readers see counted.
KIND, YEAR, UNIT, SIGNER, STATE, FORCE, SECTION = FACETS = ("kind", "year", "unit", "signer", "state", "force", "section")

#: Spans of force are told from this day on, for 2**16 days (until 2079); earlier and later days count as the edges.
_FIRST: Final = dt.date(1900, 1, 1).toordinal()
_LEVELS: Final = 16
_DAYS: Final = 1 << _LEVELS


def tag(facet: str, value: object) -> str:
    return f"{facet}:{value}"


def value_of(tag: str) -> str:
    """What stands after the facet's name."""
    return tag.partition(":")[2]


def day_tags(day: dt.date) -> frozenset[str]:
    """The tags of a record that is dated so."""
    return frozenset({f"day:{day.isoformat()}", f"month:{day:%Y-%m}", f"year:{day.year}"})


def range_tags(since: dt.date | None, until: dt.date | None) -> frozenset[str]:
    """Any of these is on a record dated from ``since`` to ``until``, both included; an open end is 1900 or 2199."""
    first, last = since or dt.date(1900, 1, 1), until or dt.date(2199, 12, 31)
    return frozenset(_range(first, last))


def _range(first: dt.date, last: dt.date) -> Iterator[str]:
    day = first
    while day <= last:
        year_end, month_end = dt.date(day.year, 12, 31), day.replace(day=calendar.monthrange(day.year, day.month)[1])
        if (day.month, day.day) == (1, 1) and year_end <= last:
            yield f"year:{day.year}"
            day = year_end
        elif day.day == 1 and month_end <= last:
            yield f"month:{day:%Y-%m}"
            day = month_end
        else:
            yield f"day:{day.isoformat()}"
        if day == dt.date.max:
            return
        day += dt.timedelta(days=1)


def span_tags(since: dt.date, until: dt.date | None) -> frozenset[str]:
    """The tags of a record that has force from ``since`` until the day before ``until`` (None: for good)."""
    first = _place(since)
    after = _DAYS if until is None else min(max(until.toordinal() - _FIRST, 0), _DAYS)
    found = set()
    while first < after:
        level = min((first & -first).bit_length() - 1 if first else _LEVELS, (after - first).bit_length() - 1)
        found.add(f"force.on:{level}.{first >> level}")
        first += 1 << level
    return frozenset(found)


def force_tags_on(day: dt.date) -> frozenset[str]:
    """Any of these is on a record that has force on the day."""
    place = _place(day)
    return frozenset(f"force.on:{level}.{place >> level}" for level in range(_LEVELS + 1))


def _place(day: dt.date) -> int:
    return min(max(day.toordinal() - _FIRST, 0), _DAYS - 1)


def readers_tags(
    readers: int,
    *,
    drafter: int | None = None,
    signer: int | None = None,
    unit: int | None = None,
    handed: Collection[int] = (),
    kind: str = "",
    organisation: int | None = None,
) -> frozenset[str]:
    """Who may read a record, as tags. ``readers`` is the mask of :func:`roadmapdocs.access.rules.mask`.

    Roles stand there twice: for those who have them everywhere, and for those who have them in the ``organisation``.

    With :func:`readable_by` it says the same as :func:`roadmapdocs.documents.visibility.visible_to`.
    """
    holders = [holder for place, holder in enumerate(HOLDERS) if readers >> place & 1]
    roles = [holder for holder in holders if holder not in set(Tie)]
    found = {f"may:{role}" for role in roles} | {_role_in(role, organisation) for role in roles}
    if Tie.DRAFTER in holders and drafter is not None:
        found.add(f"may:drafter.{drafter}")
    if Tie.SIGNER in holders and signer is not None:
        found.add(f"may:signer.{signer}")
    if Tie.UNIT in holders and unit is not None:
        found.add(f"may:unit.{unit}")
    if Tie.INVITED in holders:
        found |= {f"may:handed.{one}" for one in handed} | {f"may:handed.{one}.{kind}" for one in handed}
    return frozenset(found)


def _role_in(role: str, organisation: int | None) -> str:
    """A role in one organisation; None is what belongs to all of them."""
    return f"may:{role}.in.{organisation or 0}"


#: On what whoever watches over execution may read, whatever it came from.
CONTROL: Final = "may:control"


def controlled(readers: Collection[str]) -> frozenset[str]:
    """The tags of what whoever watches over execution may read, if one of these opens its document to that person."""
    return frozenset(f"{CONTROL}.{value_of(one)}" for one in readers)


def readable_by(actor: Actor) -> frozenset[str]:
    """The tags of which a record has one, if this actor may read it; never empty, though it may open nothing."""
    if actor.organisations:
        found = {_role_in(role, one) for role in actor.roles for one in (None, *actor.organisations)}
    else:
        found = {f"may:{role}" for role in actor.roles}
    found = found or {"may:nobody"}
    if actor.employee_id is not None:
        found.add(f"may:drafter.{actor.employee_id}")
        found |= {f"may:signer.{one}" for one in actor.signs_for}
        found |= {f"may:handed.{one}" for one in actor.reads_all_of}
        found |= {f"may:handed.{one.employee_id}.{kind}" for one in actor.reads_some_of for kind in one.kinds}
    found |= {f"may:unit.{one}" for one in actor.unit_ids}
    if may(actor, Action.SEE_CONTROL):
        found |= {CONTROL, *controlled(found)}
    return frozenset(found)
