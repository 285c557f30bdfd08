"""States of a document as its table keeps them: standard meanings, the workflow's own names, and who may read."""

from __future__ import annotations

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.visibility import readers_of
from roadmapdocs.workflow.rules import Line, States, Workflow


def state_meaning(workflow: Workflow, line: Line, meaning: str) -> str:
    """The first state of the line with this meaning; the initial one where the workflow has none."""
    definition = workflow.definitions[line]
    fitting = (name for name, state in definition.states.items() if state.meaning == meaning)
    return next(fitting, definition.initial)


def state_columns(workflow: Workflow, states: States, mark: Mark) -> dict[str, object]:
    """Columns of a document in these states: what they mean, what else they are called, who reads it there."""
    meanings = {line: workflow.state(line, name).meaning for line, name in states.items()}
    return {
        **{line.value: meaning for line, meaning in meanings.items()},
        "named_states": {line.value: name for line, name in states.items() if name != meanings[line]},
        "readers": readers_of(workflow, states, mark),
    }
