"""A document finishes under the definitions with which it began."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from roadmapdocs.db import transaction
from roadmapdocs.errors import NotFound
from roadmapdocs.workflow.loader import load
from roadmapdocs.workflow.models import AdoptedWorkflow
from roadmapdocs.workflow.operations import adopt, workflow_of
from roadmapdocs.workflow.rules import Line
from tests.conftest import NOW
from tests.processes import at_once
from tests.workflow.definitions import KNOWN, own, shipped


def test_the_same_six_texts_are_kept_once(database: str) -> None:
    first = adopt(shipped().workflow({}), now=NOW)
    other = adopt(shipped().workflow({Line.PREPARATION: "author"}), now=NOW)

    assert adopt(shipped().workflow({}), now=NOW).id == first.id != other.id
    assert AdoptedWorkflow.select().count() == 2


def test_what_was_adopted_is_read_back_whole(database: str) -> None:
    workflow = shipped().workflow({Line.PREPARATION: "confirmation"})

    assert workflow_of(adopt(workflow, now=NOW).id) == workflow


def test_an_old_document_keeps_the_old_definition(sqlite_database: None, tmp_path: Path) -> None:
    old = adopt(shipped().workflow({}), now=NOW)
    text = shipped().definitions["preparation"].source.replace("на согласовании", "на визировании")

    new = adopt(load(own(tmp_path / "own", preparation=text), KNOWN).workflow({}), now=NOW)

    words = [
        workflow_of(row.id).state(Line.PREPARATION, "in_approval").label.in_language("ru") for row in (old, new)
    ]
    assert words == ["на согласовании", "на визировании"]


def test_the_text_decides_and_not_the_number_of_the_version(sqlite_database: None, tmp_path: Path) -> None:
    workflow = shipped().workflow({})
    storage = workflow.definitions[Line.STORAGE]
    changed = dataclasses.replace(storage, source=storage.source + "\n# a word more\n")

    other = dataclasses.replace(workflow, definitions={**workflow.definitions, Line.STORAGE: changed})

    assert adopt(other, now=NOW).id != adopt(workflow, now=NOW).id


def test_names_known_no_more_do_not_hinder_the_reading(sqlite_database: None) -> None:
    row = adopt(shipped().workflow({}), now=NOW)
    sources = {line: {**one, "text": one["text"].replace("is_signed", "was_signed")} for line, one in row.sources.items()}
    stored = AdoptedWorkflow.create(digest="0" * 64, sources=sources, adopted_at=NOW)

    transition = workflow_of(stored.id).transition("register")

    assert transition is not None
    assert KNOWN.lacks(transition) == ["was_signed"]


def test_what_was_adopted_in_vain_is_forgotten(database: str) -> None:
    ours, notes = shipped().workflow({}), shipped().workflow({Line.PREPARATION: "author"})
    with pytest.raises(RuntimeError), transaction():
        assert workflow_of(adopt(ours, now=NOW).id) == ours
        raise RuntimeError

    assert workflow_of(adopt(notes, now=NOW).id) == notes


def test_a_definition_is_read_once(sqlite_database: None) -> None:
    row = adopt(shipped().workflow({}), now=NOW)

    assert workflow_of(row.id) is workflow_of(row.id)


def test_a_row_that_is_not_there_is_told(sqlite_database: None) -> None:
    with pytest.raises(NotFound):
        workflow_of(404)


def test_processes_that_adopt_at_once_share_one_row(database: str) -> None:
    preparation = """
import datetime as dt
from roadmapdocs.workflow.operations import adopt
from tests.workflow.definitions import shipped
workflow = shipped().workflow({})
"""
    work = "result = adopt(workflow, now=dt.datetime(2026, 3, 16, tzinfo=dt.UTC)).id"

    ids = at_once(database, [work] * 4, preparation=preparation)

    assert set(ids) == {AdoptedWorkflow.get().id}
