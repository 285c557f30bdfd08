"""What upper domains lend to lower ones: whoever starts the program puts it together, once a process.

A definition of a workflow that names what nobody has lent does not load, so that no condition is passed over.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from roadmapdocs.acquaintance import effects as reading_effects
from roadmapdocs.acquaintance import listening as reading
from roadmapdocs.approvals import check_facts, effects, guest_links, runs
from roadmapdocs.approvals.printed import printed_visas
from roadmapdocs.assignments import editions as assignment_editions
from roadmapdocs.assignments import effects as assignment_effects
from roadmapdocs.assignments import house, proving
from roadmapdocs.assignments import listening as assignments
from roadmapdocs.coverage import drafts
from roadmapdocs.documents.defaults import load_defaults
from roadmapdocs.documents.effects import EFFECTS
from roadmapdocs.documents.guards import GUARDS
from roadmapdocs.documents.versions import files_of_documents
from roadmapdocs.documents.workflows import known
from roadmapdocs.drafting import filling
from roadmapdocs.drafting.checks import gathering
from roadmapdocs.drafting.checks import operations as check_operations
from roadmapdocs.erp import links as external_links
from roadmapdocs.erp import webhooks
from roadmapdocs.erp.connector import queueing
from roadmapdocs.hooks import draft_started, version_added
from roadmapdocs.i18n import DEFAULT_LANGUAGE
from roadmapdocs.installation import ZONE, day_of
from roadmapdocs.notices import acquaintance as reading_notices
from roadmapdocs.notices import approvals as approval_notices
from roadmapdocs.notices import assignments as assignment_notices
from roadmapdocs.notices import guests as guest_notices
from roadmapdocs.notices import leaving
from roadmapdocs.notices import searches as search_notices
from roadmapdocs.people import incoming_leaving
from roadmapdocs.plugins import load_plugins
from roadmapdocs.previews import asking
from roadmapdocs.search import abbreviations_found
from roadmapdocs.search import listening as search_listening
from roadmapdocs.search.abbreviations import load_abbreviations
from roadmapdocs.settings import ON_DAY_OFF
from roadmapdocs.texts import asking as text_asking


def assemble(zone: dt.tzinfo, language: str = DEFAULT_LANGUAGE, on_day_off: str = ON_DAY_OFF[0]) -> None:
    """Idempotent. ``zone`` decides which day it is in the office when something follows from a moment.

    Letters to people without an account leave in ``language``; deadlines go from a day off where ``on_day_off`` says.
    """
    ZONE.set(zone)
    house.keep(on_day_off)
    guest_links.listen()
    reading.listen()
    reading_notices.listen()
    assignments.listen()
    assignment_editions.listen()
    proving.listen()
    assignment_notices.listen()
    approval_notices.listen()
    guest_notices.listen(language)
    search_notices.listen()
    asking.listen()
    search_listening.listen()
    abbreviations_found.listen()
    text_asking.listen()
    external_links.listen()
    queueing.listen()
    webhooks.listen()
    if "start_route" in EFFECTS:
        return
    GUARDS.update(effects.GUARDS)
    GUARDS.update(check_operations.GUARDS)
    EFFECTS.update(effects.EFFECTS)
    EFFECTS.update(reading_effects.EFFECTS)
    GUARDS.update(assignment_effects.GUARDS)
    EFFECTS.update(assignment_effects.EFFECTS)
    known.cache_clear()
    version_added.connect(_text_changed)
    draft_started.connect(drafts.take_into_work)
    filling.VISAS.append(printed_visas)
    text_asking.OWNERS.append(files_of_documents)
    gathering.VISA_FACTS.append(check_facts.visa_facts)
    incoming_leaving.OPEN_WORK.append(leaving.open_work)
    load_plugins()


def load_shipped(now: dt.datetime) -> None:
    """Add the shipped rows that are missing: what a registry holds before anybody has set it up."""
    load_defaults(now)
    load_abbreviations()


def _text_changed(version: Any, *, by: Any, now: dt.datetime, **_more: Any) -> None:
    runs.text_changed(version, by=by, now=now, today=day_of(now))
