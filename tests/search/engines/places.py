"""Where an engine of the suite keeps its indexes. A place can be handed to another process and opened there."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from roadmapdocs.search.engines.whoosh import WhooshEngine
from roadmapdocs.search.ports import Engine


class Place(Protocol):
    """It is pickled on its way to another process; two places of one address lead to the same indexes."""

    def connected(self) -> AbstractContextManager[object]:
        """Each thread and process holds this while it uses engines of the place."""

    def open(self, generation: str) -> Engine:
        """An engine over the index of this generation, whether there is one or not."""

    def settle(self) -> None:
        """Wait until what a killed process has asked is done or given up: with no server, it died with the process."""


@dataclass(frozen=True)
class WhooshPlace(Place):
    folder: Path

    def connected(self) -> AbstractContextManager[object]:
        return nullcontext()

    def open(self, generation: str) -> WhooshEngine:
        return WhooshEngine(self.folder, generation)
