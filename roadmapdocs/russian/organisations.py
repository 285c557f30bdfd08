"""Names of organisations in the genitive."""

from __future__ import annotations

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.noun_phrases import decline_noun_phrase


def organisation_genitive(name: str) -> str:
    """«Муниципальное казённое учреждение «Центр»» → «Муниципального казённого учреждения «Центр»».

    Abbreviations (МКУ, МБОУ) and what is quoted stay as they are.
    """
    return decline_noun_phrase(name, Case.GEN)
