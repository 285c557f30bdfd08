"""Working copies: the document is not disturbed, one copy at a time, and what comes home comes as the next edition."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from roadmapdocs.audit.operations import history
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import create_document, get_document, update_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.versions import add_version, versions_of
from roadmapdocs.documents.working_copies import (
    card_of,
    check_in,
    check_out,
    copy_of,
    discard,
    homecoming,
    why_no_copy,
)
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.rules import Actor
from tests.conftest import NOW, TODAY
from tests.processes import at_once

CHECK_OUT = """
import datetime as dt
from roadmapdocs.documents.working_copies import check_out
from roadmapdocs.errors import Refusal
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.rules import Actor, Role
by = Actor({user}, "clerk {user}", frozenset({{Role.CLERK}}))
now = dt.datetime(2026, 3, 16, tzinfo=dt.UTC)
try:
    check_out({document}, store=MemoryStore(), by=by, now=now, today=now.date())
    result = "made"
except Refusal as refusal:
    result = refusal.code
"""


@dataclasses.dataclass
class Desk:
    """A clerk's own desk: the store of files, who works, and the moment."""

    by: Actor
    store: MemoryStore = dataclasses.field(default_factory=MemoryStore)

    def out(self, document: Document, by: Actor | None = None) -> Document:
        return check_out(document.id, store=self.store, by=by or self.by, now=NOW, today=TODAY)

    def home(self, copy: Document, comment: str = "Новый состав", *, confirmed: bool = False) -> Document:
        return check_in(
            copy.id, comment, confirmed=confirmed, store=self.store, by=self.by, now=NOW, today=TODAY
        )

    def change(self, document: Document, **values: object) -> Document:
        stored = get_document(document.id)
        card = dataclasses.replace(card_of(stored), **values)  # type: ignore[arg-type]  # values of Card by name
        return update_document(stored.id, card, revision=stored.revision, by=self.by, now=NOW, today=TODAY)

    def text(self, document: Document, text: str, edition: int = 1) -> DocumentVersion:
        return add_version(
            get_document(document.id), text.encode(), "текст.txt", store=self.store, edition=edition, by=self.by, now=NOW
        )


@pytest.fixture
def desk(database: str, clerk: Actor) -> Desk:
    return Desk(clerk)


@pytest.fixture
def order(desk: Desk) -> Document:
    card = Card(
        "order_main",
        "О рабочей группе",
        number="178-П",
        date=dt.date(2026, 3, 2),
        signer="Лукина О. С.",
        preparation=Preparation.SIGNED,
        summary="Состав группы",
        fields={"keywords": "чтение", "sheets": 3},
    )
    document = create_document(card, by=desk.by, now=NOW, today=TODAY)
    desk.text(document, "Приказываю создать группу")
    return get_document(document.id)


def test_a_copy_is_a_draft_with_the_card_and_the_text_and_the_document_stays(desk: Desk, order: Document) -> None:
    copy = desk.out(order)

    assert (copy.title, copy.summary, copy.fields, copy.signer) == (order.title, order.summary, order.fields, order.signer)
    assert (copy.preparation, copy.number, copy.date, copy.entry_id, copy.force) == ("draft", "", None, None, "not_in_force")
    assert copy.working_copy_of_id == order.id
    assert [version.file_id for version in versions_of(copy)] == [version.file_id for version in versions_of(order)]
    after = get_document(order.id)
    assert (after.revision, after.force, after.registration, after.number) == (
        order.revision,
        order.force,
        order.registration,
        "178-П",
    )
    assert copy_of(order) == copy


def test_a_second_copy_is_refused_with_who_has_the_first(desk: Desk, order: Document, coordinator: Actor) -> None:
    desk.out(order)
    with pytest.raises(Refusal) as refused:
        desk.out(order, by=coordinator)
    assert refused.value.code == "no_copy"
    assert desk.by.name in refused.value.message
    assert "16.03.2026" in refused.value.message


def test_of_two_who_take_a_copy_at_once_one_gets_it(desk: Desk, database: str) -> None:
    card = Card("order_main", "О группе", number="9", date=TODAY, preparation=Preparation.SIGNED)
    document = create_document(card, by=desk.by, now=NOW, today=TODAY)
    told = at_once(database, [CHECK_OUT.format(user=user, document=document.id) for user in (11, 12)])
    assert sorted(map(str, told)) == ["made", "no_copy"]
    assert Document.select().where(Document.working_copy_of == document).count() == 1


def test_a_draft_and_a_copy_are_changed_as_they_are(desk: Desk, order: Document) -> None:
    draft = create_document(Card("order_main", "Проект"), by=desk.by, now=NOW, today=TODAY)
    copy = desk.out(order)
    for document in (draft, copy):
        assert why_no_copy(document) is not None
        with pytest.raises(Refusal) as refused:
            desk.out(document)
        assert refused.value.code == "no_copy"


@pytest.mark.parametrize("who", ["staff"])
def test_who_may_not_change_the_document_takes_no_copy(
    desk: Desk, order: Document, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Forbidden):
        desk.out(order, by=request.getfixturevalue(who))
    assert copy_of(order) is None


