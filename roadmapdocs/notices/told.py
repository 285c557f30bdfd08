"""What the sentences of notices are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """The plain values of a notice, its term, and the document's name.

    ``open``: what was written beside the document may be said to this reader, in this place.
    """

    about: Mapping[str, Any]
    due: dt.date | None
    name: str
    open: bool = True

    def text(self, key: str) -> str:
        return str(self.about.get(key) or "")

    def number(self, key: str) -> int:
        return int(self.about.get(key) or 0)

    @property
    def day(self) -> str:
        return self.due.strftime("%d.%m.%Y") if self.due else ""


Phrase = Callable[[Told], str]
