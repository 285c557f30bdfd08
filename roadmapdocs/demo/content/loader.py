"""Reads the content files and fills them for one day."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from roadmapdocs.assignments.deadlines import moved
from roadmapdocs.demo.content.dates import day_of, fill, long_date, shifted_month, working_day
from roadmapdocs.demo.content.numbers import registration_numbers
from roadmapdocs.demo.content.schema import (
    Absence,
    Act,
    ActingHead,
    Assignment,
    AssignmentAct,
    Case,
    Document,
    Employee,
    Item,
    Journal,
    Link,
    Office,
    Organisation,
    Post,
    Proof,
    Roadmap,
    Route,
    RouteStep,
    Section,
    SignatureRule,
    Unit,
    User,
    Waiver,
)
from roadmapdocs.workdays.rules import Calendar

ROADMAP_FILES = ("reading", "rural", "buses", "digital", "growth")

_APPROVED = {
    "положение": "УТВЕРЖДЕНО",
    "порядок": "УТВЕРЖДЁН",
    "план": "УТВЕРЖДЁН",
    "программа": "УТВЕРЖДЕНА",
}

Issued = Mapping[str, tuple[dt.date, str]]


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who works where, for the requisites of documents."""

    organisations: Mapping[str, Organisation]
    employees: Mapping[str, Employee]
    posts: tuple[Post, ...]

    def post_on(self, employee: str, day: dt.date) -> str:
        """The title of the post held on that day; an acting post goes before the person's own."""
        held = [
            post
            for post in self.posts
            if post.employee == employee and post.since <= day and (post.until is None or day <= post.until)
        ]
        return max(held, key=lambda post: post.acting).title

    def unit_on(self, employee: str, day: dt.date) -> str:
        """The unit of the employee's own post; heads of schools work in the unit of all schools."""
        posts = [post for post in self.posts if post.employee == employee and not post.acting]
        held = [post for post in posts if post.since <= day] or posts
        return max(held, key=lambda post: post.since).unit or "oo"

    def stamp(self, row: dict[str, Any], organisation: Organisation, issued: Issued) -> tuple[str, ...]:
        """«УТВЕРЖДЕНО приказом …» in the gender of the kind, or the head's own «УТВЕРЖДАЮ»."""
        if row["kind"] not in _APPROVED or row.get("preparation", "signed") != "signed":
            return ()
        if "approved_by" in row:
            day, number = issued[row["approved_by"]]
            cited = f"от {day:%d.%m.%Y} № {number}"
            return (_APPROVED[row["kind"]], f"приказом {organisation.genitive}", cited)
        day, _ = issued[row["key"]]
        name = self.employees[row["signer"]].initials_first
        return ("УТВЕРЖДАЮ", self.post_on(row["signer"], day), name, long_date(day))


def begins_on(today: dt.date) -> dt.date:
    """The day on which the office went over from paper to the registry: 1 September of last year or just before."""
    return working_day(dt.date(today.year - 1, 9, 1))


