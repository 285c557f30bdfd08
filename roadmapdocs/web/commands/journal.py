"""``roadmapdocs audit verify``."""

from __future__ import annotations

import click

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.console import console, json_option, print_json


@click.group()
def audit() -> None:
    """The journal of events."""


@audit.command()
@json_option
def verify(as_json: bool) -> None:
    """Prove that no entry of the journal was altered, removed or inserted by another hand."""
    from roadmapdocs.audit import operations  # noqa: PLC0415  # commands without a registry start faster
    from roadmapdocs.audit.models import Event  # noqa: PLC0415

    console().open_registry()
    broken = operations.verify()
    if broken is not None:
        raise Refusal(
            "journal_broken",
            _(
                "The journal does not hold from entry %(number)s on. Keep the database as it is and compare it with a backup.",
                number=broken,
            ),
            number=broken,
        )
    entries = Event.select().count()
    if as_json:
        print_json({"entries": entries, "broken": None})
    else:
        click.echo(_("The journal is whole: %(entries)s entries.", entries=entries))
