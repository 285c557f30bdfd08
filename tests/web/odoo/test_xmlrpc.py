"""XML-RPC as the standard library speaks it, at the documented addresses and at the old ones."""

from __future__ import annotations

import xmlrpc.client
from typing import Any

import pytest

from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.web.odoo import xml_writing
from roadmapdocs.web.odoo.xml_reading import read_call
from tests.web.odoo.wire import DATABASE, LOGIN, Wire, asked
from tests.web.office import PASSWORD, document

ROOTS = ("/xmlrpc/2", "/xmlrpc")


@pytest.mark.parametrize("root", ROOTS)
def test_a_script_signs_in_and_reads(wire: Wire, root: str) -> None:
    document("Об утверждении & <плана>")
    assert wire.xmlrpc(f"{root}/common", "version")["server_serie"] == "18.0"
    for method in ("login", "authenticate"):
        for secret in (wire.token, PASSWORD):
            assert wire.xmlrpc(f"{root}/common", method, DATABASE, LOGIN, secret, *([{}] if method == "authenticate" else [])) == wire.user.id
    call = (DATABASE, wire.user.id, wire.token, "roadmap.document")
    ids = wire.xmlrpc(f"{root}/object", "execute_kw", *call, "search", [[["name", "ilike", "УТВЕРЖД"]]], {"limit": 5})
    (row,) = wire.xmlrpc(f"{root}/object", "execute", *call, "read", ids, ["name", "reg_date"])
    assert row == {"id": ids[0], "name": "Об утверждении & <плана>", "reg_date": False}
    assert wire.xmlrpc(f"{root}/object", "execute_kw", *call, "search_count", [[]]) == 1
    assert wire.xmlrpc(f"{root}/object", "execute_kw", *call, "search_count") == 1
    assert [row["protocol"] for row in asked()] == ["xmlrpc"] * 8


@pytest.mark.parametrize(
    ("method", "args", "code", "words"),
    [
        ("read", [[99], ["name"]], 2, "99"),
        ("read", [[1], ["nothing"]], 2, "nothing"),
        ("_read", [[1]], 4, "private"),
        ("copy", [[1]], 4, "roadmap.document"),
        ("frobnicate", [], 1, "frobnicate"),
        ("search", [[["name", "@@", 1]]], 2, "@@"),
    ],
)
def test_a_refusal_is_a_fault_with_our_sentence(wire: Wire, method: str, args: list[Any], code: int, words: str) -> None:
    document("Об утверждении")
    with pytest.raises(xmlrpc.client.Fault, match=words) as fault:
        wire.xmlrpc("/xmlrpc/2/object", "execute_kw", DATABASE, wire.user.id, wire.token, "roadmap.document", method, args)
    assert fault.value.faultCode == code
    assert asked()[-1]["result"] != "done"


@pytest.mark.parametrize(
    ("address", "method", "args", "code"),
    [
        ("common", "login", ("elsewhere", LOGIN, "x"), 1),
        ("common", "about", (), 1),
        ("common", "login", (DATABASE,), 2),
        ("object", "execute_kw", (DATABASE, 1, "wrong", "res.users", "read", [[1]]), 3),
        ("object", "execute_kw", (DATABASE, 1), 2),
        ("object", "execute_kw", (DATABASE, 1, "x", "res.users", "read", [], {}, 8), 2),
        ("object", "exec_workflow", (DATABASE, 1, "x", "res.users", "read"), 1),
        ("db", "list", (), 3),
        ("db", "drop", ("x", DATABASE), 3),
        ("report", "render", (), 1),
    ],
)
def test_what_is_not_served_is_a_fault(wire: Wire, address: str, method: str, args: tuple[Any, ...], code: int) -> None:
    with pytest.raises(xmlrpc.client.Fault) as fault:
        wire.xmlrpc(f"/xmlrpc/2/{address}", method, *args)
    assert fault.value.faultCode == code


def test_a_wrong_secret_is_false_as_clients_expect(wire: Wire) -> None:
    for login, secret in ((LOGIN, "wrong"), ("nobody", wire.token), (LOGIN, "rd_x"), (LOGIN, ""), ("", ""), (7, 8), (LOGIN, None)):
        assert wire.xmlrpc("/xmlrpc/2/common", "authenticate", DATABASE, login, secret, {}) is False
    assert asked() == [], "nobody has called"


