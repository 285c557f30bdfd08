"""``roadmapdocs uninstall``: our tables leave the database, and nothing else does."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from roadmapdocs.errors import ConfigurationError, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.console import console, json_option, print_json, tell

if TYPE_CHECKING:
    from roadmapdocs.settings import Settings

#: Tables that engines of search make for themselves, one set for each generation of an index.
_OF_SEARCH: Final = re.compile(r"rd_search_(fts|doc|body|token|tsv|tsv_tag)_[a-z0-9_]{1,40}")


@click.command()
@click.option("--yes", "named", metavar="NAME", help="The name of the database, instead of typing it when asked.")
@json_option
def uninstall(named: str | None, as_json: bool) -> None:
    """Drop the tables of the registry; those of a host and all files stay. Make a backup first."""
    from roadmapdocs.web import registry  # noqa: PLC0415  # commands without a registry start faster

    settings = console().settings
    if not registry.exists(settings):
        raise NotFound(
            "no_registry",
            _("There is no registry in %(folder)s. Name another folder by --data.", folder=settings.data),
            folder=str(settings.data),
        )
    with _connected(settings):
        tables, others = _tables()
        if not tables:
            raise NotFound("no_registry", _("There are no tables of the registry in this database; nothing was done."))
        _check_references(tables, others)
        rows = {table: _rows(table) for table in tables}
        _confirm(_name(settings), named, rows, asks=not as_json)
        _drop(tables)
    kept = sorted(str(one) for one in settings.data.iterdir()) if settings.data.is_dir() else []
    _report(registry.shown(settings), rows, kept, as_json=as_json)


@contextlib.contextmanager
def _connected(settings: Settings) -> Iterator[None]:
    import peewee as pw  # noqa: PLC0415  # as uninstall()

    from roadmapdocs import db  # noqa: PLC0415  # likewise
    from roadmapdocs.web import registry  # noqa: PLC0415  # likewise

    if registry.MOUNTED.get() is not settings:
        db.connect(settings.database_address)
    opened = False
    try:
        opened = db.database.connect(reuse_if_open=True)
        yield
    except pw.DatabaseError as problem:
        raise ConfigurationError(f"database: {registry.shown(settings)}: {problem}") from problem
    finally:
        if opened:
            db.database.close()


def _name(settings: Settings) -> str:
    """What tells this database from others: the name of its file, or its name in PostgreSQL."""
    address = settings.database_address
    if address.startswith("sqlite:///"):
        return Path(address.removeprefix("sqlite:///")).name
    return address.partition("?")[0].rpartition("/")[2]


def _tables() -> tuple[list[str], list[str]]:
    """Ours in an order in which they can go, and all others. A table that only begins as ours do is another's."""
    from roadmapdocs import db  # noqa: PLC0415  # as uninstall()
    from roadmapdocs.models import MODELS  # noqa: PLC0415  # likewise

    there = db.database.get_tables()
    known = [*reversed([model._meta.table_name for model in MODELS]), db.HISTORY_TABLE]
    # A virtual table goes first, and takes those behind it along.
    search = sorted((one for one in there if _OF_SEARCH.fullmatch(one)), key=lambda one: (not one.startswith("rd_search_fts"), len(one)))
    ours = [*search, *(one for one in known if one in there)]
    return ours, [one for one in there if one not in ours]


def _check_references(tables: list[str], others: list[str]) -> None:
    """
    :raise Refusal: ``referred_to`` if a table that is not ours refers to one of ours: it would be left broken
    """
    from roadmapdocs import db  # noqa: PLC0415  # as uninstall()

    referring = [one for one in others if any(key.dest_table in tables for key in db.database.get_foreign_keys(one))]
    if referring:
        raise Refusal(
            "referred_to",
            _(
                "Tables of another program refer to those of the registry: %(tables)s. Nothing was dropped. "
                "Take their references off first.",
                tables=", ".join(referring),
            ),
            tables=referring,
        )


def _rows(table: str) -> int:
    from roadmapdocs import db  # noqa: PLC0415  # as uninstall()

    return int(db.database.execute_sql(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608  # names are ours


def _confirm(name: str, named: str | None, rows: dict[str, int], *, asks: bool) -> None:
    """
    :raise Refusal: ``not_confirmed`` unless the name of the database was given, or is typed now
    """
    if named is None and asks:
        tell(_("These tables will be dropped from %(name)s, with all that is in them:", name=name))
        for table, count in rows.items():
            tell(f"  {table}: {count}")
        named = click.prompt(_("Type the name of the database to go on"), default="", show_default=False, err=True)
    if named != name:
        raise Refusal(
            "not_confirmed",
            _("Nothing was dropped: the name of the database was not given. It is %(name)s.", name=name),
            database=name,
        )


def _drop(tables: list[str]) -> None:
    """All or none of them, in one transaction."""
    import peewee as pw  # noqa: PLC0415  # as uninstall()

    from roadmapdocs import db  # noqa: PLC0415  # likewise

    if not isinstance(db.database.obj, pw.SqliteDatabase):
        with db.transaction():
            # Tables that refer to each other in a circle go only together.
            db.database.execute_sql("DROP TABLE " + ", ".join(f'"{table}"' for table in tables))
        return
    (kept,) = db.database.execute_sql("PRAGMA foreign_keys").fetchone()
    db.database.execute_sql("PRAGMA foreign_keys = 0")  # only outside of a transaction; circles, as above
    try:
        with db.transaction():
            for table in tables:
                db.database.execute_sql(f'DROP TABLE IF EXISTS "{table}"')
    finally:
        db.database.execute_sql(f"PRAGMA foreign_keys = {int(kept)}")


def _report(database: str, rows: dict[str, int], kept: list[str], *, as_json: bool) -> None:
    if as_json:
        dropped = [{"table": table, "rows": count} for table, count in rows.items()]
        print_json({"database": database, "dropped": dropped, "kept": kept})
        return
    for table, count in rows.items():
        click.echo(f"{table}: {count}")
    tell(_("Dropped from %(database)s. All other tables are as they were.", database=database))
    if kept:
        tell(_("These stay and can be removed by hand: %(files)s.", files=", ".join(kept)))
