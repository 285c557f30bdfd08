from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.roadmap import review
from roadmapdocs.roadmap.reader.derive import draft_of, read_sheet
from roadmapdocs.roadmap.reader.sheet import ITEM, Sheet
from roadmapdocs.roadmap.reader.sheet_json import sheet_as_json, sheet_from_json
from tests.roadmap.reader.tables import sheet

NUMBER, TITLE, TERM, RESPONSIBLE, DOCUMENT = range(5)


def titles(made: Sheet) -> list[str]:
    return [item.title for item in draft_of(made).items]


def test_a_corrected_term_is_read_anew() -> None:
    made = review.set_cell(sheet("1.1\tПровести смотр\tкак выйдет\tМетодист\tСправка"), 1, TERM, "до 01.03.2026")
    (item,) = draft_of(made).items
    assert [(term.kind, term.end and term.end.isoformat()) for term in item.terms] == [("deadline", "2026-03-01")]
    assert draft_of(made).defects == ()


def test_a_cell_is_kept_in_lines_as_the_reader_keeps_it() -> None:
    made = review.set_cell(sheet(), 2, DOCUMENT, "  Приказ \r\n\r\n\r\n Справка\x00 \n")
    assert made.rows[1].cells[DOCUMENT] == ("Приказ", "", "Справка")


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [("2024", "2026", (2024, 2026)), ("2025", "", (2025, 2025)), ("", " 2025 ", (2025, 2025)), ("", "", None)],
)
def test_years_are_taken_as_typed(first: str, last: str, period: tuple[int, int] | None) -> None:
    assert review.set_period(sheet(), first, last).period == period


@pytest.mark.parametrize(("first", "last"), [("2026", "2025"), ("20255", ""), ("год", ""), ("0001", "2025"), ("²025", "")])
def test_years_that_are_none_are_refused(first: str, last: str) -> None:
    with pytest.raises(Refusal) as refused:
        review.set_period(sheet(), first, last)
    assert refused.value.code == "bad_years"


def test_a_title_stands_on_one_line() -> None:
    assert review.set_title(sheet(), " Читающий\r\nокруг ").title == "Читающий округ"


def test_merging_joins_cell_by_cell_and_takes_the_row_away() -> None:
    made = review.merge_with_above(sheet(), 3)
    assert titles(made)[0] == "Провести смотр школьных библиотек Подготовить список книг"
    assert len(made.rows) == 5
    with pytest.raises(NotFound):
        review.find_row(made, 3)


def test_merging_puts_a_torn_word_together() -> None:
    made = sheet("1.1\tПодготовить биб-\tмай 2025\tМетодист\tСписок", "1.2\tлиотеку\tмай 2025\tМетодист\tСписок")
    assert titles(review.merge_with_above(made, 2)) == ["Подготовить библиотеку"]


def test_a_heading_merged_into_an_item_is_the_end_of_its_title() -> None:
    assert titles(review.merge_with_above(sheet(), 4))[1] == "Подготовить список книг 2. Учителя"