def test_what_comes_home_is_the_next_edition_and_the_new_words(desk: Desk, order: Document) -> None:
    copy = desk.out(order)
    desk.change(copy, title="О рабочей группе по чтению", fields={"keywords": "чтение, школы"})
    desk.text(copy, "Приказываю создать группу из семи человек")

    document = desk.home(copy)

    assert (document.title, document.summary, document.number) == ("О рабочей группе по чтению", "Состав группы", "178-П")
    assert document.fields == {"keywords": "чтение, школы", "sheets": 3}
    assert document.date == dt.date(2026, 3, 2)
    newest = versions_of(document).first()
    assert (newest.edition, newest.comment, newest.number) == (2, "Новый состав", 2)
    with desk.store.open(newest.file.sha256) as stream:
        assert stream.read().decode() == "Приказываю создать группу из семи человек"
    assert get_document(copy.id).preparation == "withdrawn"
    assert copy_of(order) is None
    for subject in (document, copy):
        assert "working_copy_brought_in" in [event.what for event in history(subject)]


def test_a_copy_with_a_new_card_only_makes_no_edition(desk: Desk, order: Document) -> None:
    copy = desk.out(order)
    desk.change(copy, summary="Состав и сроки")
    document = desk.home(copy)
    assert document.summary == "Состав и сроки"
    assert versions_of(document).count() == 1


def test_what_was_changed_only_in_the_document_stays_so(desk: Desk, order: Document) -> None:
    copy = desk.out(order)
    desk.change(order, summary="Изменено в документе", fields={"sheets": 4})
    desk.change(copy, title="Изменено в копии")
    assert homecoming_of(copy).clashes == ()
    document = desk.home(copy)
    assert (document.title, document.summary) == ("Изменено в копии", "Изменено в документе")
    assert document.fields["sheets"] == 4


def homecoming_of(copy: Document):  # the type is the operation's own
    stored = get_document(copy.id)
    stored.working_copy_of = get_document(stored.working_copy_of_id)
    return homecoming(stored)


def test_what_was_changed_in_both_comes_home_only_when_confirmed(desk: Desk, order: Document) -> None:
    copy = desk.out(order)
    desk.change(order, title="В документе", fields={"keywords": "другое"})
    desk.change(copy, title="В копии", fields={"keywords": "третье"})
    with pytest.raises(Conflict) as refused:
        desk.home(copy)
    assert refused.value.code == "changed_meanwhile"
    assert refused.value.details["names"] == ["fields.keywords", "title"]
    assert get_document(order.id).title == "В документе"
    assert get_document(copy.id).preparation == "draft"

    assert desk.home(copy, confirmed=True).title == "В копии"


def test_another_edition_of_the_text_meanwhile_is_a_clash_too(desk: Desk, order: Document) -> None:
    copy = desk.out(order)
    desk.text(order, "Редакция по приказу № 200", edition=2)
    desk.text(copy, "Наша редакция")
    with pytest.raises(Conflict) as refused:
        desk.home(copy)
    assert refused.value.details["names"] == ["text"]
    document = desk.home(copy, confirmed=True)
    assert [version.edition for version in versions_of(document)] == [3, 2, 1]


def test_both_changed_alike_is_no_clash(desk: Desk, order: Document) -> None:
    copy = desk.out(order)
    desk.change(order, title="Одинаково")
    desk.change(copy, title="Одинаково", summary="Иначе")
    assert desk.home(copy).title == "Одинаково"


@pytest.mark.parametrize("comment", ["", "  \n"])
def test_an_edition_without_a_word_about_it_is_refused(desk: Desk, order: Document, comment: str) -> None:
    copy = desk.out(order)
    desk.change(copy, title="Другой")
    with pytest.raises(Refusal) as refused:
        desk.home(copy, comment)
    assert refused.value.code == "comment"
    assert get_document(order.id).title == order.title


def test_a_copy_that_says_nothing_new_does_not_come_home(desk: Desk, order: Document) -> None:
    copy = desk.out(order)
    with pytest.raises(Refusal) as refused:
        desk.home(copy)
    assert refused.value.code == "no_change"


def test_a_copy_given_up_leaves_the_document_as_it_was_and_makes_room(desk: Desk, order: Document) -> None:
    copy = desk.out(order)
    desk.change(copy, title="Другой")
    with pytest.raises(Refusal) as refused:
        discard(copy.id, " ", by=desk.by, now=NOW, today=TODAY)
    assert refused.value.code == "reason"

    discard(copy.id, "Не понадобилась", by=desk.by, now=NOW, today=TODAY)

    assert get_document(order.id).title == order.title
    assert get_document(copy.id).preparation == "withdrawn"
    assert history(order)[0].effect["reason"] == "Не понадобилась"
    assert desk.out(order).id != copy.id


def test_a_closed_copy_comes_home_no_more(desk: Desk, order: Document) -> None:
    copy = desk.out(order)
    discard(copy.id, "Не понадобилась", by=desk.by, now=NOW, today=TODAY)
    for act in (lambda: desk.home(copy), lambda: discard(copy.id, "Ещё раз", by=desk.by, now=NOW, today=TODAY)):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "no_working_copy"
    with pytest.raises(Refusal) as refused:
        desk.home(order)
    assert refused.value.code == "no_working_copy"


def test_somebody_elses_copy_is_not_there_for_who_may_not_read_drafts(desk: Desk, order: Document, staff: Actor) -> None:
    copy = desk.out(order)
    with pytest.raises(NotFound):
        check_in(copy.id, "Новый", store=desk.store, by=staff, now=NOW, today=TODAY)
    with pytest.raises(NotFound):
        discard(copy.id, "Нет", by=staff, now=NOW, today=TODAY)
