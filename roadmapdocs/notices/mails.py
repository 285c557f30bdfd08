"""What a delivery says, made when it goes: to the address of today, and with what its reader may read today."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

from roadmapdocs.i18n import gettext as _
from roadmapdocs.notices import letters
from roadmapdocs.notices.models import Delivery, Notice
from roadmapdocs.notices.operations import Shown, as_shown
from roadmapdocs.notices.ports import Permanent, Temporary
from roadmapdocs.notices.rules import DeliveryKind
from roadmapdocs.notices.words import say
from roadmapdocs.people.models import Employee, User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import Actor
from roadmapdocs.settings import Settings, is_mail_address


def mail_of(delivery: Delivery, *, settings: Settings, now: dt.datetime) -> EmailMessage | None:
    """The mail of a delivery; None where all that it would tell was read or settled meanwhile.

    :raise Permanent: if there is no address to write to
    :raise Temporary: if a guest's link cannot be made as long as ``base_url`` is not set
    """
    letter = _letter(delivery, settings, now)
    if letter is None:
        return None
    address = delivery.address if delivery.kind == DeliveryKind.LETTER else delivery.employee.email
    if not is_mail_address(address):
        raise Permanent(_("“%(address)s” is no mail address. Correct it and send the mail again.", address=address))
    return letters.compose(letter, to=address, message_id=delivery.message_id, settings=settings, now=now)


def _letter(delivery: Delivery, settings: Settings, now: dt.datetime) -> letters.Letter | None:
    if delivery.kind == DeliveryKind.LETTER:
        kept = delivery.letter
        if kept["path"] and not settings.base_url:
            raise Temporary(_("The registry does not know its own address, and the letter needs a link. Set base_url in the settings."))
        return letters.for_guest(kept["subject"], kept["lines"], kept["path"])
    unread = (Notice.delivery == delivery.id) & Notice.read_at.is_null()
    notices = list(Notice.select().where(unread).order_by(Notice.at, Notice.id))
    if not notices:
        return None
    reader = reader_of(delivery.employee, today=now.astimezone(settings.zone).date())
    parts = [_part(shown) for shown in as_shown(notices, reader)]
    return letters.digest(parts) if delivery.kind == DeliveryKind.DIGEST else letters.single(parts[0])


def _part(shown: Shown) -> letters.Part:
    notice, document = shown.notice, shown.document
    said = say(notice.code, notice.about, due=notice.due, document=document, outside=True)
    closed = notice.document_id is not None and document is None
    # The link goes by the notice, so that opening it from a mail counts as reading it.
    return letters.Part(said, "" if closed else f"/notices/{notice.id}")


def reader_of(employee: Employee, *, today: dt.date) -> Actor:
    """Whoever reads this person's mail, with no more rights than the person's account has; without one, with none."""
    user = User.get_or_none((User.employee == employee.id) & User.active)
    if user is not None:
        return actor_of(user, today=today)
    return Actor(user_id=None, name=str(employee), roles=frozenset(), employee_id=employee.id)


