"""All parts of the API, in the order in which its description tells of them.

A resource that spreads over several modules hangs on one blueprint; each of its modules is read here.
"""

from __future__ import annotations

from roadmapdocs.web.api import (
    acquaintance,
    approvals,
    assignments,
    cases,
    coverage,
    document_links,
    documents,
    documents_parts,
    history,
    items,
    journals,
    me,
    people,
    roadmaps,
    search,
    sharing,
    transitions,
    types,
    versions,
)
from roadmapdocs.web.api.blueprints import Area

AREAS: tuple[Area, ...] = (
    types.area,
    documents.area,
    roadmaps.area,
    search.area,
    approvals.area,
    acquaintance.area,
    assignments.area,
    journals.area,
    people.area,
    me.area,
)
#: Parts whose resources hang on the blueprint of another module.
MORE = (items, coverage, cases, documents_parts, versions, transitions, document_links, history, sharing)
