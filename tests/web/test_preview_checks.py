"""What operators are told of the program that makes pages, and what one round of a worker says."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner

from roadmapdocs.errors import ConfigurationError
from roadmapdocs.files.store import FolderStore
from roadmapdocs.i18n import use_language
from roadmapdocs.previews.models import Preview
from roadmapdocs.previews.office import find_office
from roadmapdocs.previews.operations import ask
from roadmapdocs.settings import Settings
from roadmapdocs.web.cli import group
from roadmapdocs.web.commands.preview_checks import check_previews
from tests.conftest import NOW
from tests.previews.made import stored


@pytest.fixture
def settings(tmp_path: Path, sqlite_address: str, sqlite_database: None) -> Settings:
    return Settings(data=tmp_path, database=sqlite_address, language="en")


def fake(folder: Path, version: str = "LibreOffice 7.4.7.2 40(Build:2)") -> str:
    program = folder / "soffice"
    program.write_text(f'#!/bin/sh\necho "{version}"\n')
    program.chmod(0o755)
    return str(program)


def test_an_office_that_cannot_be_kept_is_told_with_its_version_and_is_no_mistake(settings: Settings, tmp_path: Path) -> None:
    with use_language("en"):
        told = check_previews(dataclasses.replace(settings, office_program=fake(tmp_path)))
    assert told.startswith("LibreOffice 7.4.7.2; it cannot be kept running, each file starts it anew: ")


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_the_one_of_this_machine_is_started_to_see_whether_it_can_be_kept(settings: Settings) -> None:
    with use_language("en"):
        told = check_previews(settings)
    assert told.startswith("LibreOffice ")
    assert told.count(";") == 1


def test_without_an_office_the_registry_is_well_and_says_what_is_missing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with use_language("en"):
        assert check_previews(settings).startswith("LibreOffice is not found")


def test_a_program_of_the_settings_that_is_not_there_is_a_mistake(settings: Settings) -> None:
    with pytest.raises(ConfigurationError, match="office_program: '/nowhere/soffice'"):
        check_previews(dataclasses.replace(settings, office_program="/nowhere/soffice"))


def test_files_without_pages_are_counted(settings: Settings, tmp_path: Path) -> None:
    ask(stored(FolderStore(settings.files_folder)), now=NOW)
    Preview.update(state="failed").execute()
    with use_language("en"):
        assert "no pages of 1 file could be made" in check_previews(dataclasses.replace(settings, office_program=fake(tmp_path)))


def test_one_round_of_a_worker_says_what_became_of_previews(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAPDOCS_DATABASE", settings.database)
    monkeypatch.setenv("ROADMAPDOCS_LANGUAGE", "en")
    monkeypatch.setenv("ROADMAPDOCS_OFFICE_PROGRAM", fake(tmp_path))
    ask(stored(FolderStore(settings.files_folder)), now=NOW)
    said = CliRunner().invoke(group, ["--data", str(settings.data), "work", "--once"])
    assert (said.exit_code, said.output.splitlines()[-1]) == (0, "Previews made: 0, put off: 0, failed: 1.")
    assert Preview.get().reason == "broken"


@pytest.mark.parametrize(
    ("key", "value"), [("preview_seconds", "4"), ("preview_seconds", "301"), ("preview_memory", "100"), ("preview_seconds", "long")]
)
def test_bounds_that_make_no_sense_stop_the_start(key: str, value: str, tmp_path: Path) -> None:
    from roadmapdocs.settings import load

    with pytest.raises(ConfigurationError, match=f"{key}|{key.upper()}"):
        load(tmp_path, {f"ROADMAPDOCS_{key.upper()}": value})
