"""Which records something is written in: the name of a person, the word of a kind, the text of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import peewee as pw

from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.coverage.models import Proof
from roadmapdocs.documents.links.editions import AMENDING
from roadmapdocs.documents.models import Attachment, Document, DocumentLink, DocumentVersion
from roadmapdocs.prepared import Prepared, place
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, Responsible, Section, current_editions
from roadmapdocs.search.models import SearchRecord


def _documents(condition: pw.Expression) -> Iterator[str]:
    yield from _keys("document", Document.select(Document.id).where(condition))


def _keys(kind: str, rows: pw.ModelSelect) -> Iterator[str]:
    for (number,) in rows.tuples():
        yield f"{kind}:{number}"


def of_employee(employee_id: int) -> Iterator[str]:
    yield from _documents((Document.signer_employee == employee_id) | (Document.drafter == employee_id))
    yield from _keys("item", Responsible.select(Responsible.item).where(Responsible.employee == employee_id).distinct())
    theirs = AssignmentPerson.select(AssignmentPerson.assignment).where(AssignmentPerson.employee == employee_id)
    yield from _keys("assignment", theirs.distinct())


def of_unit(unit_id: int) -> Iterator[str]:
    yield from _documents(Document.unit == unit_id)
    yield from _keys("item", Responsible.select(Responsible.item).where(Responsible.unit == unit_id).distinct())


def of_file(file_id: int) -> Iterator[str]:
    versions = DocumentVersion.select(DocumentVersion.document).where(DocumentVersion.file == file_id)
    attached = Attachment.select(Attachment.document).where(Attachment.file == file_id)
    yield from _keys("document", versions.union(attached))


def of_roadmap(roadmap_id: int) -> Iterator[str]:
    """Its sections and items as they stand, those of editions before that are found still, and what proves any."""
    editions = Edition.select(Edition.id).where(Edition.roadmap == roadmap_id)
    for kind, model in (("section", Section), ("item", Item)):
        yield from _keys(kind, _found_or_current(kind, model, editions))
    proofs = Proof.select(Proof.document).join(ExpectedDocument).join(Item).where(Item.edition.in_(editions))
    yield from _keys("document", proofs.distinct())
    given = Assignment.select(Assignment.id).join(Item).where(Item.edition.in_(editions))
    yield from _keys("assignment", given)


_ROOTED: Final = Assignment.alias()


def _roots() -> pw.ModelSelect:
    return _ROOTED.select(_ROOTED.root)


#: All of the trees that anything of a document belongs to, the tree of one, and the document that it came from.
_OF_DOCUMENT: Final = Prepared(
    lambda: Assignment.select(Assignment.id).where(
        Assignment.root.in_(_roots().where(_ROOTED.document == place("document", Assignment.document)))
    )
)
_OF_TREE: Final = Prepared(
    lambda: Assignment.select(Assignment.id).where(
        Assignment.root.in_(_roots().where(_ROOTED.id == place("assignment", Assignment.document)))
    )
)
_SOURCE: Final = Prepared(
    lambda: Assignment.select(Assignment.document).where(
        (Assignment.id == place("assignment", Assignment.document)) & Assignment.document.is_null(False)
    )
)


def of_document(document_id: int) -> Iterator[str]:
    """Assignments that who reads this document has to do with; asked with each change of it."""
    for (number,) in _OF_DOCUMENT.rows(document=document_id):
        yield f"assignment:{number}"


def of_tree(assignment_id: int) -> Iterator[str]:
    """What is read by the people of this one as well: the assignments of its tree, and the document that it came from."""
    for (number,) in _OF_TREE.rows(assignment=assignment_id):
        yield f"assignment:{number}"
    for (number,) in _SOURCE.rows(assignment=assignment_id):
        yield f"document:{number}"


_AMENDED: Final = Prepared(
    lambda: DocumentLink.select(DocumentLink.target).where(
        (DocumentLink.source == place("source", DocumentLink.source)) & DocumentLink.kind.in_([str(kind) for kind in AMENDING])
    )
)


def amended_by(document_id: int) -> Iterator[str]:
    """What this document amends, whether or not it does so yet; asked with each change of it."""
    for (number,) in _AMENDED.rows(source=document_id):
        yield f"document:{number}"


def _found_or_current(kind: str, model: Any, editions: pw.ModelSelect) -> pw.ModelSelect:
    key = pw.Value(f"{kind}:").concat(model.id.cast("text"))
    found = pw.fn.EXISTS(SearchRecord.select(pw.SQL("1")).where(SearchRecord.key == key))
    return model.select(model.id).where(model.edition.in_(editions) & (found | model.edition.in_(current_editions())))


#: By the name of a table, what gives the keys of the records that a row of it is written in.
DEPENDENTS: Final[Mapping[str, Callable[[int], Iterator[str]]]] = {
    "employee": of_employee,
    "unit": of_unit,
    "organisation": lambda number: _documents(Document.organisation == number),
    "kind": lambda number: _documents(Document.kind == number),
    "case": lambda number: _documents(Document.case == number),
    "file": of_file,
    "roadmap": of_roadmap,
}
