"""Numbers without a document, and the end of a period."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.audit.operations import history
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.registration.gaps import close_period, explain_gap, gaps, periods, reopen_period
from roadmapdocs.registration.models import Counter, Entry, Journal
from roadmapdocs.registration.operations import annul, offer, release
from roadmapdocs.registration.rules import EntryState, GapLine, Reset
from tests.conftest import NOW, TODAY
from tests.registration.conftest import ADMINISTRATOR, CLERK, give, keep, make_journal

LAST_YEAR = dt.date(2025, 12, 1)


@pytest.fixture
def worn(journal: Journal) -> Journal:
    """Last year: 1 given, 2 annulled, 3 freed, 4 reserved, 5–6 left out with a word, 7 given, 8 without a word, 9."""
    give(journal, LAST_YEAR)
    annul(give(journal, LAST_YEAR), reason="дубль", by=CLERK, now=NOW)
    free = keep(journal, LAST_YEAR)
    keep(journal, LAST_YEAR, "Приказ о смотре")
    give(journal, LAST_YEAR, manual="7-П", reason="бланки испорчены")
    give(journal, LAST_YEAR, manual="9-П", brought_in=True)
    release(free, reason="отозван", by=CLERK, now=NOW)
    return journal


def close(journal: Journal, period: str = "2025", reason: str = "год закрыт", today: dt.date = TODAY) -> list[GapLine]:
    return close_period(journal, period, reason=reason, by=ADMINISTRATOR, now=NOW, today=today)


def test_every_number_without_a_document_is_listed_with_its_reason(worn: Journal) -> None:
    assert gaps(worn, "2025") == [
        GapLine(2, 2, "annulled", "дубль"),
        GapLine(3, 3, "free", "отозван"),
        GapLine(4, 4, "reserved", "Приказ о смотре"),
        GapLine(5, 6, "never", "бланки испорчены"),
        GapLine(8, 8, "never"),
    ]
    assert gaps(worn, "2024") == []


@pytest.mark.parametrize(("before", "listed"), [(NOW, False), (NOW + dt.timedelta(seconds=1), True)])
def test_fresh_reservations_may_be_left_out(worn: Journal, before: dt.datetime, listed: bool) -> None:
    assert ("reserved" in {line.state for line in gaps(worn, "2025", reserved_before=before)}) is listed


def test_a_gap_gets_its_reason_later_and_a_better_one_still_later(worn: Journal) -> None:
    for reason in ("номер пропущен", "номер дан на бумаге"):
        explain_gap(worn, "2025", 8, 8, reason=reason, by=CLERK, now=NOW)
    assert gaps(worn, "2025")[-1] == GapLine(8, 8, "never", "номер дан на бумаге")
    assert history(worn)[0].effect == {"period": "2025", "first": 8, "last": 8, "reason": "номер дан на бумаге"}


@pytest.mark.parametrize(
    ("first", "last", "reason", "code"),
    [
        (8, 8, "", "reason"),
        (8, 9, "пропуск", "no_gap"),
        (3, 3, "пропуск", "no_gap"),
        (10, 10, "пропуск", "no_gap"),
        (0, 5, "пропуск", "no_gap"),
        (6, 5, "пропуск", "no_gap"),
        (-1, 2**40, "пропуск", "no_gap"),
    ],
)
def test_only_numbers_never_given_are_explained(worn: Journal, first: int, last: int, reason: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        explain_gap(worn, "2025", first, last, reason=reason, by=CLERK, now=NOW)
    assert refused.value.code == code


def test_at_the_end_of_a_year_nothing_is_left_open(worn: Journal) -> None:
    assert [(line.first, line.last) for line in close(worn)] == [(3, 3), (4, 4), (8, 8)]
    assert gaps(worn, "2025") == [
        GapLine(2, 2, "annulled", "дубль"),
        GapLine(3, 4, "unused", "год закрыт"),
        GapLine(5, 6, "never", "бланки испорчены"),
        GapLine(8, 8, "never", "год закрыт"),
    ]
    assert history(worn)[0].effect["unused"] == [[3, 3], [4, 4], [8, 8]]


def test_reserved_literal_numbers_end_with_the_year(worn: Journal) -> None:
    kept = keep(worn, LAST_YEAR, manual="1а-П", reason="забыт")
    close(worn)
    assert Entry.get_by_id(kept.id).state == EntryState.UNUSED


def test_a_closed_period_gives_no_numbers_but_takes_those_of_paper(worn: Journal) -> None:
    close(worn)
    acts = (
        lambda: give(worn, LAST_YEAR),
        lambda: give(worn, LAST_YEAR, manual="8-П"),
        lambda: give(worn, LAST_YEAR, manual="1а-П", reason="забыт"),
        lambda: keep(worn, LAST_YEAR),
        lambda: offer(worn, LAST_YEAR),
        lambda: close(worn),
    )
    for act in acts:
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "period_closed"
    assert give(worn, LAST_YEAR, manual="8-П", brought_in=True).number == "8-П"
    assert give(worn).number == "1-П"


def test_a_period_closed_too_early_is_opened_again(worn: Journal) -> None:
    close(worn)
    reopen_period(worn, "2025", reason="закрыт по ошибке", by=ADMINISTRATOR, now=NOW)
    assert give(worn, LAST_YEAR).number == "10-П"
    assert history(worn)[0].what == "period_reopened"
    with pytest.raises(Refusal) as refused:
        reopen_period(worn, "2025", reason="ещё раз", by=ADMINISTRATOR, now=NOW)
    assert refused.value.code == "period_open"


@pytest.mark.parametrize(
    ("period", "reason", "code"),
    [("2025", "", "reason"), ("2026", "год закрыт", "not_over"), ("2024", "год закрыт", "no_period"), ("<b>", "год", "no_period")],
)
def test_what_cannot_be_closed(worn: Journal, period: str, reason: str, code: str) -> None:
    give(worn)
    with pytest.raises(Refusal) as refused:
        close(worn, period, reason)
    assert refused.value.code == code


def test_a_term_is_closed_when_it_ends(journal: Journal) -> None:
    council = make_journal("council", "{n}", Reset.TERM, term_since=dt.date(2024, 9, 1))
    keep(council)
    assert close(council, "term:2024-09-01") == [GapLine(1, 1, "reserved", "Приказ о смотре")]
    assert [(one.period, one.closed) for one in periods(council)] == [("term:2024-09-01", True)]


def test_the_clerk_explains_and_the_administrator_closes(worn: Journal) -> None:
    for act in (
        lambda: close_period(worn, "2025", reason="год закрыт", by=CLERK, now=NOW, today=TODAY),
        lambda: reopen_period(worn, "2025", reason="год закрыт", by=CLERK, now=NOW),
    ):
        with pytest.raises(Forbidden):
            act()
    assert not Counter.select().where(Counter.closed).exists()
