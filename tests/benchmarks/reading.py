"""Reading the largest roadmap, from text and from Word, and storing it."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import docx

from roadmapdocs import db
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.roadmap.operations import store_draft
from roadmapdocs.roadmap.reader.files import read_file
from roadmapdocs.roadmap.reader.text import read_text
from tests.benchmarks.measure import Figure, cpu_ms
from tests.benchmarks.office import office
from tests.conftest import NOW, SEEDS
from tests.roadmap.reader.word_tables import to_docx

ITEMS = 97


def largest() -> tuple[bytes, str]:
    """The largest seed, or a made-up roadmap of its size, and how the figure calls it."""
    found = sorted(SEEDS.glob("004_*.txt"))
    return (found[0].read_bytes(), "largest seed") if found else (_made_up().encode(), "made-up roadmap")


def _made_up() -> str:
    lines = [
        "Дорожная карта развития чтения в школах округа на 2024-2026 годы",
        "№ п/п\tМероприятие\tСроки\tОтветственные\tОжидаемый документ",
    ]
    for place in range(ITEMS):
        if place % 12 == 0:
            lines.append(f"{place // 12 + 1}. Раздел о чтении и библиотеках")
        number, month = f"{place // 12 + 1}.{place % 12 + 1}", place % 12 + 1
        work = f"Провести мероприятие по развитию чтения и подвести его итоги на совете, этап {place}"
        lines.append(f"{number}\t{work}\tДо 01.{month:02}.2025\tУО, школы\tПриказ, аналитическая справка")
    return "\n".join(lines)


def figures(folder: Path, runs: int) -> Iterator[Figure]:
    text, name = largest()
    word = to_docx(read_text(text))
    few = max(runs // 3, 3)
    yield Figure(
        f"read the {name} as TXT",
        cpu_ms(lambda: read_file(text, "a.txt"), few),
        "ms",
        few,
        aim=500,
        yardstick=cpu_ms(lambda: [line.split("\t") for line in text.decode().splitlines()], runs),
        yardstick_name="decoding and splitting its lines",
    )
    yield Figure(
        f"read the {name} as DOCX",
        cpu_ms(lambda: read_file(word, "a.docx"), few),
        "ms",
        few,
        aim=1500,
        yardstick=cpu_ms(lambda: _plain_docx(word), few),
        yardstick_name="python-docx: text of every cell",
    )
    with office(folder) as opened:
        draft = read_file(text, "a.txt")

        def store() -> None:
            store_draft(draft, source=None, directory=DatabaseDirectory(), by=SYSTEM, now=NOW)

        stored = cpu_ms(store, few)
        db.database.close()
        with opened.raw() as connection:
            yardstick = cpu_ms(lambda: _copy_edition(connection), few)
        yield Figure(
            f"store the {name}", stored, "ms", few, yardstick=yardstick, yardstick_name="SQLite: its rows inserted"
        )


def _plain_docx(data: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(data))
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def _copy_edition(connection: sqlite3.Connection) -> None:
    """Insert the rows of one edition once more, into tables without indexes, and take it all back."""
    below = "item_id IN (SELECT id FROM rd_item WHERE edition_id = 1)"
    connection.execute("BEGIN")
    for table, condition in (
        ("rd_item", "edition_id = 1"),
        ("rd_item_term", below),
        ("rd_responsible", below),
        ("rd_expected_document", below),
    ):
        rows = connection.execute(f"SELECT * FROM {table} WHERE {condition}").fetchall()
        columns = [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
        names = ", ".join(f'"{column}"' for column in columns)
        connection.execute(f"CREATE TEMP TABLE copy_of_{table} ({names})")
        connection.executemany(f"INSERT INTO copy_of_{table} VALUES ({', '.join('?' * len(columns))})", rows)
    connection.rollback()
