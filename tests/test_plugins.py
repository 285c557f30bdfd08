"""Plug-ins: what may be added and what is refused; and the example of the documentation, installed and used."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import site
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from roadmapdocs import plugins
from roadmapdocs.coverage.rules import PROOF_RULES
from roadmapdocs.db import transaction
from roadmapdocs.documents import kinds
from roadmapdocs.documents.effects import EFFECTS
from roadmapdocs.documents.guards import GUARDS
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.transitions import Answers, available, perform
from roadmapdocs.documents.workflows import known
from roadmapdocs.drafting.checks.registry import CHECKS
from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.hooks import document_changed, transition_asked
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.plugins import Column, Registry, after
from roadmapdocs.workflow.rules import Transition
from tests import factories as make
from tests.conftest import NOW, TODAY

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs" / "example_plugin"
ROW = {"name": "Справка о чтении", "short": "Справка", "gender": "f", "expected": "прочее"}


@pytest.fixture
def registry() -> Iterator[Registry]:
    """What a test adds goes with it."""
    places = (kinds.ADDED, CHECKS, plugins.COLUMNS, PROOF_RULES, GUARDS, EFFECTS, plugins.LOADED)
    before = [dict(place) for place in places]
    yield Registry("test")
    for place, kept in zip(places, before, strict=True):
        place.clear()  # type: ignore[attr-defined]  # all are dictionaries, of different values
        place.update(kept)  # type: ignore[attr-defined]
    known.cache_clear()


def test_a_kind_of_a_plugin_stands_beside_ours(registry: Registry, sqlite_database: None) -> None:
    registry.kind("reading_note", ROW)
    assert kinds.load_kinds() == 1
    assert kinds.load_kinds() == 0
    assert make.document(kind="reading_note").kind.short == "Справка"


@pytest.mark.parametrize(
    ("code", "row", "named"),
    [
        ("Reading", ROW, "'Reading'"),
        ("reading", {**ROW, "colour": "red"}, "'colour'"),
        ("reading", {"name": "Справка", "gender": "f", "expected": "прочее"}, "'short'"),
        ("reading", {**ROW, "fields": ["no_such_field"]}, "no_such_field"),
        ("order_main", ROW, "'order_main' is there already"),
    ],
)
def test_a_kind_that_cannot_be_is_named(registry: Registry, code: str, row: dict[str, object], named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        registry.kind(code, row)


def test_a_name_that_is_taken_is_refused(registry: Registry) -> None:
    registry.column(Column("files", lambda: "Файлов", lambda ids: dict.fromkeys(ids, 1)))
    with pytest.raises(ConfigurationError, match="plug-in 'test': the column 'files' is there already"):
        registry.column(Column("files", lambda: "Файлов", lambda ids: dict.fromkeys(ids, 2)))
    with pytest.raises(ConfigurationError, match="the guard 'has_text' is there already"):
        registry.guard("has_text", lambda _situation: None)
    with pytest.raises(ConfigurationError, match="the effect 'give_number' is there already"):
        registry.effect("give_number", lambda _change: None)


def test_what_definitions_may_name_grows(registry: Registry) -> None:
    registry.guard("is_tuesday", lambda _situation: None)
    registry.effect("ring_a_bell", lambda _change: None)
    assert "is_tuesday" in known().guards
    assert "ring_a_bell" in known().effects


def test_a_plugin_that_fails_is_named(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("broken", "tests.no_such_module:register", plugins.GROUP)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [point] if group == plugins.GROUP else [])
    with pytest.raises(ConfigurationError, match=r"plug-in 'broken' \(tests\.no_such_module:register\): ModuleNotFoundError"):
        plugins.load_plugins()


def test_a_question_is_asked_for_the_button_and_before_the_step(database: str) -> None:
    document = make.document()
    wanted = next(one.transition.name for one in available(document, by=SYSTEM, today=TODAY) if one.why_not is None)

    def no(document: Document, *, transition: Transition, **_more: object) -> str | None:
        return "Не сегодня." if transition.name == wanted else None

    with transition_asked.connected_to(no):
        offers = {one.transition.name: one.why_not for one in available(document, by=SYSTEM, today=TODAY)}
        assert offers[wanted] == "Не сегодня."
        assert list(offers.values()).count("Не сегодня.") == 1
        with pytest.raises(Refusal) as refused:
            perform(document.id, wanted, answers=Answers(comment="Зачем"), by=SYSTEM, now=NOW, today=TODAY)
    assert (refused.value.code, refused.value.message) == ("guard", "Не сегодня.")
    assert Document.get_by_id(document.id).revision == document.revision


def test_a_fact_is_told_after_the_commit_and_not_at_all_if_it_was_taken_back(database: str) -> None:
    told: list[int] = []

    def note(document: Document, **_more: object) -> None:
        told.append(document.id)

    before = set(document_changed.receivers)
    after(document_changed)(note)
    try:
        with transaction():
            kept = make.document()
            assert told == []
        assert told == [kept.id]
        with pytest.raises(RuntimeError), transaction():
            make.document()
            raise RuntimeError
        assert told == [kept.id]
    finally:
        for key in set(document_changed.receivers) - before:
            document_changed.receivers.pop(key)


USED = """
import datetime as dt, io, json, pathlib, sys, zipfile
from roadmapdocs import db, plugins, shipped
from roadmapdocs.assembly import assemble, load_shipped
from roadmapdocs.coverage.rules import Expected, Slot, proves
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.transitions import available
from roadmapdocs.drafting.checks.facts import CardFacts, Facts
from roadmapdocs.drafting.checks.registry import CHECKS
from roadmapdocs.drafting.engine.sandbox import FILTERS, TemplateEnvironment
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.web.lists.columns import all_columns
from types import SimpleNamespace as Thing

