"""Whom a sheet would ask: who is meant, who stands in for the absent, who is on a list already, who cannot read it yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import peewee as pw

from roadmapdocs.access.rules import Mark, Tie, mask
from roadmapdocs.acquaintance.addressees import people_of
from roadmapdocs.acquaintance.lists import ON_LIST
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.named import named_among
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.acquaintance.staff import Placed, Staff, staff_on
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.visibility import handed_to
from roadmapdocs.people.models import Employee, User, UserOrganisation, UserRole
from roadmapdocs.people.presence import absent_on
from roadmapdocs.people.substitution import Substitute, substitutes_on

CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Outlook:
    """What sending would do: ``people`` would be asked, ``steads`` (who, in whose place) for those who are absent.

    ``absent`` names those who are away and have nobody in their stead, ``left`` those chosen who do not work in the
    office any more, ``doubtful`` names in the text that fit several people: nobody is asked for these.
    ``asked_already`` counts those who are on a list of this text by now. ``new_readers`` counts those with an account
    who may not read the document yet and would be handed the right to; ``marked`` says that its mark restricts it.
    """

    people: tuple[Placed, ...]
    steads: tuple[tuple[Placed, Placed], ...] = ()
    absent: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    asked_already: int = 0
    new_readers: int = 0
    marked: bool = False

    @property
    def count(self) -> int:
        return len(self.people) + len(self.steads)


def recipients(
    document: Document, version: DocumentVersion, addressees: Addressees, *, substitutes: bool, day: dt.date
) -> Outlook:
    """
    :raise Refusal: as :func:`.addressees.people_of`
    """
    staff = staff_on(day)
    meant = people_of(addressees, day=day, document_id=document.id, staff=staff)
    asked = on_lists_of(version)
    people = [one for one in meant if one.employee_id not in asked]
    taken = asked | {one.employee_id for one in people}
    steads, absent = steads_of(people, taken, document.kind.code, staff) if substitutes else ([], [])
    everybody = [one.employee_id for one in people] + [stead.employee_id for stead, _for in steads]
    return Outlook(
        tuple(people),
        tuple(steads),
        tuple(absent),
        _left(addressees, staff),
        named_among(document.id, staff).doubtful if addressees.named else (),
        len(meant) - len(people),
        len(new_readers(document, everybody, staff)),
        document.mark != Mark.GENERAL,
    )


def on_lists_of(version: DocumentVersion) -> set[int]:
    """Ids of those who were asked to read this edition, and are not off its lists."""
    rows = Acquaintance.select(Acquaintance.employee).join(AcquaintanceSheet)
    found = (AcquaintanceSheet.document == version.document_id) & (AcquaintanceSheet.edition == version.edition)
    return {one for (one,) in rows.where(found & Acquaintance.state.in_(ON_LIST)).tuples()}


def steads_of(
    people: Iterable[Placed], taken: Collection[int], kind: str, staff: Staff
) -> tuple[list[tuple[Placed, Placed]], list[str]]:
    """(Who stands in, for whom) for those of the people who are away, and names of the absent without anybody.

    ``taken`` are on the lists anyway, so that they are not asked in the stead of another.
    """
    known = {one.employee_id: one for one in people}
    away = {one for ids in _chunks(known) for one in absent_on(ids, staff.day)}
    standing = substitutes_on(away, staff.day)
    out = absent_on({one.employee_id for found in standing.values() for one in found}, staff.day)
    steads: dict[int, tuple[Placed, Placed]] = {}
    alone: list[str] = []
    for absent in (known[one] for one in known if one in away):
        fitting = [one for one in standing.get(absent.employee_id, ()) if _may_stand(one, kind, out, staff)]
        if not fitting:
            alone.append(absent.name)
        for one in fitting:
            if one.employee_id not in taken:
                steads.setdefault(one.employee_id, (staff.people[one.employee_id], absent))
    return list(steads.values()), alone


def _may_stand(one: Substitute, kind: str, out: Collection[int], staff: Staff) -> bool:
    return one.covers(kind) and one.employee_id not in out and one.employee_id in staff.people


def new_readers(document: Document, ids: Collection[int], staff: Staff) -> set[int]:
    """Those with an open account who may not read the document as it stands, of all these people."""
    roles: dict[int, set[str]] = {}
    elsewhere = _elsewhere(document)
    rows = User.select(User.employee, UserRole.role).join(UserRole, pw.JOIN.LEFT_OUTER).where(User.active)
    for employee_id, role in rows.where(User.employee.is_null(False)).tuples():
        roles.setdefault(employee_id, set()).update({role} if role and employee_id not in elsewhere else ())
    reading = handed_to(document.id) | _tied(document, staff)
    return {one for one in ids if one in roles and one not in reading and not mask(roles[one]) & document.readers}


def _elsewhere(document: Document) -> set[int]:
    """Employees whose roles count in other organisations only."""
    if document.organisation_id is None:
        return set()
    rows = UserOrganisation.select(User.employee, UserOrganisation.organisation).join(User)
    counted: dict[int, set[int]] = {}
    for employee_id, organisation_id in rows.where(User.employee.is_null(False)).tuples():
        counted.setdefault(employee_id, set()).add(organisation_id)
    return {one for one, organisations in counted.items() if document.organisation_id not in organisations}


def _tied(document: Document, staff: Staff) -> set[int]:
    ties = (
        (Tie.DRAFTER, {document.drafter_id}),
        (Tie.SIGNER, {document.signer_employee_id}),
        (Tie.UNIT, staff.units.get(document.unit_id, set()) if document.unit_id else set()),
    )
    return {one for tie, ids in ties if mask({tie}) & document.readers for one in ids if one is not None}


def _left(addressees: Addressees, staff: Staff) -> tuple[str, ...]:
    gone = [one for one in addressees.employees if one not in staff.people]
    rows = Employee.select().where(Employee.id.in_(gone)).order_by(Employee.surname, Employee.id)
    return tuple(str(row) for row in rows) if gone else ()


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    yield from (list(chunk) for chunk in pw.chunked(ids, CHUNK))
