"""The way of a document and its badges, from made-up workflows and days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.documents.models import Document
from roadmapdocs.people.rules import Role
from roadmapdocs.web.documents.lines import is_late, reached, steps
from roadmapdocs.web.words import line_badge, line_word
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line
from tests.conftest import NOW, TODAY
from tests.web.cards import draft, go, registered, with_text, words
from tests.web.office import Office, document, office_on


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


def way(document: Document) -> list[tuple[str, str]]:
    events = Event.select().where((Event.subject == f"document:{document.id}") & (Event.what == "document_moved"))
    workflow = workflow_of(document.workflow_id)
    return [(step.label, step.place) for step in steps(document, workflow, reached(events.order_by(Event.number)))]


def test_the_way_of_a_draft_lies_ahead(office: Office) -> None:
    from roadmapdocs.i18n import use_language

    with use_language("en"):
        assert way(draft()) == [
            ("Draft", "now"),
            ("In approval", "ahead"),
            ("Agreed", "ahead"),
            ("In signing", "ahead"),
            ("Signed", "ahead"),
        ]


@pytest.mark.parametrize(
    ("taken", "places"),
    [
        (("send_for_approval",), {"draft": "done", "in_approval": "now", "agreed": "ahead"}),
        (("send_for_approval", "agree"), {"in_approval": "done", "agreed": "now", "signed": "ahead"}),
        (("send_for_approval", "agree", "send_for_signing", "sign"), {"agreed": "done", "signed": "now"}),
        (("send_for_approval", "return_for_rework"), {"in_approval": "done", "rework": "now", "agreed": "ahead"}),
        (("send_for_approval", "withdraw"), {"in_approval": "done", "withdrawn": "now"}),
    ],
)
def test_the_way_marks_where_the_document_stands(
    office: Office, taken: tuple[str, ...], places: dict[str, str]
) -> None:
    made = go(with_text(office, draft(date=TODAY)), *taken, reason="причина")
    definition = workflow_of(made.workflow_id).definitions[Line.PREPARATION]
    labels = {definition.states[name].label.in_language("ru").capitalize(): place for name, place in places.items()}
    assert labels.items() <= dict(way(made)).items()


def test_what_was_brought_in_signed_has_no_way_behind_it(office: Office) -> None:
    made = document(number="1")
    assert [place for _label, place in way(made)] == ["now"]


@pytest.mark.parametrize("kind", ["order_main", "regulation", "protocol", "note", "letter", "other"])
def test_every_shipped_line_has_a_way_that_ends(office: Office, kind: str) -> None:
    made = draft(kind=kind)
    labels = [label for label, _place in way(made)]
    assert len(labels) == len(set(labels)) >= 2


def test_six_captions_stand_on_every_card(office: Office) -> None:
    made = draft()
    page = office.client(Role.CLERK).get(f"/documents/{made.id}").text
    captions = page.split('<dl class="rd-lines">')[1].split("</dl>")[0]
    assert [caption for line in Line if (caption := line_word(line)) in captions or True] == [line_word(line) for line in Line]
    assert captions.count("<dt>") == captions.count('<span class="rd-badge') == 6


@pytest.mark.parametrize(
    ("control", "due", "late"),
    [
        ("on", TODAY - dt.timedelta(days=1), True),
        ("on", TODAY, False),
        ("on", None, False),
        ("awaiting_removal", TODAY - dt.timedelta(days=1), False),
        ("removed", TODAY - dt.timedelta(days=1), False),
    ],
)
def test_overdue_is_computed_from_term_and_state(control: str, due: dt.date | None, late: bool) -> None:
    assert is_late(Document(control=control, control_due=due), TODAY) is late


def test_an_overdue_document_shouts_and_others_do_not(office: Office) -> None:
    made = go(registered(office), "put_on_control", due=TODAY)
    client = office.client(Role.CLERK)
    calm = client.get(f"/documents/{made.id}").text
    assert "rd-badge--late" not in calm
    Document.update(control_due=TODAY - dt.timedelta(days=1)).execute()
    page = client.get(f"/documents/{made.id}").text
    assert page.count("rd-badge--late") == 1
    assert "control overdue" in page


def test_force_is_told_by_the_day(office: Office) -> None:
    made = registered(office)
    later = TODAY + dt.timedelta(days=5)
    Document.update(force_from=later).where(Document.id == made.id).execute()
    page = words(office.client(Role.CLERK).get(f"/documents/{made.id}").text)
    assert f"comes into force on {later:%d.%m.%Y}" in page


def test_a_state_that_the_workflow_lacks_is_shown_by_its_name(office: Office) -> None:
    workflow = workflow_of(draft().workflow_id)
    assert line_badge(workflow, Line.CONTROL, "moonlit") == {"look": "plain", "label": "moonlit", "symbol": None}


def test_arrivals_are_the_newest_of_each_state() -> None:
    moves = [("in_approval", 1), ("rework", 2), ("in_approval", 3)]
    events = [
        Event(effect={"line": "preparation", "to": to}, at=NOW + dt.timedelta(days=days)) for to, days in moves
    ]
    others = [Event(effect={"line": "control", "to": "on"}, at=NOW)]
    assert reached([*events, *others]) == [
        ("rework", (NOW + dt.timedelta(days=2)).date()),
        ("in_approval", (NOW + dt.timedelta(days=3)).date()),
    ]


def test_states_that_were_stepped_over_are_not_shown_as_passed(office: Office) -> None:
    made = go(with_text(office, draft(date=TODAY)), "send_for_signing", "sign")
    assert [place for _label, place in way(made)] == ["done", "done", "now"]
