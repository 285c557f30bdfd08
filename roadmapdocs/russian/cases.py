"""The six cases of Russian."""

from __future__ import annotations

from enum import StrEnum


class Case(StrEnum):
    """By the codes that kinds of documents and stored forms use."""

    NOM = "nom"
    GEN = "gen"
    DAT = "dat"
    ACC = "acc"
    INS = "ins"
    PRE = "pre"
