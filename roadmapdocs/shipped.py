"""Folders that travel with the package: the same in a wheel, an editable install and a checkout.

``templates/`` and ``migrations/`` stand at the top of the checkout and are mapped into the package, so they
are reached as packages of their own, never by a path relative to ``roadmapdocs``.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def _folder(package: str) -> Path:
    return Path(str(files(package)))


def migrations_folder() -> Path:
    return _folder("roadmapdocs.migrations")


def pages_folder() -> Path:
    """HTML templates of our own pages."""
    return _folder("roadmapdocs.templates") / "pages"


def static_folder() -> Path:
    return _folder("roadmapdocs.web") / "static"
