"""The typed relations between documents (``domain.md`` §12)."""

from __future__ import annotations

from enum import StrEnum


class LinkKind(StrEnum):
    """``source`` does this to ``target``; :mod:`roadmapdocs.documents.links.rules` has the words and the effects."""

    APPROVES = "approves"
    APPENDIX_TO = "appendix_to"
    AMENDS = "amends"
    REPEALS = "repeals"
    REPEALS_PARTLY = "repeals_partly"
    REPLACES = "replaces"
    EXECUTES = "executes"
    BASED_ON = "based_on"
    RESULTS_OF = "results_of"
    EXTRACT_OF = "extract_of"
    COPY_OF = "copy_of"
    REPLY_TO = "reply_to"
    ADDS_TO = "adds_to"
    OTHER = "other"
