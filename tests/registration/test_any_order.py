"""Whatever clerks do in whatever order, the journal agrees with a simple model of it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdocs.errors import Refusal
from roadmapdocs.registration.gaps import gaps
from roadmapdocs.registration.models import Counter, Entry, Journal
from roadmapdocs.registration.operations import annul, offer, release
from tests.conftest import NOW, TODAY
from tests.registration.conftest import CLERK, give, keep, make_journal

_codes = itertools.count(1)
_acts = st.lists(
    st.tuples(
        st.sampled_from(["give", "give", "reserve", "take up", "release", "annul", "literal", "ahead", "again"]),
        st.integers(0, 30),
    ),
    max_size=25,
)


@dataclass
class Model:
    """Numbers as a clerk would keep them on a sheet of paper: (running number, suffix) and what became of it."""

    sheet: dict[tuple[int, str], str] = field(default_factory=dict)
    last: int = 0

    def next(self) -> int:
        free = [n for (n, suffix), state in self.sheet.items() if state == "free" and not suffix]
        return min(free, default=self.last + 1)

    def write(self, n: int, suffix: str, state: str) -> None:
        self.sheet[n, suffix] = state
        self.last = max(self.last, n)

    def of(self, state: str) -> list[tuple[int, str]]:
        return sorted(number for number, kept in self.sheet.items() if kept == state)

    def without_documents(self) -> dict[int, str]:
        states = {n: self.sheet.get((n, ""), "never") for n in range(1, self.last + 1)}
        return {n: state for n, state in states.items() if state != "registered"}


def row(journal: Journal, n: int, suffix: str) -> Entry:
    return Entry.get((Entry.journal == journal) & (Entry.n == n) & (Entry.suffix == suffix))


def perform(journal: Journal, model: Model, act: str, choice: int) -> None:
    """Do it in both; what has no number to be done to is left out."""
    n = model.next()
    sources = {"take up": "reserved", "release": "reserved", "annul": "registered", "literal": "registered", "again": "annulled"}
    among = model.of(sources.get(act, ""))
    which = among[choice % len(among)] if among else None
    if act == "give":
        assert offer(journal, TODAY).n == n
        assert give(journal).n == n
        model.write(n, "", "registered")
    elif act == "reserve":
        assert keep(journal).n == n
        model.write(n, "", "reserved")
    elif act == "ahead":
        ahead = model.last + 1 + choice % 4
        give(journal, manual=f"{ahead}-П", reason="пропуск")
        model.write(ahead, "", "registered")
    elif which is not None:
        to_one(journal, model, act, which, choice)


def to_one(journal: Journal, model: Model, act: str, which: tuple[int, str], choice: int) -> None:
    entry = row(journal, *which)
    if act == "take up":
        give(journal, entry=entry)
        model.write(*which, "registered")
    elif act == "release":
        release(entry, reason="отозван", by=CLERK, now=NOW)
        model.write(*which, "free")
    elif act == "annul":
        annul(entry, reason="дубль", by=CLERK, now=NOW)
        model.write(*which, "annulled")
    elif act == "again":
        with pytest.raises(Refusal):
            give(journal, manual=entry.number, reason="ещё раз")
    elif (which[0], "абв"[choice % 3]) not in model.sheet:
        give(journal, manual=f"{which[0]}{'абв'[choice % 3]}-П", reason="забыт")
        model.write(which[0], "абв"[choice % 3], "registered")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(_acts)
def test_any_order_of_acts_leaves_what_the_model_has(sqlite_database: None, acts: list[tuple[str, int]]) -> None:
    journal = make_journal(f"j{next(_codes)}")
    model = Model()
    for act, choice in acts:
        perform(journal, model, act, choice)
    rows = list(Entry.select().where(Entry.journal == journal).order_by(Entry.sort))
    assert {(one.n, one.suffix): one.state for one in rows} == model.sheet
    assert [(one.n, one.suffix) for one in rows] == sorted(model.sheet)
    assert len({one.key for one in rows}) == len(rows)
    listed = {n: line.state for line in gaps(journal, "2026") for n in range(line.first, line.last + 1)}
    assert listed == model.without_documents()
    counter = Counter.get_or_none(Counter.journal == journal)
    free = sum(state == "free" for state in model.sheet.values())
    assert (counter.last, counter.free) == (model.last, free) if counter else not model.sheet
