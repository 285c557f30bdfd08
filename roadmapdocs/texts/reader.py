"""The reader of an installation, by its settings and by what is installed."""

from __future__ import annotations

import dataclasses
import shutil

from roadmapdocs.files.limits import MIB
from roadmapdocs.files.programs import Bounds
from roadmapdocs.files.reading.legacy import find_converter
from roadmapdocs.settings import Settings
from roadmapdocs.texts.converting import Converting
from roadmapdocs.texts.kept import BOUNDS, KeptReader
from roadmapdocs.texts.reading.scans import find_recogniser


def reader_of(settings: Settings) -> KeptReader:
    """Nothing is started yet."""
    office = shutil.which(settings.office_program) if settings.office_program else find_converter()
    bounds = Bounds(seconds=float(settings.preview_seconds), memory=settings.preview_memory * MIB)
    mine = dataclasses.replace(BOUNDS, seconds=float(settings.text_seconds))
    return KeptReader(mine, recogniser=find_recogniser, converting=Converting(office or "", bounds))
