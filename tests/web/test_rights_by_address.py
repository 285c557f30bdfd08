"""Every address by everybody: who gets a page, who is refused, and who does not even learn that there is anything.

The application's own map is walked: an address that is in none of the tables below fails.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter, Rule
from werkzeug.test import TestResponse

from roadmapdocs.access.rules import ALLOWED, Action, Mark
from roadmapdocs.audit.models import Event
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.operations import link
from roadmapdocs.documents.comments import comment
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version, attach
from roadmapdocs.drafting.operations import start_draft
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import Post
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.web.roadmaps.slots import slot_key
from tests import factories as make
from tests.cases.made import case as make_case
from tests.conftest import NOW, TODAY
from tests.web.office import PASSWORD, Office, document, office_on, token, upload

READ, CHANGE, ADD_VERSION, ATTACH, LINK = "read", "change", "add_version", "attach", "link"
STEP = "step"
EVERYBODY, SIGNED_IN = "everybody", "signed in"
#: A personal token and nothing else: whoever has signed in is nobody there. What a token opens is a matter of
#: tests/web/api/test_rights_by_operation.py and tests/erp/odoo/models/test_rights.py.
TOKEN = "token"

#: What opens each endpoint: a right to the document, an action of the registry, a step of the workflow, an account,
#: or nothing.
GATES: dict[str, str | Action] = {
    "roadmapdocs.static": EVERYBODY,
    "admin.static": EVERYBODY,
    "roadmapdocs_worklist.static": EVERYBODY,
    "roadmapdocs_sign_in.sign_in": EVERYBODY,
    "roadmapdocs_sign_in.sign_out": SIGNED_IN,
    "roadmapdocs_sign_in.password": SIGNED_IN,
    "roadmapdocs_worklist.index": SIGNED_IN,
    "admin.index": SIGNED_IN,
    "roadmapdocs_people.index": Action.MANAGE_PEOPLE,
    "roadmapdocs_workflows.index": SIGNED_IN,
    "roadmapdocs_workflows.definition": SIGNED_IN,
    "roadmapdocs_roadmaps.index": SIGNED_IN,
    "roadmapdocs_roadmaps.roadmap": SIGNED_IN,
    "roadmapdocs_roadmaps.item": SIGNED_IN,
    "roadmapdocs_roadmaps.compare": SIGNED_IN,
    "roadmapdocs_roadmaps.report": SIGNED_IN,
    "roadmapdocs_roadmaps.add_expected": Action.LINK_DOCUMENT,
    "roadmapdocs_roadmaps.confirm_expected": Action.LINK_DOCUMENT,
    "roadmapdocs_roadmaps.link": Action.LINK_DOCUMENT,
    "roadmapdocs_roadmaps.unlink": Action.LINK_DOCUMENT,
    "roadmapdocs_roadmaps.waive": Action.LINK_DOCUMENT,
    "roadmapdocs_roadmaps.upload": Action.IMPORT_ROADMAP,
    "roadmapdocs_roadmaps.review": Action.IMPORT_ROADMAP,
    "roadmapdocs_roadmaps.source": Action.IMPORT_ROADMAP,
    "roadmapdocs_roadmaps.assign": Action.ASSIGN,
    "roadmapdocs_assignments.index": SIGNED_IN,
    "roadmapdocs_assignments.bulk": SIGNED_IN,
    "roadmapdocs_assignments.card": SIGNED_IN,
    "roadmapdocs_assignments.create": Action.ASSIGN,
    "roadmapdocs_assignments.create_below": SIGNED_IN,
    "roadmapdocs_assignments.edit": SIGNED_IN,
    "roadmapdocs_assignments.confirm": SIGNED_IN,
    "roadmapdocs_assignments.act": SIGNED_IN,
    "roadmapdocs_assignments.file": SIGNED_IN,
    "roadmapdocs_assignments.end_series": SIGNED_IN,
    "roadmapdocs_document_assignments.index": READ,
    "roadmapdocs_document_assignments.create": Action.ASSIGN,
    "roadmapdocs_document_assignments.propose": Action.ASSIGN,
    "roadmapdocs_tokens.index": SIGNED_IN,
    "roadmapdocs_tokens.revoke": SIGNED_IN,
    "roadmapdocs_feed.index": SIGNED_IN,
    "roadmapdocs_feed.make": SIGNED_IN,
    "roadmapdocs_feed.revoke": SIGNED_IN,
    # The secret in the address is the key.
    "roadmapdocs_feed.feed": EVERYBODY,
    **dict.fromkeys(
        [f"roadmapdocs_webhooks.{name}" for name in ("index", "create", "card", "edit", "switch", "secret", "test", "replay", "replay_one")],
        Action.MANAGE_REGISTRY,
    ),
    # Without a provider in the settings there is nothing at these.
    **dict.fromkeys([f"roadmapdocs_office_sign_in.{name}" for name in ("begin", "back", "left", "out")], EVERYBODY),
    **dict.fromkeys([f"roadmapdocs_people_import.{name}" for name in ("index", "sample", "preview", "take")], Action.MANAGE_PEOPLE),
    "roadmapdocs_api_description.openapi": EVERYBODY,
    "roadmapdocs_odoo_doc.index": SIGNED_IN,
    "roadmapdocs_odoo_doc.model": SIGNED_IN,
    # Login and secret stand in the body.
    **dict.fromkeys(
        [f"roadmapdocs_odoo.{name}" for name in ("xmlrpc", "xmlrpc_old", "jsonrpc", "version_info", "plain_version")], EVERYBODY
    ),
    **dict.fromkeys([f"roadmapdocs_odoo.{name}" for name in ("json2", "doc_bearer", "content")], TOKEN),
    "roadmapdocs_control.index": SIGNED_IN,
    "roadmapdocs_control.late": SIGNED_IN,
    "roadmapdocs_control.discipline": SIGNED_IN,
    "roadmapdocs_control.extensions": SIGNED_IN,
    "roadmapdocs_control.documents": SIGNED_IN,
    "roadmapdocs_control.roadmap": SIGNED_IN,
    "roadmapdocs_control.list": SIGNED_IN,
    "roadmapdocs_control.file": SIGNED_IN,
    "roadmapdocs_acquaintance.index": SIGNED_IN,
    "roadmapdocs_acquaintance.control": Action.SEND_TO_READ,
    "roadmapdocs_acquaintance.document": READ,
    "roadmapdocs_acquaintance.shown": READ,
    "roadmapdocs_acquaintance.file": READ,
    "roadmapdocs_acquaintance.confirm": READ,
    "roadmapdocs_documents.acquaintance": READ,
    "roadmapdocs_documents.acquaintance_docx": READ,
    "roadmapdocs_documents.acquaintance_xlsx": READ,
    "roadmapdocs_documents.acquaintance_file": READ,
    "roadmapdocs_documents.send_to_read": Action.SEND_TO_READ,
    "roadmapdocs_documents.drop_reader": Action.SEND_TO_READ,
    "roadmapdocs_documents.remind_readers": Action.SEND_TO_READ,
    "roadmapdocs_documents.end_reading": Action.SEND_TO_READ,
    "roadmapdocs_documents.sign_on_paper": Action.KEEP_READING,
    "roadmapdocs_documents.refuse_to_sign": Action.KEEP_READING,
    "roadmapdocs_documents.take_reading_back": Action.KEEP_READING,
    "roadmapdocs_documents.index": SIGNED_IN,
    "roadmapdocs_documents.look": SIGNED_IN,
    "roadmapdocs_documents.export": SIGNED_IN,
    "roadmapdocs_documents.bulk": SIGNED_IN,
    "roadmapdocs_documents.choose_columns": SIGNED_IN,
    "roadmapdocs_documents.save_filter": SIGNED_IN,
    "roadmapdocs_documents.change_filter": SIGNED_IN,
    "roadmapdocs_documents.create": Action.WRITE_DOCUMENT,
    "roadmapdocs_documents.card": READ,
    "roadmapdocs_documents.history": READ,
    "roadmapdocs_documents.who": READ,
    "roadmapdocs_documents.comment": READ,
    "roadmapdocs_documents.compare": READ,
    "roadmapdocs_documents.file": READ,
    "roadmapdocs_documents.attachment": READ,
    "roadmapdocs_documents.versions": ADD_VERSION,
    "roadmapdocs_documents.add_attachment": ATTACH,
    "roadmapdocs_documents.remove_attachment": ATTACH,
    "roadmapdocs_documents.add_link": LINK,
    "roadmapdocs_documents.remove_link": LINK,
    "roadmapdocs_documents.edit": CHANGE,
    "roadmapdocs_documents.leave": READ,
    "roadmapdocs_documents.take_over": CHANGE,
    "roadmapdocs_documents.act": STEP,
    "roadmapdocs_documents.check_out": Action.WRITE_DOCUMENT,
    "roadmapdocs_documents.check_in": READ,
    "roadmapdocs_documents.discard": READ,
    "roadmapdocs_journals.index": SIGNED_IN,
    "roadmapdocs_journals.journal": SIGNED_IN,
    "roadmapdocs_journals.gaps": SIGNED_IN,
    "roadmapdocs_journals.print": SIGNED_IN,
    "roadmapdocs_journals.regulations": SIGNED_IN,
    "roadmapdocs_journals.reserve": Action.REGISTER,
    "roadmapdocs_journals.release": Action.REGISTER,
    "roadmapdocs_journals.explain": Action.REGISTER,
    "roadmapdocs_journals.close": Action.MANAGE_REGISTRY,
    "roadmapdocs_journals.upload": Action.REGISTER,
    "roadmapdocs_journals.preview": Action.REGISTER,
    "roadmapdocs_journals.take": Action.REGISTER,
    "roadmapdocs_journals.report": Action.REGISTER,
    "roadmapdocs_cases.index": SIGNED_IN,
    "roadmapdocs_cases.case": SIGNED_IN,
    "roadmapdocs_cases.due": Action.MANAGE_CASES,
    "roadmapdocs_cases.unfiled": Action.MANAGE_CASES,
    "roadmapdocs_cases.export": SIGNED_IN,
    "roadmapdocs_cases.edit": Action.MANAGE_CASES,
    "roadmapdocs_cases.create": Action.MANAGE_CASES,
    "roadmapdocs_cases.close": Action.MANAGE_CASES,
    "roadmapdocs_cases.copy": Action.MANAGE_CASES,
    "roadmapdocs_cases.file": Action.MANAGE_CASES,
    "roadmapdocs_cases.reopen": Action.MANAGE_CASES,
    "roadmapdocs_cases.take_off": Action.MANAGE_CASES,
    "roadmapdocs_search.index": SIGNED_IN,
    "roadmapdocs_search.part": SIGNED_IN,
    "roadmapdocs_search.suggest": SIGNED_IN,
    "roadmapdocs_search.export": SIGNED_IN,
    "roadmapdocs_search.similar": READ,
    "roadmapdocs_search.saved": SIGNED_IN,
    "roadmapdocs_search.save": SIGNED_IN,
    "roadmapdocs_search.open_saved": SIGNED_IN,
    "roadmapdocs_search.change_saved": SIGNED_IN,
    "roadmapdocs_abbreviations.index": Action.MANAGE_REGISTRY,
    "roadmapdocs_abbreviations.create": Action.MANAGE_REGISTRY,
    "roadmapdocs_abbreviations.add": Action.MANAGE_REGISTRY,
    "roadmapdocs_abbreviations.change": Action.MANAGE_REGISTRY,
    "roadmapdocs_notices.index": SIGNED_IN,
    "roadmapdocs_notices.open": SIGNED_IN,
    "roadmapdocs_notices.read": SIGNED_IN,
    "roadmapdocs_notices.settings": SIGNED_IN,
    "roadmapdocs_notices.send_again": Action.MANAGE_PEOPLE,
    "roadmapdocs_guests.index": EVERYBODY,
    "roadmapdocs_guests.page": EVERYBODY,
    "roadmapdocs_guests.code": EVERYBODY,
    "roadmapdocs_guests.enter": EVERYBODY,
    "roadmapdocs_guests.file": EVERYBODY,
    "roadmapdocs_guests.decide": EVERYBODY,
    "roadmapdocs_guest_links.index": SIGNED_IN,
    "roadmapdocs_guest_links.visa": SIGNED_IN,
    "roadmapdocs_guest_links.make": SIGNED_IN,
    "roadmapdocs_guest_links.revoke": SIGNED_IN,
    "roadmapdocs_guest_links.code": SIGNED_IN,
    "roadmapdocs_approvals.start": READ,
    "roadmapdocs_approvals.index": SIGNED_IN,
    "roadmapdocs_approvals.ask": SIGNED_IN,
    "roadmapdocs_approvals.forward": SIGNED_IN,
    "roadmapdocs_approvals.replace": SIGNED_IN,
    "roadmapdocs_approvals.paper": SIGNED_IN,
    "roadmapdocs_routes.index": SIGNED_IN,
    "roadmapdocs_routes.create": Action.MANAGE_REGISTRY,
    "roadmapdocs_routes.edit": Action.MANAGE_REGISTRY,
    "roadmapdocs_routes.retire": Action.MANAGE_REGISTRY,
    "roadmapdocs_signature_rule.index": Action.MANAGE_REGISTRY,
    "roadmapdocs_signature_rule.create": Action.MANAGE_REGISTRY,
    "roadmapdocs_signature_rule.end": Action.MANAGE_REGISTRY,
    "roadmapdocs_decide.index": SIGNED_IN,
    "roadmapdocs_decide.bulk": SIGNED_IN,
    "roadmapdocs_decide.document": READ,
    "roadmapdocs_decide.withdraw": READ,
    "roadmapdocs_decide.objection": READ,
    "roadmapdocs_sheets.index": SIGNED_IN,
    "roadmapdocs_sheets.sheet": READ,
    "roadmapdocs_sheets.docx": READ,
    "roadmapdocs_sheets.pdf": READ,
    "roadmapdocs_sheets.remarks": READ,
    "roadmapdocs_sheets.answer": READ,
    "roadmapdocs_sheets.remind": READ,
    "roadmapdocs_sheets.signature": READ,
    "roadmapdocs_check.index": EVERYBODY,
    "roadmapdocs_absences.index": SIGNED_IN,
    "roadmapdocs_absences.create": SIGNED_IN,
    "roadmapdocs_absences.revoke": SIGNED_IN,
    "roadmapdocs_acting.index": Action.REGISTER,
    "roadmapdocs_acting.create": Action.REGISTER,
    "roadmapdocs_acting.revoke": Action.REGISTER,
    "roadmapdocs_external_links.index": Action.LINK_DOCUMENT,
    "roadmapdocs_external_links.add_to_document": Action.LINK_DOCUMENT,
    "roadmapdocs_external_links.add_to_item": Action.LINK_DOCUMENT,
    "roadmapdocs_external_links.remove": Action.LINK_DOCUMENT,
    "roadmapdocs_drafts.index": SIGNED_IN,
    "roadmapdocs_drafts.draft": READ,
    "roadmapdocs_drafts.write": CHANGE,
    "roadmapdocs_drafts.start": CHANGE,
    "roadmapdocs_drafts.word": READ,
    "roadmapdocs_drafts.returned": READ,
    "roadmapdocs_drafts.for_item": Action.WRITE_DOCUMENT,
    "roadmapdocs_drafts.by_decision": Action.WRITE_DOCUMENT,
    "roadmapdocs_drafts.extract": Action.WRITE_DOCUMENT,
    "roadmapdocs_drafts.appendix": Action.WRITE_DOCUMENT,
    "roadmapdocs_drafts.like": Action.WRITE_DOCUMENT,
    "roadmapdocs_phrases.index": Action.WRITE_DOCUMENT,
    "roadmapdocs_phrases.create": Action.WRITE_DOCUMENT,
    "roadmapdocs_phrases.edit": Action.WRITE_DOCUMENT,
    "roadmapdocs_checks.index": SIGNED_IN,
    "roadmapdocs_checks.document": READ,
    "roadmapdocs_checks.mend": CHANGE,
    "roadmapdocs_previews.index": SIGNED_IN,
    "roadmapdocs_previews.page": READ,
    "roadmapdocs_previews.pdf": READ,
    "roadmapdocs_previews.archival": READ,
    "roadmapdocs_previews.again": READ,
    "roadmapdocs_forms.index": Action.REGISTER,
    "roadmapdocs_forms.employee": Action.REGISTER,
    "roadmapdocs_forms.post": Action.REGISTER,
    "roadmapdocs_templates.index": Action.MANAGE_REGISTRY,
    "roadmapdocs_templates.template": Action.MANAGE_REGISTRY,
    "roadmapdocs_templates.change": Action.MANAGE_REGISTRY,
    "roadmapdocs_templates.file": Action.MANAGE_REGISTRY,
    "roadmapdocs_templates.sample": Action.MANAGE_REGISTRY,
    "roadmapdocs_templates.pdf": Action.MANAGE_REGISTRY,
    "roadmapdocs_templates.version_file": Action.MANAGE_REGISTRY,
    "roadmapdocs_templates.version_sample": Action.MANAGE_REGISTRY,
    "roadmapdocs_templates.withdraw": Action.MANAGE_REGISTRY,
    "roadmapdocs_calendar.index": Action.MANAGE_PEOPLE,
    "roadmapdocs_calendar.add": Action.MANAGE_PEOPLE,
    "roadmapdocs_calendar.remove": Action.MANAGE_PEOPLE,
}
#: Reference tables, whose addresses are alike.
TABLES = {
    "organisations": Action.MANAGE_PEOPLE,
    "units": Action.MANAGE_PEOPLE,
    "employees": Action.MANAGE_PEOPLE,
    "posts": Action.MANAGE_PEOPLE,
    "users": Action.MANAGE_PEOPLE,
    "kinds": Action.MANAGE_REGISTRY,
    "journals": Action.MANAGE_REGISTRY,
    "retention": Action.MANAGE_REGISTRY,
}

#: Who has what to a draft, and who may withdraw it.
DRAFT_HAS = {
    READ: {"clerk", "executive", "coordinator", "administrator", "drafter"},
    CHANGE: {"clerk", "coordinator", "administrator", "drafter"},
    ADD_VERSION: {"clerk", "coordinator", "administrator", "drafter"},
    ATTACH: {"clerk", "coordinator", "administrator", "drafter"},
    LINK: {"clerk", "coordinator", "administrator", "drafter"},
    STEP: {"clerk", "drafter"},
}
PEOPLE = ("anonymous", "staff", "drafter", "executive", "coordinator", "clerk", "administrator")
SECRET = "Bonus of Lukina"
#: 403 where an action of the registry is asked for before anything is looked up.
NOT_THERE = (403, 404)


@dataclass
class World:
    """A draft, which staff may not read, and a registered document with personal data, in the midst of everything."""

    office: Office
    clients: dict[str, FlaskClient]
    values: dict[str, Any]
    restricted: dict[str, Any]
    draft: Document


@pytest.fixture
def world(sqlite_address: str, tmp_path: Path) -> Iterator[World]:
    with office_on(sqlite_address, tmp_path) as office:
        yield made(office)


def made(office: Office) -> World:
    store = office.app.extensions["roadmapdocs"].store
    unit = make.unit()
    drafter = make.employee("Лукина")
    other = make.employee("Дёмина", unit)
    assert Post.select().exists()
    roles = {"staff": Role.STAFF, "drafter": Role.STAFF}
    clients = {"anonymous": office.app.test_client()}
    for name in PEOPLE[1:]:
        employee = {"drafter": drafter, "staff": other}.get(name)
        user = create_user(f"{name}.login", PASSWORD, [roles.get(name) or Role(name)], employee=employee, by=SYSTEM, now=NOW)
        clients[name] = office.client_of(user)

    draft = document(f"{SECRET} draft", preparation="draft", date=None, drafter_id=drafter.id, signer="O. Lukina")
    approved = document("On the reading week", number="17-Z")
    values = filled(draft, approved, store)
    restricted = document(
        f"{SECRET} order", kind="note", preparation="draft", date=None, signer="O. Lukina", mark=Mark.PERSONAL, mark_basis="152"
    )
    hidden = filled(restricted, approved, store)
    case = make_case()
    for step in ("sign", "register", "file"):
        answers = Answers(case=case.id, reason="so")
        perform(restricted.id, step, answers=answers, by=SYSTEM, now=NOW, today=TODAY)
    edition = make.roadmap(make.item("1.1", "Reading week", make.deadline(2025, 12, 1)))
    (slot,) = coverage_of(edition, today=TODAY).items[0].slots
    link(slot.expected.id, slot.slot.key, get_document(restricted.id), by=SYSTEM, now=NOW)
    entry = get_document(restricted.id).entry
    shared = {
        "case_id": case.id,
        "journal_id": entry.journal_id,
        "entry_id": entry.id,
        "roadmap_id": edition.roadmap_id,
        "item_id": edition.items[0].id,
        "import_id": 1,
        "filter_id": 1,
        "secret": "rd_unknown",
        "webhook_id": 999,
        "token_id": 999,
        "search_id": 999,
        "line_id": 999,
        "sheet_id": 999,
        "file_id": 999,
        "assignment_id": 999,
        "series_id": 999,
        "group_id": 999,
        "spelling_id": 999,
        "substitution_id": 1,
        "acting_id": 1,
        "visa_id": 999,
        "remark_id": 1,
        "signature_id": 1,
        "route_id": 999,
        "rule_id": 999,
        "notice_id": 1,
        "delivery_id": 1,
        "page_number": 1,
        "phrase_id": 999,
        "employee_id": drafter.id,
        "post_id": Post.select().get().id,
        "shape": "order",
        "step": "withdraw",
        "format": "csv",
        "export_type": "csv",
        "code": "author",
        "filename": "base.css",
        "slot": slot_key(slot.expected.id, slot.slot.key),
    }
    return World(office, clients, {**shared, **values}, {**shared, **hidden}, draft)


def filled(row: Document, other: Document, store: MemoryStore) -> dict[str, Any]:
    """Text, attachment, link and comment, each of which would tell the secret."""
    text = f"{SECRET} {row.id}".encode()
    version = add_version(row, text, f"{SECRET}.txt", store=store, by=SYSTEM, now=NOW)
    attached = attach(row, text + b" scan", f"{SECRET} scan.txt", title=SECRET, store=store, by=SYSTEM, now=NOW)
    tied = DocumentLink.create(source=row, target=other, kind="other", made_by="Demina", made_at=NOW)
    comment(row, SECRET, by=SYSTEM, now=NOW)
    start_draft(row.id, content={}, by=SYSTEM, now=NOW)
    return {
        "document_id": row.id,
        "version_id": version.id,
        "attachment_id": attached.id,
        "link_id": tied.id,
    }


def rules(office: Office) -> list[tuple[Rule, str]]:
    """Every address with each of its methods."""
    return [
        (rule, method)
        for rule in sorted(office.app.url_map.iter_rules(), key=str)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def pages(office: Office) -> list[tuple[Rule, str]]:
    """Every address that people come to: those for programs know no session."""
    return [(rule, method) for rule, method in rules(office) if gate_of(rule) != TOKEN]


def gate_of(rule: Rule) -> str | Action | None:
    table = re.match(r"roadmapdocs_table_(\w+)\.", rule.endpoint)
    if table:
        return TABLES.get(table[1])
    if rule.endpoint.startswith("roadmapdocs_api_") and rule.endpoint not in GATES:
        return TOKEN
    return GATES.get(rule.endpoint)


def _sample(rule: Rule, name: str) -> str | int:
    """A value for a place of an address that nothing above has one for: one of those it takes, a number, or a word."""
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 999 if isinstance(converter, IntegerConverter) else "nothing"


def address(world: World, rule: Rule, values: dict[str, Any]) -> str:
    with world.office.app.test_request_context():
        built = world.office.app.url_map.bind("localhost").build(
            rule.endpoint, {name: values.get(name, _sample(rule, name)) for name in rule.arguments}, force_external=False
        )
    return str(built)


def ask(world: World, who: str, method: str, url: str, **form: Any) -> TestResponse:
    client = world.clients[who]
    if method == "GET":
        with client.get(url) as response:
            response.get_data()
        return response
    form["csrf_token"] = token(client, "/sign-in" if who == "anonymous" else "/password")
    return client.open(url, method=method, data=form)


def readable(response: TestResponse) -> str:
    """Text of a page, or of all that is inside an office file."""
    data = response.get_data()
    if data[:2] != b"PK":
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def has_gate(gate: str | Action, who: str) -> bool:
    if isinstance(gate, Action):
        return who != "anonymous" and Role(who if who != "drafter" else "staff") in ALLOWED[gate]
    if gate in {EVERYBODY, SIGNED_IN}:
        return gate == EVERYBODY or who != "anonymous"
    if gate == TOKEN:
        return False
    return who in DRAFT_HAS[gate]


def test_every_address_is_in_a_table(world: World) -> None:
    unknown = {f"{rule.endpoint} {method}" for rule, method in rules(world.office) if gate_of(rule) is None}
    assert unknown == set(), "say in GATES or TABLES what opens these"


def test_no_table_names_an_address_that_a_view_has_no_more(world: World) -> None:
    there = {rule.endpoint for rule, _method in rules(world.office)}
    views = {endpoint.partition(".")[0] for endpoint in there}
    assert {name for name in GATES if name.partition(".")[0] in views} - there == set()
    assert {f"roadmapdocs_table_{name}.index_view" for name in TABLES} <= there


@pytest.mark.parametrize("who", PEOPLE)
def test_a_door_is_open_to_those_for_whom_it_is(world: World, who: str) -> None:
    """On a draft: hidden from staff, read by executives, written by its drafter and those who keep cards."""
    wrong = []
    for rule, method in rules(world.office):
        gate = gate_of(rule)
        if gate is None or rule.endpoint == "roadmapdocs_sign_in.sign_out":
            continue
        # Those who may leave the form empty, so that all addresses meet the same draft.
        form = {} if has_gate(gate, who) else {"reason": "so", "text": "so", "file": upload(b"so", "so.txt")}
        events = Event.select().count()
        response = ask(world, who, method, address(world, rule, world.values), **form)
        said = verdict(gate, who, method, response)
        if form and Event.select().count() != events:
            said = "is done all the same"
        if said or (who == "staff" and SECRET in readable(response)):
            wrong.append((method, str(rule), response.status_code, said or "tells the secret"))
    assert not wrong, "\n".join(map(str, wrong))
    assert get_document(world.draft.id).preparation == "draft"
    assert world.clients[who].get("/password").status_code == (302 if who == "anonymous" else 200), "nothing has signed them out"


def verdict(gate: str | Action, who: str, method: str, response: TestResponse) -> str:
    """What is wrong with the answer; nothing, where it is right."""
    status = response.status_code
    if status >= 500:
        return "fails"
    if gate == TOKEN:
        return "" if status == 401 else "asks for no token"
    if who == "anonymous" and gate != EVERYBODY:
        # Flask-Admin's own first page leads to ours, which asks.
        to_sign_in = status == 302 and ("/sign-in" in response.headers["Location"] or url_is_ours(response))
        return "" if to_sign_in or (method == "POST" and status == 400) else "asks nobody to sign in"
    if has_gate(gate, who):
        return "refused" if status == 403 else ""
    if who not in DRAFT_HAS[READ] and (gate in DRAFT_HAS or "/documents/" in response.request.path):
        return "" if status in NOT_THERE else "should be as if it were not there"
    # Who comes to an act that is closed may be led back to the card, which says why.
    to_card = status == 302 and re.match(r"/documents/\d+($|#)", response.headers["Location"])
    return "" if status == 403 or (gate in DRAFT_HAS and to_card) else "should be refused"


def url_is_ours(response: TestResponse) -> bool:
    return response.request.path == "/admin/" and response.headers["Location"] == "/"


@pytest.mark.parametrize("who", ["staff", "coordinator", "administrator"])
def test_nothing_anywhere_tells_of_a_document_with_personal_data(world: World, who: str) -> None:
    for rule, method in pages(world.office):
        if rule.endpoint == "roadmapdocs_sign_in.sign_out":
            continue
        url = address(world, rule, world.restricted)
        urls = [url] if method == "POST" else [url, *(f"{url}?{more}" for more in MORE.get(rule.endpoint, ()))]
        for one in urls:
            response = ask(world, who, method, one.format(**world.restricted))
            told = readable(response).replace(f"{SECRET} draft", "")
            assert SECRET not in told, (method, one)
            if "document_id" in rule.arguments:
                assert response.status_code in NOT_THERE, (method, one, response.status_code)


YEAR = "since=2026-01-01&until=2026-12-31"
#: Addresses that show documents only when they are asked to.
MORE = {
    "roadmapdocs_documents.index": ("find=Bonus", "state=signed", "kind=note"),
    "roadmapdocs_search.index": ("q=Bonus", "q=Lukina&in_force=1", "like={document_id}"),
    "roadmapdocs_search.part": ("q=order", "q=Bonu&growing=1"),
    "roadmapdocs_search.suggest": ("q=order", "q=Bonu"),
    "roadmapdocs_search.export": ("q=Bonus",),
    "roadmapdocs_roadmaps.roadmap": ("slot={slot}", "slot={slot}&find=Bonus"),
    "roadmapdocs_roadmaps.report": ("format=xlsx", "format=docx"),
    "roadmapdocs_journals.print": (f"{YEAR}&format=docx", f"{YEAR}&format=xlsx"),
    "roadmapdocs_journals.regulations": (f"{YEAR}&format=docx", f"{YEAR}&format=xlsx"),
    "roadmapdocs_decide.bulk": ("act=agree", "act=sign"),
    "roadmapdocs_workflows.index": ("document={document_id}",),
    "roadmapdocs_workflows.definition": ("document={document_id}",),
}


def test_those_who_may_read_it_see_it_in_the_same_places(world: World) -> None:
    """The test above would pass on empty pages."""
    seen = set()
    for rule, method in pages(world.office):
        if method == "GET":
            url = address(world, rule, world.restricted)
            for one in [url, *(f"{url}?{more}" for more in MORE.get(rule.endpoint, ()))]:
                if f"{SECRET}" in readable(ask(world, "clerk", "GET", one.format(**world.restricted))).replace(f"{SECRET} draft", ""):
                    seen.add(rule.endpoint.removeprefix("roadmapdocs_"))
    assert seen >= {
        "documents.index",
        "documents.export",
        "documents.card",
        "documents.history",
        "documents.file",
        "documents.attachment",
        "cases.case",
        "journals.journal",
        "journals.print",
        "roadmaps.roadmap",
        "roadmaps.item",
        "search.index",
        "search.part",
        "search.suggest",
        "search.export",
    }


@pytest.mark.parametrize("who", ["staff", "coordinator", "administrator"])
def test_an_address_of_another_answers_as_one_that_is_not_there(world: World, who: str) -> None:
    """Word for word: whether a document exists is nobody's guess."""
    nowhere = {**world.restricted, "document_id": 10**6, "version_id": 10**6, "attachment_id": 10**6, "link_id": 10**6}
    events = Event.select().count()
    for rule, method in pages(world.office):
        if "document_id" in rule.arguments:
            answers = [ask(world, who, method, address(world, rule, ids)) for ids in (world.restricted, nowhere)]
            assert answers[0].status_code == answers[1].status_code in NOT_THERE, (method, str(rule))
            assert masked(answers[0]) == masked(answers[1]), (method, str(rule))
    assert Event.select().count() == events


def masked(response: TestResponse) -> str:
    """The page without what differs from answer to answer: its token."""
    return re.sub(r'value="[^"]{40,}"|content="[^"]{40,}"', "", response.text)


def test_a_file_of_one_document_is_not_served_at_the_address_of_another(world: World) -> None:
    mine, secret = world.values, world.restricted
    for kind, name in (("files", "version_id"), ("attachments", "attachment_id")):
        url = f"/documents/{mine['document_id']}/{kind}/{secret[name]}"
        response = ask(world, "coordinator", "GET", url)
        assert response.status_code == 404
        assert SECRET not in response.text