assemble(dt.UTC)
now, monday = dt.datetime(2026, 3, 16, 9, tzinfo=dt.UTC), dt.date(2026, 3, 16)
opened = db.connect("sqlite:///" + sys.argv[1])
with opened.connection_context():
    db.upgrade(shipped.migrations_folder())
    load_shipped(now)
    letter = create_document(Card(kind="info_letter", title="О чтении!", preparation=Preparation.SIGNED, date=monday), by=SYSTEM, now=now, today=monday)
    why = {one.transition.name: one.why_not for one in available(letter, by=SYSTEM, today=monday)}
    expected, slot = Expected(1, "Приказ", "приказ"), Slot(1, None, None, None, None)
    facts = Facts(card=CardFacts(title=letter.title), day=monday, today=monday)
    print(json.dumps({
        "loaded": plugins.LOADED,
        "kind": letter.kind.name,
        "register": why.get("register"),
        "found": [one.sentence for one in CHECKS["no_exclamation"].findings(facts)],
        "filter": TemplateEnvironment().from_string("{{ word|spaced }}").render(word="ПРИКАЗ"),
        "takes": FILTERS["spaced"][0] == FILTERS["upper"][0],
        "column": [all_columns()["attachments"].label(), dict(plugins.COLUMNS["attachments"].values([letter.id]))],
        "proves": [proves(expected, slot, Thing(id=1, kind=kind, number="", date=None)) for kind in ("Приказ", "Информационное письмо")],
    }, ensure_ascii=False))
"""


def test_the_example_of_the_documentation_adds_all_that_it_says(tmp_path: Path) -> None:
    """Installed beside the registry, as an office would: nothing of the registry's code is touched."""
    source = shutil.copytree(EXAMPLE, tmp_path / "source")
    # A virtual environment of its own, which sees what this one has: the plug-in is seen by this test alone.
    home = tmp_path / "environment"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    packages = home / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    beside = "; ".join(f"site.addsitedir({folder!r})" for folder in site.getsitepackages())
    (packages / "beside.pth").write_text(f"import site; {beside}\n", encoding="utf-8")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    where = ["--no-build-isolation", "--target", str(packages), str(source)]
    subprocess.run([*install, *where], check=True, capture_output=True, cwd=tmp_path)
    ran = subprocess.run([str(python), "-c", USED, str(tmp_path / "registry.sqlite3")], check=False, capture_output=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr.decode()
    assert json.loads(ran.stdout) == {
        "loaded": {"letters": ["kind info_letter", "check no_exclamation", "column attachments", "proof rule letter_proves_nothing"]},
        "kind": "Информационное письмо",
        "register": "Письма регистрируют со вторника: понедельник отдан приказам.",
        "found": ["В заголовке стоит восклицательный знак."],
        "filter": "П Р И К А З",
        "takes": True,
        "column": ["Файлов", {}],
        "proves": [True, False],
    }
    assert dt.date(2026, 3, 16).weekday() == 0
