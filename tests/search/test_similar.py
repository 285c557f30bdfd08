"""Documents like one document."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Forbidden, NotFound
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.search import indexing, state
from roadmapdocs.search.models import SearchOutbox
from roadmapdocs.search.similar import similar, telling
from tests.conftest import TODAY
from tests.search.archive import Archive, make_archive
from tests.search.registry import index, registry


@pytest.fixture(scope="module")
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with registry("sqlite", request, tmp_path_factory.mktemp("archive")) as used:
        made = make_archive()
        index(used)
        yield made


def like(archive: Archive, name: str, by: Actor = SYSTEM, limit: int = 5) -> list[str]:
    names = {key: name for name, key in archive.keys.items()}
    return [names[one.key] for one in similar(archive.document(name).id, by=by, limit=limit)]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("trial", {"reading", "regulation", "results", "drawing"}),
        ("old_tours", {"new_tours"}),
        ("centre_2", {"centre_1", "centre_3", "historians"}),
        ("group", {"groups", "centre_3", "fair"}),
    ],
)
def test_what_shares_telling_words_comes_first(archive: Archive, name: str, first: set[str]) -> None:
    assert like(archive, name)[0] in first


def test_a_document_is_not_like_itself(archive: Archive) -> None:
    assert "reading" not in like(archive, "reading", limit=50)


def test_only_documents_are_shown_and_no_more_than_asked_for(archive: Archive) -> None:
    found = similar(archive.document("reading").id, by=SYSTEM, limit=2)
    assert len(found) == 2
    assert {one.type for one in found} == {"document"}
    assert all(one.title and one.kind for one in found)


def test_words_that_nobody_else_has_and_that_everybody_has_tell_nothing(archive: Archive) -> None:
    engine, _condition = state.opened()
    assert engine is not None
    words = telling([{"source": "title", "text": "О зачёте по черчению и об абракадабре, приказ 178-П от 29.11.2021"}], engine)
    assert "зачет" in words
    assert "абракадабра" not in words
    assert not [word for word in words if not word[0].isalpha()]


def test_a_document_without_telling_words_is_like_none(archive: Archive) -> None:
    engine, _condition = state.opened()
    assert engine is not None
    assert telling([{"source": "title", "text": "О по за № 5"}], engine) == []


def test_what_the_reader_may_not_read_is_not_shown(archive: Archive) -> None:
    hidden = archive.document("new_tours")
    reader = Actor(user_id=9, name="Читатель", roles=frozenset({Role.STAFF}))
    assert "new_tours" in like(archive, "old_tours", reader)
    try:
        Document.update(readers=0).where(Document.id == hidden.id).execute()
        assert "new_tours" not in like(archive, "old_tours", reader)
        with pytest.raises(NotFound):
            similar(hidden.id, by=reader)
    finally:
        Document.update(readers=hidden.readers).where(Document.id == hidden.id).execute()


def test_what_waits_to_be_looked_at_is_not_shown(archive: Archive) -> None:
    SearchOutbox.create(subject=archive.key("new_tours"))
    try:
        assert "new_tours" not in like(archive, "old_tours")
    finally:
        indexing.drain(today=TODAY)


def test_whoever_reads_no_registry_is_refused(archive: Archive) -> None:
    with pytest.raises(Forbidden):
        similar(1, by=Actor(user_id=None, name="", roles=frozenset()))


def test_without_an_index_nothing_is_like_it(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "opened", lambda: (None, state.Condition.ABSENT))
    assert like(archive, "reading") == []
