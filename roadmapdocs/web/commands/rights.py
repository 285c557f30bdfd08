"""``roadmapdocs rights``."""

from __future__ import annotations

import click


@click.command()
def rights() -> None:
    """Print who may what in which state, by the definitions in use, as a table in Markdown."""
    from roadmapdocs.documents.rights_table import as_markdown  # noqa: PLC0415  # commands without a registry start faster
    from roadmapdocs.documents.workflows import catalogue  # noqa: PLC0415
    from roadmapdocs.web.console import console  # noqa: PLC0415

    console().open_registry()
    click.echo(as_markdown(catalogue().definitions.values()), nl=False)
