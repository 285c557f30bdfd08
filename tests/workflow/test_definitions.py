"""The definitions that we ship: whole, in both languages, and agreeing with the kind in gender."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roadmapdocs.shipped import static_folder
from roadmapdocs.workflow.graph import reachable
from roadmapdocs.workflow.loader import parse, problems, shipped_folder
from roadmapdocs.workflow.rules import EVERYONE, RULE, STANDARD, Definition, Label, Line
from tests.workflow.definitions import KNOWN, shipped

CODES = sorted(file.stem for file in shipped_folder().glob("*.toml"))
#: Short passive participles and past tenses: they change with the gender of what they speak of.
CHANGING = re.compile(r"\b\w+(ан|ен|ён|жен|вил|ил|лён|ят)\b")


@pytest.fixture(params=CODES)
def definition(request: pytest.FixtureRequest) -> Definition:
    return shipped().definitions[request.param]


def labels(definition: Definition) -> list[Label]:
    parts = (*definition.states.values(), *definition.transitions.values())
    return [definition.title, *(one.label for one in parts)]


def test_nothing_is_wrong_with_what_we_ship() -> None:
    assert problems(None, KNOWN) == []
    assert {shipped().definitions[code].line for code in CODES} == set(Line)


def test_every_label_is_in_both_languages(definition: Definition) -> None:
    assert [label for label in labels(definition) if label.words.keys() != {"ru", "en"}] == []


def test_a_state_whose_word_changes_has_all_genders(definition: Definition) -> None:
    for state in definition.states.values():
        forms = state.label.words["ru"]
        if len(forms) == 1 and "номер" not in forms["m"]:
            assert not CHANGING.search(forms["m"]), f"{state.name}: {forms['m']}"


@pytest.mark.parametrize(
    ("code", "state", "forms"),
    [
        ("preparation", "signed", "подписан подписана подписано подписаны"),
        ("confirmation", "confirmed", "утверждён утверждена утверждено утверждены"),
        ("registration", "registered", "зарегистрирован зарегистрирована зарегистрировано зарегистрированы"),
        ("storage", "destroyed", "уничтожен уничтожена уничтожено уничтожены"),
    ],
)
def test_states_agree_with_the_kind(code: str, state: str, forms: str) -> None:
    label = shipped().definitions[code].states[state].label

    assert [label.in_language("ru", gender) for gender in "mfnp"] == forms.split()


def test_every_state_is_reached(definition: Definition) -> None:
    assert reachable(definition) == set(definition.states)


def test_the_standard_states_are_all_there(definition: Definition) -> None:
    meanings = {state.meaning for state in definition.states.values()}
    optional = {"in_signing", "reserved"} if definition.code != definition.line else set()

    assert set(STANDARD[definition.line]) - meanings <= optional


def test_every_symbol_is_an_icon_of_ours(definition: Definition) -> None:
    icons = set(re.findall(r'id="i-([^"]+)"', (static_folder() / "icons.svg").read_text(encoding="utf-8")))

    assert {one.symbol for one in definition.transitions.values()} <= icons


def test_what_takes_something_away_from_people_asks_for_a_reason() -> None:
    taking = "return_for_rework withdraw unsign unconfirm annul release_reserve suspend end take_out destroy remove_from_control"
    found = {one.name: one for code in CODES for one in shipped().definitions[code].transitions.values()}

    assert [name for name in taking.split() if "reason" not in found[name].asks] == []


def test_preparation_says_who_reads_and_changes_in_every_state() -> None:
    for code in ("preparation", "confirmation", "author"):
        for state in shipped().definitions[code].states.values():
            assert state.rights.keys() == {"read", "change", "add_version", "attach", "link"}
            signed = state.meaning == "signed"
            assert (state.rights["read"] == {EVERYONE}) is signed
            assert ("staff" in state.rights["read"]) is False


def test_nobody_changes_what_has_left_the_office() -> None:
    states = shipped().definitions["storage"].states

    assert [states[name].rights["change"] for name in ("archived", "destroyed")] == [frozenset(), frozenset()]


def test_what_only_follows_is_never_a_button() -> None:
    found = [one for code in CODES for one in shipped().definitions[code].transitions.values() if RULE in one.who]

    control = {"put_on_control", "move_due", "report_done", "return_to_work", "remove_from_control", "control_anew"}
    others = {"take_effect", "end", "withdraw", "agree", "return_for_rework"}
    assert {one.name for one in found if one.by_people} == control | others


def test_every_text_parses_to_the_same_definition_again(definition: Definition) -> None:
    assert parse(definition.code, definition.source) == definition


def test_definitions_travel_with_the_package() -> None:
    assert (Path(__file__).parents[2] / "roadmapdocs" / "workflow" / "definitions").samefile(shipped_folder())
