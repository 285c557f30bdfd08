"""Numbers of an old journal that the registry has already, looked up for a whole file at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import peewee as pw

from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.models import Entry, Journal
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.registration.rules import EntryState

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Same:
    """What has a number already. ``title`` and ``day`` are those of its document, if one stands behind it."""

    number: str
    day: dt.date | None
    title: str = ""
    document: int | None = None

    def is_that(self, day: dt.date | None, title: str) -> bool:
        """Whether this is the very document of the row."""
        return self.document is not None and self.day == day and _folded(self.title) == _folded(title)

    @property
    def sentence(self) -> str:
        if self.day is None:
            return _("No. %(number)s stands in the journal without a document.", number=self.number)
        return _("No. %(number)s is in the registry, of %(date)s.", number=self.number, date=f"{self.day:%d.%m.%Y}")


Place = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Known:
    """By place in the journal; by period and number; and outside of journals by year and number."""

    places: Mapping[Place, Same]
    numbers: Mapping[tuple[str, str], Same]
    outside: Mapping[tuple[int, str], Same]

    def find(self, place: Place, number: str, day: dt.date) -> Same | None:
        key = normalise_number(number)
        return self.places.get(place) or self.numbers.get((place[0], key)) or self.outside.get((day.year, key))


def known_numbers(journal: Journal, kind: Kind, wanted: Collection[tuple[Place, str]]) -> Known:
    """What the journal has in the periods of ``wanted``, and documents of the kind's name outside of journals.

    :param wanted: places in the journal, and numbers as they are compared
    """
    places: dict[Place, Same] = {}
    numbers: dict[tuple[str, str], Same] = {}
    for period in sorted({place[0] for place, _key in wanted}):
        for entry in _entries(journal, period):
            document = getattr(entry, "document", None)
            title, id_ = (document.title, document.id) if document is not None else ("", None)
            same = Same(entry.number, entry.registered_on, title, id_)
            places[(period, entry.n, entry.suffix)] = numbers[(period, entry.key)] = same
    return Known(places, numbers, _outside(kind, sorted({key for _place, key in wanted})))


def _entries(journal: Journal, period: str) -> pw.ModelSelect:
    """Numbers that cannot be given, each with its document; a running number given back can be given anew."""
    taken = (Entry.state != EntryState.FREE) | (Entry.suffix != "")
    return (
        Entry.select(Entry, Document.id, Document.title)
        .join(Document, pw.JOIN.LEFT_OUTER, on=(Document.entry == Entry.id), attr="document")
        .where((Entry.journal == journal) & (Entry.period == period) & taken)
    )


def _outside(kind: Kind, keys: Sequence[str]) -> dict[tuple[int, str], Same]:
    found: dict[tuple[int, str], Same] = {}
    for start in range(0, len(keys), _AT_ONCE):
        rows = (
            Document.select(Document.id, Document.number, Document.number_key, Document.date, Document.title)
            .join(Kind)
            .where(
                Document.number_key.in_(keys[start : start + _AT_ONCE])
                & Document.entry.is_null()
                & Document.date.is_null(False)
                & (Kind.expected == kind.expected)
            )
        )
        for row in rows:
            found[(row.date.year, row.number_key)] = Same(row.number, row.date, row.title, row.id)
    return found


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()
