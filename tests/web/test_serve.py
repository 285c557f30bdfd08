"""Several processes that serve one port."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from roadmapdocs import db, installation
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.installation import Installation
from roadmapdocs.settings import Settings
from roadmapdocs.web import serve


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The data of an office that is opened, as it is when the server begins."""
    with installation.entered(Installation()):
        db.connect(f"sqlite:///{tmp_path / 'registry.sqlite3'}")
        yield tmp_path


@pytest.mark.parametrize("workers", [1, 2])
def test_a_mistake_in_the_settings_is_told_before_anybody_dies_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a worker was begun"))
    settings = Settings(data=folder, sign_in_roles="clerks=bogus")
    with serve.listen("127.0.0.1", 0) as listening, pytest.raises(ConfigurationError, match="bogus"):
        serve.run(settings, listening, workers=workers)


def test_a_worker_that_died_is_replaced_and_not_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    ends = iter([(11, 0), (12, 256)])

    class Enough(Exception):
        pass

    def wait() -> tuple[int, int]:
        ended = next(ends, None)
        if ended is None:
            raise Enough
        return ended

    numbers = iter((11, 12, 13, 14))

    def fork(_settings: Settings, _listening: Any, *, notices: bool) -> int:
        told.append(f"{'notices' if notices else 'pages'}")
        return next(numbers)

    monkeypatch.setattr(serve, "_fork", fork)
    monkeypatch.setattr(signal, "signal", lambda *_given: None)
    monkeypatch.setattr(os, "wait", wait)
    monkeypatch.setattr(time, "sleep", told.append)
    with serve.listen("127.0.0.1", 0) as listening, pytest.raises(Enough):
        serve.run(Settings(data=folder), listening, workers=2)
    assert told == ["notices", "pages", "notices", serve.AGAIN_S, "pages"]
