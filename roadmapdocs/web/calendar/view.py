"""The calendar of one's own terms: its page, and the address that calendars of phones ask."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.erp.calendar_terms import terms_of
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.tokens import Scope, bearer_of, make_token, revoke_token, tokens_of
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, settings, today
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.security import limiter
from roadmapdocs.web.tokens.rows import is_live, me, row_of

#: For each address that asks: many people of one office may come from behind one.
LIMIT = "60 per minute"
#: Programs may keep it for a while; nobody between may keep it at all.
_CACHE = "private, max-age=300"


class FeedView(PageView):
    def is_visible(self) -> bool:
        return False

    def is_accessible(self) -> bool:
        """A calendar signs in by the secret of its address alone, and gets its terms for that, and no page."""
        return request.endpoint == f"{self.endpoint}.feed" or super().is_accessible()

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return self._page()

    @expose("/make", methods=["POST"])
    def make(self) -> ResponseReturnValue:
        """A new address, shown in this answer and never again."""
        try:
            _token, secret = make_token(
                me(), _("Calendar"), [Scope.CALENDAR], expires_at=None, by=actor(), now=now()
            )
        except Refusal as refusal:
            return self._page(status_of(refusal), trouble=refusal.message)
        return self._page(fresh=_home() + f"/calendar/{secret}.ics")

    @expose(f"/<{ROW_ID}:token_id>/revoke", methods=["POST"])
    def revoke(self, token_id: int) -> ResponseReturnValue:
        revoke_token(token_id, by=actor(), now=now())
        flash(_("The address serves no more: calendars that ask it get nothing."), "done")
        return redirect(url_for(".index"))

    @expose("/<secret>.ics")
    @limiter.limit(LIMIT)
    def feed(self, secret: str) -> ResponseReturnValue:
        from roadmapdocs.erp.calendar_feed import MEDIA_TYPE, feed, tag_of  # noqa: PLC0415  # its library takes long to load

        bearer = bearer_of(secret, now=now(), today=today())
        # A token that is good for more does not belong into an address.
        if bearer is None or bearer.scopes != {Scope.CALENDAR}:
            raise NotFound("no_calendar", _("There is no such calendar, or its address was revoked. Make a new one on the page “Calendar of terms”."))
        body = feed(
            terms_of(bearer.actor, today=today()),
            name=_("My terms"),
            base_url=_home(),
            zone=settings().timezone,
            today=today(),
        )
        answer = Response(body, content_type=MEDIA_TYPE, headers={"Cache-Control": _CACHE})
        answer.set_etag(tag_of(body))
        return answer.make_conditional(request)

    def _page(self, status: int = 200, *, fresh: str = "", trouble: str = "") -> ResponseReturnValue:
        calendars = [token for token in tokens_of(me().id) if token.scopes == [str(Scope.CALENDAR)] and is_live(token, now())]
        page = self.render(
            "calendar_feed.html",
            rows=[row_of(token, now()) for token in calendars],
            fresh=fresh,
            trouble=trouble,
            has_person=actor().employee_id is not None,
        )
        return page, status, {"Cache-Control": "no-store"}


def _home() -> str:
    """The registry's own address; by that of this request while the settings name none."""
    return settings().base_url.rstrip("/") or url_for("roadmapdocs_worklist.index", _external=True).rstrip("/")
