"""``roadmapdocs odoo …``: a run by hand, what became of the runs, and sending once more."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from roadmapdocs import db
from roadmapdocs.erp.connector import odoo as connector
from roadmapdocs.erp.connector import queueing
from roadmapdocs.erp.models import SyncPush, SyncRun
from roadmapdocs.files.store import FolderStore
from roadmapdocs.locks import Lock, held
from roadmapdocs.people.models import User
from roadmapdocs.settings import Settings
from roadmapdocs.web.cli import group
from tests.conftest import NOW
from tests.erp.connector.fake import FakeOdoo
from tests.erp.connector.office import linked, odoo_with_people, registered

KEY = "the-very-secret-key"


@pytest.fixture
def odoo(monkeypatch: pytest.MonkeyPatch) -> FakeOdoo:
    """What the command finds at the address of the settings."""
    made = odoo_with_people()
    monkeypatch.setattr(connector, "LiveOdoo", lambda _settings: made)
    return made


@pytest.fixture
def data(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with a registered document that belongs to a partner over there."""
    monkeypatch.setenv("ROADMAPDOCS_TIMEZONE", "Europe/Moscow")
    monkeypatch.setenv("ROADMAPDOCS_SIGN_IN_MAKES", "staff")
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(migrated_file, folder / "roadmapdocs.sqlite3")
    settings = Settings(data=folder)
    queueing.listen()
    with db.connect(settings.database_address).connection_context():
        linked(registered(FolderStore(settings.files_folder)))
        yield folder


def call(data: Path, *arguments: str) -> Result:
    said = ["--language", "en", "--data", str(data), "odoo", *arguments]
    return CliRunner().invoke(group, said, catch_exceptions=False)


def told(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_rehearsal_tells_what_would_be_and_a_run_does_it(data: Path, odoo: FakeOdoo) -> None:
    rehearsed = call(data, "sync", "--dry-run")
    assert (rehearsed.exit_code, rehearsed.stderr) == (0, "")
    assert "nothing was changed" in rehearsed.stdout
    assert "sent 1" in rehearsed.stdout
    assert not User.select().exists()
    assert "ir.attachment" not in odoo.rows
    done = told(call(data, "sync", "--json"))
    assert (done["dry_run"], done["error"], done["report"]["documents"]) == (False, "", {"sent": 1})
    assert {user.login for user in User.select()} == {"zaretskaya", "lomov"}


def test_an_odoo_that_is_away_is_an_exit_code_and_a_sentence(data: Path, odoo: FakeOdoo) -> None:
    odoo.down = True
    away = call(data, "sync")
    assert away.exit_code == 1
    assert "nobody answers" in away.stderr
    assert "nobody answers" in call(data, "status").stdout


def test_two_runs_at_once_are_one(data: Path, odoo: FakeOdoo) -> None:
    with held(Lock.SYNCING, wait_s=0):
        second = call(data, "sync")
    assert second.exit_code != 0
    assert "under way" in second.stderr
    assert not SyncRun.select().exists()


def test_the_state_tells_runs_by_the_clock_of_the_office_and_what_was_given_up(data: Path, odoo: FakeOdoo) -> None:
    assert "to be sent: 1" in call(data, "status").stdout
    SyncRun.create(source="odoo", dry=True, started_at=NOW, ended_at=NOW, report={"troubles": ["a", "b"]})
    SyncRun.create(source="odoo", started_at=NOW)
    SyncPush.update(state="dead", error="You are not allowed to do this.").execute()
    shown = call(data, "status").stdout
    assert "16.03.2026 12:30 (rehearsal) done, troubles: 2" in shown
    assert "16.03.2026 12:30 is under way, or was cut off" in shown
    assert "given up: 1" in shown
    assert "You are not allowed to do this." in shown
    (dead,) = told(call(data, "status", "--json"))["given_up"]
    assert dead["error"] == "You are not allowed to do this."


def test_what_was_given_up_is_sent_once_more(data: Path, odoo: FakeOdoo) -> None:
    SyncPush.update(state="dead", attempts=6).execute()
    assert told(call(data, "sync", "--json"))["report"]["documents"] == {}
    assert told(call(data, "replay", "--json")) == {"replayed": 1}
    assert told(call(data, "sync", "--json"))["report"]["documents"] == {"sent": 1}
    assert "0" in call(data, "replay").stdout


def test_without_an_odoo_the_key_of_the_settings_is_named(data: Path) -> None:
    lost = call(data, "sync")
    assert lost.exit_code != 0
    assert "odoo_address" in lost.stderr
    assert not SyncRun.select().exists()


def test_the_key_may_lie_in_a_file_and_is_told_nowhere(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    monkeypatch.setenv("ROADMAPDOCS_ODOO_ADDRESS", "http://127.0.0.1:1")
    monkeypatch.setenv("ROADMAPDOCS_ODOO_DATABASE", "d")
    monkeypatch.setenv("ROADMAPDOCS_ODOO_LOGIN", "l")
    monkeypatch.setenv("ROADMAPDOCS_ODOO_KEY_FILE", str(file))
    away = call(data, "sync")
    assert away.exit_code == 1
    assert "cannot be reached" in away.stderr
    assert KEY not in away.output
    file.unlink()
    lost = call(data, "sync")
    assert lost.exit_code != 0
    assert "odoo_key" in lost.stderr
