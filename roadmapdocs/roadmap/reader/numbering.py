"""Do the printed numbers of the items run on?"""

from __future__ import annotations

from collections.abc import Sequence

from roadmapdocs.roadmap.reader.defects import Defects
from roadmapdocs.roadmap.reader.entries import Entry


def check_numbering(entries: Sequence[Entry], defects: Defects) -> None:
    if entries and not any(entry.printed_number for entry in entries):
        defects.add("missing_numbers", entries[0].line)
        return
    seen: set[tuple[str | None, str]] = set()
    before: Entry | None = None
    for entry in entries:
        if not entry.printed_number:
            defects.add("missing_number", entry.line)
            continue
        if entry.number is None:
            before = None
            continue
        if entry.number.stray:
            defects.add(
                "number_with_stray_dot", entry.line, entry.name, printed=entry.printed_number, number=entry.number.value
            )
        key = (entry.section, entry.number.value)
        if key in seen:
            defects.add("duplicate_number", entry.line, entry.name, number=entry.number.value)
        seen.add(key)
        _compare(before, entry, defects)
        before = entry


def _compare(before: Entry | None, entry: Entry, defects: Defects) -> None:
    number = entry.number
    if number is None:
        return
    first = before.number if before else None
    related = first is not None and first.parts[:-1] == number.parts[:-1]
    if not related or first is None or before is None:
        if number.parts[-1] > 1 and len(number.parts) > 1:
            heading = ".".join(map(str, number.parts[:-1]))
            defects.add("numbering_gap", entry.line, entry.name, before=heading, number=number.value)
        return
    step = number.parts[-1] - first.parts[-1]
    restarts = before.section != entry.section and number.parts[-1] == 1
    if step > 1:
        defects.add("numbering_gap", entry.line, entry.name, before=first.value, number=number.value)
    elif step < 0 and not restarts:
        defects.add("numbering_order", entry.line, entry.name, before=first.value, number=number.value)
