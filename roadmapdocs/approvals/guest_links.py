"""Links for approvers without an account, from the side of the office: made, sent again, revoked, opened by phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.access.rules import Action, Mark, may, require
from roadmapdocs.approvals.guest_secrets import code_hash, hash_of, new_code, new_secret
from roadmapdocs.approvals.models import GuestLink, Run, Visa
from roadmapdocs.approvals.plans import plan_from_json
from roadmapdocs.approvals.rules import RunState, VisaState
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import history, record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import lock_document, read_document
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.hooks import guest_link_made, visa_asked
from roadmapdocs.i18n import gettext as _
from roadmapdocs.installation import day_of
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import SYSTEM, Actor
from roadmapdocs.settings import is_mail_address
from roadmapdocs.workdays.operations import calendar

#: Wrong codes until a link is shut, and codes that it may ask for.
TRIES: Final = 5
CODES: Final = 10
CODE_LIVES: Final = dt.timedelta(minutes=15)
#: A link lives some working days beyond the term of its visa, for those who are late, but never longer than this.
DAYS_BEYOND_TERM: Final = 3
LONGEST_LIFE: Final = dt.timedelta(days=30)



@dataclass(frozen=True, slots=True)
class Made:
    """A fresh link. ``secret`` is known now and never again."""

    link: GuestLink
    secret: str


def listen() -> None:
    """Make a link whenever a visa is asked of a guest. Idempotent."""
    visa_asked.connect(_asked)


def _asked(visa: Visa, *, now: dt.datetime, **_more: Any) -> None:
    if visa.employee_id is not None:
        return
    try:
        _check_may_leave(visa, official=False)
        _make(visa, mail=True, by=SYSTEM, now=now, today=day_of(now))
    except Refusal as refusal:
        # The route goes on: whoever looks after it learns from the history what to do instead.
        effect = {"visa": visa.id, "name": visa.name, "reason": refusal.message}
        record("guest_link_not_made", subject=visa.document, effect=effect, by=SYSTEM, now=now)


def guest_visa(visa_id: int, *, by: Actor) -> Visa:
    """The visa of a guest, for those who look after its link: who started the run, the drafter, the clerk.

    :raise NotFound: ``no_visa`` if there is none, or it is asked of an employee
    :raise Forbidden: ``not_yours``
    """
    visa = Visa.select(Visa, Run).join(Run).where((Visa.id == visa_id) & Visa.employee.is_null()).first()
    if visa is None:
        raise NotFound("no_visa", _("There is no such visa, or it is asked of somebody who signs in. See the card of the document."))
    document = read_document(visa.document_id, by=by)
    mine = by.employee_id is not None and by.employee_id in {document.drafter_id, visa.run.started_by_employee_id}
    if not mine and not may(by, Action.CHANGE_ROUTE):
        raise Forbidden("not_yours", _("Links for guests are given by whoever sent the document for approval, its drafter or the clerk."))
    return visa


def links_of(visa: Visa) -> list[GuestLink]:
    """All links there were to the visa, the last one first."""
    return list(GuestLink.select().where(GuestLink.visa == visa).order_by(GuestLink.id.desc()))


def is_live(link: GuestLink, now: dt.datetime) -> bool:
    return link.revoked_at is None and link.used_at is None and link.tries_left > 0 and now < link.expires_at


def make_link(visa_id: int, *, mail: bool = True, by: Actor, now: dt.datetime, today: dt.date) -> Made:
    """A new link to a guest's open visa; the one before is revoked. Without ``mail`` it is handed over by other means.

    :raise NotFound: ``no_visa``
    :raise Forbidden: ``not_yours``; ``official`` if the mark of the document leaves this to the clerk
    :raise Refusal: ``personal`` if the document may not leave the house so, ``address``, ``own_text``
    :raise Conflict: ``not_needed`` if the visa is not asked now
    """
    with transaction():
        visa = guest_visa(visa_id, by=by)
        lock_document(visa.document_id)
        _check_may_leave(visa, official=may(by, Action.CHANGE_ROUTE))
        return _make(visa, mail=mail, by=by, now=now, today=today)


def revoke_link(link_id: int, *, by: Actor, now: dt.datetime) -> GuestLink:
    """Shut a link at once. One that was revoked or used already stays as it is.

    :raise NotFound: ``no_link``
    :raise Forbidden: ``not_yours``
    """
    with transaction():
        visa = guest_visa(_link(link_id).visa_id, by=by)
        lock_document(visa.document_id)
        _revoke(visa, GuestLink.id == link_id, by=by, now=now)
        return GuestLink.get_by_id(link_id)


def show_code(link_id: int, *, by: Actor, now: dt.datetime) -> str:
    """A code to be told by phone where mail does not come; the clerk makes sure who is on the line.

    :raise NotFound: ``no_link``
    :raise Forbidden: if the actor enters no visas; ``own_text`` if the document is the actor's own, ``own_link`` if the
        actor was shown the link: nobody holds both of what a guest decides by
    :raise Conflict: ``not_needed`` if the link opens nothing any more
    """
    require(by, Action.PAPER_VISA)
    with transaction():
        link = _link(link_id)
        visa = guest_visa(link.visa_id, by=by)
        document = lock_document(visa.document_id)
        if document.drafter_id is not None and document.drafter_id == by.employee_id:
            raise Forbidden("own_text", _("You drafted this document. Another clerk tells the guest the code."))
        if is_in_hands_of(link, document, by):
            raise Forbidden(
                "own_link", _("You made this link to hand it over, so you know it. Another clerk tells the code, or send a new link by mail.")
            )
        if not is_live(link, now) or not is_asked(visa):
            raise Conflict("not_needed", _("This link opens nothing any more. Make a new one if the visa is still asked."))
        code = set_code(link, now)
        effect = {"visa": visa.id, "link": link.id, "name": visa.name}
        record("guest_code_shown", subject=document, effect=effect, by=by, now=now)
        return code


def is_in_hands_of(link: GuestLink, document: Document, by: Actor) -> bool:
    """Whether the actor was shown the link to the document when it was made, as the journal has it."""
    made = next((one for one in _entries("guest_link_made", link, document)), None)
    if made is None or made.effect["mailed"]:
        return False
    return made.user_id is not None and made.user_id == by.user_id


def code_tellers(link: GuestLink, document: Document) -> list[str]:
    """Names of those who made a code for the link to be told by phone; the first one first."""
    return list(dict.fromkeys(one.who for one in reversed(list(_entries("guest_code_shown", link, document)))))


def set_code(link: GuestLink, now: dt.datetime) -> str:
    """A new code for the link, in place of the one before; within a transaction."""
    code = new_code()
    hashed = code_hash(link.secret_hash, code)
    GuestLink.update(code_hash=hashed, code_until=now + CODE_LIVES).where(GuestLink.id == link.id).execute()
    return code


def is_asked(visa: Visa) -> bool:
    """Whether the visa is asked now; its run comes with it."""
    return visa.state == VisaState.OPEN and (visa.run.state == RunState.UNDER_WAY or bool(visa.information))


def is_marked_stricter(link: GuestLink, document: Document) -> bool:
    """Whether the document is closed by now to whom the link was given."""
    marks = list(Mark)
    return marks.index(Mark(document.mark)) > marks.index(Mark(link.mark))


def _entries(what: str, link: GuestLink, document: Document) -> Iterator[Event]:
    """Entries of the journal about a link, the last one first."""
    return (one for one in history(document) if one.what == what and one.effect.get("link") == link.id)


def _link(link_id: int) -> GuestLink:
    found: GuestLink | None = GuestLink.get_or_none(GuestLink.id == link_id)
    if found is None:
        raise NotFound("no_link", _("There is no such link. Open the list of links anew."))
    return found


def _check_may_leave(visa: Visa, *, official: bool) -> None:
    """``official``: whether whoever asks may give a document for official use out of the house.

    :raise Refusal: see :func:`make_link`
    """
    document = visa.document
    if document.mark == Mark.PERSONAL:
        raise Refusal(
            "personal",
            _("The document holds personal data, and such do not leave the house by a link. Give it on paper: the clerk enters the visa."),
        )
    if document.mark == Mark.OFFICIAL and not official:
        raise Forbidden("official", _("The document is for official use. Whether a link to it may be given is decided by the clerk."))
    if not is_mail_address(visa.email):
        raise Refusal("address", _("“%(email)s” is no mail address. Name another person in the route.", email=visa.email))
    own = Employee.get_or_none(Employee.id == document.drafter_id) if document.drafter_id else None
    if own is not None and own.email.casefold() == visa.email.casefold() and not plan_from_json(visa.run.plan).own:
        raise Refusal("own_text", _("%(name)s drafted the document, and nobody agrees to their own text. Name somebody else.", name=own))


def _make(visa: Visa, *, mail: bool, by: Actor, now: dt.datetime, today: dt.date) -> Made:
    if not is_asked(visa):
        raise Conflict("not_needed", _("This visa is not asked now, so there is nothing to open by a link. Look at the card."))
    _revoke(visa, GuestLink.used_at.is_null(), by=by, now=now)
    secret = new_secret()
    expires = _expires(visa, now, today)
    link = GuestLink.create(
        visa=visa,
        email=visa.email,
        mark=visa.document.mark,
        secret_hash=hash_of(secret),
        made_by=by.name,
        made_at=now,
        expires_at=expires,
        codes_left=CODES,
        tries_left=TRIES,
    )
    effect = {"visa": visa.id, "link": link.id, "name": visa.name, "email": visa.email, "until": expires.date().isoformat(), "mailed": mail}
    record("guest_link_made", subject=visa.document, effect=effect, by=by, now=now)
    if mail:
        guest_link_made.send(link, secret=secret, by=by, now=now)
    return Made(link, secret)


def _revoke(visa: Visa, which: Any, *, by: Actor, now: dt.datetime) -> None:
    live = (GuestLink.visa == visa) & GuestLink.revoked_at.is_null() & GuestLink.used_at.is_null() & which
    for link in list(GuestLink.select().where(live)):
        GuestLink.update(revoked_at=now, code_hash="").where(GuestLink.id == link.id).execute()
        effect = {"visa": visa.id, "link": link.id, "name": visa.name}
        record("guest_link_revoked", subject=visa.document, effect=effect, by=by, now=now)


def _expires(visa: Visa, now: dt.datetime, today: dt.date) -> dt.datetime:
    """At this time of day, some working days after the visa's term or, where that is past, after today."""
    last = calendar().after(max(visa.due or today, today), DAYS_BEYOND_TERM)
    return now + min(dt.timedelta(days=(last - today).days), LONGEST_LIFE)
