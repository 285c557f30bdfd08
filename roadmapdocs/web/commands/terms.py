"""``roadmapdocs terms``."""

from __future__ import annotations

import dataclasses
import datetime as dt

import click

from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.terms import Term, read_terms
from roadmapdocs.web.console import json_option, print_json


@click.command()
@click.argument("text")
@click.option("--years", nargs=2, type=click.IntRange(1900, 2200), help="First and last year of the plan.")
@json_option
def terms(text: str, years: tuple[int, int] | None, as_json: bool) -> None:
    """Read the words of a deadline, such as "До 01.12.2021"."""
    if years is not None and years[0] > years[1]:
        raise click.BadParameter("the first year comes after the last one", param_hint="--years")
    found = read_terms(text, years=years)
    if as_json:
        print_json([term_as_json(term) for term in found])
        return
    for term in found:
        days = f"{_shown(term.start)} — {_shown(term.end)}"
        click.echo("\t".join([term.kind, days, term.recurrence or "", term.text]))
    if not found:
        click.echo(_("No deadline in these words."))


def term_as_json(term: Term) -> dict[str, object]:
    """Without ``year``: that is the year column of a table, and words alone stand in none."""
    plain = dataclasses.asdict(term)
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in plain.items()
        if name != "year"
    }


def _shown(day: dt.date | None) -> str:
    return day.strftime("%d.%m.%Y") if day else "…"
