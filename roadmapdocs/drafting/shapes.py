"""Shapes of documents: which values one has, which page it becomes, which template prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from roadmapdocs.drafting import values as v
from roadmapdocs.drafting import vocabulary as p


@dataclass(frozen=True, slots=True)
class Shape:
    """``template`` is a path below ``templates/documents``; a kind names the one it wants (``Kind.template``).

    A shape without ``values`` is printed by the pages of the registry from its own data (a journal, a report).
    """

    template: str
    page: type[p.Page]
    values: type[v.Values] | None = None


SHAPES: Final[dict[str, Shape]] = {
    shape.template: shape
    for shape in (
        Shape("order.docx", p.OrderPage, v.OrderValues),
        Shape("directive.docx", p.OrderPage, v.OrderValues),
        Shape("regulation.docx", p.RegulationPage, v.RegulationValues),
        Shape("plan.docx", p.RegulationPage, v.PlanValues),
        Shape("list.docx", p.RegulationPage, v.PlanValues),
        Shape("protocol.docx", p.ProtocolPage, v.ProtocolValues),
        Shape("protocol_brief.docx", p.ProtocolPage, v.ProtocolValues),
        Shape("extract.docx", p.ExtractPage, v.ExtractValues),
        Shape("note.docx", p.NotePage, v.NoteValues),
        Shape("acquaintance.docx", p.AcquaintancePage, v.AcquaintanceValues),
        Shape("approval_sheet.docx", p.TablePage),
        Shape("journal.docx", p.TablePage),
        Shape("roadmap_report.docx", p.TablePage),
    )
}
