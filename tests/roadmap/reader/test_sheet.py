from __future__ import annotations

import json
from dataclasses import replace

import pytest

from roadmapdocs.errors import Refusal
from roadmapdocs.roadmap.reader.derive import draft_of, read_sheet
from roadmapdocs.roadmap.reader.files import read_blocks
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.sheet import ITEM, SECTION, Meaning, Sheet
from roadmapdocs.roadmap.reader.sheet_json import sheet_as_json, sheet_from_json
from roadmapdocs.roadmap.reader.understand import sheet_of, understand
from tests.roadmap.reader.seeds import seed_bytes
from tests.roadmap.reader.tables import HEADER, TITLE, roadmap_file, sheet

NAMES = ("000", "001", "002", "003", "004")


def test_a_sheet_has_a_row_for_each_heading_and_item_in_the_order_of_the_file() -> None:
    rows = sheet().rows
    assert [row.kind for row in rows] == [SECTION, ITEM, ITEM, SECTION, ITEM, ITEM]
    assert [row.line for row in rows] == [4, 5, 6, 7, 8, 9]
    assert rows[2].cells == (
        ("1.2",),
        ("Подготовить список книг",),
        ("до 01.12.2025",),
        ("Методист, библиотекарь",),
        ("Список",),
    )
    assert rows[3].text == "2. Учителя"


def test_what_stands_above_the_table_is_in_the_sheet() -> None:
    made = sheet()
    assert (made.title, made.period) == (TITLE, (2025, 2026))


def test_a_number_printed_inside_the_title_has_a_column_of_its_own() -> None:
    made = sheet(
        "1.1. Провести смотр\tмай 2025\tМетодист",
        "1.2. Обсудить итоги\tиюнь 2025\tСовет школы",
        header="Мероприятие\tСрок\tОтветственный",
    )
    assert [row.cells[:2] for row in made.rows] == [(("1.1",), ("Провести смотр",)), (("1.2",), ("Обсудить итоги",))]
    assert made.width == 3


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_understood_through_its_sheet(name: str) -> None:
    blocks = read_blocks(seed_bytes(name), "seed.txt")
    assert draft_of(sheet_of(blocks)) == understand(blocks)


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_comes_back_whole_from_its_json(name: str) -> None:
    made = sheet_of(read_blocks(seed_bytes(name), "seed.txt"))
    assert sheet_from_json(json.loads(json.dumps(sheet_as_json(made)))) == made


@pytest.mark.parametrize("broken", [{}, {"title": "x"}, {"title": "x", "period": [1]}, {"rows": 5}])
def test_json_of_another_shape_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        sheet_from_json(broken)
    assert refused.value.code == "bad_sheet"


def test_a_row_left_out_takes_its_defects_with_it() -> None:
    made = sheet("1.1\tПровести смотр\tмай 2025\t\tСправка", "1.2\tОбсудить\tмай 2025\tСовет школы\tПротокол")
    assert [defect.code for defect in draft_of(made).defects] == ["missing_responsible"]
    left_out = replace(made, rows=(replace(made.rows[0], skipped=True), made.rows[1]))
    reading = read_sheet(left_out)
    assert [item.number for item in reading.draft.items] == ["1.2"]
    assert "missing_responsible" not in {remark.defect.code for remark in reading.remarks}


def test_a_defect_of_the_layout_stays_with_its_row() -> None:
    made = sheet(
        "1.1\tПровести смотр школьных\tмай 2025\tМетодист\tСправка",
        "\tбиблиотек\t\t\t",
        "1.2\tОбсудить итоги\tмай 2025\tСовет школы\tПротокол",
    )
    (remark,) = read_sheet(made).remarks
    assert (remark.defect.code, remark.defect.line, remark.row) == ("page_break", 5, made.rows[0].id)
    left = read_sheet(replace(made, rows=made.rows[1:]))
    assert [defect.code for defect in left.draft.defects] == ["numbering_gap"]


def test_rows_that_share_a_line_are_told_apart() -> None:
    made = sheet("1.1\tПровести смотр\tмай 2025\t\tСправка")
    twice = replace(made, rows=(made.rows[0], replace(made.rows[0], id=2)), last_id=2)
    rows = [remark.row for remark in read_sheet(twice).remarks if remark.defect.code == "missing_responsible"]
    assert rows == [1, 2]


def test_a_doubt_called_right_is_a_remark_but_no_defect() -> None:
    made = sheet("1.1\tПровести смотр\tмай 2025\t\tСправка")
    (remark,) = read_sheet(made).remarks
    reading = read_sheet(replace(made, accepted=frozenset({remark.key})))
    assert reading.draft.defects == ()
    assert [one.accepted for one in reading.remarks] == [True]


def test_columns_mean_what_a_person_says() -> None:
    # The header calls the first column of words «Содержание», yet the work is described in the third.
    rows = ("1\tКниги\tПровести смотр библиотек\tмай 2025\tМетодист", "2\tСовет\tОбсудить итоги\tиюнь 2025\tДиректор")
    header = "№\tСодержание\tПримечание\tСрок\tОтветственный"
    before = draft_of(sheet(*rows, header=header))
    assert [item.title for item in before.items] == ["Книги", "Совет"]
    meanings = {1: Meaning(Role.OTHER), 2: Meaning(Role.TITLE)}
    after = draft_of(sheet(*rows, header=header, meanings=meanings))
    assert [item.title for item in after.items] == ["Провести смотр библиотек", "Обсудить итоги"]
    assert [defect.code for defect in after.defects] == ["unplaced_text", "unplaced_text"]


def test_a_column_can_be_given_to_a_year() -> None:
    rows = ("1\tПровести смотр\tв мае\tМетодист", "2\tОбсудить\tв июне\tДиректор")
    made = sheet(*rows, header="№\tМероприятие\tСрок\tОтветственный", meanings={2: Meaning(Role.YEAR, 2026)})
    terms = [item.terms[0] for item in draft_of(made).items]
    assert [(term.start and term.start.isoformat(), term.year) for term in terms] == [
        ("2026-05-01", 2026),
        ("2026-06-01", 2026),
    ]


def test_without_meanings_a_sheet_is_what_the_reader_found() -> None:
    blocks = read_blocks(roadmap_file(), "карта.txt")
    made: Sheet = sheet_of(blocks, {})
    assert made == sheet_of(blocks)
    assert HEADER.split("\t") == [column.header for column in made.layouts[0]]
