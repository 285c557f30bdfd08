"""One delivery over HTTP: signed as the Standard Webhooks convention has it, to the address that was checked.

Of an answer, nothing but the first line matters, so nothing else is read: neither a huge body nor a slow one costs
anything, and no answer of a machine inside comes to anybody's eyes.
"""

from __future__ import annotations

import base64
import contextlib
import errno
import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.erp.addresses import Resolver, Target, checked_addresses, target_of
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

#: Seconds for connecting, sending and the first line of the answer, all together.
WITHIN_S: Final = 10.0
SECRET_PREFIX: Final = "whsec_"  # noqa: S105  # says that one follows, and is none
_SUCCESS: Final = range(200, 300)
_ELSEWHERE: Final = range(300, 400)
GONE: Final = 410
_LONGEST_REASON: Final = 200
#: What OpenSSL says where the other side answers in clear.
_NO_TLS: Final = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST")
_NO_WAY: Final = (errno.EHOSTUNREACH, errno.ENETUNREACH)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one attempt. ``status`` is None where there was no answer; ``error`` is empty on success."""

    status: int | None
    error: str = ""

    @property
    def taken(self) -> bool:
        return not self.error


@dataclass(frozen=True, slots=True)
class Way:
    """How addresses are reached. Tests give a resolver, certificates and a shorter time of their own."""

    internal: bool = False
    resolver: Resolver | None = None
    certificates: Callable[[], ssl.SSLContext] = ssl.create_default_context
    within_s: float = WITHIN_S


def signature(secret: str, uid: str, moment: int, body: str) -> str:
    """``v1,…``: HMAC-SHA-256 over ``uid.moment.body`` by the secret's bytes, in base64.

    :param secret: as :func:`roadmapdocs.erp.webhook_secrets.new_secret` makes it
    :param moment: seconds since 1970, as ``webhook-timestamp`` has them
    """
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    made = hmac.new(key, f"{uid}.{moment}.{body}".encode(), hashlib.sha256).digest()
    return "v1," + base64.b64encode(made).decode()


def headers_of(secrets: Sequence[str], uid: str, moment: int, body: str) -> dict[str, str]:
    """While a secret is being replaced, the one before signs as well: the receiver takes either."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "roadmapdocs-webhooks",
        "webhook-id": uid,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(signature(one, uid, moment, body) for one in secrets),
    }


def send(url: str, headers: Mapping[str, str], body: str, way: Way) -> Answer:
    """Deliver once; what goes wrong is told in the answer, never raised."""
    try:
        target = target_of(url, internal=way.internal)
        addresses = checked_addresses(target, internal=way.internal, resolver=way.resolver)
        status = _post(target, addresses, headers, body.encode(), way)
    except Refusal as refusal:
        return Answer(None, refusal.message)
    except (TimeoutError, _Late):
        return Answer(None, _("No answer within %(seconds)s seconds.", seconds=f"{way.within_s:g}"))
    except ssl.SSLError as problem:
        return Answer(None, _("The certificate or the connection is not safe: %(reason)s", reason=_unsafe(problem)))
    except (OSError, http.client.HTTPException, ValueError) as problem:
        return Answer(None, _("The connection failed: %(reason)s", reason=_broken(problem)))
    return Answer(status, _fault(status))


def _fault(status: int) -> str:
    if status in _SUCCESS:
        return ""
    if status in _ELSEWHERE:
        return _("It answers %(status)s, a redirect, which is not followed. Enter the final address.", status=status)
    if status == GONE:
        return _("It answers 410: nobody takes deliveries there any more.")
    return _("It answers %(status)s.", status=status)


def _post(target: Target, addresses: Sequence[str], headers: Mapping[str, str], body: bytes, way: Way) -> int:
    """The status of the answer of the first address that takes the connection."""
    problem: OSError | None = None
    for address in addresses[:2]:
        try:
            opened = socket.create_connection((address, target.port), timeout=way.within_s / 2)
        except OSError as failed:
            problem = failed
            continue
        with opened, _ended_after(opened, way.within_s) as late:
            try:
                status = _exchange(opened, target, headers, body, way)
            except (OSError, http.client.HTTPException, ValueError):
                if late.is_set():
                    raise _Late from None
                raise
            if late.is_set():
                # The end of a connection ends a line, too, as if the answer had come.
                raise _Late
            return status
    raise problem or OSError(_("no address"))


def _exchange(opened: socket.socket, target: Target, headers: Mapping[str, str], body: bytes, way: Way) -> int:
    opened.settimeout(way.within_s)
    connection = http.client.HTTPConnection(target.host, target.port)
    used = opened
    if target.scheme == "https":
        # The certificate is checked against the name, though the connection goes to the number.
        used = way.certificates().wrap_socket(opened, server_hostname=target.host)
    try:
        connection.sock = used
        connection.request("POST", target.path, body=body, headers={**headers, "Host": target.host_header, "Connection": "close"})
        answer = connection.getresponse()
        answer.close()
        return answer.status
    finally:
        connection.close()


class _Late(Exception):
    """The time for one delivery was over."""


@contextlib.contextmanager
def _ended_after(opened: socket.socket, seconds: float) -> Iterator[threading.Event]:
    """Shut the connection when its time is over: an answer that comes letter by letter is never late by itself."""
    late = threading.Event()
    # A handle of its own: wrapping for TLS takes the first one away.
    handle = opened.dup()

    def end() -> None:
        late.set()
        with contextlib.suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        handle.close()


def _unsafe(problem: ssl.SSLError) -> str:
    if problem.reason in _NO_TLS:
        return _("it does not speak https")
    if isinstance(problem, ssl.SSLCertVerificationError):
        match problem.verify_code:
            case 10:
                return _("the certificate has expired")
            case 18 | 19 | 20 | 21:
                return _("nobody this server trusts has signed the certificate")
            case 62 | 64:
                return _("the certificate is that of another name")
    return _short(problem)


def _broken(problem: Exception) -> str:
    if isinstance(problem, ConnectionRefusedError):
        return _("nobody listens there, or a firewall refuses")
    if isinstance(problem, ConnectionResetError | BrokenPipeError):
        return _("the other side broke it off")
    if isinstance(problem, OSError) and problem.errno in _NO_WAY:
        return _("no way leads there from this server")
    return _short(problem)


def _short(problem: Exception) -> str:
    reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return "".join(letter if letter.isprintable() else " " for letter in reason)[:_LONGEST_REASON] or type(problem).__name__
