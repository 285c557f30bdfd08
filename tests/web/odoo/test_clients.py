"""Real clients of Odoo, unmodified, against the running server: all read the same, and all act by the rules of pages."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import odoorpc
import pytest

from tests import factories as make
from tests.erp.odoo.models.desk import CLERK, DOCUMENT, DRAFTER, HEAD, LAWYER
from tests.web.odoo.clients import (
    CLIENTS,
    DATABASE,
    SHUT,
    Client,
    OdooLib,
    OdooRpc,
    Standard,
    frugal,
    refusal,
)
from tests.web.odoo.served import Served, serving

# What a client leaves open is the client's: these never close their connections.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


Ask = pytest.FixtureRequest


@pytest.fixture(scope="module")
def offices(request: Ask, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Served]]:
    """A served office on each database, opened when the first test asks for it."""
    running: dict[str, Served] = {}
    with contextlib.ExitStack() as stack:
        stack.enter_context(frugal(tmp_path_factory.mktemp("certificates")))

        def served_on(kind: str) -> Served:
            if kind not in running:
                folder = tmp_path_factory.mktemp("odoo-clients")
                if kind == "sqlite":
                    shutil.copy(migrated_file, folder / "registry.sqlite3")
                    address = f"sqlite:///{folder / 'registry.sqlite3'}"
                else:
                    server = request.getfixturevalue("postgres")
                    address = server.fresh_database()
                    stack.callback(server.drop, address)
                running[kind] = stack.enter_context(serving(address, folder))
            return running[kind]

        yield served_on


@dataclass
class Desk:
    """One client of one office; each person signs in once."""

    served: Served
    make: Callable[..., Client]
    known: dict[str, Client] = field(default_factory=dict)

    def __call__(self, surname: str, *, secret: str = "", database: str = DATABASE) -> Client:
        if secret or database != DATABASE:
            return self.make(self.served.port, database, self.served.logins[surname], secret or self.served.tokens[surname])
        if surname not in self.known:
            self.known[surname] = self.make(self.served.port, database, self.served.logins[surname], self.served.tokens[surname])
        return self.known[surname]


#: Every client on SQLite, one of each protocol on PostgreSQL.
_ON_POSTGRESQL = ("odoorpc", "odoolib-json2", "xmlrpc-2")
DESKS = [
    *(pytest.param(("sqlite", name), id=f"sqlite-{name}") for name in CLIENTS),
    *(pytest.param(("postgresql", name), id=f"postgresql-{name}", marks=pytest.mark.postgresql) for name in _ON_POSTGRESQL),
]


@pytest.fixture(scope="module", params=DESKS)
def opened(request: Ask, offices: Callable[[str], Served]) -> Desk:
    """Signs people in by their tokens."""
    kind, name = request.param
    return Desk(offices(kind), CLIENTS[name])


#: Calls that read: the same answer for everybody who asks.
READING: tuple[tuple[str, str, tuple[Any, ...], dict[str, Any]], ...] = (
    (DOCUMENT, "search", ([["state", "=", "in_approval"]],), {}),
    (DOCUMENT, "search", ([], 1, 2, "id desc"), {}),
    (DOCUMENT, "search_count", (["|", ["name", "ilike", "ЧТЕНИЯ"], ["review_ids.status", "=", "pending"]],), {}),
    (DOCUMENT, "read", ([1, 2], ["name", "kind_id", "signer_id", "doc_date", "case_id", "attachment_ids", "create_date"]), {}),
    (DOCUMENT, "search_read", (), {"domain": [["state", "=", "registered"]], "fields": ["display_name", "item_ids"], "limit": 5, "order": "id"}),
    (DOCUMENT, "name_search", (), {"name": "смотра", "limit": 3}),
    (DOCUMENT, "fields_get", (), {"attributes": ["type", "string", "required", "readonly", "relation", "selection"]}),
    (DOCUMENT, "search_text", ("смотр",), {}),
    ("roadmap.occurrence", "search_read", (), {"domain": [["plan_id.name", "ilike", "чтения"]], "fields": ["period", "state", "document_ids"]}),
    ("roadmap.plan", "read", ([1], ["late_count", "section_ids"]), {}),
    ("hr.employee", "search_read", (), {"domain": [["job_title", "ilike", "юрист"]], "fields": ["name", "department_id", "user_id"]}),
    ("res.users", "context_get", (), {}),
    ("res.users", "has_group", ("roadmapdocs.group_clerk",), {}),
    ("mail.message", "search_read", (), {"domain": [["res_id", "=", 1]], "fields": ["body", "author", "date"], "limit": 3}),
    ("ir.attachment", "read", ([2, 3], ["name", "checksum", "datas", "file_size"]), {}),
    ("ir.model", "search", ([["model", "=", DOCUMENT]],), {}),
)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_all_clients_read_the_same(offices: Callable[[str], Served], kind: str) -> None:
    served = offices(kind)
    login = (served.port, DATABASE, served.logins[CLERK], served.tokens[CLERK])
    answers = {}
    for name, make_client in CLIENTS.items():
        client = make_client(*login)
        answers[name] = [client.call(model, method, *args, **kwargs) for model, method, args, kwargs in READING]
    expected = answers["xmlrpc-2"]
    assert all(expected)
    for name, answer in answers.items():
        for asked, one, other in zip(READING, answer, expected, strict=True):
            assert one == other, (name, asked[:2])


def test_a_person_signs_in_with_a_password_where_the_protocol_knows_one(opened: Desk, request: pytest.FixtureRequest) -> None:
    if "json2" in request.node.callspec.id:
        with pytest.raises(SHUT):
            opened(CLERK, secret=make.PASSWORD)
    else:
        assert opened(CLERK, secret=make.PASSWORD).call("res.users", "has_group", "roadmapdocs.group_clerk") is True


@pytest.mark.parametrize("wrong", [{"secret": "rd_wrong"}, {"secret": "revoked"}, {"secret": "expired"}, {"database": "other"}])
def test_what_does_not_fit_opens_nothing(opened: Desk, wrong: dict[str, str]) -> None:
    given = {name: opened.served.tokens.get(value, value) for name, value in wrong.items()}
    with pytest.raises(SHUT):
        opened(CLERK, **given)


def test_a_card_goes_from_draft_to_the_journal(opened: Desk) -> None:
    clerk = opened(CLERK)
    kind = clerk.call("roadmap.document.kind", "search", [["code", "=", "order_main"]])[0]
    people = opened.served.desk.office.people
    data = "Приказываю провести неделю чтения."
    card = {"kind_id": kind, "name": "О неделе чтения", "signer_id": people[HEAD].id, "drafter_id": people[DRAFTER].id}
    number = clerk.call(DOCUMENT, "create", card)
    file = {"res_id": number, "part": "text", "name": "приказ.txt", "datas": base64.b64encode(data.encode()).decode()}
    drafter = opened(DRAFTER)
    version = drafter.call("ir.attachment", "create", file)
    assert drafter.call(DOCUMENT, "write", [number], {"summary": "С 1 по 7 апреля."}) is True
    (read,) = clerk.call("ir.attachment", "read", [version], ["datas", "sha256"])
    assert base64.b64decode(read["datas"]).decode() == data
    assert read["sha256"] == hashlib.sha256(data.encode()).hexdigest()
    assert drafter.call(DOCUMENT, "action_submit", [number]) is True
    assert clerk.call(DOCUMENT, "action_approve", [number], "Согласна") is True
    said = refusal(clerk, DOCUMENT, "action_register", [number])
    assert "Когда" in said, said
    assert clerk.call(DOCUMENT, "action_submit", [number]) is True
    assert clerk.call(DOCUMENT, "action_sign", [number], "2026-03-10") is True
    given = clerk.call(DOCUMENT, "action_register", [number], "2026-03-10")
    (after,) = clerk.call(DOCUMENT, "read", [number], ["state", "reg_number", "reg_date", "doc_date", "state_force", "summary"])
    assert after == {
        "id": number, "state": "registered", "reg_number": given, "reg_date": "2026-03-10", "doc_date": "2026-03-10",
        "state_force": "in_force", "summary": "С 1 по 7 апреля.",
    }
    assert "never deleted" in refusal(clerk, DOCUMENT, "unlink", [number], context={"lang": "en_US"})


def test_lines_are_changed_by_commands(opened: Desk) -> None:
    clerk = opened(CLERK)
    number, item = opened.served.ids["draft"], clerk.call("roadmap.plan.item", "search", [["number", "=", "1.2"]])[0]
    file = [0, 0, {"name": "список.txt", "datas": base64.b64encode(b"1").decode()}]
    assert clerk.call(DOCUMENT, "write", [number], {"item_ids": [[4, item]], "attachment_ids": [file]}) is True
    (card,) = clerk.call(DOCUMENT, "read", [number], ["item_ids", "attachment_ids"])
    assert card["item_ids"] == [item]
    added = max(one for one in card["attachment_ids"] if one % 2)
    taken = clerk.call(DOCUMENT, "write", [number], {"item_ids": [[3, item]], "attachment_ids": [[2, added]]}, context={"reason": "Лишний"})
    assert taken is True
    (card,) = clerk.call(DOCUMENT, "read", [number], ["item_ids", "attachment_ids"])
    assert card["item_ids"] == []
    assert added not in card["attachment_ids"]


def test_a_refused_act_arrives_as_the_clients_own_exception_with_our_sentence(opened: Desk) -> None:
    lawyer, drafter = opened(LAWYER), opened(DRAFTER)
    assert "делопроизводитель" in refusal(lawyer, DOCUMENT, "action_register", [opened.served.ids["sent"]])
    assert "reg_number" in refusal(drafter, DOCUMENT, "write", [opened.served.ids["draft"]], {"reg_number": "7"})
    assert "heading" in refusal(drafter, DOCUMENT, "read", [opened.served.ids["draft"]], ["heading"])
    assert "1000000" in refusal(drafter, DOCUMENT, "read", [10**6], ["name"])
    assert "sale.order" in refusal(drafter, "sale.order", "search", domain=[])
    assert "approve_all" in refusal(drafter, DOCUMENT, "approve_all", ids=[opened.served.ids["draft"]])
    assert "_write" in refusal(drafter, DOCUMENT, "_write", ids=[opened.served.ids["draft"]], vals={"name": "О"})
    assert "подпис" in refusal(drafter, DOCUMENT, "action_reject", ids=[opened.served.ids["signed"]], reason="Нет").lower()


def test_a_token_for_reading_reads_and_changes_nothing(opened: Desk) -> None:
    reader = opened(CLERK, secret=opened.served.tokens["reader"])
    assert reader.call(DOCUMENT, "search_count", [])
    assert "write" in refusal(reader, DOCUMENT, "write", [opened.served.ids["draft"]], {"name": "О другом"})


def test_odoorpc_walks_along_relations_and_writes_what_is_assigned(offices: Callable[[str], Served]) -> None:
    served = offices("sqlite")
    odoo = OdooRpc(served.port, DATABASE, served.logins[CLERK], served.tokens[CLERK]).odoo
    assert odoo.version == "18.0+roadmapdocs"
    assert DOCUMENT in odoo.env
    assert "sale.order" not in odoo.env
    assert odoo.env.user.employee_id.name.startswith(CLERK)
    order = odoo.env[DOCUMENT].browse(served.ids["signed"])
    assert (order.state, order.signer_id.surname, order.kind_id.code) == ("registered", HEAD, "order_main")
    assert [one.part for one in order.attachment_ids] == ["text", "beside"]
    assert order.item_ids.plan_id.name == "Развитие чтения"
    assert next(one.res_id for one in order.message_ids) == order.id
    draft = odoo.env[DOCUMENT].browse(served.ids["draft"])
    draft.summary = "С 1 апреля."
    draft.signer_id = False
    again = odoo.env[DOCUMENT].browse(draft.id)
    assert (again.summary, bool(again.signer_id)) == ("С 1 апреля.", False)
    again.signer_id = order.signer_id
    (item,) = odoo.env["roadmap.plan.item"].search([("number", "=", "1.2")])
    again.item_ids += odoo.env["roadmap.plan.item"].browse(item)
    assert odoo.env[DOCUMENT].browse(draft.id).item_ids.ids == [item]
    again.item_ids = []
    assert odoo.env[DOCUMENT].browse(draft.id).item_ids.ids == []
    with pytest.raises(odoorpc.error.RPCError):
        again.reg_number = "7"


@pytest.mark.parametrize("protocol", ["xmlrpc", "jsonrpc", "json2"])
def test_the_shortcuts_of_odoo_client_lib_work(offices: Callable[[str], Served], protocol: str) -> None:
    served = offices("sqlite")
    connection = OdooLib(protocol, served.port, DATABASE, served.logins[CLERK], served.tokens[CLERK]).connection
    documents = connection.get_model(DOCUMENT)
    assert connection.get_user_context()["tz"] == "Europe/Moscow"
    found = documents.search_read(domain=[["id", "in", [served.ids["signed"]]]], fields=["name"])
    assert [one["name"] for one in found] == ["Об итогах смотра школьных библиотек"]
    assert documents.read(served.ids["signed"], ["name"])["name"] == found[0]["name"]
    assert documents.name_search("смотра")[0][0] == served.ids["signed"]


def test_the_standard_library_learns_the_version(offices: Callable[[str], Served]) -> None:
    served = offices("sqlite")
    for root in ("/xmlrpc/2", "/xmlrpc"):
        told = Standard(root, served.port, DATABASE, served.logins[CLERK], served.tokens[CLERK]).version()
        assert (told["server_serie"], told["protocol_version"]) == ("18.0", 1)
