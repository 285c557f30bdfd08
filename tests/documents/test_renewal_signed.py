"""Lines that live on after the signature move to the definitions of a newer program."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.documents import renewal
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.workflow.loader import parse
from roadmapdocs.workflow.operations import adopt, workflow_of
from roadmapdocs.workflow.rules import Line, Workflow
from tests import factories
from tests.conftest import NOW


def under_older(document: Document, *lines: Line) -> Document:
    """The document as it began under older texts of these lines."""
    definitions = dict(workflow_of(document.workflow_id).definitions)
    for line in lines:
        now = definitions[line]
        text = f"# of old\n{now.source}"
        definitions[line] = dataclasses.replace(parse(now.code, text), source=text)
    Document.update(workflow=adopt(Workflow(definitions), now=NOW)).where(Document.id == document.id).execute()
    return get_document(document.id)


def sources(document: Document) -> dict[Line, str]:
    return {line: one.source for line, one in workflow_of(get_document(document.id).workflow_id).definitions.items()}


@pytest.mark.parametrize("line", [Line.ACQUAINTANCE, Line.CONTROL])
def test_a_signed_document_moves_on_these_lines_alone(
    database: str, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = sources(factories.document("Нынешний"))
    signed = under_older(factories.document(), line, Line.FORCE, Line.PREPARATION)
    draft = under_older(factories.document("Проект", preparation=Preparation.DRAFT), line)
    before = sources(signed)
    old = {before[one] for one in (line, Line.PREPARATION)}
    monkeypatch.setattr(renewal, "SUPERSEDED", frozenset(hashlib.sha256(text.encode()).hexdigest() for text in old))

    assert (renewal.renew(NOW), renewal.renew(NOW + dt.timedelta(1))) == (2, 0)

    assert sources(signed) == {**before, line: today[line]}
    assert sources(draft) == today
    (event,) = Event.select().where(Event.what == "workflows_renewed")
    assert (event.effect["documents"], event.effect["lines"]) == (1, [line.value])
    assert Event.select().where(Event.what == "workflow_renewed").count() == 1


def test_what_is_still_in_use_today_moves_nothing(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = factories.document()
    text = sources(document)[Line.CONTROL]
    monkeypatch.setattr(renewal, "SUPERSEDED", frozenset({hashlib.sha256(text.encode()).hexdigest()}))
    assert (renewal.renew(NOW), get_document(document.id).workflow_id) == (0, document.workflow_id)


def test_the_definition_of_reading_in_use_is_not_among_the_superseded(database: str) -> None:
    today = sources(factories.document())[Line.ACQUAINTANCE]
    assert hashlib.sha256(today.encode()).hexdigest() not in renewal.SUPERSEDED
