"""The roadmap of 20 items with planned figures a year: the worked example must be met exactly."""

from __future__ import annotations

import pytest

from roadmapdocs.roadmap.draft_json import draft_as_json
from tests.roadmap.reader.seeds import expected_json, numbers_with, seed


@pytest.mark.parametrize("key", ["title", "period", "approval", "abbreviations", "sections", "items"])
def test_it_is_read_exactly_as_by_hand(key: str) -> None:
    assert draft_as_json(seed("001"))[key] == expected_json("001")[key]


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("extra_cells", ["1.3", "1.4", "2.1", "2.2", "4.9", "4.10", "4.11", "4.12"]),
        ("shifted_header", [None]),
        ("numbering_gap", ["3.3", "3.5", "4.3", "4.7"]),
        ("section_outside_table", [None]),
        ("date_in_responsible_cell", ["1.2"]),
        ("date_in_value_cell", ["4.7"]),
        ("frequency_in_total_cell", ["4.5"]),
        ("two_values_in_cell", ["4.1"]),
        ("total_does_not_add_up", ["1.1", "1.3", "3.5", "4.9"]),
        ("unplaced_text", []),
    ],
)
def test_defects_are_told_at_their_items(code: str, numbers: list[str | None]) -> None:
    assert numbers_with("001", code) == numbers
