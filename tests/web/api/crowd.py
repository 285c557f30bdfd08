"""Clients that call a running server at the same moment."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

PATIENCE = 60.0


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class _Quiet(WSGIRequestHandler):
    """Says nothing of the requests that are served."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def serving(app: Flask) -> Iterator[int]:
    """The application behind a server with a thread for each request; gives its port."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    # Whoever has been answered still closes the database behind the answer.
    server.daemon_threads = False
    worker = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    worker.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        worker.join(PATIENCE)


def at_once(port: int, secret: str, calls: Sequence[Call]) -> list[Answer]:
    """Send all calls, each by a client of its own, when every client is ready."""
    gate = threading.Barrier(len(calls))

    def send(call: Call) -> Answer:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        body = call.body if isinstance(call.body, bytes | None) else json.dumps(call.body).encode()
        kind = {} if body is None or isinstance(call.body, bytes) else {"Content-Type": "application/json"}
        with contextlib.closing(connection):
            connection.connect()
            gate.wait(PATIENCE)
            connection.request(call.method, call.path, body, {"Authorization": f"Bearer {secret}", **kind, **call.headers})
            response = connection.getresponse()
            return Answer(response.status, response.read(), dict(response.getheaders()))

    with ThreadPoolExecutor(len(calls)) as clients:
        return list(clients.map(send, calls))
