"""What an entry of the journal is and how entries hang together.

The four fields follow Росархив order № 69 of 2020 (events of a document system): description, effect on the
system, initiator, date and time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

#: What the first entry of a journal refers to.
FIRST_HASH = "0" * 64
#: Entries that say that somebody asked, and not that anything changed.
ASKED = frozenset({"api_called"})


class Initiator(Protocol):
    """A person or a rule that acts: the journal keeps the name as it was on that day.

    ``token_id`` is the personal token by which a program acts for that person; None where the person acts.
    """

    @property
    def name(self) -> str: ...

    @property
    def user_id(self) -> int | None: ...

    @property
    def token_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """``effect`` is plain JSON data; ``at`` is UTC; ``subject`` is "document:17"."""

    number: int
    what: str
    subject: str
    effect: Mapping[str, object]
    who: str
    user_id: int | None
    at: dt.datetime


def entry_hash(previous: str, entry: Entry) -> str:
    """SHA-256 over the hash before and every field of the entry, in hexadecimal digits."""
    fields = [
        previous,
        entry.number,
        entry.what,
        entry.subject,
        entry.effect,
        entry.who,
        entry.user_id,
        entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
    ]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
