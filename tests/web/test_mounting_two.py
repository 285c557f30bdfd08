"""Two applications with the registry in one process: own databases, settings and clocks, in turn and at once."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Response, stream_with_context
from flask.testing import FlaskClient

from roadmapdocs import db, installation
from roadmapdocs.documents.models import Document
from roadmapdocs.people.rules import Role
from roadmapdocs.web import context
from tests.conftest import NOW
from tests.web.hosts import Host, bare, mounted, within
from tests.web.office import document

OTHER_DAY = NOW + dt.timedelta(days=100)


@pytest.fixture
def two(tmp_path: Path, migrated_file: Path) -> Iterator[tuple[Host, Host]]:
    made = []
    for name, clock, url in (("first", NOW, "/registry"), ("second", OTHER_DAY, "")):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(migrated_file, folder / "registry.sqlite3")
        values = {"office": f"the {name} office", "language": "en" if name == "first" else "ru"}
        address = f"sqlite:///{folder / 'registry.sqlite3'}"
        made.append(mounted(bare(name), folder, address, url=url, values=values, clock=lambda clock=clock: clock))
    yield made[0], made[1]
    for host in made:
        with within(host):
            db.database.close()


def titled(host: Host, *titles: str) -> None:
    with host.app.app_context():
        for title in titles:
            document(title)


def shown(client: FlaskClient, url: str) -> list[str]:
    """Titles of the list and the office's name above it."""
    page = client.get(f"{url}/documents/")
    assert page.status_code == 200
    return [word for word in ("Первый", "Второй", "the first office", "the second office") if word in page.text]


def test_each_shows_its_own_in_turn(two: tuple[Host, Host]) -> None:
    first, second = two
    titled(first, "Первый")
    titled(second, "Второй")
    browsers = first.browser(Role.CLERK), second.browser(Role.CLERK)
    for _time in range(2):
        assert shown(browsers[0], "/registry") == ["Первый", "the first office"]
        assert shown(browsers[1], "") == ["Второй", "the second office"]
    assert '<html lang="en"' in browsers[0].get("/registry/documents/").text
    assert '<html lang="ru"' in browsers[1].get("/documents/").text


def test_each_shows_its_own_at_once(two: tuple[Host, Host]) -> None:
    first, second = two
    titled(first, "Первый")
    titled(second, "Второй")
    browsers = [(first.browser(Role.CLERK), "/registry"), (second.browser(Role.CLERK), "")]

    def look(number: int) -> list[str]:
        client, url = browsers[number % 2]
        fresh = client.application.test_client()
        fresh._cookies = dict(client._cookies)
        return shown(fresh, url)

    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(look, range(12)))
    assert seen[::2] == [["Первый", "the first office"]] * 6
    assert seen[1::2] == [["Второй", "the second office"]] * 6


def test_each_has_its_own_day(two: tuple[Host, Host]) -> None:
    days = []
    for host in two:
        with host.app.app_context():
            days.append(context.today())
    assert days == [NOW.date(), OTHER_DAY.date()]


def test_contexts_of_both_may_stand_within_each_other(two: tuple[Host, Host]) -> None:
    first, second = two
    titled(first, "one")
    titled(second, "one", "two")
    with first.app.app_context():
        with second.app.app_context():
            assert Document.select().count() == 2
            with first.app.app_context():
                assert Document.select().count() == 1
            assert Document.select().count() == 2
        assert Document.select().count() == 1


def test_outside_of_contexts_the_application_made_last_is_meant(two: tuple[Host, Host]) -> None:
    titled(two[1], "one", "two")
    assert installation.current() is two[1].state.installation
    assert Document.select().count() == 2


def test_an_answer_sent_piece_by_piece_stays_with_its_application(two: tuple[Host, Host]) -> None:
    first, second = two
    titled(first, "one")

    @first.app.get("/counted")
    def counted() -> Response:
        def pieces() -> Iterator[str]:
            yield f"{Document.select().count()} "
            yield f"{Document.select().count()}"

        return Response(stream_with_context(pieces()))

    with first.app.test_client().get("/counted") as answer:
        parts = iter(answer.response)
        text = next(parts)
        second.app.test_client().get("/sign-in")
        assert text + b"".join(parts) == b"1 1"
    assert installation.current() is second.state.installation


def test_a_session_of_one_opens_nothing_of_the_other(two: tuple[Host, Host]) -> None:
    """Not even where both sign with one key and an account of the same number is there."""
    first, second = two
    known, stranger = first.browser(Role.CLERK), second.app.test_client()
    second.user("clerk", Role.CLERK)
    with known.session_transaction() as kept:
        value = kept[context.SESSION_KEY]
    with stranger.session_transaction() as session:
        session[context.SESSION_KEY] = value
    assert known.get("/registry/documents/").status_code == 200
    assert stranger.get("/documents/").location.startswith("/sign-in")


def test_connections_are_closed_with_the_context_that_opened_them(two: tuple[Host, Host]) -> None:
    for host in two:
        with within(host):
            db.database.close()
        host.app.test_client().get(f"{host.state.url}/sign-in")
        titled(host, "one")
        with within(host):
            assert db.database.is_closed()
