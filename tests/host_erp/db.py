"""The ERP's database and its history of migrations. Every table begins with ``erp_``."""

from __future__ import annotations

import re
from pathlib import Path

import peewee as pw
from playhouse.migrations import Runner

HISTORY_TABLE = "erp_migration"
MIGRATIONS = Path(__file__).parent / "migrations"

database = pw.DatabaseProxy()


def opened(address: str) -> pw.Database:
    """The database at ``sqlite:///path`` or ``postgresql://user@host/name``; it is the ERP's from now on."""
    given: pw.Database
    if address.startswith("sqlite:///"):
        pragmas = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000}
        given = pw.SqliteDatabase(address.removeprefix("sqlite:///"), pragmas=pragmas)
    else:
        given = pw.PostgresqlDatabase(address, prefer_psycopg3=True)
    database.initialize(given)
    return given


def migrate() -> list[str]:
    """Apply what is missing; give its names."""
    with database.obj.connection_context() if database.is_closed() else database.atomic():
        return list(Runner(database.obj, str(MIGRATIONS), table_name=HISTORY_TABLE).up())


def table_name(model: type[pw.Model]) -> str:
    return "erp_" + re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()


class BaseModel(pw.Model):
    class Meta:
        database = database
        table_function = table_name
        legacy_table_names = False
