"""OpenID providers for tests: a real one from PyPI as a server of its own, and one that says what it should not."""

from __future__ import annotations

import base64
import contextlib
import hmac
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jws
from joserfc.jwk import RSAKey

CLIENT = "registry"
SECRET = "kept-in-a-file"


@dataclass(frozen=True)
class Mock:
    """oidc-provider-mock: any client, any person whose ``sub`` is typed."""

    issuer: str

    @classmethod
    @contextlib.contextmanager
    def running(cls) -> Iterator[Mock]:
        with contextlib.closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            provider = cls(f"http://127.0.0.1:{port}")
            try:
                provider._await(running)
                yield provider
            finally:
                running.terminate()

    def _await(self, running: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if running.poll() is not None:
                pytest.skip("oidc-provider-mock is not installed")
            with contextlib.suppress(requests.ConnectionError):
                requests.get(f"{self.issuer}/.well-known/openid-configuration", timeout=5)
                return
            time.sleep(0.1)
        raise RuntimeError("oidc-provider-mock did not start")

    def knows(self, sub: str, **claims: Any) -> None:
        requests.put(f"{self.issuer}/users/{sub}", json=claims, timeout=5).raise_for_status()

    def lets_in(self, address: str, sub: str = "") -> str:
        """What a browser does at the provider: type a name, or cancel. Gives where it is sent back to."""
        fields = {"sub": sub} if sub else {"action": "deny"}
        response = requests.post(address, data=fields, allow_redirects=False, timeout=5)
        assert response.status_code == 302, response.text
        return response.headers["Location"]


Change = Callable[[dict[str, Any]], None]


@dataclass
class Hostile:
    """A provider whose token says what a test wants. ``sign`` makes the token out of its claims."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}))
    change: Change = lambda _claims: None
    sign: Callable[[Hostile, dict[str, Any]], str] | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    keys: list[Any] | None = None
    status: int = 200
    nonce: str = ""
    asked: list[dict[str, list[str]]] = field(default_factory=list)

    @classmethod
    @contextlib.contextmanager
    def running(cls) -> Iterator[Hostile]:
        provider = cls()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(provider.get(urlsplit(self.path).path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.asked.append(parse_qs(body))
                self._answer(provider.token())

            def _answer(self, told: Any) -> None:
                content = told if isinstance(told, bytes) else json.dumps(told).encode()
                self.send_response(provider.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_arguments: Any) -> None:
                """Nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            provider.issuer = f"http://127.0.0.1:{server.server_port}"
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield provider
            finally:
                server.shutdown()
                thread.join()

    def get(self, path: str) -> Any:
        if path == "/keys":
            return {"keys": self.keys if self.keys is not None else [self.key.as_dict(private=False)]}
        if path == "/userinfo":
            return self.userinfo
        told = {name: f"{self.issuer}/{path}" for name, path in (("authorization_endpoint", "auth"), ("token_endpoint", "token"))}
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **told, **self.metadata}

    def token(self) -> Any:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "17", "exp": now + 300, "iat": now, "nonce": self.nonce}
        claims |= {"preferred_username": "veresova", "groups": []}
        self.change(claims)
        token = self.sign(self, claims) if self.sign is not None else self.signed(claims)
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": token}

    def signed(self, claims: dict[str, Any], key: Any = None, **header: Any) -> str:
        used = {"alg": "RS256", "kid": "1", **header}
        return jws.serialize_compact(used, json.dumps(claims).encode(), key or self.key)

    def unsigned(self, claims: dict[str, Any]) -> str:
        return f"{_part({'alg': 'none'})}.{_part(claims)}."

    def signed_with_the_public_key(self, claims: dict[str, Any]) -> str:
        """HS256 with what everybody knows: a library that lets the token choose how it is verified takes it."""
        body = f"{_part({'alg': 'HS256', 'kid': '1'})}.{_part(claims)}"
        made = hmac.digest(self.key.as_pem(private=False), body.encode(), "sha256")
        return f"{body}.{base64.urlsafe_b64encode(made).decode().rstrip('=')}"


def _part(told: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
