"""What waits for people who leave is told by taking them in."""

from __future__ import annotations

import pytest

from roadmapdocs.documents.rules import Preparation
from roadmapdocs.i18n import use_language
from roadmapdocs.notices.leaving import open_work
from roadmapdocs.people import incoming_leaving
from roadmapdocs.people.incoming import IncomingAccount, Snapshot, What, take_in
from roadmapdocs.people.rules import SYSTEM, Role
from tests import factories
from tests.conftest import NOW, TODAY


def test_open_work_is_told_by_person(sqlite_database: None) -> None:
    signer, other = factories.employee("Лукина"), factories.employee("Зайцева")
    factories.document(preparation=Preparation.AGREED, signer_id=signer.id)
    factories.document(preparation=Preparation.SIGNED, signer_id=other.id)
    with use_language("en"):
        assert open_work([signer.id, other.id], TODAY) == {signer.id: "1 document to sign"}


def test_whoever_closes_an_account_is_told_what_waits_for_its_owner(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming_leaving, "OPEN_WORK", [open_work])
    person = factories.employee("Лукина")
    factories.account("lukina", Role.STAFF, person=person)
    factories.document(preparation=Preparation.AGREED, signer_id=person.id)
    account = IncomingAccount("u1", "lukina")
    with use_language("en"):
        take_in(Snapshot("host", accounts=(account,)), by=SYSTEM, now=NOW, today=TODAY)
        closed = IncomingAccount("u1", "lukina", active=False)
        report = take_in(Snapshot("host", accounts=(closed,)), by=SYSTEM, now=NOW, today=TODAY)
    told = [line.why for line in report.of(What.ENDED) if line.kind == "employee"]
    assert len(told) == 1
    assert "1 document to sign" in told[0]
