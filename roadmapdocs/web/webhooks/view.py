"""Pages of webhooks: the list, a new one, the card with its deliveries."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action
from roadmapdocs.erp import webhooks
from roadmapdocs.erp.models import Webhook
from roadmapdocs.erp.sending import Way
from roadmapdocs.erp.words import DeliveryState
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web.base import LAST_PAGE, ROW_ID, PageView
from roadmapdocs.web.context import actor, now, settings
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.guests.words import moment
from roadmapdocs.web.tokens.rows import me
from roadmapdocs.web.webhooks.forms import WebhookForm, values_of
from roadmapdocs.web.webhooks.rows import badge_of, filters, hints, row_of, sent_of

_NO_STORE = {"Cache-Control": "no-store"}
#: Longer numbers are not even read: no page has them.
_LONGEST_PAGE = 6


class WebhooksView(PageView):
    action = Action.MANAGE_REGISTRY

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return self.render("webhooks.html", rows=[row_of(*one) for one in webhooks.webhooks(by=actor())])

    @expose("/new", methods=["GET", "POST"])
    def create(self) -> ResponseReturnValue:
        form = WebhookForm(data={"login": me().login})
        if form.validate_on_submit():
            try:
                webhook, secret = webhooks.make_webhook(form.wanted(), way=_way(), by=actor(), now=now())
            except Refusal as refusal:
                form.take(refusal)
            else:
                return self._card(webhooks.get_webhook(webhook.id), fresh=secret)
        return self._form(form, _("New webhook"), url_for(".index"), fresh=True)

    @expose(f"/<{ROW_ID}:webhook_id>")
    def card(self, webhook_id: int) -> ResponseReturnValue:
        return self._card(webhooks.get_webhook(webhook_id))

    @expose(f"/<{ROW_ID}:webhook_id>/edit", methods=["GET", "POST"])
    def edit(self, webhook_id: int) -> ResponseReturnValue:
        webhook = webhooks.get_webhook(webhook_id)
        form = WebhookForm(data=values_of(webhook))
        if form.validate_on_submit():
            try:
                webhooks.change_webhook(webhook_id, form.wanted(), way=_way(), by=actor(), now=now())
            except Refusal as refusal:
                form.take(refusal)
            else:
                flash(_("Saved."), "done")
                return redirect(url_for(".card", webhook_id=webhook_id))
        return self._form(form, webhook.name, url_for(".card", webhook_id=webhook_id))

    @expose(f"/<{ROW_ID}:webhook_id>/switch", methods=["POST"])
    def switch(self, webhook_id: int) -> ResponseReturnValue:
        on = request.form.get("on") == "1"
        webhooks.switch(webhook_id, on=on, by=actor(), now=now())
        flash(_("Switched on: what waits is sent.") if on else _("Switched off: nothing is sent to this address."), "done")
        return redirect(url_for(".card", webhook_id=webhook_id))

    @expose(f"/<{ROW_ID}:webhook_id>/secret", methods=["POST"])
    def secret(self, webhook_id: int) -> ResponseReturnValue:
        fresh = webhooks.new_webhook_secret(webhook_id, by=actor(), now=now())
        return self._card(webhooks.get_webhook(webhook_id), fresh=fresh)

    @expose(f"/<{ROW_ID}:webhook_id>/test", methods=["POST"])
    def test(self, webhook_id: int) -> ResponseReturnValue:
        try:
            webhooks.send_test(webhook_id, by=actor(), now=now())
        except Refusal as refusal:
            if status_of(refusal) != 422:
                raise
            return self._card(webhooks.get_webhook(webhook_id), 422, trouble=refusal.message)
        flash(_("The test is on its way. Reload the page in some seconds to see the answer."), "done")
        return redirect(url_for(".card", webhook_id=webhook_id))

    @expose(f"/<{ROW_ID}:webhook_id>/replay", methods=["POST"])
    def replay(self, webhook_id: int) -> ResponseReturnValue:
        number = webhooks.replay(webhook_id, by=actor(), now=now())
        flash(ngettext("%(num)s delivery waits for its turn again.", "%(num)s deliveries wait for their turn again.", number), "done")
        return redirect(url_for(".card", webhook_id=webhook_id))

    @expose(f"/<{ROW_ID}:webhook_id>/replay/<{ROW_ID}:delivery_id>", methods=["POST"])
    def replay_one(self, webhook_id: int, delivery_id: int) -> ResponseReturnValue:
        webhooks.replay(webhook_id, delivery_id, by=actor(), now=now())
        flash(_("The delivery waits for its turn again."), "done")
        return redirect(url_for(".card", webhook_id=webhook_id))

    def _form(self, form: WebhookForm, title: str, back_url: str, *, fresh: bool = False) -> ResponseReturnValue:
        page = self.render("webhook_form.html", form=form, hints=hints(), title=title, back_url=back_url, fresh=fresh)
        return page, 422 if form.errors else 200

    def _card(self, webhook: Webhook, status: int = 200, *, fresh: str = "", trouble: str = "") -> ResponseReturnValue:
        state, number = _state(), _page()
        counts = next(counts for one, counts in webhooks.webhooks(by=actor()) if one.id == webhook.id)
        rows, more = webhooks.deliveries_of(webhook.id, state=state, page=number, by=actor())
        page = self.render(
            "webhook.html",
            webhook={
                **{name: getattr(webhook, name) for name in ("id", "name", "url", "events", "active", "made_by")},
                "login": webhook.user.login,
                "badge": badge_of(webhook),
                "made": moment(webhook.made_at),
            },
            fresh=fresh,
            trouble=trouble,
            filters=filters(webhook.id, state, counts),
            deliveries=[sent_of(row) for row in rows],
            dead=counts.dead,
            newer_url=_turned(webhook.id, number - 1) if number > 1 else None,
            older_url=_turned(webhook.id, number + 1) if more else None,
        )
        return page, status, _NO_STORE


def _way() -> Way:
    return Way(internal=settings().webhook_internal)


def _state() -> DeliveryState | None:
    """What the list is narrowed to; what makes no sense in an address is passed over."""
    asked = request.args.get("state", "")
    return DeliveryState(asked) if asked in set(DeliveryState) else None


def _page() -> int:
    raw = request.args.get("page", "1")
    if not raw.isascii() or not raw.isdigit() or len(raw) > _LONGEST_PAGE or not 1 <= int(raw) <= LAST_PAGE:
        abort(404)
    return int(raw)


def _turned(webhook_id: int, number: int) -> str:
    state = _state()
    return url_for(".card", webhook_id=webhook_id, page=number, state=str(state) if state else None)
