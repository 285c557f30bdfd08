"""A mail server that really speaks SMTP, and mailers that say what a test wants them to say."""

from __future__ import annotations

import contextlib
import email
import email.policy
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from roadmapdocs.notices.ports import Permanent, Temporary

LONGEST_WAIT_S = 30.0


@dataclass
class Handler:
    """Takes mail. ``answers`` are what it says to an address instead of taking its mail.

    Before it takes mail number ``hold_at`` it tells ``reached`` and waits for ``go_on``.
    """

    taken: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    data_answer: str = ""
    hold_at: int = -1
    reached: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(  # noqa: N802  # the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # likewise
        if self.data_answer:
            return self.data_answer
        if len(self.taken) == self.hold_at:
            self.hold_at = -1
            self.reached.set()
            await server.loop.run_in_executor(None, self.go_on.wait, LONGEST_WAIT_S)
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 taken"


class _AnyPort(Controller):
    """The port that the system gave is known once the server listens."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@dataclass
class MailServer:
    handler: Handler
    controller: Controller

    @classmethod
    @contextlib.contextmanager
    def running(cls, port: int = 0, **options: Any) -> Iterator[MailServer]:
        handler = Handler()
        options.setdefault("enable_SMTPUTF8", False)
        controller = _AnyPort(handler, hostname="127.0.0.1", port=port, **options)
        controller.start()
        try:
            yield cls(handler, controller)
        finally:
            controller.stop(no_assert=True)

    @property
    def port(self) -> int:
        return int(self.controller.port)

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.handler.taken]


def knows_password(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    """A server's check of a login: «registry» with «secret»."""
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (b"registry", b"secret")
    return AuthResult(success=right, handled=False)


#: Options of a server that takes mail of those only who log in.
LOGIN_NEEDED: dict[str, Any] = {
    "authenticator": knows_password,
    "auth_require_tls": False,
    "auth_required": True,
}


@dataclass
class ScriptedMailer:
    """Keeps what it is given; while ``trouble`` is set, raises it instead."""

    trouble: Temporary | Permanent | Exception | None = None
    refused: dict[str, Temporary | Permanent] = field(default_factory=dict)
    sent: list[EmailMessage] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        if self.trouble is not None:
            raise self.trouble
        if message["To"] in self.refused:
            raise self.refused[message["To"]]
        self.sent.append(message)

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.sent]
