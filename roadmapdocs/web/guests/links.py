"""The office's page of a guest's links: how they stand, sent again, handed over by hand, revoked."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, may
from roadmapdocs.approvals import guest_links
from roadmapdocs.approvals.guest_links import guest_visa, is_asked, is_in_hands_of, is_live, links_of
from roadmapdocs.approvals.models import GuestLink, Visa
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.notices.guests import link_path
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, settings, today
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.guests.view import HEADERS
from roadmapdocs.web.guests.words import link_badge, moment


class GuestLinksView(PageView):
    """The right to a link is asked by the operations: it hangs on the document."""

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> ResponseReturnValue:
        """Links are looked after from the document whose visa they are to."""
        return redirect(url_for("roadmapdocs_documents.index"))

    @expose(f"/<{ROW_ID}:visa_id>")
    def visa(self, visa_id: int) -> ResponseReturnValue:
        return self._page(guest_visa(visa_id, by=actor()))

    @expose(f"/<{ROW_ID}:visa_id>/make", methods=["POST"])
    def make(self, visa_id: int) -> ResponseReturnValue:
        """A new link in place of the one before: mailed, or shown once to be handed over."""
        visa = guest_visa(visa_id, by=actor())
        mail = request.form.get("how") != "copy"
        try:
            made = guest_links.make_link(visa_id, mail=mail, by=actor(), now=now(), today=today())
        except Refusal as refusal:
            return self._page(visa, status_of(refusal), trouble=refusal.message)
        if not mail:
            return self._page(visa, fresh=_address(made.secret))
        flash(_("A new link is on its way to %(email)s. The one before does not open any more.", email=visa.email), "done")
        return redirect(url_for(".visa", visa_id=visa_id))

    @expose(f"/<{ROW_ID}:visa_id>/revoke", methods=["POST"])
    def revoke(self, visa_id: int) -> ResponseReturnValue:
        link = _last(guest_visa(visa_id, by=actor()))
        guest_links.revoke_link(link.id, by=actor(), now=now())
        flash(_("The link is revoked: it does not open any more."), "done")
        return redirect(url_for(".visa", visa_id=visa_id))

    @expose(f"/<{ROW_ID}:visa_id>/code", methods=["POST"])
    def code(self, visa_id: int) -> ResponseReturnValue:
        visa = guest_visa(visa_id, by=actor())
        try:
            code = guest_links.show_code(_last(visa).id, by=actor(), now=now())
        except Refusal as refusal:
            return self._page(visa, status_of(refusal), trouble=refusal.message)
        return self._page(visa, code=f"{code[:3]} {code[3:]}")

    def _page(
        self, visa: Visa, status: int = 200, *, trouble: str = "", fresh: str = "", code: str = ""
    ) -> ResponseReturnValue:
        links = links_of(visa)
        live = is_asked(visa) and any(is_live(link, now()) for link in links)
        page = self.render(
            "guest_links.html",
            document={"name": reference(visa.document), "title": visa.document.title, "url": _card(visa)},
            guest={"name": visa.name, "email": visa.email, "due": visa.due},
            asked=is_asked(visa),
            live=live,
            may_tell_code=live and may(actor(), Action.PAPER_VISA) and not is_in_hands_of(links[0], visa.document, actor()),
            rows=[_row(link, visa) for link in links],
            trouble=trouble,
            fresh=fresh,
            code=code,
            urls={name: url_for(f".{name}", visa_id=visa.id) for name in ("make", "revoke", "code")},
        )
        return page, status, HEADERS


def _row(link: GuestLink, visa: Visa) -> dict[str, object]:
    return {
        "badge": link_badge(link, visa, now()),
        "made": moment(link.made_at),
        "by": "" if link.made_by == "roadmapdocs" else link.made_by,
        "until": moment(link.expires_at),
        "opened": moment(link.opened_at),
        "used": moment(link.used_at),
        "revoked": moment(link.revoked_at),
    }


def _last(visa: Visa) -> GuestLink:
    links = links_of(visa)
    if not links:
        raise NotFound("no_link", _("There is no such link. Open the list of links anew."))
    return links[0]


def _address(secret: str) -> str:
    """The whole address, as a letter has it; by that of this request while the registry does not know its own."""
    base = settings().base_url
    if not base:
        return url_for("roadmapdocs_guests.index", link=secret, _external=True)
    return base.rstrip("/") + link_path(secret)


def _card(visa: Visa) -> str:
    return url_for("roadmapdocs_documents.card", document_id=visa.document_id)
