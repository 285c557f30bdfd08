"""Documents and items linked to records of other programs."""

from __future__ import annotations

import dataclasses

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.operations import history
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.operations import link as prove
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.erp import links
from roadmapdocs.erp.link_rules import LONGEST_TITLE, Target, check_address, checked
from roadmapdocs.erp.models import ExternalLink
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.rules import SYSTEM, Actor
from roadmapdocs.roadmap.models import Item
from tests import factories as make
from tests.conftest import NOW, TODAY

links.listen()

PARTNER = Target("host", "partner", "7", "ООО «Книжный двор»", "/partners/7")
TASK = Target("host", "task", "3", "Провести смотр", "https://erp.example.test/tasks/3")


def hidden_document() -> Document:
    card = Card("order_main", "О премировании", preparation=Preparation.SIGNED, date=TODAY, mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    return create_document(card, by=SYSTEM, now=NOW, today=TODAY)


def events(subject: object) -> list[str]:
    return [event.what for event in history(subject)]


@pytest.mark.parametrize(
    "url",
    ["", "/tasks/3", "/tasks/3?a=1#b", "https://erp.example.test/x", "http://erp.example.test:8080/", "/задачи/3"],
)
def test_addresses_of_pages_are_taken(url: str) -> None:
    check_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "//elsewhere.test/",
        "/\\elsewhere.test",
        "\\\\elsewhere.test",
        "/a\nb",
        "java\tscript:alert(1)",
        "/a b",
        "tasks/3",
        "https://",
        "https://user:password@erp.example.test/",
        "https://erp.example.test:port/",
        "https://erp.example.test:0/",
        "http://[::1/",
        "ftp://erp.example.test/",
        "/" + "a" * 2000,
        "/\u202e",
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_address(url)

    assert refused.value.code == "external_address"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"source": ""}, "external_target"),
        ({"source": "s" * 65}, "external_target"),
        ({"model": ""}, "external_target"),
        ({"model": "m\n"}, "external_target"),
        ({"external": ""}, "external_target"),
        ({"external": "1" * 129}, "external_target"),
        ({"external": "\x00"}, "external_target"),
        ({"title": " \n\t"}, "external_title"),
        ({"title": "т" * (LONGEST_TITLE + 1)}, "external_title"),
        ({"url": "javascript:alert(1)"}, "external_address"),
    ],
)
def test_a_record_that_cannot_be_kept_is_refused(change: dict[str, str], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked(dataclasses.replace(PARTNER, **change))

    assert refused.value.code == code


def test_a_title_is_kept_in_one_line_without_what_nobody_sees() -> None:
    assert checked(dataclasses.replace(PARTNER, title=" ООО\x00\n «Двор»\ud800 ")).title == "ООО «Двор»"


def test_a_document_is_found_by_its_partner(database: str, clerk: Actor) -> None:
    document, other = make.document(), make.document()

    link = links.link_document(document.id, PARTNER, by=clerk, now=NOW)

    assert [one.id for one in links.documents_of("host", "partner", "7", by=clerk)] == [document.id]
    assert links.documents_of("host", "partner", "8", by=clerk) == []
    assert links.documents_of("else", "partner", "7", by=clerk) == []
    assert [(one.id, one.title, one.url, one.made_by) for one in links.links_of_document(document)] == [
        (link.id, PARTNER.title, "/partners/7", clerk.name)
    ]
    assert links.links_of_document(other) == []
    assert events(document)[0] == "external_link_made"


def test_linking_twice_changes_nothing(database: str, clerk: Actor) -> None:
    document = make.document()

    first = links.link_document(document.id, PARTNER, by=clerk, now=NOW)
    again = links.link_document(document.id, PARTNER, by=clerk, now=NOW)

    assert first.id == again.id
    assert events(document).count("external_link_made") == 1


def test_a_link_is_taken_off_once(database: str, clerk: Actor) -> None:
    document = make.document()
    link = links.link_document(document.id, PARTNER, by=clerk, now=NOW)

    assert links.unlink_external(link.id, by=clerk, now=NOW).title == PARTNER.title
    with pytest.raises(NotFound):
        links.unlink_external(link.id, by=clerk, now=NOW)

    assert links.links_of_document(document) == []
    assert events(document)[:2] == ["external_link_removed", "external_link_made"]


def test_only_who_links_documents_makes_links_and_takes_them_off(database: str, clerk: Actor, staff: Actor) -> None:
    document = make.document()
    item = Item.get(Item.edition == make.roadmap(make.item()))
    link = links.link_document(document.id, PARTNER, by=clerk, now=NOW)

    for act in (
        lambda: links.link_document(document.id, TASK, by=staff, now=NOW),
        lambda: links.link_item(item.id, TASK, by=staff, now=NOW),
        lambda: links.unlink_external(link.id, by=staff, now=NOW),
    ):
        with pytest.raises(Forbidden):
            act()

    assert ExternalLink.select().count() == 1


def test_who_may_not_read_a_document_neither_links_nor_sees_it(database: str, clerk: Actor, coordinator: Actor) -> None:
    document = hidden_document()
    link = links.link_document(document.id, PARTNER, by=clerk, now=NOW)

    for act in (
        lambda: links.link_document(document.id, TASK, by=coordinator, now=NOW),
        lambda: links.unlink_external(link.id, by=coordinator, now=NOW),
        lambda: links.link_document(4711, TASK, by=coordinator, now=NOW),
    ):
        with pytest.raises(NotFound):
            act()

    assert links.documents_of("host", "partner", "7", by=coordinator) == []
    assert [one.id for one in links.documents_of("host", "partner", "7", by=clerk)] == [document.id]


def test_an_item_shows_in_its_task_what_proves_it(database: str, coordinator: Actor, staff: Actor) -> None:
    edition = make.roadmap(make.item("1.1", "Провести смотр", make.deadline(2026, 2, 1)))
    item = Item.get(Item.edition == edition)
    links.link_item(item.id, TASK, by=coordinator, now=NOW)

    (before,) = links.items_of("host", "task", "3", by=staff, today=TODAY)
    slot = before.slots[0].slot
    document = make.document(date=TODAY)
    prove(slot.expected, slot.key, document, by=coordinator, now=NOW)
    (after,) = links.items_of("host", "task", "3", by=staff, today=TODAY)

    assert (before.number, before.title, before.roadmap_title, before.current) == ("1.1", "Провести смотр", "Развитие чтения", True)
    assert (before.late, before.proved) == (True, False)
    assert (after.late, after.proved) == (False, True)
    assert [one.id for one in after.slots[0].documents] == [document.id]
    assert events(item).count("external_link_made") == 1


def test_a_task_names_no_document_that_is_not_open_to_who_looks(database: str, clerk: Actor, staff: Actor) -> None:
    edition = make.roadmap(make.item("1.1", "Провести смотр", make.deadline(2026, 2, 1)))
    links.link_item(Item.get(Item.edition == edition).id, TASK, by=clerk, now=NOW)
    slot = coverage_of(edition, today=TODAY).items[0].slots[0].slot
    prove(slot.expected, slot.key, hidden_document(), by=clerk, now=NOW)

    (seen,) = links.items_of("host", "task", "3", by=staff, today=TODAY)

    assert seen.proved
    assert [(one.id, one.title, one.number) for one in seen.slots[0].documents] == [(0, "", "")]


def test_an_item_that_expects_nothing_is_not_proved(database: str, coordinator: Actor) -> None:
    edition = make.roadmap(make.item("1.1", "Вести работу", make.deadline(2026, 2, 1), expected=()))
    links.link_item(Item.get(Item.edition == edition).id, TASK, by=coordinator, now=NOW)

    (seen,) = links.items_of("host", "task", "3", by=coordinator, today=TODAY)

    assert seen.slots == ()
    assert not seen.proved
    assert not seen.late


def test_links_go_over_to_a_new_edition_as_far_as_items_do(database: str, coordinator: Actor) -> None:
    first = make.roadmap(make.item("1.1", "Провести смотр"), make.item("1.2", "Издать сборник"), make.item("1.3", "Обучить"))
    kept, gone = Item.get((Item.edition == first) & (Item.number == "1.1")), Item.get((Item.edition == first) & (Item.number == "1.2"))
    for item, task in ((kept, "3"), (gone, "4")):
        links.link_item(item.id, dataclasses.replace(TASK, external=task), by=coordinator, now=NOW)

    second = make.roadmap(make.item("2.5", "Провести смотр"), make.item("1.2", "Купить мебель"), edition_of=first.roadmap)

    (moved,) = links.items_of("host", "task", "3", by=coordinator, today=TODAY)
    (left,) = links.items_of("host", "task", "4", by=coordinator, today=TODAY)
    assert (moved.number, moved.current) == ("2.5", True)
    assert moved.item_id == Item.get((Item.edition == second) & (Item.number == "2.5")).id
    assert (left.item_id, left.current, left.late) == (gone.id, False, False)
    assert links.links_of_item(kept.id) == []


def test_two_items_that_become_one_keep_one_link(database: str, coordinator: Actor) -> None:
    first = make.roadmap(make.item("1.1", "Провести смотр"), make.item("1.2", "Провести смотр"))
    for item in Item.select().where(Item.edition == first):
        links.link_item(item.id, TASK, by=coordinator, now=NOW)

    make.roadmap(make.item("1.1", "Провести смотр"), edition_of=first.roadmap)

    found = links.items_of("host", "task", "3", by=coordinator, today=TODAY)
    assert sorted(one.current for one in found) == [False, True]


def test_items_of_an_earlier_edition_are_not_linked_any_more(database: str, coordinator: Actor) -> None:
    first = make.roadmap(make.item())
    make.roadmap(make.item(), edition_of=first.roadmap)

    with pytest.raises(Refusal) as refused:
        links.link_item(Item.get(Item.edition == first).id, TASK, by=coordinator, now=NOW)
    with pytest.raises(NotFound):
        links.link_item(4711, TASK, by=coordinator, now=NOW)

    assert refused.value.code == "old_edition"


