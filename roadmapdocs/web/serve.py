"""Serving by waitress: one process, or several that share one listening socket; one of them also sends notices,
makes previews, reads files and keeps the index of search.

Why so: docs/decisions/0003-serving.md.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import time
import traceback
from types import FrameType

import waitress

from roadmapdocs import db
from roadmapdocs.duties import close_queue, open_queue
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.notices.service import Service
from roadmapdocs.people.outside_sign_in import check_settings
from roadmapdocs.settings import Settings
from roadmapdocs.web.app import create_app
from roadmapdocs.web.clock import utc_now
from roadmapdocs.web.standing import standing_duties

THREADS = 4
BACKLOG = 1024
#: Before a worker that died is replaced.
AGAIN_S = 1.0


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
    open_queue(settings)
    close_queue()  # a mistake in its settings is told now, and not by each worker that dies of it
    check_settings(settings)  # likewise
    if workers == 1:
        signal.signal(signal.SIGTERM, _leave)
        _serve(settings, listening, notices=True)
        return
    #: By process id, whether it is the one that sends notices.
    children = {_fork(settings, listening, notices=number == 0): number == 0 for number in range(workers)}

    def stop(number: int, _frame: FrameType | None) -> None:
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, number)
        for child in children:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, 0)
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while True:
        ended, status = os.wait()
        if status:
            # Whatever it died of may kill the next one, too.
            time.sleep(AGAIN_S)
        notices = children.pop(ended, False)
        children[_fork(settings, listening, notices=notices)] = notices


def _fork(settings: Settings, listening: socket.socket, *, notices: bool) -> int:
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGTERM, _leave if notices else signal.SIG_DFL)
    signal.signal(signal.SIGINT, _leave if notices else signal.SIG_DFL)
    try:
        _serve(settings, listening, notices=notices)
    except SystemExit:
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Go by the ordinary way, so that the mail in hand is finished."""
    sys.exit(0)


def _serve(settings: Settings, listening: socket.socket, *, notices: bool) -> None:
    service = Service(settings, utc_now, *standing_duties(settings)) if notices else None
    if service is None:
        open_queue(settings)  # to wake the process that has the service
    # The duties begin with the database that the application has opened: one opened beneath them would leave a
    # transaction in hand on one connection and its next statement on another, which waits for the first.
    application = create_app(settings)
    try:
        if service is not None:
            service.start()
        waitress.serve(
            application,
            sockets=[listening],
            threads=THREADS,
            ident=None,
            # What they say counts by the settings, in the application; without proxies nobody has said it.
            clear_untrusted_proxy_headers=not settings.proxies,
            _quiet=True,
        )
    finally:
        if service is not None:
            service.stop()

