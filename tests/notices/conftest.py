"""People to be told something, a clock that is set by hand, and mail servers of this test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.installation import ZONE
from roadmapdocs.notices import approvals
from roadmapdocs.settings import Settings
from tests.conftest import NOW
from tests.notices.mail import MailServer

MOSCOW = dt.timezone(dt.timedelta(hours=3))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An office without quiet hours, so that tests say themselves when it is night."""
    return Settings(
        data=tmp_path,
        language="en",
        office="Управление образования",
        mail_from="registry@example.test",
        base_url="https://registry.example.test",
        quiet_from="00:00",
        quiet_until="00:00",
    )


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A real SMTP server on a free port."""
    with MailServer.running() as server:
        yield server


@pytest.fixture
def listening() -> Iterator[None]:
    """Reactions to signals of approvals, with the office in Moscow."""
    approvals.listen()
    ZONE.set(MOSCOW)
    yield
    ZONE.set(dt.UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


class Clock:
    """Gives the moment it was set to."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def go(self, **length: float) -> None:
        self.now += dt.timedelta(**length)
