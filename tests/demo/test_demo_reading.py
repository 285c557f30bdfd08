"""The reader understands the made-up office's own files as they were meant."""

import datetime as dt

import pytest

from roadmapdocs.coverage.periods import unroll
from roadmapdocs.coverage.rules import Expected, ItemPlan
from roadmapdocs.demo.content import load_office
from roadmapdocs.demo.files import build_roadmap_files
from roadmapdocs.roadmap.draft import Draft
from roadmapdocs.roadmap.reader.files import read_file

TODAY = dt.date(2027, 3, 10)
KEYS = ("reading", "rural", "buses", "digital", "growth")


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Draft]:
    paths = build_roadmap_files(TODAY, tmp_path_factory.mktemp("demo"))
    return {key: read_file(path.read_bytes(), path.name) for key, path in zip(KEYS, paths, strict=True)}


@pytest.mark.parametrize(
    ("key", "sections", "items"),
    [("reading", 5, 18), ("rural", 5, 22), ("buses", 5, 24), ("digital", 4, 20), ("growth", 10, 28)],
)
def test_sections_and_items_are_all_found(drafts, key, sections, items):
    assert (len(drafts[key].sections), len(drafts[key].items)) == (sections, items)


@pytest.mark.parametrize("key", KEYS)
def test_every_title_is_whole_and_in_its_section(drafts, key):
    roadmap = next(one for one in load_office(TODAY).roadmaps if one.key == key)
    read = [(item.section, item.title) for item in drafts[key].items]
    assert read == [(item.section, item.title) for item in roadmap.items]


@pytest.mark.parametrize("key", KEYS)
def test_the_years_of_the_plan_are_found(drafts, key):
    assert drafts[key].period == (2026, 2028)


@pytest.mark.parametrize(
    ("key", "kind", "day", "number"),
    [
        ("rural", "утверждаю", dt.date(2026, 1, 14), None),
        ("digital", "утверждаю", dt.date(2026, 1, 21), None),
        ("buses", "приказ", dt.date(2025, 12, 18), "221-ОД"),
        ("growth", "приказ", dt.date(2025, 12, 25), "225-ОД"),
    ],
)
def test_the_approval_is_found(drafts, key, kind, day, number):
    approval = drafts[key].approval
    assert (approval.kind, approval.date, approval.number) == (kind, day, number)


def test_planned_values_stand_in_their_years(drafts):
    furniture = next(item for item in drafts["rural"].items if item.number == "1.3")
    assert furniture.planned == {"total": "не менее 4", "2026": "1", "2027": "2", "2028": "1"}


def test_the_honest_defects_are_noticed(drafts):
    told = {(key, defect.code, defect.item) for key in KEYS for defect in drafts[key].defects}
    assert ("reading", "numbering_gap", "8") in told
    assert ("reading", "surplus_separator", "8") in told
    assert ("buses", "numbering_gap", "2.7") in told
    assert ("buses", "page_break", "1.7") in told
    assert ("digital", "missing_number", None) in told
    assert ("growth", "unknown_abbreviation", "5.4") in told
    assert ("rural", "5.2") in {(key, item) for key, _, item in told}  # 1 + 1 + 2 against a total of 3


def test_every_proof_finds_a_period_in_what_was_read(drafts):
    office = load_office(TODAY)
    items = {
        (plan.key, item.number): (item, read)
        for plan in office.roadmaps
        for item, read in zip(plan.items, drafts[plan.key].items, strict=True)
    }
    for proof in [*office.waivers, *(proof for one in office.documents for proof in one.proves)]:
        item, read = items[proof.roadmap, proof.item]
        expected = tuple(Expected(place, title, "") for place, title in enumerate(item.expected))
        slots = unroll(ItemPlan(read.terms, read.planned, expected, drafts[proof.roadmap].period))
        assert [
            slot for slot in slots if slot.expected == proof.expected and proof.year in (None, slot.year)
        ], proof


@pytest.mark.parametrize("key", ["reading", "rural", "buses"])
def test_the_documents_column_is_split_as_meant(drafts, key):
    roadmap = next(one for one in load_office(TODAY).roadmaps if one.key == key)
    for item, read in zip(roadmap.items, drafts[key].items, strict=True):
        assert len(read.expected_documents) == len(item.expected), item.number
