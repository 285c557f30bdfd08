"""``roadmapdocs people import|ldap``: taking people in from a file, or from the directory of the office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.clock import utc_now
from roadmapdocs.web.console import console, json_option, print_json, tell

if TYPE_CHECKING:
    from roadmapdocs.people.incoming import Line, Report, Snapshot

_dry_run = click.option("--dry-run", is_flag=True, help="Only tell what would be done.")


@click.group()
def people() -> None:
    """People, units, posts and accounts from elsewhere."""


@people.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_dry_run
@click.option("--complete", is_flag=True, help="The file names all: whoever came by a file and is not in it has left.")
@json_option
def import_(file: Path, dry_run: bool, complete: bool, as_json: bool) -> None:
    """Take in people of a CSV or XLSX (docs/people.md tells its columns)."""
    from roadmapdocs.people.sheets import read_people  # noqa: PLC0415  # commands without a registry start faster

    settings = console().open_registry()
    sheet = read_people(file.read_bytes(), file.name, today=utc_now().astimezone(settings.zone).date())
    snapshot = sheet.whole() if complete else sheet.snapshot
    _take(snapshot, sheet.refused, dry_run=dry_run, as_json=as_json)


@people.command()
@_dry_run
@json_option
def ldap(dry_run: bool, as_json: bool) -> None:
    """Take in whoever the directory of the office knows; whoever it knows no more has left."""
    from roadmapdocs.people.ldap_sync import snapshot_of_directory  # noqa: PLC0415  # likewise

    snapshot, refused = snapshot_of_directory(console().open_registry())
    _take(snapshot, refused, dry_run=dry_run, as_json=as_json)


def _take(snapshot: Snapshot, refused: tuple[Line, ...], *, dry_run: bool, as_json: bool) -> None:
    from roadmapdocs.people.incoming import Report, take_in  # noqa: PLC0415  # likewise
    from roadmapdocs.people.rules import SYSTEM  # noqa: PLC0415  # likewise

    now = utc_now()
    today = now.astimezone(console().settings.zone).date()
    taken = take_in(snapshot, by=SYSTEM, now=now, today=today, dry_run=dry_run)
    report = Report((*refused, *taken.lines))
    if as_json:
        print_json({"dry_run": dry_run, **report.as_json()})
    else:
        _print(report, dry_run=dry_run)


def _print(report: Report, *, dry_run: bool) -> None:
    for line in report.lines:
        if line.what != "same":
            click.echo("\t".join((line.what, line.kind, line.external, line.name, line.why)))
    counts = ", ".join(f"{name}: {number}" for name, number in report.counts.items())
    tell(f"{_('Nothing was written.')} {counts}" if dry_run else counts)
