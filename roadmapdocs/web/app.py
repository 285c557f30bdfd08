"""The registry as an application of its own."""

from __future__ import annotations

from flask import Flask, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_admin import Admin, AdminIndexView, expose
from jinja2 import ChoiceLoader, FileSystemLoader

from roadmapdocs.files.store import FileStore
from roadmapdocs.settings import Settings
from roadmapdocs.shipped import pages_folder
from roadmapdocs.web import context
from roadmapdocs.web.extension import Clock, RoadmapDocs, utc_now


class FrontDoor(AdminIndexView):
    """Flask-Admin's own first page is empty: whoever finds it goes on to ours."""

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return redirect(url_for("roadmapdocs_worklist.index"))


def create_app(settings: Settings, *, store: FileStore | None = None, clock: Clock = utc_now) -> Flask:
    """An application that is nothing but the registry; Flask-Admin's stock tables wear our frame, too.

    The database has to be migrated already.
    """
    app = Flask("roadmapdocs", static_folder=None)
    app.jinja_loader = ChoiceLoader([FileSystemLoader(pages_folder())])
    admin = Admin(app, name="roadmapdocs", index_view=FrontDoor(url="/admin"))
    RoadmapDocs(app, settings, admin=admin, alone=True, store=store, clock=clock)
    environment = app.extensions[context.EXTENSION].environment
    app.jinja_env.filters.update(environment.filters)
    app.jinja_env.globals.update(environment.globals)
    return app
