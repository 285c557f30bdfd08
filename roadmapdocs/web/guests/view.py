"""The pages of a guest: the door with the code, the document, what was decided.

They open by a link and to nobody without one; nothing else of the registry is reached from them.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import BaseView, expose
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from roadmapdocs.approvals import guests
from roadmapdocs.approvals.guests import Opened
from roadmapdocs.approvals.plans import Mode, plan_from_json
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.errors import Conflict, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.approval_words import remark_word
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import now, store, today
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.guests.forms import CodeForm, GuestForm
from roadmapdocs.web.guests.keeping import keep, kept
from roadmapdocs.web.guests.texts import sent_file, shown_text
from roadmapdocs.web.guests.troubles import failed, rendered
from roadmapdocs.web.guests.words import decided_sentence, moment
from roadmapdocs.web.security import limiter, sign_in_limit
from roadmapdocs.web.words import size_words

HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


class GuestView(BaseView):
    """For people without an account: whoever comes, comes with a link."""

    def is_accessible(self) -> bool:
        return True

    def is_visible(self) -> bool:
        return False

    def create_blueprint(self, admin: Any) -> Blueprint:
        blueprint: Blueprint = super().create_blueprint(admin)
        blueprint.after_request(_keep_private)
        blueprint.register_error_handler(HTTPException, failed)
        # Named anew: an application's handler of one code goes before a view's handler of all.
        blueprint.register_error_handler(CSRFError, failed)
        return blueprint

    @expose("/")
    @limiter.limit(sign_in_limit)
    def index(self) -> ResponseReturnValue:
        """The address of the letter: it only puts the link into the browser's hands, and changes nothing."""
        secret = request.args.get("link", "")
        try:
            link_id = guests.link_id(secret)
        except NotFound as refusal:
            return _closed(refusal)
        keep(link_id, secret, kept(link_id)[1])
        return redirect(url_for(".page", link_id=link_id), 303)

    @expose(f"/<{ROW_ID}:link_id>")
    def page(self, link_id: int) -> ResponseReturnValue:
        try:
            return _page(_opened(link_id))
        except (NotFound, Conflict) as refusal:
            return _closed(refusal)

    @expose(f"/<{ROW_ID}:link_id>/code", methods=["POST"])
    @limiter.limit(sign_in_limit)
    def code(self, link_id: int) -> ResponseReturnValue:
        try:
            guests.send_code(kept(link_id)[0], now=now())
        except (NotFound, Conflict) as refusal:
            return _closed(refusal)
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            flash(_("The code is on its way to the address to which the link was sent."), "done")
        return redirect(url_for(".page", link_id=link_id), 303)

    @expose(f"/<{ROW_ID}:link_id>/enter", methods=["POST"])
    @limiter.limit(sign_in_limit)
    def enter(self, link_id: int) -> ResponseReturnValue:
        form = CodeForm()
        secret = kept(link_id)[0]
        try:
            keep(link_id, secret, guests.enter(secret, form.code.data or "", now=now()))
        except (NotFound, Conflict) as refusal:
            return _closed(refusal)
        except Refusal as refusal:
            form.code.errors = [refusal.message]
            return _door(guests.open_link(secret, now=now()), form, 422) if refusal.details.get("left") != 0 else _closed(refusal)
        return redirect(url_for(".page", link_id=link_id), 303)

    @expose(f"/<{ROW_ID}:link_id>/file")
    def file(self, link_id: int) -> ResponseReturnValue:
        try:
            opened = _opened(link_id)
        except (NotFound, Conflict) as refusal:
            return _closed(refusal)
        # After the decision the page tells what was decided, and the file is not handed out any more.
        return sent_file(opened.document.id) if opened.known and not opened.used else redirect(url_for(".page", link_id=link_id))

    @expose(f"/<{ROW_ID}:link_id>/decide", methods=["POST"])
    @limiter.limit(sign_in_limit)
    def decide(self, link_id: int) -> ResponseReturnValue:
        try:
            opened = _opened(link_id)
        except (NotFound, Conflict) as refusal:
            return _closed(refusal)
        # Who may not decide does not make us read what they send.
        if opened.used or not opened.known:
            return redirect(url_for(".page", link_id=link_id), 303)
        secret, proof = kept(link_id)
        form = GuestForm()
        try:
            verdict = form.verdict(request.form.get("decision", ""))
            guests.decide_by_link(
                secret, proof, verdict, version=form.shown_version(), store=store(), now=now(), today=today()
            )
        except Refusal as refusal:
            return self._not_decided(link_id, form, refusal)
        return redirect(url_for(".page", link_id=link_id), 303)

    def _not_decided(self, link_id: int, form: GuestForm, refusal: Refusal) -> ResponseReturnValue:
        """The page once more with what was typed, and what stands in the way; or what the link says by now."""
        try:
            opened = _opened(link_id)
        except (NotFound, Conflict) as closed:
            return _closed(closed)
        if opened.used or not opened.known:
            flash(refusal.message, "refused")
            return redirect(url_for(".page", link_id=link_id), 303)
        return _document(opened, form, status_of(refusal), form.take(refusal))


