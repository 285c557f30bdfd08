"""What acquaintance lends to the workflow of documents: effects that definitions name."""

from __future__ import annotations

from functools import partial

from roadmapdocs.acquaintance import asking, ending
from roadmapdocs.acquaintance.asking import Opening
from roadmapdocs.documents.effects import Change, Effect
from roadmapdocs.documents.operations import get_document
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _


def open_sheet(change: Change) -> None:
    """A sheet is opened with what is enclosed: nothing is sent to be read without people who are to read it.

    :raise Refusal: ``addressees`` if nothing is enclosed
    """
    opening = change.answers.enclosed
    if opening is None:
        raise Refusal("addressees", _("Choose who is to read it: send it on the page of acquaintance."), field="addressees")
    if not isinstance(opening, Opening):
        raise TypeError(f"an Opening is enclosed, not {type(opening).__name__}")
    change.taken = True
    change.follow.append(partial(_open, opening))


def _open(opening: Opening, change: Change) -> None:
    asking.open_sheet(get_document(change.document.id), opening, by=change.by, now=change.now)


def end_sheets(change: Change) -> None:
    """Nobody is asked any more: every sheet of the document ends with the reason said."""
    ending.end_all(change.document.id, change.answers.reason, by=change.by, now=change.now)


EFFECTS: dict[str, Effect] = {one.__name__: one for one in (open_sheet, end_sheets)}
