"""«Направить на ознакомление»: whom, until when, how many that is; shown first, and then sent."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, require
from roadmapdocs.acquaintance.addressees import Placed, named_in
from roadmapdocs.acquaintance.operations import Outlook, outlook, send
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.approvals.signature_rules import rule_on
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.people.models import Post, User
from roadmapdocs.people.rules import Role
from roadmapdocs.web import pages
from roadmapdocs.web.acquaintance.send_draft import LONGEST_NOTE, SendDraft, fingerprint
from roadmapdocs.web.acquaintance.units import offered_units
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.page import head
from roadmapdocs.web.documents.people import suggested
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.words import role_word

#: Names shown before it is sent; the sheet shows all of them.
MOST_NAMES = 30
MOST_POSTS = 500


class SendPages:
    """Mixed into the view of documents."""

    @expose(f"/<{ROW_ID}:document_id>/acquaintance/send", methods=["GET", "POST"])
    def send_to_read(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        require(actor(), Action.SEND_TO_READ)
        closed = _why_closed(document)
        if closed is not None:
            # Told on the card, which shows how things stand by now.
            flash(closed, "refused")
            return redirect(_card(document))
        named = _named(document)
        if request.method == "GET":
            return _page(document, SendDraft.begun(named), named, None)
        return _sent(document, SendDraft.read(request.form, today()), named)


def _why_closed(document: Document) -> str | None:
    """Why the document cannot be sent to be read as it stands, whoever is chosen: nobody is, and that is told last."""
    try:
        outlook(document.id, Addressees(), by=actor(), today=today())
    except NotFound:
        raise
    except Refusal as refusal:
        return None if refusal.code == "addressees" else refusal.message
    return None


def _named(document: Document) -> list[Placed]:
    """Whom the text names; nobody while it has not been read yet."""
    try:
        return named_in(document, day=today())
    except Refusal as refusal:
        if refusal.code != "text_unread":
            raise
        return []


def _sent(document: Document, draft: SendDraft, named: list[Placed]) -> ResponseReturnValue:
    do = request.form.get("do", "")
    if do not in {"look", "send"}:
        return _page(document, draft, named, None)
    due, days = draft.term()
    addressees = draft.addressees(named)
    if draft.errors:
        return _page(document, draft, named, None, 422)
    if not addressees:
        draft.trouble = _("Nobody is chosen yet. Choose people, units or posts, or all who work here.")
        return _page(document, draft, named, None, 422)
    shown: Outlook | None = None
    try:
        shown = outlook(document.id, addressees, substitutes=draft.substitutes, by=actor(), today=today())
        if do == "look" or draft.seen != fingerprint(shown):
            if do == "send":
                draft.trouble = _("The list has changed since it was shown. Look through it once more, and send it then.")
            return _page(document, draft, named, shown)
        send(
            document.id,
            addressees,
            due=due,
            days=days,
            standing=draft.standing,
            note=draft.note,
            substitutes=draft.substitutes,
            by=actor(),
            now=now(),
            today=today(),
        )
    except NotFound:
        raise
    except Refusal as refusal:
        draft.take(refusal)
        return _page(document, draft, named, shown, status_of(refusal))
    said = ngettext("Sent to be read: %(num)s person is asked.", "Sent to be read: %(num)s people are asked.", shown.count)
    flash(said, "done")
    return redirect(url_for(".acquaintance", document_id=document.id))


def _page(
    document: Document, draft: SendDraft, named: list[Placed], shown: Outlook | None, status: int = 200
) -> ResponseReturnValue:
    page = pages.render(
        "acquaintance_send.html",
        document=head(document),
        draft=draft,
        tokens=draft.tokens(),
        named=[{"id": one.employee_id, "name": one.name, "post": one.post, "ticked": one.employee_id in draft.named} for one in named],
        people=suggested(today()),
        units=offered_units(),
        posts=_posts(),
        roles=[(str(role), role_word(role)) for role in Role],
        outlook=_outlook(shown) if shown is not None else None,
        rule=rule_on(today()) is not None,
        longest_note=LONGEST_NOTE,
        back_url=_card(document),
    )
    return page, status


def _outlook(shown: Outlook) -> dict[str, Any]:
    """How many are asked, who they are, and what has to be known before it is sent."""
    asked = [*shown.people, *(one for one, _absent in shown.steads)]
    ids = [one.employee_id for one in asked]
    rows = User.select(User.employee).where(User.active & User.employee.is_null(False)).tuples()
    accounts = {employee for (employee,) in rows}
    return {
        "count": shown.count,
        "left": list(shown.left[:MOST_NAMES]),
        "doubtful": list(shown.doubtful[:MOST_NAMES]),
        "names": [", ".join(part for part in (one.name, one.post) if part) for one in shown.people[:MOST_NAMES]],
        "more": max(len(shown.people) - MOST_NAMES, 0),
        "steads": [{"name": one.name, "absent": absent.name} for one, absent in shown.steads[:MOST_NAMES]],
        "absent": list(shown.absent[:MOST_NAMES]),
        "asked_already": shown.asked_already,
        "new_readers": shown.new_readers,
        "marked": shown.marked,
        "on_paper": sum(one not in accounts for one in ids),
        "seen": fingerprint(shown),
    }


def _posts() -> list[str]:
    rows = Post.held_on(today()).select(Post.title).distinct().order_by(Post.title).limit(MOST_POSTS)
    return [title for (title,) in rows.tuples()]


def _card(document: Document) -> str:
    address: str = url_for("roadmapdocs_documents.card", document_id=document.id)
    return address
