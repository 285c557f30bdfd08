"""Damaged roadmaps: whatever is cut, doubled, shuffled or put in, the reader refuses or reads, and invents nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapdocs.errors import Refusal
from roadmapdocs.files.reading.blocks import Table
from roadmapdocs.files.reading.encodings import decode
from roadmapdocs.roadmap.draft import Draft
from roadmapdocs.roadmap.reader.text import read_text
from roadmapdocs.roadmap.reader.understand import understand
from tests.roadmap.reader.seeds import seed_bytes

SEEDS = ["000", "001", "002", "003", "004"]
GARBAGE = ["\t\t\t", "1\t1\t1\t1", "(((«««", "№\tМероприятия\tСроки", "<p><p></ul>", "\x00\x07", "I.", "Итого\t5", "5\t\t\t"]


def drop(lines: list[str], dice: random.Random) -> list[str]:
    return [line for line in lines if dice.random() > 0.15]


def double(lines: list[str], dice: random.Random) -> list[str]:
    return [copy for line in lines for copy in [line] * (2 if dice.random() < 0.15 else 1)]


def shuffle(lines: list[str], dice: random.Random) -> list[str]:
    mixed = list(lines)
    dice.shuffle(mixed)
    return mixed


def truncate(lines: list[str], dice: random.Random) -> list[str]:
    return [line[: dice.randrange(len(line) + 1)] if dice.random() < 0.2 else line for line in lines]


def swap_columns(lines: list[str], dice: random.Random) -> list[str]:
    def swapped(line: str) -> str:
        cells = line.split("\t")
        dice.shuffle(cells)
        return "\t".join(cells)

    return [swapped(line) for line in lines]


def insert_garbage(lines: list[str], dice: random.Random) -> list[str]:
    return [one for line in lines for one in ([dice.choice(GARBAGE), line] if dice.random() < 0.1 else [line])]


MUTATIONS: list[Callable[[list[str], random.Random], list[str]]] = [
    drop,
    double,
    shuffle,
    truncate,
    swap_columns,
    insert_garbage,
]


def read_or_refuse(data: bytes) -> Draft | None:
    try:
        return understand(read_text(data))
    except Refusal:
        return None


def letters(text: str) -> str:
    return re.sub(r"[^а-яёa-z0-9]", "", text.lower())


def stands_in(word: str, source: str) -> bool:
    """Whole, or as two halves that a hyphen parted."""
    return word in source or any(word[:cut] in source and word[cut:] in source for cut in range(1, len(word)))


def check_nothing_invented(data: bytes, draft: Draft) -> None:
    """Every word of a title stands in the file (or its halves do), and there are no more items than rows."""
    source = letters(decode(data))
    for item in draft.items:
        for word in item.title.split():
            assert stands_in(letters(word), source), word
    rows = sum(len(block.rows) for block in read_text(data) if isinstance(block, Table))
    assert len(draft.items) <= rows


@pytest.mark.parametrize("number", SEEDS)
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize("chance", [1, 2])
def test_a_damaged_roadmap_is_read_or_refused(
    number: str, mutation: Callable[[list[str], random.Random], list[str]], chance: int
) -> None:
    lines = seed_bytes(number).decode("utf-8").split("\n")
    data = "\n".join(mutation(lines, random.Random(f"{number}{chance}"))).encode()

    draft = read_or_refuse(data)

    if draft:
        check_nothing_invented(data, draft)


@pytest.mark.parametrize("number", SEEDS)
def test_a_file_cut_at_any_byte_is_read_or_refused(number: str) -> None:
    whole = seed_bytes(number)
    dice = random.Random(number)

    for _cut in range(6):
        data = whole[: dice.randrange(1, len(whole))]
        draft = read_or_refuse(data)
        if draft:
            check_nothing_invented(data, draft)


@pytest.mark.parametrize("number", SEEDS)
def test_every_row_with_a_number_is_kept(number: str) -> None:
    """Dropping one row of the table drops at most its own item and none of the others."""
    lines = seed_bytes(number).decode("utf-8").split("\n")
    whole = understand(read_text("\n".join(lines).encode()))
    last = whole.items[-1]

    assert last.line is not None
    shorter = understand(read_text("\n".join(lines[: last.line - 1]).encode()))

    assert [item.number for item in shorter.items] == [item.number for item in whole.items[:-1]]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refuse(data)


CELLS = st.text(alphabet="абв АБ1290.,;()«»-–№\n<>pI%+\t", max_size=12)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=12), st.booleans())
def test_any_table_is_read_or_refused(rows: list[list[str]], header: bool) -> None:
    first = "№\tМероприятия\t2021\tСроки\tОтветственные\tРезультат\n" if header else ""
    data = (first + "\n".join("\t".join(row) for row in rows)).encode()

    draft = read_or_refuse(data)

    if draft:
        check_nothing_invented(data, draft)


@pytest.mark.parametrize(
    "text",
    ["а" * 50_000 + "-" * 20_000, "слово " * 5_000 + "(далее - УО) " * 200, "П Р И К А З " * 5_000, "(" * 10_000],
)
def test_hostile_lengths_are_read_without_delay(text: str) -> None:
    draft = read_or_refuse(f"{text}\nМероприятия\tСроки\tОтветственные\n{text}\tмай 2022\tУО\n".encode())

    assert draft is not None
    assert len(draft.items) == 1
