"""Whose journals a person keeps where several organisations share one base."""

from __future__ import annotations

import dataclasses

import pytest

from roadmapdocs.access.rules import Action
from roadmapdocs.errors import Forbidden, NotFound
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.registration.journals import JournalCard, keep_journal
from roadmapdocs.registration.models import Journal
from roadmapdocs.registration.operations import reserve
from roadmapdocs.registration.patterns import Context
from roadmapdocs.registration.rights import find_journal, open_to, require_in
from tests import factories as make
from tests.conftest import NOW, TODAY, person


@pytest.fixture
def journals(database: str) -> dict[str, Journal]:
    """One for all, one of our own school, one of another."""
    common = Journal.select().order_by(Journal.id).first()
    made = {"common": common}
    for name in ("own", "other"):
        row = {field: getattr(common, field) for field in ("name", "series", "pattern", "reset", "position")}
        organisation = make.organisation(f"Школа «{name}»")
        made[name] = Journal.create(**row, code=f"school_{name}", organisation=organisation)
    return made


@pytest.fixture
def school_clerk(clerk: Actor, journals: dict[str, Journal]) -> Actor:
    return dataclasses.replace(clerk, organisations=frozenset({journals["own"].organisation_id}))


def test_journals_of_ones_own_organisation_and_of_all_are_open(journals: dict[str, Journal], school_clerk: Actor) -> None:
    seen = {row.id for row in Journal.select().where(open_to(school_clerk))}
    assert {journals["own"].id, journals["common"].id} <= seen
    assert journals["other"].id not in seen
    assert find_journal(journals["own"].id, by=school_clerk) == journals["own"]
    with pytest.raises(NotFound):
        find_journal(journals["other"].id, by=school_clerk)


def test_whoever_has_roles_everywhere_sees_all_journals(journals: dict[str, Journal], clerk: Actor) -> None:
    assert Journal.select().where(open_to(clerk)).count() == Journal.select().count()


def test_no_number_is_taken_from_anothers_journal(journals: dict[str, Journal], school_clerk: Actor) -> None:
    with pytest.raises(Forbidden) as refused:
        reserve(
            journals["other"], on=TODAY, reserved_for="приказ", context=Context(year=TODAY.year), by=school_clerk, now=NOW, today=TODAY
        )
    assert refused.value.code == "other_organisation"
    require_in(journals["own"], Action.REGISTER, by=school_clerk)


@pytest.mark.parametrize(("row", "to"), [("other", "other"), ("other", "own"), ("own", "other"), (None, "other")])
def test_journals_of_others_are_neither_changed_nor_made(
    journals: dict[str, Journal], row: str | None, to: str
) -> None:
    own = journals["own"]
    by = dataclasses.replace(person(Role.ADMINISTRATOR), organisations=frozenset({own.organisation_id}))
    card = JournalCard(code="x", name="Приказы", series=own.series, pattern=own.pattern, organisation_id=journals[to].organisation_id)
    with pytest.raises(Forbidden) as refused:
        keep_journal(journals[row] if row else None, card, by=by, now=NOW)
    assert refused.value.code == "other_organisation"
