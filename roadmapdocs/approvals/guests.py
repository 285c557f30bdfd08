"""An approver without an account: opens a link, types the code that comes to his mailbox, decides once.

The link alone opens nothing: the code goes to the address that the office wrote down, so that a forwarded letter, or
a link that lies in a log, is of no use to others. A code rather than the address typed anew, because a forwarded
letter shows the address; and six digits are typed on a phone without leaving the notification.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from roadmapdocs.approvals.deciding import Verdict, decide_as_guest
from roadmapdocs.approvals.guest_links import (
    CODE_LIVES,
    TRIES,
    code_tellers,
    is_asked,
    is_marked_stricter,
    set_code,
)
from roadmapdocs.approvals.guest_secrets import code_hash, hash_of, is_proved, proof_of, same
from roadmapdocs.approvals.models import GuestLink, Remark, Run, Visa
from roadmapdocs.approvals.plans import plan_from_json
from roadmapdocs.approvals.verdicts import check_verdict
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.files.store import FileStore
from roadmapdocs.hooks import guest_code_made
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor

#: Between two letters with codes: the first one may be on its way.
BETWEEN_CODES: Final = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """What is behind a link. ``known`` says that the code was typed: before that nothing of the document is shown."""

    link: GuestLink
    visa: Visa
    document: Document
    known: bool

    @property
    def used(self) -> bool:
        return self.link.used_at is not None


def link_id(secret: str) -> int:
    """
    :raise NotFound: ``no_link``, in the same words for a changed link and for one that never was
    """
    return int(_found(secret).id)


def open_link(secret: str, proof: str = "", *, now: dt.datetime) -> Opened:
    """What the link leads to. ``proof`` is what :func:`enter` gave.

    :raise NotFound: ``no_link``
    :raise Conflict: ``revoked``, ``expired``, ``shut`` after too many wrong codes, ``not_needed`` if the route went on
        without this visa, ``closed`` if the document may not be shown to outsiders any more
    """
    link = _found(secret)
    if link.revoked_at is not None:
        raise Conflict("revoked", _("This link was revoked or replaced. If a later letter came to you, use the link in it."))
    if now >= link.expires_at:
        raise Conflict("expired", _("The time of this link is over. Ask whoever sent it for a new one."))
    visa = Visa.select(Visa, Run).join(Run).where(Visa.id == link.visa_id).get()
    document = _document(visa.document_id)
    if link.tries_left <= 0:
        raise Conflict("shut", _("The code was typed wrong %(tries)s times, and the link is shut. Ask whoever sent it for a new one.", tries=TRIES))
    if is_marked_stricter(link, document):
        raise Conflict("closed", _("The document is not shown outside of the office any more. Ask whoever sent the link."))
    if link.used_at is None and not is_asked(visa):
        raise Conflict("not_needed", _("Your decision is not needed any more: the document has gone on without it. There is nothing to do."))
    return Opened(link, visa, document, known=bool(proof) and is_proved(proof, link.secret_hash, now))


def send_code(secret: str, *, now: dt.datetime) -> None:
    """Mail a code to the address of the link.

    :raise NotFound: as :func:`open_link`
    :raise Conflict: as :func:`open_link`
    :raise Refusal: ``too_soon``, ``no_codes``
    """
    with transaction():
        opened = open_link(secret, now=now)
        link = opened.link
        if link.code_hash and link.code_until is not None and now + CODE_LIVES - BETWEEN_CODES < link.code_until:
            raise Refusal("too_soon", _("A code was sent a moment ago. Look for it among unwanted mail, too; another one is sent in a minute."))
        if link.codes_left <= 0:
            raise Refusal("no_codes", _("Too many codes were asked for this link. Ask whoever sent it for a new one."))
        code = set_code(link, now)
        GuestLink.update(codes_left=GuestLink.codes_left - 1).where(GuestLink.id == link.id).execute()
        effect = {"visa": opened.visa.id, "name": opened.visa.name}
        record("guest_code_sent", subject=opened.document, effect=effect, by=_guest(opened.visa), now=now)
        guest_code_made.send(link, code=code, now=now)


def enter(secret: str, code: str, *, now: dt.datetime) -> str:
    """The proof for :func:`open_link` that the code was typed; a wrong one is counted.

    :raise NotFound: as :func:`open_link`
    :raise Conflict: as :func:`open_link`
    :raise Refusal: ``code`` with ``left`` tries, ``old_code``, ``no_code`` if none was asked for
    """
    with transaction():
        opened = open_link(secret, now=now)
        refusal = _try(opened, code, now)
    # After the transaction, so that the try stays counted.
    if refusal is not None:
        raise refusal
    return proof_of(opened.link.secret_hash, opened.link.expires_at)


def _try(opened: Opened, code: str, now: dt.datetime) -> Refusal | None:
    link, visa = opened.link, opened.visa
    if not link.code_hash:
        return Refusal("no_code", _("No code was sent yet. Press the button to get one."))
    if not same(code_hash(link.secret_hash, code), link.code_hash):
        left = link.tries_left - 1
        GuestLink.update(tries_left=left).where(GuestLink.id == link.id).execute()
        effect = {"visa": visa.id, "name": visa.name, "left": left}
        record("guest_link_failed", subject=opened.document, effect=effect, by=_guest(visa), now=now)
        return Refusal(
            "code",
            _("This is not the code. Tries left: %(left)s. The code comes to the address to which the link was sent, and to no other.", left=left),
            left=left,
        )
    if link.code_until is None or now >= link.code_until:
        return Refusal("old_code", _("This code is too old. Press the button to get another one."))
    opened_at = link.opened_at or now
    GuestLink.update(opened_at=opened_at, code_hash="", tries_left=TRIES).where(GuestLink.id == link.id).execute()
    effect = {"visa": visa.id, "name": visa.name}
    record("guest_link_opened", subject=opened.document, effect=effect, by=_guest(visa), now=now)
    return None


def decide_by_link(
    secret: str,
    proof: str,
    verdict: Verdict,
    *,
    version: int | None,
    store: FileStore | None = None,
    now: dt.datetime,
    today: dt.date,
) -> Visa:
    """Give the visa of a link, once, on the text ``version`` (an id) that was shown.

    Where a code was told by phone, the comment says by whom, and with it the sheet and the journal.

    :raise NotFound: as :func:`open_link`
    :raise Forbidden: ``code`` if the code was not typed
    :raise Conflict: as :func:`open_link`; ``used``; ``stale_version``
    :raise Refusal: what :func:`roadmapdocs.approvals.deciding.decide` refuses
    """
    with transaction():
        opened = open_link(secret, proof, now=now)
        if not opened.known:
            raise Forbidden("code", _("Type the code first: it shows that the link is in the right hands."))
        if opened.used:
            raise Conflict("used", _("You have decided already. A link serves once."))
        by = _guest(opened.visa)
        said = _with_tellers(verdict, opened)
        visa = decide_as_guest(opened.visa, said, version=version, store=store, by=by, now=now, today=today)
        GuestLink.update(used_at=now, opened_at=opened.link.opened_at or now).where(GuestLink.id == opened.link.id).execute()
        return visa


def _with_tellers(verdict: Verdict, opened: Opened) -> Verdict:
    """The verdict, and in its comment who told the guest the code: such a visa rests on their word, too.

    :raise Refusal: as :func:`decide_by_link`: what we add takes the place of nothing that the guest has to say
    """
    tellers = code_tellers(opened.link, opened.document)
    if not tellers:
        return verdict
    visa = opened.visa
    check_verdict(verdict, plan_from_json(visa.run.plan).steps[visa.step].mode)
    told = _("The code was told by phone by: %(names)s", names=", ".join(tellers))
    comment = verdict.comment.strip()
    return replace(verdict, comment=f"{comment} ({told})" if comment else told)


def remarks_of(opened: Opened) -> list[Remark]:
    """The guest's own remarks on the document, with what became of them; the last ones first."""
    own = Visa.employee.is_null() & (Visa.email == opened.link.email)
    rows = Remark.select(Remark).join(Visa).where((Remark.document == opened.document.id) & own)
    return list(rows.order_by(Remark.at.desc(), Remark.id))


def _found(secret: str) -> GuestLink:
    hashed = hash_of(secret)
    link: GuestLink | None = GuestLink.get_or_none(GuestLink.secret_hash == hashed) if hashed else None
    if link is None or hashed is None or not same(link.secret_hash, hashed):
        raise NotFound("no_link", _("There is no such link. Open it from the letter anew: its address may have been cut or changed."))
    return link


def _document(document_id: int) -> Document:
    rows = Document.select(Document, Kind, Employee).join(Kind).switch(Document).left_outer_join(Employee, on=Document.drafter)
    return rows.where(Document.id == document_id).get()


def _guest(visa: Visa) -> Actor:
    """Who acts by a link: a name without an account, without roles, without rights."""
    return Actor(user_id=None, name=visa.name, roles=frozenset())