@pytest.mark.parametrize(("row", "code"), [(1, "nothing_above"), (2, "unlike_rows")])
def test_a_row_that_cannot_be_merged_says_why(row: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        review.merge_with_above(sheet(), row)
    assert refused.value.code == code


def test_rows_left_out_are_not_merged_with() -> None:
    made = review.merge_with_above(review.skip(sheet(), 4), 5)
    assert titles(made)[1] == "Подготовить список книг Провести курсы для учителей"
    assert [row.id for row in made.rows] == [1, 2, 3, 4, 6]


def test_a_row_is_split_where_a_cell_has_an_empty_line() -> None:
    made = review.set_cell(sheet(), 2, TITLE, "Провести смотр\n\nНаградить лучших")
    made = review.set_cell(made, 2, TERM, "сентябрь 2025\n\nоктябрь 2025")
    made = review.split_row(made, 2)
    first, second = draft_of(made).items[:2]
    assert (first.number, first.title, first.responsible) == ("1.1", "Провести смотр", ("Методист",))
    assert (second.number, second.title, second.responsible) == ("", "Наградить лучших", ())
    assert [item.terms[0].text for item in (first, second)] == ["сентябрь 2025", "октябрь 2025"]
    assert (made.rows[2].id, made.rows[2].line) == (7, 5)


def test_a_row_without_an_empty_line_is_not_split() -> None:
    with pytest.raises(Refusal) as refused:
        review.split_row(sheet(), 2)
    assert refused.value.code == "no_empty_line"


def test_split_halves_merged_again_are_what_they_were() -> None:
    before = sheet()
    split = review.split_row(review.set_cell(before, 2, TITLE, "Провести смотр\n\nшкольных библиотек"), 2)
    merged = review.merge_with_above(split, 7)
    assert merged.rows == before.rows


@pytest.mark.parametrize("row", [1, 2, 6])
def test_a_row_left_out_and_taken_back_is_what_it_was(row: int) -> None:
    assert review.restore(review.skip(sheet(), row), row) == sheet()


def test_an_item_that_is_a_section_opens_it_and_what_it_held_besides_is_told() -> None:
    made = review.to_section(sheet(), 5)
    reading = read_sheet(made)
    assert [(one.number, one.title) for one in reading.draft.sections][-1] == ("2.1", "Провести курсы для учителей")
    assert reading.draft.items[-1].section == "2.1"
    (told,) = [one for one in reading.remarks if one.row == 5]
    assert told.defect.code == "unplaced_text"
    assert review.to_item(made, 5) == sheet()


def test_a_section_that_is_an_item_gives_its_number_and_title() -> None:
    made = review.to_item(sheet(), 4)
    item = draft_of(made).items[2]
    assert (item.number, item.title, item.section) == ("2", "Учителя", "1")


def test_a_corrected_heading_is_read_anew() -> None:
    made = review.set_heading(sheet(), 4, "Раздел 3. Учителя\nи методисты")
    assert [(one.number, one.title) for one in draft_of(made).sections][1] == ("3", "Учителя и методисты")


@pytest.mark.parametrize(
    "edit",
    [
        lambda made: review.set_cell(made, 1, TITLE, "x"),
        lambda made: review.set_cell(made, 2, 5, "x"),
        lambda made: review.set_cell(made, 2, -1, "x"),
        lambda made: review.set_heading(made, 2, "x"),
        lambda made: review.set_cell(made, 2, TITLE, "x" * 20_001),
        lambda made: review.set_title(made, "x" * 1_001),
        lambda made: review.skip(made, 99),
    ],
)
def test_what_cannot_be_corrected_is_refused(edit: Callable[[Sheet], Sheet]) -> None:
    with pytest.raises(Refusal):
        edit(sheet())


def test_an_item_without_a_title_holds_the_loading_until_it_is_called_right() -> None:
    made = sheet("1.1\tПровести смотр\tмай 2025\tМетодист\tСправка", "1.2\t\tмай 2025\tМетодист\tСправка")
    with pytest.raises(Refusal) as refused:
        review.check_ready(read_sheet(made))
    assert refused.value.code == "import_not_ready"
    (key,) = [one.key for one in read_sheet(made).remarks if one.defect.code == "missing_title"]
    accepted = review.accept(made, key)
    review.check_ready(read_sheet(accepted))
    review.check_ready(read_sheet(review.skip(made, 2)))
    review.check_ready(read_sheet(review.set_cell(made, 2, TITLE, "Обсудить")))
    assert review.reconsider(accepted, key) == made


def test_a_sheet_with_every_row_left_out_is_not_ready() -> None:
    made = review.skip(sheet("1.1\tПровести смотр\tмай 2025\tМетодист\tСправка"), 1)
    with pytest.raises(Refusal) as refused:
        review.check_ready(read_sheet(made))
    assert refused.value.code == "no_items"


WORDS = st.text(st.sampled_from("абв 12.\n\t\x00«»-№IV") | st.characters(codec="utf-8"), max_size=40)
ROWS = st.integers(0, 9)
EDITS = st.one_of(
    st.tuples(st.just(review.set_cell), ROWS, st.integers(-1, 6), WORDS),
    st.tuples(st.just(review.set_heading), ROWS, WORDS),
    st.tuples(st.just(review.set_title), WORDS),
    st.tuples(st.just(review.set_period), WORDS, WORDS),
    st.tuples(
        st.sampled_from(
            [
                review.merge_with_above,
                review.split_row,
                review.skip,
                review.restore,
                review.to_section,
                review.to_item,
            ]
        ),
        ROWS,
    ),
    st.tuples(st.just(review.accept), WORDS),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(EDITS, max_size=12))
def test_no_sequence_of_corrections_breaks_the_sheet(edits: list[tuple[object, ...]]) -> None:
    made = sheet()
    for edit, *arguments in edits:
        try:
            made = edit(made, *arguments)  # type: ignore[operator]
        except Refusal:
            continue
    reading = read_sheet(made)
    counted = [row.id for row in made.rows if row.kind == ITEM and not row.skipped]
    assert list(reading.rows) == counted
    assert len({row.id for row in made.rows}) == len(made.rows)
    assert sheet_from_json(sheet_as_json(made)) == made
