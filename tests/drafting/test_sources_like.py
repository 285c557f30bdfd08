"""Drafts as last year: years moved, people renewed, texts read out of files."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from roadmapdocs.documents.versions import add_version
from roadmapdocs.drafting import sources
from roadmapdocs.drafting.filling import values_of
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.operations import draft_of, make_version, start_draft
from roadmapdocs.drafting.values import (
    Cited,
    Executor,
    OrderValues,
    Point,
    PointKind,
)
from roadmapdocs.drafting.values_json import read_values, write_values
from roadmapdocs.errors import Refusal
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.models import Employee, Post
from tests.conftest import NOW, TODAY
from tests.drafting.made import word
from tests.drafting.office import Office, card

LAST_YEAR = OrderValues(
    preamble="Во исполнение приказа от 01.09.2024 № 7 в 2025/26 учебном году",
    points=(
        Point(kind=PointKind.TASK, text="провести смотр 2025 года", due=dt.date(2025, 10, 1)),
        Point(kind=PointKind.REPEAL, document=Cited(kind="приказ", date=dt.date(2024, 2, 1), number="3")),
        Point(kind=PointKind.CONTROL),
    ),
)


def test_as_last_year_moves_years_and_tells_what_to_look_at(everywhere: Office) -> None:
    before = card(everywhere, "О смотре библиотек в 2025 году", date=dt.date(2025, 3, 3))
    methodist = Executor(name="Лукина Ольга Сергеевна", post="Методист", employee_id=everywhere.methodist.id)
    first = dataclasses.replace(LAST_YEAR.points[0], executors=(methodist,))
    content = write_values(dataclasses.replace(LAST_YEAR, points=(first, *LAST_YEAR.points[1:])))
    start_draft(before.id, content=content, by=everywhere.clerk, now=NOW)
    new = Employee.create(surname="Зорин", name="Пётр", patronymic="Ильич", gender="m")
    Post.update(until=dt.date(2025, 12, 31)).where(Post.employee == everywhere.methodist).execute()
    Post.create(employee=new, unit=everywhere.department, title="Методист", since=dt.date(2026, 1, 1))

    made = sources.draft_like(before.id, by=everywhere.clerk, now=NOW, today=TODAY)

    values = values_of(made.document, draft_of(made.document), today=TODAY)
    assert isinstance(values, OrderValues)
    assert (made.document.title, made.document.number, made.document.date) == ("О смотре библиотек в 2026 году", "", None)
    assert values.preamble == "Во исполнение приказа от 01.09.2024 № 7 в 2026/27 учебном году"
    assert (values.points[0].text, values.points[0].due) == ("провести смотр 2026 года", dt.date(2026, 10, 1))
    assert [one.name for one in values.points[0].executors] == ["Зорин Пётр Ильич"]
    assert values.points[1].document == LAST_YEAR.points[1].document
    assert {one.code for one in made.look_at} == {"year", "date", "cited", "left"}
    assert {one["code"] for one in draft_of(made.document).made_from["look_at"]} == {one.code for one in made.look_at}


def test_a_document_without_a_draft_is_read_out_of_its_file(office: Office, store: FolderStore) -> None:
    drafted = card(office, "О смотре в 2025 году", date=dt.date(2025, 3, 3))
    start_draft(drafted.id, content=write_values(LAST_YEAR), by=office.clerk, now=NOW)
    make_version(drafted.id, "", store=store, by=office.clerk, now=NOW, today=TODAY)
    Draft.update(document=card(office, "Другой").id).where(Draft.document == drafted.id).execute()
    made = sources.draft_like(drafted.id, store=store, by=office.clerk, now=NOW, today=TODAY)
    values = read_values(OrderValues, draft_of(made.document).content)
    assert values.preamble.endswith("в 2026/27 учебном году")
    assert [point.kind for point in values.points] == [PointKind.TASK, PointKind.REPEAL, PointKind.CONTROL]
    assert (values.points[0].text, values.points[0].due) == ("Провести смотр 2026 года", dt.date(2026, 10, 1))


def test_appendices_that_were_not_read_out_of_a_file_are_told(office: Office, store: FolderStore) -> None:
    before = card(office, "О смотре", date=dt.date(2025, 3, 3))
    file = word(
        "Приложение: нет",
        "В целях развития чтения п р и к а з ы в а ю:",
        "1. Провести смотр 2025 года.",
        "2. Утвердить Положение о смотре (приложение № 1).",
        "Приложение № 1 к приказу от 03.03.2025 № 5",
        "Положение о смотре",
        "1. Смотр проводится ежегодно.",
        "Приложение 2",
        "Состав жюри",
    )
    add_version(before, file, "приказ.docx", store=store, by=office.clerk, now=NOW)
    made = sources.draft_like(before.id, store=store, by=office.clerk, now=NOW, today=TODAY)
    lost = [(one.place, one.was) for one in made.look_at if one.code == "lost"]
    assert lost == [("appendices", "Приложение № 1 к приказу от 03.03.2025 № 5"), ("appendices", "Приложение 2")]
    assert len(read_values(OrderValues, draft_of(made.document).content).points) == 2


def test_what_cannot_be_read_into_a_draft_says_so(office: Office, store: FolderStore) -> None:
    for kind in ("order_main", "note", "letter"):
        with pytest.raises(Refusal) as refused:
            sources.draft_like(card(office, kind=kind).id, store=store, by=office.clerk, now=NOW, today=TODAY)
        assert refused.value.code in {"no_draft", "no_template"}
