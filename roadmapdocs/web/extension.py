"""The plug-in: everything that a Flask application gets from us.

    RoadmapDocs(directory=people).init_app(app, database=database, admin=admin, url="/registry")

adds our pages to a host's Flask-Admin; without ``admin`` one of our own is made. Of the applications nothing is kept on
the object, which may set several up; the state of one is in ``app.extensions["roadmapdocs"]``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

import peewee as pw
from flask import Blueprint, Flask
from flask_admin import Admin
from jinja2 import Environment

from roadmapdocs import installation
from roadmapdocs.documents.workflows import catalogue
from roadmapdocs.drafting.checks.gathering import Surroundings
from roadmapdocs.drafting.checks.operations import use_surroundings
from roadmapdocs.drafting.profiles import own_profile
from roadmapdocs.erp.connector.odoo import LiveOdoo
from roadmapdocs.erp.connector.targets import OdooTargets
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.files.store import FileStore, FolderStore
from roadmapdocs.installation import Installation
from roadmapdocs.people import outside_sign_in
from roadmapdocs.search.state import use_index
from roadmapdocs.settings import Settings, secret_key
from roadmapdocs.shipped import static_folder
from roadmapdocs.web import context, errors, host, mounting, pages, registry
from roadmapdocs.web.api.setup import add_api
from roadmapdocs.web.clock import utc_now
from roadmapdocs.web.external_links import targets as link_targets
from roadmapdocs.web.front_door import FrontDoor
from roadmapdocs.web.host import HostDirectory
from roadmapdocs.web.late_rules import late_rules
from roadmapdocs.web.odoo.setup import add_odoo
from roadmapdocs.web.office_sign_in.view import blueprint as office_sign_in
from roadmapdocs.web.security import protect
from roadmapdocs.web.sign_in import blueprint as sign_in
from roadmapdocs.web.speaking import speak
from roadmapdocs.web.views import add_views

#: Connections that an application keeps open between requests, at the most: one for each of its threads.
CONNECTIONS: Final = 64
Clock = Callable[[], dt.datetime]


@dataclass
class State:
    """What one application holds: its settings, store of files, clock, whose people it serves and where it stands."""

    app: Flask
    settings: Settings
    store: FileStore
    clock: Clock
    installation: Installation
    url: str
    alone: bool
    directory: HostDirectory | None

    @cached_property
    def environment(self) -> Environment:
        """Of our templates; made with the first page, because a host starts without one."""
        return pages.build_environment(self.app)


class RoadmapDocs:
    def __init__(
        self,
        app: Flask | None = None,
        settings: Settings | None = None,
        *,
        directory: HostDirectory | None = None,
        database: str | pw.Database | None = None,
        admin: Admin | None = None,
        url: str = "",
        alone: bool = False,
        store: FileStore | None = None,
        clock: Clock = utc_now,
    ) -> None:
        """With ``app``, set it up at once: see :meth:`init_app`. ``directory`` holds for all applications set up."""
        self._directory = directory
        if app is not None:
            self.init_app(app, settings, database=database, admin=admin, url=url, alone=alone, store=store, clock=clock)

    def init_app(
        self,
        app: Flask,
        settings: Settings | None = None,
        *,
        database: str | pw.Database | None = None,
        admin: Admin | None = None,
        url: str = "",
        alone: bool = False,
        store: FileStore | None = None,
        clock: Clock = utc_now,
    ) -> None:
        """``settings`` come from ``app.config`` where none are given (``ROADMAPDOCS_DATA``, …).

        ``database`` is an address, or a host's own peewee database: then the host's connections are used, and those
        that the host opened are left open. ``url`` is the prefix of all our addresses ("/registry"); ``clock`` gives
        aware moments. ``alone`` says that the application is nothing but the registry: then unknown addresses and
        headers of every answer are ours to give, too; a host's own pages are otherwise left as they are.

        :raise ConfigurationError: naming what was given and what would be right
        """
        _check(app, admin, self._directory)
        url = mounting.url_of(url)
        own = None if database is None or isinstance(database, str) else mounting.usable(database)
        settings = mounting.settings_of(app, settings, own or database)
        opened = Installation()
        with installation.entered(opened):
            kept = store or FolderStore(settings.files_folder)
            _open(settings, own, kept, clock)
            if not alone:
                registry.MOUNTED.set(settings)
            state = State(app, settings, kept, clock, opened, url, alone, self._directory)
            with late_rules(app):
                _mount(app, state, admin, owns_database=own is None)
        installation.make_usual(opened)


def _check(app: Flask, admin: Admin | None, directory: HostDirectory | None) -> None:
    if not isinstance(app, Flask):
        raise ConfigurationError(f"app: {app!r} is not an application of Flask")
    if context.EXTENSION in app.extensions:
        raise ConfigurationError(f"app: {app.name!r} has the registry already; call init_app once for each application")
    if admin is not None and getattr(admin, "app", None) is not app:
        raise ConfigurationError(f"admin: {admin!r} is not an Admin of this application; call its init_app first")
    if directory is not None and not isinstance(directory, HostDirectory):
        wanted = "name, snapshot, current, sign_in_address, sign_out_address"
        raise ConfigurationError(f"directory: {directory!r} is not a HostDirectory, which has {wanted}")


def _open(settings: Settings, database: pw.Database | None, store: FileStore, clock: Clock) -> None:
    """Fill the installation that is entered."""
    registry.set_up(settings, store, database, kept=CONNECTIONS)
    catalogue()
    use_surroundings(Surroundings(store, own_profile(settings.data)))
    use_index(settings, clock)


def _mount(app: Flask, state: State, admin: Admin | None, *, owns_database: bool) -> None:
    url = state.url
    app.extensions[context.EXTENSION] = state
    mounting.enter_with_contexts(app, state.installation, owns_database=owns_database)
    if state.alone:
        _configure(app, state.settings)
    else:
        mounting.allow_uploads(app, state.settings)
    if not app.secret_key:
        app.secret_key = secret_key(state.settings)
    protect(app, alone=state.alone)
    speak(app)
    app.register_blueprint(
        Blueprint("roadmapdocs", __name__, static_folder=str(static_folder()), static_url_path=f"{url}/roadmapdocs/static")
    )
    if state.directory is None:
        outside_sign_in.check_settings(state.settings)
        app.register_blueprint(sign_in, url_prefix=url or None)
        app.register_blueprint(office_sign_in, url_prefix=url or None)
    else:
        host.serve(app, state.directory, clock=state.clock, zone=state.settings.zone)
    add_views(admin or _own_admin(app, url), url)
    add_api(app, url)
    add_odoo(app, url)
    if state.settings.odoo_address and link_targets.NAME not in app.extensions:
        link_targets.use_targets(app, OdooTargets(partial(LiveOdoo, state.settings), state.settings.odoo_address))
    errors.handle_errors(app, alone=state.alone, url=url)
    if not owns_database:
        mounting.borrow_connections(app)


def _own_admin(app: Flask, url: str) -> Admin:
    """Beside any that the host has, or will have."""
    return Admin(app, name="roadmapdocs", index_view=FrontDoor(url=f"{url}/admin", endpoint="roadmapdocs_admin"))


def _configure(app: Flask, settings: Settings) -> None:
    ours = {
        "MAX_CONTENT_LENGTH": mounting.largest_body(settings),
        "MAX_FORM_MEMORY_SIZE": mounting.LARGEST_FORM,
        "SESSION_COOKIE_NAME": "roadmapdocs_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "PERMANENT_SESSION_LIFETIME": dt.timedelta(hours=12),
    }
    for name, value in ours.items():
        # What was chosen stays; Flask itself fills each of these with a default that guards nothing.
        if app.config[name] == Flask.default_config[name]:
            app.config[name] = value
