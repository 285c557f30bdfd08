"""Workflows as pictures and tables, and where a document stands in them."""

from __future__ import annotations

import dataclasses
import html
import re
import xml.etree.ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient

from roadmapdocs.documents.rules import Preparation
from roadmapdocs.people.rules import Role
from roadmapdocs.web.reference.workflow_picture import picture
from roadmapdocs.web.reference.workflows import guard_word
from roadmapdocs.workflow.layout import layers, layout
from roadmapdocs.workflow.rules import ASKED, Definition, Label, State, Transition
from tests import factories
from tests.web.conftest import SignIn
from tests.workflow.definitions import KNOWN, shipped

DEFINITIONS = shipped().definitions


def words_in(drawn: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", drawn)).split())


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS.keys())
@pytest.mark.parametrize(("language", "gender"), [("ru", "f"), ("en", "m")])
def test_every_state_and_step_is_in_the_picture(definition: Definition, language: str, gender: str) -> None:
    drawn = picture(definition, definition.initial, language, gender)

    text = words_in(drawn)
    for state in definition.states.values():
        assert state.label.in_language(language, gender) in text
        for step in definition.transitions.values():
            if state.name in step.sources:
                assert step.label.in_language(language) in text
    assert ET.fromstring(drawn).get("role") == "img"
    assert re.search(r"<script|<style|style=|\son\w+=", drawn) is None


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS.keys())
def test_pictures_of_ours_fit_a_phone_and_keep_inside_their_frame(definition: Definition) -> None:
    svg = ET.fromstring(picture(definition, None, "ru"))

    width, height = int(svg.get("width", 0)), int(svg.get("height", 0))
    assert width <= 358
    for place in svg.iter("{*}rect"):
        assert 0 <= float(place.get("x", -1)) <= width - float(place.get("width", 0))
        assert 0 <= float(place.get("y", -1)) <= height - float(place.get("height", 0))
    for place in svg.iter("{*}circle"):
        assert 0 < float(place.get("cx", -1)) < width
        assert 0 < float(place.get("cy", -1)) < height


def test_the_present_state_is_marked_by_shape_weight_and_word() -> None:
    drawn = picture(DEFINITIONS["preparation"], "signed", "ru", "f")

    now = re.findall(r'<g><title>([^<]+)</title><rect class="[^"]*--now', drawn)
    assert now == ["подписана"]
    assert drawn.count("rd-wf__mark") == drawn.count('font-weight="700"') == 1
    assert "rd-wf__mark" not in picture(DEFINITIONS["preparation"], None, "ru")
    assert "rd-wf__mark" not in picture(DEFINITIONS["preparation"], "no such state", "ru")


def hostile(states: int = 2) -> Definition:
    label = Label({"ru": {"m": "<script>alert('x')</script>" + "я" * 90}})
    made = {f"s{number}": State(f"s{number}", "on", label) for number in range(states)}
    control = DEFINITIONS["control"]
    steps = {
        f"t{a}_{b}": Transition(f"t{a}_{b}", control.line, frozenset({f"s{a}"}), f"s{b}", label, frozenset({"clerk"}))
        for a in range(states)
        for b in range(states)
    }
    return dataclasses.replace(control, title=label, initial="s0", states=made, transitions=steps)


def test_words_with_markup_stay_words() -> None:
    drawn = picture(hostile(), "s0", "ru")

    assert "<script" not in drawn
    titles = [title.text or "" for title in ET.fromstring(drawn).iter("{*}title")]
    assert all(title.startswith("<script>alert('x')</script>") for title in titles)


def test_a_picture_in_which_everything_leads_everywhere_is_drawn() -> None:
    plan = layout(hostile(12))

    assert plan.order == tuple(f"s{number}" for number in range(12))
    assert plan.lanes <= 12
    ET.fromstring(picture(hostile(12), "s3", "ru"))


def test_states_stand_in_the_order_of_the_work() -> None:
    assert layers(DEFINITIONS["storage"]) == ("in_work", "in_case", "archived", "to_destroy", "destroyed")
    assert layers(DEFINITIONS["preparation"])[0] == "draft"
    assert layers(DEFINITIONS["preparation"])[-2:] == ("signed", "withdrawn")


def test_lanes_that_meet_are_apart() -> None:
    for definition in DEFINITIONS.values():
        plan = layout(definition)
        place = {name: number for number, name in enumerate(plan.order)}
        rows: dict[int, dict[str, set[int]]] = {}
        for way in (way for ways in plan.ways.values() for way in ways):
            if way.lane is not None:
                low, high = sorted((place[way.source], place[way.target]))
                rows.setdefault(way.lane, {}).setdefault(way.target, set()).update(range(low, high + 1))
        for targets in rows.values():
            spans = [row for span in targets.values() for row in range(min(span), max(span) + 1)]
            assert len(spans) == len(set(spans))


def test_the_list_names_every_definition(sign_in: SignIn) -> None:
    page = sign_in(Role.STAFF).get("/workflows/")

    for code in DEFINITIONS:
        assert f'href="/workflows/{code}"' in page


@pytest.mark.parametrize("code", DEFINITIONS)
def test_a_definition_has_its_page_with_the_table(sign_in: SignIn, code: str) -> None:
    page = sign_in(Role.STAFF).get(f"/workflows/{code}")

    definition = DEFINITIONS[code]
    assert definition.title.in_language("ru") in page
    assert page.count("<svg class=\"rd-wf\"") == 1
    assert page.count("<tr>") - 1 == sum(len(step.sources) for step in definition.transitions.values())
    assert " style=" not in page


def test_a_document_is_shown_in_its_own_workflow(app: Flask, sign_in: SignIn) -> None:
    note = factories.document(kind="note", preparation=Preparation.SIGNED)
    browser = sign_in(Role.CLERK)

    assert "подписана" in browser.get(f"/workflows/?document={note.id}")
    page = browser.get(f"/workflows/author?document={note.id}")
    assert re.search(r'<title>подписана</title><rect class="[^"]*--now', page)
    assert page.count('<tr class="now">') == 1
    browser.get(f"/workflows/preparation?document={note.id}", status=404)


@pytest.mark.parametrize("asked", ["0", "999999", "x", "-1", "9" * 40, "²", "1e3"])
def test_a_document_that_is_none_is_not_found(sign_in: SignIn, asked: str) -> None:
    browser = sign_in(Role.CLERK)

    browser.get(f"/workflows/?document={asked}", status=404)
    browser.get(f"/workflows/preparation?document={asked}", status=404)


def test_a_document_of_others_is_not_shown(app: Flask, sign_in: SignIn) -> None:
    draft = factories.document(preparation=Preparation.DRAFT)

    sign_in(Role.STAFF).get(f"/workflows/preparation?document={draft.id}", status=404)
    sign_in(Role.CLERK).get(f"/workflows/preparation?document={draft.id}")


def test_a_workflow_that_is_none_is_not_found(sign_in: SignIn) -> None:
    assert "../" not in sign_in(Role.CLERK).get("/workflows/..%2Fx", status=404)
    sign_in(Role.STAFF).get("/workflows/preparaton", status=404)


def test_strangers_are_sent_to_sign_in(app: Flask) -> None:
    client: FlaskClient = app.test_client()

    assert client.get("/workflows/").status_code == 302


def test_every_condition_and_question_has_words(sign_in: SignIn) -> None:
    from roadmapdocs.web.reference.workflows import asked_word

    assert [name for name in KNOWN.guards if guard_word(name) == name] == []
    assert len({asked_word(name) for name in ASKED}) == len(ASKED)
