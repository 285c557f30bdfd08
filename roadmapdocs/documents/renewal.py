"""Moving unsigned documents from definitions that we shipped earlier to those of today.

A document otherwise finishes under the definitions that it began with. Ours of before know no routes and keep no
signatures: a draft left under them would be signed without either. What an office wrote itself is left alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.workflows import catalogue
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.workflow.models import AdoptedWorkflow
from roadmapdocs.workflow.operations import adopt, workflow_of
from roadmapdocs.workflow.rules import Line, Workflow

#: SHA-256 of definitions that we shipped and replaced since, all of whose states those of today have, too.
SUPERSEDED: Final = frozenset(
    {
        "60ca0303845a372c7168cdee5b82bd4a0068cbbe088a92e6645be0d83018d357",  # preparation, version 1
        "10cf047adaef8e80259b481eba65b459a236ebdb28e854266c7153235d61a18b",  # confirmation, version 1
        "ffc0b8b1d1d7c390fffbb1488bce44783398841842e755477322e29d6587fbb5",  # author, version 1
        "94480c23be4fdec0bdb68d73cdc9b3fe71764102be46f223972498dd8d6f55c1",  # registration, version 1
    }
)


def renew(now: dt.datetime) -> int:
    """Move them; give how many documents there were. Nothing is done where there are none."""
    with transaction():
        return sum(_renew(adopted, now) for adopted in AdoptedWorkflow.select() if _is_old(adopted))


def _is_old(adopted: AdoptedWorkflow) -> bool:
    return any(_superseded(one["text"]) for one in adopted.sources.values())


def _superseded(text: str) -> bool:
    return hashlib.sha256(text.encode()).hexdigest() in SUPERSEDED


def _renew(adopted: AdoptedWorkflow, now: dt.datetime) -> int:
    under_way = (Document.workflow == adopted) & (Document.preparation != Preparation.SIGNED)
    documents = list(Document.select(Document, Kind).join(Kind).where(under_way))
    if not documents:
        return 0
    # Read before it changes: rows adopted are never written again, they only stop being used.
    fresh = adopt(_today(workflow_of(adopted.id), adopted), now=now)
    Document.update(workflow=fresh).where(under_way).execute()
    for document in documents:
        record("workflow_renewed", subject=document, effect={"before": adopted.id, "after": fresh.id}, by=SYSTEM, now=now)
    return len(documents)


def _today(workflow: Workflow, adopted: AdoptedWorkflow) -> Workflow:
    """The same definitions, but for those that we replaced: of these the ones in use today."""
    definitions = dict(workflow.definitions)
    for line, one in adopted.sources.items():
        if _superseded(one["text"]):
            definitions[Line(line)] = catalogue().definitions[one["code"]]
    return Workflow(definitions)
