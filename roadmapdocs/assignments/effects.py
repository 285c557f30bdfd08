"""What assignments lend to the workflow of documents: guards and effects that definitions name."""

from __future__ import annotations

from functools import partial

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.changing import close
from roadmapdocs.assignments.control import is_following
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.words import LIVE, State
from roadmapdocs.documents.effects import Change, Effect
from roadmapdocs.documents.guards import Guard, Situation
from roadmapdocs.i18n import gettext as _


def no_live_assignments(now: Situation) -> str | None:
    """With live assignments under control the line follows from them."""
    if is_following() or not _has(now.document_id, *LIVE):
        return None
    return _("Its assignments are under control, and this follows from them. Open them and move those.")


def no_done_assignments(now: Situation) -> str | None:
    """What its assignments have come to is not taken back behind them."""
    if is_following() or not _has(now.document_id, State.DONE):
        return None
    return _("Its assignments are done. Reopen the one that is not: the document follows.")


def remove_done_assignments(change: Change) -> None:
    """Whoever removes the document removes what is done of its assignments."""
    if not is_following():
        change.follow.append(partial(_remove, change.answers.reason))


def _remove(why: str, change: Change) -> None:
    done = (Assignment.document == change.document.id) & Assignment.on_control & (Assignment.state == State.DONE)
    for row in Assignment.select().where(done).order_by(Assignment.id):
        columns = {"state": str(State.REMOVED), "removed_by": change.by.name, "removed_at": change.now, "ended_why": why}
        close(row, Act.REMOVED, {"why": why}, **columns, by=change.by, now=change.now, today=change.today)


def _has(document_id: int, *states: State) -> bool:
    mine = (Assignment.document == document_id) & Assignment.on_control & Assignment.given_at.is_null(False)
    return bool(Assignment.select().where(mine & Assignment.state.in_([str(one) for one in states])).exists())


GUARDS: dict[str, Guard] = {one.__name__: one for one in (no_live_assignments, no_done_assignments)}
EFFECTS: dict[str, Effect] = {remove_done_assignments.__name__: remove_done_assignments}
