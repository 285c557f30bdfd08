"""``roadmapdocs decline`` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from roadmapdocs.web.cli import group


def call(*arguments: str) -> Result:
    return CliRunner().invoke(group, ["--language", "en", "decline", *arguments])


def test_all_cases_are_one_json_document() -> None:
    result = call("Кравец Светлана Сергеевна", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (told["name"], told["gender"]) == ("Кравец Светлана Сергеевна", "f")
    assert all(list(told[way]) == ["nom", "gen", "dat", "acc", "ins", "pre"] for way in ("full", "initials_before", "initials_after"))
    assert told["full"]["ins"] == "Кравец Светланой Сергеевной"
    assert told["initials_before"]["dat"] == "С.С.\xa0Кравец"
    assert told["initials_after"]["acc"] == "Кравец\xa0С.С."


def test_a_given_gender_decides_where_the_name_does_not() -> None:
    assert json.loads(call("С. С. Кравец", "--json").stdout)["full"]["gen"].startswith("Кравца")
    assert json.loads(call("С. С. Кравец", "--gender", "f", "--json").stdout)["full"]["gen"].startswith("Кравец")


def test_without_json_a_line_a_case() -> None:
    lines = call("Орлов Лев Ильич").stdout.splitlines()
    assert len(lines) == 6
    assert lines[1] == "gen\tОрлова Льва Ильича\tЛ.И.\xa0Орлова\tОрлова\xa0Л.И."


@pytest.mark.parametrize("name", ["", "12345", "Орлов 5", "я" * 201, "\x00", "а б в г д"])
def test_what_is_no_name_is_refused_in_a_sentence(name: str) -> None:
    plain, as_json = call(name), call(name, "--json")
    assert (plain.exit_code, as_json.exit_code) == (1, 1)
    assert plain.stderr.startswith(("This is not read as a name", "The name is longer"))
    assert json.loads(as_json.stdout)["error"]["code"] == "unreadable_name"


def test_an_unknown_gender_is_a_mistake_of_the_call() -> None:
    assert call("Орлов", "--gender", "x").exit_code == 2


def test_it_needs_neither_database_nor_web() -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from roadmapdocs.web.cli import group\n"
        "assert CliRunner().invoke(group, ['decline', 'Орлов']).exit_code == 0\n"
        "sys.exit(any(name in sys.modules for name in ('flask', 'peewee', 'docx', 'num2words')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
