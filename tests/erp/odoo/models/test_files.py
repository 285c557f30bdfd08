"""Files as ir.attachment: brought in, read, bounded, taken off with a reason."""

from __future__ import annotations

import base64
import hashlib

import pytest

from roadmapdocs.erp.odoo.models import attachments
from roadmapdocs.errors import Refusal
from tests.erp.odoo.models.desk import CLERK, DOCUMENT, DRAFTER, Desk

Office = tuple[Desk, dict[str, int]]
TEXT = "Вторая редакция текста."


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_a_version_is_added_and_read_back_whole(desk: Office) -> None:
    office, ids = desk
    before = office.one(DRAFTER, DOCUMENT, ids["draft"], "version_ids")
    values = {"res_model": DOCUMENT, "res_id": ids["draft"], "part": "text", "name": "приказ.txt", "datas": coded(TEXT)}
    made = office.call(DRAFTER, "ir.attachment", "create", {**values, "description": "Учтены замечания"})
    assert office.one(DRAFTER, DOCUMENT, ids["draft"], "version_ids") == [made, *before]
    file = office.one(DRAFTER, "ir.attachment", made)
    assert base64.b64decode(file["datas"]).decode() == TEXT
    assert file["checksum"] == hashlib.sha1(TEXT.encode(), usedforsecurity=False).hexdigest()
    assert file["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (file["version_number"], file["mimetype"], file["description"]) == (2, "text/plain", "Учтены замечания")
    (sized,) = office.call(DRAFTER, "ir.attachment", "read", [made], ["datas"], context={"bin_size": True})
    assert TEXT not in str(sized["datas"])
    assert sized["datas"] != file["datas"]


def test_a_file_beside_is_taken_off_with_a_reason_and_a_version_never(desk: Office) -> None:
    office, ids = desk
    version, beside = office.one(CLERK, DOCUMENT, ids["signed"], "attachment_ids")
    for taken, context in ((version, {"reason": "Не тот файл"}), (beside, {})):
        with pytest.raises(Refusal):
            office.call(CLERK, "ir.attachment", "unlink", [taken], context=context)
    office.call(CLERK, DOCUMENT, "write", [ids["signed"]], {"attachment_ids": [[2, beside]]}, context={"reason": "Не тот файл"})
    assert office.one(CLERK, DOCUMENT, ids["signed"], "attachment_ids") == [version]
    with pytest.raises(Refusal):
        office.call(CLERK, "ir.attachment", "action_detach", [version], "Не тот файл")


def test_one_answer_holds_so_many_bytes(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office, ids = desk
    monkeypatch.setattr(attachments, "MOST_BYTES", 100)
    files = office.one(CLERK, DOCUMENT, ids["signed"], "attachment_ids")
    with pytest.raises(Refusal) as refused:
        office.call(CLERK, "ir.attachment", "read", files, ["checksum"])
    assert refused.value.code == "too_large"
    assert office.call(CLERK, "ir.attachment", "read", files[:1], ["datas"])[0]["datas"]
