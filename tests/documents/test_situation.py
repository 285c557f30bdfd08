"""What guards may know of a document, and what it costs to look it up."""

from __future__ import annotations

import pytest

from roadmapdocs import db
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import situation_of
from roadmapdocs.people.rules import SYSTEM
from tests.conftest import NOW, TODAY
from tests.factories import count_queries


def test_what_guards_ask_is_looked_up_from_the_document_and_not_along_all_that_are_registered(
    sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = create_document(Card("regulation", "О чтении"), by=SYSTEM, now=NOW, today=TODAY)
    sent = count_queries(monkeypatch)
    situation_of(document, TODAY)
    (statement,) = sent
    plan = db.database.execute_sql(f"EXPLAIN QUERY PLAN {statement}", [1] * statement.count("?")).fetchall()
    assert not [step for *_ids, step in plan if "registration" in step or step.startswith("SCAN")]
