"""Brings the made-up office to life: everything goes through the operations that people use.

The journal of events therefore tells a true story: units and people first, then the roadmaps as files that
were read, then documents on their days, each linked to what it proves.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from roadmapdocs.coverage import operations as coverage
from roadmapdocs.coverage.rules import Slot
from roadmapdocs.db import transaction
from roadmapdocs.demo.content import schema
from roadmapdocs.demo.content.loader import load_office
from roadmapdocs.demo.files import build_document_file, build_roadmap_files
from roadmapdocs.documents import operations as documents
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.files.operations import keep
from roadmapdocs.files.store import FileStore
from roadmapdocs.people import operations as people
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.models import Employee, Organisation, Post, Unit
from roadmapdocs.people.rules import SYSTEM, Actor, Role, initials_after
from roadmapdocs.roadmap import operations as roadmaps
from roadmapdocs.roadmap.models import ExpectedDocument, Item, Roadmap
from roadmapdocs.roadmap.reader.documents import kind_of
from roadmapdocs.roadmap.reader.files import read_file

WORKING_HOUR = dt.time(7, 15, tzinfo=dt.UTC)


@dataclass(slots=True)
class _Desk:
    """What is stored already, by the keys of the content."""

    store: FileStore
    now: dt.datetime
    organisations: dict[str, Organisation] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    employees: dict[str, Employee] = field(default_factory=dict)
    items: dict[tuple[str, str], Item] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    content: dict[str, schema.Roadmap] = field(default_factory=dict)

    def actor(self, employee: str) -> Actor:
        return Actor(None, str(self.employees[employee]), frozenset(Role), self.employees[employee].id)

    def moment(self, day: dt.date) -> dt.datetime:
        """Working time on that day, never after this moment."""
        return min(dt.datetime.combine(day, WORKING_HOUR), self.now)


def build(store: FileStore, *, password: str, today: dt.date, now: dt.datetime) -> schema.Office:
    """Fill an empty, migrated database; give what was stored. All its users have the same password.

    :raise Refusal: whatever an operation refuses: the content is then at fault
    """
    office = load_office(today)
    desk = _Desk(store, now)
    with transaction():
        documents.load_kinds()
        desk.kinds = {kind.expected: kind.code for kind in Kind.select().order_by(Kind.position.desc())}
        _people(office, desk, password)
        _roadmaps(office, desk)
        for document in sorted(office.documents, key=lambda document: document.date):
            _document(document, desk, today)
        for waiver in office.waivers:
            _waive(waiver, desk)
    return office


def _people(office: schema.Office, desk: _Desk, password: str) -> None:
    for row in office.organisations:
        desk.organisations[row.key] = Organisation.create(
            name=row.name, short_name=row.short_name, genitive=row.genitive, place=row.place
        )
    for unit in office.units:
        desk.units[unit.key] = Unit.create(
            organisation=desk.organisations[unit.organisation], name=unit.name, abbreviation=unit.abbreviation
        )
    for person in office.employees:
        desk.employees[person.key] = Employee.create(
            surname=person.surname,
            name=person.name,
            patronymic=person.patronymic,
            gender=person.gender,
            email=person.email,
        )
    for post in office.posts:
        _post(post, desk)
    for user in office.users:
        people.create_user(
            user.login,
            password,
            [Role(user.role)],
            employee=desk.employees[user.employee],
            by=SYSTEM,
            now=desk.moment(office.today.replace(year=office.today.year - 1, month=1, day=9)),
        )


def _post(post: schema.Post, desk: _Desk) -> None:
    """A head of a school without a unit of its own works in the unit of all schools."""
    unit = desk.units[post.unit or "oo"]
    Post.create(
        employee=desk.employees[post.employee],
        unit=unit,
        title=post.title,
        since=post.since,
        until=post.until,
    )


def _roadmaps(office: schema.Office, desk: _Desk) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = build_roadmap_files(office.today, Path(folder))
        for content, file in zip(office.roadmaps, files, strict=True):
            moment = desk.moment(dt.date(content.years[0], 1, 15))
            data = file.read_bytes()
            kept = keep(data, content.file_name, store=desk.store, now=moment)
            edition = roadmaps.store_draft(
                read_file(data, content.file_name),
                source=roadmaps.Source(kept.file, kept.name),
                directory=DatabaseDirectory(),
                title=content.title,
                by=desk.actor(content.coordinator),
                now=moment,
            )
            Roadmap.update(
                coordinator=desk.employees[content.coordinator], organisation=desk.organisations["uo"]
            ).where(Roadmap.id == edition.roadmap_id).execute()
            desk.content[content.key] = content
            stored = Item.select().where(Item.edition == edition).order_by(Item.position)
            for row, item in zip(content.items, stored, strict=True):
                desk.items[content.key, row.number] = item


def _document(content: schema.Document, desk: _Desk, today: dt.date) -> None:
    drafter, moment = desk.actor(content.drafter), desk.moment(content.date)
    signer = desk.employees[content.signer]
    card = Card(
        kind=desk.kinds[content.kind],
        title=content.title,
        number=content.number,
        date=content.date if content.preparation == "signed" else None,
        summary=content.summary,
        signer=initials_after(signer.surname, signer.name, signer.patronymic),
        preparation=Preparation(content.preparation),
        signer_id=signer.id,
        drafter_id=desk.employees[content.drafter].id,
    )
    document = documents.create_document(card, by=drafter, now=moment, today=min(content.date, today))
    if content.body:
        with tempfile.TemporaryDirectory() as folder:
            file = build_document_file(content, Path(folder))
            documents.add_version(
                document, file.read_bytes(), file.name, store=desk.store, by=drafter, now=moment
            )
    for proof in content.proves:
        _prove(proof, content, document, desk)


def _prove(proof: schema.Proof, content: schema.Document, document: Document, desk: _Desk) -> None:
    coordinator = desk.actor(desk.content[proof.roadmap].coordinator)
    moment = desk.moment(content.date + dt.timedelta(days=1))
    expected = _expected(proof, desk, coordinator, moment)
    slot = _slot(expected, proof.year, content.date)
    coverage.link(expected.id, slot.key, document, by=coordinator, now=moment)


def _waive(waiver: schema.Waiver, desk: _Desk) -> None:
    coordinator = desk.actor(desk.content[waiver.roadmap].coordinator)
    expected = _expected(waiver, desk, coordinator, desk.now)
    slot = _slot(expected, waiver.year, desk.now.date())
    coverage.waive(expected.id, slot.key, waiver.reason, by=coordinator, now=desk.now)


def _expected(
    proof: schema.Proof | schema.Waiver, desk: _Desk, by: Actor, now: dt.datetime
) -> ExpectedDocument:
    """The expected document meant. Where the file has no column for it, the coordinator says what is expected."""
    item = desk.items[proof.roadmap, proof.item]
    content = next(row for row in desk.content[proof.roadmap].items if row.number == proof.item)
    wanted = content.expected[proof.expected]
    rows = list(
        ExpectedDocument.select(ExpectedDocument, Item)
        .join(Item)
        .where(ExpectedDocument.item == item)
        .order_by(ExpectedDocument.position)
    )
    printed = [row for row in rows if not row.inferred]
    if len(printed) == len(content.expected):
        return printed[proof.expected]
    found = next((row for row in rows if row.title == wanted or row.kind == kind_of(wanted)), None)
    if found is None:
        return roadmaps.add_expected(item, wanted, kind_of(wanted), by=by, now=now)
    if not found.confirmed:
        roadmaps.confirm_expected(found, by=by, now=now)
        found.confirmed = True
    return found


def _slot(expected: ExpectedDocument, year: int | None, day: dt.date) -> Slot:
    """The period of the year asked for; else the one that the day falls into or, failing that, comes nearest to."""
    slots = coverage.slots_of(expected)
    if year is not None:
        slots = [slot for slot in slots if slot.year == year] or slots

    def distance(slot: Slot) -> int:
        start, end = slot.start or slot.end or day, slot.end or slot.start or day
        return max((start - day).days, (day - end).days, 0)

    return min(slots, key=distance)
