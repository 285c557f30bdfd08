"""What the text of a document cites: kept with it, resolved against the registry, judged for its card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from roadmapdocs.db import transaction
from roadmapdocs.documents.links.editions import ENDING, acting_on
from roadmapdocs.documents.links.force import facts_of
from roadmapdocs.documents.links.force_rules import Binding, Standing, legal_force, standing_words
from roadmapdocs.documents.links.naming import NAMED, reference, reference_words
from roadmapdocs.documents.models import Citation, Document, Kind
from roadmapdocs.documents.rules import Registration
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.errors import Refusal
from roadmapdocs.files.reading.office import paragraphs_of
from roadmapdocs.hooks import document_changed
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.russian.references import Reference, find_references

#: Signs of a text that are looked through, and citations kept of one document; offices write a hundredth of it.
TEXT_LIMIT = 2_000_000
KEPT = 500
_NUMBER_LIMIT = 64


class Verdict(StrEnum):
    """``WARNING``: the registry knows the document, and it was, or is, not in force."""

    LINKED = "linked"
    WARNING = "warning"
    OPEN = "open"
    UNNUMBERED = "unnumbered"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Finding:
    """A citation as the card shows it. ``candidates`` may be what a citation without a number means."""

    citation: Citation
    verdict: Verdict
    sentence: str
    target: Document | None = None
    candidates: list[Document] = field(default_factory=list)


def cited_in(data: bytes, name: str) -> list[Reference]:
    """What a file cites; one without readable text cites nothing. A large file takes seconds: read it before locking."""
    try:
        return _references(paragraphs_of(data, name))
    except Refusal:
        return []


def note_citations(document: Document, paragraphs: Iterable[str]) -> list[Citation]:
    """Keep what a new text cites; as :func:`keep_citations`."""
    return keep_citations(document, _references(paragraphs))


def _references(paragraphs: Iterable[str]) -> list[Reference]:
    # A sign that PostgreSQL keeps in no text, and no document means.
    return list(find_references("\n".join(paragraphs)[:TEXT_LIMIT].replace("\x00", " ")))


def keep_citations(document: Document, found: Iterable[Reference]) -> list[Citation]:
    """Keep what a new text cites in place of what the one before cited. What a document says of itself is left out."""
    with transaction():
        Citation.delete().where(Citation.document == document.id).execute()
        kept: dict[tuple[str, dt.date | None, str], Citation] = {}
        for one in found:
            key = normalise_number(one.number)[:_NUMBER_LIMIT]
            about_itself = key != "" and (key, one.date) == (document.number_key, document.date)
            # A citation without a number is told by its words: two of a day may mean two documents.
            same = (key or one.title, one.date, one.kind_word)
            if len(kept) < KEPT and not about_itself and same not in kept:
                kept[same] = _keep(document, one, key, len(kept) + 1)
    return list(kept.values())


def resolve_open(document: Document) -> int:
    """Link the open citations that mean a document which has got its number now; give how many there were."""
    if not document.number_key or document.date is None:
        return 0
    waiting = Citation.select(Citation, Document).join(Document, on=(Citation.document == Document.id)).where(
        Citation.target.is_null()
        & ~Citation.outside
        & (Citation.number_key == document.number_key)
        & (Citation.date == document.date)
        & (Citation.document != document.id)
    )
    linked = 0
    with transaction():
        for citation in waiting:
            target = _meant(citation.document, citation.kind_word, citation.number_key, citation.date)
            if target is not None:
                Citation.update(target=target).where(Citation.id == citation.id).execute()
                linked += 1
    return linked


def findings(document: Document, *, by: Actor, today: dt.date) -> list[Finding]:
    """Citations of a document in the order of its text, judged on its own day and today, for this person."""
    citations = list(Citation.select().where(Citation.document == document.id).order_by(Citation.position))
    targets = _targets(citations, by)
    known = list(targets.values())
    force = facts_of(known)
    day = document.date or today
    then, now = ({one: legal_force(told, on) for one, told in force.items()} for on in (day, today))
    ends = {link.target_id: link.source for link in reversed(acting_on(list(targets), ENDING))}
    result = []
    for citation in citations:
        target = targets.get(citation.target_id)
        if target is None:
            result.append(_unresolved(citation, document, by))
            continue
        warning = _warning(target, then[target.id], now[target.id], ends.get(target.id))
        verdict = Verdict.WARNING if warning else Verdict.LINKED
        result.append(Finding(citation, verdict, warning or standing_words(now[target.id], target.kind.gender), target))
    return result


@document_changed.connect
def _resolve(document: Document, **_said: object) -> None:
    if document.registration == Registration.REGISTERED:
        resolve_open(document)


def _targets(citations: Sequence[Citation], by: Actor) -> dict[int, Document]:
    """Documents that the citations mean, those that this person may read; the others are to them as if unknown."""
    ids = sorted({citation.target_id for citation in citations if citation.target_id})
    if not ids:
        return {}
    rows = Document.select(*NAMED).join(Kind).where(Document.id.in_(ids) & visible_to(by, few=True))
    return {target.id: target for target in rows}


def _keep(document: Document, one: Reference, key: str, position: int) -> Citation:
    target = None if one.outside else _meant(document, one.kind_word, key, one.date)
    return Citation.create(
        document=document,
        position=position,
        text=" ".join(one.text.split()),
        kind_word=one.kind_word,
        date=one.date,
        number=one.number,
        number_key=key,
        outside=one.outside,
        target=target,
    )


def _meant(document: Document, kind_word: str, key: str, date: dt.date | None) -> Document | None:
    """The one registered document of this number, day and kind; of several, the one of the same organisation."""
    if not key or date is None:
        return None
    fitting = [
        one
        for one in Document.select(Document, Kind)
        .join(Kind)
        .where(
            (Document.number_key == key)
            & (Document.date == date)
            & (Document.id != document.id)
            & Document.registration.in_([Registration.REGISTERED, Registration.ANNULLED])
        )
        if _is_called(one.kind, kind_word)
    ]
    own = [one for one in fitting if one.organisation_id == document.organisation_id]
    chosen = fitting if len(fitting) == 1 else own
    return chosen[0] if len(chosen) == 1 else None


def _is_called(kind: Kind, word: str) -> bool:
    """Whether a kind goes by the word of a citation: «приказ» is every kind of orders."""
    names = f"{kind.short} {kind.name} {kind.expected}".casefold().replace("ё", "е")
    return word.replace("ё", "е") in names


def _unresolved(citation: Citation, document: Document, by: Actor) -> Finding:
    name = reference_words(citation.kind_word, citation.date, citation.number)
    if citation.outside:
        return Finding(citation, Verdict.OUTSIDE, _("An act of another body: it is not kept in this registry."))
    if citation.number_key:
        return Finding(
            citation,
            Verdict.OPEN,
            _("The registry does not know %(document)s. Check number and date, or bring the document in.", document=name),
        )
    candidates = _of_the_day(citation, document, by)
    if citation.date is not None and citation.date == document.date:
        sentence = _(
            "%(document)s, of the same day, is cited without a number. Register that document first and write its number into the text.",
            document=_capital(name),
        )
    else:
        sentence = _("%(document)s is cited without a number. Write the number into the text.", document=_capital(name))
    return Finding(citation, Verdict.UNNUMBERED, sentence, None, candidates)


def _of_the_day(citation: Citation, document: Document, by: Actor) -> list[Document]:
    if citation.date is None:
        return []
    rows = (
        Document.select(*NAMED, Kind.name, Kind.expected)
        .join(Kind)
        .where(
            (Document.date == citation.date)
            & (Document.number_key != "")
            & (Document.id != document.id)
            & (Document.registration == Registration.REGISTERED)
            & visible_to(by)
        )
        .order_by(Document.number_sort)
        .limit(20)
    )
    return [one for one in rows if _is_called(one.kind, citation.kind_word)]


def _warning(target: Document, then: Standing, now: Standing, ended_by: Document | None) -> str:
    """Why the reader should not rely on the cited document; empty if they may."""
    if target.registration == Registration.ANNULLED:
        return _("The registration of %(document)s is annulled.", document=reference(target, "gen"))
    for standing, ended in ((then, _ended_before), (now, _ended_since)):
        if standing.binding is Binding.ENDED:
            return ended(standing, ended_by)
    if now.binding is Binding.SUSPENDED or then.binding is Binding.SUSPENDED:
        return _("Its force is suspended.")
    return ""


def _ended_before(standing: Standing, ended_by: Document | None) -> str:
    if standing.day and ended_by:
        return _(
            "It had lost force before, on %(day)s, by %(reference)s. Cite what counts now.",
            day=standing.day.strftime("%d.%m.%Y"),
            reference=reference(ended_by, "ins"),
        )
    return _("It had lost force before. Cite what counts now.")


def _ended_since(standing: Standing, ended_by: Document | None) -> str:
    if standing.day and ended_by:
        return _(
            "It lost force later, on %(day)s, by %(reference)s.",
            day=standing.day.strftime("%d.%m.%Y"),
            reference=reference(ended_by, "ins"),
        )
    return _("It has lost force since.")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
