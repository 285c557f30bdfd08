"""Cards, numbers and versions, on both databases."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import history
from roadmapdocs.documents.comments import comment
from roadmapdocs.documents.kinds import load_kinds
from roadmapdocs.documents.models import Document, DocumentVersion, Kind
from roadmapdocs.documents.operations import (
    create_document,
    get_document,
    update_document,
)
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.versions import add_version, versions_of
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.hooks import document_changed
from roadmapdocs.people.rules import SYSTEM, Actor
from roadmapdocs.registration.models import Journal
from roadmapdocs.registration.operations import load_journals
from roadmapdocs.registration.patterns import Context
from roadmapdocs.registration.wishes import pattern_of
from tests import factories
from tests.conftest import NOW, TODAY
from tests.processes import at_once

ORDER = Card("order_main", "О рабочей группе", number="178-П", date=dt.date(2026, 3, 2), signer="Лукина О. С.")
CREATE = """
import datetime as dt
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.errors import Refusal
from roadmapdocs.people.rules import SYSTEM
card = Card("order_main", "О рабочей группе", number={number!r}, date=dt.date(2026, 3, 2))
try:
    create_document(card, by=SYSTEM, now=dt.datetime(2026, 3, 16, tzinfo=dt.UTC), today=dt.date(2026, 3, 16))
    result = "stored"
except Refusal as refusal:
    result = refusal.code
