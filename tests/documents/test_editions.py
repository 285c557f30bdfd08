"""Editions of a document."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.documents.links.editions import edition_on, timeline
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document
from roadmapdocs.i18n import use_language
from tests.documents.linked import SEPTEMBER, annul, draft, link, order

FEBRUARY, MARCH = dt.date(2025, 2, 1), dt.date(2026, 3, 2)


def shape(document: Document) -> list[tuple[int, dt.date | None, str]]:
    return [(one.number, one.since, one.by.number if one.by else "") for one in timeline(document)]


def test_a_document_has_one_edition_until_it_is_amended(database: str) -> None:
    act = order("5-П", "2025-02-01")
    assert shape(act) == [(1, FEBRUARY, "")]
    link(draft("О внесении изменений"), LinkKind.AMENDS, act)
    assert shape(act) == [(1, FEBRUARY, "")]


def test_amendments_stand_in_the_order_of_their_days_and_the_end_stands_last(database: str) -> None:
    act = order("5-П", "2025-02-01")
    link(order("43-П", "2026-03-04"), LinkKind.REPEALS, act, since=SEPTEMBER)
    link(order("42-П", "2026-03-03"), LinkKind.REPEALS_PARTLY, act, points="2")
    link(order("41-П", "2026-03-02"), LinkKind.AMENDS, act, points="3")
    assert shape(act) == [
        (1, FEBRUARY, ""),
        (2, MARCH, "41-П"),
        (3, dt.date(2026, 3, 3), "42-П"),
        (0, SEPTEMBER, "43-П"),
    ]
    numbers = [
        edition.number if (edition := edition_on(act, day)) else None
        for day in (dt.date(2025, 1, 31), FEBRUARY, MARCH, dt.date(2026, 8, 31), SEPTEMBER)
    ]
    assert numbers == [None, 1, 2, 3, None]


def test_an_amendment_by_an_annulled_order_makes_no_edition(database: str) -> None:
    act, amending = order("5-П", "2025-02-01"), order("41-П", "2026-03-02")
    link(amending, LinkKind.AMENDS, act)
    annul(amending)
    assert shape(act) == [(1, FEBRUARY, "")]


def test_every_edition_is_called_by_what_made_it(sqlite_database: None) -> None:
    act = order("5-П", "2025-02-01")
    link(order("41-П", "2026-03-02"), LinkKind.AMENDS, act)
    link(order("42-П", "2026-03-03"), LinkKind.AMENDS, act, points="3")
    link(order("43-П", "2026-03-04"), LinkKind.REPEALS_PARTLY, act, points="2")
    link(order("44-П", "2026-03-05"), LinkKind.REPEALS, act)
    with use_language("en"):
        assert [one.words for one in timeline(act)] == [
            "first edition",
            "as amended by приказа of 02.03.2026 No. 41-П",
            "as amended by приказа of 03.03.2026 No. 42-П (3)",
            "points 2 lost force by приказом of 04.03.2026 No. 43-П",
            "lost force by приказом of 05.03.2026 No. 44-П",
        ]
