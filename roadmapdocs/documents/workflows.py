"""Which definitions are in use, and the six under which documents of a kind begin."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from pathlib import Path

from roadmapdocs.documents.effects import EFFECTS
from roadmapdocs.documents.guards import GUARDS
from roadmapdocs.documents.models import Kind
from roadmapdocs.installation import Kept
from roadmapdocs.people.rules import Role
from roadmapdocs.workflow import operations
from roadmapdocs.workflow.loader import Catalogue, load, problems
from roadmapdocs.workflow.models import AdoptedWorkflow
from roadmapdocs.workflow.rules import Known, Line, Workflow


@dataclass(slots=True)
class _Own:
    """The folder of the office's own definitions, and all that are in use, once they have been read."""

    folder: Path | None = None
    read: Catalogue | None = None


_own = Kept("own_workflows", _Own)


def use_definitions(own: Path | None) -> None:
    """From now on, definitions in the folder ``own`` go before ours; read again at the next need of them."""
    _own.set(_Own(own))


def catalogue() -> Catalogue:
    """All definitions in use.

    :raise ConfigurationError: naming file, key and value of all that is wrong with them
    """
    own = _own.get()
    if own.read is None:
        own.read = load(own.folder, known())
    return own.read


def definition_problems() -> list[str]:
    """A line for each thing wrong with the definitions in use; none, if all is well."""
    return problems(_own.get().folder, known())


@functools.cache
def known() -> Known:
    """What definitions may name."""
    return Known(frozenset(str(role) for role in Role), frozenset(GUARDS), frozenset(EFFECTS))


def workflow_for(kind: Kind) -> Workflow:
    """The six definitions under which a new document of this kind begins."""
    return catalogue().workflow({Line(line): code for line, code in kind.workflows.items()})


def adopt_for(kind: Kind, now: dt.datetime) -> AdoptedWorkflow:
    return operations.adopt(workflow_for(kind), now=now)
