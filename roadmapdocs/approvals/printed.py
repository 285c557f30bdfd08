"""Visas as drafts print them: those that still hold, in the order of their steps (domain.md §7.3)."""

from __future__ import annotations

from roadmapdocs.approvals.models import Visa
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.sheet import has_visas, sheet_of
from roadmapdocs.documents.models import Document
from roadmapdocs.drafting import values


def printed_visas(document: Document) -> tuple[values.Visa, ...]:
    """Lent to :data:`roadmapdocs.drafting.filling.VISAS`. A visa with remarks says that they are enclosed."""
    if not has_visas(document.id):
        return ()
    runs = sheet_of(document).runs
    lines = [line for run in reversed(runs) for line in run.lines if line.standing is not None and line.standing.holds]
    return tuple(_printed(line.visa) for line in lines)


def _printed(visa: Visa) -> values.Visa:
    return values.Visa(
        post=visa.decided_post or visa.post,
        name=visa.decided_name or visa.name,
        date=visa.decided_at.date() if visa.decided_at else None,
        remark="Замечания прилагаются" if visa.decision == Decision.REMARKS else "",
    )