def _keep_private(response: Response) -> Response:
    """Addresses of these pages go nowhere, and nothing of them stays in caches and search engines."""
    response.headers.update(HEADERS)
    return response


def _opened(link_id: int) -> Opened:
    """
    :raise NotFound: if this browser has not opened the link
    :raise Conflict: as :func:`roadmapdocs.approvals.guests.open_link`
    """
    secret, proof = kept(link_id)
    if not secret:
        raise NotFound("no_link", _("Open the link from the letter: this browser does not remember it. Cookies have to be allowed."))
    return guests.open_link(secret, proof, now=now())


def _page(opened: Opened) -> ResponseReturnValue:
    if opened.used and not opened.known:
        return _closed(Conflict("used", _("A decision was made by this link already. A link serves once.")))
    if opened.used:
        return _done(opened)
    return _document(opened, GuestForm()) if opened.known else _door(opened, CodeForm())


def _door(opened: Opened, form: CodeForm, status: int = 200) -> ResponseReturnValue:
    link = opened.link
    return rendered(
        "guest.html",
        status,
        form=form,
        waiting=bool(link.code_hash),
        until=moment(link.expires_at),
        code_url=url_for(".code", link_id=link.id),
        enter_url=url_for(".enter", link_id=link.id),
    )


def _document(opened: Opened, form: GuestForm, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    link, visa = opened.link, opened.visa
    version = current_version(opened.document.id)
    form.version.data = str(version.id) if version else ""
    file = None
    if version is not None:
        size = size_words(version.file.size)
        file = {"name": version.name, "size": size, "number": version.number, "url": url_for(".file", link_id=link.id)}
    return rendered(
        "guest_document.html",
        status,
        **_head(opened),
        form=form,
        trouble=trouble,
        typed=bool(form.errors or trouble),
        due=visa.due,
        until=moment(link.expires_at),
        information=bool(visa.information),
        committee=plan_from_json(visa.run.plan).steps[visa.step].mode is Mode.COMMITTEE,
        file=file,
        text=shown_text(version),
        remarks=_remarks(opened),
        decide_url=url_for(".decide", link_id=link.id),
    )


def _done(opened: Opened) -> ResponseReturnValue:
    visa = opened.visa
    return rendered(
        "guest_done.html",
        200,
        **_head(opened),
        sentence=decided_sentence(visa),
        comment=visa.comment,
        committee=visa.committee,
        file_name=visa.objection_name,
        remarks=_remarks(opened),
        until=moment(opened.link.expires_at),
    )


def _closed(refusal: Refusal) -> ResponseReturnValue:
    return rendered("guest_closed.html", status_of(refusal), title=_("The link does not open"), sentence=refusal.message)


def _head(opened: Opened) -> dict[str, object]:
    document = opened.document
    drafter = str(document.drafter) if document.drafter_id is not None else opened.visa.run.started_by
    return {"kind": document.kind.name, "title": document.title, "drafter": drafter, "name": opened.visa.name}


def _remarks(opened: Opened) -> list[dict[str, str]]:
    return [{"text": one.text, "state": remark_word(one.state), "answer": one.answer} for one in guests.remarks_of(opened)]
