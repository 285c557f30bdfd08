"""The five real roadmaps, typed into Word and Excel, are understood as they are from text."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from roadmapdocs.roadmap.draft import Draft, DraftItem
from roadmapdocs.roadmap.reader.files import read_blocks
from roadmapdocs.roadmap.reader.understand import understand
from tests.roadmap.reader.word_tables import PLAIN, Layout, to_docx, to_xlsx

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the folder shared/seeds is not beside the checkout"
)

# Headers over several columns, and the one row whose empty title cell is lost in the text.
LAYOUTS = {"000": Layout({"Ключевые": 3}, {278: 1}), "001": Layout({"Результат": 2, "Срок": 3})}
ITEMS = {"000": 21, "001": 20, "002": 27, "003": 50, "004": 97}
WAYS = ("docx", "docx over pages", "xlsx")


@cache
def drafts(seed: str, way: str) -> tuple[Draft, Draft]:
    """From text, and from the same typed into another format."""
    (place,) = SEEDS.glob(f"{seed}_*.txt")
    blocks = read_blocks(place.read_bytes(), place.name)
    layout = LAYOUTS.get(seed, PLAIN)
    if way == "xlsx":
        data = to_xlsx(blocks, layout)
    else:
        data = to_docx(blocks, layout, rows_a_page=6 if "pages" in way else None)
    return understand(blocks), understand(read_blocks(data, f"{seed}.{way[:4]}"))


def plain(text: str) -> str:
    return " ".join(text.split())


def told(item: DraftItem) -> dict[str, object]:
    """All of an item but the line it stands on."""
    return {
        "number": item.number,
        "section": item.section,
        "title": plain(item.title),
        "terms": [
            (term.kind, term.start, term.end, term.recurrence, plain(term.text), term.year)
            for term in item.terms
        ],
        "responsible": item.responsible,
        "expected": [(plain(one.title), one.kind, one.inferred) for one in item.expected_documents],
        "planned": item.planned,
        "results": {year: plain(text) for year, text in item.results.items()},
    }


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", ITEMS)
def test_items_are_the_same_as_from_text(seed: str, way: str) -> None:
    text, typed = drafts(seed, way)
    assert len(typed.items) == ITEMS[seed]
    assert [told(item) for item in typed.items] == [told(item) for item in text.items]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", ITEMS)
def test_sections_and_heading_are_the_same_as_from_text(seed: str, way: str) -> None:
    text, typed = drafts(seed, way)
    assert [(one.number, plain(one.title), one.parent) for one in typed.sections] == [
        (one.number, plain(one.title), one.parent) for one in text.sections
    ]
    assert plain(typed.title) == plain(text.title)
    assert typed.period == text.period
    assert typed.approval == text.approval
    assert typed.abbreviations == text.abbreviations


def test_the_approval_date_survives_typing() -> None:
    _text, typed = drafts("001", "docx")
    assert typed.approval.date == dt.date(2020, 8, 25)
