"""What the card says of other documents: links both ways, their drawing, what the text cites, what is to be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from flask import url_for

from roadmapdocs.documents.links.citations import Finding, Verdict, findings
from roadmapdocs.documents.links.editions import ENDING
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.links.operations import LinkLine, asks_about, links_of
from roadmapdocs.documents.links.rules import EFFECTIVE
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Force
from roadmapdocs.documents.visibility import may, why_not
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.documents.link_picture import End, tall, wide
from roadmapdocs.web.pages import date as printed

#: Links whose target was there first and is what the source grew out of; in the others the source comes first.
_GROWN: Final = frozenset(
    {
        LinkKind.APPENDIX_TO,
        LinkKind.EXECUTES,
        LinkKind.BASED_ON,
        LinkKind.RESULTS_OF,
        LinkKind.EXTRACT_OF,
        LinkKind.COPY_OF,
        LinkKind.REPLY_TO,
    }
)
#: The regulations of so many repealed documents are asked about at once.
_MOST_ASKED = 3


def links_context(
    document: Document, status: str, proves: Sequence[dict[str, object]], actor: Actor, today: dt.date
) -> dict[str, object]:
    """``links``, ``picture``, ``cites``, ``questions``, and whether a link may be added."""
    lines = links_of(document, by=actor)
    may_link = may(document, "link", actor)
    return {
        "links": [_link(document, line, actor, may_link) for line in lines],
        "picture": _picture(document, status, lines, proves),
        "cites": [_cited(finding) for finding in findings(document, by=actor, today=today)],
        "questions": _questions(document, lines, actor),
        "add_link": {
            "url": url_for("roadmapdocs_documents.add_link", document_id=document.id),
            "why_not": None if may_link else why_not(document, "link"),
        },
    }


def _link(document: Document, line: LinkLine, actor: Actor, may_link: bool) -> dict[str, object]:
    removable = may_link if line.outgoing else may(line.other, "link", actor)
    remove = url_for("roadmapdocs_documents.remove_link", document_id=document.id, link_id=line.id)
    return {
        "kind": line.kind,
        "outgoing": line.outgoing,
        "words": line.words,
        "name": capital(reference(line.other)),
        "title": line.other.title,
        "url": _card(line.other),
        "details": "; ".join(_details(line)),
        "waits": line.kind in EFFECTIVE and not line.acted,
        "remove_url": remove if removable else None,
        "id": line.id,
    }


def _details(line: LinkLine) -> list[str]:
    told = []
    if line.points:
        told.append(_("points %(points)s", points=line.points))
    if line.since:
        told.append(_("from %(day)s", day=printed(line.since)))
    return [*told, line.note] if line.note else told


def _picture(
    document: Document, status: str, lines: Sequence[LinkLine], proves: Sequence[dict[str, object]]
) -> dict[str, object] | None:
    """Both drawings; None for a document that stands alone."""
    left = [_item_end(proof) for proof in proves] + [_end(line) for line in lines if _is_left(line)]
    right = [_end(line) for line in lines if not _is_left(line)]
    if not left and not right:
        return None
    name, note = short_name(document), ", ".join(word for word in (_("this document"), status) if word)
    return {"wide": wide(name, note, left, right), "tall": tall(name, note, left, right)}


def _is_left(line: LinkLine) -> bool:
    return line.outgoing == (line.kind in _GROWN)


def _end(line: LinkLine) -> End:
    day = _("of %(date)s", date=printed(line.other.date)) if line.other.date else ""
    return End(line.words, short_name(line.other), day or line.other.title, _card(line.other))


def _item_end(proof: dict[str, object]) -> End:
    url = url_for("roadmapdocs_roadmaps.item", roadmap_id=proof["roadmap_id"], item_id=proof["item_id"])
    name = _("Roadmap, item %(number)s", number=proof["item_number"])
    return End(_("in execution of"), name, str(proof["period"]), url)


def short_name(document: Document) -> str:
    number = f" №\N{NO-BREAK SPACE}{document.number}" if document.number else ""
    return f"{capital(document.kind.short)}{number}"


def _cited(finding: Finding) -> dict[str, object]:
    looks = {
        Verdict.LINKED: ("ok", _("in the registry")),
        Verdict.WARNING: ("work", _("mind this")),
        Verdict.OPEN: ("none", _("not found")),
        Verdict.UNNUMBERED: ("work", _("without a number")),
        Verdict.OUTSIDE: ("na", _("another body")),
    }
    look, label = looks[finding.verdict]
    symbols = {Verdict.WARNING: "late", Verdict.UNNUMBERED: "info"}
    return {
        "text": finding.citation.text,
        "sentence": finding.sentence,
        "badge": {"look": look, "label": label, "symbol": symbols.get(finding.verdict)},
        "target": _named(finding.target) if finding.target else None,
        "candidates": [_named(one) for one in finding.candidates],
    }


def _questions(document: Document, lines: Sequence[LinkLine], actor: Actor) -> list[dict[str, object]]:
    """What a repealed order approved is in force still: nobody but a person can say whether it goes, too."""
    ended = [line.other for line in lines if line.outgoing and line.kind in ENDING and line.acted][:_MOST_ASKED]
    asked: list[tuple[Document | None, Document]] = [(document, one) for other in ended for one in asks_about(other)]
    if document.force == Force.ENDED:
        asked += [(None, one) for one in asks_about(document)]
    return [
        {
            "document": _named(one),
            "yes_url": _repeal(repealing, one) if repealing is not None else None,
        }
        for repealing, one in asked
        if may(one, "read", actor)
    ]


def _repeal(source: Document, target: Document) -> str:
    return url_for(
        "roadmapdocs_documents.add_link", document_id=source.id, target=target.id, kind=str(LinkKind.REPEALS)
    )


def _named(document: Document) -> dict[str, object]:
    return {"name": capital(reference(document)), "title": document.title, "url": _card(document)}


def _card(document: Document) -> str:
    return url_for("roadmapdocs_documents.card", document_id=document.id)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
