"""``roadmapdocs odoo``: keeping step with a live Odoo."""

from __future__ import annotations

from typing import Any

import click

from roadmapdocs.files.store import FolderStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.settings import Settings
from roadmapdocs.web.clock import utc_now
from roadmapdocs.web.console import console, json_option, print_json


@click.group()
def odoo() -> None:
    """Keep step with a live Odoo: its people come in, registered documents and terms go out."""


@odoo.command()
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
@click.option("--complete", is_flag=True, help="Read everything, and end what is there no more.")
@json_option
@click.pass_context
def sync(ctx: click.Context, dry_run: bool, complete: bool, as_json: bool) -> None:
    """Do one run now; exit code 1 if the Odoo could not be reached or refused."""
    from roadmapdocs.erp.connector.odoo import LiveOdoo  # noqa: PLC0415  # other commands start faster
    from roadmapdocs.erp.connector.service import sync as run_once  # noqa: PLC0415  # likewise

    settings = _opened()
    store = FolderStore(settings.files_folder)
    done = run_once(LiveOdoo(settings), settings, store, complete=complete, dry_run=dry_run, now=utc_now(), ended=utc_now)
    _tell(done, as_json)
    if done.error:
        ctx.exit(1)


def _tell(run: Any, as_json: bool) -> None:
    if as_json:
        print_json({**_row(run), "report": run.report})
        return
    report: dict[str, Any] = run.report
    if run.dry:
        click.echo(_("A rehearsal: nothing was changed."))
    for title, part in (
        (_("read"), "read"),
        (_("people"), "people"),
        (_("documents"), "documents"),
        (_("terms"), "activities"),
    ):
        if report.get(part):
            click.echo(f"{title}: " + ", ".join(f"{name} {count}" for name, count in report[part].items() if count))
    for line in report.get("lines", []):
        click.echo(f"  {line['what']} {line['kind']} {line['name']}" + (f": {line['why']}" if line["why"] else ""))
    for trouble in [*report.get("troubles", []), *([run.error] if run.error else [])]:
        click.echo(f"! {trouble}", err=True)


@odoo.command()
@json_option
def status(as_json: bool) -> None:
    """The last runs, and what waits or was given up."""
    from roadmapdocs.erp.connector.service import given_up, last_runs, queue_counts  # noqa: PLC0415  # as above

    settings = _opened()
    runs, queued, dead = last_runs(), queue_counts(), given_up()
    if as_json:
        told = [{"document": document_id, "error": error} for document_id, error in dead]
        print_json({"runs": [_row(run) for run in runs], "queue": queued, "given_up": told})
        return
    for run in runs:
        started = run.started_at.astimezone(settings.zone)
        click.echo(f"{started:%d.%m.%Y %H:%M} " + (f"({_('rehearsal')}) " if run.dry else "") + _how_it_went(run))
    click.echo(_("Documents to be sent: %(waiting)s, sent: %(done)s, given up: %(dead)s.", **queued))
    for document_id, error in dead:
        click.echo(f"  /documents/{document_id}: {error}")


def _how_it_went(run: Any) -> str:
    if run.ended_at is None:
        return _("is under way, or was cut off")
    troubles = len(run.report.get("troubles", []))
    return run.error or (_("done, troubles: %(count)s", count=troubles) if troubles else _("done"))


@odoo.command()
@json_option
def replay(as_json: bool) -> None:
    """Have everything that was given up sent once more by the next run."""
    from roadmapdocs.erp.connector.service import replay as send_anew  # noqa: PLC0415  # as above

    _opened()
    count = send_anew(utc_now())
    if as_json:
        print_json({"replayed": count})
    else:
        click.echo(_("Will be sent once more: %(count)s.", count=count))


def _opened() -> Settings:
    from roadmapdocs.web.registry import open_registry  # noqa: PLC0415  # as above

    open_registry(console().settings)
    return console().settings


def _row(run: Any) -> dict[str, Any]:
    return {
        "id": run.id,
        "dry_run": run.dry,
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "error": run.error,
    }
