"""REST: CPU time of a call, beside a bare Flask + peewee endpoint that gives the same rows; and what mounting costs a host."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, Response, jsonify
from flask.testing import FlaskClient

from roadmapdocs import db
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.tokens import Scope, make_token
from tests.benchmarks.measure import Figure, compiled_once, cpu_ms
from tests.benchmarks.office import RARE, Office, fill_documents, office
from tests.conftest import NOW

LIST_AIM, ONE_AIM, MOUNT_AIM = 15, 5, 300
PAGE = 50
BARE = "bare Flask + peewee, the same rows"
LISTS = (
    ("list of 50", "/documents"),
    ("list of 50 by number", "/documents?order=number"),
    ("list of 50 of a kind", "/documents?kind=order_main"),
    ("list of 50, two fields", "/documents?fields=id,title"),
    ("list of 50 changed since", "/documents?order=-changed&changed_since=2026-01-01T00:00:00Z"),
)
_HOST = """
import sys, time
import peewee
from flask import Flask
from flask_admin import Admin
app = Flask("host")
app.secret_key = "of the host"
Admin(app)
started = imported = time.process_time()
{mounted}
now = time.process_time()
print(now * 1000, (imported - started) * 1000, (now - imported) * 1000)
"""
_MOUNTED = """
from pathlib import Path
from roadmapdocs.settings import Settings
from roadmapdocs.web.extension import RoadmapDocs
imported = time.process_time()
RoadmapDocs().init_app(app, Settings(data=Path(sys.argv[1])), url="/registry")
"""


def figures(folder: Path, runs: int, size: int) -> Iterator[Figure]:
    with office(folder) as opened:
        with db.database.connection_context():
            fill_documents(size)
            secret = _secret()
        yield from _rest(opened, secret, size, runs)
    yield from _mounting(folder, max(runs // 5, 3))


def _secret() -> str:
    user = User.get()
    by = actor_of(user, today=NOW.date())
    return make_token(user, "measure", [Scope.READ, Scope.WRITE], expires_at=None, by=by, now=NOW)[1]


def _rest(opened: Office, secret: str, size: int, runs: int) -> Iterator[Figure]:
    # As a setting of a host: what is measured is not how often one may ask.
    opened.app.config["ROADMAPDOCS_API_LIMIT"] = "1000000 per minute"
    ask = _asking(opened.app.test_client(), secret)
    bare = _bare().test_client()
    whole = cpu_ms(lambda: _whole(bare.get("/documents")), runs, warm_up=2)
    for name, path in LISTS:
        taken = cpu_ms(partial(ask, path), runs, warm_up=2)
        yield Figure(f"REST {size:,}: {name}", taken, "ms", runs, LIST_AIM, None, whole, BARE)
    rare = cpu_ms(lambda: ask(f"/documents?q={RARE}"), runs, warm_up=2)
    yield Figure(f"REST {size:,}: list by a rare word", rare, "ms", runs, None, None, whole, BARE)
    deep = ask("/documents")["next"]
    for _ in range(20):
        deep = ask(deep)["next"]
    yield Figure(f"REST {size:,}: page 21", cpu_ms(lambda: ask(deep), runs, 2), "ms", runs, LIST_AIM, None, whole, BARE)
    row = cpu_ms(lambda: _whole(bare.get(f"/documents/{size // 2}")), runs, warm_up=2)
    one = cpu_ms(lambda: ask(f"/documents/{size // 2}"), runs, warm_up=2)
    yield Figure(f"REST {size:,}: one document", one, "ms", runs, ONE_AIM, None, row, BARE)


def _asking(client: FlaskClient, secret: str) -> Callable[[str], Any]:
    headers = {"Authorization": f"Bearer {secret}"}

    def ask(path: str) -> Any:
        answer = client.get(path if path.startswith("http") else f"/api/v1{path}", headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    return ask


def _whole(answer: Any) -> None:
    assert answer.status_code == 200, answer.status
    answer.get_json()


def _bare() -> Flask:
    """The same columns of the same rows without people, rights, pages and description."""
    app = Flask("bare")

    def told(row: Document) -> dict[str, Any]:
        plain = row.__data__ | {"kind": row.kind.code}
        return {name: plain[name] for name in plain if name not in ("search_key", "fields", "summary", "body")}

    rows = Document.select(Document, Kind).join(Kind)

    @app.get("/documents")
    def documents() -> Response:
        with db.database.connection_context():
            page = rows.order_by(Document.listed_on.desc(), Document.id.desc()).limit(PAGE)
            return jsonify(items=[told(row) for row in page])

    @app.get("/documents/<int:document_id>")
    def document(document_id: int) -> Response:
        with db.database.connection_context():
            return jsonify(told(rows.where(Document.id == document_id).get()))

    return app


def _mounting(folder: Path, runs: int) -> Iterator[Figure]:
    """CPU time of a host's process with us and without us, from its start until it could answer.

    Hosts by turns with us and without: what else the machine does weighs on both.
    """
    for more in ("", _MOUNTED):
        _started(more, folder)  # compiles what is imported, as installing does
    both = [(_started("", folder), _started(_MOUNTED, folder)) for _ in range(runs)]
    alone = statistics.median(without.whole for without, _ in both)
    host = "the host alone: Flask-Admin, peewee"
    for name, taken, aim in (
        ("what it adds to a host's start", statistics.median(ours.whole for _, ours in both) - alone, MOUNT_AIM),
        ("of it, imports", statistics.median(ours.imports for _, ours in both), None),
        ("of it, init_app", statistics.median(ours.init_app for _, ours in both), None),
    ):
        yield Figure(f"mounting: {name}", taken, "ms", runs, aim, None, alone, host)


class _Start(NamedTuple):
    """CPU time of a process, of our imports in it, and of what came after them, in milliseconds."""

    whole: float
    imports: float
    init_app: float


def _started(more: str, folder: Path) -> _Start:
    command = [sys.executable, "-c", _HOST.format(mounted=more), str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=compiled_once(folder), check=True)
    return _Start(*(float(word) for word in done.stdout.split()))
