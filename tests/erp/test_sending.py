"""One delivery, against real servers that behave badly or well."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from roadmapdocs.erp.sending import Answer, Way, headers_of, send, signature
from roadmapdocs.i18n import use_language
from tests.erp.receivers import certificates, nobody, receiver, status

SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()
BODY = '{"type": "test", "data": {"title": "О зачёте"}}'
HEADERS = headers_of([SECRET], "msg_1", 1_700_000_000, BODY)
INSIDE = Way(internal=True, within_s=3.0)
#: Long enough for a connection on one machine, short enough to wait for.
SOON = Way(internal=True, within_s=0.4)


@pytest.fixture(autouse=True)
def _english() -> object:
    with use_language("en"):
        yield


def test_a_signature_is_what_the_convention_says() -> None:
    signed = b"msg_1.1700000000." + BODY.encode("utf-8")
    by_hand = base64.b64encode(hmac.digest(b"k" * 32, signed, hashlib.sha256)).decode()
    assert signature(SECRET, "msg_1", 1_700_000_000, BODY) == f"v1,{by_hand}"


def test_the_convention_s_own_example() -> None:
    """Of the specification of Standard Webhooks."""
    secret, uid, moment = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330
    assert signature(secret, uid, moment, '{"test": 2432232314}') == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_two_secrets_sign_side_by_side() -> None:
    other = "whsec_" + base64.b64encode(b"o" * 32).decode()
    both = headers_of([SECRET, other], "msg_1", 1, "{}")["webhook-signature"].split(" ")
    assert both == [signature(SECRET, "msg_1", 1, "{}"), signature(other, "msg_1", 1, "{}")]


def test_a_delivery_arrives_as_it_was_signed() -> None:
    with receiver() as there:
        assert send(f"http://127.0.0.1:{there.port}/hook?a=1", HEADERS, BODY, INSIDE) == Answer(204)
    (got,) = there.got
    assert (got.path, got.body) == ("/hook?a=1", BODY)
    assert got.headers["webhook-id"] == "msg_1"
    assert got.headers["webhook-signature"] == signature(SECRET, got.headers["webhook-id"], int(got.headers["webhook-timestamp"]), got.body)
    assert got.headers["content-type"] == "application/json; charset=utf-8"
    assert got.headers["host"] == f"127.0.0.1:{there.port}"


@pytest.mark.parametrize("code", [400, 401, 404, 410, 429, 500, 503])
def test_an_answer_that_is_no_success_is_told(code: int) -> None:
    with receiver(status(code)) as there:
        answer = send(f"http://127.0.0.1:{there.port}/", HEADERS, BODY, INSIDE)
    assert answer.status == code
    assert str(code) in answer.error


def test_no_redirect_is_followed() -> None:
    with receiver() as inside:
        for code in (301, 302, 303, 307, 308):
            with receiver(status(code, Location=f"http://127.0.0.1:{inside.port}/secret")) as there:
                answer = send(f"http://127.0.0.1:{there.port}/", HEADERS, BODY, INSIDE)
            assert (answer.status, "redirect" in answer.error) == (code, True)
        assert inside.got == []


def test_an_inner_address_is_refused_when_it_is_connected_to() -> None:
    with receiver() as there:
        answer = send(f"https://127.0.0.1:{there.port}/", HEADERS, BODY, Way())
        assert (answer.status, there.got) == (None, [])
    assert "inner network" in answer.error


def test_a_name_that_changes_its_meaning_deceives_nobody() -> None:
    """Public when the address was written down, inside when it is sent to: looked up once, and checked, each time."""
    meanings = itertools.chain([["93.184.216.34"]], itertools.repeat(["127.0.0.1"]))
    way = Way(resolver=lambda _host, _port: next(meanings))
    with receiver() as there:
        assert way.resolver is not None
        assert way.resolver("example.org", 443) == ["93.184.216.34"]
        answer = send(f"https://example.org:{there.port}/", HEADERS, BODY, way)
        assert (answer.status, there.got) == (None, [])
    assert "127.0.0.1" in answer.error


def test_the_connection_goes_to_the_address_that_was_checked(tmp_path: Path) -> None:
    """And the certificate is that of the name all the same."""
    asked: list[str] = []

    def resolver(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    server, trusted = certificates(tmp_path, "hooks.example.org")
    with receiver(tls=server) as there:
        way = Way(internal=True, resolver=resolver, certificates=trusted, within_s=3.0)
        assert send(f"https://hooks.example.org:{there.port}/", HEADERS, BODY, way) == Answer(204)
        assert asked == ["hooks.example.org"]
        answer = send(f"https://other.example.org:{there.port}/", HEADERS, BODY, way)
    assert answer.status is None
    assert "not safe" in answer.error
    assert len(there.got) == 1


def test_a_certificate_of_nobody_known_is_refused(tmp_path: Path) -> None:
    server, _trusted = certificates(tmp_path, "hooks.example.org")
    with receiver(tls=server) as there:
        way = Way(internal=True, resolver=lambda _host, _port: ["127.0.0.1"], within_s=3.0)
        answer = send(f"https://hooks.example.org:{there.port}/", HEADERS, BODY, way)
        assert ("not safe" in answer.error, there.got) == (True, [])


def test_the_commonest_faults_are_told_in_words(tmp_path: Path) -> None:
    with receiver() as there:
        clear = send(f"https://127.0.0.1:{there.port}/", HEADERS, BODY, INSIDE)
    closed = send(f"http://127.0.0.1:{there.port}/", HEADERS, BODY, INSIDE)
    server, trusted = certificates(tmp_path, "hooks.example.org")
    with receiver(tls=server) as there:
        of_another = Way(internal=True, resolver=lambda _host, _port: ["127.0.0.1"], certificates=trusted, within_s=3.0)
        of_nobody = Way(internal=True, resolver=lambda _host, _port: ["127.0.0.1"], within_s=3.0)
        another = send(f"https://other.example.org:{there.port}/", HEADERS, BODY, of_another)
        nobody_s = send(f"https://hooks.example.org:{there.port}/", HEADERS, BODY, of_nobody)
    assert "does not speak https" in clear.error
    assert "nobody listens there" in closed.error
    assert "that of another name" in another.error
    assert "nobody this server trusts" in nobody_s.error


def test_a_server_that_hangs_is_left() -> None:
    def hang(_handler: BaseHTTPRequestHandler) -> None:
        there.let_go.wait(10)

    with receiver() as there:
        there.behave = hang
        begun = time.monotonic()
        answer = send(f"http://127.0.0.1:{there.port}/", HEADERS, BODY, SOON)
        assert time.monotonic() - begun < 5
    assert (answer.status, "0.4 seconds" in answer.error) == (None, True)


def test_an_answer_letter_by_letter_is_late_as_a_whole() -> None:
    """Each letter comes in time, the answer never ends."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not there.let_go.wait(0.02):
            handler.wfile.write(b"X")

    with receiver() as there:
        there.behave = drip
        answer = send(f"http://127.0.0.1:{there.port}/", HEADERS, BODY, SOON)
    assert (answer.status, "seconds" in answer.error) == (None, True)


