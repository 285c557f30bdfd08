"""Whose journals a person keeps: in a base of several organisations, those where the person's roles count."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.errors import Forbidden, NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.models import Journal


def open_to(actor: Actor) -> pw.Expression:
    """Journals of all organisations, and those of the actor's own: a condition of a query."""
    if not actor.organisations:
        return Journal.id.is_null(False)
    return Journal.organisation.is_null() | Journal.organisation.in_(sorted(actor.organisations))


def find_journal(journal_id: int, *, by: Actor) -> Journal:
    """
    :raise NotFound: ``no_journal`` if there is none, or it is another organisation's
    """
    journal: Journal | None = Journal.get_or_none((Journal.id == journal_id) & open_to(by))
    if journal is None:
        raise NotFound("no_journal", _("There is no such journal. Look for it among the journals."))
    return journal


def require_in(journal: Journal, action: Action, *, by: Actor) -> None:
    """
    :raise Forbidden: as :func:`roadmapdocs.access.rules.require`; ``other_organisation``
    """
    require(by, action)
    if not by.counts_in(journal.organisation_id):
        raise Forbidden("other_organisation", _("This journal is kept by another organisation. Choose one of your own."))
