"""Which engine serves this registry, where its files lie, and by what an index is known to be out of date."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import peewee as pw

from roadmapdocs.db import database
from roadmapdocs.documents.models import Document
from roadmapdocs.search.analysis import ANALYSIS
from roadmapdocs.search.ports import Engine
from roadmapdocs.settings import Settings
from roadmapdocs.shipped import migrations_folder

#: Documents up to which Whoosh serves well, on measurement; see docs/decisions/0023-outbox-of-search.md.
WHOOSH_SERVES: Final = 10_000
#: An archive that shrinks goes back only well below that, so that it does not go to and fro.
BACK_BELOW: Final = 8_000
#: Seconds that a writer of Whoosh waits for another.
WHOOSH_WAIT_S: Final = 30.0

IN_DATABASE: Final = frozenset({"sqlite", "postgresql"})
#: The checkout's own folder, which is tracked empty.
CHECKOUT_FOLDER: Final = "search_index"


def wanted(settings: Settings, now_used: str = "") -> str:
    """The engine that should serve. ``now_used`` is the one that does, if any."""
    if settings.search != "auto":
        return settings.search
    if not isinstance(database.obj, pw.SqliteDatabase):
        return "postgresql"
    documents = Document.select().count()
    if documents > WHOOSH_SERVES or (now_used == "sqlite" and documents >= BACK_BELOW):
        return "sqlite"
    return "whoosh"


def folder_of(settings: Settings) -> Path:
    """Where the files of this registry's index lie.

    Several registries may share ``search_folder`` or a checkout: each has a folder of its own in it, named after its
    database, so that an index of another database is never taken for this one's.
    """
    return _base(settings) / hashlib.sha256(settings.database_address.encode()).hexdigest()[:16]


def _base(settings: Settings) -> Path:
    if settings.search_folder:
        return Path(settings.search_folder)
    checkout = migrations_folder().parent
    if (checkout / CHECKOUT_FOLDER / ".gitkeep").is_file() and settings.data.is_relative_to(checkout):
        return checkout / CHECKOUT_FOLDER
    return settings.data / CHECKOUT_FOLDER


def _whoosh(generation: str, settings: Settings) -> Engine:
    from roadmapdocs.search.engines.whoosh import WhooshEngine  # noqa: PLC0415  # an engine not in use is not loaded

    return WhooshEngine(folder_of(settings), generation, WHOOSH_WAIT_S)


def _sqlite(generation: str, _settings: Settings) -> Engine:
    from roadmapdocs.search.engines.sqlite import SqliteEngine  # noqa: PLC0415  # likewise

    return SqliteEngine(generation)


def _postgresql(generation: str, _settings: Settings) -> Engine:
    from roadmapdocs.search.engines.postgresql import PostgresqlEngine  # noqa: PLC0415  # likewise

    return PostgresqlEngine(generation)


MAKERS: Final[dict[str, Callable[[str, Settings], Engine]]] = {
    "whoosh": _whoosh,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}
#: Grows whenever records say more than before, of what there is to find or of who may: an index without it lacks some.
CONTENTS: Final = 3
#: Grows whenever an engine stores entries in another way.
LAYOUTS: Final[Mapping[str, int]] = {"whoosh": 1, "sqlite": 1, "postgresql": 1}


def engine_of(name: str, generation: str, settings: Settings) -> Engine:
    return MAKERS[name](generation, settings)


def mark_of(name: str) -> str:
    """What an index of that engine is built by: an index with another mark is built anew."""
    return f"analysis:{ANALYSIS} {name}:{LAYOUTS[name]} contents:{CONTENTS}"
