"""Everybody's own page of personal tokens."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.tokens import make_token, revoke_token, tokens_of
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.tokens.forms import TokenForm
from roadmapdocs.web.tokens.rows import me, row_of


class TokensView(PageView):
    @expose("/", methods=["GET", "POST"])
    def index(self) -> ResponseReturnValue:
        """The list and the form. A new secret stands in the answer to the form, and nowhere else ever again."""
        form = TokenForm()
        if form.validate_on_submit():
            try:
                _token, secret = make_token(
                    me(), form.wanted_name(), form.wanted_scopes(), expires_at=form.expires_at(now()), by=actor(), now=now()
                )
            except Refusal as refusal:
                form.take(refusal)
                return self._page(form, status_of(refusal))
            return self._page(TokenForm(formdata=None), fresh=secret)
        return self._page(form, 422 if form.errors else 200)

    @expose(f"/<{ROW_ID}:token_id>/revoke", methods=["POST"])
    def revoke(self, token_id: int) -> ResponseReturnValue:
        token = revoke_token(token_id, by=actor(), now=now())
        flash(_("The token “%(name)s” serves no more.", name=token.name), "done")
        return redirect(url_for(".index"))

    def _page(self, form: TokenForm, status: int = 200, *, fresh: str = "") -> ResponseReturnValue:
        rows = [row_of(token, now()) for token in tokens_of(me().id)]
        page = self.render(
            "tokens.html",
            form=form,
            fresh=fresh,
            live=[row for row in rows if row.live],
            ended=[row for row in rows if not row.live],
            calendar_url=url_for("roadmapdocs_feed.index"),
        )
        return page, status, {"Cache-Control": "no-store"}
