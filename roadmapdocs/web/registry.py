"""Opening and making the registry of an installation, for commands and for the server."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import peewee as pw

from roadmapdocs import db
from roadmapdocs.approvals import guest_secrets
from roadmapdocs.assembly import assemble, load_shipped
from roadmapdocs.documents.workflows import catalogue, use_definitions
from roadmapdocs.drafting.phrases import load_phrases
from roadmapdocs.drafting.printing import use_own_profile
from roadmapdocs.drafting.profiles import own_profile
from roadmapdocs.drafting.templates import use_templates
from roadmapdocs.erp import webhooks
from roadmapdocs.errors import ConfigurationError, NotFound, Refusal
from roadmapdocs.files.store import FileStore, FolderStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.installation import Kept
from roadmapdocs.people import outside_sign_in, passwords
from roadmapdocs.people.operations import ELSEWHERE
from roadmapdocs.search.state import use_index
from roadmapdocs.settings import Settings, secret_key
from roadmapdocs.shipped import migrations_folder
from roadmapdocs.web.clock import utc_now

#: Settings of the installation, if it is a part of a host's application.
MOUNTED: Final[Kept[Settings | None]] = Kept("mounted", lambda: None)


def open_registry(settings: Settings, *, create: bool = False) -> None:
    """Connect to the database of these settings; with ``create`` make or upgrade it.

    :raise NotFound: ``no_registry`` if there is none and none is to be made
    :raise Refusal: ``old_registry`` if it has to be upgraded first
    :raise ConfigurationError: if the database cannot be reached, or is newer than this program
    """
    if not create and not exists(settings):
        raise NotFound(
            "no_registry",
            _(
                "There is no registry in %(folder)s yet. Make one with “roadmapdocs upgrade”, or name another folder by --data.",
                folder=settings.data,
            ),
            folder=str(settings.data),
        )
    if create:
        make(settings)
        _use_index(settings)
        return
    with _connected(settings):
        missing = db.pending(migrations_folder())
    if missing:
        raise Refusal(
            "old_registry",
            _("The database is older than the program. Make a backup and run “roadmapdocs upgrade”."),
            pending=missing,
        )
    _use_index(settings)


def _use_index(settings: Settings) -> None:
    if not _is_mounted(settings):
        use_index(settings, utc_now)


def make(settings: Settings) -> list[str]:
    """Bring tables and shipped kinds up to this program; give the names of the migrations applied.

    :raise ConfigurationError: if the database cannot be reached, or is newer than this program
    """
    with _connected(settings):
        catalogue()
        applied = db.upgrade(migrations_folder()) if db.pending(migrations_folder()) else []
        load_shipped(dt.datetime.now(dt.UTC))
        load_phrases()
    return applied


@contextlib.contextmanager
def _connected(settings: Settings) -> Iterator[None]:
    if not _is_mounted(settings):
        set_up(settings, FolderStore(settings.files_folder))
    try:
        yield
    except pw.DatabaseError as problem:
        raise ConfigurationError(f"database: {shown(settings)} cannot be opened: {problem}") from problem


def set_up(settings: Settings, store: FileStore, database: pw.Database | None = None, *, kept: int = 0) -> None:
    """Fill the installation that is entered with what these settings say; the database is not asked for anything.

    ``database`` is a host's own; of ours, so many connections are ``kept`` open between requests. Nothing but the installation and the folder of data is touched.
    """
    db.connect(database or settings.database_address, kept=kept)
    passwords.use_cost(settings.password_cost)
    assemble(settings.zone, settings.language, settings.deadline_on_day_off)
    guest_secrets.use_key(secret_key(settings))
    webhooks.use_key(secret_key(settings))
    webhooks.use_base_url(settings.base_url)
    use_definitions(settings.workflow_folder)
    use_own_profile(own_profile(settings.data))
    use_templates(settings.data, store)
    if settings.ldap_address:
        ELSEWHERE.set(lambda user, password: outside_sign_in.confirms(user, password, settings))


def _is_mounted(settings: Settings) -> bool:
    """Whether the installation was set up by these settings when a host mounted the registry: then it stays as it is."""
    return MOUNTED.get() is settings


def exists(settings: Settings) -> bool:
    """Whether the database file is there; a PostgreSQL database is its administrator's affair."""
    address = settings.database_address
    return not address.startswith("sqlite:///") or Path(address.removeprefix("sqlite:///")).is_file()


def shown(settings: Settings) -> str:
    """The address of the database without its password."""
    parts = urlsplit(settings.database_address)
    return settings.database_address.replace(f":{parts.password}@", ":…@") if parts.password else settings.database_address
