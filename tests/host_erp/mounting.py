"""The registry of documents as a module of the ERP: everything that the ERP knows of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import peewee as pw
from flask import Flask, render_template
from flask_admin import Admin
from markupsafe import Markup

from roadmapdocs import db as registry_db
from roadmapdocs.assembly import load_shipped
from roadmapdocs.coverage.matrix import CoveredSlot
from roadmapdocs.coverage.phrases import look, period_words, state_word
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.drafting.phrases import load_phrases
from roadmapdocs.erp.links import documents_of, items_of
from roadmapdocs.people.incoming import take_in
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.settings import Settings
from roadmapdocs.shipped import migrations_folder
from roadmapdocs.web.context import anybody, now, today
from roadmapdocs.web.external_links.targets import use_targets
from tests.host_erp.access import EVERYONE, HEADS, OFFICE, PROJECTS
from tests.host_erp.directory import ErpDirectory
from tests.host_erp.targets import ErpTargets

URL = "/registry"
#: Who may what in the registry, until an administrator of the ERP says otherwise.
PERMISSIONS = {"clerk": [OFFICE], "executive": [HEADS], "coordinator": [PROJECTS], "staff": [EVERYONE]}


def mount(
    module: Any, app: Flask, *, database: pw.Database, admin: Admin, data: Path, clock: Callable[[], dt.datetime]
) -> None:
    """One more module; its tables are made by the ERP's command ``flask erp migrate``."""
    settings = Settings(data=data, office="Заречный район", password_cost="cheap")
    plugin = resolve_name(module.plugin)
    plugin(directory=ErpDirectory(module.name)).init_app(
        app, settings, database=database, admin=admin, url=URL, clock=clock
    )
    use_targets(app, ErpTargets())
    app.extensions["erp"].panels.append(panel)


def upgrade(now: dt.datetime) -> list[str]:
    """Bring the registry's tables up to its program, within a context of the application; give names of migrations."""
    with registry_db.database.connection_context():
        applied = registry_db.upgrade(migrations_folder())
        load_shipped(now)
        load_phrases()
    return applied


def tell_people(module: Any) -> dict[str, int]:
    """Take in who works here as it is now, within a context of the application; give how many were changed, and how."""
    report = take_in(ErpDirectory(module.name).snapshot(), by=SYSTEM, now=now(), today=today())
    return report.counts


def panel(kind: str, external: str) -> Markup:
    """On the page of a partner or a task: what of the registry is linked to it, with the rights of who looks.

    Nothing for somebody who has no place in the registry.
    """
    actor = anybody()
    if actor is None:
        return Markup()
    record = ErpDirectory.name, kind, external
    items = items_of(*record, by=actor, today=today())
    documents = documents_of(*record, by=actor)
    return Markup(render_template("erp/registry_panel.html", items=items, documents=documents, words=_words, named=reference))


def _words(slot: CoveredSlot) -> str:
    return f"{period_words(slot.slot)}: {state_word(look(slot.slot, slot.state))}"
