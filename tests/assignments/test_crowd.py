"""Two act at once, in real processes on both databases: one is first, the other hears a sentence."""

from __future__ import annotations

from roadmapdocs.assignments.executing import report
from roadmapdocs.assignments.models import AssignmentReport, DueExtension
from roadmapdocs.assignments.words import State
from roadmapdocs.audit.operations import verify
from tests.assignments.office import DEPUTY, Office, fresh
from tests.conftest import NOW, TODAY
from tests.processes import at_once

PREPARATION = "from tests.assignments import crowd_work as work"


def race(address: str, *acts: str) -> list[str]:
    found = at_once(address, [f"result = work.{act}" for act in acts], preparation=PREPARATION)
    assert verify() is None
    return [str(one) for one in found]


def test_of_two_controllers_at_once_one_is_told_of_the_other(office: Office, database: str) -> None:
    office.substitute("Ярцева", "Громова")
    row = office.give(DEPUTY, controller="Ярцева", document=office.order())
    seen = report(row.id, "Сделано", by=office.actor(DEPUTY), now=NOW, today=TODAY).revision

    found = race(database, f"accepts({row.id}, 'Ярцева', {seen})", f"returns({row.id}, 'Громова', {seen})")

    assert sorted(found) == ["done", "stale"]
    assert fresh(row).state == (State.DONE if found[0] == "done" else State.RETURNED)
    assert fresh(row).revision == seen + 1


def test_without_what_they_saw_the_second_hears_that_it_is_over(office: Office, database: str) -> None:
    office.substitute("Ярцева", "Громова")
    row = office.give(DEPUTY, controller="Ярцева")
    report(row.id, "Сделано", by=office.actor(DEPUTY), now=NOW, today=TODAY)

    found = race(database, f"accepts({row.id}, 'Ярцева', None)", f"accepts({row.id}, 'Громова', None)")

    assert sorted(found) == ["done", "moved"]


def test_the_executor_and_who_stands_in_report_once_and_ask_once(office: Office, database: str) -> None:
    office.substitute(DEPUTY, "Нечаев")
    row, other = office.give(DEPUTY), office.give(DEPUTY)

    assert sorted(race(database, f"reports({row.id}, '{DEPUTY}', 1)", f"reports({row.id}, 'Нечаев', 1)")) == ["done", "stale"]
    assert sorted(race(database, f"asks({other.id}, '{DEPUTY}')", f"asks({other.id}, 'Нечаев')")) == ["asked_already", "done"]
    assert (AssignmentReport.select().count(), DueExtension.select().count()) == (1, 1)
