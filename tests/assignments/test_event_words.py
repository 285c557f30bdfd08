"""Each act on an assignment has a sentence in the journal's own words."""

from __future__ import annotations

import pytest

from roadmapdocs.assignments.acts import Act
from roadmapdocs.i18n import use_language
from roadmapdocs.web.assignments.event_words import assignment_events


def sentence(act: Act, **effect: str) -> str:
    with use_language("en"):
        return assignment_events(lambda name: effect.get(name, ""))[f"assignment_{act}"]()


@pytest.mark.parametrize("act", Act)
def test_every_act_has_a_sentence(act: Act) -> None:
    assert sentence(act).strip()


@pytest.mark.parametrize(
    ("act", "effect", "expected"),
    [
        (
            Act.GIVEN,
            {"responsible": "Соболев", "executors": "Громова, Нечаев", "controller": "Ярцева", "due": "03.04.2026"},
            "gave the assignment: Соболев; co-executors: Громова, Нечаев; controller: Ярцева; due 03.04.2026",
        ),
        (Act.GIVEN, {"responsible": "Соболев", "confirmed": "True"}, "confirmed the draft and gave it: Соболев"),
        (Act.REPORTED, {"text": "Готово", "files": "1.txt", "for": "Соболев"}, "reported it done (stands in for Соболев): Готово (1.txt)"),
        (Act.REPORTED, {"text": "Готово", "rule": "True"}, "its subordinate assignments are done: it is reported by rule: Готово"),
        (Act.CANCELLED, {"draft": "True", "why": "Не нужно"}, "dropped the draft: Не нужно"),
        (Act.REMOVED, {"why": "Поздно"}, "removed it from control, not carried out: Поздно"),
        (Act.DUE_MOVED, {"due": "10.04.2026", "why": "Ждём"}, "set the deadline 10.04.2026: Ждём"),
        (
            Act.REASSIGNED,
            {"responsible": "Нечаев", "was": "Громова", "controller": "Ярцева", "why": "Уволилась"},
            "gave it to Нечаев instead of Громова; controller: Ярцева: Уволилась",
        ),
    ],
)
def test_sentences_name_who_what_and_why(act: Act, effect: dict[str, str], expected: str) -> None:
    assert sentence(act, **effect) == expected
