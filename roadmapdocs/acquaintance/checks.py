"""What keeps a document from being sent to be read, said before anything is changed."""

from __future__ import annotations

import datetime as dt
from typing import Final

from roadmapdocs.acquaintance.lists import current_version, live_sheets
from roadmapdocs.acquaintance.recipients import Outlook
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.rules import Force, Preparation, Registration
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

#: Working days that may be given to read.
LONGEST_TERM: Final = 365
#: A day beyond this is a slip of the pen.
FARTHEST_TERM: Final = dt.timedelta(days=2 * 365)


def text_to_read(document: Document) -> DocumentVersion:
    """
    :raise Refusal: ``unsigned``, ``annulled``, ``ended``, ``no_text``
    """
    if document.preparation != Preparation.SIGNED:
        raise Refusal("unsigned", _("The document is not signed yet. It is sent to be read when it is signed."))
    if document.registration == Registration.ANNULLED:
        raise Refusal("annulled", _("The registration of the document is annulled: it binds nobody."))
    if document.force == Force.ENDED:
        raise Refusal("ended", _("The document is not in force any more. Send the one that has replaced it."))
    version = current_version(document.id)
    if version is None:
        raise Refusal("no_text", _("There is no file with the text yet. Add it to the card: people confirm what they have read."))
    return version


def check_chosen(addressees: Addressees) -> None:
    """
    :raise Refusal: ``addressees``
    """
    if not addressees:
        raise Refusal("addressees", _("Nobody is chosen. Choose people, units, posts or roles."), field="addressees")


def check_term(due: dt.date | None, days: int | None, today: dt.date) -> None:
    """
    :raise Refusal: ``due``, ``days``
    """
    if due is not None and due < today:
        raise Refusal("due", _("The last day is over already. Name a later one."), field="due")
    if due is not None and due > today + FARTHEST_TERM:
        raise Refusal("due", _("The last day is more than two years away. Name an earlier one."), field="due")
    if days is not None and not 1 <= days <= LONGEST_TERM:
        raise Refusal("days", _("The term to read is between 1 and %(most)s working days.", most=LONGEST_TERM), field="days")


def check_somebody(found: Outlook, document_id: int, addressees: Addressees, *, standing: bool) -> None:
    """
    :raise Refusal: ``nobody`` if nobody is left to ask; ``standing`` if a sheet that goes on asking the same people is
        live already, as when it was sent twice at once
    """
    if found.count:
        return
    if not standing:
        raise _nobody(found)
    same = addressees.as_json()
    if any(sheet.standing and sheet.addressees == same for sheet in live_sheets(document_id)):
        message = _("A sheet goes on asking these people already, and all of them are on a list. End that one first to send another.")
        raise Refusal("standing", message, field="addressees")


def _nobody(found: Outlook) -> Refusal:
    if found.doubtful:
        names = ", ".join(found.doubtful)
        message = _("These names of the text fit several people: %(names)s. Choose by hand who is meant.", names=names)
    elif found.left:
        names = ", ".join(found.left)
        message = _("%(names)s: does not work in the office any more. Choose others.", names=names)
    elif found.asked_already:
        message = _("All of those chosen are on a list of this text already. The page of acquaintance shows them.")
    else:
        message = _("Nobody who works in the office today fits what is chosen. Choose others.")
    return Refusal("nobody", message, field="addressees")


def given_reason(reason: str) -> str:
    """
    :raise Refusal: ``reason`` if none is given
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Refusal("reason", _("Say why: it stays in the history."), field="reason")
    return reason
