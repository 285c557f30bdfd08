"""On which days a document binds, as a rule over days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.documents.links.force_rules import Binding, Facts, Standing, legal_force, standing_words
from roadmapdocs.documents.rules import Force
from roadmapdocs.i18n import use_language

DAY = dt.date(2026, 3, 16)
DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))
SUSPENSIONS = st.lists(st.tuples(DAYS, DAYS | st.none()), max_size=3).map(tuple)
FACTS = st.builds(
    Facts,
    state=st.sampled_from(list(Force)),
    annulled=st.booleans(),
    since=DAYS | st.none(),
    until=DAYS | st.none(),
    suspensions=SUSPENSIONS,
    amended=DAYS | st.none(),
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("facts", "standing", "words"),
    [
        (Facts(Force.NOT_IN_FORCE, since=day("2020-01-01")), Standing(Binding.NONE), "not in force"),
        (Facts(Force.IN_FORCE, since=day("2027-01-01")), Standing(Binding.COMING, day("2027-01-01")), "comes into force on 01.01.2027"),
        (Facts(Force.IN_FORCE, since=DAY), Standing(Binding.IN_FORCE), "in force"),
        (Facts(Force.AMENDED, since=day("2020-01-01")), Standing(Binding.AMENDED), "in force as amended"),
        (Facts(Force.AMENDED, since=day("2020-01-01"), amended=DAY), Standing(Binding.AMENDED), "in force as amended"),
        (Facts(Force.AMENDED, since=day("2020-01-01"), amended=day("2026-03-17")), Standing(Binding.IN_FORCE), "in force"),
        (Facts(Force.ENDED, since=day("2020-01-01"), until=DAY), Standing(Binding.ENDED, DAY), "no longer in force since 16.03.2026"),
        (Facts(Force.ENDED, since=day("2020-01-01"), until=day("2026-03-17")), Standing(Binding.IN_FORCE), "in force"),
        (Facts(Force.ENDED, since=day("2020-01-01")), Standing(Binding.ENDED), "no longer in force"),
        (Facts(Force.IN_FORCE, since=day("2020-01-01"), until=DAY), Standing(Binding.ENDED, DAY), "no longer in force since 16.03.2026"),
        (Facts(Force.SUSPENDED, since=day("2020-01-01"), suspensions=((DAY, None),)), Standing(Binding.SUSPENDED), "suspended"),
        (Facts(Force.IN_FORCE, since=day("2020-01-01"), suspensions=((day("2026-03-01"), DAY),)), Standing(Binding.IN_FORCE), "in force"),
        (Facts(Force.IN_FORCE, annulled=True, since=day("2020-01-01")), Standing(Binding.NONE), "not in force"),
        (Facts(Force.IN_FORCE), Standing(Binding.NONE), "not in force"),
    ],
)  # fmt: skip
def test_a_day_a_state_and_its_days_make_a_standing(facts: Facts, standing: Standing, words: str) -> None:
    assert legal_force(facts, DAY) == standing
    with use_language("en"):
        assert standing_words(standing) == words


@given(FACTS, DAYS)
def test_what_is_annulled_or_never_came_into_force_binds_on_no_day(facts: Facts, on: dt.date) -> None:
    standing = legal_force(facts, on)
    if facts.annulled or facts.state is Force.NOT_IN_FORCE:
        assert standing == Standing(Binding.NONE)
    assert standing.binds == (standing.binding in {Binding.IN_FORCE, Binding.AMENDED})


@given(FACTS, DAYS, DAYS)
def test_time_goes_one_way(facts: Facts, one: dt.date, other: dt.date) -> None:
    """What has ended stays ended, what is still to come was to come the day before, and so with amendments."""
    earlier, later = sorted((one, other))
    before, after = legal_force(facts, earlier), legal_force(facts, later)
    if before.binding is Binding.ENDED:
        assert after == before
    if after.binding is Binding.COMING:
        assert before == after
    if before.binding is Binding.AMENDED:
        assert after.binding is not Binding.IN_FORCE


@given(FACTS, st.tuples(DAYS, DAYS, DAYS))
def test_without_suspensions_the_days_in_force_follow_one_another(facts: Facts, days: tuple[dt.date, dt.date, dt.date]) -> None:
    whole = Facts(facts.state, facts.annulled, facts.since, facts.until, (), facts.amended)
    first, middle, last = (legal_force(whole, on).binds for on in sorted(days))
    assert middle or not (first and last)


@given(FACTS, DAYS)
def test_a_suspension_only_takes_force_away(facts: Facts, on: dt.date) -> None:
    whole = Facts(facts.state, facts.annulled, facts.since, facts.until, (), facts.amended)
    if legal_force(facts, on).binds:
        assert legal_force(whole, on) == legal_force(facts, on)
