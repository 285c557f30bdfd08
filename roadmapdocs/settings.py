"""Settings of an installation: defaults, then ``settings.toml`` in the data folder, then the environment."""

from __future__ import annotations

import dataclasses
import difflib
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from roadmapdocs.errors import ConfigurationError
from roadmapdocs.i18n import LANGUAGES

ENVIRONMENT_PREFIX = "ROADMAPDOCS_"
FILE_NAME = "settings.toml"
KEY_FILE_NAME = "secret.key"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may decide.

    ``data`` is the folder of database, files and index; ``database`` an address as :func:`roadmapdocs.db.connect`
    takes it (empty: SQLite in the data folder); ``timezone`` decides which day it is in the office;
    ``max_upload`` is in bytes; ``password_cost`` is "normal" or, for tests only, "cheap".
    """

    data: Path
    database: str = ""
    language: str = "ru"
    timezone: str = "Europe/Moscow"
    office: str = ""
    max_upload: int = 50 * 1024 * 1024
    sign_in_limit: str = "20 per minute"
    password_cost: str = "normal"  # noqa: S105  # a cost, not a password
    demo: bool = False
    secure_cookies: bool = False

    @property
    def database_address(self) -> str:
        return self.database or f"sqlite:///{self.data / 'roadmapdocs.sqlite3'}"

    @property
    def files_folder(self) -> Path:
        return self.data / "files"

    @property
    def workflow_folder(self) -> Path | None:
        """Definitions of workflows of the office's own; None while it has none."""
        folder = self.data / "workflow"
        return folder if folder.is_dir() else None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def load(data: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Settings for the data folder given, else ``ROADMAPDOCS_DATA``, else ``./data``.

    :raise ConfigurationError: naming file (or variable), key, value and the nearest known key
    """
    given = os.environ if environment is None else environment
    folder = (data or Path(given.get(ENVIRONMENT_PREFIX + "DATA", "data"))).resolve()
    values: dict[str, object] = {}
    file = folder / FILE_NAME
    if file.is_file():
        values.update(_from_file(file))
    for name in _types():
        if name != "data" and (raw := given.get(ENVIRONMENT_PREFIX + name.upper())) is not None:
            values[name] = _convert(name, raw, f"{ENVIRONMENT_PREFIX}{name.upper()}")
    settings = Settings(data=folder, **values)  # type: ignore[arg-type]  # each value was converted to its type
    _check(settings, str(file))
    return settings


def secret_key(settings: Settings) -> str:
    """The key that signs sessions: made once at random, readable by its owner only, kept beside the data."""
    file = settings.data / KEY_FILE_NAME
    settings.data.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(32))
    return file.read_text(encoding="ascii")


def _types() -> dict[str, str]:
    return {field.name: str(field.type) for field in dataclasses.fields(Settings)}


def _from_file(file: Path) -> dict[str, object]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigurationError(f"{file}: not readable as TOML: {problem}") from problem
    known = [name for name in _types() if name != "data"]
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"
            raise ConfigurationError(f"{file}: unknown key {key!r}{hint}")
    return {key: _convert(key, value, f"{file}: {key}") for key, value in table.items()}


def _convert(name: str, value: object, place: str) -> object:
    kind = _types()[name]
    if kind == "bool" and isinstance(value, str) and value.lower() in {"1", "true", "yes", "0", "false", "no"}:
        return value.lower() in {"1", "true", "yes"}
    if kind == "int" and isinstance(value, str) and value.isdigit():
        return int(value)
    if type(value).__name__ != kind:
        raise ConfigurationError(f"{place}: {value!r} is not {'true or false' if kind == 'bool' else kind}")
    return value


def _check(settings: Settings, file: str) -> None:
    if settings.language not in LANGUAGES:
        raise ConfigurationError(f"{file}: language: {settings.language!r} is not one of {', '.join(LANGUAGES)}")
    if settings.password_cost not in {"normal", "cheap"}:
        raise ConfigurationError(f"{file}: password_cost: {settings.password_cost!r} is neither normal nor cheap")
    if settings.max_upload <= 0:
        raise ConfigurationError(f"{file}: max_upload: {settings.max_upload} bytes is not a size")
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise ConfigurationError(f"{file}: timezone: {settings.timezone!r} is unknown") from problem
