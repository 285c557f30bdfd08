"""Applications for tests: made once for each kind of settings, because making one costs more than most tests."""

from __future__ import annotations

import atexit
import dataclasses
import datetime as dt
import functools
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from roadmapdocs import db
from roadmapdocs.documents import workflows
from roadmapdocs.drafting.templates import use_templates
from roadmapdocs.files.store import FileStore, FolderStore
from roadmapdocs.installation import make_usual
from roadmapdocs.settings import Settings
from roadmapdocs.web.app import create_app
from roadmapdocs.web.context import EXTENSION
from roadmapdocs.web.security import limiter


def application(settings: Settings, *, clock: Callable[[], dt.datetime], store: FileStore | None = None) -> Flask:
    """As :func:`create_app`; one that differs in its folder, database, store or clock only is the same, set anew."""
    app = _made(dataclasses.replace(settings, data=Path("shared"), database="sqlite:///:memory:"))
    state = app.extensions[EXTENSION]
    make_usual(state.installation)
    state.settings, state.clock = settings, clock
    state.store = store or FolderStore(settings.files_folder)
    use_templates(settings.data, state.store)
    db.connect(settings.database_address)
    if (settings.workflow_folder, workflows._own.get().folder) != (None, None):
        # Ours do not change while tests run; reading them again costs more than most tests.
        workflows.use_definitions(settings.workflow_folder)
    workflows.catalogue()
    limiter.reset()
    return app


@functools.cache
def _made(settings: Settings) -> Flask:
    # The key of the sessions is kept in the folder; nothing else is.
    folder = Path(tempfile.mkdtemp(prefix="roadmapdocs-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    app = create_app(dataclasses.replace(settings, data=folder), clock=lambda: dt.datetime.now(dt.UTC))
    app.extensions[EXTENSION].environment.bytecode_cache = _compiled
    return app


class _Compiled(BytecodeCache):
    """Templates are compiled once for all applications."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()
