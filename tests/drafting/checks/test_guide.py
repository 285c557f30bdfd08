"""The page of the guide is what the registry says."""

from __future__ import annotations

from pathlib import Path

from roadmapdocs.drafting.checks.guide import page

PAGE = Path(__file__).parents[3] / "docs" / "checks.md"


def test_the_guide_agrees_with_the_checks() -> None:
    """``python -m roadmapdocs.drafting.checks.guide > docs/checks.md`` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()
