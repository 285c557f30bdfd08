"""Modules that others write for the ERP: found by an entry point, checked, and shown in the menu.

A module is found in the group ``flask_erp.modules``; the entry point names a function without arguments that gives its
manifest (:class:`Manifest` says what of it the ERP reads).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib.metadata import EntryPoint, PackageNotFoundError, entry_points, version
from typing import Any, Protocol

from packaging.requirements import InvalidRequirement, Requirement

from tests.host_erp.models import Group, Permission

GROUP = "flask_erp.modules"
OWN_PREFIX = "erp_"
#: What a module may require of the ERP itself: ``flask_erp>=1.0``.
ERP, ERP_VERSION = "flask-erp", "1.0"


class MenuEntry(Protocol):
    title: str
    endpoint: str
    permission: str


class PermissionEntry(Protocol):
    code: str
    title: str


class Manifest(Protocol):
    """What the ERP reads of a module's manifest."""

    name: str
    version: str
    title: str
    plugin: str
    prefix: str
    requires: Sequence[str]
    menu: Sequence[MenuEntry]
    permissions: Sequence[PermissionEntry]


class ModuleRefused(Exception):
    """A module cannot be taken: its name, and why."""


def discover(found: Iterable[EntryPoint] | None = None) -> list[Any]:
    """Manifests of the modules that are there, by name; ``found`` are entry points, those of the environment if None.

    :raise ModuleRefused: if one of them cannot be loaded or does not fit
    """
    manifests = [_load(one) for one in (entry_points(group=GROUP) if found is None else found)]
    check(manifests)
    return sorted(manifests, key=lambda one: str(one.name))


def _load(point: EntryPoint) -> Any:
    try:
        return point.load()()
    except Exception as problem:
        raise ModuleRefused(f"{point.name}: {problem}") from problem


def check(manifests: Sequence[Any]) -> None:
    """
    :raise ModuleRefused: naming the module and what does not fit
    """
    names: set[str] = set()
    prefixes: list[str] = [OWN_PREFIX]
    for one in manifests:
        if one.name in names:
            raise ModuleRefused(f"{one.name}: there are two modules of this name")
        if not re.fullmatch(r"[a-z][a-z0-9]*_", one.prefix):
            raise ModuleRefused(f"{one.name}: {one.prefix!r} is not a prefix of tables such as 'xy_'")
        if clash := next((two for two in prefixes if two.startswith(one.prefix) or one.prefix.startswith(two)), None):
            raise ModuleRefused(f"{one.name}: the prefix {one.prefix!r} is taken by {clash!r}")
        for requirement in one.requires:
            _check_requirement(one.name, requirement)
        known = {permission.code for permission in one.permissions}
        if strange := next((entry for entry in one.menu if entry.permission and entry.permission not in known), None):
            raise ModuleRefused(f"{one.name}: the menu asks for {strange.permission!r}, which is no permission of it")
        names.add(one.name)
        prefixes.append(one.prefix)


def _check_requirement(module: str, text: str) -> None:
    try:
        wanted = Requirement(text)
    except InvalidRequirement as problem:
        raise ModuleRefused(f"{module}: requires: {problem}") from problem
    try:
        there = ERP_VERSION if wanted.name.replace("_", "-").lower() == ERP else version(wanted.name)
    except PackageNotFoundError:
        raise ModuleRefused(f"{module}: requires {text}, which is not installed") from None
    if not wanted.specifier.contains(there, prereleases=True):
        raise ModuleRefused(f"{module}: requires {text}; installed is {there}")


def permitted(module: str, codes: Sequence[str], groups: Iterable[str]) -> bool:
    """Whether one of the groups has one of these permissions in the module."""
    rows = Permission.select().join(Group).where(
        (Permission.module == module) & Permission.code.in_(codes) & Group.code.in_(list(groups))
    )
    return bool(rows.exists())


def permit(module: str, **codes: Sequence[str]) -> None:
    """Give permissions of a module to groups: ``permit("roadmapdocs", clerk=["office"])``."""
    for code, groups in codes.items():
        for group in Group.select().where(Group.code.in_(groups)):
            Permission.get_or_create(module=module, code=code, group=group)
