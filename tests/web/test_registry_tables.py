"""Kinds of documents and journals, kept by the administrator in the browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from roadmapdocs.audit.models import Event
from roadmapdocs.cases.models import Retention
from roadmapdocs.documents.models import Kind
from roadmapdocs.people.models import Organisation
from roadmapdocs.people.rules import Role
from roadmapdocs.registration.models import Journal
from tests.web.office import Office, document, office_on, post

KIND: dict[str, Any] = {
    "name": "Распоряжение по безопасности",
    "short": "Распоряжение (Б)",
    "code": "safety_directive",
    "gender": "n",
    "group": "order",
    "expected": "распоряжение",
    "form_gen": "распоряжения",
    "form_dat": "",
    "form_acc": "распоряжение",
    "form_ins": "распоряжением",
    "form_pre": "распоряжении",
    "own_number": "y",
    "series": "safety",
    "fields": ["place", "keywords"],
    "own_fields": "Объект; text; required\nУровень; choice: жёлтый, красный",
    "workflow_preparation": "confirmation",
    "retention_id": "",
    "template": "",
    "active": "y",
}
JOURNAL: dict[str, Any] = {
    "name": "Распоряжения по безопасности",
    "code": "safety",
    "series": "directive",
    "pattern": "Б-{n:03d}/{yy}",
    "reset": "year",
    "term_since": "",
    "organisation_id": "",
    "body": "",
    "position": "",
    "active": "y",
}


class Form(HTMLParser):
    """What a browser would send of a page's form if nobody touched it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self.select = self.area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value") or ""
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self.area = name
            self.values[name] = ""
        elif tag == "option" and (self.select not in self.values or "selected" in found):
            self.values[self.select] = value
        elif tag == "input" and name and found.get("type") == "checkbox" and "checked" in found:
            self.values.setdefault(name, []).append(value)
        elif tag == "input" and name and found.get("type") not in {"checkbox", "submit", "search"}:
            self.values[name] = value

    def handle_endtag(self, tag: str) -> None:
        self.select = "" if tag == "select" else self.select
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] = f"{self.values[self.area]}{data}".removeprefix("\r\n").removeprefix("\n")


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


@pytest.fixture
def client(office: Office) -> FlaskClient:
    return office.client(Role.ADMINISTRATOR)


def kind(code: str = "safety_directive") -> Any:
    return Kind.get(Kind.code == code)


@pytest.mark.parametrize("role", [Role.STAFF, Role.COORDINATOR, Role.CLERK, Role.EXECUTIVE])
@pytest.mark.parametrize("table", ["kinds", "journals"])
def test_only_the_administrator_keeps_them(office: Office, role: Role, table: str) -> None:
    client = office.client(role)
    before = Event.select().count()
    for route in ("", "new/", "edit/?id=1", "details/?id=1", "export/csv/"):
        assert client.get(f"/reference/{table}/{route}").status_code == 403
    for route in ("new/", "edit/?id=1"):
        assert post(client, f"/reference/{table}/{route}", **KIND).status_code == 403
    assert Event.select().count() == before


@pytest.mark.parametrize("table", ["kinds", "journals"])
def test_the_way_in_leads_to_the_table_and_its_rows(client: FlaskClient, table: str) -> None:
    assert f'href="/reference/{table}/"' in client.get("/people/").text
    assert client.get(f"/reference/{table}/").status_code == 200
    assert client.get(f"/reference/{table}/details/?id=1").status_code == 200


@pytest.mark.parametrize("table", ["kinds", "journals"])
@pytest.mark.parametrize("route", ["new/", "edit/?id=1", "delete/", "action/"])
def test_a_change_without_its_token_is_not_taken(client: FlaskClient, table: str, route: str) -> None:
    before = Event.select().count()
    assert client.post(f"/reference/{table}/{route}", data={**KIND, "id": "1"}).status_code == 400
    assert Event.select().count() == before


