"""The house keeps its plan: layers, packages, sizes, words."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 400
#: Longer files, and why they are in one piece.
LONG_FOR_A_REASON: dict[str, str] = {}
OURS = ("roadmapdocs", "templates", "migrations", "tests", "docs", ".ci")
SUFFIXES = {".py", ".html", ".css", ".js", ".md", ".toml", ".cfg", ".sh", ".txt", ".po", ".svg", ""}


def our_files() -> list[Path]:
    """Everything of ours that is text, wherever the checkout lies."""
    top = [path for path in ROOT.iterdir() if path.is_file()]
    below = [path for folder in OURS for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in top + below if path.suffix in SUFFIXES and "__pycache__" not in path.parts]


def config() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_dependencies_point_down() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_setup_lists_every_package_and_no_other() -> None:
    listed = set(config()["options"]["packages"].split())
    found = {".".join(init.parent.relative_to(ROOT).parts) for init in (ROOT / "roadmapdocs").rglob("__init__.py")}
    assert listed == found | {"roadmapdocs.migrations", "roadmapdocs.templates"}


def test_every_dependency_has_its_line_of_reason() -> None:
    options = config()
    wanted = options["options"]["install_requires"] + "\n".join(options["options.extras_require"].values())
    names = {name.lower() for name in re.findall(r"^([A-Za-z][\w-]*)(?:\[.*\])?(?:[<>=].*)?$", wanted, flags=re.MULTILINE)}
    page = (ROOT / "docs/decisions/0001-dependencies.md").read_text(encoding="utf-8")
    explained = {name.lower() for name in re.findall(r"^\| ([\w-]+) \|", page, flags=re.MULTILINE)}
    assert sorted(names - explained) == []
    assert sorted(explained - names - {"dependency"}) == []


def test_every_dependency_is_pinned() -> None:
    options = config()
    wanted = options["options"]["install_requires"] + "\n".join(options["options.extras_require"].values())
    names = {name.lower() for name in re.findall(r"^([A-Za-z][\w-]*)(?:\[.*\])?(?:[<>=].*)?$", wanted, flags=re.MULTILINE)}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in lines if "==" in line}
    assert sorted(names - pinned) == []


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    long = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "roadmapdocs").rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    }
    assert sorted(long - set(LONG_FOR_A_REASON)) == []


def test_no_function_is_longer_than_a_screen() -> None:
    import ast

    long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in (ROOT / "roadmapdocs").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 60
    ]
    assert long == []


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "XX" + "X"])
def test_nothing_is_left_for_later(word: str) -> None:
    marked = [str(path) for path in our_files() if re.search(rf"\b{word}\b", _text(path))]
    assert marked == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    home = re.compile(r"/(?:root|home/\w+|Users/\w+|work|opt)/")
    found = [f"{path.relative_to(ROOT)}: {match.group()}" for path in our_files() for match in home.finditer(_text(path))]
    assert found == []


def test_migrations_import_no_model_of_the_program() -> None:
    for path in (ROOT / "migrations").glob("0*.py"):
        assert "roadmapdocs" not in _text(path).replace('"rd_', "")


def test_the_program_of_the_tests_is_run_by_ci() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in _text(script)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
