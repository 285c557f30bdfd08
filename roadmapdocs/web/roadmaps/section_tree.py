"""Sections of a roadmap as a tree: what lies below each, and the figures of a whole branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdocs.coverage.matrix import RoadmapCoverage, SectionRow
from roadmapdocs.coverage.rules import State
from roadmapdocs.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Branch:
    """A section with everything below it, counted by what is due by today."""

    number: str
    title: str
    proved: int
    late: int
    in_work: int
    due: int


def below(sections: Sequence[SectionRow]) -> dict[int, set[int]]:
    """Id of a section → ids of itself and of all sections below it. A parent stands before its children."""
    found = {row.id: {row.id} for row in sections}
    for row in reversed(sections):
        if row.parent in found and row.parent is not None:
            found[row.parent] |= found[row.id]
    return found


def branch(coverage: RoadmapCoverage, section: SectionRow | None, ids: set[int] | set[None]) -> Branch:
    """Figures of the sections ``ids`` under the name of ``section``; None for what stands outside all sections."""
    scores = [score for id_ in ids if (score := coverage.totals.sections.get(id_)) is not None]
    outside = _("Outside the sections") if coverage.sections else _("All items")
    return Branch(
        number=section.number if section else "",
        title=section.title if section else outside,
        proved=sum(score.proved for score in scores),
        late=sum(score.late for score in scores),
        in_work=sum(score.counts[State.IN_WORK] for score in scores),
        due=sum(score.due for score in scores),
    )
