"""Conditions of steps: plain decisions, each with a sentence."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.approvals.effects import GUARDS as LENT_BY_APPROVAL
from roadmapdocs.assignments.effects import GUARDS as LENT_BY_ASSIGNMENTS
from roadmapdocs.documents.guards import GUARDS, Situation
from roadmapdocs.drafting.checks.operations import GUARDS as LENT_BY_CHECKS
from roadmapdocs.i18n import use_language
from roadmapdocs.workflow.rules import STANDARD, Line
from tests.conftest import TODAY
from tests.documents.rights import definition, shipped

YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
LONG_AGO = dt.date(2001, 3, 1)

#: Guard, what the document is, and the beginning of what is said; None: the step is open.
CASES: list[tuple[str, dict[str, Any], str | None]] = [
    ("has_text", {"has_text": True}, None),
    ("has_text", {}, "There is no file with the text yet."),
    ("has_signer", {"signer": "Лукина О. С."}, None),
    ("has_signer", {}, "It is not said who signs."),
    ("is_dated", {"date": TODAY}, None),
    ("is_dated", {"date": YESTERDAY}, None),
    ("is_dated", {"date": TOMORROW}, "The document's date, 17.03.2026, has not come yet."),
    ("is_dated", {}, "The document has no date."),
    ("is_signed", {"preparation": "signed"}, None),
    ("is_signed", {"preparation": "draft"}, "It becomes possible when the document is signed."),
    ("is_signed", {"preparation": "draft", "signer": "Лукина"}, "When Лукина has signed the document, this becomes possible."),
    ("is_registered", {"registration": "registered"}, None),
    ("is_registered", {"registration": "reserved"}, "It becomes possible when the document is registered."),
    ("is_registered", {"registration": "annulled"}, "It becomes possible when the document is registered."),
    ("not_annulled", {"registration": "registered"}, None),
    ("not_annulled", {"registration": "unregistered"}, None),
    ("not_annulled", {"registration": "annulled"}, "The registration of the document is annulled"),
    ("unregistered", {"registration": "unregistered"}, None),
    ("unregistered", {"registration": "reserved"}, None),
    ("unregistered", {"registration": "registered"}, "The document is registered."),
    ("own_number", {}, None),
    ("own_number", {"own_number": False}, "A document of this kind has no number of its own"),
    ("approved_by_registered", {"approved": True}, None),
    ("approved_by_registered", {}, "It becomes possible when the document that approves this one is registered."),
    ("off_control", {"control": "off"}, None),
    ("off_control", {"control": "removed"}, None),
    ("off_control", {"control": "on"}, "The document is under control."),
    ("off_control", {"control": "awaiting_removal"}, "The document is under control."),
    ("case_closed", {"case_closed_on": YESTERDAY}, None),
    ("case_closed", {}, ""),
    ("term_over", {"case_closed_on": LONG_AGO, "keep_years": 5}, None),
    ("term_over", {"case_closed_on": YESTERDAY, "keep_years": 5}, ""),
    ("term_over", {"case_closed_on": LONG_AGO, "keep_years": None}, ""),
    ("term_over", {"keep_years": 5}, ""),
]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with use_language("en"):
        yield


def situation(**facts: Any) -> Situation:
    meanings = {line: facts.pop(line.value, STANDARD[line][0]) for line in Line}
    return Situation(today=TODAY, meanings=meanings, **facts)


@pytest.mark.parametrize(("guard", "facts", "said"), CASES)
def test_a_guard_is_content_or_says_what_is_missing(guard: str, facts: dict[str, Any], said: str | None) -> None:
    sentence = GUARDS[guard](situation(**facts))
    if said is None:
        assert sentence is None
    else:
        assert sentence is not None
        assert sentence.startswith(said)
        assert sentence.endswith(".")


#: Those that others lend look up what they need: tests/approvals/test_effects.py, tests/drafting/checks/test_stored.py.
OWN = sorted(set(GUARDS) - set(LENT_BY_APPROVAL) - set(LENT_BY_ASSIGNMENTS) - set(LENT_BY_CHECKS))


def test_every_guard_is_tried_both_ways() -> None:
    tried = {(guard, said is None) for guard, _facts, said in CASES}
    assert tried == {(guard, content) for guard in OWN for content in (True, False)}


def test_definitions_name_no_guard_but_these() -> None:
    named = {
        guard for code in shipped() for step in definition(code).get("transitions", {}).values() for guard in step.get("guards", ())
    }
    assert named <= set(GUARDS)


@given(
    st.builds(
        Situation,
        today=st.dates(),
        meanings=st.fixed_dictionaries({line: st.sampled_from(STANDARD[line]) for line in Line}),
        title=st.text(),
        date=st.none() | st.dates(),
        signer=st.text(),
        has_text=st.booleans(),
        own_number=st.booleans(),
        approved=st.booleans(),
        case_closed_on=st.none() | st.dates(max_value=dt.date(9000, 1, 1)),
        keep_years=st.none() | st.integers(0, 100),
    ),
    st.sampled_from(OWN),
)
def test_no_document_is_too_odd_for_a_guard(facts: Situation, guard: str) -> None:
    said = GUARDS[guard](facts)
    assert said is None or said.strip()
    assert GUARDS[guard](dataclasses.replace(facts)) == said
