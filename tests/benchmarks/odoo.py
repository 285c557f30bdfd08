"""Odoo's protocols over many documents: 80 records, one record, a hundred new ones; beside a bare route with the same rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import peewee as pw
from flask import Flask, Response
from flask.testing import FlaskClient

from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.people.models import Employee, User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.tokens import Scope, make_token
from tests.benchmarks.measure import Figure, cpu_ms
from tests.benchmarks.office import fill_documents, office
from tests.conftest import NOW, TODAY

AIM_80, AIM_100_MADE = 25.0, 1_000.0
FIELDS = ["name", "reg_number", "doc_date", "kind_id", "signer_id", "state"]
RECORDS = 80
_SIGNER = Employee.alias()


def figures(folder: Path, runs: int, size: int) -> Iterator[Figure]:
    with office(folder) as opened:
        fill_documents(size)
        # A host asks with a client that keeps no cookies.
        ask = _Caller(opened.app.test_client(use_cookies=False))
        bare = _bare()
        listed = ("search_read", [[]], {"fields": FIELDS, "limit": RECORDS})
        searched = ("search_read", [[["name", "ilike", "СМОТР"], ["doc_date", "!=", False]]], {"fields": FIELDS, "limit": RECORDS})
        yardstick = cpu_ms(lambda: bare.get("/documents"), runs, 3)
        for name, (method, args, named) in (("the latest", listed), ("with a word", searched)):
            taken = cpu_ms(_work(ask, method, args, named), runs, 3)
            yield Figure(
                f"search_read of {RECORDS} of {size:,}, {name}", taken, "ms", runs, aim=AIM_80, yardstick=yardstick,
                yardstick_name=f"bare Flask and peewee: {RECORDS} rows",
            )  # fmt: skip
        number = ask("search", [[]], {"limit": 1})[0]
        yield Figure("read of one record", cpu_ms(_work(ask, "read", [[number], FIELDS], {}), runs, 3), "ms", runs)
        kind = Kind.get(Kind.code == "order_main").id
        new = [{"name": f"Об итогах смотра {place}", "kind_id": kind} for place in range(100)]
        made = cpu_ms(_work(ask, "create", [new], {}), max(3, runs // 5))
        yield Figure("100 creations in one call", made, "ms", max(3, runs // 5), aim=AIM_100_MADE)


class _Caller:
    """Somebody's program, by JSON-RPC and a token."""

    def __init__(self, client: FlaskClient) -> None:
        user = User.get()
        by = actor_of(user, today=TODAY)
        self._secret = make_token(user, "script", {Scope.READ, Scope.WRITE}, expires_at=None, by=by, now=NOW)[1]
        self._client, self._uid = client, user.id

    def __call__(self, method: str, args: list[Any], named: dict[str, Any]) -> Any:
        params = {
            "service": "object",
            "method": "execute_kw",
            "args": ["roadmapdocs", self._uid, self._secret, "roadmap.document", method, args, named],
        }
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params, "id": 1})
        answer = self._client.post("/jsonrpc", data=body, content_type="application/json").get_json()
        assert "error" not in answer, answer
        return answer["result"]


def _work(ask: _Caller, method: str, args: list[Any], named: dict[str, Any]) -> Callable[[], Any]:
    return lambda: ask(method, args, named)


def _bare() -> FlaskClient:
    """The same rows by a route that asks for nothing else: no token, no rights, no journal."""
    app = Flask("bare")

    @app.get("/documents")
    def documents() -> Response:
        rows = (
            Document.select(Document, Kind.name.alias("kind_name"), _SIGNER.surname.alias("signer_name"))
            .join(Kind)
            .switch(Document)
            .join(_SIGNER, pw.JOIN.LEFT_OUTER, on=Document.signer_employee == _SIGNER.id)
            .order_by(Document.listed_on.desc(), Document.id.desc())
            .limit(RECORDS)
        )
        found = [
            {"id": row.id, "name": row.title, "number": row.number, "date": row.date and row.date.isoformat(), "kind": row.kind_id,
             "kind_name": row.kind_name, "signer": row.signer_employee_id, "signer_name": row.signer_name, "state": row.preparation}
            for row in rows.objects()
        ]  # fmt: skip
        return Response(json.dumps(found, ensure_ascii=False), mimetype="application/json")

    return app.test_client(use_cookies=False)
