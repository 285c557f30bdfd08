"""Who sees a series of assignments, and who may end it."""

from __future__ import annotations

from roadmapdocs.access.rules import Action, may
from roadmapdocs.assignments.models import AssignmentSeries
from roadmapdocs.assignments.plans import Plan
from roadmapdocs.documents import visibility as documents
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Forbidden, NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor, Role


def series_of(series_id: int, *, by: Actor) -> AssignmentSeries:
    """
    :raise NotFound: ``no_series`` if there is none for this person: it is for who made it, its author, and those who
        watch over execution and may read its document
    """
    found: AssignmentSeries | None = AssignmentSeries.get_or_none(AssignmentSeries.id == series_id)
    if found is None or not (_is_own(found, by) or _watches(found, by)):
        raise NotFound("no_series", _("There is no such series of assignments, or it is not open to you."))
    return found


def check_may_end(series: AssignmentSeries, by: Actor) -> None:
    """
    :raise Forbidden: for whoever neither made it nor is its author, nor is a clerk
    """
    if not (_is_own(series, by) or by.has(Role.CLERK)):
        raise Forbidden("forbidden", _("A series is ended by its author, by who set it up, or by the clerk."))


def _is_own(series: AssignmentSeries, by: Actor) -> bool:
    author = Plan.from_json(series.plan).author
    mine = {one for one in (author, series.made_by_employee_id) if one is not None}
    return not mine.isdisjoint(by.reads_all_of)


def _watches(series: AssignmentSeries, by: Actor) -> bool:
    if not may(by, Action.SEE_CONTROL):
        return False
    if series.document_id is None:
        return True
    return bool(Document.select().where((Document.id == series.document_id) & documents.visible_to(by)).exists())
