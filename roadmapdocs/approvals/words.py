"""Names that tables and operations of approval share."""

from __future__ import annotations

from enum import StrEnum


class Added(StrEnum):
    """How somebody came into a run: by its plan, asked by an approver, forwarded by one, put in another's place."""

    ROUTE = "route"
    ASKED = "asked"
    FORWARDED = "forwarded"
    REPLACED = "replaced"


class VisaWay(StrEnum):
    """By what a decision was given: signed in, by a guest's link, on paper, by a protocol, or repeated from before."""

    ACCOUNT = "account"
    LINK = "link"
    PAPER = "paper"
    PROTOCOL = "protocol"
    CARRIED = "carried"


class ObjectionKind(StrEnum):
    """What a file beside a refusal is: a redline, особое мнение, протокол разногласий, something else."""

    REDLINE = "redline"
    OPINION = "opinion"
    PROTOCOL = "protocol"
    OTHER = "other"


class RemarkState(StrEnum):
    """Of a remark (domain.md §8): open, принято, отклонено с обоснованием, снято."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """Подписание certifies the author's own document, утверждение gives force to others' (domain.md §9)."""

    SIGN = "sign"
    CONFIRM = "confirm"


class SignatureWay(StrEnum):
    """Of 63-ФЗ: simple (ПЭП), qualified (a detached CMS file), and ink on paper."""

    SIMPLE = "simple"
    QUALIFIED = "qualified"
    PAPER = "paper"
