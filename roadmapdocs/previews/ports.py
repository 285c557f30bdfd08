"""The ports behind which PDF is made and pages are drawn, and the ways in which that fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from roadmapdocs.previews.rules import Reason


class Failure(Exception):
    """No PDF came of it. The text is what the program said, in its own words."""

    reason: ClassVar[Reason]


class Missing(Failure):
    """The program is not installed."""

    reason = Reason.MISSING


class TooLong(Failure):
    """It took longer than it may."""

    reason = Reason.TOO_LONG


class TooLarge(Failure):
    """What came of it is larger than is kept."""

    reason = Reason.TOO_LARGE


class Broken(Failure):
    """The program could not read the file, or could write no PDF of it."""

    reason = Reason.BROKEN


class Crashed(Failure):
    """The program ended before its time: by a mistake of its own, for want of memory, or killed."""

    reason = Reason.CRASHED


class Converter(Protocol):
    """Files in, PDF out. One that fails serves the next file all the same."""

    def convert(self, data: bytes, name: str, *, archival: bool) -> bytes:
        """The PDF of an office file; ``archival``: as PDF/A-2b (ISO 19005-2).

        :param name: the file's name, which only tells the program the format by its ending
        :raise Failure: one of the ways above
        """
        ...

    def close(self) -> None:
        """End whatever runs, from any thread; a conversion under way fails. It may be used again."""
        ...


class Absent:
    """Where there is no office program."""

    def convert(self, data: bytes, name: str, *, archival: bool) -> bytes:  # noqa: ARG002  # as the port says
        raise Missing("no office program")

    def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn page as WebP; ``width`` and ``height`` are in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """``pages`` is how many the PDF has; ``pictures`` are of its first ones."""

    pages: int
    pictures: tuple[Picture, ...]


class Drawer(Protocol):
    def draw(self, pdf: bytes) -> Drawn:
        """
        :raise Failure: one of the ways above, but :class:`Missing`
        """
        ...
