"""What the registry knows of a document and of those around it, for checks: one question a function."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.naming import kind_word
from roadmapdocs.documents.links.stamps import Stamp, appendix_mark_of, approval_stamp_of, organisation_of
from roadmapdocs.documents.models import Attachment, Document, DocumentLink, Kind
from roadmapdocs.documents.rules import Preparation, Registration
from roadmapdocs.drafting.checks.facts import ActFact, CardFacts, KindFacts, OfficeFacts, SignerFact
from roadmapdocs.people.holders import signer_for
from roadmapdocs.people.models import Acting, Employee, Organisation, Post, Unit
from roadmapdocs.people.presence import absent_on
from roadmapdocs.registration.models import Entry

#: Employees and posts that are compared with names in a text; an office has a hundredth of it.
MOST_PEOPLE = 5_000


def kind_facts(document: Document) -> KindFacts:
    kind = document.kind
    retention = document.case.retention if document.case_id is not None else kind.retention
    return KindFacts(
        code=kind.code,
        word=kind_word(kind),
        instrumental=kind_word(kind, "ins"),
        gender=kind.gender,
        group=kind.group,
        own_number=bool(kind.own_number),
        keep_years=retention.years if retention is not None else 0,
    )


def kind_genders() -> dict[str, str]:
    """Words of kinds with their gender: «дорожная карта» f."""
    rows = Kind.select(Kind.short, Kind.gender).where(Kind.active).tuples()
    return {short.lower(): gender for short, gender in rows}


def card_facts(document: Document) -> CardFacts:
    before, after = _neighbours(document)
    return CardFacts(
        title=document.title,
        number=document.number,
        date=document.date,
        signer=document.signer,
        signed=document.preparation == Preparation.SIGNED,
        registered=document.registration == Registration.REGISTERED,
        registered_on=document.registered_on,
        published=bool(document.fields.get("publication")),
        before=before,
        after=after,
    )


def _neighbours(document: Document) -> tuple[tuple[str, dt.date] | None, tuple[str, dt.date] | None]:
    """The numbers registered next before and next behind in the journal's period; none while it has no entry."""
    if document.entry_id is None or document.registration != Registration.REGISTERED:
        return None, None
    own = document.entry
    rows = Entry.select(Entry.number, Entry.registered_on).where(
        (Entry.journal == own.journal_id) & (Entry.period == own.period) & Entry.registered_on.is_null(False)
    )
    before = rows.where(Entry.n < own.n).order_by(Entry.n.desc(), Entry.sort.desc()).first()
    after = rows.where(Entry.n > own.n).order_by(Entry.n, Entry.sort).first()
    return _told(before), _told(after)


def _told(entry: Entry | None) -> tuple[str, dt.date] | None:
    return (entry.number, entry.registered_on) if entry is not None else None


def approved_by(document: Document) -> ActFact | None:
    return _act(approval_stamp_of(document))


def appendix_to(document: Document) -> ActFact | None:
    return _act(appendix_mark_of(document))


def _act(stamp: Stamp | None) -> ActFact | None:
    if stamp is None:
        return None
    act = stamp.act
    author = organisation_of(act)
    organisation = (author.genitive or author.short_name) if author is not None else ""
    return ActFact(kind_word(act.kind, "ins"), organisation, act.date, act.number)


def attached(document: Document) -> tuple[str, ...]:
    """Files beside the text, and documents that this one approves or that are its appendices."""
    beside = Attachment.select(Attachment.title).where(
        (Attachment.document == document.id) & Attachment.removed_at.is_null()
    )
    approves = (DocumentLink.source == document.id) & (DocumentLink.kind == LinkKind.APPROVES)
    appended = (DocumentLink.target == document.id) & (DocumentLink.kind == LinkKind.APPENDIX_TO)
    links = DocumentLink.select(DocumentLink.source, DocumentLink.target).where(approves | appended).tuples()
    # What is both approved and appended is one paper.
    others = {source if target == document.id else target for source, target in links}
    return (*(title for (title,) in beside.tuples()), *(str(one) for one in sorted(others)))


def signer_fact(document: Document, day: dt.date) -> SignerFact | None:
    """Who signs, as far as the registry knows the person; None where nobody is named."""
    if document.signer_employee_id is None:
        return SignerFact(document.signer, known=False) if document.signer else None
    person_id: int = document.signer_employee_id
    posts = Post.held_on(day).select(Post.title).where(Post.employee == person_id).order_by(Post.since, Post.id)
    acting = Acting.select(Acting.printed).where((Acting.employee == person_id) & Acting.live_on(day))
    away = person_id in absent_on([person_id], day)
    instead = signer_for(person_id, day) if away else None
    return SignerFact(
        name=str(document.signer_employee),
        known=Post.select().where(Post.employee == person_id).exists(),
        posts=tuple(title for (title,) in posts.tuples()),
        acting=tuple(printed for (printed,) in acting.tuples()),
        away=away,
        instead=f"{instead.post} {instead.name}".strip() if instead is not None and instead.employee_id != person_id else "",
    )


def office_facts(day: dt.date) -> OfficeFacts:
    """People, the posts held on that day with their acting heads, units and organisations."""
    names = (Employee.surname, Employee.name, Employee.patronymic)
    people = Employee.select(*names).limit(MOST_PEOPLE).tuples()
    held = Post.held_on(day).select(Post.title).distinct().limit(MOST_PEOPLE).tuples()
    units = list(Unit.select(Unit.name, Unit.abbreviation).order_by(Unit.id).tuples())
    organisations = list(Organisation.select(Organisation.name, Organisation.short_name, Organisation.genitive).tuples())
    return OfficeFacts(
        people=tuple(" ".join(filter(None, one)) for one in people),
        posts=tuple(title for (title,) in held),
        units=tuple(name for name, _short in units),
        organisations=tuple(name for one in organisations for name in dict.fromkeys(one) if name),
        abbreviations={short: name for name, short in units if short},
    )
