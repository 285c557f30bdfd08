"""``roadmapdocs documents import``, and the group of ``documents draft``."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import click

from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.clock import office_day, utc_now
from roadmapdocs.web.commands.drafts import draft
from roadmapdocs.web.console import console, json_option, print_json, tell


@click.group()
def documents() -> None:
    """Documents: bring many in at once, make one from values."""


documents.add_command(draft)


@documents.command("import")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@json_option
def import_folder(folder: Path, as_json: bool) -> None:
    """Take in the .txt, .docx and .pdf files of a folder, described in its cards.csv if there is one.

    Columns of cards.csv: file, kind, number, date, title, signer, summary, preparation, organisation, unit, body,
    mark, mark_basis. All but the first may be left out. Exits with 1 if all that is there was refused.
    """
    from roadmapdocs.documents import bulk  # noqa: PLC0415  # commands without a registry start faster
    from roadmapdocs.people.rules import SYSTEM  # noqa: PLC0415

    settings = console().open_registry(create=True)
    lines = []
    for line in bulk.import_folder(
        folder, store=console().store, by=SYSTEM, now=utc_now(), today=office_day(settings)
    ):
        lines.append(line)
        if not as_json:
            click.echo(f"{_word(line.outcome)}\t{line.name}\t{line.message or line.document}")
    counts = Counter(str(line.outcome) for line in lines)
    totals = {str(outcome): counts[str(outcome)] for outcome in bulk.Outcome}
    if as_json:
        print_json({"totals": totals, "lines": [dataclasses.asdict(line) for line in lines]})
    else:
        click.echo(_("Taken: %(taken)s, known already: %(known)s, refused: %(refused)s.", **totals))
    if lines and totals[bulk.Outcome.REFUSED] == len(lines):
        if not as_json:
            tell(_("Nothing was taken: each line above says why. Put it right and repeat."))
        click.get_current_context().exit(1)


def _word(outcome: str) -> str:
    return {"taken": _("taken"), "known": _("known"), "refused": _("refused")}[outcome]
