"""``roadmapdocs upgrade``."""

from __future__ import annotations

import click

from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.console import console, json_option, print_json


@click.command()
@json_option
def upgrade(as_json: bool) -> None:
    """Make the database, or bring it up to this program. Make a backup first."""
    from roadmapdocs import db  # noqa: PLC0415  # commands without a registry start faster
    from roadmapdocs.shipped import migrations_folder  # noqa: PLC0415
    from roadmapdocs.web import registry  # noqa: PLC0415

    settings = console().settings
    applied = registry.make(settings)
    left = db.pending(migrations_folder())
    if as_json:
        print_json({"database": registry.shown(settings), "applied": applied, "pending": left})
    elif applied:
        click.echo(_("Applied: %(names)s.", names=", ".join(applied)))
    else:
        click.echo(_("The database is that of this program already."))
