"""Parents and subordinates: neither ends behind the other's back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from roadmapdocs.assignments.executing import report
from roadmapdocs.assignments.extensions import move_due
from roadmapdocs.assignments.facts import last_report
from roadmapdocs.assignments.judging import accept, cancel, remove, reopen
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.operations import confirm_draft, drop_draft
from roadmapdocs.assignments.tree import branch_of, chain_of, live_below, tree_of
from roadmapdocs.assignments.words import State
from roadmapdocs.audit.operations import history
from roadmapdocs.errors import Conflict, Refusal
from tests import factories
from tests.assignments.office import CLERK, DEPUTY, FRIDAY, HEAD, Office, fresh
from tests.conftest import NOW, TODAY

WHEN: dict[str, Any] = {"now": NOW, "today": TODAY}


def family(office: Office, **top: Any) -> tuple[Assignment, Assignment, Assignment]:
    """The deputy's, with a part for Нечаев and one for Громова."""
    parent = office.give(DEPUTY, **top)
    return parent, office.give("Нечаев", by=DEPUTY, parent=parent), office.give("Громова", by=DEPUTY, parent=parent)


def done(office: Office, row: Assignment, responsible: str, judge: str = DEPUTY) -> Assignment:
    report(row.id, "Сделано", by=office.actor(responsible), **WHEN)
    return accept(row.id, by=office.actor(judge), **WHEN)


def test_the_parent_is_reported_when_the_last_part_is_done(office: Office) -> None:
    parent, one, other = family(office)

    done(office, one, "Нечаев")
    assert fresh(parent).state == State.NEW
    done(office, other, "Громова")

    assert fresh(parent).state == State.REPORTED
    told = last_report(parent.id)
    assert told is not None
    assert told.made_by == ""
    assert told.text == "Исполнены подчинённые поручения: Нечаев\xa0М.\xa0И. — 16.03.2026; Громова\xa0М.\xa0И. — 16.03.2026."
    assert history(parent)[0].effect["rule"] is True
    assert accept(parent.id, by=office.actor(HEAD), **WHEN).state == State.DONE


def test_the_one_document_of_its_parts_is_the_parents(sqlite_office: Office) -> None:
    office = sqlite_office
    parent, one, other = family(office)
    order = office.order("Список книг")
    report(one.id, "Сделано", document_id=order.id, by=office.actor("Нечаев"), **WHEN)
    accept(one.id, by=office.actor(DEPUTY), **WHEN)
    cancel(other.id, "Не понадобилось", by=office.actor(DEPUTY), **WHEN)

    assert accept(parent.id, by=office.actor(HEAD), **WHEN).result_id == order.id


@pytest.mark.parametrize("how", ["cancelled", "removed", "not automatic"])
def test_the_parent_stays_with_its_executor_when_nothing_was_done(sqlite_office: Office, how: str) -> None:
    office = sqlite_office
    parent, one, other = family(office, auto_close=how != "not automatic")
    for row, responsible in ((one, "Нечаев"), (other, "Громова")):
        if how == "cancelled":
            cancel(row.id, "Не нужно", by=office.actor(DEPUTY), **WHEN)
        elif how == "removed":
            remove(row.id, "Не нужно", by=office.actor(DEPUTY), **WHEN)
        else:
            done(office, row, responsible)

    assert fresh(parent).state == State.NEW


def test_a_part_reopened_takes_the_report_by_rule_back(sqlite_office: Office) -> None:
    office = sqlite_office
    parent, one, other = family(office)
    done(office, one, "Нечаев")
    done(office, other, "Громова")

    reopen(one.id, "Не то", by=office.actor(DEPUTY), **WHEN)

    assert fresh(parent).state == State.IN_WORK
    done(office, one, "Нечаев")
    assert fresh(parent).state == State.REPORTED


def test_a_part_reopened_is_not_due_after_what_is_above_it(sqlite_office: Office) -> None:
    office = sqlite_office
    parent, one, _other = family(office)
    done(office, one, "Нечаев")
    earlier = dt.date(2026, 3, 20)
    move_due(parent.id, earlier, "Раньше", tree=True, by=office.actor(HEAD), **WHEN)

    assert reopen(one.id, "Не то", by=office.actor(DEPUTY), **WHEN).due == earlier


@pytest.mark.parametrize("act", [accept, remove])
def test_what_is_live_below_is_told_before_it_ends_with_its_parent(office: Office, act: Any) -> None:
    parent, one, other = family(office)
    report(parent.id, "Сделано без них", by=office.actor(DEPUTY), **WHEN)
    words = {"why": "Хватит"} if act is remove else {}

    with pytest.raises(Refusal) as caught:
        act(parent.id, by=office.actor(HEAD), **words, **WHEN)
    assert (caught.value.code, caught.value.details["children"]) == ("live_children", [one.id, other.id])

    act(parent.id, children=True, by=office.actor(HEAD), **words, **WHEN)

    for row in (one, other):
        assert (fresh(row).state, fresh(row).done_on) == (State.REMOVED, None)
    assert live_below(parent) == []


