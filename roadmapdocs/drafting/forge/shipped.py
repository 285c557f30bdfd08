"""Which template is made by what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from roadmapdocs.drafting.forge.notes import note
from roadmapdocs.drafting.forge.orders import directive, order
from roadmapdocs.drafting.forge.plans import listing, plan
from roadmapdocs.drafting.forge.protocols import extract, protocol, protocol_brief
from roadmapdocs.drafting.forge.regulations import regulation
from roadmapdocs.drafting.forge.sheets import acquaintance, approval_sheet, journal, roadmap_report

MAKERS: Final[dict[str, Callable[[], bytes]]] = {
    "order.docx": order,
    "directive.docx": directive,
    "regulation.docx": regulation,
    "plan.docx": plan,
    "list.docx": listing,
    "protocol.docx": protocol,
    "protocol_brief.docx": protocol_brief,
    "extract.docx": extract,
    "note.docx": note,
    "acquaintance.docx": acquaintance,
    "approval_sheet.docx": approval_sheet,
    "journal.docx": journal,
    "roadmap_report.docx": roadmap_report,
}


def write(folder: Path) -> None:
    """Each template as a file in ``folder``; one that is right already is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in MAKERS.items():
        data = make()
        file = folder / name
        if not file.is_file() or file.read_bytes() != data:
            file.write_bytes(data)
