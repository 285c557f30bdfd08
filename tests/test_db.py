"""Transactions, and what happens after them."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

import peewee as pw
import pytest

from roadmapdocs import db, installation
from roadmapdocs.cases.models import Case
from roadmapdocs.db import after_commit, before_commit, transaction
from roadmapdocs.documents.models import Document, DocumentVersion, Kind
from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.installation import Installation
from roadmapdocs.people.models import Employee, Organisation
from tests.processes import at_once

ADD = """
from roadmapdocs.people.models import Organisation
result = []
for number in range(20):
    with db.transaction():
        found = Organisation.select().count()
        Organisation.create(name=f"{name} {{number}}", short_name=str(found), genitive="")
    result.append(found)
"""


Drafter, Signer = Employee.alias(), Employee.alias("signer")
Current = DocumentVersion.alias()
NEWEST = Current.select(pw.fn.MAX(Current.number)).where(Current.document == Document.id)

#: A query of each shape that the program asks in.
QUERIES = [
    Document.select(),
    Document.select().where(Document.title == Document.summary, Document.number.in_(["1", "2"])),
    Document.select(Document, Kind).join(Kind).where(Document.id == 1).limit(1),
    Document.select(Document, Drafter, Signer)
    .join(Drafter, pw.JOIN.LEFT_OUTER, on=(Document.drafter == Drafter.id), attr="drafter")
    .switch(Document)
    .join(Signer, pw.JOIN.LEFT_OUTER, on=(Document.signer_employee == Signer.id), attr="signer_employee")
    .where(Drafter.surname != Signer.surname)
    .order_by(Signer.surname.desc(nulls="last"), Document.id),
    DocumentVersion.select(DocumentVersion, Document).join(Document).where(DocumentVersion.number == NEWEST),
    Document.select().where(Document.id.in_(DocumentVersion.select(DocumentVersion.document))),
    Document.select().where(pw.fn.EXISTS(Kind.select(pw.SQL("1")).where(Kind.id == Document.kind, Kind.active))),
    Document.select(Document.kind, pw.fn.COUNT(Document.id).alias("times"), (Document.revision + 1).alias("next"))
    .group_by(Document.kind)
    .having(pw.fn.COUNT(Document.id) > 1)
    .order_by(pw.SQL("times")),
    Document.select(Document.id, pw.Case(None, [(Document.number == "", Document.title)], Document.number)),
    Document.select(Document.id).where(Document.id < 9) | Document.select(Document.id).join(Case),
    Kind.select(Kind.id).from_(Kind.select(Kind.id).alias("inner")),
    Document.update(revision=Document.revision + 1, title="А").where((Document.id == 1) & ~(Document.number == "")),
    Document.update(number=Kind.select(Kind.code).where(Kind.id == Document.kind)),
    Document.delete().where(Document.kind.in_(Kind.select().where(Kind.code == "order"))),
    Kind.insert(code="order", name="А", short="А", gender="m", expected="А", position=1),
    Kind.insert(code="order", name="А").on_conflict(conflict_target=[Kind.code], preserve=[Kind.name], where=Kind.active),
    Case.insert_from(Kind.select(Kind.code, Kind.name), [Case.index, Case.title]),
    Document.raw("SELECT 1"),
]


def make(name: str) -> Organisation:
    return Organisation.create(name=name, short_name=name, genitive=name)


def names() -> list[str]:
    return [row.name for row in Organisation.select().order_by(Organisation.id)]


def test_what_is_written_stays_after_a_transaction(database: str) -> None:
    with transaction():
        make("А")
    assert names() == ["А"]


def test_an_exception_takes_everything_back(database: str) -> None:
    with pytest.raises(KeyError), transaction():
        make("А")
        raise KeyError
    assert names() == []


@pytest.mark.parametrize("values", [{"name": "половина знака \ud83d"}, {"id": 10**30}])
def test_what_no_database_can_keep_is_refused_and_takes_everything_back(
    database: str, values: dict[str, object]
) -> None:
    with pytest.raises(Refusal) as refused, transaction():
        make("А")
        Organisation.insert({"name": "Б", "short_name": "Б", "genitive": "", **values}).execute()
    assert refused.value.code == "unstorable"
    assert names() == []


def test_an_inner_block_can_fail_alone(database: str) -> None:
    with transaction():
        make("А")
        with pytest.raises(KeyError), transaction():
            make("Б")
            raise KeyError
        make("В")
    assert names() == ["А", "В"]


def test_an_outer_failure_takes_a_finished_inner_block_back(database: str) -> None:
    with pytest.raises(KeyError), transaction():
        with transaction():
            make("А")
        raise KeyError
    assert names() == []


def test_actions_run_after_the_outermost_commit_in_order(database: str) -> None:
    told: list[str] = []
    with transaction():
        after_commit(lambda: told.append("first"))
        with transaction():
            after_commit(lambda: told.append(f"second, sees {names()}"))
            make("А")
        assert told == []
    assert told == ["first", "second, sees ['А']"]


def test_a_rollback_drops_its_actions(database: str) -> None:
    told: list[str] = []
    with pytest.raises(KeyError), transaction():
        after_commit(lambda: told.append("never"))
        raise KeyError
    assert told == []


def test_the_rollback_of_an_inner_block_drops_its_actions_only(database: str) -> None:
    told: list[str] = []
    with transaction():
        after_commit(lambda: told.append("outer"))
        with pytest.raises(KeyError), transaction():
            after_commit(lambda: told.append("inner"))
            raise KeyError
    assert told == ["outer"]


def test_outside_a_transaction_an_action_runs_at_once(database: str) -> None:
    told: list[str] = []
    after_commit(lambda: told.append("now"))
    assert told == ["now"]


def test_a_transaction_begun_by_an_action_is_one_of_its_own(database: str) -> None:
    def announce() -> None:
        with transaction():
            make("Б")

    with transaction():
        make("А")
        after_commit(announce)
    assert names() == ["А", "Б"]


def test_an_action_that_fails_neither_undoes_the_change_nor_keeps_others_from_theirs(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    with transaction():
        make("А")
        after_commit(lambda: 1 // 0)
        after_commit(lambda: told.append("the next"))
    assert (told, names()) == (["the next"], ["А"])
    assert "ZeroDivisionError" in caplog.text


def test_what_follows_a_change_waits_for_the_commit_of_a_host_around_it(database: str) -> None:
    told: list[str] = []
    with db.database.atomic():
        with transaction():
            make("А")
            after_commit(lambda: told.append(f"sees {names()}"))
        assert told == []
        make("Б")
    assert told == ["sees ['А', 'Б']"]


def test_what_a_host_takes_back_is_followed_by_nothing(database: str) -> None:
    told: list[str] = []
    with contextlib.suppress(KeyError), db.database.atomic():
        with transaction():
            make("А")
            after_commit(lambda: told.append("never"))
        raise KeyError
    assert (told, names()) == ([], [])
    with transaction():
        make("Б")
    assert told == []


def test_what_follows_a_commit_of_the_host_is_about_the_office_it_was_promised_in(sqlite_database: None) -> None:
    told: list[object] = []
    office = Installation()
    outer = db.database.obj
    with outer.atomic(), installation.entered(office):
        db.connect(outer)
        with transaction():
            after_commit(lambda: told.append(installation.current()))
    assert told == [office]


def test_a_transaction_of_another_office_within_ours_is_one_of_its_own(sqlite_database: None, tmp_path: Path) -> None:
    told: list[str] = []
    with contextlib.suppress(KeyError), transaction():
        with installation.entered(Installation()), db.connect(f"sqlite:///{tmp_path / 'other.sqlite3'}").connection_context():
            with transaction():
                after_commit(lambda: told.append("the other's"))
            assert told == ["the other's"]
        after_commit(lambda: told.append("ours"))
        raise KeyError
    assert told == ["the other's"]


def test_readers_that_go_on_to_write_wait_for_each_other(database: str) -> None:
    told = at_once(database, [ADD.format(name=name) for name in ("А", "Б", "В")])
    counts = sorted(count for counted in told for count in counted)
    assert len(counts) == 60
    if database.startswith("sqlite"):
        # The write lock is taken before the read: nobody saw what somebody else then changed.
        assert counts == list(range(60))
    assert Organisation.select().count() == 60


def test_sqlite_keeps_foreign_keys_and_writes_ahead(sqlite_database: None) -> None:
    pragmas = {name: db.database.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in ("foreign_keys", "journal_mode")}
    assert pragmas == {"foreign_keys": 1, "journal_mode": "wal"}
    with pytest.raises(pw.IntegrityError):
        db.database.execute_sql("INSERT INTO rd_unit (organisation_id, name, abbreviation) VALUES (99, '', '')")


def test_an_address_of_another_kind_is_refused_with_the_kinds_there_are() -> None:
    with pytest.raises(ConfigurationError, match="sqlite:///path nor postgresql"):
        db.connect("mysql://root@localhost/registry")


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    opened = db.connect(f"sqlite:///{tmp_path}/deep/down/registry.sqlite3")
    opened.execute_sql("SELECT 1")
    opened.close()
    assert (tmp_path / "deep/down/registry.sqlite3").is_file()


@pytest.mark.parametrize(
    ("model", "name"), [(Organisation, "rd_organisation"), (type("ExpectedDocument", (pw.Model,), {}), "rd_expected_document")]
)
def test_tables_carry_our_prefix(model: type[pw.Model], name: str) -> None:
    assert db.table_name(model) == name


def test_a_moment_is_stored_in_utc_and_comes_back_aware(database: str) -> None:
    from roadmapdocs.files.models import StoredFile

    noon_in_moscow = dt.datetime(2026, 3, 16, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    row = StoredFile.create(sha256="0" * 64, size=1, format="txt", stored_at=noon_in_moscow)
    assert StoredFile.get_by_id(row.id).stored_at == dt.datetime(2026, 3, 16, 9, 0, tzinfo=dt.UTC)


def test_what_is_promised_for_the_end_of_a_transaction_is_done_once_and_as_a_part_of_it(database: str) -> None:
    done: list[str] = []

    def last(name: str) -> None:
        done.append(name)
        make(name)

    with transaction():
        for _time in range(2):
            before_commit("А", lambda: last("А"))
        with transaction():
            before_commit("Б", lambda: before_commit("В", lambda: last("В")))
        assert done == []
    assert done == names() == ["А", "В"]


def test_what_a_failed_block_had_promised_is_not_done(database: str) -> None:
    with transaction():
        before_commit("А", lambda: make("А"))
        with contextlib.suppress(KeyError), transaction():
            before_commit("Б", lambda: make("Б"))
            raise KeyError
    assert names() == ["А"]
    with contextlib.suppress(KeyError), transaction():
        before_commit("В", lambda: make("В"))
        raise KeyError
    assert names() == ["А"]


def test_a_promise_that_fails_takes_everything_back(database: str) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        make("А")
        before_commit("Б", lambda: 1 // 0)
    assert names() == []


def test_without_a_transaction_a_promise_is_kept_at_once(database: str) -> None:
    before_commit("А", lambda: make("А"))
    assert names() == ["А"]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("address", ["sqlite:///:memory:", "postgresql://nobody@localhost/nothing"])
def test_columns_written_at_once_make_the_same_words_as_those_of_the_library(
    query: pw.Node, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.database, "obj", db.database.obj)
    opened = db.connect(address)
    ours = opened.get_sql_context()
    assert type(ours) is not pw.Context
    theirs = pw.Context(**opened.get_context_options())
    assert ours.sql(query).query() == theirs.sql(query).query()
