"""Which segments are put together when something is written.

Each write makes a segment. To read many costs time at each question, and to merge large ones costs seconds at a
write: so only small ones are merged, with the smallest first, and never more than a write has time for.
"""

from __future__ import annotations

from typing import Any, Final

from whoosh.reading import SegmentReader

#: So many small segments may lie side by side.
SMALL_SEGMENTS: Final = 10
#: Records that a small segment has at the most, and that are merged at the most by one write.
SMALL: Final = 40
MERGED: Final = 80


def to_merge(sizes: list[int]) -> list[int]:
    """Which of the segments of these sizes (in records) to merge: their places in the list, the smallest first.

    Nothing is merged until there are too many small ones; then all that the limit leaves room for.
    """
    small = sorted((size, place) for place, size in enumerate(sizes) if 0 < size <= SMALL)
    if len(small) <= SMALL_SEGMENTS:
        return []
    chosen, total = list[int](), 0
    for size, place in small:
        if total + size > MERGED:
            break
        chosen.append(place)
        total += size
    return chosen if len(chosen) > 1 else []


def merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's policy of merging: merge into the writer, give the segments that stay as they are."""
    sizes = [segment.doc_count() for segment in segments]
    chosen = to_merge(sizes)
    for place in chosen:
        reader = SegmentReader(writer.storage, writer.schema, segments[place])
        writer.add_reader(reader)
        reader.close()
    return [segment for place, segment in enumerate(segments) if sizes[place] and place not in chosen]
