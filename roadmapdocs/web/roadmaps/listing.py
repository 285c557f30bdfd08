"""The list of roadmaps with how far each is proved, and the files whose loading is not finished."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import peewee as pw

from roadmapdocs.access.rules import Action, may
from roadmapdocs.coverage.matrix import coverage_of_office
from roadmapdocs.coverage.rules import State
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition, Roadmap, RoadmapImport, current_editions
from roadmapdocs.web.roadmaps.head import years_words

MOST_IMPORTS = 20


@dataclass(frozen=True, slots=True)
class RoadmapRow:
    """Figures count what is due by today; ``total`` is all that is expected."""

    id: int
    title: str
    period: str
    coordinator: str
    edition: int
    proved: int
    due: int
    late: int
    in_work: int
    total: int
    next_due: dt.date | None
    demo: bool


def list_context(*, actor: Actor, today: dt.date, zone: dt.tzinfo) -> dict[str, object]:
    may_import = may(actor, Action.IMPORT_ROADMAP)
    return {
        "may_import": may_import,
        "chips": [],
        "rows": _rows(today),
        "drafts": unfinished_imports(zone) if may_import else [],
    }


def unfinished_imports(zone: dt.tzinfo) -> list[dict[str, object]]:
    """Files that were read and wait for somebody to confirm them, newest first."""
    rows = (
        RoadmapImport.select()
        .where(RoadmapImport.state == "review")
        .order_by(RoadmapImport.id.desc())
        .limit(MOST_IMPORTS)
    )
    return [
        {
            "import_id": row.id,
            "file_name": row.file_name,
            "when": row.started_at.astimezone(zone).strftime("%d.%m.%Y %H:%M"),
            "by": row.started_by,
            "defects": row.remarks,
        }
        for row in rows
    ]


def _rows(today: dt.date) -> list[RoadmapRow]:
    coverages = coverage_of_office(today=today)
    editions = (
        Edition.select(Edition.id, Edition.number, Roadmap, Employee)
        .join(Roadmap)
        .join(Employee, pw.JOIN.LEFT_OUTER, on=(Roadmap.coordinator == Employee.id))
        .where(Edition.id.in_(current_editions()))
        .order_by(Roadmap.last_year.desc(), Roadmap.title, Roadmap.id)
    )
    rows = []
    for edition in editions:
        roadmap = edition.roadmap
        whole = coverages[edition.id].totals.whole
        rows.append(
            RoadmapRow(
                id=roadmap.id,
                title=roadmap.title,
                period=years_words(roadmap),
                coordinator=str(roadmap.coordinator) if roadmap.coordinator_id else "",
                edition=edition.number,
                proved=whole.proved,
                due=whole.due,
                late=whole.late,
                in_work=whole.counts[State.IN_WORK],
                total=whole.all,
                next_due=whole.next_due,
                demo=False,
            )
        )
    return rows
