"""What the module is, needs and brings, for a host that mounts it: data in ``manifest.toml``, read once.

A host finds :func:`manifest` under the entry point ``roadmapdocs`` of the group ``flask_erp.modules``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from roadmapdocs.errors import ConfigurationError

FILE_NAME = "manifest.toml"


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """``permission`` is the code of one that opens the page; empty where each of them does."""

    title: str
    endpoint: str
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """What a host gives to its groups: a role of ours. ``allows`` are the actions of :mod:`roadmapdocs.access.rules`."""

    code: str
    title: str
    allows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """``name`` is that of the state in ``app.extensions`` and of the gettext domain, too.

    Every table begins with ``prefix`` and every endpoint with ``endpoints``; ``history`` is the table of the migrations
    applied, which lie in the package ``migrations``. ``plugin`` is what mounts it. ``settings`` are names and defaults:
    an application configures them as ``ROADMAPDOCS_<NAME>``. ``facts`` and ``questions`` are signals of
    :mod:`roadmapdocs.hooks`; ``grants`` are actions that an administrator gives to persons. ``requires`` are
    requirements as pip reads them.
    """

    name: str
    version: str
    title: str
    plugin: str
    prefix: str
    history: str
    migrations: str
    endpoints: str
    menu: tuple[MenuEntry, ...]
    permissions: tuple[Permission, ...]
    grants: tuple[str, ...]
    settings: dict[str, str | int | bool]
    facts: tuple[str, ...]
    questions: tuple[str, ...]
    requires: tuple[str, ...]


@cache
def manifest() -> Manifest:
    return read((files("roadmapdocs") / FILE_NAME).read_text(encoding="utf-8"))


def read(text: str) -> Manifest:
    """
    :raise ConfigurationError: if the text is no manifest
    """
    try:
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in tomllib.loads(text).items()
        }
        values["menu"] = tuple(MenuEntry(**row) for row in values["menu"])
        values["permissions"] = tuple(
            Permission(row["code"], row["title"], tuple(row["allows"])) for row in values["permissions"]
        )
        return Manifest(**values)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        raise ConfigurationError(f"{FILE_NAME}: {problem}") from problem
