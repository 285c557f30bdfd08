"""Two people at one draft at the same moment, in processes of their own, on both databases."""

from __future__ import annotations

from roadmapdocs.coverage.models import Proof
from roadmapdocs.documents.models import Document
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.operations import draft_of, start_draft
from tests.conftest import NOW
from tests.drafting.office import Office, card, expected
from tests.processes import at_once

_PREPARATION = """
import datetime as dt
from roadmapdocs.assembly import assemble
from roadmapdocs.drafting import sources
from roadmapdocs.drafting.operations import save_draft
from roadmapdocs.errors import Refusal
from roadmapdocs.people.rules import SYSTEM

assemble(dt.UTC)
now = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)


def told(act):
    try:
        return act()
    except Refusal as refusal:
        return refusal.code
"""


def test_of_two_who_press_at_once_one_makes_the_draft(database: str, everywhere: Office) -> None:
    row = expected(everywhere, "Приказ УО", "приказ")
    press = (
        f"result = told(lambda: sources.draft_from_item({row.id}, by=SYSTEM, now=now, today=now.date()).document_id)"
    )
    told = at_once(database, [press] * 4, preparation=_PREPARATION)
    assert sorted(map(str, told))[1:] == ["drafted_already"] * 3
    assert (Document.select().count(), Draft.select().count(), Proof.select().count()) == (1, 1, 1)


def test_of_two_who_save_at_once_one_is_told_of_the_other(database: str, everywhere: Office) -> None:
    document = card(everywhere)
    start_draft(document.id, by=everywhere.clerk, now=NOW)
    work = [
        f"result = told(lambda: save_draft({document.id}, {{'preamble': 'Текст {place}'}}, 1, by=SYSTEM, now=now,"
        " today=now.date()).revision)"
        for place in range(4)
    ]
    told = at_once(database, work, preparation=_PREPARATION)
    assert sorted(map(str, told)) == ["2", "stale", "stale", "stale"]
    assert draft_of(document).revision == 2
