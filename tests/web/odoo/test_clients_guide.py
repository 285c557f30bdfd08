"""The page for people of Odoo: its examples run against a served office, and it names what there is and no more."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.erp.odoo.catalogue import load
from roadmapdocs.erp.odoo.groups import USER_METHODS
from roadmapdocs.erp.odoo.registry import MODELS
from tests.erp.odoo.models.desk import CLERK
from tests.web.odoo.clients import frugal
from tests.web.odoo.served import Served, serving

GUIDE = (Path(__file__).parents[3] / "docs/odoo.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"### (.+?)\n\n```python\n(.*?)```", GUIDE, re.DOTALL)
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def served(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("odoo-guide")
    shutil.copy(migrated_file, folder / "registry.sqlite3")
    with frugal(folder), serving(f"sqlite:///{folder / 'registry.sqlite3'}", folder) as made:
        yield made


@pytest.mark.parametrize(("title", "example"), EXAMPLES, ids=[title for title, _example in EXAMPLES])
def test_an_example_runs_as_it_is_printed(served: Served, title: str, example: str, capsys: pytest.CaptureFixture[str]) -> None:
    there = {
        "http://localhost:8000": served.url,
        '"localhost"': '"127.0.0.1"',
        " 8000": f" {served.port}",
        '"elena"': f'"{served.logins[CLERK]}"',
        "rd_токен": served.tokens[CLERK],
    }
    for printed, own in there.items():
        example = example.replace(printed, own)
    exec(compile(example, title, "exec"), {"__name__": "example"})  # our own page
    assert capsys.readouterr().out.strip() or "mail.activity" in example


def test_the_page_has_all_examples() -> None:
    assert [title for title, _example in EXAMPLES] == ["Python без библиотек", "OdooRPC", "odoo-client-lib", "JSON-2 любым клиентом HTTP"]


def test_the_page_names_every_model_and_every_method() -> None:
    load()
    methods = {name for model in MODELS.values() for name in model.methods} - set(USER_METHODS)
    missing = [name for name in (*MODELS, *sorted(methods)) if f"`{name}" not in GUIDE]
    assert not missing


def test_the_page_names_no_model_method_or_parameter_that_is_not_there() -> None:
    load()
    methods = {name: method for model in MODELS.values() for name, method in model.methods.items()}
    assert set(re.findall(r"`((?:roadmap|res|hr|ir|mail)\.[a-z.]+)`", GUIDE)) <= set(MODELS)
    assert set(re.findall(r"`((?:action|message|activity)_[a-z_]+)`", GUIDE)) <= set(methods)
    for name, printed in re.findall(r"^\| `(\w+)\((.*?)\)` \|", GUIDE, re.MULTILINE):
        named = [one for one in printed.split(", ") if one]
        known = [one.name for one in MODELS["roadmap.document"].methods[name].parameters if one.name != "message_type"]
        assert named == known, name
