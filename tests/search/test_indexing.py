"""From the tables into the index: what changes is found as it is, what does not is left alone."""

from __future__ import annotations

import contextlib
import errno
import itertools
import sqlite3
from pathlib import Path

import pytest

from roadmapdocs import db
from roadmapdocs.db import transaction
from roadmapdocs.documents.comments import comment
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.files.models import StoredFile
from roadmapdocs.hooks import file_text_read
from roadmapdocs.locks import Lock, held
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.roadmap.models import Item
from roadmapdocs.search import analysis, building, indexing, outbox, records, state
from roadmapdocs.search.models import Abbreviation, SearchIndex, SearchRecord, SearchWord
from roadmapdocs.search.ports import IndexBrokenError
from roadmapdocs.search.state import Condition, Used
from roadmapdocs.texts.models import FileText
from tests import factories as make
from tests.conftest import NOW, TODAY, person
from tests.processes import PATIENCE, at_once
from tests.search import indexed
from tests.search.indexed import Spy, keys_with

CLERK = person(Role.CLERK)


@pytest.fixture
def spy(sqlite_used: Used, monkeypatch: pytest.MonkeyPatch) -> Spy:
    """An index in the database that tells what it is given."""
    spy = Spy()
    monkeypatch.setattr(state, "engine_of", lambda *_more: spy)
    indexed.build(sqlite_used)
    spy.written.clear()
    return spy


def test_a_change_is_found_as_soon_as_it_is_made(used: Used) -> None:
    indexed.build(used)
    document = make.document("О смотре библиотек")
    if used.settings.search == "whoosh":
        assert outbox.length() == 1
        indexing.drain(today=TODAY)
    assert outbox.length() == 0
    assert keys_with("библиотека", CLERK) == {f"document:{document.id}"}
    with transaction():
        Document.update(title="О конкурсе чтецов").where(Document.id == document.id).execute()
        comment(document, "Переименовали", by=SYSTEM, now=NOW)
    assert keys_with("библиотека", CLERK) == set()
    indexing.drain(today=TODAY)
    assert keys_with("чтец", CLERK) == keys_with("переименовать", CLERK) == {f"document:{document.id}"}
    assert indexed.differences(used) == []


def test_what_is_taken_back_is_not_found(used: Used) -> None:
    document = make.document("О смотре")
    indexed.build(used)
    with pytest.raises(KeyError), transaction():
        comment(document, "Ускорить", by=SYSTEM, now=NOW)
        make.document("О чтецах")
        raise KeyError
    assert keys_with("ускорить", CLERK) == keys_with("чтец", CLERK) == set()
    assert indexed.differences(used) == []


def test_a_new_edition_is_found_and_the_one_before_is_not(used: Used) -> None:
    first = make.roadmap(make.item("1.1", "Провести смотр", section="1"))
    indexed.build(used)
    edition = make.roadmap(make.item("1.1", "Купить автобусы", section="1"), edition_of=first.roadmap)
    indexing.drain(today=TODAY)
    new = Item.get(Item.edition == edition)
    assert keys_with("автобус", CLERK) == {f"item:{new.id}"}
    assert {row.key for row in SearchRecord.select()} == {f"item:{new.id}", f"section:{new.section_id}"}
    assert indexed.engine().count() == 2


def test_words_of_the_archive_are_kept_as_they_are_written(used: Used) -> None:
    make.document("О смотре школьных библиотек № 5")
    indexed.build(used)
    words = {row.word: row.lemmas for row in SearchWord.select()}
    assert {"смотре", "школьных", "библиотек"} <= words.keys()
    assert words["библиотек"] == ["библиотека"]
    assert not any(word.isdigit() for word in words)


def test_abbreviations_are_learnt_from_what_all_may_read(sqlite_used: Used) -> None:
    indexed.build(sqlite_used)
    for short, words, mark in (("МСОКО", "муниципальная система оценки качества образования", "general"), ("ЦОПП", "центр опережающей профессиональной подготовки", "personal")):
        document = make.document()
        Document.update(body=f"Утвердить: {words} (далее – {short}).", mark=mark, readers=1 if mark == "personal" else document.readers).where(
            Document.id == document.id
        ).execute()
        outbox.note(f"document:{document.id}")
    indexing.drain(today=TODAY)
    assert {row.text for row in Abbreviation.select().where(Abbreviation.source == "found")} & {"МСОКО", "ЦОПП"} == {"МСОКО"}