def load_office(today: dt.date) -> Office:
    """The whole office as it is on that day."""
    raw = _read("office")
    registry = _read("registry")
    journals = tuple(Journal(**row) for row in raw["journals"])
    approvals, assignments = _read("approvals"), _read("assignments")
    more = [row for one in (registry, approvals, assignments) for row in one["documents"]]
    raw_documents = [*_read("documents")["documents"], *more]
    for row in raw_documents:
        row["links"] = [*row.get("links", ()), *registry["links"].get(row["key"], ())]
        row["reason"] = row.get("reason") or registry["skips"].get(row["key"], {}).get("reason", "")
    skips = {key: skip["numbers"] for key, skip in registry["skips"].items()}
    issued = registration_numbers(raw_documents, journals, skips, today)
    organisations = tuple(Organisation(**({"parent": None} | row)) for row in raw["organisations"])
    employees = tuple(_employee(row) for row in raw["employees"])
    posts = tuple(_post(row, today) for row in raw["posts"])
    desk = _Desk(
        {organisation.key: organisation for organisation in organisations},
        {employee.key: employee for employee in employees},
        posts,
    )
    return Office(
        today=today,
        district=raw["district"],
        organisations=organisations,
        units=tuple(Unit(**row) for row in raw["units"]),
        employees=employees,
        posts=posts,
        users=tuple(User(**row) for row in raw["users"]),
        journals=journals,
        cases=tuple(_case(row) for row in raw["cases"]),
        roadmaps=tuple(_roadmap(_read(name), today, issued) for name in ROADMAP_FILES),
        documents=tuple(_document(row, today, issued, desk) for row in raw_documents),
        acts=tuple(_act(row, today, issued) for one in (registry, approvals, assignments) for row in one["acts"]),
        waivers=tuple(_waiver(row, today) for row in _read("waivers")["waivers"]),
        routes=tuple(_route(row, today) for row in approvals["routes"]),
        absences=tuple(Absence(**_dated(row | {"substitutes": tuple(row["substitutes"])}, today)) for row in approvals["absences"]),
        acting=tuple(ActingHead(**_dated(row, today) | {"basis": fill(row["basis"], today, issued)}) for row in approvals["acting"]),
        signature_rule=SignatureRule(**_dated(approvals["signature_rule"], today)),
        assignments=tuple(_assignment(row, today) for row in assignments["assignments"]),
    )


