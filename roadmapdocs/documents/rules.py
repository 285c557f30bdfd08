"""Cards of documents as plain decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from roadmapdocs.access.rules import Mark
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.letters import strip_invisible

TITLE_LIMIT = 2_000
SUMMARY_LIMIT = 10_000
NUMBER_LIMIT = 64
LINE_LIMIT = 255


class Preparation(StrEnum):
    """The first of the six state lines: how far the text has come."""

    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    REWORK = "rework"
    AGREED = "agreed"
    IN_SIGNING = "in_signing"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


class Registration(StrEnum):
    UNREGISTERED = "unregistered"
    RESERVED = "reserved"
    REGISTERED = "registered"
    ANNULLED = "annulled"


class Force(StrEnum):
    NOT_IN_FORCE = "not_in_force"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    SUSPENDED = "suspended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Card:
    """What a person fills in about a document. ``kind`` is a kind's code.

    A new card begins as a draft, unless ``preparation`` says that the document exists already and is brought in
    as it is; later only transitions change it. ``fields`` are those of the kind, by their names.
    """

    kind: str
    title: str
    number: str = ""
    date: dt.date | None = None
    summary: str = ""
    signer: str = ""
    preparation: Preparation = Preparation.DRAFT
    signer_id: int | None = None
    drafter_id: int | None = None
    unit_id: int | None = None
    organisation_id: int | None = None
    body: str = ""
    mark: Mark = Mark.GENERAL
    mark_basis: str = ""
    force_from: dt.date | None = None
    fields: Mapping[str, object] = field(default_factory=dict)


def search_key(*parts: str) -> str:
    """Folded text in which a list looks for words: SQLite itself ignores case in Latin letters only."""
    return strip_invisible(" ".join(part for part in parts if part)).casefold().replace("ё", "е")


def check_card(card: Card, *, today: dt.date) -> None:
    """
    :raise Refusal: ``card``, whose ``details["fields"]`` maps a field's name to a sentence about it
    """
    problems: dict[str, str] = {}
    if not card.title.strip():
        problems["title"] = _("Write what the document is about.")
    elif len(card.title) > TITLE_LIMIT:
        problems["title"] = _("The title is longer than %(limit)s characters. Shorten it.", limit=TITLE_LIMIT)
    if len(card.summary) > SUMMARY_LIMIT:
        problems["summary"] = _("The summary is longer than %(limit)s characters. Shorten it.", limit=SUMMARY_LIMIT)
    if len(card.number) > NUMBER_LIMIT:
        problems["number"] = _("The number is longer than %(limit)s characters. Shorten it.", limit=NUMBER_LIMIT)
    if card.preparation is Preparation.SIGNED:
        if card.date is None:
            problems["date"] = _("A signed document has a date. Write the date of signing.")
        elif card.date > today:
            problems["date"] = _("A signed document cannot have a date that has not come. Correct the date or the state.")
    if card.mark is not Mark.GENERAL and not card.mark_basis.strip():
        problems["mark_basis"] = _("Access is restricted on some ground. Write which one.")
    if card.force_from and card.date and card.force_from < card.date:
        problems["force_from"] = _("A document does not come into force before its own date. Correct one of the two.")
    if problems:
        raise Refusal("card", _("The card is not filled in completely. See the marked fields."), fields=problems)
