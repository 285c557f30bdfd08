"""An office and its three protocols, spoken by hand: what clients send, and what came back as they would read it."""

from __future__ import annotations

import contextlib
import json
import xmlrpc.client
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from roadmapdocs.audit.models import Event
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import actor_of, create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.people.tokens import Scope, make_token
from tests.conftest import NOW, TODAY
from tests.web.office import PASSWORD, Office, office_on

DATABASE = "roadmapdocs"
LOGIN = "elena"


@dataclass
class Wire:
    """A clerk with a token of her own, and a client that speaks for her."""

    office: Office
    user: User
    token: str

    @property
    def client(self) -> FlaskClient:
        return self.office.app.test_client()

    def post(self, address: str, body: bytes | str, **more: Any) -> Any:
        return self.client.post(address, data=body, **more)

    def jsonrpc(self, service: str, method: str, *args: Any) -> dict[str, Any]:
        """The whole envelope."""
        body = {"jsonrpc": "2.0", "method": "call", "params": {"service": service, "method": method, "args": args}, "id": 7}
        response = self.post("/jsonrpc", json.dumps(body), content_type="application/json")
        assert response.status_code == 200, response.text
        return response.get_json()

    def execute_kw(self, model: str, method: str, *args: Any, secret: str | None = None, **kwargs: Any) -> dict[str, Any]:
        """A call of the clerk's over JSON-RPC; the whole envelope."""
        return self.jsonrpc("object", "execute_kw", DATABASE, self.user.id, secret or self.token, model, method, list(args), kwargs)

    def result(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        envelope = self.execute_kw(model, method, *args, **kwargs)
        assert "error" not in envelope, envelope["error"]
        return envelope["result"]

    def xmlrpc(self, address: str, method: str, *args: Any) -> Any:
        """As the standard library reads it: a fault is raised."""
        response = self.post(address, xmlrpc.client.dumps(args, method, allow_none=True), content_type="text/xml")
        assert response.status_code == 200, response.text
        (value,), _method = xmlrpc.client.loads(response.data)
        return value

    def json2(self, model: str, method: str, body: object = None, token: str | None = None) -> Any:
        """The response."""
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return self.client.post(f"/json/2/{model}/{method}", json={} if body is None else body, headers=headers)

    def person(self, login: str, *roles: Role, scopes: frozenset[Scope] = frozenset({Scope.READ, Scope.WRITE})) -> tuple[User, str]:
        """Another account, and a token of its own."""
        user = create_user(login, PASSWORD, roles, by=SYSTEM, now=NOW)
        return user, token_of(user, scopes)


def token_of(user: User, scopes: frozenset[Scope]) -> str:
    by = actor_of(user, today=TODAY)
    return make_token(user, "script", scopes, expires_at=None, by=by, now=NOW)[1]


@contextlib.contextmanager
def wire_on(address: str, data: Path, **settings: Any) -> Iterator[Wire]:
    with office_on(address, data, **settings) as office:
        user = create_user(LOGIN, PASSWORD, [Role.CLERK], by=SYSTEM, now=NOW)
        yield Wire(office, user, token_of(user, frozenset({Scope.READ, Scope.WRITE})))


def asked() -> list[dict[str, Any]]:
    """What the journal tells of calls, the newest last."""
    rows = Event.select().where(Event.what == "api_called").order_by(Event.number)
    return [row.effect for row in rows]
