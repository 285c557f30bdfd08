"""The wheel: everything is in it, and it works outside the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("roadmapdocs", "templates", "migrations")
FILES = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, without a network, by the tools of this environment."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in PARTS:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    for name in FILES:
        shutil.copy(ROOT / name, source / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(source)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a virtual environment that has the wheel, and borrows the libraries of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    libraries = Path(next(path for path in sys.path if path.endswith("site-packages")))
    own = next(folder.glob("lib/python*/site-packages"))
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(own)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    # Behind our own package, and without the hook of an editable install of the checkout.
    (own / "borrowed.pth").write_text(f"{libraries}\n", encoding="utf-8")
    command = folder / "bin" / "roadmapdocs"
    command.write_text(f"#!{folder}/bin/python\nfrom roadmapdocs.web.cli import main\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    return command


def test_everything_that_travels_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    for folder, pattern, place in (
        ("templates", "pages/**/*.html", "roadmapdocs/templates"),
        ("migrations", "0*.py", "roadmapdocs/migrations"),
        ("roadmapdocs", "web/static/*", "roadmapdocs"),
        ("roadmapdocs", "**/*.toml", "roadmapdocs"),
        ("roadmapdocs", "**/*.py", "roadmapdocs"),
        ("roadmapdocs", "translations/**/*.po", "roadmapdocs"),
    ):
        wanted = {f"{place}/{path.relative_to(ROOT / folder).as_posix()}" for path in (ROOT / folder).glob(pattern)}
        assert wanted, pattern
        assert sorted(wanted - inside) == []
    assert "roadmapdocs/translations/ru/LC_MESSAGES/roadmapdocs.mo" in inside
    assert "roadmapdocs/py.typed" in inside


def test_the_wheel_holds_nothing_but_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"roadmapdocs"}


def run(program: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": ""}
    return subprocess.run(
        [str(program), *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_the_command_runs_outside_the_checkout(program: Path, tmp_path: Path) -> None:
    told = run(program, tmp_path, "terms", "До 01.12.2021", "--json")
    assert told.returncode == 0, told.stderr
    assert [(term["kind"], term["end"]) for term in json.loads(told.stdout)] == [("deadline", "2021-12-01")]
    assert list(tmp_path.iterdir()) == []


def test_the_wheel_speaks_russian_and_makes_its_database(program: Path, tmp_path: Path) -> None:
    told = run(program, tmp_path, "--data", "here", "upgrade")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("Применено: 0001_first_tables")
    assert (tmp_path / "here" / "roadmapdocs.sqlite3").is_file()
