"""``roadmapdocs backup`` and ``roadmapdocs restore``."""

from __future__ import annotations

from pathlib import Path

import click

from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.console import console, tell

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=_FILE)
def backup(file: Path) -> None:
    """Put database, files and settings into one .tar.gz file; the server may go on running."""
    from roadmapdocs.web.archive import backup as write  # noqa: PLC0415  # commands without a registry start faster

    write(console().open_registry(), file)
    tell(_("Written: %(file)s", file=file))


@click.command()
@click.argument("file", type=_FILE)
def restore(file: Path) -> None:
    """Unpack a backup into a data folder that holds no registry."""
    from roadmapdocs.web.archive import restore as unpack  # noqa: PLC0415  # likewise

    settings = console().settings
    unpack(settings, file)
    tell(_("Restored into %(folder)s. Run “roadmapdocs check” now.", folder=settings.data))
