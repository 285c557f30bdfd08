"""Moving documents from definitions that we shipped earlier to those of today.

A document otherwise finishes under the definitions that it began with. Ours of before know no routes and keep no
signatures: a draft left under them would be signed without either. They know no lists of readers and no assignments
either: these two lines of a signed document go on under those of today, and the others stay as they were. What an
office wrote itself is left alone.
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
        "2b2f004533d8567511e7a1a1a757518cb3970e3b3ec491f2eb650e30d2c83e8e",  # acquaintance, version 1
        "66b0e0152893abd132c0fb2d8a11f1475e5ee854030c85002d3d94c897ac4433",  # control, version 1
    }
)
#: Lines that live on after the signature: a signed document moves to the definitions of today, too.
_SIGNED_TOO: Final = frozenset({Line.ACQUAINTANCE, Line.CONTROL})


def renew(now: dt.datetime) -> int:
    """Move them; give how many documents there were. Nothing is done where there are none."""
    with transaction():
        old = [adopted for adopted in AdoptedWorkflow.select() if _superseded(adopted)]
        return sum(_renew_unsigned(adopted, now) + _renew_signed(adopted, now) for adopted in old)


def _superseded(adopted: AdoptedWorkflow) -> frozenset[Line]:
    """The lines whose definition we replaced since."""
    return frozenset(Line(line) for line, one in adopted.sources.items() if _digest(one["text"]) in SUPERSEDED)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _renew_unsigned(adopted: AdoptedWorkflow, now: dt.datetime) -> int:
    under_way = (Document.workflow == adopted) & (Document.preparation != Preparation.SIGNED)
    documents = list(Document.select(Document, Kind).join(Kind).where(under_way))
    if not documents:
        return 0
    fresh = _fresh(adopted, _superseded(adopted), now)
    if fresh.id == adopted.id:
        return 0
    Document.update(workflow=fresh).where(under_way).execute()
    for document in documents:
        record("workflow_renewed", subject=document, effect={"before": adopted.id, "after": fresh.id}, by=SYSTEM, now=now)
    return len(documents)


def _renew_signed(adopted: AdoptedWorkflow, now: dt.datetime) -> int:
    """All signed documents of an office may be among them: one entry for them all, as nothing changes for any by this."""
    signed = (Document.workflow == adopted) & (Document.preparation == Preparation.SIGNED)
    lines = _superseded(adopted) & _SIGNED_TOO
    if not lines or not Document.select().where(signed).exists():
        return 0
    fresh = _fresh(adopted, lines, now)
    if fresh.id == adopted.id:
        return 0
    count = Document.update(workflow=fresh).where(signed).execute()
    effect = {"before": adopted.id, "after": fresh.id, "documents": count, "lines": sorted(lines)}
    record("workflows_renewed", subject=fresh, effect=effect, by=SYSTEM, now=now)
    return int(count)


def _fresh(adopted: AdoptedWorkflow, lines: frozenset[Line], now: dt.datetime) -> AdoptedWorkflow:
    """The same definitions, but for these lines: of them the ones in use today."""
    # Read before it changes: rows adopted are never written again, they only stop being used.
    definitions = dict(workflow_of(adopted.id).definitions)
    for line in lines:
        definitions[line] = catalogue().definitions[adopted.sources[line.value]["code"]]
    return adopt(Workflow(definitions), now=now)