"""


@pytest.fixture
def order(database: str, clerk: Actor, now: dt.datetime, today: dt.date) -> Document:
    return create_document(ORDER, by=clerk, now=now, today=today)


def code_of(card: Card, by: Actor, now: dt.datetime, today: dt.date) -> str:
    with pytest.raises(Refusal) as refused:
        create_document(card, by=by, now=now, today=today)
    return refused.value.code


def test_a_card_keeps_what_was_typed_and_is_journalled(order: Document, clerk: Actor) -> None:
    stored = get_document(order.id)
    assert (stored.number, stored.date, stored.title, stored.signer) == (
        "178-П",
        dt.date(2026, 3, 2),
        "О рабочей группе",
        "Лукина О. С.",
    )
    assert [(event.what, event.who) for event in history(order)] == [("document_created", clerk.name)]


def test_staff_keep_no_cards(database: str, staff: Actor, now: dt.datetime, today: dt.date) -> None:
    with pytest.raises(Forbidden):
        create_document(ORDER, by=staff, now=now, today=today)
    assert Document.select().count() == 0


def test_an_unknown_kind_is_refused_with_the_known_ones(
    database: str, clerk: Actor, now: dt.datetime, today: dt.date
) -> None:
    assert code_of(Card("no_such_kind", "О"), clerk, now, today) == "unknown_kind"


@pytest.mark.parametrize("number", ["178-П", "№ 178 – п", "178-П ", "N178-п"])
def test_a_number_is_given_once_a_year_however_it_is_written(
    order: Document, clerk: Actor, now: dt.datetime, today: dt.date, number: str
) -> None:
    card = dataclasses.replace(ORDER, number=number, date=dt.date(2026, 12, 31))
    assert code_of(card, clerk, now, dt.date(2026, 12, 31)) == "number_taken"


def test_both_kinds_of_orders_share_their_numbers(
    order: Document, clerk: Actor, now: dt.datetime, today: dt.date
) -> None:
    assert code_of(dataclasses.replace(ORDER, kind="order_admin"), clerk, now, today) == "number_taken"


@pytest.mark.parametrize(
    "change",
    [{"date": dt.date(2025, 12, 31)}, {"kind": "protocol"}, {"number": "179-П"}, {"number": ""}, {"date": None}],
)
def test_the_number_of_another_year_or_kind_is_free(
    order: Document, clerk: Actor, now: dt.datetime, today: dt.date, change: dict[str, object]
) -> None:
    create_document(dataclasses.replace(ORDER, **change), by=clerk, now=now, today=today)  # type: ignore[arg-type]
    assert Document.select().count() == 2


def test_a_card_may_be_saved_with_its_own_number(order: Document, clerk: Actor, now: dt.datetime, today: dt.date) -> None:
    changed = update_document(
        order.id, dataclasses.replace(ORDER, title="О группе"), revision=1, by=clerk, now=now, today=today
    )
    assert (changed.title, changed.revision, get_document(order.id).title) == ("О группе", 2, "О группе")


def test_a_card_that_somebody_changed_meanwhile_is_not_overwritten(
    order: Document, clerk: Actor, coordinator: Actor, now: dt.datetime, today: dt.date
) -> None:
    theirs, ours = (dataclasses.replace(ORDER, title=title) for title in ("Их заголовок", "Наш заголовок"))
    update_document(order.id, theirs, revision=1, by=coordinator, now=now, today=today)
    with pytest.raises(Conflict) as refused:
        update_document(order.id, ours, revision=1, by=clerk, now=now, today=today)
    assert (refused.value.code, refused.value.details["revision"]) == ("stale", 2)
    assert get_document(order.id).title == "Их заголовок"
    assert Event.select().where(Event.what == "document_changed").count() == 1


def test_a_stale_save_names_who_changed_the_card_and_not_who_spoke_since(
    order: Document, clerk: Actor, coordinator: Actor, now: dt.datetime, today: dt.date
) -> None:
    update_document(order.id, ORDER, revision=1, by=coordinator, now=now, today=today)
    comment(get_document(order.id), "Смотрю", by=clerk, now=now)
    with pytest.raises(Conflict) as refused:
        update_document(order.id, ORDER, revision=1, by=clerk, now=now, today=today)
    assert refused.value.details["who"] == coordinator.name


def test_a_number_in_the_journal_stays_as_it_is_printed_there(
    database: str, clerk: Actor, now: dt.datetime, today: dt.date
) -> None:
    """Typed in Latin or small letters it is the same number, and no other spelling of it."""
    load_journals()
    journal = Journal.get(Journal.series == Kind.get(Kind.code == "order_main").series)
    printed = pattern_of(journal.pattern).print(178, Context(year=2026))
    card = dataclasses.replace(ORDER, number=printed, preparation=Preparation.SIGNED)
    made = create_document(card, by=clerk, now=now, today=today)
    assert made.entry_id is not None
    typed = dataclasses.replace(card, number=f"№ {printed.lower()}", title="О группе")
    changed = update_document(made.id, typed, revision=1, by=clerk, now=now, today=today)
    assert (changed.title, changed.number) == ("О группе", printed)


def test_a_card_that_is_not_there_is_not_changed(database: str, clerk: Actor, now: dt.datetime, today: dt.date) -> None:
    with pytest.raises(NotFound):
        update_document(77, ORDER, revision=1, by=clerk, now=now, today=today)


def test_a_change_is_announced_with_the_one_who_made_it(
    order: Document, clerk: Actor, now: dt.datetime, today: dt.date
) -> None:
    told: list[tuple[int, Actor]] = []

    def hear(document: Document, *, by: Actor) -> None:
        told.append((document.id, by))

    with document_changed.connected_to(hear):
        update_document(order.id, ORDER, revision=1, by=clerk, now=now, today=today)
    assert told == [(order.id, clerk)]


def test_versions_follow_each_other_and_the_newest_comes_first(
    order: Document, clerk: Actor, now: dt.datetime
) -> None:
    store = MemoryStore()
    for text in ("Первая редакция", "Вторая редакция"):
        add_version(order, text.encode(), "приказ.txt", store=store, by=clerk, now=now)
    assert [version.number for version in versions_of(order)] == [2, 1]
    newest = versions_of(order).first()
    with store.open(newest.file.sha256) as stream:
        assert stream.read().decode() == "Вторая редакция"


def test_the_same_file_twice_in_a_row_is_no_new_version(order: Document, clerk: Actor, now: dt.datetime) -> None:
    store = MemoryStore()
    add_version(order, "Текст".encode(), "а.txt", store=store, by=clerk, now=now)
    with pytest.raises(Refusal) as refused:
        add_version(order, "Текст".encode(), "б.txt", store=store, by=clerk, now=now)
    assert refused.value.code == "same_file"
    assert DocumentVersion.select().count() == 1


def test_an_earlier_file_may_come_back_as_a_new_version(order: Document, clerk: Actor, now: dt.datetime) -> None:
    store = MemoryStore()
    for text in ("А", "Б", "А"):
        add_version(order, text.encode(), "текст.txt", store=store, by=clerk, now=now)
    first, _second, third = reversed(list(versions_of(order)))
    assert first.file == third.file


def test_what_was_read_before_the_document_moved_gives_no_right_to_its_text(
    order: Document, clerk: Actor, coordinator: Actor, now: dt.datetime
) -> None:
    Document.update(preparation="in_signing").where(Document.id == order.id).execute()
    assert order.preparation == "draft"
    with pytest.raises(Forbidden):
        add_version(order, b"text", "order.txt", store=MemoryStore(), by=coordinator, now=now)
    assert DocumentVersion.select().count() == 0


def test_the_file_that_comes_with_a_card_needs_the_right_to_cards_alone(
    order: Document, coordinator: Actor, staff: Actor, now: dt.datetime
) -> None:
    Document.update(preparation="in_signing").where(Document.id == order.id).execute()
    with pytest.raises(Forbidden):
        add_version(order, b"text", "order.txt", store=MemoryStore(), brought_in=True, by=staff, now=now)
    add_version(order, b"text", "order.txt", store=MemoryStore(), brought_in=True, by=coordinator, now=now)
    assert DocumentVersion.select().count() == 1


@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00program", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_document_is_no_version(order: Document, clerk: Actor, now: dt.datetime, data: bytes) -> None:
    with pytest.raises(Refusal):
        add_version(order, data, "приказ.docx", store=MemoryStore(), by=clerk, now=now)
    assert DocumentVersion.select().count() == 0


def test_two_who_take_one_number_at_once_do_not_both_get_it(database: str) -> None:
    told = at_once(database, [CREATE.format(number=number) for number in ("200-П", "№200-п", "200–П")])
    assert sorted(str(one) for one in told) == ["number_taken", "number_taken", "stored"]


def test_shipped_kinds_are_added_once_and_those_of_the_office_stay(database: str) -> None:
    Kind.update(name="Приказ нашего управления").where(Kind.code == "order_main").execute()
    Kind.delete().where(Kind.code == "other").execute()
    assert load_kinds() == 1
    assert load_kinds() == 0
    assert Kind.get(Kind.code == "order_main").name == "Приказ нашего управления"


SIGNED = dataclasses.replace(ORDER, number="178", preparation=Preparation.SIGNED)


def test_a_card_brought_in_with_number_and_date_is_registered_and_in_force(
    database: str, clerk: Actor, now: dt.datetime, today: dt.date
) -> None:
    made = create_document(SIGNED, by=clerk, now=now, today=today)
    stored = get_document(made.id)
    assert (stored.preparation, stored.registration, stored.force) == ("signed", "registered", "in_force")
    assert (stored.registered_on, stored.force_from) == (dt.date(2026, 3, 2), dt.date(2026, 3, 2))
    assert stored.entry is not None


@pytest.mark.parametrize(
    "change", [{"number": "179"}, {"date": dt.date(2026, 3, 3)}, {"kind": "directive"}, {"number": "", "date": None}]
)
def test_what_the_journal_has_stays_on_the_card(
    database: str, clerk: Actor, now: dt.datetime, today: dt.date, change: dict[str, object]
) -> None:
    made = create_document(SIGNED, by=clerk, now=now, today=today)
    wanted = dataclasses.replace(SIGNED, **{"preparation": Preparation.DRAFT, **change})  # type: ignore[arg-type]  # values of Card by name
    with pytest.raises(Refusal) as refused:
        update_document(made.id, wanted, revision=1, by=clerk, now=now, today=today)
    assert refused.value.code == "registered"
    assert set(refused.value.details["fields"]) == set(change)  # type: ignore[call-overload]  # a mapping of sentences
    assert get_document(made.id).revision == 1


def test_the_drafter_changes_a_draft_and_other_staff_do_not_know_of_it(
    database: str, clerk: Actor, staff: Actor, now: dt.datetime, today: dt.date
) -> None:
    mine = dataclasses.replace(staff, employee_id=factories.employee().id)
    made = create_document(
        dataclasses.replace(ORDER, number="", date=None, drafter_id=mine.employee_id), by=clerk, now=now, today=today
    )
    card = dataclasses.replace(ORDER, number="", date=None, title="О группе", drafter_id=mine.employee_id)
    assert update_document(made.id, card, revision=1, by=mine, now=now, today=today).title == "О группе"
    with pytest.raises(NotFound):
        update_document(made.id, card, revision=2, by=staff, now=now, today=today)


def test_another_kind_brings_its_own_workflow_and_keeps_the_state(
    database: str, clerk: Actor, now: dt.datetime, today: dt.date
) -> None:
    draft = dataclasses.replace(ORDER, number="", date=None)
    made = create_document(draft, by=clerk, now=now, today=today)
    changed = update_document(
        made.id, dataclasses.replace(draft, kind="regulation"), revision=1, by=clerk, now=now, today=today
    )
    assert changed.workflow_id != made.workflow_id
    assert (changed.kind.code, changed.preparation) == ("regulation", "draft")


def test_a_signer_of_the_office_is_named_where_only_the_employee_is_given(database: str) -> None:
    signer = factories.employee("Дёмина")
    card = Card(kind="order_main", title="О чтении", signer_id=signer.id)
    document = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
    assert document.signer == str(signer)
    other = dataclasses.replace(card, signer="Дёмина Ю. А., врио")
    assert update_document(document.id, other, revision=document.revision, by=SYSTEM, now=NOW, today=TODAY).signer == "Дёмина Ю. А., врио"
