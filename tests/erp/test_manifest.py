"""The manifest says what the code does: nothing more, nothing less."""

from __future__ import annotations

import configparser
import dataclasses
import importlib
import re
from pathlib import Path

import pytest

from roadmapdocs import db, hooks, shipped
from roadmapdocs.access.rules import ALLOWED, GRANTED, Action
from roadmapdocs.erp.manifest import MenuEntry, manifest, read
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.i18n import DOMAIN
from roadmapdocs.models import MODELS
from roadmapdocs.people.rules import Role
from roadmapdocs.settings import ENVIRONMENT_PREFIX, Settings
from roadmapdocs.web.context import EXTENSION
from tests.web.hosts import Host, bare, mounted

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def package() -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None)
    found.read(ROOT / "setup.cfg", encoding="utf-8")
    return found


@pytest.fixture
def host(tmp_path: Path, sqlite_address: str) -> Host:
    return mounted(bare(), tmp_path, sqlite_address)


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def test_name_version_and_requirements_are_those_of_the_package(package: configparser.ConfigParser) -> None:
    told = manifest()
    assert (told.name, told.version) == (package["metadata"]["name"], package["metadata"]["version"])
    assert sorted(told.requires) == sorted(lines(package["options"]["install_requires"]))
    assert told.name == DOMAIN == EXTENSION


def test_a_host_finds_it_by_its_entry_point(package: configparser.ConfigParser) -> None:
    (entry,) = lines(package["options.entry_points"]["flask_erp.modules"])
    name, _equals, place = entry.partition(" = ")
    module, _colon, function = place.partition(":")
    assert name == manifest().name
    assert getattr(importlib.import_module(module), function)() is manifest()


def test_the_plugin_is_what_mounts_it() -> None:
    module, _colon, name = manifest().plugin.partition(":")
    assert callable(getattr(importlib.import_module(module), name)().init_app)


def test_every_table_begins_with_the_prefix() -> None:
    told = manifest()
    assert {model._meta.table_name for model in MODELS if not model._meta.table_name.startswith(told.prefix)} == set()
    assert told.history == db.HISTORY_TABLE
    assert Path(str(importlib.import_module(told.migrations).__path__[0])) == shipped.migrations_folder()


def test_endpoints_begin_as_told(host: Host) -> None:
    before = {rule.endpoint for rule in bare().url_map.iter_rules()}
    added = {rule.endpoint for rule in host.app.url_map.iter_rules()} - before
    assert {name for name in added if not name.startswith(manifest().endpoints)} == set()


@pytest.mark.parametrize("entry", manifest().menu, ids=lambda entry: entry.endpoint)
def test_every_entry_of_the_menu_opens_for_whom_it_is_meant(host: Host, entry: MenuEntry) -> None:
    with host.app.test_request_context():
        address = host.app.url_for(entry.endpoint)
    role = Role(entry.permission) if entry.permission else Role.STAFF
    assert host.browser(role).get(address).status_code == 200


def test_permissions_are_our_roles_with_what_they_allow() -> None:
    told = {permission.code: set(permission.allows) for permission in manifest().permissions}
    assert told == {str(role): {str(action) for action in Action if role in ALLOWED[action]} for role in Role}
    assert set().union(*told.values()) | set(manifest().grants) == {str(action) for action in Action}
    assert manifest().grants == tuple(str(action) for action in GRANTED)


def test_settings_are_those_that_there_are_with_their_defaults() -> None:
    fields = {field.name: field.default for field in dataclasses.fields(Settings)}
    assert manifest().settings == {**fields, "data": ""}
    assert ENVIRONMENT_PREFIX == "ROADMAPDOCS_"


def test_facts_and_questions_are_the_signals_there_are() -> None:
    source = Path(str(hooks.__file__)).read_text(encoding="utf-8")
    found = re.findall(r"((?:^#:.*\n)+)(\w+) = _signals\.signal", source, re.MULTILINE)
    questions = {name for comment, name in found if comment.startswith("#: Question")}
    assert set(manifest().questions) == questions
    assert set(manifest().facts) == {name for _comment, name in found} - questions
    assert all(hasattr(hooks, name) for name in (*manifest().facts, *manifest().questions))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "Invalid value"),
        ('name = "x"', "menu"),
        ('name = "x"\nmenu = []\npermissions = []', "missing"),
        ('menu = [{endpoint = "x"}]\npermissions = []', "title"),
        ('colour = "red"\nmenu = []\npermissions = []', "colour"),
    ],
)
def test_what_is_no_manifest_is_told(text: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        read(text)
