"""The registry as an application of its own."""

from __future__ import annotations

from flask import Flask
from flask_admin import Admin
from werkzeug.middleware.proxy_fix import ProxyFix

from roadmapdocs.files.store import FileStore
from roadmapdocs.settings import Settings
from roadmapdocs.web.clock import utc_now
from roadmapdocs.web.extension import Clock, RoadmapDocs
from roadmapdocs.web.front_door import FrontDoor


def create_app(settings: Settings, *, store: FileStore | None = None, clock: Clock = utc_now) -> Flask:
    """An application that is nothing but the registry.

    The database has to be migrated already.
    """
    app = Flask("roadmapdocs", static_folder=None)
    admin = Admin(app, name="roadmapdocs", index_view=FrontDoor(url="/admin"))
    RoadmapDocs(app, settings, admin=admin, alone=True, store=store, clock=clock)
    if settings.proxies:
        hops = settings.proxies
        # A host sees to its own proxies; here nobody else would.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_port=hops, x_prefix=hops)  # type: ignore[method-assign]  # as Flask documents it
    return app
