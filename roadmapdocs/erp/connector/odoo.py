"""A live Odoo as a port, and the port over Odoo's own client library: JSON-2 where it is spoken, JSON-RPC before.

JSON-2 is there since Odoo 19; it takes an API key. The older door takes a key or a password.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, Protocol

from roadmapdocs.errors import ConfigurationError
from roadmapdocs.settings import Settings

#: The first version that speaks JSON-2.
JSON_2_SINCE: Final = 19
PAGE: Final = 200
_PROBE_SECONDS: Final = 20
#: For one answer: as long as the library itself waits for one of JSON-2. A large file takes its time.
_ANSWER_SECONDS: Final = 60
#: Said by whatever stands before an Odoo, or by an Odoo that has too much to do.
_LATER: Final = frozenset(
    {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
)
_STATUS: Final = re.compile(r"Unexpected status code (\d+)")
#: Ids of Odoo are whole numbers of 32 bits.
_LARGEST_ID: Final = 2**31 - 1
LONGEST_SENTENCE: Final = 500
Row = dict[str, Any]
Domain = Sequence[Any]


class Unreachable(Exception):
    """It does not answer, or answers what is not Odoo's: later it may."""


class Refused(Exception):
    """It understood and said no: asking again will not help."""


def record_id(external: str) -> int | None:
    """The id of a record as a link names it; None for what can be no id there."""
    if not (external.isascii() and external.isdecimal() and len(external) <= len(str(_LARGEST_ID))):
        return None
    number = int(external)
    return number if 0 < number <= _LARGEST_ID else None


class Odoo(Protocol):
    """What the connector asks of the other side. Ids are theirs.

    Each raises :class:`Unreachable` or :class:`Refused`.
    """

    def version(self) -> str: ...

    def fields(self, model: str) -> frozenset[str]:
        """Names of the fields of a model that this account sees; none, if there is no such model for it."""
        ...

    def search_read(
        self, model: str, domain: Domain, fields: Sequence[str], *, offset: int = 0, limit: int = PAGE, order: str = "id"
    ) -> list[Row]:
        """Archived records are among them."""
        ...

    def create(self, model: str, values: Mapping[str, Any]) -> int: ...

    def unlink(self, model: str, record_id: int) -> None: ...


