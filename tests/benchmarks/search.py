"""Search: every engine on the same lemmas, beside a bare query of FTS5 for the same words.

The time of PostgreSQL is by the clock, since its server is a process of its own; that of the others is CPU time, and
p95 is told by the clock, too.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from roadmapdocs import db
from roadmapdocs.search.engines.postgresql import PostgresqlEngine
from roadmapdocs.search.engines.sql_matching import expression
from roadmapdocs.search.engines.sqlite import SqliteEngine
from roadmapdocs.search.engines.whoosh import WhooshEngine
from roadmapdocs.search.ports import Engine, Node, Plan
from tests.benchmarks import search_questions as asked
from tests.benchmarks.measure import Figure
from tests.benchmarks.search_corpus import entries
from tests.benchmarks.search_tantivy import Tantivy, installed
from tests.postgres import Server, programs

#: Whoosh is for offices up to so many documents.
MOST_FOR_WHOOSH: Final = 10_000
BATCH, UPDATES, REPEATED = 2_000, 40, 3
BARE: Final = "a bare MATCH of FTS5, twenty rows"

AIMS: Final[Mapping[str, Mapping[str, float]]] = {
    "FTS5": {
        **dict.fromkeys((asked.COMMON_WORD, asked.THREE_WORDS, asked.PHRASE, asked.FILTERED, asked.BY_DATE), 25),
        asked.PREFIX: 50,
        asked.FACETED: 60,
        "one update": 30,
    },
    "PostgreSQL": dict.fromkeys(asked.OPERATIONS, 100),
    "Whoosh": {**dict.fromkeys(asked.OPERATIONS, 100), "one update": 1_000},
}


@dataclass(frozen=True)
class Taken:
    """Milliseconds of each question or update: of this process, and by the clock."""

    cpu: Sequence[float]
    clock: Sequence[float]


def figures(folder: Path, count: int, sizes: Sequence[int]) -> Iterator[Figure]:
    """``count`` questions for each operation, in archives of each size."""
    plans = asked.questions(count)
    for size in sizes:
        home = folder / str(size)
        home.mkdir(parents=True)
        with _sqlite(home) as engine:
            yield from _filled("FTS5", engine.write, size)
            engine.tidy()
            yield Figure(f"search {size:,}, FTS5: on disk", _of_folder(home), "MB", 1)
            bare = {name: _bare(engine, each) for name, each in plans.items()}
            yield from _asked("FTS5", engine, plans, size, bare)
            yield Figure(f"search {size:,}, FTS5: memory of this process", _memory(), "MB", 1)
        if size <= MOST_FOR_WHOOSH:
            whoosh = WhooshEngine(home / "whoosh", "bench")
            whoosh.create()
            yield from _filled("Whoosh", whoosh.write, size)
            yield Figure(f"search {size:,}, Whoosh: on disk", _of_folder(home / "whoosh"), "MB", 1)
            yield from _asked("Whoosh", whoosh, plans, size, bare)
        if programs():
            with Server.running() as server, _postgresql(server) as engine:
                yield from _filled("PostgreSQL", engine.write, size)
                yield Figure(f"search {size:,}, PostgreSQL: on disk", _of_postgresql(), "MB", 1)
                engine.tidy()
                yield from _asked("PostgreSQL", engine, plans, size, bare)
        if library := installed():
            beside = Tantivy(library, home / "tantivy")
            yield from _filled("tantivy", beside.write, size)
            yield Figure(f"search {size:,}, tantivy: on disk", _of_folder(home / "tantivy"), "MB", 1)
            yield from _asked("tantivy", beside, plans, size, bare)


@contextlib.contextmanager
def _sqlite(folder: Path) -> Iterator[SqliteEngine]:
    opened = db.connect(f"sqlite:///{folder / 'registry.sqlite3'}")
    with opened.connection_context():
        engine = SqliteEngine("bench")
        engine.create()
        yield engine


@contextlib.contextmanager
def _postgresql(server: Server) -> Iterator[PostgresqlEngine]:
    opened = db.connect(server.empty_database())
    with opened.connection_context():
        engine = PostgresqlEngine("bench")
        engine.create()
        yield engine


def _filled(name: str, write: Callable[[Any], None], size: int) -> Iterator[Figure]:
    spent = 0.0
    for first in range(1, size + 1, BATCH):
        batch = list(entries(first, min(BATCH, size + 1 - first)))
        cpu, clock = _timed(lambda batch=batch: write(batch))
        spent += clock if name == "PostgreSQL" else cpu
    yield Figure(f"search {size:,}, {name}: put in, for each thousand", spent / size * 1000, "ms", 1)


def _asked(
    name: str, engine: Engine | Tantivy, plans: Mapping[str, list[Plan]], size: int, bare: Mapping[str, Taken]
) -> Iterator[Figure]:
    for operation, each in plans.items():
        taken = _taken([lambda plan=plan: engine.search(plan) for plan in each])
        yield from _told(name, size, operation, taken, bare[operation])
    updates = list(entries(size // 2, UPDATES, seed=5))
    written = _taken([lambda entry=entry: engine.write([entry]) for entry in updates], 1)
    yield from _told(name, size, "one update", written, None)


def _told(name: str, size: int, operation: str, taken: Taken, bare: Taken | None) -> Iterator[Figure]:
    main = taken.clock if name == "PostgreSQL" else taken.cpu
    # The aims are for a hundred thousand, and for the ten thousand of Whoosh.
    aim = AIMS.get(name, {}).get(operation)
    for part, values, of, wanted in (
        ("p50", main, statistics.median, None),
        ("p95", main, _p95, aim),
        ("p95 by the clock", taken.clock, _p95, None),
    ):
        if part == "p95 by the clock" and main is taken.clock:
            continue
        yield Figure(
            f"search {size:,}, {name}: {operation}, {part}",
            of(values),
            "ms",
            len(values),
            aim=wanted,
            yardstick=of(bare.cpu) if bare else None,
            yardstick_name=BARE if bare else "",
        )


def _taken(works: Sequence[Callable[[], object]], repeated: int = REPEATED) -> Taken:
    """Each is done ``repeated`` times, of which the median counts; where it can be, once more unmeasured before."""
    cpu, clock = [], []
    for work in works:
        if repeated > 1:
            work()
        times = [_timed(work) for _ in range(repeated)]
        cpu.append(statistics.median(one for one, _ in times))
        clock.append(statistics.median(one for _, one in times))
    return Taken(cpu, clock)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return (time.process_time() - processor) * 1000, (time.perf_counter() - wall) * 1000


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _bare(engine: SqliteEngine, plans: Sequence[Plan]) -> Taken:
    """FTS5 asked for the words alone: neither order nor rights, nothing counted."""
    table = f"rd_search_fts_{engine.generation}"
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT 20"
    texts = [_words(plan.node) for plan in plans]
    return _taken([lambda text=text: db.database.execute_sql(sql, (text,)).fetchall() for text in texts])


class _Nothing:
    """Words as they are asked for: neither how they stand in texts, nor what a beginning is of."""

    def standing(self, tokens: Collection[str]) -> set[str]:
        return set(tokens)

    def begun(self, start: str, most: int) -> list[str]:
        return [start] * most


def _words(node: Node) -> str:
    return expression(node, _Nothing()).text


def _of_folder(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def _of_postgresql() -> float:
    rows = db.database.execute_sql("SELECT pg_total_relation_size('rd_search_tsv_bench'::regclass)")
    return float(rows.fetchone()[0]) / 1e6


def _memory() -> float:
    """As the kernel tells it, now."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024
