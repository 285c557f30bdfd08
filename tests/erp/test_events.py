"""Names and fields of public events: what is promised, and that what is sent keeps the promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roadmapdocs.assignments.acts import Act
from roadmapdocs.erp.events import CHOSEN, EVENTS, TEST, table
from roadmapdocs.erp.webhook_facts import _MAKERS, _RULES

PAGE = Path(__file__).parents[2] / "docs" / "webhooks.md"


def test_the_documentation_has_every_event_with_its_fields() -> None:
    assert table() in PAGE.read_text(encoding="utf-8")


def test_each_event_has_who_makes_it_and_who_may_be_told() -> None:
    areas = {one.area for one in EVENTS.values()}
    assert areas == set(_MAKERS) == set(_RULES)


def test_every_act_on_an_assignment_is_an_event() -> None:
    assert {f"assignment.{act}" for act in Act} <= set(CHOSEN)
    assert TEST not in CHOSEN


@pytest.mark.parametrize("name", EVENTS)
def test_a_name_says_what_it_is_about(name: str) -> None:
    assert name == TEST or re.fullmatch(r"[a-z]+\.[a-z_]+", name)
    assert len(name) <= 64
    assert sorted(EVENTS[name].schema()["properties"]) == EVENTS[name].schema()["required"]

