"""Applications of somebody else's, into which the registry is mounted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from roadmapdocs.files.store import MemoryStore
from roadmapdocs.installation import entered
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.settings import Settings
from roadmapdocs.web.context import EXTENSION, SESSION_KEY, session_value
from roadmapdocs.web.extension import RoadmapDocs
from tests.conftest import NOW

URL = "/registry"


@dataclass
class Host:
    """An application with the registry in it."""

    app: Flask

    @property
    def state(self) -> Any:
        return self.app.extensions[EXTENSION]

    def user(self, login: str, *roles: Role) -> User:
        with self.app.app_context():
            return create_user(login, "long enough for all", roles, by=SYSTEM, now=NOW)

    def browser(self, *roles: Role) -> FlaskClient:
        """Somebody of these roles, signed in to the registry."""
        return self.browser_of(self.user("-".join(roles) or "nobody", *roles))

    def browser_of(self, user: User) -> FlaskClient:
        client = self.app.test_client()
        with client.session_transaction() as session:
            session[SESSION_KEY] = session_value(user)
        return client


def bare(name: str = "host", **config: Any) -> Flask:
    """An application with a page that works and a page that breaks."""
    app = Flask(name)
    app.config.update(SECRET_KEY="the host's own", PROPAGATE_EXCEPTIONS=False, **config)
    app.add_url_rule("/own", view_func=lambda: "a page of the host", methods=["GET", "POST"], endpoint="own")
    app.add_url_rule("/broken", view_func=_broken, endpoint="broken")
    return app


def _broken() -> str:
    raise RuntimeError("the host's own trouble")


def mounted(app: Flask, data: Path, address: str = "", **arguments: Any) -> Host:
    """``address`` is that of a migrated database; the prefix is :data:`URL` unless told otherwise."""
    values = {"language": "en", "password_cost": "cheap", **arguments.pop("values", {})}
    settings = Settings(data=data, database=address, **values)
    options = {"url": URL, "store": MemoryStore(), "clock": lambda: NOW, **arguments}
    RoadmapDocs(directory=options.pop("directory", None)).init_app(app, settings, **options)
    return Host(app)


def within(host: Host) -> Any:
    """What is asked for in the block, outside of requests, is asked of this application's registry."""
    return entered(host.state.installation)


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    return found[1]
