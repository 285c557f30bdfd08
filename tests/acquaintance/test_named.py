"""Whom the text of an order names."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.acquaintance.addressees import named_in
from roadmapdocs.acquaintance.operations import outlook
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.errors import Refusal
from roadmapdocs.people.models import Employee, Post
from roadmapdocs.texts.models import FileText
from tests.acquaintance.office import Office, make_office, states
from tests.conftest import NOW, TODAY
from tests.factories import count_queries


def order(office: Office, words: str, **card: object) -> Document:
    """A document whose text has been read."""
    document = office.document(words=words, **card)
    read(document, words)
    return get_document(document.id)


def read(document: Document, words: str) -> None:
    file = document.versions.get().file
    FileText.insert(file=file, asked_at=NOW, next_at=NOW).on_conflict_ignore().execute()
    FileText.update(state="read", text=words).where(FileText.file == file).execute()


def surnames(office: Office, document: Document) -> set[str]:
    found = {one.employee_id for one in named_in(document, day=TODAY)}
    return {surname for surname, person in office.people.items() if person.id in found}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("1. Дёминой О. С.: провести зачёт.", {"Дёмина"}),
        ("1. О.С. Деминой провести зачёт.", {"Дёмина"}),
        ("1. Назначить Нечаева Ивана Сергеевича ответственным.", {"Нечаев"}),
        ("1. Назначить Нечаева Ивана\nСергеевича и Громову О.С.", {"Нечаев", "Громова"}),
        ("1. Поручить Ивану Сергеевичу Нечаеву проверку.", {"Нечаев"}),
        ("1. Нечаеву П. С.: проверить.", set()),
        ("1. Нечаеву Петру Сергеевичу: проверить.", set()),
        ("Нечаевский переулок, И. С.", set()),
        ("1. Главному бухгалтеру выделить средства.", {"Громова"}),
        # Two people are methodologists: the post tells nobody apart.
        ("1. Методистам и методисту провести смотр.", set()),
        ("Контроль возложить на начальника управления.", {"Ветрова"}),
        ("", set()),
    ],
)
def test_people_are_found_by_names_in_any_case_and_by_posts_of_their_own(office: Office, words: str, found: set[str]) -> None:
    assert surnames(office, order(office, words or "Без имён.")) == found


def test_who_signs_is_not_asked_to_read(office: Office) -> None:
    signer = office.people["Ветрова"].id
    document = order(office, "1. Громовой О. С.: сделать.\nНачальник управления О. С. Ветрова", signer_id=signer)
    assert surnames(office, document) == {"Громова"}


def test_of_two_people_of_one_name_the_post_beside_it_tells(office: Office) -> None:
    twin = Employee.create(surname="Нечаев", name="Илья", patronymic="Семёнович", gender="m")
    Post.create(employee=twin, unit=office.units["Бухгалтерия"], title="кассир", since=dt.date(2024, 1, 1))
    document = order(office, "1. Юристу Нечаеву И. С.: проверить договор.")
    assert surnames(office, document) == {"Нечаев"}


def test_a_name_of_two_people_is_told_and_nobody_asked_for_it(office: Office) -> None:
    twin = Employee.create(surname="Нечаев", name="Илья", patronymic="Семёнович", gender="m")
    Post.create(employee=twin, unit=office.units["Бухгалтерия"], title="кассир", since=dt.date(2024, 1, 1))
    document = order(office, "1. Нечаеву И. С. и Громовой О. С.: проверить договор.")
    told = outlook(document.id, Addressees(named=True), by=office.clerk, today=TODAY)
    assert ([one.name[:7] for one in told.people], told.doubtful) == (["Громова"], ("Нечаеву И. С.",))
    alone = order(office, "1. Нечаеву И. С.: проверить договор.")
    with pytest.raises(Refusal) as refused:
        office.send(alone, to=Addressees(named=True))
    assert (refused.value.code, "Нечаеву И. С." in refused.value.message) == ("nobody", True)


def test_statements_do_not_grow_with_the_names_of_a_long_text(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    point = "1. Дёминой О. С., Нечаеву И. С.: провести.\n2. Ивану Сергеевичу Нечаеву и О. С. Громовой: проверить.\n"
    counts = []
    for times in (1, 400):
        document = order(office, point * times)
        with monkeypatch.context() as patch:
            seen = count_queries(patch)
            assert surnames(office, document) == {"Дёмина", "Нечаев", "Громова"}
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_all_who_are_named_are_sent_the_order(office: Office) -> None:
    document = order(office, "1. Дёминой О. С., Громовой О. С.: провести.")
    office.send(document, to=Addressees(named=True))
    assert states(document) == {"": "sent", "Дёмина": "asked", "Громова": "asked"}


def test_while_the_text_is_being_read_it_is_not_known_who_is_named(office: Office) -> None:
    document = office.document()
    FileText.update(state="waiting", text="").execute()
    with pytest.raises(Refusal) as refused:
        office.send(document, to=Addressees(named=True))
    assert refused.value.code == "text_unread"
