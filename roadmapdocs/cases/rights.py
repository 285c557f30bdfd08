"""Whose cases a person sees and keeps: in a base of several organisations, those where the person's roles count."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.cases.models import Case
from roadmapdocs.errors import Forbidden
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor


def open_to(actor: Actor) -> pw.Expression:
    """Cases of the whole office, and those of the actor's own organisations: a condition of a query."""
    if not actor.organisations:
        return Case.id.is_null(False)
    return Case.organisation.is_null() | Case.organisation.in_(sorted(actor.organisations))


def require_in(organisation_id: int | None, *, by: Actor) -> None:
    """
    :raise Forbidden: unless the actor keeps cases; ``other_organisation`` if not those of this organisation
    """
    require(by, Action.MANAGE_CASES)
    if not by.counts_in(organisation_id):
        raise Forbidden(
            "other_organisation", _("This nomenclature is kept by another organisation. Choose that of your own.")
        )
