"""How mail leaves the house: a port, and two ways behind it.

An implementation either has the message in safe hands when ``send`` returns, or raises one of two errors that say
whether another try makes sense. A message sent twice keeps its Message-ID.
"""

from __future__ import annotations

import hashlib
import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol

from roadmapdocs.i18n import gettext as _

#: Seconds for each step of talking to a server.
TIMEOUT_S = 30.0


class Temporary(Exception):
    """The mail did not go and may go later. ``everything``: no other mail would go now either."""

    def __init__(self, reason: str, *, everything: bool = False) -> None:
        super().__init__(reason)
        self.everything = everything


class Permanent(Exception):
    """This mail will not go to this address, however often it is tried."""


class Mailer(Protocol):
    def send(self, message: EmailMessage) -> None:
        """Hand the message over for good.

        :raise Temporary: if it may go later
        :raise Permanent: if it will never go
        """
        ...


@dataclass(frozen=True, slots=True)
class FolderMailer:
    """Writes each mail into a folder as an .eml file, so that nothing vanishes while no server is set."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        # One name for one message: a repeated one takes its own place.
        name = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:32]
        whole = self.folder / f"{name}.eml"
        part = self.folder / f"{name}.{os.getpid()}.part"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_bytes(message.as_bytes(policy=SMTP))
            part.replace(whole)
        except OSError as problem:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            told = _("Mail cannot be written into the folder %(folder)s: %(reason)s", folder=self.folder, reason=_reason(problem))
            raise Temporary(told, everything=True) from problem


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Hands mail to a server by SMTP. ``security`` is "none", "starttls" or "tls"; certificates are checked.

    A refusal of the sender or of our login is a mistake in the settings: mail waits until it is put right.
    """

    host: str
    port: int
    security: str = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_s: float = TIMEOUT_S
    context: ssl.SSLContext | None = None

    def send(self, message: EmailMessage) -> None:
        with self._told(), self._server() as server:
            server.send_message(message)

    @contextmanager
    def _server(self) -> Iterator[smtplib.SMTP]:
        """A server that has let us in; it is left politely, which cannot undo what it took."""
        server = self._connect()
        try:
            server.ehlo_or_helo_if_needed()
            if self.security == "starttls":
                server.starttls(context=self._tls())
            if self.user:
                server.login(self.user, self.password)
            yield server
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connect(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout_s, context=self._tls())
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout_s)

    def _tls(self) -> ssl.SSLContext:
        return self.context or ssl.create_default_context()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the library as one of our two."""
        try:
            yield
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise _refusal(code, words) from refused
        except smtplib.SMTPDataError as refused:
            raise _refusal(refused.smtp_code, refused.smtp_error) from refused
        except smtplib.SMTPResponseException as refused:  # the sender, the login, the greeting
            said = _said(refused.smtp_code, refused.smtp_error)
            told = _("The mail server %(place)s takes no mail from the registry: %(reason)s", place=self._place(), reason=said)
            raise Temporary(told, everything=True) from refused
        except UnicodeEncodeError as problem:
            raise Permanent(_foreign_letters()) from problem
        except smtplib.SMTPNotSupportedError as problem:
            # Either the address asks for SMTPUTF8, which concerns this mail, or the server offers no TLS or login.
            if "UTF8" in str(problem).upper():
                raise Permanent(_foreign_letters()) from problem
            told = _("The mail server %(place)s does not offer what the settings ask of it: %(reason)s", place=self._place(), reason=problem)
            raise Temporary(told, everything=True) from problem
        except (OSError, smtplib.SMTPException) as problem:
            told = _("The mail server %(place)s cannot be reached: %(reason)s", place=self._place(), reason=_reason(problem))
            raise Temporary(told, everything=True) from problem

    def _place(self) -> str:
        return f"{self.host}:{self.port}"


def _refusal(code: int, words: bytes | str) -> Temporary | Permanent:
    said = _said(code, words)
    if code == 421:  # the server is closing: it takes nobody's mail
        return Temporary(said, everything=True)
    return Permanent(said) if code >= 500 else Temporary(said)


def _foreign_letters() -> str:
    return _("The address has other than Latin letters, and the mail server takes no such addresses. Write another one on the card.")


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(f"{code} {text}".split())


def _reason(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
