"""Which step of a document's own workflow a method means: definitions of an office name theirs as they like."""

from __future__ import annotations

from collections.abc import Sequence

from roadmapdocs.documents.filing import FILING
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.visibility import states_of
from roadmapdocs.errors import Conflict
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line, Transition


def step_to(document: Document, line: Line, meanings: Sequence[str]) -> str:
    """The name of the step that leads from the document's state to one that means the first of these that can be reached.

    :raise Conflict: ``moved`` naming the state and the steps that are possible
    """
    definition = workflow_of(document.workflow_id).definitions[line]
    leading = _leading(document, line)
    for meaning in meanings:
        for one in leading:
            if definition.states[one.target].meaning == meaning:
                return one.name
    raise _closed(document, line, leading)


def filing_step(document: Document) -> str:
    """The name of the step that puts the document into a case.

    :raise Conflict: as :func:`step_to`
    """
    leading = _leading(document, Line.STORAGE)
    found = next((one.name for one in leading if FILING in one.effects), None)
    if found is None:
        raise _closed(document, Line.STORAGE, leading)
    return found


def _leading(document: Document, line: Line) -> list[Transition]:
    """Steps of people that lead from the present state."""
    definition, present = workflow_of(document.workflow_id).definitions[line], states_of(document)[line]
    return [one for one in definition.transitions.values() if one.by_people and present in one.sources]


def _closed(document: Document, line: Line, leading: Sequence[Transition]) -> Conflict:
    definition, present = workflow_of(document.workflow_id).definitions[line], states_of(document)[line]
    state = definition.states.get(present)
    words = state.label.in_language(language(), document.kind.gender) if state is not None else present
    steps = ", ".join(one.label.in_language(language()) for one in leading)
    sentence = (
        _("This does not fit the document's state “%(state)s”. Possible now: %(steps)s.", state=words, steps=steps)
        if steps
        else _("This does not fit the document's state “%(state)s”, and no step leads out of it.", state=words)
    )
    return Conflict("moved", sentence, document=document.id)
