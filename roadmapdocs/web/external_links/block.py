"""The block «Связано в других программах» on the card of a document and on the page of an item."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.documents.models import Document
from roadmapdocs.erp.links import links_of_document, links_of_item
from roadmapdocs.erp.models import ExternalLink
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.external_links.targets import targets


def links_of_card(document: Document, actor: Actor) -> dict[str, object] | None:
    """What ``macros/external_links.html`` shows of a document that this person may read; None if there is nothing."""
    add_url = url_for("roadmapdocs_external_links.add_to_document", document_id=document.id)
    return _block(links_of_document(document), actor, add_url)


def links_of_item_page(item_id: int, actor: Actor, *, current: bool) -> dict[str, object] | None:
    """The same of an item; ``current``: it is of the present edition, so that links can be added."""
    add_url = url_for("roadmapdocs_external_links.add_to_item", item_id=item_id) if current else ""
    return _block(links_of_item(item_id), actor, add_url)


def _block(links: Iterable[ExternalLink], actor: Actor, add_url: str) -> dict[str, object] | None:
    may_link = may(actor, Action.LINK_DOCUMENT)
    lines = [
        {
            "title": link.title,
            "url": link.url,
            "remove_url": url_for("roadmapdocs_external_links.remove", link_id=link.id) if may_link else None,
        }
        for link in links
    ]
    may_add = bool(add_url) and may_link and targets() is not None
    if not lines and not may_add:
        return None
    return {"links": lines, "add_url": add_url if may_add else None}