def test_of_a_huge_answer_only_the_first_line_is_read() -> None:
    written: list[int] = []

    def huge(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _part in range(2_000):
            written.append(handler.wfile.write(b"x" * 100_000))

    with receiver(huge) as there:
        assert send(f"http://127.0.0.1:{there.port}/", HEADERS, BODY, INSIDE) == Answer(200)
    assert sum(written) < 100_000_000


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00\xff\x00\xff", b"HTTP/1.1 abc\r\n\r\n", b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5_000, b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000],
)
def test_what_is_no_http_is_a_failure(raw: bytes) -> None:
    def say(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(raw)

    with receiver(say) as there:
        answer = send(f"http://127.0.0.1:{there.port}/", HEADERS, BODY, INSIDE)
    assert (answer.status, bool(answer.error)) == (None, True)


def test_where_nobody_listens_that_is_told() -> None:
    with nobody() as port:
        answer = send(f"http://127.0.0.1:{port}/", HEADERS, BODY, INSIDE)
    assert (answer.status, "failed" in answer.error) == (None, True)


def test_another_address_of_the_name_is_tried() -> None:
    with receiver() as there:
        way = Way(internal=True, resolver=lambda _host, _port: ["127.0.0.2", "127.0.0.1"], within_s=3.0)
        assert send(f"http://hooks.example.org:{there.port}/", HEADERS, BODY, way) == Answer(204)
