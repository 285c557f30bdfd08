"""The complete values of a stored draft: its content, and what the card, people and links say on its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

from roadmapdocs.access.rules import Mark
from roadmapdocs.cases.models import Case
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.stamps import approval_stamp_of, organisation_of
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.present import as_of, cited, full_name, person_of
from roadmapdocs.drafting.shapes import SHAPES
from roadmapdocs.drafting.values import ExtractValues, Person, RegulationValues, Values, Visa
from roadmapdocs.drafting.values_json import read_values
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.holders import signer_for
from roadmapdocs.people.models import Employee

#: What the card says: a draft's content has none of it.
FROM_CARD: Final = frozenset(
    "organisation organisation_genitive kind date number place title mark signers visas case approved_by".split()
)
#: Visas given so far, as they are printed: lent by the domain of approval.
VISAS: list[Callable[[Document], Iterable[Visa]]] = []
#: Access marks as they are printed (ДСП; personal data has no mark of its own on paper).
MARKS: Final = {Mark.OFFICIAL: "Для служебного пользования"}


def values_shape(template: str) -> type[Values]:
    """
    :raise Refusal: ``no_template`` if no draft is printed by it
    """
    shape = SHAPES.get(template)
    if shape is None or shape.values is None:
        raise Refusal(
            "no_template",
            _("Documents of this kind are not made here. Add the file of its text to the card."),
            template=template,
        )
    return shape.values


def day_of(document: Document, today: dt.date | None = None) -> dt.date:
    """The day that decides on posts and requisites: the document's own, while it has none today's."""
    return cast(dt.date, document.date or today or document.listed_on)


def values_of(document: Document, draft: Draft, *, today: dt.date | None = None) -> Values:
    """The values of a draft, complete. Nothing of what the card says is stored with it: a corrected number, another
    signer or the act that approves it are right at once.

    :raise Refusal: ``bad_values`` if the content does not fit its template any more
    """
    shape = values_shape(draft.template)
    content = {name: one for name, one in draft.content.items() if name not in FROM_CARD}
    said = read_values(shape, {**content, **_plain(document)})
    day = day_of(document, today)
    told: dict[str, Any] = {
        "date": document.date,
        "signers": _signers(document, day),
        "visas": tuple(visa for lent in VISAS for visa in lent(document)),
        "drafter": _drafter(document, said.drafter, day),
    }
    if issubclass(shape, RegulationValues):
        told |= _approval(document, draft)
    if issubclass(shape, ExtractValues):
        told |= _source(document)
    # A plain constructor call: replacing fields of a class that is known only by its name loses its type.
    kept = {name: getattr(said, name) for name in said.__dataclass_fields__}
    return as_of(shape(**{**kept, **told}), day)


def _plain(document: Document) -> Mapping[str, str]:
    organisation = organisation_of(document)
    place = str(document.fields.get("place") or "") or (organisation.place if organisation else "")
    return {
        "organisation": organisation.name if organisation else "",
        "organisation_genitive": (organisation.genitive or organisation.short_name) if organisation else "",
        "kind": document.kind.code,
        "number": document.number,
        "place": place,
        "title": document.title,
        "mark": MARKS.get(Mark(document.mark), ""),
        "case": _case(document.case),
    }


def _case(case: Case | None) -> str:
    return f"В дело № {case.case_index} за {case.year} г." if case is not None else ""


def _signers(document: Document, day: dt.date) -> tuple[Person, ...]:
    """Whoever signs on the day, with the post as it is printed then: «И.о. начальника управления», never «за»."""
    if document.signer_employee_id is None:
        name = str(document.signer)
        return (Person(name=name, post=_typed_post(document)),) if name else ()
    holder = signer_for(document.signer_employee_id, day)
    if holder is None:
        # Nobody may sign on that day: the checks say so, the draft names whom the card names.
        person = person_of(document.signer_employee_id, day)
        return (person,) if person is not None else ()
    row = Employee.get_by_id(holder.employee_id)
    post = holder.post or _typed_post(document)
    # Without the id: the post is that of the day already, and an acting head's is not among the posts held.
    return (Person(name=full_name(row), post=post, gender=row.gender),)


def _typed_post(document: Document) -> str:
    return str(document.fields.get("signer_post") or "")


def _drafter(document: Document, said: Person | None, day: dt.date) -> Person | None:
    """The drafter of the card; the telephone is that of the content, where people write it."""
    if document.drafter_id is None:
        return said
    person = person_of(document.drafter_id, day)
    if person is None or said is None:
        return person
    kept = {"phone": said.phone or person.phone, "email": said.email or person.email}
    return Person(name=person.name, post=person.post, gender=person.gender, employee_id=person.employee_id, **kept)


def _approval(document: Document, draft: Draft) -> dict[str, Any]:
    """What puts the document into force, and which of that act's appendices it is; never stored."""
    stamp = approval_stamp_of(document)
    approved_by = cited(stamp.act) if stamp is not None else None
    return {"approved_by": approved_by, "appendix": _appendix_place(document, draft)}


def _appendix_place(document: Document, draft: Draft) -> int:
    """Its number among the appendices of its act; 0 while it is the only one, or none."""
    mine = DocumentLink.select(DocumentLink.target).where(
        (DocumentLink.source == document.id) & (DocumentLink.kind == LinkKind.APPENDIX_TO)
    )
    act = mine.order_by(DocumentLink.id).limit(1).scalar()
    if act is None:
        return 0
    written: Draft | None = Draft.get_or_none(Draft.document == act)
    if written is not None and draft.made_from.get("order") == act:
        # The act's own text counts its appendices, those that are still in its file as well.
        return int(draft.made_from["appendix"]) if len(written.content.get("appendices", ())) > 1 else 0
    rows = DocumentLink.select(DocumentLink.source).where(
        (DocumentLink.target == act) & (DocumentLink.kind == LinkKind.APPENDIX_TO)
    )
    beside = [source for (source,) in rows.order_by(DocumentLink.id).tuples()]
    return beside.index(document.id) + 1 if len(beside) > 1 else 0


def _source(document: Document) -> dict[str, Any]:
    """Date and number of an extract are those of the protocol that it is taken from."""
    link = (
        DocumentLink.select(DocumentLink, Document)
        .join(Document, on=(DocumentLink.target == Document.id))
        .where((DocumentLink.source == document.id) & (DocumentLink.kind == LinkKind.EXTRACT_OF))
        .order_by(DocumentLink.id)
        .first()
    )
    return {"date": link.target.date, "number": link.target.number} if link is not None else {}
