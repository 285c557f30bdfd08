"""A full name and a post in all cases: from the caches, and with everything computed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from roadmapdocs.russian import morphology, name_endings, names, noun_phrases
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.names import FullName, decline
from roadmapdocs.russian.posts import decline_post
from tests.benchmarks.measure import Figure, cpu_ms

NAME, POST = "Белошапка Светлана Сергеевна", "Заместитель начальника управления образования"
_REPEATED = 50


def figures(runs: int) -> Iterator[Figure]:
    yield Figure("inflect a full name and a post, warm", _taken(_inflect, runs), "µs", runs, aim=1000)
    yield Figure("likewise, with nothing remembered", _taken(_inflect_anew, runs), "µs", runs)
    yield Figure("a full name and a post in six cases, warm", _taken(_inflect_all, runs), "µs", runs)


def _taken(work: Callable[[], None], runs: int) -> float:
    """Microseconds of one run of ``work``."""

    def repeated() -> None:
        for _ in range(_REPEATED):
            work()

    return cpu_ms(repeated, runs) / _REPEATED * 1000


def _inflect() -> None:
    decline(FullName.read(NAME), Case.DAT)
    decline_post(POST, Case.DAT)


def _inflect_all() -> None:
    for case in Case:
        decline(FullName.read(NAME), case)
        decline_post(POST, case)


def _inflect_anew() -> None:
    """The dictionary stays open; all that was worked out from it is forgotten."""
    for cached in (
        names.decline,
        name_endings.surname,
        name_endings.first_name,
        morphology.readings,
        noun_phrases.decline_noun_phrase,
        noun_phrases.adjectives,
    ):
        cached.cache_clear()
    _inflect()
