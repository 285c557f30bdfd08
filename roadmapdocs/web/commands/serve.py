"""``roadmapdocs serve``."""

from __future__ import annotations

import click

from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.console import console, tell

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
port_option = click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535))


@click.command()
@host_option
@port_option
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that share the port.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the registry by HTTP; make or upgrade the database first where needed."""
    from roadmapdocs.web.serve import listen, run  # noqa: PLC0415  # commands without a server start faster

    settings = console().open_registry(create=True)
    with listen(host, port) as socket:
        tell(_("The registry is at http://%(address)s/", address=address_of(host, socket.getsockname()[1])))
        run(settings, socket, workers=workers)


def address_of(host: str, port: int) -> str:
    name = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)  # noqa: S104  # named, not listened on
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"