VALUES = [
    None, True, False, 0, -1, 2**31 - 1, 2**31, -(2**31) - 1, 2**62, 1.5, -0.25, "", "ё & <b> ]]>", "a\r\nb\tc", [], {}, [1, [2, {"x": []}]],
    {"имя": [True, {"b": "c"}]}, (1, 2),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
def test_what_is_written_is_what_the_standard_library_reads(value: Any) -> None:
    (read,), _name = xmlrpc.client.loads(xml_writing.response(value))
    assert read == (list(value) if isinstance(value, tuple) else False if value is None else value)
    assert type(read) is type(value) or value is None or isinstance(value, tuple)


def test_what_xml_cannot_hold_is_written_all_the_same() -> None:
    (read,), _name = xmlrpc.client.loads(xml_writing.response(["a\x0bb\x00\ud800", 10**40]))
    assert read == ["a\ufffdb\ufffd\ufffd", float(10**40)]


def test_what_the_standard_library_writes_is_read() -> None:
    sent = (None, True, 7, "ё<&", b"\x00\xff", [1, {"a": [None, 2.5]}], xmlrpc.client.DateTime("20261129T08:30:00"))
    name, values = read_call(xmlrpc.client.dumps(sent, "m", allow_none=True, encoding="utf-8").encode())
    assert name == "m"
    assert values == [None, True, 7, "ё<&", b"\x00\xff", [1, {"a": [None, 2.5]}], "2026-11-29 08:30:00"]
    assert read_call(b"<methodCall><methodName>version</methodName></methodCall>") == ("version", [])


def call_with(value: str) -> bytes:
    return f"<methodCall><methodName>m</methodName><params><param><value>{value}</value></param></params></methodCall>".encode()


BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b"<methodCall><methodName>&c;</methodName></methodCall>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><methodCall><methodName>&a;</methodName></methodCall>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<",
        b"{}",
        b"\xff\xfe\x00",
        BOMB,
        OUTSIDE,
        b'<!DOCTYPE x><methodCall><methodName>m</methodName></methodCall>',
        b"<methodResponse><params><param><value><int>1</int></value></param></params></methodResponse>",
        b"<methodResponse><fault><value><struct></struct></value></fault></methodResponse>",
        b"<methodCall><params/></methodCall>",
        b"<methodCall><methodName></methodName></methodCall>",
        call_with("<int>x</int>"),
        call_with("<int>" + "1" * 6000 + "</int>"),
        call_with("<boolean>2</boolean>"),
        call_with("<base64>не base64</base64>"),
        call_with("<dateTime.iso8601>вчера</dateTime.iso8601>"),
        call_with("<dateTime.iso8601>20261399T00:00:00</dateTime.iso8601>"),
        call_with("<double>много</double>"),
        call_with("<bigdecimal>x</bigdecimal>"),
        call_with("<bigdecimal>sNaN</bigdecimal>"),
        call_with("<struct><member><name>a</name></member></struct>"),
        call_with("<struct><member><value><int>1</int></value></member></struct>"),
        call_with("<struct>" + "<member><name>a</name><value><int>1</int></value></member>" * 2 + "</struct>"),
        call_with("<array><data><value>" * 100 + "</value></data></array>" * 100),
        call_with("<struct><member><name>a</name><value>" * 100_000),
    ],
)
def test_what_is_no_call_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as problem:
        read_call(data)
    assert problem.value.code == "xml"


def test_numbers_that_are_none_do_not_get_through(wire: Wire) -> None:
    for value in ("<double>nan</double>", "<double>inf</double>", "<double>1e999</double>"):
        domain = f"<array><data><value><array><data><value>id</value><value>=</value><value>{value}</value></data></array></value></data></array>"
        args = "".join(
            f"<param><value>{one}</value></param>"
            for one in (DATABASE, f"<int>{wire.user.id}</int>", wire.token, "res.users", "search", f"<array><data><value>{domain}</value></data></array>")
        )
        body = f"<methodCall><methodName>execute_kw</methodName><params>{args}</params></methodCall>"
        response = wire.post("/xmlrpc/2/object", body.encode(), content_type="text/xml")
        with pytest.raises(xmlrpc.client.Fault) as fault:
            xmlrpc.client.loads(response.data)
        assert fault.value.faultCode == 2


def test_a_large_number_passes_both_ways(wire: Wire) -> None:
    args = (DATABASE, wire.user.id, wire.token, "res.users", "search", [[["id", "=", 2**40]]])
    body = xml_writing.response(list(args)).replace("methodResponse>", "methodCall>")
    values = body[body.index("<data>") + 6 : body.rindex("</data>")]
    params = "".join(f"<param>{one}</param>" for one in _split(values))
    sent = f"<?xml version='1.0'?><methodCall><methodName>execute_kw</methodName><params>{params}</params></methodCall>"
    (found,), _name = xmlrpc.client.loads(wire.post("/xmlrpc/2/object", sent.encode()).data)
    assert found == []


def _split(values: str) -> list[str]:
    """The values side by side, each with what is inside of it."""
    parts, depth, start = [], 0, 0
    for place in range(len(values)):
        if values.startswith("<value>", place):
            depth += 1
        elif values.startswith("</value>", place):
            depth -= 1
            if depth == 0:
                parts.append(values[start : place + 8])
                start = place + 8
    return parts
