"""Choosing a record of the host for a document or an item, and taking a link off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, require
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.operations import read_document
from roadmapdocs.erp.link_rules import LinkTargets, Target
from roadmapdocs.erp.links import link_document, link_item, unlink_external
from roadmapdocs.erp.models import ExternalLink
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.models import Edition, Item
from roadmapdocs.web import pages
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.external_links.targets import targets
from roadmapdocs.web.forms import plain_line

MOST_FOUND = 20
_LONGEST_QUERY = 200
#: Two names of up to 128 letters, each letter of Russian six signs long.
_LONGEST_CHOICE = 2_000


@dataclass(frozen=True, slots=True)
class _Subject:
    """What gets the link: how pages name it, where it is, and the operation."""

    over: str
    title: str
    back_url: str
    here_url: str
    menu: str
    link: Callable[[Target], ExternalLink]


class ExternalLinksView(PageView):
    action = Action.LINK_DOCUMENT

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> ResponseReturnValue:
        """Links are looked after where they belong."""
        return redirect(url_for("roadmapdocs_documents.index"))

    @expose(f"/document/<{ROW_ID}:document_id>", methods=["GET", "POST"])
    def add_to_document(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        back = url_for("roadmapdocs_documents.card", document_id=document_id, _anchor="external")
        here = url_for(".add_to_document", document_id=document_id)

        def link(target: Target) -> ExternalLink:
            return link_document(document_id, target, by=actor(), now=now())

        words = reference(document)
        return _choose(_Subject(words[:1].upper() + words[1:], document.title, back, here, "documents", link))

    @expose(f"/item/<{ROW_ID}:item_id>", methods=["GET", "POST"])
    def add_to_item(self, item_id: int) -> ResponseReturnValue:
        item = _item(item_id)
        here = url_for(".add_to_item", item_id=item_id)

        def link(target: Target) -> ExternalLink:
            return link_item(item_id, target, by=actor(), now=now())

        over = _("Item %(number)s", number=item.number)
        return _choose(_Subject(over, item.title, _item_page(item), here, "roadmaps", link))

    @expose(f"/<{ROW_ID}:link_id>/remove", methods=["POST"])
    def remove(self, link_id: int) -> ResponseReturnValue:
        link = unlink_external(link_id, by=actor(), now=now())
        flash(_("The link to “%(title)s” is taken off. The history keeps it.", title=link.title), "done")
        if link.document_id is not None:
            return redirect(url_for("roadmapdocs_documents.card", document_id=link.document_id, _anchor="external"))
        return redirect(_item_page(_item(link.item_id)))


def _item(number: int) -> Item:
    item: Item | None = Item.select(Item, Edition).join(Edition).where(Item.id == number).first()
    if item is None:
        raise NotFound("no_item", _("There is no such item. Open the roadmap and look for it there."))
    return item


def _item_page(item: Item) -> str:
    roadmap = item.edition.roadmap_id
    return url_for("roadmapdocs_roadmaps.item", roadmap_id=roadmap, item_id=item.id, _anchor="external")


def _choose(subject: _Subject) -> ResponseReturnValue:
    require(actor(), Action.LINK_DOCUMENT)
    lent = targets()
    if lent is None:
        raise NotFound("no_targets", _("No other program is joined here whose records could be linked to."))
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            link = subject.link(_chosen(lent))
        except Refusal as problem:
            refusal = problem
        else:
            flash(_("The link to “%(title)s” is made.", title=link.title), "done")
            return redirect(subject.back_url)
    asked = plain_line(request.values.get("q"))[:_LONGEST_QUERY]
    found = lent.search(asked, MOST_FOUND)
    page = pages.render("external_link.html", **_context(subject, asked, found), trouble=refusal.message if refusal else None)
    return page, status_of(refusal) if refusal is not None else 200


def _chosen(lent: LinkTargets) -> Target:
    """The record as the program itself names it: of what a browser sends, nothing but the choice is believed."""
    model, _stroke, external = request.form.get("target", "")[:_LONGEST_CHOICE].partition("/")
    target = lent.get(unquote(model), unquote(external)) if model and external else None
    if target is None:
        raise Refusal("external_target", _("Nothing is chosen, or it is there no more. Find it by words and choose it."))
    return target


def _choice(target: Target) -> str:
    """Both names of a record as the value of one button."""
    return f"{quote(target.model, safe='')}/{quote(target.external, safe='')}"


def _context(subject: _Subject, asked: str, found: Sequence[Target]) -> dict[str, object]:
    return {
        "over": subject.over,
        "title": subject.title,
        "menu": subject.menu,
        "here_url": subject.here_url,
        "back_url": subject.back_url,
        "q": asked,
        "found": [{"value": _choice(one), "title": one.title, "url": one.url} for one in found[:MOST_FOUND]],
    }
