"""The plug-in: everything that a Flask application gets from us.

    RoadmapDocs(app, settings, admin=admin)

adds our views to a host's Flask-Admin; without ``admin`` one of our own is made. Nothing of the application
is kept on the object; the state of one application is in ``app.extensions["roadmapdocs"]``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Flask, request, session
from flask_admin import Admin
from flask_babel import Babel
from flask_login import LoginManager
from jinja2 import Environment

from roadmapdocs import db, i18n
from roadmapdocs.approvals import guest_secrets
from roadmapdocs.assembly import assemble
from roadmapdocs.documents.workflows import catalogue, use_definitions
from roadmapdocs.drafting.checks.gathering import Surroundings
from roadmapdocs.drafting.checks.operations import use_surroundings
from roadmapdocs.drafting.printing import use_own_profile
from roadmapdocs.drafting.profiles import own_profile
from roadmapdocs.drafting.templates import use_templates
from roadmapdocs.files.store import FileStore, FolderStore
from roadmapdocs.people import passwords
from roadmapdocs.search.state import use_index
from roadmapdocs.settings import Settings, secret_key
from roadmapdocs.shipped import static_folder
from roadmapdocs.web import context, pages
from roadmapdocs.web.errors import handle_errors
from roadmapdocs.web.frame import frame
from roadmapdocs.web.security import protect
from roadmapdocs.web.sign_in import blueprint as sign_in
from roadmapdocs.web.views import add_views

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(slots=True)
class State:
    """What one application holds: its settings, store of files, clock and template environment."""

    settings: Settings
    store: FileStore
    clock: Clock
    environment: Environment
    alone: bool


class RoadmapDocs:
    def __init__(
        self,
        app: Flask | None = None,
        settings: Settings | None = None,
        *,
        admin: Admin | None = None,
        url: str = "",
        alone: bool = False,
        store: FileStore | None = None,
        clock: Clock = utc_now,
    ) -> None:
        """``settings`` are required as soon as ``app`` is; ``clock`` gives aware moments.

        ``url`` is the prefix of all our addresses ("/registry"). ``alone`` says that the application is nothing
        but the registry: then unknown addresses and headers of every answer are ours to give, too; a host's
        own pages are otherwise left as they are.
        """
        if app is not None:
            if settings is None:
                raise TypeError("settings are needed to set an application up")
            self.init_app(app, settings, admin=admin, url=url, alone=alone, store=store, clock=clock)

    def init_app(
        self,
        app: Flask,
        settings: Settings,
        *,
        admin: Admin | None = None,
        url: str = "",
        alone: bool = False,
        store: FileStore | None = None,
        clock: Clock = utc_now,
    ) -> None:
        _configure(app, settings)
        db.connect(settings.database_address)
        passwords.use_cost(settings.password_cost)
        assemble(settings.zone, settings.language)
        guest_secrets.use_key(secret_key(settings))
        use_definitions(settings.workflow_folder)
        catalogue()
        protect(app)
        _sign_in_manager(app)
        if "babel" not in app.extensions:
            Babel(app, default_locale=settings.language, locale_selector=_language)
        kept = store or FolderStore(settings.files_folder)
        use_templates(settings.data, kept)
        own = own_profile(settings.data)
        use_own_profile(own)
        use_surroundings(Surroundings(kept, own))
        use_index(settings, clock)
        app.extensions[context.EXTENSION] = State(settings, kept, clock, pages.build_environment(app), alone)
        app.context_processor(lambda: {"shell": frame()} if context.ours() else {})
        app.register_blueprint(
            Blueprint("roadmapdocs", __name__, static_folder=str(static_folder()), static_url_path=f"{url}/roadmapdocs/static")
        )
        app.register_blueprint(sign_in, url_prefix=url or None)
        add_views(admin or Admin(app, name="roadmapdocs", url=f"{url}/admin"), url)
        handle_errors(app)
        _per_request(app)


def _configure(app: Flask, settings: Settings) -> None:
    ours = {
        "MAX_CONTENT_LENGTH": settings.max_upload + 1024 * 1024,
        # A page of forty rows of a roadmap in Russian, percent-encoded, is larger than Flask's half a megabyte.
        "MAX_FORM_MEMORY_SIZE": 8 * 1024 * 1024,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "PERMANENT_SESSION_LIFETIME": dt.timedelta(hours=12),
    }
    for name, value in ours.items():
        # What a host chose stays; Flask itself fills each of these with a default that guards nothing.
        if app.config[name] == Flask.default_config[name]:
            app.config[name] = value
    if not app.secret_key:
        app.secret_key = secret_key(settings)


def _sign_in_manager(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = "basic"
    manager.login_view = "roadmapdocs_sign_in.sign_in"
    manager.login_message = None
    manager.user_loader(context.Account.load)


def _language() -> str:
    chosen = session.get("language")
    return chosen if chosen in i18n.LANGUAGES else context.settings().language


def _per_request(app: Flask) -> None:
    @app.before_request
    def open_request() -> None:
        if not context.ours() or (request.endpoint and request.endpoint.endswith(".static")):
            return
        db.database.connect(reuse_if_open=True)
        request.environ["roadmapdocs.language"] = scope = i18n.use_language(_language())
        scope.__enter__()

    @app.teardown_request
    def close_request(_error: BaseException | None) -> None:
        scope = request.environ.pop("roadmapdocs.language", None)
        if scope is not None:
            scope.__exit__(None, None, None)
        if not db.database.is_closed() and not db.database.in_transaction():
            db.database.close()


