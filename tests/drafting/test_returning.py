"""A file made here, edited in Word and uploaded: its differences offered, chosen ones taken over."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.document import Document as Word

from roadmapdocs.audit.operations import history
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.versions import add_version
from roadmapdocs.drafting.filling import values_of
from roadmapdocs.drafting.operations import draft_of, make_version, render_draft, save_draft, start_draft
from roadmapdocs.drafting.returned_changes import take as take_into
from roadmapdocs.drafting.returned_lines import Change, Found, Said, compared
from roadmapdocs.drafting.returning import Returned, returned, take_differences
from roadmapdocs.drafting.values import OrderValues, Point, PointKind
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.rules import Actor, Role
from tests.conftest import NOW, TODAY
from tests.drafting.made import word
from tests.drafting.office import Office, card

Edit = Callable[[Word], object]

SAID = [Said(f"points[{place}]", f"{place + 1}.", text) for place, text in enumerate(["Первое дело.", "Второе дело.", "Третье дело."])]


def content(place: Office) -> dict[str, Any]:
    return {
        "preamble": "В целях развития чтения в школах округа",
        "points": [
            {
                "kind": "task",
                "text": "провести смотр школьных библиотек",
                "due": "2026-10-01",
                "executors": [{"employee_id": place.methodist.id, "post": "Методист"}],
            },
            {"text": "Утвердить состав жюри", "points": [{"text": "жюри собрать до начала смотра"}]},
            {"text": "Итоги смотра разместить на сайте"},
            {"kind": "control"},
        ],
    }


def sent(place: Office, store: FolderStore) -> Document:
    document = card(place)
    start_draft(document.id, content=content(place), by=place.clerk, now=NOW)
    make_version(document.id, "", store=store, by=place.clerk, now=NOW, today=TODAY)
    return document


def paragraph(file: Word, words: str) -> Any:
    return next(one for one in file.paragraphs if words in one.text)


def rewrite(words: str, old: str, new: str) -> Edit:
    def edit(file: Word) -> None:
        found = paragraph(file, words)
        text = found.text.replace(old, new)
        for run in found.runs[1:]:
            run.text = ""
        found.runs[0].text = text

    return edit


def remove(words: str) -> Edit:
    return lambda file: paragraph(file, words)._p.getparent().remove(paragraph(file, words)._p)


def insert_before(words: str, text: str) -> Edit:
    return lambda file: paragraph(file, words).insert_paragraph_before(text, style=paragraph(file, words).style)


def come_back(document: Document, place: Office, store: FolderStore, *edits: Edit) -> Returned:
    file = docx.Document(io.BytesIO(render_draft(document.id, by=place.clerk, today=TODAY)))
    for edit in edits:
        edit(file)
    stream = io.BytesIO()
    file.save(stream)
    add_version(document, stream.getvalue(), "из Word.docx", store=store, by=place.clerk, now=NOW)
    return returned(document.id, store=store, by=place.clerk, today=TODAY)


def take(document: Document, place: Office, store: FolderStore, keys: list[str], **more: Any) -> OrderValues:
    take_differences(document.id, keys, store=store, by=place.clerk, now=NOW, today=TODAY, **more)
    values = values_of(document, draft_of(document), today=TODAY)
    assert isinstance(values, OrderValues)
    return values


def test_a_file_that_nobody_changed_says_nothing_new(everywhere: Office, store: FolderStore) -> None:
    document = sent(everywhere, store)
    found = come_back(document, everywhere, store, lambda file: file.core_properties.__setattr__("title", "x"))
    assert (found.differences, found.unplaced, found.version.number) == ((), (), 2)


def test_a_changed_term_and_task_come_back_with_the_executor_still_known(everywhere: Office, store: FolderStore) -> None:
    document = sent(everywhere, store)
    edit = rewrite("провести смотр", "провести смотр школьных библиотек в срок до\N{NO-BREAK SPACE}01.10.2026", "провести большой смотр школьных библиотек в срок до 01.11.2026")
    (difference,) = come_back(document, everywhere, store, edit).differences
    assert (difference.change, difference.place) == (Change.CHANGED, "points[0]")
    assert difference.point is not None
    assert difference.point.due == dt.date(2026, 11, 1)
    values = take(document, everywhere, store, [difference.key])
    first = values.points[0]
    assert (first.text, first.due) == ("провести большой смотр школьных библиотек", dt.date(2026, 11, 1))
    assert [one.employee_id for one in first.executors] == [everywhere.methodist.id]
    assert history(document)[0].what == "draft_returned"
    assert [point.kind for point in values.points[1:]] == [PointKind.PLAIN, PointKind.PLAIN, PointKind.CONTROL]


def test_points_added_removed_and_a_preamble_rewritten(office: Office, store: FolderStore) -> None:
    document = sent(office, store)
    found = come_back(
        document,
        office,
        store,
        rewrite("развития чтения", "развития чтения в школах", "поддержки чтения в школах"),
        remove("Итоги смотра"),
        insert_before("Контроль за", "4. Методисту Лукиной О.С. подвести итоги до 15.11.2026."),
    )
    assert [(one.change, one.place) for one in found.differences] == [
        (Change.CHANGED, "preamble"),
        (Change.ADDED, "points"),
        (Change.REMOVED, "points[2]"),
    ]
    values = take(document, office, store, [one.key for one in found.differences])
    assert values.preamble.startswith("В целях поддержки чтения")
    assert [point.text for point in values.points] == [
        "провести смотр школьных библиотек",
        "Утвердить состав жюри",
        "подвести итоги",
        "",
    ]
    assert values.points[2].due == dt.date(2026, 11, 15)
    assert values.points[2].executors[0].employee_id == office.methodist.id


def test_only_what_is_chosen_is_taken(office: Office, store: FolderStore) -> None:
    document = sent(office, store)
    found = come_back(document, office, store, rewrite("Итоги смотра", "на сайте", "на стенде"), remove("Жюри собрать"))
    values = take(document, office, store, [found.differences[0].key, "changed:points[17]"])
    assert values.points[2].text == "Итоги смотра разместить на стенде"
    assert len(values.points[1].points) == 1
    with pytest.raises(Refusal) as refused:
        take(document, office, store, [])
    assert refused.value.code == "nothing_chosen"


def test_a_line_that_has_no_place_is_told(office: Office, store: FolderStore) -> None:
    document = sent(office, store)
    found = come_back(document, office, store, insert_before("Итоги смотра", "Дописано от руки между пунктами."))
    assert (found.differences, found.unplaced) == ((), ("Дописано от руки между пунктами.",))


def test_what_was_changed_in_the_draft_meanwhile_is_not_overwritten(office: Office, store: FolderStore) -> None:
    document = sent(office, store)
    found = come_back(document, office, store, rewrite("Итоги смотра", "на сайте", "на стенде"))
    told = content(office)
    told["points"][2]["text"] = "Итоги смотра опубликовать в газете"
    save_draft(document.id, told, 1, by=office.clerk, now=NOW, today=TODAY)
    (again,) = returned(document.id, store=store, by=office.clerk, today=TODAY).differences
    assert (found.differences[0].clash, again.clash) == (False, True)
    with pytest.raises(Refusal) as refused:
        take(document, office, store, [again.key])
    assert (refused.value.code, refused.value.details["places"]) == ("clash", ["points[2]"])
    with pytest.raises(Conflict):
        save_draft(document.id, told, 1, by=office.clerk, now=NOW, today=TODAY)


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda points: [*points[:2], points[3]],
        lambda points: [*points[:2], {"text": "Итоги смотра опубликовать в газете"}, points[3]],
        lambda points: [{"text": "Объявить смотр"}, *points],
        lambda points: points[:1],
    ],
)
def test_a_point_added_behind_one_that_the_draft_has_no_more_is_not_put_anywhere(
    office: Office, store: FolderStore, meanwhile: Callable[[list[Any]], list[Any]]
) -> None:
    document = sent(office, store)
    edit = insert_before("Контроль за", "4. Методисту Лукиной О.С. подвести итоги до 15.11.2026.")
    (difference,) = come_back(document, office, store, edit).differences
    assert (difference.change, difference.clash) == (Change.ADDED, False)
    told = content(office)
    told["points"] = meanwhile(told["points"])
    save_draft(document.id, told, 1, by=office.clerk, now=NOW, today=TODAY)
    (again,) = returned(document.id, store=store, by=office.clerk, today=TODAY).differences
    assert again.clash
    with pytest.raises(Refusal) as refused:
        take(document, office, store, [again.key])
    assert (refused.value.code, refused.value.details["places"]) == ("clash", ["points"])


def test_a_sub_point_added_to_a_point_that_was_rewritten_meanwhile_is_a_clash(office: Office, store: FolderStore) -> None:
    document = sent(office, store)
    edit = insert_before("Итоги смотра", "1.1. Методисту Лукиной О.С. собрать заявки до 15.09.2026.")
    (difference,) = come_back(document, office, store, edit, remove("Жюри собрать")).differences[:1]
    assert (difference.change, difference.clash) == (Change.ADDED, False)
    told = content(office)
    told["points"][1] = {"text": "Объявить смотр"}
    save_draft(document.id, told, 1, by=office.clerk, now=NOW, today=TODAY)
    assert returned(document.id, store=store, by=office.clerk, today=TODAY).differences[0].clash


@pytest.mark.parametrize(
    "found",
    [
        Found(Change.ADDED, None, "Новое", "4", "points[2]", "points", "points[2]"),
        Found(Change.ADDED, None, "Новое", "1", "", "agenda[0].decided"),
        Found(Change.REMOVED, Said("points[2]", "3.", "Третье дело"), ""),
    ],
)
def test_a_place_that_the_content_has_lost_is_refused(found: Found) -> None:
    with pytest.raises(Refusal) as refused:
        take_into({"points": [{"text": "Первое дело"}]}, [(found, Point(text="Новое"))])
    assert refused.value.code == "clash"


@pytest.mark.parametrize(
    ("chosen", "texts"),
    [
        ((True, True), ["Первое дело", "Новое", "Ещё", "Второе дело"]),
        ((False, True), ["Первое дело", "Ещё", "Второе дело"]),
        ((True, False), ["Первое дело", "Новое", "Второе дело"]),
    ],
)
def test_of_new_points_each_can_be_left_out(chosen: tuple[bool, bool], texts: list[str]) -> None:
    said = SAID[:2]
    lines = ["1. Первое дело.", "2. Новое", "3. Ещё", "4. Второе дело."]
    found, _unplaced = compared(said, lines)
    before = {"points": [{"text": one.text.rstrip(".")} for one in said]}
    after = take_into(before, [(one, Point(text=one.now)) for one, wanted in zip(found, chosen, strict=True) if wanted])
    assert [point["text"] for point in after["points"]] == texts


def test_a_point_moved_behind_a_new_one_stands_behind_it() -> None:
    found, _unplaced = compared(SAID, ["1. Второе дело.", "2. Третье дело.", "3. Новое", "4. Первое дело."])
    assert [str(one.change) for one in found] == ["added", "moved"]
    after = take_into({"points": [{"text": one.text} for one in SAID]}, [(one, Point(text=one.now)) for one in found])
    assert [point["text"] for point in after["points"]] == ["Второе дело.", "Третье дело.", "Новое", "Первое дело."]


def test_a_revision_that_is_old_by_now_is_a_conflict(office: Office, store: FolderStore) -> None:
    document = sent(office, store)
    (difference,) = come_back(document, office, store, rewrite("Итоги смотра", "на сайте", "на стенде")).differences
    with pytest.raises(Conflict):
        take(document, office, store, [difference.key], revision=7)


def test_another_file_altogether_offers_nothing_but_removals_of_nothing(office: Office, store: FolderStore) -> None:
    document = sent(office, store)
    add_version(document, word("Меню школьной столовой"), "меню.docx", store=store, by=office.clerk, now=NOW)
    assert returned(document.id, store=store, by=office.clerk, today=TODAY).differences == ()


def test_nothing_is_compared_without_a_version_made_here(office: Office, store: FolderStore) -> None:
    document = card(office)
    start_draft(document.id, content=content(office), by=office.clerk, now=NOW)
    with pytest.raises(NotFound):
        returned(document.id, store=store, by=office.clerk, today=TODAY)
    add_version(document, word("1. Провести смотр"), "a.docx", store=store, by=office.clerk, now=NOW)
    with pytest.raises(Refusal) as refused:
        returned(document.id, store=store, by=office.clerk, today=TODAY)
    assert refused.value.code == "not_made_here"
    with pytest.raises(NotFound):
        returned(document.id, 999, store=store, by=office.clerk, today=TODAY)


def test_who_may_only_read_takes_nothing_over(office: Office, store: FolderStore) -> None:
    document = sent(office, store)
    (difference,) = come_back(document, office, store, rewrite("Итоги смотра", "на сайте", "на стенде")).differences
    executive = Actor(8, "Гордеева Н. П.", frozenset({Role.EXECUTIVE}), employee_id=office.head.id)
    with pytest.raises(Forbidden):
        take_differences(document.id, [difference.key], store=store, by=executive, now=NOW, today=TODAY)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["1. Первое дело", "2. Второе дело", "3. Третье дело"], []),
        (["1. Второе дело.", "2. Третье дело.", "3. Первое дело."], [("moved", "points[0]", "points[2]")]),
        (["1. Первое дело.", "2. Новое.", "3. Второе дело.", "4. Третье дело."], [("added", "", "points[0]")]),
        (["1. Новое.", "2. Первое дело.", "3. Второе дело.", "4. Третье дело."], [("added", "", "")]),
        (["1. Новое.", "2. Ещё.", "3. Первое дело.", "4. Второе дело.", "5. Третье дело."], [("added", "", ""), ("added", "", "+0")]),
        (["1. Первое дело.", "3. Третье дело."], [("removed", "points[1]", "")]),
        (["1. Первое дело.", "2. Второе новое дело.", "3. Третье дело."], [("changed", "points[1]", "")]),
        ([], []),
    ],
)
def test_lines_are_told_apart(lines: list[str], expected: list[tuple[str, str, str]]) -> None:
    found, _unplaced = compared(SAID, lines)
    assert [(str(one.change), one.said.place if one.said else "", one.after) for one in found] == expected


def test_a_point_moved_in_the_file_moves_in_the_draft(office: Office, store: FolderStore) -> None:
    document = sent(office, store)

    def move(file: Word) -> None:
        last = paragraph(file, "Итоги смотра")._p
        paragraph(file, "провести смотр")._p.addprevious(last)

    (difference,) = come_back(document, office, store, move).differences
    assert (difference.change, difference.place) == (Change.MOVED, "points[2]")
    values = take(document, office, store, [difference.key])
    assert [point.text for point in values.points][:2] == ["Итоги смотра разместить на сайте", "провести смотр школьных библиотек"]
