"""The converter of an installation: kept running where that can be, cold where it cannot, refusing without a program."""

from __future__ import annotations

import logging

from roadmapdocs.files.limits import MIB
from roadmapdocs.files.programs import Bounds
from roadmapdocs.previews.cold import ColdOffice
from roadmapdocs.previews.kept import KeptOffice, Unstarted
from roadmapdocs.previews.office import SHEETS, find_office, suffix
from roadmapdocs.previews.ports import Absent, Converter, Crashed
from roadmapdocs.settings import Settings

log = logging.getLogger(__name__)


class SteadyOffice:
    """Goes on with cold starts while the kept program does not start.

    Spreadsheets always start it anew: builds without a screen, as servers have them, do not load them as a library.
    """

    def __init__(self, kept: Converter, cold: Converter) -> None:
        self._kept, self._cold = kept, cold
        self._cold_only = self._ended = False

    def convert(self, data: bytes, name: str, *, archival: bool) -> bytes:
        if not self._cold_only and suffix(name) not in SHEETS:
            try:
                return self._kept.convert(data, name, archival=archival)
            except Unstarted as problem:
                log.warning("LibreOffice cannot be kept running, each file starts it anew: %s", problem)
                self._cold_only = True
        if self._ended:
            raise Crashed("the service ends")
        return self._cold.convert(data, name, archival=archival)

    def close(self) -> None:
        """Nothing runs from now on; whoever comes later starts it, and tries to keep it once more."""
        self._kept.close()
        self._cold.close()
        self._cold_only = False

    def end(self) -> None:
        """Nothing runs and nothing more is started in the middle of a conversion."""
        self._ended = True
        self.close()


def bounds_of(settings: Settings) -> Bounds:
    return Bounds(seconds=float(settings.preview_seconds), memory=settings.preview_memory * MIB)


def converter_of(settings: Settings) -> SteadyOffice | Absent:
    """What turns office files into PDF here, by the settings and by what is installed."""
    office = find_office(settings.office_program)
    if office is None:
        return Absent()
    bounds = bounds_of(settings)
    return SteadyOffice(KeptOffice(office, bounds), ColdOffice(office, bounds))