def _read(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _employee(row: dict[str, Any]) -> Employee:
    return Employee(**row, email=f"{row['key']}@example.org")


def _post(row: dict[str, Any], today: dt.date) -> Post:
    return Post(
        employee=row["employee"],
        organisation=row["organisation"],
        unit=row.get("unit"),
        title=row["title"],
        head=row.get("head", False),
        acting=row.get("acting", False),
        since=day_of(row["since"], today),
        until=day_of(row["until"], today) if "until" in row else None,
    )


def _roadmap(raw: dict[str, Any], today: dt.date, issued: Issued) -> Roadmap:
    def filled(text: str) -> str:
        return fill(text, today, issued)

    sections, items = [], []
    for section in raw["sections"]:
        number = section["number"]
        parent = number.rpartition(".")[0] or None
        sections.append(Section(number=number, title=section["title"], parent=parent))
        items += [_item(row, number, today, issued) for row in section.get("items", ())]
    return Roadmap(
        key=raw["key"],
        layout=raw["layout"],
        file_name=raw["file_name"],
        title=filled(raw["title"]),
        years=(today.year - 1, today.year, today.year + 1),
        coordinator=raw["coordinator"],
        approved_by=raw.get("approved_by"),
        stamp=tuple(filled(line) for line in raw.get("stamp", ())),
        preamble=tuple(filled(line) for line in raw["preamble"]),
        abbreviations=dict(raw.get("abbreviations", {})),
        sections=tuple(sections),
        items=tuple(items),
    )


def _item(row: dict[str, Any], section: str, today: dt.date, issued: Issued) -> Item:
    expected = [row["result"]] if "result" in row else row["expects"]
    return Item(
        number=row["n"],
        printed=row.get("printed", row["n"]),
        section=section,
        title=fill(row["title"], today, issued),
        terms=fill(row.get("when", ""), today, issued),
        responsible=row["who"],
        expected=tuple(expected),
        planned=tuple(row.get("planned", ())),
        cells=tuple(fill(cell, today, issued) for cell in row.get("cells", ())),
    )


def _document(row: dict[str, Any], today: dt.date, issued: Issued, desk: _Desk) -> Document:
    day, number = issued[row["key"]]
    organisation = desk.organisations[row.get("organisation", "uo")]
    body = fill(row.get("body", "").strip(), today, issued)
    return Document(
        key=row["key"],
        kind=row["kind"],
        code=row.get("code", ""),
        organisation=organisation.key,
        organisation_name=organisation.name,
        place=organisation.place,
        unit=row.get("unit") or desk.unit_on(row["drafter"], day),
        journal=row.get("journal"),
        number=number,
        on_paper=day < begins_on(today),
        by_hand=bool(row["reason"]),
        reserved=row.get("reserved", False),
        reason=row["reason"],
        date=day,
        title=fill(row["title"], today, issued),
        summary=row["summary"],
        signer=row["signer"],
        signer_name=desk.employees[row["signer"]].initials_first,
        signer_post=desk.post_on(row["signer"], day),
        drafter=row["drafter"],
        drafter_name=desk.employees[row["drafter"]].initials_first,
        preparation=row.get("preparation", "signed"),
        mark=row.get("mark", "general"),
        mark_basis=row.get("mark_basis", ""),
        council=row.get("council", ""),
        approved_by=row.get("approved_by"),
        stamp=desk.stamp(row, organisation, issued),
        body=tuple(line for line in body.splitlines() if line),
        links=tuple(Link(**link) for link in row["links"]),
        proves=tuple(Proof(*_period_of_item(text, today)) for text in row.get("proves", ())),
    )


def _case(row: dict[str, Any]) -> Case:
    return Case(**row | {name: tuple(row.get(name, ())) for name in ("journals", "kinds")})


def _act(row: dict[str, Any], today: dt.date, issued: Issued) -> Act:
    days: dict[str, Any] = {name: working_day(day_of(row[name], today)) for name in ("day", "due", "since") if name in row}
    many = {name: tuple(row.get(name, ())) for name in ("people", "units", "witnesses")}
    return Act(**row | days | many | {"reason": fill(row.get("reason", ""), today, issued)})


def _assignment(row: dict[str, Any], today: dt.date) -> Assignment:
    """People act on working days; deadlines stay on the day that is named: the office's calendar moves them."""
    told = dict(row, executors=tuple(row.get("executors", ())), given=working_day(day_of(row["given"], today)))
    if "due" in row:
        due = _deadline(row["due"], today)
        told["due"] = quarter_before(due) if "recurrence" in row else due
    if "item" in row:
        roadmap, number = row["item"].split()
        told["item"] = roadmap, number
    return Assignment(**told | {"acts": tuple(_assignment_act(one, today) for one in row.get("acts", ()))})


def _deadline(moment: str, today: dt.date) -> dt.date:
    """The day of a moment; in long holidays the working day after, where the one before would make it late already."""
    day, calendar = day_of(moment, today), Calendar({})
    return moved(day, calendar, "after") if moved(day, calendar, "before") < today <= day else day


def _assignment_act(row: dict[str, Any], today: dt.date) -> AssignmentAct:
    wanted = {"wanted": day_of(row["wanted"], today)} if "wanted" in row else {}
    return AssignmentAct(**row | wanted | {"day": working_day(day_of(row["day"], today))})


def quarter_before(day: dt.date) -> dt.date:
    """The same day of the month a quarter earlier; the 28th stands for the last days of months, which are not in all."""
    return shifted_month(day, -3).replace(day=min(day.day, 28))


def _route(row: dict[str, Any], today: dt.date) -> Route:
    steps = tuple(RouteStep(**step | {"people": tuple(step.get("people", ()))}) for step in row["steps"])
    names = {name: tuple(row.get(name, ())) for name in ("kinds", "units")}
    return Route(**_dated(row, today) | names | {"steps": steps})


def _dated(row: dict[str, Any], today: dt.date) -> dict[str, Any]:
    """The row with its moments as days, whether or not anybody works on them."""
    return row | {name: day_of(row[name], today) for name in ("since", "until") if name in row}


def _waiver(row: dict[str, Any], today: dt.date) -> Waiver:
    return Waiver(*_period_of_item(row["row"], today), reason=row["reason"])


def _period_of_item(text: str, today: dt.date) -> tuple[str, str, int, int | None]:
    """«rural 2.1 0 y-1» → roadmap, item, position of the expected document, year or None."""
    roadmap, item, expected, *year = text.split()
    return roadmap, item, int(expected), today.year + int(year[0][1:] or 0) if year else None
