"""How an entry lies in Whoosh: our own terms in their places, tags, and one record of what is sorted by.

Whoosh analyses nothing here: the fields take positions and tags as they are.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence, Format

from roadmapdocs.search.ports import Entry, Position, Zone

KEY: Final = "key"
TAGS: Final = "tags"
RECORD: Final = "record"
#: Fields of the zones; no other field begins so.
ZONES: Final = {zone: f"in_{zone}" for zone in Zone}

#: Type of array that the places of a term in one text are packed as.
PLACES: Final = "I"


def as_bytes(term: str) -> bytes:
    """What no encoding knows has bytes of its own, too, which stand for no other text."""
    return term.encode("utf-8", "surrogatepass")


class PlacesFormat(Format):
    """A posting holds the places of its term, counted from 0 and packed; their number is the frequency."""

    posting_size = -1


class TermsField(FieldType):
    """Takes the positions of a zone."""

    def __init__(self) -> None:
        super().__init__(format=PlacesFormat(), analyzer=None)

    def index(self, value: Sequence[Position], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        places: dict[str, array[int]] = {}
        for place, terms in enumerate(value):
            for term in set(terms):
                if (here := places.get(term)) is None:
                    here = places[term] = array(PLACES)
                here.append(place)
        for term, here in places.items():
            yield as_bytes(term), len(here), 1.0, here.tobytes()


class MarksField(FieldType):
    """Takes exact marks, of which only the presence is told."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)

    def index(self, value: Collection[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for mark in value:
            yield as_bytes(mark), 1, 1.0, b""


RECORD_COLUMN: Final = VarBytesColumn()
FORMATS: Final = {field: PlacesFormat() for field in ZONES.values()} | {TAGS: Existence(), KEY: Existence()}


def schema() -> Schema:
    zones = {field: TermsField() for field in ZONES.values()}
    return Schema(key=MarksField(), tags=MarksField(), record=COLUMN(RECORD_COLUMN), **zones)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of an entry without its texts. ``lengths`` are positions in the zones, in their order."""

    id: int
    key: str
    day: int
    number: str
    digest: str
    lengths: tuple[int, ...]


def document(entry: Entry) -> dict[str, Any]:
    lengths = [len(entry.zones.get(zone, ())) for zone in Zone]
    record = [entry.id, entry.key, entry.day, entry.number, entry.digest, lengths]
    zones = {ZONES[Zone(zone)]: positions for zone, positions in entry.zones.items() if positions}
    return {
        KEY: (entry.key,),
        TAGS: entry.tags,
        RECORD: json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        **zones,
    }


def record(stored: bytes) -> Record:
    number, key, day, sort, digest, lengths = json.loads(stored.decode("utf-8", "surrogatepass"))
    return Record(number, key, day, sort, digest, tuple(lengths))
