"""The clients that Odoo people use, unmodified, behind one small face, so that one suite asks them all."""

from __future__ import annotations

import contextlib
import gc
import json
import re
import warnings
import xmlrpc.client
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import certifi
import odoolib
import odoorpc
import pytest
from odoolib.tools import AuthenticationError, JsonRPCException

DATABASE = "roadmapdocs"
Login = tuple[int, str, str, str]
"""Port, database, login, secret."""


class OdooRpc:
    """OdooRPC over JSON-RPC."""

    refused = (odoorpc.error.RPCError,)

    def __init__(self, port: int, database: str, login: str, secret: str) -> None:
        self.odoo = odoorpc.ODOO("127.0.0.1", port=port, protocol="jsonrpc", timeout=60)
        self.odoo.login(database, login, secret)

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        return self.odoo.execute_kw(model, method, list(args), kwargs)


class OdooLib:
    """odoo-client-lib by one of its protocols."""

    def __init__(self, protocol: str, port: int, database: str, login: str, secret: str) -> None:
        self.connection = odoolib.get_connection(
            hostname="127.0.0.1", protocol=protocol, port=port, database=database, login=login, password=secret
        )
        if self.connection.check_login() is False:
            raise AuthenticationError("the client says no")

    @property
    def refused(self) -> tuple[type[Exception], ...]:
        # Each protocol of this library has errors of its own.
        return (xmlrpc.client.Fault, JsonRPCException, ValueError)

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        found = getattr(self.connection.get_model(model), method)(*args, **kwargs)
        # A single record comes without its list.
        return [found] if method == "read" and isinstance(found, dict) else found


class Standard:
    """``xmlrpc.client`` of Python, as scripts use it: ``root`` is /xmlrpc/2 or the old /xmlrpc."""

    refused = (xmlrpc.client.Fault,)

    def __init__(self, root: str, port: int, database: str, login: str, secret: str) -> None:
        self._address = f"http://127.0.0.1:{port}{root}"
        with self._service("common") as common:
            uid = common.authenticate(database, login, secret, {}) if root.endswith("2") else common.login(database, login, secret)
        if not uid:
            raise AuthenticationError("no number of an account came back")
        self._login = (database, uid, secret)

    @contextlib.contextmanager
    def _service(self, name: str) -> Iterator[Any]:
        with xmlrpc.client.ServerProxy(f"{self._address}/{name}") as proxy:
            yield proxy

    def version(self) -> dict[str, Any]:
        with self._service("common") as common:
            return common.version()  # type: ignore[no-any-return]  # the library knows no types

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        with self._service("object") as service:
            return service.execute_kw(*self._login, model, method, list(args), kwargs)


Client = OdooRpc | OdooLib | Standard
CLIENTS: dict[str, Callable[..., Client]] = {
    "odoorpc": OdooRpc,
    "odoolib-xmlrpc": lambda *login: OdooLib("xmlrpc", *login),
    "odoolib-jsonrpc": lambda *login: OdooLib("jsonrpc", *login),
    "odoolib-json2": lambda *login: OdooLib("json2", *login),
    "xmlrpc-2": lambda *login: Standard("/xmlrpc/2", *login),
    "xmlrpc-old": lambda *login: Standard("/xmlrpc", *login),
}
#: What clients raise where they cannot sign in.
SHUT: tuple[type[Exception], ...] = (AuthenticationError, odoorpc.error.RPCError, xmlrpc.client.Fault, JsonRPCException, ValueError)


@contextlib.contextmanager
def frugal(folder: Path) -> Iterator[None]:
    """odoo-client-lib reads the certificates of all authorities anew for each call, though plain HTTP needs none: one does.

    At the end, what clients left to the collector of garbage is collected: not while others are tested.
    """
    known = Path(certifi.where()).read_text(encoding="utf-8")
    first = re.search(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", known, re.DOTALL)
    assert first is not None
    (folder / "one.pem").write_text(first[0], encoding="ascii")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(folder / "one.pem"))
        yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def refusal(client: Client, model: str, method: str, *args: Any, **kwargs: Any) -> str:
    """The sentence of the refusal that the client raises as its own exception."""
    with pytest.raises(client.refused) as raised:
        client.call(model, method, *args, **kwargs)
    return sentence(raised.value)


def sentence(problem: Exception) -> str:
    """Our words in an exception of a client."""
    if isinstance(problem, xmlrpc.client.Fault):
        return str(problem.faultString)
    if isinstance(problem, odoorpc.error.RPCError):
        return str(problem)
    if isinstance(problem, JsonRPCException):
        return str(problem.error["data"]["message"])
    told = str(problem)
    return str(json.JSONDecoder().raw_decode(told[told.index("{") :])[0]["message"])
