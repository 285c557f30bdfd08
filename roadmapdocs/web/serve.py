"""Serving by waitress: one process, or several that share one listening socket.

Why so: docs/decisions/0003-serving.md.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from types import FrameType

import waitress

from roadmapdocs import db
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.settings import Settings
from roadmapdocs.web.app import create_app

THREADS = 4
BACKLOG = 1024


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one.

    :raise ConfigurationError: if the address is taken or is none of this machine
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
    except OSError as problem:
        opened.close()
        raise ConfigurationError(f"--host {host} --port {port}: {problem.strerror}; choose another port") from problem
    opened.listen(BACKLOG)
    return opened


def run(settings: Settings, listening: socket.socket, *, workers: int = 1) -> None:
    """Serve until interrupted. Each of several workers builds the application for itself, after the fork."""
    db.database.close()
    if workers == 1:
        _serve(settings, listening)
        return
    children = {_fork(settings, listening) for _number in range(workers)}

    def stop(number: int, _frame: FrameType | None) -> None:
        for child in children:
            os.kill(child, number)
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while True:
        ended, _status = os.wait()
        children.discard(ended)
        children.add(_fork(settings, listening))


def _fork(settings: Settings, listening: socket.socket) -> int:
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        _serve(settings, listening)
    finally:
        os._exit(0)


def _serve(settings: Settings, listening: socket.socket) -> None:
    application = create_app(settings)
    waitress.serve(application, sockets=[listening], threads=THREADS, ident=None, _quiet=True)
