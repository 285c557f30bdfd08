"""Which template prints a document, and versions of the office's own: by date, never changed, nothing lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.documents.versions import add_version
from roadmapdocs.drafting.models import OfficeTemplate, Rendering
from roadmapdocs.drafting.office_templates import (
    add_template,
    made_by,
    version,
    versions_of,
    withdraw_template,
)
from roadmapdocs.drafting.templates import shipped_template, template_for, use_templates
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from tests import factories as make
from tests.conftest import NOW
from tests.drafting.made import word

DAY = dt.date(2026, 3, 16)
OURS, LATER = word("Бланк {{ kind }}"), word("Новый бланк {{ kind }}")


@pytest.fixture
def store(database: None) -> Iterator[MemoryStore]:
    made = MemoryStore()
    use_templates(None, made)
    yield made
    use_templates(None, None)


def add(store: MemoryStore, data: bytes = OURS, since: dt.date = DAY, path: str = "order.docx", by: Actor = SYSTEM) -> OfficeTemplate:
    return add_template(path, data, "бланк.docx", since, store=store, by=by, now=NOW)


def test_the_version_of_the_day_prints_and_before_it_ours(store: MemoryStore) -> None:
    first, second = add(store), add(store, LATER, DAY + dt.timedelta(days=30))
    assert (first.number, second.number) == (1, 2)
    before = template_for("order.docx", DAY - dt.timedelta(days=1))
    assert (before.office_template, before.data) == (None, shipped_template("order.docx").data)
    chosen = template_for("order.docx", DAY)
    assert (chosen.office_template, chosen.data, chosen.sha256) == (first, OURS, first.file.sha256)
    assert template_for("order.docx", DAY + dt.timedelta(days=30)).data == LATER
    assert template_for("plan.docx", DAY).office_template is None


def test_of_two_from_one_day_the_later_counts_and_a_withdrawn_one_never(store: MemoryStore) -> None:
    first, second = add(store), add(store, LATER)
    assert template_for("order.docx", DAY).office_template == second
    withdraw_template(second.id, by=SYSTEM, now=NOW)
    assert template_for("order.docx", DAY).office_template == first
    with pytest.raises(Refusal, match="2"):
        withdraw_template(second.id, by=SYSTEM, now=NOW)
    assert [(one.number, one.withdrawn) for one in versions_of("order.docx", by=SYSTEM)] == [(2, True), (1, False)]
    assert [event.what for event in Event.select().order_by(Event.number)] == ["template_added", "template_added", "template_withdrawn"]


def test_the_folder_stands_between(store: MemoryStore, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "documents"
    folder.mkdir(parents=True)
    (folder / "order.docx").write_bytes(LATER)
    use_templates(tmp_path, store)
    assert template_for("order.docx", DAY).data == LATER
    assert template_for("plan.docx", DAY).data == shipped_template("plan.docx").data
    add(store)
    assert template_for("order.docx", DAY).data == OURS


@pytest.mark.parametrize("path", ["ordr.docx", "../order.docx", "/etc/passwd", "", "order", "order.docx/../plan.docx"])
def test_only_known_paths_are_templates(store: MemoryStore, path: str) -> None:
    with pytest.raises(NotFound) as refused:
        template_for(path, DAY)
    assert refused.value.code == "no_template"
    with pytest.raises(NotFound):
        add(store, path=path)


def test_a_bad_template_is_refused_with_all_that_was_found(store: MemoryStore) -> None:
    with pytest.raises(Refusal) as refused:
        add(store, word("{{ nmber }} {{ kind.x }}"))
    assert refused.value.code == "bad_template"
    findings = refused.value.details["findings"]
    assert isinstance(findings, list)
    assert [one["name"] for one in findings if one["severity"] == "error"] == ["nmber", "kind.x"]
    assert OfficeTemplate.select().count() == 0
    assert Event.select().count() == 0


def test_a_long_note_and_the_same_file_are_refused(store: MemoryStore) -> None:
    add(store)
    with pytest.raises(Refusal) as refused:
        add(store)
    assert refused.value.code == "same_template"
    with pytest.raises(Refusal) as refused:
        add_template("order.docx", LATER, "б.docx", DAY, "я" * 501, store=store, by=SYSTEM, now=NOW)
    assert refused.value.code == "long_note"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_keep_templates(store: MemoryStore, role: Role) -> None:
    row = add(store)
    actor = Actor(1, "Кто-то", frozenset({role}))
    for act in (lambda: add(store, LATER, by=actor), lambda: withdraw_template(row.id, by=actor, now=NOW), lambda: versions_of("order.docx", by=actor)):
        with pytest.raises(Forbidden):
            act()


def test_documents_remember_by_which_they_were_made(store: MemoryStore) -> None:
    row = add(store)
    assert made_by(row, by=SYSTEM) == ([], 0)
    made = add_version(make.document(), word("Слова"), "приказ.docx", store=store, by=SYSTEM, now=NOW)
    Rendering.create(version=made, template="order.docx", template_sha256=row.file.sha256, office_template=row, profile="2025", values={}, made_at=NOW)
    documents, count = made_by(row, by=SYSTEM)
    assert ([one.id for one in documents], count) == ([made.document_id], 1)
    withdraw_template(row.id, by=SYSTEM, now=NOW)
    assert made_by(version(row.id, by=SYSTEM), by=SYSTEM)[1] == 1


def test_a_version_that_is_not_there_is_said_so(store: MemoryStore) -> None:
    with pytest.raises(NotFound) as refused:
        version(404, by=SYSTEM)
    assert refused.value.code == "no_version"
