"""Brings the made-up office to life: everything goes through the operations that people use.

The journal of events therefore tells a true story, day by day: units and people first, journals and cases, the
roadmaps as files that were read, then documents from draft to case, each linked to what it proves.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from roadmapdocs.access.rules import Action
from roadmapdocs.assembly import load_shipped
from roadmapdocs.coverage import operations as coverage
from roadmapdocs.coverage.rules import Slot
from roadmapdocs.db import transaction
from roadmapdocs.demo.approvals import put_down_approval
from roadmapdocs.demo.assigning import put_down_assignments
from roadmapdocs.demo.content import schema
from roadmapdocs.demo.content.loader import begins_on, load_office
from roadmapdocs.demo.desk import Calendar, Desk, Hour, Step
from roadmapdocs.demo.drafts import put_down_drafts
from roadmapdocs.demo.files import build_roadmap_files
from roadmapdocs.demo.nomenclature import open_journals, put_down_cases, put_down_gaps
from roadmapdocs.demo.papers import put_down, put_down_act
from roadmapdocs.documents.models import Kind
from roadmapdocs.documents.workflows import adopt_for
from roadmapdocs.drafting.phrases import load_phrases
from roadmapdocs.files.operations import keep
from roadmapdocs.files.store import FileStore
from roadmapdocs.people import operations as people
from roadmapdocs.people.administration import set_grants
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.models import Employee, Organisation, Post, Unit
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.roadmap import operations as roadmaps
from roadmapdocs.roadmap.models import ExpectedDocument, Item, Roadmap
from roadmapdocs.roadmap.reader.documents import kind_of
from roadmapdocs.roadmap.reader.files import read_file


def build(store: FileStore, *, password: str, today: dt.date, now: dt.datetime) -> schema.Office:
    """Fill an empty, migrated database; give what was stored. All its users have the same password.

    :raise Refusal: whatever an operation refuses: the content is then at fault
    """
    office = load_office(today)
    begins = begins_on(today)
    calendar = Calendar(begins, now, today)
    load_shipped(now)
    load_phrases()
    for kind in Kind.select():
        # Settled before everything else, so that a workflow is read once and not with each step.
        adopt_for(kind, calendar.moment(begins))
    with transaction(), tempfile.TemporaryDirectory() as folder:
        desk = Desk(office, store, calendar, Path(folder))
        _people(desk, password)
        open_journals(desk, calendar.moment(begins))
        _kinds(desk)
        put_down_approval(desk)
        put_down_cases(desk)
        put_down_gaps(desk)
        calendar.put(begins, Hour.DRAFT, lambda now, _today: _roadmaps(desk, now))
        for document in sorted(office.documents, key=lambda one: (one.date, one.key)):
            put_down(document, desk)
            for proof in document.proves:
                calendar.put(document.date + dt.timedelta(days=1), Hour.PROVE, _proving(proof, document, desk))
        put_down_drafts(desk)
        for act in office.acts:
            put_down_act(act, desk)
        put_down_assignments(desk)
        for waiver in office.waivers:
            calendar.put(today, Hour.PROVE, _waiving(waiver, desk))
        calendar.run()
    return office


def _kinds(desk: Desk) -> None:
    """The kind of each document: by its code, else the first that roadmaps call so."""
    kinds = list(Kind.select().order_by(Kind.position.desc()))
    by_code, by_word = {kind.code: kind for kind in kinds}, {kind.expected: kind for kind in kinds}
    for document in desk.office.documents:
        desk.kinds[document.key] = by_code[document.code] if document.code else by_word[document.kind]


def _people(desk: Desk, password: str) -> None:
    moment = desk.calendar.moment(desk.calendar.begins)
    for row in desk.office.organisations:
        desk.organisations[row.key] = Organisation.create(
            name=row.name, short_name=row.short_name, genitive=row.genitive, place=row.place
        )
    for unit in desk.office.units:
        desk.units[unit.key] = Unit.create(
            organisation=desk.organisations[unit.organisation], name=unit.name, abbreviation=unit.abbreviation
        )
    for person in desk.office.employees:
        desk.employees[person.key] = Employee.create(
            surname=person.surname,
            name=person.name,
            patronymic=person.patronymic,
            gender=person.gender,
            email=person.email,
        )
    for post in desk.office.posts:
        _post(post, desk)
    for user in desk.office.users:
        employee = desk.employees[user.employee]
        desk.users[user.employee] = people.create_user(
            user.login, password, [Role(user.role)], employee=employee, by=SYSTEM, now=moment
        )
    clerk = next(user.employee for user in desk.office.users if Role(user.role) is Role.CLERK)
    set_grants(desk.users[clerk], [Action.BACKDATE], by=desk.holder(Role.ADMINISTRATOR), now=moment)


def _post(post: schema.Post, desk: Desk) -> None:
    """A head of a school without a unit of its own works in the unit of all schools.

    Acting posts of the past are kept as posts: their documents bear them; those to come are appointed by an order.
    """
    unit = desk.units[post.unit or "oo"]
    Post.create(
        employee=desk.employees[post.employee],
        unit=unit,
        title=post.title,
        since=post.since,
        until=post.until,
        heads=post.head and post.unit is not None and not post.acting,
    )


def _roadmaps(desk: Desk, moment: dt.datetime) -> None:
    files = build_roadmap_files(desk.office.today, desk.folder / "roadmaps")
    for content, file in zip(desk.office.roadmaps, files, strict=True):
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


def _proving(proof: schema.Proof, content: schema.Document, desk: Desk) -> Step:
    def step(now: dt.datetime, _today: dt.date) -> None:
        coordinator = desk.actor(desk.content[proof.roadmap].coordinator)
        expected = _expected(proof, desk, coordinator, now)
        slot = _slot(expected, proof.year, content.date)
        coverage.link(expected.id, slot.key, desk.documents[content.key], by=coordinator, now=now)

    return step


def _waiving(waiver: schema.Waiver, desk: Desk) -> Step:
    def step(now: dt.datetime, today: dt.date) -> None:
        coordinator = desk.actor(desk.content[waiver.roadmap].coordinator)
        expected = _expected(waiver, desk, coordinator, now)
        slot = _slot(expected, waiver.year, today)
        coverage.waive(expected.id, slot.key, waiver.reason, by=coordinator, now=now)

    return step


def _expected(
    proof: schema.Proof | schema.Waiver, desk: Desk, by: Actor, now: dt.datetime
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
