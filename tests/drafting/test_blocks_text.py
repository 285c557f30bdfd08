"""Lines of a form become blocks of a text, and blocks become the same lines again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.drafting.blocks_text import read_blocks, write_blocks
from roadmapdocs.drafting.values import Block, BlockKind, Row

WORDS = st.text("абвгд АБ12.-–#|\\/«»", min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)


@pytest.mark.parametrize(
    ("line", "kind", "level", "text"),
    [
        ("# Общие положения", BlockKind.HEADING, 1, "Общие положения"),
        ("## Порядок", BlockKind.HEADING, 2, "Порядок"),
        ("1. Провести", BlockKind.POINT, 1, "Провести"),
        ("3) Провести", BlockKind.POINT, 1, "Провести"),
        ("1.2. Провести", BlockKind.POINT, 2, "Провести"),
        ("1.2 Провести", BlockKind.POINT, 2, "Провести"),
        ("- школы;", BlockKind.BULLET, 1, "школы;"),
        ("– школы;", BlockKind.BULLET, 1, "школы;"),
        ("12 школ района", BlockKind.PARAGRAPH, 1, "12 школ района"),
        ("2025 год был", BlockKind.PARAGRAPH, 1, "2025 год был"),
        ("\\1. Не пункт", BlockKind.PARAGRAPH, 1, "1. Не пункт"),
        ("#без пробела", BlockKind.PARAGRAPH, 1, "#без пробела"),
    ],
)
def test_a_line_says_by_its_beginning_what_it_is(line: str, kind: BlockKind, level: int, text: str) -> None:
    assert read_blocks(line) == (Block(kind=kind, level=level, text=text),)


def test_rows_that_follow_each_other_are_one_table_with_its_head() -> None:
    table = read_blocks("| № | Что |\n|= Раздел 1\n| 1 | один \\| два |\n\nПосле")
    assert table == (
        Block(
            kind=BlockKind.TABLE,
            columns=("№", "Что"),
            rows=(Row(cells=("Раздел 1",), heading=True), Row(cells=("1", "один | два"))),
        ),
        Block(text="После"),
    )


def test_points_are_counted_anew_below_their_headings() -> None:
    blocks = read_blocks("# Раз\n7.7. один\n7.9. два\n# Два\n1.1. три\n1.1.1. четыре")
    assert write_blocks(blocks).splitlines() == ["# Раз", "1.1. один", "1.2. два", "# Два", "2.1. три", "2.1.1. четыре"]


def test_an_empty_text_has_no_blocks() -> None:
    assert read_blocks(" \n\n\t") == ()
    assert write_blocks(()) == ""


@given(
    st.lists(
        st.builds(
            Block,
            kind=st.sampled_from([BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.POINT, BlockKind.BULLET]),
            level=st.integers(1, 3),
            text=WORDS,
        )
    )
)
def test_what_is_written_is_read_as_the_same(blocks: list[Block]) -> None:
    usual = [b if b.kind in {BlockKind.HEADING, BlockKind.POINT} else Block(kind=b.kind, text=b.text) for b in blocks]
    assert list(read_blocks(write_blocks(usual))) == usual


@given(st.lists(st.lists(WORDS, min_size=2, max_size=2).map(tuple), min_size=1, max_size=5))
def test_a_table_is_read_as_it_was_written(rows: list[tuple[str, ...]]) -> None:
    table = Block(kind=BlockKind.TABLE, columns=("один", "два"), rows=tuple(Row(cells=row) for row in rows))
    assert read_blocks(write_blocks([table])) == (table,)
