"""How large things may be."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes. A part of an archive may unpack ``max_ratio`` times, once over ``ratio_from_bytes``.

    A long table of similar rows honestly packs eighty times smaller; a bomb packs a thousand times.
    """

    max_bytes: int = 50 * MIB
    max_entries: int = 5_000
    max_entry_bytes: int = 64 * MIB
    max_unpacked_bytes: int = 256 * MIB
    max_ratio: int = 200
    ratio_from_bytes: int = 4 * MIB
    max_pages: int = 300
    max_cells: int = 300_000
    convert_seconds: float = 120.0


DEFAULT_LIMITS = Limits()
#: Files whose text a page may wait for: a full part of 2 MB, or as many cells, takes a second or two to read.
#: A hundred pages of text fit in.
GLANCE_LIMITS = Limits(max_bytes=8 * MIB, max_entry_bytes=2 * MIB, max_unpacked_bytes=8 * MIB, max_cells=20_000)
