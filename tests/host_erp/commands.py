"""Commands of the ERP: ``flask erp migrate``, ``flask erp modules``."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from tests.host_erp import db

group = AppGroup("erp", help="The ERP itself.")


@group.command()
def migrate() -> None:
    """Bring the tables of the ERP and of its modules up to their programs."""
    with db.database.obj.connection_context():
        applied = db.migrate()
    click.echo("Применено: " + ", ".join(applied) if applied else "Таблицы ERP уже новые.")
    for module in current_app.extensions["erp"].modules:
        from tests.host_erp.mounting import upgrade  # alone, the ERP needs none of it

        click.echo(f"{module.name}: " + (", ".join(upgrade(current_app.extensions["erp"].clock())) or "таблицы уже новые."))


@group.command()
def modules() -> None:
    """Which modules are mounted."""
    for module in current_app.extensions["erp"].modules:
        click.echo(f"{module.name} {module.version}: {module.title}")


@group.command()
def people() -> None:
    """Tell modules who works here now; a timer of the office runs it every few minutes."""
    from tests.host_erp.mounting import tell_people  # alone, the ERP needs none of it

    with db.database.obj.connection_context():
        for module in current_app.extensions["erp"].modules:
            click.echo(f"{module.name}: {tell_people(module)}")
