"""What a registry holds before anybody has set it up: terms of storage, journals, kinds."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.cases.retention import load_retention
from roadmapdocs.documents.kinds import load_kinds
from roadmapdocs.documents.operations import adopt_old_documents
from roadmapdocs.documents.renewal import renew
from roadmapdocs.registration.operations import load_journals


def load_defaults(now: dt.datetime) -> None:
    """Add the shipped rows that are missing, and bring documents of older programs up to this one."""
    load_retention()
    load_journals()
    load_kinds()
    adopt_old_documents(now)
    renew(now)
