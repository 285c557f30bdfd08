"""Connections kept open: threads that come and go, processes that are forked, a server that is started anew."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from roadmapdocs import db, installation
from roadmapdocs.installation import Installation


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Any]:
    with installation.entered(Installation()):
        opened: Any = db.connect(f"sqlite:///{tmp_path / 'kept.sqlite3'}", kept=2)
        yield opened
        opened.close_all()


def in_thread(work: Callable[[], object]) -> object:
    """What ``work`` gives in a thread of its own, which has ended by then."""
    given: list[object] = []

    def run() -> None:
        try:
            given.append(work())
        except Exception as problem:  # told to the test, which is in another thread
            given.append(problem)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return given[0]


def asked(pool: Any) -> object:
    return pool.execute_sql("SELECT 17").fetchone()[0]


def test_a_connection_opened_in_one_thread_serves_the_next(pool: Any) -> None:
    def work() -> tuple[object, int]:
        with pool.connection_context():
            return asked(pool), id(pool.connection())

    first = in_thread(work)
    assert [in_thread(work) for _time in range(3)] == [first] * 3
    assert first == (17, first[1])  # type: ignore[index]  # a pair, or this fails


def test_threads_that_never_close_use_nothing_up(pool: Any) -> None:
    assert [in_thread(lambda: asked(pool)) for _time in range(7)] == [17] * 7


def test_where_all_are_in_use_the_next_thread_waits(pool: Any) -> None:
    begun, done = threading.Barrier(3), threading.Event()

    def hold() -> None:
        with pool.connection_context():
            begun.wait(10)
            done.wait(10)

    holders = [threading.Thread(target=hold) for _number in range(2)]
    for one in holders:
        one.start()
    begun.wait(10)
    threading.Timer(0.05, done.set).start()
    assert in_thread(lambda: asked(pool)) == 17
    for one in holders:
        one.join()


FORK = """
import os, sys
from roadmapdocs import db

pool = db.connect(sys.argv[1], kept=2)
with pool.connection_context():
    before = id(pool.connection())
    child = os.fork()
    # Those of the parent are kept alive, so that no connection of the child's own is at the place of one.
    theirs = child or pool.is_closed() and id(pool.connection()) != before
    answered = pool.execute_sql("SELECT 17").fetchone()[0] == 17
    if not child:
        os._exit(0 if theirs and answered else 1)
    _child, ended = os.waitpid(child, 0)
    sys.exit(0 if answered and id(pool.connection()) == before and not ended else 1)
"""


def test_a_forked_process_opens_connections_of_its_own(tmp_path: Path) -> None:
    # In a process without threads: Python warns of forking others.
    address = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    assert subprocess.run([sys.executable, "-c", FORK, address], check=False).returncode == 0


@pytest.mark.postgresql
def test_a_server_started_anew_is_met_with_a_new_connection(postgres_address: str) -> None:
    with installation.entered(Installation()):
        pool: Any = db.connect(postgres_address, kept=2)
        with pool.connection_context():
            ((number,),) = pool.execute_sql("SELECT pg_backend_pid()").fetchall()
        other: Any = db.connect(postgres_address)
        with other.connection_context():
            other.execute_sql("SELECT pg_terminate_backend(%s, 5000)", (number,))
        with pool.connection_context():
            assert asked(pool) == 17
        pool.close_all()
