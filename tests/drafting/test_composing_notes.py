from __future__ import annotations

import dataclasses

import pytest

from roadmapdocs.drafting.samples_minutes import EXTREMES, NOTE
from roadmapdocs.drafting.values import NoteValues, Person, Point
from roadmapdocs.drafting.vocabulary import NotePage
from tests.drafting.printed import page_of, printed, text_of


def composed(**more: object) -> NotePage:
    page = page_of("note.docx", dataclasses.replace(NOTE, **more))  # type: ignore[arg-type]  # the fields that differ
    assert isinstance(page, NotePage)
    return page


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_note_has_sections_tables_conclusions_and_proposals() -> None:
    page = composed()
    assert page.kind == "АНАЛИТИЧЕСКАЯ СПРАВКА"
    assert [(one.kind, one.number) for one in page.pieces][:4] == [
        ("heading", "1."),
        ("paragraph", ""),
        ("heading", "2."),
        ("paragraph", ""),
    ]
    (table,) = (one for one in page.pieces if one.kind == "table")
    assert [one.text for one in table.columns] == ["Школа", "Писали", "Высокий", "Средний", "Низкий"]
    assert sum(table.widths) == 50
    assert table.rows[0].heading
    assert [one.number for one in page.conclusions] == ["1.", "2."]
    assert plain(page.proposals[0].text) == (
        "Начальнику информационно-методического отдела Масленко В.И.: провести мастер-классы для учителей сельских школ "
        "в срок до 22.05.2026."
    )


@pytest.mark.parametrize(
    ("person", "lines"),
    [
        (Person(name="Вересова Ирина Аркадьевна", post="начальник Управления образования"), "Начальнику Управления образования Вересовой И.А."),
        (Person(name="Зимин Олег Станиславович", post="и.о. директора"), "И.о. директора Зимину О.С."),
        (Person(post="Директор"), "Директору"),
        (Person(name="Стриж Марина Фёдоровна"), "Стриж М.Ф."),
        (Person(), ""),
        (None, ""),
    ],
)
def test_the_addressee_stands_in_the_dative(person: Person | None, lines: str) -> None:
    assert plain(" ".join(composed(addressee=person).addressee)) == lines


def test_no_line_of_the_addressee_is_longer_than_its_corner() -> None:
    page = page_of("note.docx", EXTREMES["note.docx"])
    assert isinstance(page, NotePage)
    assert max(map(len, page.addressee)) <= 32


def test_conclusions_that_say_nothing_are_not_counted() -> None:
    page = composed(conclusions=("первый", "  ", "второй."), proposals=(Point(text="повторить"),))
    assert [(one.number, one.text) for one in page.conclusions] == [("1.", "Первый."), ("2.", "Второй.")]
    assert [(one.number, one.text) for one in page.proposals] == [("1.", "Повторить.")]


def test_a_note_that_is_begun_has_no_empty_headings() -> None:
    page = page_of("note.docx", NoteValues(kind="note"))
    assert isinstance(page, NotePage)
    assert (page.addressee, page.basis, page.pieces, page.conclusions, page.proposals) == ((), "", (), (), ())


def test_everything_is_printed() -> None:
    text = plain(text_of(printed("note.docx", "sample")))
    for words in ("Начальнику Управления", "Основание: пункт 2.4", "Выводы", "Предложения", "Районный центр", "Т.В. Шилко"):
        assert words in text


def test_three_hundred_rows_with_codes_keep_every_cell() -> None:
    text = text_of(printed("note.docx", "extreme"))
    assert text.count("9f2c" * 16) == 300
