"""Bringing in a folder of files with their cards: each row and each file gets its line of the report."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from roadmapdocs.documents.bulk import Line, Outcome, import_folder
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.errors import Refusal
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.models import Journal
from tests import factories
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


def test_a_row_names_organisation_unit_body_and_mark(database: str, clerk: Actor, tmp_path: Path) -> None:
    unit = factories.unit()
    cards = (
        "number;date;title;kind;organisation;unit;body;mark;mark_basis\n"
        "5;2026-02-03;О чтении;протокол;администрация;уо;Совет по чтению;ДСП;Перечень № 1\n"
        "6;2026-02-04;О письме;протокол;;;;;\n"
    )

    assert [line.outcome for line in brought(tmp_path, clerk, cards)] == [Outcome.TAKEN, Outcome.TAKEN]

    first, second = Document.select().order_by(Document.id)
    assert (first.organisation_id, first.unit_id, first.body) == (unit.organisation_id, unit.id, "Совет по чтению")
    assert (first.mark, first.mark_basis) == ("official", "Перечень № 1")
    assert (second.organisation_id, second.unit_id, second.mark) == (None, None, "general")


@pytest.mark.parametrize(
    ("column", "words", "code"),
    [
        ("organisation", "Нет такой", "unknown_organisation"),
        ("unit", "Нет такого", "unknown_unit"),
        ("mark", "секретно", "mark"),
        ("mark", "ДСП", "card"),  # without its ground
        ("kind", "указ", "unknown_kind"),
        ("date", "29.02.2026", "date"),
        ("date", "01.01.2027", "card"),
        ("preparation", "готов", "preparation"),
        ("title", "О" * 2001, "card"),
    ],
)
def test_what_a_row_says_wrongly_is_told_and_stores_nothing(
    sqlite_database: None, clerk: Actor, tmp_path: Path, column: str, words: str, code: str
) -> None:
    row = {"number": "5", "date": "2026-02-03", "title": "О чтении", "kind": "протокол", column: words}
    (line,) = brought(tmp_path, clerk, ";".join(row) + "\n" + ";".join(row.values()) + "\n")

    assert (line.outcome, line.code) == (Outcome.REFUSED, code)
    assert line.message
    assert not Document.select().exists()


def test_a_number_that_follows_a_journals_pattern_is_entered_there(database: str, clerk: Actor, tmp_path: Path) -> None:
    Journal.delete().execute()
    Journal.create(code="main", name="Приказы", series="order_main", pattern="{n}-П", reset="year")

    brought(tmp_path, clerk, "number;date;title;kind\n41-П;2026-02-03;О чтении;приказ\n41/ОД;2026-02-04;О письме;приказ\n")

    entered, outside = Document.select().order_by(Document.id)
    assert (entered.entry.number, entered.registration) == ("41-П", "registered")
    assert (outside.entry_id, outside.registration) == (None, "registered")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Приказ о смотре", "order_main"),
        ("Инструкция по охране труда", "instruction"),
        ("Дорожная карта развития чтения", "roadmap"),
        ("дорожная_карта", "roadmap"),
        ("Положение о смотре", "regulation"),
        ("Фотография", "other"),
    ],
)
def test_the_kind_is_told_by_the_first_words_of_a_files_name(
    sqlite_database: None, clerk: Actor, tmp_path: Path, title: str, kind: str
) -> None:
    brought(tmp_path, clerk, "file\n", **{title: "текст"})

    assert Document.get().kind.code == kind


def test_a_kind_that_is_out_of_use_takes_nothing_in(sqlite_database: None, clerk: Actor, tmp_path: Path) -> None:
    Kind.update(active=False).where(Kind.code == "act").execute()
    (line,) = brought(tmp_path, clerk, "number;date;title;kind\n1;2026-02-03;О сверке;акт\n")

    assert (line.outcome, line.code) == (Outcome.REFUSED, "unknown_kind")


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