def test_a_kind_is_made_with_its_own_fields_case_forms_and_workflows(client: FlaskClient) -> None:
    assert post(client, "/reference/kinds/new/", **KIND).status_code == 302
    made = kind()
    assert made.forms == {"gen": "распоряжения", "acc": "распоряжение", "ins": "распоряжением", "pre": "распоряжении"}
    assert made.workflows == {"preparation": "confirmation"}
    assert made.fields == [
        "place",
        "keywords",
        {"name": "own_1", "label": "Объект", "type": "text", "required": True},
        {"name": "own_2", "label": "Уровень", "type": "choice", "choices": ["жёлтый", "красный"]},
    ]
    assert (made.series, made.own_number, made.active, made.retention_id) == ("safety", True, True, None)
    assert made.position == max(position for (position,) in Kind.select(Kind.position).tuples())
    event = Event.select().order_by(Event.number.desc()).get()
    assert (event.what, event.subject, event.who) == ("kind_kept", f"kind:{made.id}", "administrator.login")


def test_every_shipped_kind_is_as_it_was_after_it_was_opened_and_saved(client: FlaskClient) -> None:
    for before in list(Kind.select()):
        address = f"/reference/kinds/edit/?id={before.id}"
        form = Form(client.get(address).text).values
        assert post(client, address, **form).status_code == 302, before.code
        assert Kind.get_by_id(before.id).__data__ == before.__data__


def test_every_shipped_journal_is_as_it_was_after_it_was_opened_and_saved(client: FlaskClient) -> None:
    for before in list(Journal.select()):
        address = f"/reference/journals/edit/?id={before.id}"
        form = Form(client.get(address).text).values
        assert post(client, address, **form).status_code == 302, before.code
        assert Journal.get_by_id(before.id).__data__ == before.__data__


def test_own_fields_keep_their_names_while_their_labels_stay(client: FlaskClient) -> None:
    post(client, "/reference/kinds/new/", **KIND)
    address = f"/reference/kinds/edit/?id={kind().id}"
    form = Form(client.get(address).text).values
    assert form["own_fields"].splitlines() == ["Объект; text; required", "Уровень; choice: жёлтый, красный"]
    lines = ["Срок; date", "Уровень; choice: жёлтый, красный, чёрный", "Объект; text"]
    post(client, address, **form | {"own_fields": "\n".join(lines)})
    own = [field for field in kind().fields if isinstance(field, dict)]
    assert [(field["name"], field["label"]) for field in own] == [("own_3", "Срок"), ("own_2", "Уровень"), ("own_1", "Объект")]
    assert own[1]["choices"] == ["жёлтый", "красный", "чёрный"]


def test_a_kind_takes_its_term_of_storage(client: FlaskClient) -> None:
    term = Retention.get(Retention.code == "19b")
    post(client, "/reference/kinds/new/", **KIND | {"retention_id": str(term.id)})
    assert kind().retention_id == term.id


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": "order_main"}, "A kind with this code is there already."),
        ({"code": "Безопасность"}, "A code is Latin small letters"),
        ({"name": "  "}, "Fill this in."),
        ({"short": "я" * 61}, "Field cannot be longer than 60 characters."),
        ({"series": "Безопасность"}, "A series begins with a small Latin letter"),
        ({"own_fields": "Уровень; цвет"}, "The line “Уровень; цвет” is not understood."),
        ({"own_fields": "Уровень; choice"}, "has nothing to choose from"),
        ({"own_fields": "А; text\nА; date"}, "is named twice"),
        ({"own_fields": "\n".join(f"Поле {n}; text" for n in range(41))}, "A card has 40 fields at the most."),
        ({"workflow_storage": "preparation"}, "Not a valid choice."),
        ({"gender": "x"}, "Not a valid choice."),
        ({"fields": ["nothing"]}, "'nothing' is not a valid choice"),
        ({"retention_id": "9999"}, "Not a valid choice."),
        ({"retention_id": "x"}, "Invalid Choice: could not coerce."),
    ],
)
def test_a_kind_that_makes_no_sense_is_refused_and_what_was_typed_stays(
    client: FlaskClient, wrong: dict[str, Any], sentence: str
) -> None:
    before = Kind.select().count()
    answer = post(client, "/reference/kinds/new/", **KIND | {"own_fields": "Объект; text"} | wrong)
    assert answer.status_code == 200
    typed = Form(answer.text).values
    assert sentence in answer.text.replace("&#39;", "'")
    assert (typed["form_ins"], typed["workflow_preparation"]) == ("распоряжением", "confirmation")
    assert Kind.select().count() == before


