"""Numbers and cards of documents as plain decisions."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.letters import strip_invisible

TITLE_LIMIT = 2_000
SUMMARY_LIMIT = 10_000
NUMBER_LIMIT = 64

# Letters that look the same in both alphabets: a number typed in Latin is the number in Cyrillic.
_LOOK_ALIKES = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")


class Preparation(StrEnum):
    """The first of the six state lines: how far the text has come."""

    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    IN_SIGNING = "in_signing"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Card:
    """What a person fills in about a document. ``kind`` is a kind's code."""

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


def normalise_number(number: str) -> str:
    """The form in which numbers are compared: ``№ 178 –п`` and ``N178-П`` are both ``178-П``."""
    text = re.sub(r"^\s*(?:№|No\.?|N)\s*", "", number.strip(), flags=re.IGNORECASE)
    text = re.sub(r"\s+", "", text)
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    return text.upper().translate(_LOOK_ALIKES)


def number_sort_key(number: str) -> str:
    """Text that sorts as people count: 9 before 10, 45 before 45а before 46."""
    return re.sub(r"\d+", lambda digits: digits.group().zfill(8), normalise_number(number))


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
    if problems:
        raise Refusal("card", _("The card is not filled in completely. See the marked fields."), fields=problems)
