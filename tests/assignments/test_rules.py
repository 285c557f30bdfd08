"""Who may do what: person by part, role and state, as one table; and why the rest is closed."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.rules import LEAVES, Facts, is_late, why_closed
from roadmapdocs.assignments.words import LIVE, Part, State
from roadmapdocs.errors import Conflict, Forbidden, Refusal
from roadmapdocs.i18n import use_language

NAMES = {Part.AUTHOR: "Ветрова", Part.RESPONSIBLE: "Соболев", Part.CONTROLLER: "Ярцева"}
ALL = frozenset(NAMES)
#: From a document, under control, with a deadline; all three work here.
PLAIN = Facts(state=State.NEW, document=True, there=ALL, names=NAMES)
ALONE = frozenset({Part.RESPONSIBLE})

PEOPLE = {
    "responsible": dataclasses.replace(PLAIN, parts=ALONE, own=True),
    "author": dataclasses.replace(PLAIN, parts=frozenset({Part.AUTHOR})),
    "author, no controller": dataclasses.replace(PLAIN, parts=frozenset({Part.AUTHOR}), there=ALL - {Part.CONTROLLER}),
    "controller": dataclasses.replace(PLAIN, parts=frozenset({Part.CONTROLLER})),
    "responsible who stands in for the author": dataclasses.replace(
        PLAIN, parts=frozenset({Part.AUTHOR, Part.RESPONSIBLE}), own=True
    ),
    "clerk": dataclasses.replace(PLAIN, clerk=True, assigns=True),
    "clerk, no document": dataclasses.replace(PLAIN, clerk=True, assigns=True, document=False),
    "clerk, nobody is left": dataclasses.replace(PLAIN, clerk=True, assigns=True, document=False, there=ALONE),
    "clerk who prepared it": dataclasses.replace(PLAIN, clerk=True, assigns=True, made=True),
    "executive": dataclasses.replace(PLAIN, executive=True, assigns=True),
    "responsible executive": dataclasses.replace(PLAIN, parts=ALONE, own=True, executive=True, assigns=True),
    "coordinator": dataclasses.replace(PLAIN, assigns=True),
    "co-executor": PLAIN,
    "responsible who left": dataclasses.replace(PLAIN, parts=ALONE, works=False),
}

_WITH_IT = "reported asked drafted extension_asked"
_SETS = "due_moved reassigned corrected removed cancelled"
#: By person: what is open in draft, new, in work, clarifying, reported, returned, done, removed; nothing once cancelled.
TABLE = {
    "responsible": [
        "", f"taken {_WITH_IT}", _WITH_IT, "reported drafted extension_asked", "recalled", _WITH_IT, "", "",
    ],
    "author": [
        "given corrected cancelled", _SETS, _SETS, f"explained {_SETS}", _SETS, _SETS, "removed reopened", "reopened",
    ],
    "author, no controller": [
        "given corrected cancelled", _SETS, _SETS, f"explained {_SETS}", f"accepted returned {_SETS}", _SETS,
        "removed reopened", "reopened",
    ],
    "controller": ["", _SETS, _SETS, f"explained {_SETS}", f"accepted returned {_SETS}", _SETS, "removed reopened", "reopened"],
    "responsible who stands in for the author": [
        "given corrected cancelled", f"taken reassigned {_WITH_IT}", f"reassigned {_WITH_IT}",
        "reassigned reported drafted extension_asked", "reassigned recalled", f"reassigned {_WITH_IT}", "", "",
    ],
    "clerk": ["", f"drafted {_SETS}", f"drafted {_SETS}", f"drafted {_SETS}", _SETS, f"drafted {_SETS}", "removed reopened", "reopened"],
    "clerk, no document": ["", "drafted removed", "drafted removed", "drafted removed", "removed", "drafted removed", "removed", ""],
    "clerk, nobody is left": [
        "", f"drafted {_SETS}", f"drafted {_SETS}", f"drafted explained {_SETS}", f"accepted returned {_SETS}", f"drafted {_SETS}",
        "removed reopened", "reopened",
    ],
    "clerk who prepared it": [
        "corrected cancelled", f"drafted {_SETS}", f"drafted {_SETS}", f"drafted {_SETS}", _SETS, f"drafted {_SETS}",
        "removed reopened", "reopened",
    ],
    "executive": ["", "drafted removed", "drafted removed", "drafted removed", "removed", "drafted removed", "removed", ""],
    "responsible executive": [
        "", f"taken {_WITH_IT}", _WITH_IT, "reported drafted extension_asked", "recalled", _WITH_IT, "", "",
    ],
    "coordinator": ["", "drafted", "drafted", "drafted", "", "drafted", "", ""],
    "co-executor": [""] * 8,
    "responsible who left": [""] * 8,
}


@pytest.mark.parametrize("person", PEOPLE)
def test_the_table_of_rights(person: str) -> None:
    told = {}
    for state in State:
        facts = dataclasses.replace(PEOPLE[person], state=state)
        told[state] = {str(act) for act in LEAVES if why_closed(act, facts) is None}

    expected = dict(zip(State, [set(row.split()) for row in TABLE[person]], strict=False))
    assert told == {**expected, State.CANCELLED: set()}


@pytest.mark.parametrize(
    ("person", "open_acts"),
    [
        ("responsible", {Act.EXTENSION_WITHDRAWN}),
        ("author", {Act.EXTENSION_GRANTED, Act.EXTENSION_REFUSED}),
        ("controller", {Act.EXTENSION_GRANTED, Act.EXTENSION_REFUSED}),
        ("responsible who stands in for the author", {Act.EXTENSION_WITHDRAWN}),
        ("clerk", set()),
        ("clerk, nobody is left", {Act.EXTENSION_GRANTED, Act.EXTENSION_REFUSED}),
        ("executive", set()),
        ("co-executor", set()),
    ],
)
def test_a_request_for_an_extension_is_answered_by_who_set_it_and_withdrawn_by_who_asked(person: str, open_acts: set[Act]) -> None:
    facts = dataclasses.replace(PEOPLE[person], state=State.IN_WORK, asked=True)
    about_it = {Act.EXTENSION_ASKED, Act.EXTENSION_GRANTED, Act.EXTENSION_REFUSED, Act.EXTENSION_WITHDRAWN, Act.DUE_MOVED}

    assert {act for act in about_it if why_closed(act, facts) is None} == open_acts


@pytest.mark.parametrize(
    ("act", "person", "changed", "code"),
    [
        (Act.EXTENSION_ASKED, "responsible", {"has_due": False}, "no_due"),
        (Act.EXTENSION_ASKED, "responsible", {"asked": True}, "asked_already"),
        (Act.EXTENSION_GRANTED, "author", {}, "not_asked"),
        (Act.DUE_MOVED, "author", {"asked": True}, "asked_already"),
        (Act.REMOVED, "author", {"state": State.DONE, "on_control": False}, "not_on_control"),
        (Act.REOPENED, "author", {"state": State.DONE, "parent": State.DONE}, "parent_over"),
        (Act.GIVEN, "author", {"state": State.DRAFT, "parent": State.CANCELLED}, "parent_over"),
        (Act.ACCEPTED, "author", {"state": State.REPORTED}, "forbidden"),
        (Act.ACCEPTED, "controller", {"state": State.DONE}, "moved"),
        (Act.REMOVED, "responsible executive", {}, "own_work"),
        (Act.TAKEN, "responsible who left", {}, "left"),
    ],
)
def test_every_closed_door_says_why(act: Act, person: str, changed: dict[str, object], code: str) -> None:
    closed = why_closed(act, dataclasses.replace(PEOPLE[person], **changed))  # type: ignore[arg-type]  # as the fields have them

    assert closed is not None
    assert closed.code == code
    assert closed.sentence.endswith(".")
    kinds = {"forbidden": Forbidden, "own_work": Forbidden, "left": Forbidden, "moved": Conflict}
    assert type(closed.as_error(act)) is kinds.get(code, Refusal)


def test_a_closed_door_names_whose_it_is() -> None:
    with use_language("en"):
        looks = why_closed(Act.ACCEPTED, dataclasses.replace(PEOPLE["author"], state=State.REPORTED))
        nobody = why_closed(Act.ACCEPTED, dataclasses.replace(PLAIN, state=State.REPORTED, there=ALONE))

    assert looks is not None
    assert "Ярцева" in looks.sentence
    assert nobody is not None
    assert "clerk" in nobody.sentence


@given(
    act=st.sampled_from(sorted(LEAVES)),
    state=st.sampled_from(list(State)),
    parts=st.frozensets(st.sampled_from(list(Part))),
    there=st.frozensets(st.sampled_from(sorted(ALL))),
    flags=st.fixed_dictionaries(
        {name: st.booleans() for name in ("document", "asked", "own", "made", "clerk", "executive", "assigns", "works", "has_due")}
    ),
    parent=st.none() | st.sampled_from(list(State)),
)
def test_whatever_the_facts_a_door_is_open_or_says_a_sentence(
    act: Act, state: State, parts: frozenset[Part], there: frozenset[Part], flags: dict[str, bool], parent: State | None
) -> None:
    facts = dataclasses.replace(PLAIN, state=state, parts=parts, there=there, parent=parent, **flags)  # type: ignore[arg-type]  # all of them are

    closed = why_closed(act, facts)

    if closed is None:
        assert state in LEAVES[act]
        assert facts.works
    else:
        assert closed.sentence.strip()


@pytest.mark.parametrize("state", State)
def test_late_is_what_is_live_and_past_its_day(state: State) -> None:
    day = dt.date(2026, 4, 3)

    assert is_late(state, day, dt.date(2026, 4, 4)) is (state in LIVE)
    assert not is_late(state, day, day)
    assert not is_late(state, None, day)
