"""A run of the connector over an Odoo in memory: on both databases, by the operations that the command calls."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import threading
from collections.abc import Mapping
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import update_document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.working_copies import card_of
from roadmapdocs.duties import connected
from roadmapdocs.erp.connector import queueing
from roadmapdocs.erp.connector.odoo import Refused, Unreachable
from roadmapdocs.erp.connector.pushing import BACK_OFF
from roadmapdocs.erp.connector.service import duty_of, last_runs, queue_counts, replay, sync
from roadmapdocs.erp.link_rules import Target
from roadmapdocs.erp.links import link_document
from roadmapdocs.erp.models import ExternalLink, SyncCursor, SyncPush, SyncRun
from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.incoming import user_of
from roadmapdocs.people.models import Employee, ExternalRecord, Organisation, Post, Unit, User, UserRole
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.settings import Settings
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.erp.connector.fake import FakeOdoo
from tests.erp.connector.office import TEXT, WRITTEN, linked, odoo_with_people, registered

pytestmark = pytest.mark.usefixtures("database")


queueing.listen()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def odoo() -> FakeOdoo:
    return odoo_with_people()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data=tmp_path,
        timezone="UTC",
        base_url="https://registry.example.test/",
        sign_in_roles="Делопроизводители=clerk",
        sign_in_makes="staff",
    )


def run(odoo: FakeOdoo, settings: Settings, store: MemoryStore, now: dt.datetime = NOW, **more: Any) -> SyncRun:
    return sync(odoo, settings, store, now=now, ended=lambda: now, **more)


def test_people_come_in_with_units_posts_accounts_and_roles(odoo: FakeOdoo, settings: Settings, store: MemoryStore) -> None:
    done = run(odoo, settings, store)
    assert (done.error, done.report["people"]["refused"]) == ("", 0)
    assert [row.name for row in Organisation.select()] == ["Отдел образования"]
    assert {row.name: row.parent.name if row.parent_id else "" for row in Unit.select()} == {
        "Отдел чтения": "",
        "Группа сказок": "Отдел чтения",
    }
    assert {str(row.employee): (row.unit.name, row.title, row.heads) for row in Post.select()} == {
        "Зарецкая\N{NO-BREAK SPACE}И.\N{NO-BREAK SPACE}П.": ("Отдел чтения", "Методист", True),
        "Ломов\N{NO-BREAK SPACE}П.\N{NO-BREAK SPACE}И.": ("Группа сказок", "Методист", False),
        "Туманова\N{NO-BREAK SPACE}О.\N{NO-BREAK SPACE}С.": ("Группа сказок", "Методист", False),
    }
    roles = {row.user.login: row.role for row in UserRole.select()}
    assert roles == {"zaretskaya": Role.CLERK, "lomov": Role.STAFF}


def test_a_second_run_reads_the_last_second_and_changes_nothing(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore
) -> None:
    run(odoo, settings, store)
    assert {row.model: row.written for row in SyncCursor.select()} == dict.fromkeys(
        ("res.company", "hr.department", "hr.employee", "res.users"), WRITTEN
    )
    counts = run(odoo, settings, store).report["people"]
    assert (counts["made"], counts["changed"], counts["ended"], counts["refused"]) == (0, 0, 0, 0)


def test_what_was_written_since_is_taken_over(odoo: FakeOdoo, settings: Settings, store: MemoryStore) -> None:
    run(odoo, settings, store)
    later = "2026-03-16 08:00:00"
    row = next(row for row in odoo.rows["hr.employee"] if row["id"] == 12)
    odoo.put("hr.employee", **{**row, "name": "Ломов Пётр Петрович", "department_id": [1, "х"], "write_date": later})
    user = next(row for row in odoo.rows["res.users"] if row["id"] == 102)
    odoo.put("res.users", **{**user, "active": False, "write_date": later})
    done = run(odoo, settings, store, now=NOW + dt.timedelta(days=1))
    assert done.report["read"]["hr.employee"] == 1 + 2  # the last second holds two others
    person = Employee.get(Employee.surname == "Ломов")
    assert person.patronymic == "Петрович"
    assert [row.unit.name for row in Post.held_on(TODAY + dt.timedelta(days=1)).where(Post.employee == person)] == ["Отдел чтения"]
    assert not User.get(User.login == "lomov").active


def test_a_complete_run_ends_what_is_there_no_more(odoo: FakeOdoo, settings: Settings, store: MemoryStore) -> None:
    run(odoo, settings, store)
    odoo.rows["hr.employee"] = [row for row in odoo.rows["hr.employee"] if row["id"] != 12]
    odoo.rows["res.users"] = [row for row in odoo.rows["res.users"] if row["id"] != 102]
    later = NOW + dt.timedelta(days=2)
    assert run(odoo, settings, store, now=later).report["people"]["ended"] == 0
    assert run(odoo, settings, store, now=later, complete=True).report["people"]["ended"] > 0
    assert not User.get(User.login == "lomov").active
    assert Employee.select().where(Employee.surname == "Ломов").exists()


def test_a_rehearsal_tells_what_would_be_and_does_nothing(odoo: FakeOdoo, settings: Settings, store: MemoryStore) -> None:
    linked(registered(store))
    told = run(odoo, settings, store, dry_run=True)
    assert (told.dry, told.report["people"]["made"] > 0, told.report["documents"]) == (True, True, {"sent": 1})
    assert not User.select().exists()
    assert not SyncCursor.select().exists()
    assert "ir.attachment" not in odoo.rows
    assert SyncPush.get().state == "waiting"


def test_a_registered_document_is_sent_once_to_the_record_it_is_linked_to(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore
) -> None:
    document = registered(store)
    linked(document)
    assert run(odoo, settings, store).report["documents"] == {"sent": 1}
    (sent,) = odoo.rows["ir.attachment"]
    assert (sent["res_model"], sent["res_id"], sent["name"]) == ("res.partner", 201, "приказ.txt")
    assert base64.b64decode(sent["datas"]) == TEXT
    assert document.number in sent["description"]
    # Sent again after all notes of ours are lost: it is there already.
    sent["checksum"] = hashlib.sha1(TEXT, usedforsecurity=False).hexdigest()
    SyncPush.update(state="waiting").execute()
    assert run(odoo, settings, store).report["documents"] == {"there": 1}
    assert len(odoo.rows["ir.attachment"]) == 1


@pytest.mark.parametrize("why", ["draft", "marked", "unlinked"])
def test_nothing_else_leaves_the_house(odoo: FakeOdoo, settings: Settings, store: MemoryStore, why: str) -> None:
    document = make.document(preparation=Preparation.DRAFT) if why == "draft" else registered(store, mark="official" if why == "marked" else "general")
    if why != "unlinked":
        linked(document)
    assert run(odoo, settings, store).report["documents"] == {}
    assert queue_counts() == {"waiting": 0, "done": 0, "dead": 0}


def test_a_document_that_was_marked_after_it_was_queued_stays(odoo: FakeOdoo, settings: Settings, store: MemoryStore) -> None:
    document = registered(store)
    linked(document)
    Document.update(mark="official").where(Document.id == document.id).execute()
    assert run(odoo, settings, store).report["documents"] == {}
    assert "ir.attachment" not in odoo.rows


def test_a_document_whose_mark_was_taken_off_goes(odoo: FakeOdoo, settings: Settings, store: MemoryStore) -> None:
    document = registered(store, mark="official")
    linked(document)
    assert queue_counts()["waiting"] == 0
    card = replace(card_of(document), mark=Mark.GENERAL, mark_basis="")
    update_document(document.id, card, revision=document.revision, by=SYSTEM, now=NOW, today=TODAY)
    assert run(odoo, settings, store).report["documents"] == {"sent": 1}


def test_a_refusal_comes_up_again_ever_later_and_is_given_up_until_somebody_asks(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore
) -> None:
    linked(registered(store))
    odoo.closed.add("ir.attachment")
    now = NOW
    for wait in BACK_OFF:
        done = run(odoo, settings, store, now=now)
        assert done.report["documents"] == {"refused": 1}
        assert "You are not allowed" in done.report["troubles"][0]
        assert run(odoo, settings, store, now=now + wait - dt.timedelta(seconds=1)).report["documents"] == {}
        now += wait
    run(odoo, settings, store, now=now)
    assert queue_counts()["dead"] == 1
    odoo.closed.clear()
    assert (replay(now), run(odoo, settings, store, now=now).report["documents"]) == (1, {"sent": 1})


def test_an_odoo_that_does_not_answer_ends_the_run_and_loses_nothing(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore
) -> None:
    linked(registered(store))
    odoo.down = True
    done = run(odoo, settings, store)
    assert "nobody answers" in done.error
    assert done.ended_at is not None
    odoo.down = False
    assert run(odoo, settings, store).report["documents"] == {"sent": 1}
    assert [bool(one.error) for one in last_runs()] == [False, True]


def test_a_link_that_odoo_cannot_have_keeps_neither_the_others_nor_the_run(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore
) -> None:
    document = registered(store)
    for external in ("Ромашка", "²", "0", "99999999999999999999", "2147483648"):
        link_document(document.id, Target("odoo", "res.partner", external, "Ромашка", ""), by=SYSTEM, now=NOW)
    linked(document)
    done = run(odoo, settings, store)
    assert (done.error, done.report["documents"]) == ("", {"refused": 5, "sent": 1})
    assert all("Ромашка" in one for one in done.report["troubles"])


def test_a_record_that_is_not_there_keeps_the_other_from_nothing(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = registered(store)
    link_document(document.id, Target("odoo", "no.such.model", "5", "Нет", ""), by=SYSTEM, now=NOW)
    linked(document)
    create = odoo.create

    def refusing(model: str, values: Mapping[str, Any]) -> int:
        if values.get("res_model") == "no.such.model":
            raise Refused("no.such.model")
        return create(model, values)

    monkeypatch.setattr(odoo, "create", refusing)
    assert run(odoo, settings, store).report["documents"] == {"refused": 1, "sent": 1}
    assert queue_counts() == {"waiting": 1, "done": 0, "dead": 0}


def test_a_file_for_which_odoo_takes_too_long_lets_the_others_go_first(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = registered(store), registered(store)
    linked(slow)
    linked(quick, partner=202)
    create = odoo.create

    def slowly(model: str, values: Mapping[str, Any]) -> int:
        if values["res_id"] == 201:
            raise Unreachable("ReadTimeout")
        return create(model, values)

    monkeypatch.setattr(odoo, "create", slowly)
    assert "ReadTimeout" in run(odoo, settings, store).error
    assert run(odoo, settings, store).report["documents"] == {"sent": 1}
    now = NOW
    for _attempt in range(len(BACK_OFF) + 2):
        now += BACK_OFF[-1]
        assert "ReadTimeout" in run(odoo, settings, store, now=now).error
    assert queue_counts() == {"waiting": 1, "done": 1, "dead": 0}, "it is never given up: Odoo has refused nothing"


def test_one_run_at_a_time(odoo: FakeOdoo, settings: Settings, store: MemoryStore, tmp_path: Path) -> None:
    linked(registered(store))
    found: list[str] = []

    def second() -> None:
        with connected():
            try:
                run(FakeOdoo(), settings, store)
            except Refusal as refusal:
                found.append(refusal.code)

    class Meanwhile(FakeOdoo):
        def version(self) -> str:
            other = threading.Thread(target=copy_context().run, args=(second,))
            other.start()
            other.join()
            return super().version()

    assert run(Meanwhile(rows=odoo.rows), settings, store).error == ""
    assert found == ["under_way"]
    assert len(last_runs()) == 1


def test_what_breaks_is_told_by_its_run_and_raised(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(odoo, "version", lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        run(odoo, settings, store)
    (told,) = last_runs()
    assert told.ended_at is not None
    assert told.error


def test_roles_that_there_are_none_of_begin_no_run(odoo: FakeOdoo, settings: Settings, store: MemoryStore) -> None:
    with pytest.raises(ConfigurationError):
        run(odoo, replace(settings, sign_in_makes="boss"), store)
    assert last_runs() == []


def test_a_service_that_ends_sends_nothing_more(odoo: FakeOdoo, settings: Settings, store: MemoryStore) -> None:
    linked(registered(store))
    assert run(odoo, settings, store, stopping=lambda: True).report["documents"] == {}
    assert queue_counts()["waiting"] == 1


def test_customers_with_a_portal_and_accounts_closed_long_ago_do_not_come_in(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore
) -> None:
    common: dict[str, Any] = {"group_ids": [], "partner_id": False, "write_date": WRITTEN}
    for row in odoo.rows["res.users"]:
        row["share"] = False
    odoo.put("res.users", id=103, login="customer", active=True, share=True, **common)
    odoo.put("res.users", id=104, login="__system__", active=False, share=False, **common)
    run(odoo, settings, store)
    assert {user.login for user in User.select()} == {"zaretskaya", "lomov"}
    user = next(row for row in odoo.rows["res.users"] if row["id"] == 102)
    odoo.put("res.users", **{**user, "share": True, "write_date": "2026-03-16 09:00:00"})
    run(odoo, settings, store)
    assert {user.login: user.active for user in User.select()} == {"zaretskaya": True, "lomov": False}


def test_an_account_that_was_given_to_an_employee_later_becomes_his(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore
) -> None:
    odoo.put("res.users", id=103, login="tumanova", active=True, group_ids=[], partner_id=False, write_date=WRITTEN)
    run(odoo, settings, store)
    assert User.get(User.login == "tumanova").employee_id is None
    row = next(row for row in odoo.rows["hr.employee"] if row["id"] == 13)
    odoo.put("hr.employee", **{**row, "user_id": [103, "х"], "write_date": "2026-03-18 08:00:00"})
    run(odoo, settings, store, now=NOW + dt.timedelta(days=2))
    run(odoo, settings, store, now=NOW + dt.timedelta(days=3))
    assert User.get(User.login == "tumanova").employee.surname == "Туманова"


def test_what_was_begun_before_and_ended_after_the_last_record_is_read(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore
) -> None:
    run(odoo, settings, store)
    row = next(row for row in odoo.rows["hr.employee"] if row["id"] == 12)
    odoo.put("hr.employee", **{**row, "name": "Ломов Пётр Петрович", "write_date": "2026-03-15 09:55:00"})
    run(odoo, settings, store, now=NOW + dt.timedelta(minutes=5))
    assert Employee.get(Employee.surname == "Ломов").patronymic == "Петрович"


def test_what_was_read_long_after_it_was_written_is_not_read_for_ever(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore
) -> None:
    run(odoo, settings, store, now=NOW + dt.timedelta(days=2))
    assert sum(run(odoo, settings, store, now=NOW + dt.timedelta(days=3)).report["read"].values()) == 0


def test_a_complete_run_ends_nobody_because_it_sees_nobody(odoo: FakeOdoo, settings: Settings, store: MemoryStore) -> None:
    run(odoo, settings, store)
    del odoo.rows["hr.employee"]
    done = run(odoo, settings, store)
    assert done.error == ""
    assert any("hr.employee" in one for one in done.report["troubles"])
    assert "hr.employee" in run(odoo, settings, store, complete=True).error
    assert Post.held_on(TODAY).count() == 3


def test_a_partner_without_a_name_renames_no_link(odoo: FakeOdoo, settings: Settings, store: MemoryStore) -> None:
    linked(registered(store), title="Школа сказок")
    odoo.put("res.partner", id=201, name=False)
    assert run(odoo, settings, store).report["renamed"] == 0
    assert ExternalLink.get().title == "Школа сказок"


def controlled_by(external: str) -> Document:
    """A document under control whose drafter has this account there: the person has a term."""
    user = user_of("odoo", "user", external)
    assert user is not None
    document = make.document(drafter_id=user.employee_id)
    due = {"control": "on", "control_due": TODAY + dt.timedelta(days=9)}
    Document.update(due).where(Document.id == document.id).execute()
    return document


def test_an_activity_of_a_run_that_was_cut_off_is_not_made_twice(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore
) -> None:
    run(odoo, settings, store)
    controlled_by("101")
    run(odoo, settings, store)
    ExternalRecord.delete().where(ExternalRecord.kind == "term").execute()
    assert run(odoo, settings, store).report["activities"]["made"] == 1
    assert len(odoo.rows["mail.activity"]) == 1
    assert run(odoo, settings, store).report["activities"]["same"] == 1


def test_links_show_partners_by_their_present_names(odoo: FakeOdoo, settings: Settings, store: MemoryStore) -> None:
    linked(registered(store), title="Школа сказок")
    assert run(odoo, settings, store, dry_run=True).report["renamed"] == 1
    assert ExternalLink.get().title == "Школа сказок"
    assert run(odoo, settings, store).report["renamed"] == 1
    assert ExternalLink.get().title == "zaretskaya"


def test_terms_stand_there_as_activities_and_go_when_they_are_over(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore
) -> None:
    run(odoo, settings, store)
    document = controlled_by("101")
    assert run(odoo, settings, store).report["activities"] == {"made": 1, "gone": 0, "same": 0}
    (shown,) = odoo.rows["mail.activity"]
    assert (shown["user_id"], shown["res_id"], shown["date_deadline"]) == (101, 201, "2026-03-25")
    assert shown["note"] == f"https://registry.example.test/documents/{document.id}"
    assert run(odoo, settings, store).report["activities"] == {"made": 0, "gone": 0, "same": 1}
    Document.update(control="off").where(Document.id == document.id).execute()
    assert run(odoo, settings, store).report["activities"] == {"made": 0, "gone": 1, "same": 0}
    assert odoo.rows["mail.activity"] == []
    assert not ExternalRecord.select().where(ExternalRecord.kind == "term").exists()


def test_terms_are_gone_through_anew_after_a_change_and_on_a_new_day(
    odoo: FakeOdoo, settings: Settings, store: MemoryStore
) -> None:
    def looked(now: dt.datetime) -> bool:
        return "activities" in run(odoo, settings, store, now=now, always=False).report

    assert looked(NOW)
    assert not looked(NOW + dt.timedelta(minutes=5))
    make.document()
    assert looked(NOW + dt.timedelta(minutes=10))
    assert not looked(NOW + dt.timedelta(minutes=15))
    assert looked(NOW + dt.timedelta(days=1))


def test_without_an_odoo_there_is_no_duty(tmp_path: Path) -> None:
    assert duty_of(Settings(data=tmp_path), lambda: NOW) is None
    duty = duty_of(Settings(data=tmp_path, odoo_address="https://odoo.example.test"), lambda: NOW)
    assert duty is not None