def test_the_code_of_a_kind_stays_once_there_are_documents(client: FlaskClient) -> None:
    document()
    address = f"/reference/kinds/edit/?id={kind('order_main').id}"
    answer = post(client, address, **Form(client.get(address).text).values | {"code": "order_first"})
    assert "There are documents of this kind: its code stays." in answer.text
    assert Kind.select().where(Kind.code == "order_main").exists()


def test_a_journal_is_made_and_offered_to_its_organisation(client: FlaskClient) -> None:
    organisation = Organisation.create(name="Центр", short_name="МЦ", genitive="Центра")
    assert post(client, "/reference/journals/new/", **JOURNAL | {"organisation_id": str(organisation.id)}).status_code == 302
    made = Journal.get(Journal.code == "safety")
    assert (made.pattern, made.organisation_id, made.reset, made.active) == ("Б-{n:03d}/{yy}", organisation.id, "year", True)
    assert "МЦ" in client.get("/reference/journals/").text


def test_a_journal_of_a_new_series_follows_the_kind_that_names_it(client: FlaskClient) -> None:
    answer = post(client, "/reference/journals/new/", **JOURNAL | {"series": "safety"})
    assert "Not a valid choice." in answer.text
    post(client, "/reference/kinds/new/", **KIND | {"own_fields": ""})
    assert post(client, "/reference/journals/new/", **JOURNAL | {"series": "safety"}).status_code == 302
    assert Journal.get(Journal.code == "safety").series == "safety"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"pattern": "Б-{m}"}, "A pattern has no field {m}."),
        ({"pattern": "Б"}, "exactly once"),
        ({"pattern": "{n}<b>"}, "Between fields a pattern has letters"),
        ({"pattern": ""}, "Fill this in."),
        ({"pattern": "{n}" + "я" * 60}, "Field cannot be longer than 60 characters."),
        ({"code": "directive"}, "There is a journal with the code directive."),
        ({"code": "9б"}, "A code begins with a small Latin letter"),
        ({"reset": "term"}, "Write the first day of the term."),
        ({"reset": "daily"}, "Not a valid choice."),
        ({"term_since": "вчера"}, "Not a valid date value."),
        ({"organisation_id": "77"}, "Not a valid choice."),
        ({"position": "-1"}, "Number must be between 0 and 10000."),
    ],
)
def test_a_journal_that_makes_no_sense_is_refused_and_what_was_typed_stays(
    client: FlaskClient, wrong: dict[str, Any], sentence: str
) -> None:
    before = Journal.select().count()
    answer = post(client, "/reference/journals/new/", **JOURNAL | wrong)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert Form(answer.text).values["name"] == "Распоряжения по безопасности"
    assert Journal.select().count() == before


def test_a_journal_is_closed_and_gives_no_more_numbers(client: FlaskClient) -> None:
    row = Journal.get(Journal.code == "directive")
    address = f"/reference/journals/edit/?id={row.id}"
    form = Form(client.get(address).text).values
    del form["active"]
    post(client, address, **form)
    assert not Journal.get_by_id(row.id).active


def test_markup_in_names_is_shown_as_it_was_typed(client: FlaskClient) -> None:
    name = "<script>alert(1)</script>"
    post(client, "/reference/kinds/new/", **KIND | {"name": name, "short": "<b>Р</b>", "own_fields": ""})
    post(client, "/reference/journals/new/", **JOURNAL | {"name": name, "series": "safety"})
    made, opened = kind(), Journal.get(Journal.code == "safety")
    for address in (
        "/reference/kinds/?sort=3",
        f"/reference/kinds/edit/?id={made.id}",
        f"/reference/kinds/details/?id={made.id}",
        "/reference/kinds/?search=script",
        "/reference/journals/",
        "/reference/journals/new/",
        f"/reference/journals/details/?id={opened.id}",
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert name not in page.text
        assert "<b>Р</b>" not in page.text
    assert "&lt;script&gt;" in client.get(f"/reference/kinds/details/?id={made.id}").text


def test_an_export_of_names_holds_no_formulas(client: FlaskClient) -> None:
    post(client, "/reference/kinds/new/", **KIND | {"name": "=1+1", "short": "@SUM(A1)", "own_fields": ""})
    post(client, "/reference/journals/new/", **JOURNAL | {"name": "=1+1", "pattern": "-{n}"})
    for table in ("kinds", "journals"):
        answer = client.get(f"/reference/{table}/export/csv/")
        cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
        assert "'=1+1" in cells
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
