"""What a record says, piece by piece, before it is analysed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from roadmapdocs.search.ports import Zone

#: Characters of one file, and of one record, that are found; what comes after them is not, and the record says so.
LONGEST_PASSAGE: Final = 500_000
LONGEST_RECORD: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Passage:
    """``source`` says where it stands: title, number, summary, text, file, attachment, field, item, comment, …;
    ``name`` is that of the file, the person or the field. ``cut``: there is more of it than is found."""

    source: str
    text: str
    name: str = ""
    zone: Zone = Zone.TEXT
    cut: bool = False

    def as_json(self) -> dict[str, object]:
        plain: dict[str, object] = {"source": self.source, "name": self.name, "text": self.text}
        return {**plain, "cut": True} if self.cut else plain


@dataclass(frozen=True, slots=True)
class Source:
    """A record as the tables of the registry have it now.

    ``day`` and ``number`` are those of :class:`roadmapdocs.search.ports.Entry`. ``tags`` are complete but for those
    that analysis makes: of the number as it is ``written``, and of people (``named``: a facet → their name).
    """

    key: str
    day: int
    number: str
    passages: tuple[Passage, ...]
    tags: frozenset[str]
    written: str = ""
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """In characters of text."""
        return sum(len(passage.text) for passage in self.passages)

    @property
    def title(self) -> str:
        return next((passage.text for passage in self.passages if passage.source == "title"), self.key)

    def digest(self) -> str:
        """SHA-256 of all that an entry is made from: the same source is the same entry, by one analysis."""
        said = [[*one.as_json().values(), one.zone] for one in self.passages]
        whole = [self.key, self.day, self.number, said, sorted(self.tags), self.written, sorted(self.named.items())]
        plain = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def fitted(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Those that say something, each and all together no longer than is found."""
    kept: list[Passage] = []
    left = LONGEST_RECORD
    for passage in passages:
        most = min(LONGEST_PASSAGE, left)
        if not passage.text.strip() or not most:
            continue
        whole = len(passage.text) <= most
        kept.append(passage if whole else dataclasses.replace(passage, text=passage.text[:most], cut=True))
        left -= len(kept[-1].text)
    return tuple(kept)