class LiveOdoo:
    """The port over Odoo's client library, for the Odoo of the settings."""

    def __init__(self, settings: Settings) -> None:
        """
        :raise ConfigurationError: if the client library is not installed, or the settings name no Odoo
        """
        if not settings.odoo_address:
            raise ConfigurationError("odoo_address: is empty, so there is no Odoo to keep step with; write https://odoo.example.org")
        try:
            import httpx  # noqa: PLC0415  # an extra, and slow to load
            import odoolib  # noqa: PLC0415  # likewise
        except ImportError as problem:
            raise ConfigurationError(f"odoo_address: {problem}; install “roadmapdocs[odoo]”") from problem
        # It would write every call with the key in it into a log that takes everything.
        logging.getLogger(odoolib.__name__).setLevel(logging.INFO)
        self._httpx, self._library = httpx, odoolib
        self._address = settings.odoo_address.rstrip("/")
        self._settings, self._secret = settings, settings.secret("odoo_key")
        self._version = ""
        self._connected: Any = None
        self._fields: dict[str, frozenset[str]] = {}

    def version(self) -> str:
        if not self._version:
            self._version = self._probe()
        return self._version

    def fields(self, model: str) -> frozenset[str]:
        if model not in self._fields:
            try:
                self._fields[model] = frozenset(self._call(model, "fields_get"))
            except Refused:
                self._fields[model] = frozenset()
        return self._fields[model]

    def search_read(
        self, model: str, domain: Domain, fields: Sequence[str], *, offset: int = 0, limit: int = PAGE, order: str = "id"
    ) -> list[Row]:
        asked = {"domain": list(domain), "fields": list(fields), "offset": offset, "limit": limit, "order": order}
        rows: list[Row] = self._call(model, "search_read", **asked, context={"active_test": False})
        return rows

    def create(self, model: str, values: Mapping[str, Any]) -> int:
        rows = [dict(values)]
        made = self._call(model, "create", vals_list=rows) if self._speaks_json_2() else self._call(model, "create", rows)
        return int(made[0])

    def unlink(self, model: str, record_id: int) -> None:
        if self._speaks_json_2():
            self._call(model, "unlink", ids=[record_id])
        else:
            self._call(model, "unlink", [record_id])

    def _probe(self) -> str:
        address = f"{self._address}/web/webclient/version_info"
        body = {"jsonrpc": "2.0", "method": "call", "params": {}}
        try:
            answer = self._httpx.post(address, json=body, timeout=_PROBE_SECONDS)
        except self._httpx.HTTPError as problem:
            raise self._unreachable(problem) from problem
        try:
            return str(answer.json()["result"]["server_version"])
        except (ValueError, KeyError, TypeError) as problem:
            raise Unreachable(f"{address}: answers, but not as Odoo does (HTTP {answer.status_code})") from problem

    def _speaks_json_2(self) -> bool:
        return int((re.findall(r"\d+", self.version()) or ["0"])[0]) >= JSON_2_SINCE

    def _connection(self) -> Any:
        if self._connected is None:
            new = self._speaks_json_2()
            connection = self._library.get_connection(
                "", "json2" if new else "jsonrpc", 1, self._settings.odoo_database, self._settings.odoo_login, self._secret
            )
            # The library takes host and port alone; an Odoo may have TLS, or a path before it.
            if new:
                connection.connector.url = f"{self._address}/json/2/"
            else:
                connection.connector.send = self._send
            self._connected = connection
        return self._connected

    def _send(self, service: str, method: str, *arguments: Any) -> Any:
        """One call of JSON-RPC. The library's own way waits five seconds, and takes a page of a proxy for an answer."""
        address = f"{self._address}/jsonrpc"
        params = {"service": service, "method": method, "args": arguments}
        body = {"jsonrpc": "2.0", "method": "call", "params": params, "id": 1}
        answer = self._httpx.post(address, json=body, timeout=_ANSWER_SECONDS)
        try:
            told = answer.json()
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise Unreachable(f"{address}: answers, but not as Odoo does (HTTP {answer.status_code})")
        if told.get("error"):
            raise self._library.tools.JsonRPCException(told["error"])
        return told.get("result", False)

    def _call(self, model: str, method: str, *arguments: Any, **named: Any) -> Any:
        try:
            return getattr(self._connection().get_model(model), method)(*arguments, **named)
        except self._httpx.HTTPError as problem:
            raise self._unreachable(problem) from problem
        except (Unreachable, Refused):
            raise
        except json.JSONDecodeError as problem:
            raise self._unreachable(problem) from problem
        except Exception as problem:  # the library raises ValueError, KeyError and errors of its own, by protocol
            status = _STATUS.match(str(problem))
            if status and int(status[1]) in _LATER:
                raise Unreachable(f"{self._address}: HTTP {status[1]}") from problem
            raise Refused(f"{model}.{method}: {_told(problem)}") from problem

    def _unreachable(self, problem: Exception) -> Unreachable:
        return Unreachable(f"{self._address}: {type(problem).__name__}: {problem}")


def _told(problem: Exception) -> str:
    """The other side's own sentence, where there is one."""
    error = getattr(problem, "error", None)
    data = error.get("data") if isinstance(error, dict) else _json_within(str(problem))
    told = data.get("message") if isinstance(data, dict) else ""
    return " ".join(str(told or problem or type(problem).__name__).split())[:LONGEST_SENTENCE]


def _json_within(text: str) -> object:
    """The library quotes the body of an answer of JSON-2 after words of its own."""
    try:
        return json.JSONDecoder().raw_decode(text[text.index("{") :])[0]
    except ValueError:
        return None
