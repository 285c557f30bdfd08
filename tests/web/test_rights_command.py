"""``roadmapdocs rights``: the tables of the definitions that an installation really uses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from roadmapdocs import db
from roadmapdocs.documents.rights_table import as_markdown
from roadmapdocs.documents.workflows import catalogue
from roadmapdocs.i18n import use_language
from roadmapdocs.web.cli import group


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_command_prints_the_tables_in_the_language_asked_for(tmp_path: Path, language: str) -> None:
    options = ["--language", language, "--data", str(tmp_path / "data")]
    try:
        assert CliRunner().invoke(group, [*options, "upgrade"], catch_exceptions=False).exit_code == 0
        told = CliRunner().invoke(group, [*options, "rights"], catch_exceptions=False)
    finally:
        if not db.database.is_closed():
            db.database.close()
    assert told.exit_code == 0
    with use_language(language):
        assert told.stdout == as_markdown(catalogue().definitions.values())


def test_without_a_registry_the_command_says_what_to_do(tmp_path: Path) -> None:
    told = CliRunner().invoke(group, ["--language", "en", "--data", str(tmp_path / "none"), "rights"])
    assert told.exit_code == 1
    assert "roadmapdocs upgrade" in told.stderr
