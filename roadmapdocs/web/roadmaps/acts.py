"""What people do to a roadmap's slots: link, take back, not required, yes, expected. All of it can be undone."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from markupsafe import Markup

from roadmapdocs.access.rules import Action, require
from roadmapdocs.coverage import operations as coverage
from roadmapdocs.coverage.models import Waiver
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap import operations as roadmaps
from roadmapdocs.roadmap.draft import EXPECTED_KINDS
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item
from roadmapdocs.web import pages
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now
from roadmapdocs.web.roadmaps.slots import Place, place_of, slot_key

_ACT = {"methods": ["POST"]}
#: Longest reason or title that a form takes, characters.
_LONGEST_TEXT = 2_000


class RoadmapActs:
    """Mixed into the view of roadmaps. Every act wants the role first, so that nobody learns what there is."""

    @expose(f"/<{ROW_ID}:roadmap_id>/link", **_ACT)
    def link(self, roadmap_id: int) -> ResponseReturnValue:
        place = _place(roadmap_id)
        document = read_document(_number("document_id"), by=actor())
        proof = coverage.link(place.expected_id, place.period, document, by=actor(), now=now())
        _say_with_undo(_("Linked. The period counts this document now."), roadmap_id, "unlink", link_id=proof.id)
        return _back(roadmap_id)

    @expose(f"/<{ROW_ID}:roadmap_id>/unlink", **_ACT)
    def unlink(self, roadmap_id: int) -> ResponseReturnValue:
        proof = coverage.unlink(_number("link_id"), by=actor(), now=now())
        slot = slot_key(proof.expected_id, proof.period)
        _say_with_undo(_("The link is taken back."), roadmap_id, "link", slot=slot, document_id=proof.document_id)
        return _back(roadmap_id)

    @expose(f"/<{ROW_ID}:roadmap_id>/waive", **_ACT)
    def waive(self, roadmap_id: int) -> ResponseReturnValue:
        """``required`` 1 says the opposite: the period needs its document again."""
        place, reason = _place(roadmap_id), request.form.get("reason", "")[:_LONGEST_TEXT]
        if request.form.get("required") == "1":
            row = Waiver.get_or_none((Waiver.expected == place.expected_id) & (Waiver.period == place.period))
            coverage.unwaive(place.expected_id, place.period, reason, by=actor(), now=now())
            undo = {"required": 0, "reason": row.reason if row else reason}
            _say_with_undo(_("A document is required again."), roadmap_id, "waive", slot=place.key, **undo)
        else:
            coverage.waive(place.expected_id, place.period, reason, by=actor(), now=now())
            said = _("No document is required for this period.")
            _say_with_undo(said, roadmap_id, "waive", slot=place.key, required=1)
        return _back(roadmap_id)

    @expose(f"/<{ROW_ID}:roadmap_id>/confirm-expected", **_ACT)
    def confirm_expected(self, roadmap_id: int) -> ResponseReturnValue:
        """``decision`` is "confirm" or "reject": is the document read out of the words really expected?"""
        require(actor(), Action.LINK_DOCUMENT)
        expected = _expected(roadmap_id, _number("expected_id"))
        if request.form.get("decision") == "reject":
            coverage.reject_expected(expected.id, by=actor(), now=now())
            undo = {"item_id": expected.item_id, "title": expected.title, "kind": expected.kind}
            _say_with_undo(_("“%(title)s” is not expected.", title=expected.title), roadmap_id, "add_expected", **undo)
        else:
            roadmaps.confirm_expected(expected, by=actor(), now=now())
            flash(_("“%(title)s” is expected from now on.", title=expected.title), "done")
        return _back(roadmap_id)

    @expose(f"/<{ROW_ID}:roadmap_id>/add-expected", **_ACT)
    def add_expected(self, roadmap_id: int) -> ResponseReturnValue:
        require(actor(), Action.LINK_DOCUMENT)
        item = Item.select(Item).join(Edition).where((Item.id == _number("item_id")) & (Edition.roadmap == roadmap_id)).first()
        if item is None:
            raise NotFound("no_item", _("The roadmap has no such item. Open the roadmap and look for it there."))
        kind, title = request.form.get("kind", ""), request.form.get("title", "")[:_LONGEST_TEXT]
        if kind not in EXPECTED_KINDS:
            known = ", ".join(EXPECTED_KINDS)
            raise Refusal("unknown_kind", _("There is no kind %(code)s. Known: %(known)s.", code=kind, known=known))
        roadmaps.add_expected(item, title, kind, by=actor(), now=now())
        flash(_("“%(title)s” is expected from now on.", title=title.strip()), "done")
        return _back(roadmap_id)


def _number(name: str) -> int:
    """An id of the form; 0, which no row has, for what is none."""
    text = request.form.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _place(roadmap_id: int) -> Place:
    require(actor(), Action.LINK_DOCUMENT)
    place = place_of(request.form.get("slot"))
    if place is None or place.roadmap_id != roadmap_id:
        raise NotFound(
            "no_period", _("The roadmap has no such expected document in this period. Reload the page: it may have changed.")
        )
    return place


def _expected(roadmap_id: int, expected_id: int) -> ExpectedDocument:
    found: ExpectedDocument | None = (
        ExpectedDocument.select(ExpectedDocument, Item)
        .join(Item)
        .join(Edition)
        .where((ExpectedDocument.id == expected_id) & (Edition.roadmap == roadmap_id))
        .first()
    )
    if found is None:
        raise NotFound(
            "no_expected", _("The item expects no such document any more. Reload the page: it may have changed.")
        )
    return found


def _say_with_undo(text: str, roadmap_id: int, act: str, **fields: object) -> None:
    url = url_for(f"roadmapdocs_roadmaps.{act}", roadmap_id=roadmap_id)
    said = pages.render("macros/undo.html", text=text, url=url, fields={**fields, "back": _target(roadmap_id)})
    flash(Markup(said), "done")  # noqa: S704  # rendered by our own template, which escapes


def _back(roadmap_id: int) -> ResponseReturnValue:
    return redirect(_target(roadmap_id))


def _target(roadmap_id: int) -> str:
    """Where the form says it came from, if that is a page of this roadmap; else the roadmap."""
    page: str = url_for("roadmapdocs_roadmaps.roadmap", roadmap_id=roadmap_id)
    back = request.form.get("back", "")
    ours = back.startswith((f"{page}?", f"{page}/", f"{page}#")) or back == page
    return back if ours and not any(ord(sign) < 33 or sign == "\\" for sign in back) else page
