"""What a host may give when it mounts the registry, and what it is told when that cannot be right."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import peewee as pw
import pytest
from flask import Flask
from flask_admin import Admin

from roadmapdocs import installation
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.settings import Settings
from roadmapdocs.web.context import EXTENSION
from roadmapdocs.web.extension import RoadmapDocs
from tests.web.hosts import Host, bare, mounted


@pytest.fixture
def settings(tmp_path: Path, sqlite_address: str) -> Settings:
    return Settings(data=tmp_path, database=sqlite_address, password_cost="cheap")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"url": "registry"}, "url: 'registry' is not a prefix such as '/registry'"),
        ({"url": "/registry/"}, "url: '/registry/'"),
        ({"url": "/<int:number>"}, "url: '/<int:number>'"),
        ({"url": None}, "url: None is not a prefix"),
        ({"database": 17}, "database: 17 is neither an address nor a peewee database"),
        ({"database": "mysql://host/name"}, "database: 'mysql://host/name' is neither sqlite:///path nor postgresql://"),
        ({"database": pw.MySQLDatabase("erp")}, "is neither an address nor a peewee database of SQLite or PostgreSQL"),
        ({"database": pw.SqliteDatabase(None)}, "database: this peewee database has no name yet"),
        ({"database": pw.DatabaseProxy()}, "database: None is neither"),
        ({"database": pw.SqliteDatabase(":memory:")}, "database: ':memory:' is another database for each thread"),
        ({"database": pw.SqliteDatabase("/no/such/folder/erp.sqlite3")}, "erp.sqlite3' cannot be opened"),
        ({"admin": Admin()}, "is not an Admin of this application"),
    ],
)
def test_what_cannot_be_right_is_told_by_name_and_value(settings: Settings, arguments: dict[str, Any], told: str) -> None:
    app = bare()
    with pytest.raises(ConfigurationError) as caught:
        RoadmapDocs().init_app(app, settings, **arguments)
    assert told in str(caught.value)
    assert EXTENSION not in app.extensions
    assert not app.blueprints


def test_a_database_that_keeps_no_foreign_keys_is_refused_with_what_to_write(settings: Settings, tmp_path: Path) -> None:
    loose = pw.SqliteDatabase(str(tmp_path / "erp.sqlite3"))
    with pytest.raises(ConfigurationError, match=r"keeps no foreign keys; make it with pragmas=\{'foreign_keys': 1\}"):
        RoadmapDocs().init_app(bare(), settings, database=loose)
    assert loose.is_closed()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((object(),), "app: <object object"),
        ((Flask("host"), {"data": "here"}), "settings: {'data': 'here'} is not roadmapdocs.settings.Settings"),
    ],
)
def test_an_argument_of_another_kind_is_told(given: tuple[Any, ...], told: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        RoadmapDocs().init_app(*given)
    assert told in str(caught.value)


def test_a_directory_that_lacks_a_method_is_told_what_one_has(settings: Settings) -> None:
    with pytest.raises(ConfigurationError, match="snapshot, current, sign_in_address"):
        RoadmapDocs(directory="people").init_app(bare(), settings)  # type: ignore[arg-type]  # that is the mistake


def test_an_application_is_set_up_once(settings: Settings) -> None:
    app = bare()
    RoadmapDocs(app, settings)
    with pytest.raises(ConfigurationError, match="'host' has the registry already"):
        RoadmapDocs(app, settings)


def test_a_mistake_leaves_the_application_before_as_the_usual_one(settings: Settings) -> None:
    first = bare()
    RoadmapDocs(first, settings)
    with pytest.raises(ConfigurationError):
        RoadmapDocs(bare(), settings, database="mysql://host/name")
    assert installation.current() is first.extensions[EXTENSION].installation


def test_settings_are_taken_from_the_configuration_of_the_application(tmp_path: Path, sqlite_address: str) -> None:
    app = bare(
        ROADMAPDOCS_DATA=tmp_path,
        ROADMAPDOCS_DATABASE=sqlite_address,
        ROADMAPDOCS_OFFICE="Управление",
        ROADMAPDOCS_MAX_UPLOAD=1000,
        ROADMAPDOCS_API_LIMIT="5 per minute",  # the API's own
    )
    RoadmapDocs(app)
    taken = app.extensions[EXTENSION].settings
    assert (taken.data, taken.office, taken.max_upload) == (tmp_path.resolve(), "Управление", 1000)


def test_what_the_application_does_not_name_comes_from_the_environment_and_the_file(
    tmp_path: Path, sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text('office = "of the file"\nlanguage = "en"\n', encoding="utf-8")
    monkeypatch.setenv("ROADMAPDOCS_OFFICE", "of the environment")
    monkeypatch.setenv("ROADMAPDOCS_TIMEZONE", "Asia/Tomsk")
    app = bare(ROADMAPDOCS_DATA=str(tmp_path), ROADMAPDOCS_TIMEZONE="Asia/Omsk")
    RoadmapDocs(app, database=sqlite_address)
    taken = app.extensions[EXTENSION].settings
    assert (taken.office, taken.language, taken.timezone) == ("of the environment", "en", "Asia/Omsk")
    assert taken.database == sqlite_address


def test_without_a_folder_the_data_lie_with_the_instance_of_the_application(
    tmp_path: Path, sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ROADMAPDOCS_DATA", raising=False)
    app = Flask("host", instance_path=str(tmp_path))
    RoadmapDocs(app, database=sqlite_address)
    assert app.extensions[EXTENSION].settings.data == tmp_path.resolve() / "roadmapdocs"


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("ROADMAPDOCS_LANGAUGE", "ru", "unknown key 'ROADMAPDOCS_LANGAUGE'; did you mean 'ROADMAPDOCS_LANGUAGE'?"),
        ("ROADMAPDOCS_MAX_UPLOAD", "a lot", "ROADMAPDOCS_MAX_UPLOAD: 'a lot' is not int"),
        ("ROADMAPDOCS_LANGUAGE", "de", "language: 'de' is not one of ru, en"),
        ("ROADMAPDOCS_DATA", 5, "ROADMAPDOCS_DATA: 5 is not the path of a folder"),
        ("ROADMAPDOCS_DATA", "", "ROADMAPDOCS_DATA: '' is not the path of a folder"),
    ],
)
def test_a_mistake_in_the_configuration_names_key_and_value(tmp_path: Path, key: str, value: object, told: str) -> None:
    app = bare(**{"ROADMAPDOCS_DATA": str(tmp_path), key: value})
    with pytest.raises(ConfigurationError) as caught:
        RoadmapDocs(app)
    assert told in str(caught.value)


def test_one_object_sets_up_several_applications(tmp_path: Path, migrated_file: Path) -> None:
    plugin = RoadmapDocs()
    made = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(migrated_file, folder / "registry.sqlite3")
        app = bare(name)
        plugin.init_app(app, Settings(data=folder, database=f"sqlite:///{folder / 'registry.sqlite3'}", office=name))
        made.append(Host(app))
    offices = [host.state.settings.office for host in made]
    assert offices == ["first", "second"]
    assert made[0].state.installation is not made[1].state.installation
    assert [host.app.test_client().get("/sign-in").status_code for host in made] == [200, 200]


def test_mounting_keeps_to_its_own_names(tmp_path: Path, sqlite_address: str) -> None:
    """Endpoints, static files and addresses of a host are not taken."""
    app = bare()
    before = {rule.endpoint for rule in app.url_map.iter_rules()}
    mounted(app, tmp_path, sqlite_address)
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in before]
    assert all(rule.endpoint.startswith("roadmapdocs") for rule in rules)
    assert all(rule.rule.startswith("/registry") for rule in rules)
