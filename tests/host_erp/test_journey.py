"""A document's life inside the ERP, with the ERP's people: from a partner's record to a task that is proved."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from roadmapdocs.audit.operations import verify
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.documents.models import Document
from roadmapdocs.people.models import ExternalRecord, User, UserRole
from roadmapdocs.roadmap.models import Edition, Item
from roadmapdocs.web.cli import group as registry_commands
from roadmapdocs.web.roadmaps.slots import slot_key
from tests import factories as make
from tests.conftest import TODAY
from tests.host_erp import db, models
from tests.host_erp.conftest import post, signed_in
from tests.web.approval_pages import Browser
from tests.web.office import upload

TITLE = "О смотре школьных библиотек"
TASK = "Провести смотр школьных библиотек"


@pytest.fixture
def mounted() -> bool:
    return True


@pytest.fixture
def people(erp: Flask) -> dict[str, FlaskClient]:
    with erp.app_context(), db.database.connection_context():
        make.roadmap(make.item("1.1", TASK, make.deadline(2026, 3, 1)))
    return {login: signed_in(erp, login) for login in ("ilina", "gromov", "lapina", "sorokina", "admin")}


def stored(erp: Flask) -> Document:
    with erp.app_context(), db.database.connection_context():
        return Document.get(Document.title == TITLE)


def new_document(client: FlaskClient) -> str:
    form = Browser(client, "/registry/documents/new?kind=order_main")
    form.type(title=TITLE, signer="Громов О. И.").send(file=upload("Приказываю провести смотр.".encode(), "Текст.txt"))
    assert form.status == 302, form.page
    return form.answer.location


def step(client: FlaskClient, card: str, name: str, **answers: Any) -> None:
    """One act of the card, with what its page asks for."""
    page = Browser(client, f"{card}/act/{name}")
    if page.status == 200:
        answer = page.type(**answers).send()
    else:
        revision = re.search(r'name="revision" value="(\d+)"', client.get(card).text)
        assert revision is not None
        answer = post(client, f"{card}/act/{name}", form_at=card, revision=revision[1])
    assert answer.status_code == 302, answer.text
    assert "rd-note--late" not in client.get(card).text


def choose(client: FlaskClient, address: str, words: str) -> None:
    """Link to the one record of the ERP that the words find."""
    page = client.get(f"{address}?q={words}").text
    (value,) = re.findall(r'name="target" value="([^"]+)"', page)
    assert post(client, address, target=value).status_code == 302


def test_a_document_goes_from_a_partner_to_a_proved_task(erp: Flask, people: dict[str, FlaskClient]) -> None:
    clerk, executive, coordinator, staff = (people[one] for one in ("ilina", "gromov", "lapina", "sorokina"))

    card = new_document(clerk)
    choose(clerk, card.replace("/documents/", "/external-links/document/"), "бажова")
    start = Browser(clerk, card.replace("/documents/", "/approvals/") + "/start")
    start.type(s0_person="Громов О. И.").press("who-0").press("send")
    assert start.status == 302, start.page

    assert TITLE in executive.get("/registry/").text
    decide = card.replace("/documents/", "/decide/")
    answer = Browser(executive, decide).press("agree").answer
    assert answer.status_code == 302

    step(clerk, card, "send_for_signing")
    step(clerk, card, "sign")
    step(clerk, card, "register", date=TODAY.isoformat())
    document = stored(erp)
    assert (document.preparation, document.registration) == ("signed", "registered")

    # Whoever works with the partner sees the document on the partner's page of the ERP.
    partner = models.Partner.get(models.Partner.name.contains("Бажова"))
    assert f'href="{card}"' in clerk.get(f"/partners/{partner.id}").text
    assert f'href="/partners/{partner.id}"' in clerk.get(card).text

    done = erp.test_cli_runner().invoke(registry_commands, ["work", "--once"])
    assert done.exit_code == 0, done.output
    found = staff.get("/registry/search/?q=смотры библиотеки").text
    assert f'href="{card}' in found
    assert "/external-links/" not in staff.get(card).text

    task = models.Task.get(models.Task.title == TASK)
    with erp.app_context(), db.database.connection_context():
        edition = Edition.get()
        item = Item.get(Item.edition == edition)
        slot = coverage_of(edition, today=TODAY).items[0].slots[0].slot
    choose(coordinator, f"/registry/external-links/item/{item.id}", "смотр")
    assert "просрочен" in coordinator.get(f"/tasks/{task.id}").text
    roadmap = f"/registry/roadmaps/{edition.roadmap_id}"
    key = slot_key(slot.expected, slot.key)
    assert post(coordinator, f"{roadmap}/link", form_at=f"{roadmap}?slot={key}", slot=key, document_id=document.id).status_code == 302

    page = coordinator.get(f"/tasks/{task.id}").text
    assert "доказан</span>" in page
    assert "ещё не доказан" not in page
    assert f'href="{card}"' in page
    assert f'href="/tasks/{task.id}"' in coordinator.get(f"{roadmap}/items/{item.id}").text
    with erp.app_context(), db.database.connection_context():
        assert verify() is None


def test_roles_are_the_groups_of_the_erp_and_go_with_them(erp: Flask, people: dict[str, FlaskClient]) -> None:
    clerk = people["ilina"]
    assert clerk.get("/registry/documents/new").status_code == 200
    assert people["sorokina"].get("/registry/documents/new").status_code == 403

    with erp.app_context(), db.database.connection_context():
        office = models.Group.get(code="office")
        user = models.User.get(login="sorokina")
        models.Membership.create(user=user, group=office)
        models.Membership.delete().where(
            (models.Membership.group == office) & (models.Membership.user == models.User.get(login="ilina"))
        ).execute()
    assert erp.test_cli_runner().invoke(args=["erp", "people"]).exit_code == 0

    assert people["sorokina"].get("/registry/documents/new").status_code == 200
    assert clerk.get("/registry/documents/new").status_code == 403
    with erp.app_context(), db.database.connection_context():
        roles = {role for (role,) in UserRole.select(UserRole.role).join(User).where(User.login == "sorokina").tuples()}
    assert roles == {"clerk", "staff"}


def test_who_leaves_the_erp_leaves_the_registry(erp: Flask, people: dict[str, FlaskClient]) -> None:
    clerk = people["ilina"]
    assert clerk.get("/registry/").status_code == 200

    models.User.update(active=False).where(models.User.login == "ilina").execute()

    answer = clerk.get("/registry/")
    assert answer.status_code == 302
    assert answer.location.startswith("/login?next=/registry/")


def test_there_is_no_door_beside_the_erps(erp: Flask) -> None:
    client = erp.test_client()

    for address in ("/registry/sign-in", "/registry/password"):
        assert client.get(address).status_code in {302, 404}
    for address in ("/registry/", "/registry/documents/", "/registry/documents/1"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.location.startswith("/login?next=")


def test_whoever_signs_in_at_the_erp_comes_back_to_the_page_of_the_registry(erp: Flask, people: dict[str, FlaskClient]) -> None:
    client = erp.test_client()
    asked = client.get("/registry/documents/?kind=order_main").location

    answer = post(client, asked, login="ilina", password="лодка-у-причала-4")

    assert answer.location == "/registry/documents/?kind=order_main"
    assert client.get(answer.location).status_code == 200


def test_the_people_of_the_erp_are_those_of_the_registry(erp: Flask, people: dict[str, FlaskClient]) -> None:
    people["ilina"].get("/registry/")

    with erp.app_context(), db.database.connection_context():
        taken = {(row.model, row.external) for row in ExternalRecord.select().where(ExternalRecord.source == "host")}
        assert {("user", str(row.id)) for row in models.User.select()} <= taken
        assert {("employee", str(row.id)) for row in models.Employee.select()} <= taken
        assert {("unit", str(row.id)) for row in models.Department.select()} <= taken


def test_nothing_of_a_restricted_document_stands_on_a_page_of_the_erp(erp: Flask, people: dict[str, FlaskClient]) -> None:
    clerk = people["ilina"]
    form = Browser(clerk, "/registry/documents/new?kind=order_main")
    form.type(title=TITLE, signer="Громов О. И.", mark="personal", mark_basis="152-ФЗ").send()
    card = form.answer.location
    choose(clerk, card.replace("/documents/", "/external-links/document/"), "бажова")
    partner = models.Partner.get(models.Partner.name.contains("Бажова"))

    assert TITLE in clerk.get(f"/partners/{partner.id}").text
    assert TITLE not in people["lapina"].get(f"/partners/{partner.id}").text
    assert people["lapina"].get(card).status_code == 404


def test_a_user_of_the_erp_without_a_place_in_the_registry_is_told_so(erp: Flask, people: dict[str, FlaskClient]) -> None:
    models.Permission.delete().where(models.Permission.code == "staff").execute()

    answer = people["sorokina"].get("/registry/")

    assert answer.status_code == 403
    assert people["sorokina"].get("/tasks/1").status_code == 200
    assert "В реестре документов" not in people["sorokina"].get("/tasks/1").text
