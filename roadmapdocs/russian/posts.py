"""Titles of posts in any case."""

from __future__ import annotations

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.noun_phrases import decline_noun_phrase


def decline_post(title: str, case: Case, gender: str = "m") -> str:
    """«Начальник управления образования» → «Начальнику управления образования».

    «И.о. начальника» and «врио» stay as they are. ``gender`` is the holder's, m or f.
    """
    if case is Case.NOM:
        return title
    return decline_noun_phrase(title, case, gender=gender)
