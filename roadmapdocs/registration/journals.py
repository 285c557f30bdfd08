"""Keeping journals: how an office makes and changes its own."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from roadmapdocs.access.rules import Action
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Organisation
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.models import Entry, Journal
from roadmapdocs.registration.patterns import Pattern
from roadmapdocs.registration.rights import require_in
from roadmapdocs.registration.rules import Reset

CODE: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}")
NAME_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class JournalCard:
    """What a person fills in about a journal; the fields are those of the table."""

    code: str
    name: str
    series: str
    pattern: str = "{n}"
    reset: str = Reset.YEAR
    organisation_id: int | None = None
    body: str = ""
    term_since: dt.date | None = None
    active: bool = True
    position: int = 0


def keep_journal(row: Journal | None, card: JournalCard, *, by: Actor, now: dt.datetime) -> Journal:
    """Make a journal, or change ``row``. A new pattern is for new numbers: those given stay as they are printed.

    :raise Forbidden: if the actor does not keep journals; ``other_organisation``
    :raise Refusal: ``journal``, whose ``details["fields"]`` maps a field's name to a sentence about it
    """
    for journal in (Journal(organisation=card.organisation_id), *([row] if row is not None else [])):
        require_in(journal, Action.MANAGE_REGISTRY, by=by)
    card = dataclasses.replace(card, code=card.code.strip(), name=card.name.strip(), body=card.body.strip())
    with transaction():
        problems = _problems(row, card)
        if problems:
            raise Refusal(
                "journal", _("The journal is not filled in completely. See the marked fields."), fields=problems
            )
        columns = dataclasses.asdict(card) | {"pattern": card.pattern.strip()}
        if row is None:
            kept = Journal.create(**columns)
        else:
            Journal.update(**columns).where(Journal.id == row.id).execute()
            kept = Journal.get_by_id(row.id)
        effect = {name: str(value) for name, value in columns.items() if value not in (None, "")}
        record("journal_added" if row is None else "journal_changed", subject=kept, effect=effect, by=by, now=now)
    return kept


def _problems(row: Journal | None, card: JournalCard) -> dict[str, str]:
    """A sentence for each field that is wrong."""
    found: dict[str, str] = {}
    if not CODE.fullmatch(card.code):
        found["code"] = _("A code begins with a small Latin letter and has letters, digits, - and _. Correct it.")
    elif Journal.select().where((Journal.code == card.code) & (Journal.id != (row.id if row else 0))).exists():
        found["code"] = _("There is a journal with the code %(code)s. Write another code.", code=card.code)
    if not card.name:
        found["name"] = _("Write the name of the journal.")
    elif len(card.name) > NAME_LIMIT or len(card.body) > NAME_LIMIT:
        long = "name" if len(card.name) > NAME_LIMIT else "body"
        found[long] = _("This is longer than %(limit)s characters. Shorten it.", limit=NAME_LIMIT)
    if not CODE.fullmatch(card.series):
        found["series"] = _("Choose which documents the journal is for.")
    try:
        Pattern.parse(card.pattern)
    except Refusal as refused:
        found["pattern"] = refused.message
    return found | _problems_of_reset(row, card) | _problems_of_organisation(card)


def _problems_of_reset(row: Journal | None, card: JournalCard) -> dict[str, str]:
    if card.reset not in set(Reset):
        return {"reset": _("Choose when the journal counts from one again.")}
    if card.reset == Reset.TERM and card.term_since is None:
        return {"term_since": _("The journal counts through a term. Write the first day of the term.")}
    if row is not None and card.reset != row.reset and Entry.select().where(Entry.journal == row).exists():
        sentence = _("The journal has numbers already, and they would be counted anew. Make a new journal instead.")
        return {"reset": sentence}
    return {}


def _problems_of_organisation(card: JournalCard) -> dict[str, str]:
    wanted = card.organisation_id
    if wanted is not None and not Organisation.select().where(Organisation.id == wanted).exists():
        return {"organisation_id": _("There is no such organisation. Choose one of the list.")}
    return {}
