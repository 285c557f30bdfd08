"""Bringing in a folder of files with their cards: each row and each file gets its line of the report."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from roadmapdocs.documents.bulk import Line, Outcome, import_folder
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.errors import Refusal
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.rules import Actor
from tests.conftest import NOW, TODAY


def brought(folder: Path, by: Actor, cards: str, **files: str) -> list[Line]:
    folder = folder / "inbox"
    folder.mkdir()
    (folder / "cards.csv").write_text(cards, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return list(import_folder(folder, store=MemoryStore(), by=by, now=NOW, today=TODAY))


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ("1-ОД,2026-01-15,", Preparation.SIGNED),
        ("1-ОД,,", Preparation.DRAFT),
        (",2026-01-15,", Preparation.DRAFT),
        ("1-ОД,2026-01-15,на подписании", Preparation.IN_SIGNING),
    ],
)
def test_a_card_with_number_and_date_was_signed_unless_it_says_otherwise(
    database: str, clerk: Actor, tmp_path: Path, row: str, state: Preparation
) -> None:
    brought(tmp_path, clerk, f"file,kind,title,number,date,preparation\na.txt,приказ,О смотре,{row}\n", a="текст")

    assert Document.get().preparation == state
    assert Document.get().date == (dt.date(2026, 1, 15) if "2026" in row else None)


def test_a_file_named_twice_takes_its_first_row_and_the_second_is_told(
    sqlite_database: None, clerk: Actor, tmp_path: Path
) -> None:
    cards = "file,kind,title\na.txt,приказ,О смотре\na.txt,протокол,Другое\n"

    lines = brought(tmp_path, clerk, cards, a="текст")

    assert [(line.name, line.outcome, line.code) for line in lines] == [
        ("a.txt", Outcome.TAKEN, ""),
        ("cards.csv:3", Outcome.REFUSED, "file_twice"),
    ]
    assert Document.get().title == "О смотре"


def test_cards_that_are_no_table_are_refused_whole(sqlite_database: None, clerk: Actor, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        brought(tmp_path, clerk, "file,title\na.txt," + "x" * 200_000 + "\n", a="текст")

    assert refused.value.code == "cards_unreadable"
    assert not Document.select().exists()
