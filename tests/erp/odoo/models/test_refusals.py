"""What is refused, and how it is said; nothing of it changes anything."""

from __future__ import annotations

import base64

import pytest

from roadmapdocs.errors import Forbidden, Refusal
from tests.erp.odoo.models.desk import CLERK, DOCUMENT, DRAFTER, LAWYER, Desk

Office = tuple[Desk, dict[str, int]]
TEXT = "Другая редакция текста."


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"reg_number": "7"}, "reg_number"),
        ({"state": "registered"}, "state"),
        ({"state_preparation": "signed"}, "state_preparation"),
        ({"heading": "О чтении"}, "heading"),
        ({"name": "   "}, "what the document is about"),
        ({"kind_id": 10**6}, "roadmap.document.kind"),
        ({"signer_id": "Ветрова"}, "signer_id"),
        ({"mark": "secret"}, "mark"),
        ({"mark": "official"}, "ground"),
    ],
)
def test_what_is_not_to_be_given_is_refused_naming_it(shown: Office, values: dict[str, object], said: str) -> None:
    office, ids = shown
    before = office.one(CLERK, DOCUMENT, ids["draft"], "name", "revision")
    with pytest.raises(Refusal) as refused:
        office.call(DRAFTER, DOCUMENT, "write", [ids["draft"]], values, context={"lang": "en_US"})
    assert said in f"{refused.value.message} {refused.value.details}"
    assert office.one(CLERK, DOCUMENT, ids["draft"], "name", "revision") == before


def test_who_keeps_no_cards_makes_none(shown: Office) -> None:
    office, ids = shown
    kind = office.ids(CLERK, "roadmap.document.kind")[0]
    with pytest.raises(Forbidden):
        office.call(LAWYER, DOCUMENT, "create", {"kind_id": kind, "name": "О чтении"})
    with pytest.raises(Forbidden):
        office.call(LAWYER, DOCUMENT, "write", [ids["signed"]], {"name": "О другом"})


@pytest.mark.parametrize(("which", "code"), [("signed", "registered"), ("draft", "not_deleted")])
def test_documents_are_never_deleted(shown: Office, which: str, code: str) -> None:
    office, ids = shown
    with pytest.raises(Refusal) as refused:
        office.call(CLERK, DOCUMENT, "unlink", [ids[which]])
    assert refused.value.code == code
    assert office.ids(CLERK, DOCUMENT, ["id", "=", ids[which]]) == [ids[which]]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"res_id": False}, "res_model"),
        ({"res_model": "res.partner"}, "res_model"),
        ({"datas": "не base64"}, "value"),
        ({"datas": coded("")}, "datas"),
        ({"datas": base64.b64encode(b"MZ\x90\0program").decode()}, "not_a_document"),
        ({"res_id": 10**6}, "no_document"),
    ],
)
def test_what_is_no_file_of_a_document_is_refused(shown: Office, values: dict[str, object], code: str) -> None:
    office, ids = shown
    file = {"res_model": DOCUMENT, "res_id": ids["draft"], "name": "приказ.txt", "datas": coded(TEXT)}
    with pytest.raises(Refusal) as refused:
        office.call(DRAFTER, "ir.attachment", "create", {**file, **values})
    assert refused.value.code == code


def test_files_are_added_by_those_who_may(shown: Office) -> None:
    office, ids = shown
    with pytest.raises(Forbidden):
        office.call(LAWYER, "ir.attachment", "create", {"res_id": ids["signed"], "name": "а.txt", "datas": coded(TEXT)})