def test_documents_of_one_title_are_each_learnt_from(sqlite_used: Used) -> None:
    indexed.build(sqlite_used)
    explaining, other = make.document("О смотре"), make.document("О смотре")
    Document.update(body="Муниципальная система оценки качества образования (далее – МСОКО).").where(
        Document.id == explaining.id
    ).execute()
    outbox.add([f"document:{explaining.id}", f"document:{other.id}"])
    indexing.drain(today=TODAY)
    assert "МСОКО" in {row.text for row in Abbreviation.select()}


def test_nobody_waits_for_a_text_of_nothing_but_abbreviations(sqlite_used: Used) -> None:
    document = make.document()
    explained = (f"{a}ом {b}он {c}ол (далее – {a}{b}{c})." for a, b, c in itertools.product("АБВГДЕЖЗ", repeat=3))
    Document.update(body=" ".join(explained)).where(Document.id == document.id).execute()
    (source,) = records.sources([f"document:{document.id}"], today=TODAY).values()
    assert 20 < len(records.explained(source)) <= 100


def test_a_look_at_nothing_takes_no_lock(sqlite_used: Used) -> None:
    indexed.build(sqlite_used)
    with contextlib.closing(sqlite3.connect(db.database.obj.database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        db.database.execute_sql("PRAGMA busy_timeout = 0")
        assert indexing.drain(today=TODAY) == 0


def test_what_was_changed_back_while_a_write_was_cut_short_is_found_as_it_is(
    used: Used, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = make.document("О смотре")
    indexed.build(used)
    written = indexing._write

    def cut_short(*_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(indexing, "_write", cut_short)
    for title in ("О чтецах", "О смотре"):
        Document.update(title=title).where(Document.id == document.id).execute()
        outbox.add([f"document:{document.id}"])
        if title == "О смотре":
            monkeypatch.setattr(indexing, "_write", written)
            indexing.drain(today=TODAY)
        else:
            with pytest.raises(OSError, match="No space"):
                indexing.drain(today=TODAY)
    assert keys_with("чтец", CLERK) == set()
    assert indexed.differences(used) == []


def test_phrases_do_not_run_from_one_passage_into_another(sqlite_used: Used) -> None:
    document = make.document("О смотре")
    entry = records.entry_of(records.sources([f"document:{document.id}"], today=TODAY)[f"document:{document.id}"], 1, {})
    title = list(entry.zones["title"])  # type: ignore[index]  # a zone is its word
    assert title[title.index(records.BARRIER) - 1] == ("смотр",)


def test_what_has_not_changed_is_not_written(spy: Spy) -> None:
    document, other = make.document(), make.document()
    spy.written.clear()
    for one in (document, other):
        outbox.add([f"document:{one.id}"])
    comment(other, "Согласен", by=SYSTEM, now=NOW)
    assert spy.written == [[f"document:{other.id}"]]
    outbox.add([f"document:{document.id}"])
    indexing.drain(today=TODAY)
    assert (spy.written, outbox.length()) == ([[f"document:{other.id}"]], 0)


def test_many_changes_and_large_ones_are_left_to_the_duty(spy: Spy) -> None:
    with transaction():
        for _number in range(indexing.FEW + 1):
            make.document()
    assert (spy.written, outbox.length()) == ([], indexing.FEW + 1)
    assert indexing.drain(today=TODAY) == indexing.FEW + 1
    document = make.document()
    spy.written.clear()
    file = StoredFile.create(sha256="1" * 64, size=1, format="txt", stored_at=NOW)
    FileText.create(file=file, state="read", text="слово " * indexing.SMALL, asked_at=NOW, next_at=NOW)
    DocumentVersion.create(document=document, number=1, file=file, name="а.txt", added_by="", added_at=NOW)
    comment(document, "Вот текст", by=SYSTEM, now=NOW)
    assert (spy.written, outbox.length()) == ([], 1)
    indexing.drain(today=TODAY)
    assert spy.written == [[f"document:{document.id}"]]
    # The text is known by now: what is said besides is small.
    comment(document, "И ещё", by=SYSTEM, now=NOW)
    assert spy.written == [[f"document:{document.id}"]] * 2


def test_the_text_of_a_file_is_found_when_it_is_read(used: Used) -> None:
    document = make.document()
    file = StoredFile.create(sha256="1" * 64, size=1, format="txt", stored_at=NOW)
    DocumentVersion.create(document=document, number=1, file=file, name="а.txt", added_by="", added_at=NOW)
    indexed.build(used)
    FileText.create(file=file, state="read", text="В целях развития", asked_at=NOW, next_at=NOW)
    file_text_read.send(file.id)
    assert outbox.waiting(10) == frozenset()
    indexing.drain(today=TODAY)
    assert keys_with("развитие", CLERK) == {f"document:{document.id}"}


def test_a_text_that_cannot_be_analysed_harms_nobody_else(spy: Spy, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = make.document("Опасно"), make.document("О чтении")

    def failing(text: str) -> object:
        if text == "Беда":
            raise RuntimeError(text)
        return analysis.analyse(text)

    monkeypatch.setattr(records, "analyse", failing)
    Document.update(title="Беда").where(Document.id == bad.id).execute()
    outbox.add([f"document:{bad.id}", f"document:{good.id}"])
    indexing.drain(today=TODAY)
    # It may be open to fewer people by now than its entry says.
    assert f"document:{bad.id}" in spy.gone
    assert list(spy.entries) == [f"document:{good.id}"]
    assert outbox.length() == 0


def test_what_cannot_be_read_out_of_the_tables_is_not_found_and_keeps_nobody_waiting(
    spy: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = make.document("Плохой"), make.document("Хороший")
    sources = records.sources

    def failing(keys: list[str], **more: object) -> object:
        if f"document:{bad.id}" in keys:
            raise RuntimeError("unreadable")
        return sources(keys, **more)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(records, "sources", failing)
    outbox.add([f"document:{bad.id}", f"document:{good.id}"])
    indexing.drain(today=TODAY)
    assert (list(spy.entries), outbox.length()) == ([f"document:{good.id}"], 0)


def test_a_change_is_safe_though_the_index_fails(spy: Spy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spy, "write", lambda *_more: (_ for _ in ()).throw(RuntimeError("a bug")))
    document = make.document()
    assert Document.get_by_id(document.id)
    assert outbox.length() == 1
    assert state.opened()[1] is Condition.WHOLE


def test_a_broken_index_is_told_and_keeps_no_change_waiting(used: Used) -> None:
    indexed.build(used)
    engine = indexed.engine()
    engine.drop()
    document = make.document()
    indexing.drain(today=TODAY)
    assert state.opened() == (None, Condition.BROKEN)
    assert state.broken()
    assert (outbox.length(), state.report_broken(Spy(generation="gone"), "x")) == (0, False)
    indexed.build(used)
    assert {row.key for row in SearchRecord.select()} == {f"document:{document.id}"}
    assert indexed.differences(used) == []


def test_what_cannot_be_written_for_a_while_waits(spy: Spy, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_more: object) -> None:
        raise IndexBrokenError("no room") from OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as disk:
        disk.setattr(spy, "write", full)
        make.document()
        with pytest.raises(indexing.UnwritableError):
            indexing.drain(today=TODAY)
        assert (outbox.length(), state.opened()[1]) == (1, Condition.WHOLE)
    indexing.drain(today=TODAY)
    assert outbox.length() == 0


def test_while_very_many_wait_the_database_answers(sqlite_used: Used, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "MOST_WAITING", 1)
    documents = [make.document() for _number in range(2)]
    indexed.build(sqlite_used)
    for row, expected in zip(documents, (Condition.WHOLE, Condition.BUILDING), strict=True):
        outbox.add([f"document:{row.id}"])
        assert state.opened()[1] is expected


def test_without_an_opened_index_changes_are_only_noted(sqlite_used: Used) -> None:
    indexed.build(sqlite_used)
    state.close_index()
    make.document()
    assert outbox.length() == 1
    assert state.opened() == (None, Condition.ABSENT)


def test_one_process_writes_at_a_time_and_others_do_not_wait_for_ever(database: str, tmp_path: Path) -> None:
    work = f"""
from pathlib import Path
from roadmapdocs.locks import Lock, LockedError, held
import time
refused = Path({str(tmp_path / "refused")!r})
try:
    with held(Lock.WRITING, wait_s=0):
        time_is_up = time.monotonic() + {PATIENCE}
        while not refused.exists() and time.monotonic() < time_is_up:
            time.sleep(0.01)
    result = "held"
except LockedError as told:
    refused.touch()
    result = told.lock.name
"""
    assert sorted(at_once(database, [work, work])) == ["WRITING", "held"]
    with held(Lock.WRITING, wait_s=0), held(Lock.BUILDING, wait_s=0):
        pass


def test_an_index_of_an_older_analysis_answers_until_it_is_built_anew(used: Used) -> None:
    make.document()
    indexed.build(used)
    mark = SearchIndex.get().mark
    SearchIndex.update(mark=mark.replace("analysis:", "analysis:0")).execute()
    engine, condition = state.opened()
    assert (engine is not None, condition) == (True, Condition.BUILDING)
    SearchIndex.update(mark=mark + "0").execute()
    assert state.opened() == (None, Condition.BUILDING)
    assert building.needed(used)


