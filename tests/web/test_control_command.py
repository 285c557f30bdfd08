"""``roadmapdocs control`` as scripts use it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from roadmapdocs import db
from roadmapdocs.assignments.words import State
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.web.cli import group
from roadmapdocs.web.clock import utc_now
from tests.assignments.report_office import assignment, office
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    if db.database.obj is not None and not db.database.is_closed():
        db.database.close()


@pytest.fixture
def data(sqlite_address: str, tmp_path: Path) -> Path:
    """A data folder with a late assignment, one that falls due today, and one that was done."""
    Path(sqlite_address.removeprefix("sqlite:///")).rename(tmp_path / "roadmapdocs.sqlite3")
    opened = db.connect(f"sqlite:///{tmp_path / 'roadmapdocs.sqlite3'}")
    with opened.connection_context():
        here = office()
        today = utc_now().date()
        boss, staff, group_, *_others = here.people
        assignment(staff, today.replace(year=today.year - 1), text="Собрать сведения")
        assignment(group_, today.replace(year=today.year + 1), text="Подготовить сводку")
        assignment(boss, today.replace(day=1), State.DONE, text="Провести смотр")
        create_user("staff", "тетрадь-в-клетку", [Role.STAFF], employee=group_, by=SYSTEM, now=NOW)
    return tmp_path


def call(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["--language", "en", "--data", str(data), "control", *arguments], catch_exceptions=False)


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_what_is_late_is_told_to_scripts_with_its_group(data: Path) -> None:
    report = told(call(data, "late", "--json"))
    (row,) = report["tables"][0]["rows"]
    assert (row["Поручение"], row["Ответственный"]) == ("Собрать сведения", "Борисова\xa0О.\xa0С.")
    assert row["group"].startswith("Борисова")
    assert report["facts"] == {"Всего": "1"}
    assert (report["from"], report["to"], report["file"]) == (None, None, None)


def test_people_read_a_line_for_each(data: Path) -> None:
    result = call(data, "late")
    assert "1. Собрать сведения · Ответственный: Борисова" in result.stdout
    assert "Поручений нет." in call(data, "due", "--days", "0").stdout


def test_discipline_is_of_this_year_unless_a_time_is_said(data: Path) -> None:
    report = told(call(data, "discipline", "--json"))
    people, units = report["tables"]
    assert [(row["Исполнитель"][:8], row["В срок, %"]) for row in people["rows"]] == [("Вересова", "100\xa0%"), ("Всего", "100\xa0%")]
    assert [row["Подразделение"] for row in units["rows"]] == ["Управление"]
    whole = told(call(data, "discipline", "--from", "2000-01-01", "--to", "31.12.2199", "--json"))
    assert [row["Срок в периоде"] for row in whole["tables"][0]["rows"]] == [1, 1, 1, 3]


def test_a_person_sees_only_what_is_theirs(data: Path) -> None:
    assert told(call(data, "late", "--as", "staff", "--json"))["tables"][0]["rows"] == []


@pytest.mark.parametrize("suffix", ["xlsx", "DOCX"])
def test_a_report_is_written_to_a_file(data: Path, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"отчёт.{suffix}"
    assert call(data, "due", "--days", "250", "--out", str(file)).exit_code == 0
    assert file.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("late", "--as", "nobody"), "no_user"),
        (("late", "--out", "report.pdf"), "unknown_format"),
        (("late", "--from", "2026-02-01", "--to", "2026-01-01"), "period"),
        (("late", "--out", "/no/such/folder/report.xlsx"), "unreachable"),
    ],
)
def test_what_cannot_be_done_is_said(data: Path, arguments: tuple[str, ...], code: str) -> None:
    result = call(data, *arguments, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["code"] == code


@pytest.mark.parametrize("arguments", [("due", "--days", "-1"), ("due", "--days", "251"), ("late", "--from", "вчера"), ("undue",)])
def test_an_option_without_sense_is_a_usage_error(data: Path, arguments: tuple[str, ...]) -> None:
    assert call(data, *arguments).exit_code == 2
