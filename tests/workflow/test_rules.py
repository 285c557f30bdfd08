"""What stands open in which state, for whom, and why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs import i18n
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.workflow.graph import exits, graph_problems, reachable
from roadmapdocs.workflow.rules import (
    EVERYONE,
    RULE,
    Definition,
    Known,
    Label,
    Line,
    Offer,
    State,
    Transition,
    Workflow,
    find,
    holders,
    offers,
    why_not,
)
from tests.workflow.definitions import KNOWN, shipped

WORKFLOWS = [
    shipped().workflow(codes)
    for codes in (
        {},
        {Line.PREPARATION: "confirmation", Line.REGISTRATION: "registration_by_document"},
        {Line.PREPARATION: "author"},
    )
]


def step(name: str, *sources: str, to: str, who: str = "clerk", guards: tuple[str, ...] = ()) -> Transition:
    label = Label({"ru": {"m": name}})
    return Transition(name, Line.CONTROL, frozenset(sources), to, label, frozenset({who}), guards)


def graph(initial: str, states: dict[str, bool], *steps: Transition) -> Definition:
    label = Label({"ru": {"m": "x"}})
    made = {name: State(name, "on", label, final=final) for name, final in states.items()}
    return Definition("control", Line.CONTROL, 1, label, initial, made, {one.name: one for one in steps})


def offered(workflow: Workflow, states: dict[Line, str], *holds: str, **closed: str) -> dict[str, str | None]:
    found = offers(
        workflow,
        states,
        holds=holds,
        known=KNOWN,
        verdict=closed.get,
        who_words=lambda one: f"by {'/'.join(sorted(one.who))}",
    )
    return {offer.transition.name: offer.why_not for offer in found}


def test_a_step_is_open_to_whom_it_names() -> None:
    states = WORKFLOWS[0].initial()

    assert offered(WORKFLOWS[0], states, "drafter")["send_for_approval"] is None
    assert offered(WORKFLOWS[0], states, "staff")["send_for_approval"] == "by clerk/coordinator/drafter"


def test_a_closed_guard_says_its_sentence_and_the_first_one_speaks() -> None:
    states = WORKFLOWS[0].initial()

    found = offered(WORKFLOWS[0], states, "clerk", has_text="No file.", has_signer="No signer.")

    assert found["send_for_approval"] == "No file."
    assert found["send_for_signing"] == "No file."


def test_who_may_is_told_before_what_stands_in_the_way() -> None:
    found = offered(WORKFLOWS[0], WORKFLOWS[0].initial(), "staff", has_text="No file.")

    assert found["send_for_approval"] == "by clerk/coordinator/drafter"


def test_steps_that_only_follow_are_not_offered() -> None:
    states = {**WORKFLOWS[1].initial(), Line.FORCE: "in_force"}

    found = offered(WORKFLOWS[1], states, "clerk", "administrator", RULE)

    assert {"confirm_by_document", "register_with_document", "amend", "void"}.isdisjoint(found)
    assert "end" in found


def test_the_rule_performs_what_names_it_and_nothing_that_names_everyone() -> None:
    workflow = WORKFLOWS[1]
    by_rule = workflow.transition("confirm_by_document")
    assert by_rule is not None

    assert by_rule.named_by({RULE})
    assert not by_rule.named_by({"clerk", "drafter"})
    assert not step("x", "a", to="b", who=EVERYONE).named_by({RULE})
    assert step("x", "a", to="b", who=EVERYONE).named_by({"staff"})


@pytest.mark.parametrize("lost", ["guards", "effects", "roles"])
def test_a_step_whose_names_are_known_no_more_stays_closed_and_says_so(lost: str) -> None:
    sets = {"roles": KNOWN.roles, "guards": KNOWN.guards, "effects": KNOWN.effects, lost: frozenset()}
    transition = WORKFLOWS[0].transition("register")
    assert transition is not None

    with i18n.use_language("en"):
        told = why_not(
            transition, holds={"clerk"}, known=Known(**sets), verdict=lambda _name: None, who_words=lambda _one: "?"
        )

    assert told is not None
    assert told.startswith("This step needs “")
    assert told.endswith("Tell the administrator.")


def test_a_step_of_another_name_is_not_found() -> None:
    with pytest.raises(NotFound):
        find(WORKFLOWS[0], WORKFLOWS[0].initial(), "confirm")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("draft", "“Sign” does not fit the state “draft”. Possible now: Send for signing, Send for approval, Withdraw."),
        ("gone", "“Sign” does not fit the state “gone”, and no step leads out of it."),
    ],
)
def test_a_step_from_another_state_is_refused_with_what_is_possible(state: str, said: str) -> None:
    with i18n.use_language("en"), pytest.raises(Refusal) as told:
        find(WORKFLOWS[0], {**WORKFLOWS[0].initial(), Line.PREPARATION: state}, "sign")

    assert (told.value.code, told.value.message) == ("not_from_here", said)


def test_a_step_from_here_is_found() -> None:
    assert find(WORKFLOWS[0], WORKFLOWS[0].initial(), "withdraw").target == "withdrawn"


@given(data=st.data(), workflow=st.sampled_from(WORKFLOWS))
def test_walking_by_offers_never_leaves_the_definitions(data: st.DataObject, workflow: Workflow) -> None:
    states = workflow.initial()
    for _step in range(data.draw(st.integers(0, 25))):
        found: list[Offer] = offers(
            workflow,
            states,
            holds=KNOWN.roles,
            known=KNOWN,
            verdict=lambda _name: None,
            who_words=lambda _one: "?",
        )
        open_now = [offer.transition for offer in found if offer.why_not is None]
        if not open_now:
            break
        chosen = data.draw(st.sampled_from(open_now))
        assert find(workflow, states, chosen.name) is chosen
        states[chosen.line] = chosen.target
        for line in Line:
            assert states[line] in workflow.definitions[line].states
        assert holders(workflow, states, "change", [*KNOWN.roles]) <= holders(workflow, states, "read", [*KNOWN.roles])


NAMES = st.sampled_from("abcde")


@st.composite
def graphs(draw: st.DrawFn) -> Definition:
    states = draw(st.dictionaries(NAMES, st.booleans(), min_size=1))
    name = st.sampled_from(sorted(states))
    pairs = draw(st.lists(st.tuples(st.lists(name, min_size=1, unique=True), name), max_size=8))
    steps = [step(f"t{number}", *sources, to=to) for number, (sources, to) in enumerate(pairs)]
    return graph(draw(name), states, *steps)


@given(graphs())
def test_the_verdict_on_a_graph_is_that_of_a_naive_search(definition: Definition) -> None:
    pairs = {(source, one.target) for one in definition.transitions.values() for source in one.sources}
    closure = {definition.initial}
    for _round in definition.states:
        closure |= {target for source, target in pairs if source in closure}
    left = {source for source, target in pairs if source != target}

    wrong = {(key.split(".")[1], what.split()[-1]) for key, what in graph_problems(definition)}

    assert reachable(definition) == closure
    for name, state in definition.states.items():
        assert bool(exits(definition, name)) is (name in left)
        assert ((name, repr(definition.initial)) in wrong) is (name not in closure)
        assert ((name, "true") in wrong) is (name not in left and not state.final)
        assert ((name, "state") in wrong) is (name in left and state.final)
