"""The port behind which files are read, and how that fails."""

from __future__ import annotations

from typing import Protocol

from roadmapdocs.texts.reading.plain import Found
from roadmapdocs.texts.rules import Problem


class Failure(Exception):
    """Nothing was read. The text is what the reader said, in its own words."""

    def __init__(self, problem: Problem, told: str) -> None:
        super().__init__(told)
        self.problem = problem


class Reader(Protocol):
    """Files in, text out, one at a time. One that fails serves the next file all the same."""

    @property
    def recognises(self) -> bool:
        """Whether it can read pictures of pages."""
        ...

    @property
    def converts(self) -> bool:
        """Whether it can read the old formats that need an office program."""
        ...

    def read(self, data: bytes, kind: str, *, recognise: bool = False) -> Found:
        """
        :param kind: as :class:`roadmapdocs.files.kinds.Kind`
        :param recognise: read pictures of pages, too, which takes seconds a page
        :raise Failure: if there is no text of it
        """
        ...

    def close(self) -> None:
        """End whatever runs, from any thread; a reading under way fails. It may be used again."""
        ...
