"""``roadmapdocs control``: what falls due, what is late, how it is carried out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.clock import office_day, utc_now
from roadmapdocs.web.console import console, json_option, print_json, tell

if TYPE_CHECKING:
    from roadmapdocs.assignments.reports_made import Asked
    from roadmapdocs.assignments.reports_paper import Paper, Table
    from roadmapdocs.people.rules import Actor

_DAY = click.DateTime(["%Y-%m-%d", "%d.%m.%Y"])
#: Working days ahead at the most: a year.
_MOST_DAYS = 250


@click.group()
def control() -> None:
    """Reports on the execution of assignments."""


def _report(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all reports have."""
    options = (
        click.option("--as", "login", metavar="LOGIN", help="As this person sees it (else as the registry's owner does)."),
        click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write FILE.xlsx or FILE.docx."),
        json_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


def _period(command: Callable[..., None]) -> Callable[..., None]:
    first = click.option("--from", "since", type=_DAY, help="First day of the deadlines: 2026-01-01 or 01.01.2026.")
    last = click.option("--to", "until", type=_DAY, help="Last day of the deadlines.")
    return first(last(command))


@control.command()
@click.option("--days", type=click.IntRange(0, _MOST_DAYS), default=7, show_default=True, help="Working days ahead.")
@_report
def due(days: int, login: str | None, out: Path | None, as_json: bool) -> None:
    """What falls due within some working days, day by day."""
    _run("due", login, out, as_json=as_json, days=days)


@control.command()
@_period
@_report
def late(since: dt.datetime | None, until: dt.datetime | None, login: str | None, out: Path | None, as_json: bool) -> None:
    """What is overdue, by the responsible person."""
    _run("late", login, out, as_json=as_json, since=since, until=until)


@control.command()
@_period
@_report
def discipline(since: dt.datetime | None, until: dt.datetime | None, login: str | None, out: Path | None, as_json: bool) -> None:
    """How what was due has been done, by person and by unit; of this year so far, unless a time is said."""
    _run("discipline", login, out, as_json=as_json, since=since, until=until)


def _run(
    report: str,
    login: str | None,
    out: Path | None,
    *,
    as_json: bool,
    days: int = 7,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
) -> None:
    from roadmapdocs.assignments.reports_made import Asked, Report, make_paper  # noqa: PLC0415  # commands without a registry start faster
    from roadmapdocs.assignments.reports_rules import Period  # noqa: PLC0415  # likewise

    _check_name(out)
    settings = console().open_registry()
    today = office_day(settings)
    first, last = since.date() if since else None, until.date() if until else None
    if first is not None and last is not None and first > last:
        raise Refusal("period", _("The first day %(since)s is later than the last one %(until)s. Change one of them.", since=first, until=last))
    if report == Report.DISCIPLINE and first is None and last is None:
        first, last = dt.date(today.year, 1, 1), today
    by = _actor(login, today)
    asked = Asked(report=Report(report), period=Period(first, last), days=days, by=by, now=utc_now(), zone=settings.zone)
    paper = make_paper(asked)
    if out is not None:
        _write(out, paper)
    if as_json:
        print_json(_as_json(paper, asked, out))
    elif out is not None:
        tell(_("Written: %(file)s", file=out))
    else:
        _print(paper)


def _actor(login: str | None, today: dt.date) -> Actor:
    from roadmapdocs.people.models import User  # noqa: PLC0415  # likewise
    from roadmapdocs.people.operations import actor_of  # noqa: PLC0415  # likewise
    from roadmapdocs.people.rules import SYSTEM  # noqa: PLC0415  # likewise

    if login is None:
        return SYSTEM
    user: User | None = User.get_or_none((User.login == login.strip().lower()) & User.active)
    if user is None:
        known = [row.login for row in User.select().where(User.active).order_by(User.login).limit(20)]
        message = _("There is no account %(login)s. Known: %(known)s.", login=login, known=", ".join(known) or "—")
        raise NotFound("no_user", message, login=login, known=known)
    return actor_of(user, today=today)


def _check_name(out: Path | None) -> None:
    if out is not None and out.suffix.lower() not in {".xlsx", ".docx"}:
        message = _("A report is written as .xlsx or .docx, and %(file)s is neither. Give the file another name.", file=out.name)
        raise Refusal("unknown_format", message, file=out.name, known=[".xlsx", ".docx"])


def _write(out: Path, paper: Paper) -> None:
    from roadmapdocs.assignments.reports_docx import write_docx  # noqa: PLC0415  # likewise
    from roadmapdocs.assignments.reports_xlsx import write_xlsx  # noqa: PLC0415  # likewise

    out.write_bytes(write_docx(paper) if out.suffix.lower() == ".docx" else write_xlsx(paper))


def _as_json(paper: Paper, asked: Asked, out: Path | None) -> dict[str, Any]:
    """Tables as they are printed: words of it are Russian in any locale, days are ISO."""
    return {
        "report": str(asked.report),
        "on": paper.on.isoformat(),
        "from": asked.period.since.isoformat() if asked.period.since else None,
        "to": asked.period.until.isoformat() if asked.period.until else None,
        "facts": dict(paper.facts),
        "tables": [_table(table) for table in paper.tables],
        "notes": list(paper.notes),
        "file": str(out) if out is not None else None,
    }


def _table(table: Table) -> dict[str, Any]:
    """Rows below the title that stands above them, as ``group``."""
    rows, group = [], ""
    for row in table.rows:
        if row.title:
            group = row.title
            continue
        cells = zip(table.columns, row.cells, strict=True)
        said = {column.label: value.isoformat() if isinstance(value, dt.date) else value for column, value in cells}
        rows.append({"group": group, **said} if group else said)
    return {"name": table.name, "columns": [column.label for column in table.columns], "rows": rows}


def _print(paper: Paper) -> None:
    """A list to be read: a line for each row, what is empty left out."""
    click.echo(click.style(paper.title, bold=True) + (f", {paper.period}" if paper.period else ""))
    for words, figure in paper.facts:
        click.echo(f"{words}: {figure}")
    for table in paper.tables:
        if len(paper.tables) > 1:
            click.echo(f"\n{table.name}")
        for row in table.rows:
            click.echo(f"\n{row.title}" if row.title else _line(table, row.cells))
        if not table.rows:
            click.echo("Поручений нет.")
    for note in paper.notes:
        tell(note)


def _line(table: Table, cells: tuple[Any, ...]) -> str:
    """«1. Собрать сведения · Ответственный: Борисова О. С. · Срок: 06.03.2026»."""
    first, *rest = zip(table.columns, cells, strict=True)
    head, parts = str(first[1]), []
    if isinstance(first[1], int):
        head, rest = f"{first[1]}. {rest[0][1]}", rest[1:]
    for column, value in rest:
        if value not in (None, "", 0):
            parts.append(f"{column.label}: {value:%d.%m.%Y}" if isinstance(value, dt.date) else f"{column.label}: {value}")
    return " · ".join([head, *parts])
