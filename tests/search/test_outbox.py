"""What is noted of a change: in its transaction, once, and only what can be found."""

from __future__ import annotations

import contextlib

import pytest

from roadmapdocs.audit.operations import record
from roadmapdocs.coverage.operations import link, slots_of, unlink
from roadmapdocs.db import transaction
from roadmapdocs.documents.comments import comment
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import DocumentLink, DocumentVersion
from roadmapdocs.files.models import StoredFile
from roadmapdocs.hooks import file_text_read
from roadmapdocs.people.models import Unit
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.roadmap.models import ExpectedDocument, Item, Section
from roadmapdocs.search import outbox
from roadmapdocs.search.models import SearchOutbox, SearchRecord
from tests import factories as make
from tests.conftest import NOW


def noted() -> list[str]:
    return [row.subject for row in SearchOutbox.select().order_by(SearchOutbox.id)]


def forget() -> None:
    SearchOutbox.delete().execute()


def spread() -> set[str]:
    """What the rows come to."""
    outbox.spread(outbox.take(100))
    return {outbox.key_of(subject) for subject in noted()}


def test_a_change_is_noted_once_however_much_is_journaled_about_it(database: str) -> None:
    document = make.document()
    assert noted() == [f"document:{document.id}"]
    with transaction():
        for _time in range(3):
            comment(document, "Согласен", by=SYSTEM, now=NOW)
    assert noted() == [f"document:{document.id}"] * 2


def test_what_is_taken_back_is_not_noted(database: str) -> None:
    document = make.document()
    forget()
    with contextlib.suppress(KeyError), transaction():
        comment(document, "Согласен", by=SYSTEM, now=NOW)
        raise KeyError
    with transaction():
        with contextlib.suppress(KeyError), transaction():
            comment(document, "Согласен", by=SYSTEM, now=NOW)
            raise KeyError
        make.document()
    assert noted() == [f"document:{document.id + 1}"]


def test_what_is_found_nowhere_is_not_noted(sqlite_database: None) -> None:
    make.account("ivanova", Role.STAFF)
    document = make.document()
    forget()
    record("lock_taken_over", subject=document, effect={}, by=SYSTEM, now=NOW)
    record("guest_link_made", subject=document, effect={}, by=SYSTEM, now=NOW)
    assert noted() == []


def test_a_link_to_an_item_and_its_end_are_noted_for_the_document(sqlite_database: None) -> None:
    make.roadmap(make.item("1.1", "Провести смотр", make.deadline(2026, 5, 1)))
    document = make.document()
    expected = ExpectedDocument.get()
    (slot,) = slots_of(expected)
    forget()
    proof = link(expected.id, slot.key, document, by=SYSTEM, now=NOW)
    assert set(noted()) == {f"item:{expected.item_id}", f"document:{document.id}"}
    forget()
    unlink(proof.id, by=SYSTEM, now=NOW)
    assert set(noted()) == {f"item:{expected.item_id}", f"document:{document.id}"}


def test_an_edition_of_a_roadmap_comes_to_its_items_and_to_those_found_before(database: str) -> None:
    first = make.roadmap(make.item("1.1"))
    old = Item.get(Item.edition == first)
    never = make.roadmap(make.item("1.1"), edition_of=first.roadmap)
    now = make.roadmap(make.item("1.1"), edition_of=first.roadmap)
    SearchRecord.create(key=f"item:{old.id}", digest="")
    items = {f"item:{row.id}" for row in Item.select().where(Item.edition == now)}
    sections = {f"section:{row.id}" for row in Section.select().where(Section.edition == now)}
    assert noted() == [f"roadmap:{first.roadmap_id}"] * 3
    assert spread() == items | sections | {f"item:{old.id}"}
    assert not any(f"item:{row.id}" in spread() for row in Item.select().where(Item.edition == never))


def test_what_is_written_in_several_records_comes_to_each(database: str) -> None:
    unit = make.unit()
    signer, drafter = make.employee("Лукина", unit), make.employee("Дёмина", unit)
    signed = make.document(signer_id=signer.id)
    drafted = make.document(drafter_id=drafter.id)
    other = make.document()
    make.roadmap(make.item("1.1", responsible=("УО",)))
    items = {f"item:{row.id}" for row in Item.select()}
    for subject, keys in (
        (f"employee:{signer.id}", {f"document:{signed.id}"}),
        (f"employee:{drafter.id}", {f"document:{drafted.id}"}),
        (f"unit:{unit.id}", items),
        (f"kind:{signed.kind_id}", {f"document:{row.id}" for row in (signed, drafted, other)}),
        (f"organisation:{Unit.get().organisation_id}", set()),
        ("case:1", set()),
    ):
        forget()
        outbox.note(subject)
        assert spread() == keys, subject


def test_what_a_document_amends_is_looked_at_with_it(database: str) -> None:
    amending, amended, other = make.document(), make.document(), make.document()
    for target, kind in ((amended, LinkKind.AMENDS), (other, LinkKind.REPLY_TO)):
        DocumentLink.create(source=amending, target=target, kind=str(kind), made_by="", made_at=NOW)
    forget()
    record("document_moved", subject=amending, effect={}, by=SYSTEM, now=NOW)
    assert noted() == [f"document:{amending.id}", f"again:document:{amended.id}"]


def test_the_text_of_a_file_comes_to_the_documents_that_have_it(database: str) -> None:
    file = StoredFile.create(sha256="0" * 64, size=1, format="txt", stored_at=NOW)
    document = make.document()
    DocumentVersion.create(document=document, number=1, file=file, name="приказ.txt", added_by="", added_at=NOW)
    forget()
    file_text_read.send(file.id)
    assert noted() == [f"file:{file.id}"]
    assert spread() == {f"document:{document.id}"}


def test_only_what_was_found_before_is_hidden_while_it_waits(database: str) -> None:
    known, new = make.document(), make.document()
    SearchRecord.create(key=f"document:{known.id}", digest="")
    assert outbox.waiting(10) == {f"document:{known.id}"}
    forget()
    outbox.add([f"{outbox.AGAIN}document:{known.id}", f"document:{new.id}"])
    assert outbox.waiting(10) == frozenset()


@pytest.mark.parametrize("subject", ["document:1", "again:document:1"])
def test_a_row_that_got_the_number_of_a_removed_one_is_not_taken_for_it(sqlite_database: None, subject: str) -> None:
    outbox.add(["document:2"])
    (number,) = outbox.take(1)
    outbox.remove([number])
    outbox.add([subject])
    assert list(outbox.take(1)) == [number]
    assert outbox.still([number], ["document:2"]) == []
    assert outbox.still([number], ["document:1"]) == [number]
