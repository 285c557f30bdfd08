"""Adopting definitions for documents, and reading what a document started with."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from functools import lru_cache

from roadmapdocs.db import after_commit, database, transaction
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.workflow.loader import parse
from roadmapdocs.workflow.models import AdoptedWorkflow
from roadmapdocs.workflow.rules import Line, Workflow

#: Rows made in transactions that have not ended well: what fails gives its id back, and another row gets it.
_unsettled: set[tuple[str, int]] = set()


def adopt(workflow: Workflow, *, now: dt.datetime) -> AdoptedWorkflow:
    """The row that keeps these six texts: one for each different set of them, whoever adopts it first.

    The texts decide and not their version numbers, which people may forget to raise.
    """
    sources = {line.value: {"code": one.code, "text": one.source} for line, one in workflow.definitions.items()}
    digest = hashlib.sha256(json.dumps(sources, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    found: AdoptedWorkflow | None = AdoptedWorkflow.get_or_none(AdoptedWorkflow.digest == digest)
    if found is None:
        with transaction():
            # Another process may have been quicker: then its row is the one.
            AdoptedWorkflow.insert(digest=digest, sources=sources, adopted_at=now).on_conflict_ignore().execute()
            found = AdoptedWorkflow.get(AdoptedWorkflow.digest == digest)
            key = (str(database.obj.database), found.id)
            _unsettled.add(key)
            after_commit(lambda: _unsettled.discard(key))
    return found


def workflow_of(adopted_id: int) -> Workflow:
    """The six definitions as they were adopted, read once a process: the rows never change.

    :raise NotFound: ``no_workflow`` if there is no such row
    """
    key = (str(database.obj.database), adopted_id)
    return _parse(*key) if key in _unsettled else _parsed(*key)


def _parse(_database: str, adopted_id: int) -> Workflow:
    row: AdoptedWorkflow | None = AdoptedWorkflow.get_or_none(AdoptedWorkflow.id == adopted_id)
    if row is None:
        raise NotFound("no_workflow", _("There is no workflow %(id)s in the registry.", id=adopted_id))
    return Workflow({Line(line): _definition(one["code"], one["text"]) for line, one in row.sources.items()})


_parsed = lru_cache(maxsize=256)(_parse)
# While a row may still be taken back with its transaction, it is looked up at every use, but read once.
_definition = lru_cache(maxsize=256)(parse)
