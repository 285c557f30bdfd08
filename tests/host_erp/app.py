"""The ERP's application factory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import peewee as pw
from flask import Flask
from flask_babel import Babel
from flask_wtf import CSRFProtect
from markupsafe import Markup

from tests.host_erp import access, db
from tests.host_erp.admin import add_admin
from tests.host_erp.commands import group as commands
from tests.host_erp.errors import handle_errors
from tests.host_erp.modules import discover, permitted
from tests.host_erp.pages import blueprint
from tests.host_erp.sign_in import add_sign_in

#: What a module shows on the page of a record: by its kind and number, a piece of markup.
Panel = Callable[[str, str], Markup]


@dataclass
class State:
    """``app.extensions["erp"]``."""

    clock: Callable[[], dt.datetime]
    database: pw.Database
    modules: list[Any] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)

    def today(self) -> dt.date:
        return self.clock().date()

    def may(self, module: Any, permission: str) -> bool:
        """Whether who asks has a permission of the module, or any at all where none is named."""
        groups = access.my_groups()
        codes = [permission] if permission else [one.code for one in module.permissions]
        return bool(groups) and (access.ADMIN in groups or permitted(module.name, codes, groups))


def create_app(
    address: str,
    *,
    mounted: bool = False,
    data: Path | None = None,
    found: Iterable[EntryPoint] | None = None,
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
) -> Flask:
    """The ERP on the database at ``address``; ``mounted``: with the modules that are there, whose files go to ``data``.

    ``found`` are entry points of modules, those of the environment if None.
    """
    app = Flask("host_erp", root_path=str(Path(__file__).parent))
    app.secret_key = "a key that tests need not keep"
    app.config.update(WTF_CSRF_TIME_LIMIT=None, SESSION_COOKIE_SAMESITE="Lax")
    CSRFProtect(app)
    Babel(app, default_locale="ru")
    database = db.opened(address)
    state = app.extensions["erp"] = State(clock, database)
    add_sign_in(app)
    app.register_blueprint(blueprint)
    admin = add_admin(app)
    handle_errors(app)
    app.cli.add_command(commands)
    _per_request(app)
    if mounted:
        from tests.host_erp.mounting import mount  # alone, the ERP needs none of it

        assert data is not None
        state.modules = discover(found)
        for module in state.modules:
            mount(module, app, database=database, admin=admin, data=data, clock=clock)
    return app


def _per_request(app: Flask) -> None:
    @app.before_request
    def open_database() -> None:
        db.database.connect(reuse_if_open=True)

    @app.teardown_appcontext
    def close_database(_error: BaseException | None) -> None:
        if not db.database.is_closed() and not db.database.in_transaction():
            db.database.close()
