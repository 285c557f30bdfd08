"""Tables of an index in PostgreSQL: their names, how they are made, filled and thrown away."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from roadmapdocs import db
from roadmapdocs.search.engines.sql_fts_tables import checked
from roadmapdocs.search.engines.sql_search import FACET_COLUMNS

_FEW_WAIT, _MANY_WAIT = "256", "65536"


@contextlib.contextmanager
def by_index() -> Iterator[None]:
    """Within, no table is read from end to end: PostgreSQL does not reckon with what it costs to fetch the vectors
    that lie apart. What fails within leaves a transaction around it usable, and what was set before is set again."""
    with db.database.atomic():
        was = db.database.execute_sql(
            "SELECT current_setting('enable_seqscan'), set_config('enable_seqscan', 'off', true)"
        ).fetchone()[0]
        yield
        db.database.execute_sql("SELECT set_config('enable_seqscan', %s, true)", (was,))


class Tables:
    """``doc`` has a row for each record, with what is found, told and counted; ``tag`` which tags there are."""

    def __init__(self, generation: str) -> None:
        generation = checked(generation)
        self.doc, self.tag = f"rd_search_tsv_{generation}", f"rd_search_tsv_tag_{generation}"
        self.index = f"rd_search_tsv_words_{generation}"
        columns = ["place", "key", "number", "digest", "long", "body", "words", *FACET_COLUMNS.values()]
        marks = ["%s"] * 6 + ["%s::tsvector"] + ["%s"] * len(FACET_COLUMNS)
        self.put_doc = f"INSERT INTO {self.doc} ({', '.join(columns)}) VALUES ({', '.join(marks)})"  # noqa: S608 - names are ours
        self.put_tag = f"INSERT INTO {self.tag} SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"

    def create(self) -> None:
        facets = ", ".join(f"{column} text NOT NULL" for column in FACET_COLUMNS.values())
        for sql in (
            f'CREATE TABLE {self.doc} (place bigint PRIMARY KEY, key text COLLATE "C" NOT NULL UNIQUE, '
            f'number text COLLATE "C" NOT NULL, digest text NOT NULL, long boolean NOT NULL, {facets}, '
            "body bytea NOT NULL, words tsvector NOT NULL)",
            # Rows that are counted lie close together, what is read of few of them lies apart, as it is.
            f"ALTER TABLE {self.doc} SET (toast_tuple_target = 128)",
            f"ALTER TABLE {self.doc} ALTER words SET STORAGE EXTERNAL, ALTER body SET STORAGE EXTERNAL",
            f"CREATE INDEX {self.index} ON {self.doc} USING gin (words)",
            f'CREATE TABLE {self.tag} (tag text COLLATE "C" PRIMARY KEY)',
        ):
            db.database.execute_sql(sql)

    def drop(self) -> None:
        for table in (self.doc, self.tag):
            db.database.execute_sql(f"DROP TABLE IF EXISTS {table}")

    @staticmethod
    def expect(*, many: bool) -> None:
        """Rows wait beside the index until there are so many kilobytes of them; every search looks through those."""
        limit = _MANY_WAIT if many else _FEW_WAIT
        db.database.execute_sql("SELECT set_config('gin_pending_list_limit', %s, true)", (limit,))

    def settle(self) -> None:
        """Put what waits into the index, after many rows."""
        db.database.execute_sql("SELECT gin_clean_pending_list(%s::regclass)", (self.index,))
