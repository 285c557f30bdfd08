"""Several offices in one process: each has its own values, in each thread that entered it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import peewee as pw
import pytest

from roadmapdocs import db, installation
from roadmapdocs.duties import Duty
from roadmapdocs.installation import ZONE, Installation, Kept, day_of


@pytest.fixture(autouse=True)
def _usual_again() -> Iterator[None]:
    before = installation.current()
    yield
    installation.make_usual(before)


def test_a_value_is_made_once_for_each_installation() -> None:
    kept: Kept[list[int]] = Kept("numbers", list)
    one, other = Installation(), Installation()
    with installation.entered(one):
        kept.get().append(1)
    with installation.entered(other):
        assert kept.get() == []
        kept.set([2])
    with installation.entered(one):
        assert kept.get() == [1]


def test_an_inner_installation_gives_way_to_the_outer_one_again() -> None:
    outer, inner = Installation(), Installation()
    with installation.entered(outer):
        with installation.entered(inner):
            assert installation.current() is inner
        assert installation.current() is outer


def test_a_thread_that_entered_nothing_has_the_usual_one() -> None:
    usual = installation.begin()
    seen: list[Installation] = []
    with installation.entered(Installation()):
        thread = threading.Thread(target=lambda: seen.append(installation.current()))
        thread.start()
        thread.join()
    assert seen == [usual]


def test_a_duty_is_about_the_installation_in_which_it_was_made() -> None:
    office = Installation()
    seen: list[Installation] = []
    done = threading.Event()

    def turn(_stopping: threading.Event) -> None:
        seen.append(installation.current())
        done.set()

    with installation.entered(office):
        duty = Duty("look", turn, every=60)
    duty.start()
    assert done.wait(10)
    duty.ask_to_end()
    duty.wait_for_end()
    assert seen == [office]


def test_the_day_is_that_of_the_office() -> None:
    midnight = dt.datetime(2026, 3, 16, 22, 30, tzinfo=dt.UTC)
    with installation.entered(Installation()):
        assert day_of(midnight) == dt.date(2026, 3, 16)
        ZONE.set(dt.timezone(dt.timedelta(hours=3)))
        assert day_of(midnight) == dt.date(2026, 3, 17)


class Note(db.BaseModel):
    text = pw.TextField()


def test_tables_are_those_of_the_installation_that_is_entered(tmp_path: Path) -> None:
    offices = [Installation(), Installation()]
    for number, office in enumerate(offices):
        with installation.entered(office):
            opened = db.connect(f"sqlite:///{tmp_path / f'office-{number}.sqlite3'}")
            with opened.connection_context():
                opened.create_tables([Note])
                Note.create(text=f"of the office {number}")
    for number, office in enumerate(offices):
        with installation.entered(office), db.database.connection_context():
            assert [note.text for note in Note.select()] == [f"of the office {number}"]