def test_cancelling_takes_all_below_along_and_drops_drafts(office: Office) -> None:
    parent, one, _other = family(office)
    deep = office.give("Дёмина", by="Нечаев", parent=one)
    draft = office.give("Ярцева", by=CLERK, author=HEAD, parent=parent)
    assert draft.state == State.DRAFT

    cancel(parent.id, "Передумали", by=office.actor(HEAD), **WHEN)

    for row in (parent, one, deep, draft):
        assert fresh(row).state == State.CANCELLED
    assert history(deep)[0].effect["with"] == parent.id


def test_removing_what_is_done_removes_what_is_done_below(sqlite_office: Office) -> None:
    office = sqlite_office
    parent, one, other = family(office)
    done(office, one, "Нечаев")
    done(office, other, "Громова")
    accept(parent.id, by=office.actor(HEAD), **WHEN)

    remove(parent.id, by=office.actor(HEAD), **WHEN)

    assert {fresh(row).state for row in (parent, one, other)} == {State.REMOVED}
    assert fresh(one).done_on == TODAY
    with pytest.raises(Refusal) as caught:
        reopen(one.id, "Не то", by=office.actor(DEPUTY), **WHEN)
    assert caught.value.code == "parent_over"


def test_a_draft_below_keeps_the_parent_open_until_it_is_dropped(sqlite_office: Office) -> None:
    office = sqlite_office
    parent = office.give(DEPUTY)
    one = office.give("Нечаев", by=DEPUTY, parent=parent)
    draft = office.give("Ярцева", by=CLERK, author=HEAD, parent=parent)
    done(office, one, "Нечаев")
    assert fresh(parent).state == State.NEW

    drop_draft(draft.id, reason="Не нужно", by=office.actor(HEAD), **WHEN)

    assert fresh(parent).state == State.REPORTED


def test_a_draft_below_what_is_reported_is_not_given(sqlite_office: Office) -> None:
    office = sqlite_office
    parent = office.give(DEPUTY)
    draft = office.give("Ярцева", by=CLERK, author=HEAD, parent=parent)
    report(parent.id, "Сделано", by=office.actor(DEPUTY), **WHEN)

    with pytest.raises(Refusal) as caught:
        confirm_draft(draft.id, by=office.actor(HEAD), **WHEN)
    assert caught.value.code == "parent_over"
    with pytest.raises(Conflict):
        office.give("Громова", by=DEPUTY, parent=parent)


def test_a_part_is_not_due_after_the_whole(sqlite_office: Office) -> None:
    office = sqlite_office
    parent = office.give(DEPUTY)

    with pytest.raises(Refusal) as caught:
        office.give("Нечаев", by=DEPUTY, parent=parent, due=FRIDAY + dt.timedelta(days=3))

    assert (caught.value.code, caught.value.details["field"]) == ("after_parent", "due")
    assert office.give("Нечаев", by=DEPUTY, parent=parent, due=None).due is None


def test_work_does_not_come_back_to_who_gave_it_on(sqlite_office: Office) -> None:
    office = sqlite_office
    parent, one, _other = family(office)

    for above, giver in ((one, "Нечаев"), (parent, DEPUTY)):
        with pytest.raises(Refusal) as caught:
            office.give(DEPUTY, by=giver, parent=above)
        assert caught.value.code == "circle"


def test_a_tree_has_a_bottom(sqlite_office: Office) -> None:
    office = sqlite_office
    rows = [office.give(DEPUTY)]
    for number in range(9):
        person = factories.employee(f"Исполнитель{chr(1072 + number)}", office.unit)
        office.people[f"и{number}"] = person
        rows.append(office.give(f"и{number}", parent=rows[-1]))
    office.people["последний"] = factories.employee("Последний", office.unit)

    with pytest.raises(Refusal) as caught:
        office.give("последний", parent=rows[-1])

    assert caught.value.code == "too_deep"
    assert [depth for depth, _row in tree_of(rows[3])] == list(range(10))
    assert chain_of(rows[2]) == [rows[2], rows[1], rows[0]]
    assert branch_of(rows[8]) == [rows[9]]


def test_a_tree_is_read_with_its_people_by_one_statement(sqlite_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    parent, *_parts = family(sqlite_office)
    sent = factories.count_queries(monkeypatch)
    assert len({str(row.responsible) for _depth, row in tree_of(parent)}) == 3
    assert len(sent) == 1
