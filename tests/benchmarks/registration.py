"""Giving a number in journals that hold many, beside a bare transaction that writes the same rows."""

from __future__ import annotations

import contextlib
import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from roadmapdocs import db, shipped
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.registration.models import Counter, Entry, Journal
from roadmapdocs.registration.numbers import number_sort_key
from roadmapdocs.registration.operations import give_number
from roadmapdocs.registration.patterns import Context
from roadmapdocs.registration.rules import EntryState, Reset
from tests.benchmarks.measure import Figure
from tests.conftest import NOW, TODAY
from tests.postgres import Server, programs

JOURNALS = 10
WARM_UP = 20
CPU_AIM = 20
#: The time aimed at is so many times that of the bare transaction.
TIMES = 3
COLUMNS = "journal_id period n suffix number key sort state registered_on reserved_for reason brought_in by at".split()
EVENT = "number what subject effect who user_id at hash".split()
PERIOD = str(TODAY.year)


def figures(folder: Path, runs: int, size: int) -> Iterator[Figure]:
    """``size`` numbers lie in ten journals; ``runs`` more are given, in turn with as many bare transactions."""
    folder.mkdir(parents=True, exist_ok=True)
    with _opened(f"sqlite:///{folder / 'registry.sqlite3'}"):
        yield from _on("SQLite", runs, size)
    if programs() is None:
        return
    with Server.running() as server, _opened(server.fresh_database()):
        yield from _on("PostgreSQL", runs, size)


@contextlib.contextmanager
def _opened(address: str) -> Iterator[None]:
    opened = db.connect(address)
    with opened.connection_context():
        db.migrations(shipped.migrations_folder()).up()
        yield
    opened.close()


def _on(name: str, runs: int, size: int) -> Iterator[Figure]:
    journals = itertools.cycle(_filled(size))
    bare = _Bare()
    ours, cpu, yardstick = [], [], []
    for _ in range(WARM_UP + runs):
        journal = next(journals)
        yardstick.append(_milliseconds(bare.give, journal)[0])
        wall, processor = _milliseconds(_give, journal)
        ours.append(wall)
        cpu.append(processor)
    ours, cpu, yardstick = ours[WARM_UP:], cpu[WARM_UP:], yardstick[WARM_UP:]
    told = f"a number among {size:,}, {name}"
    for part, of in (("median", statistics.median), ("p95", _p95)):
        base = of(yardstick)
        yield Figure(
            f"{told}: {part}",
            of(ours),
            "ms",
            runs,
            aim=TIMES * base,
            yardstick=base,
            yardstick_name="a bare transaction of the same rows",
        )
    yield Figure(f"{told}: CPU time", statistics.median(cpu), "ms", runs, aim=CPU_AIM, wish=CPU_AIM / 2)


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _milliseconds(work: Callable[[Journal], object], journal: Journal) -> tuple[float, float]:
    """By the clock on the wall, since both databases wait for their disk or server, and of this processor."""
    wall, processor = time.perf_counter(), time.process_time()
    work(journal)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


def _give(journal: Journal) -> Entry:
    return give_number(journal, on=TODAY, context=Context(), by=SYSTEM, now=NOW, today=TODAY)


def _filled(size: int) -> list[Journal]:
    """Ten journals with ``size`` numbers of this year among them."""
    each = size // JOURNALS
    journals = []
    for place in range(JOURNALS):
        journal = Journal.create(
            code=f"bench{place}", name="Приказы", series="order_main", pattern="{n}-П", reset=Reset.YEAR
        )
        Counter.create(journal=journal, period=PERIOD, last=each)
        journals.append(journal)
        rows = [_entry(journal.id, n) for n in range(1, each + 1)]
        with db.transaction():
            db.database.connection().cursor().executemany(_insert("rd_entry", COLUMNS), rows)
    db.database.execute_sql("ANALYZE")
    return journals


def _entry(journal_id: int, n: int) -> tuple[object, ...]:
    number, day, moment = f"{n}-П", TODAY.isoformat(), NOW.replace(tzinfo=None).isoformat(sep=" ")
    sort = number_sort_key(number)
    return journal_id, PERIOD, n, "", number, number, sort, EntryState.REGISTERED, day, "", "", False, "Клерк", moment


def _insert(table: str, columns: list[str]) -> str:
    # Names of tables and columns are those written above.
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join([db.database.param] * len(columns))
    return f"INSERT INTO {table} ({names}) VALUES ({places})"


class _Bare:
    """The same rows by plain statements, without a single question or check."""

    def __init__(self) -> None:
        place = db.database.param
        self.count = f"UPDATE rd_counter SET last = last + 1 WHERE journal_id = {place} AND period = {place} RETURNING last"
        self.entry = _insert("rd_entry", COLUMNS)
        self.event = _insert("rd_event", EVENT)
        self.head = f"UPDATE rd_journal_head SET number = number + 1, hash = {place} WHERE id = 1 RETURNING number"

    def give(self, journal: Journal) -> None:
        run = db.database.execute_sql
        with db.transaction():
            n = run(self.count, (journal.id, PERIOD)).fetchone()[0]
            run(self.entry, _entry(journal.id, n))
            digest = "0" * 64
            number = run(self.head, (digest,)).fetchone()[0]
            effect = f'{{"journal": "{journal.code}", "number": "{n}-П", "on": "{TODAY}"}}'
            moment = NOW.replace(tzinfo=None).isoformat(sep=" ")
            run(self.event, (number, "number_given", f"entry:{n}", effect, "Клерк", 1, moment, digest))
