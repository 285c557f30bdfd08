"""Taking in the people of an Odoo: what was written since the last time, or all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from roadmapdocs.db import transaction
from roadmapdocs.erp.connector import people_rows
from roadmapdocs.erp.connector.odoo import PAGE, Odoo, Row
from roadmapdocs.erp.connector.reading import changed, written
from roadmapdocs.erp.models import ExternalLink, SyncCursor
from roadmapdocs.people.incoming import take_in
from roadmapdocs.people.incoming_rules import Report, Snapshot
from roadmapdocs.people.rules import Actor, Role

SOURCE: Final = "odoo"
#: Read in this order: each speaks of those before it.
MODELS: Final[dict[str, tuple[str, ...]]] = {
    "res.company": ("name",),
    "hr.department": ("name", "parent_id", "company_id", "manager_id", "active"),
    "hr.employee": ("name", "work_email", "department_id", "job_title", "job_id", "user_id", "gender", "sex", "active"),
    "res.users": ("login", "active", "group_ids", "groups_id"),
}


_PARTNERS: Final = (ExternalLink.source == SOURCE) & (ExternalLink.model == "res.partner")


@dataclass(frozen=True, slots=True)
class Pulled:
    """``read``: how many records of each model were read; ``renamed``: links whose partners have another name now."""

    read: Mapping[str, int]
    people: Report
    renamed: int


@dataclass(slots=True)
class _Read:
    rows: dict[str, list[Row]] = field(default_factory=dict)
    cursors: dict[str, Row] = field(default_factory=dict)


def pull(
    odoo: Odoo,
    roles_of: Mapping[str, Collection[Role]],
    usual: Collection[Role],
    *,
    complete: bool = False,
    dry_run: bool = False,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Pulled:
    """``roles_of`` maps the name of a group there to roles here; whom no group gives any gets the ``usual`` ones.

    ``complete`` reads everything, and ends what is there no more. A ``dry_run`` tells what would be and moves no cursor.

    :raise Unreachable:
    :raise Refused: if the account there may not read what is needed
    """
    read = _read(odoo, everything=complete)
    rows = read.rows
    _add_staff_of_departments(odoo, rows)
    partners = _linked_partners(odoo)
    managers = {str(row["id"]): people_rows.reference(row, "manager_id") for row in rows["hr.department"]}
    snapshot = Snapshot(
        SOURCE,
        people_rows.organisations(rows["res.company"]),
        people_rows.units(rows["hr.department"]),
        people_rows.people(rows["hr.employee"]),
        people_rows.posts(rows["hr.employee"], managers),
        people_rows.accounts(rows["res.users"], _employees_of(odoo, rows), _roles(odoo, rows["res.users"], roles_of, usual)),
        complete=complete,
    )
    with transaction():
        report = take_in(snapshot, by=by, now=now, today=today, dry_run=dry_run)
        renamed = _rename(partners, dry_run=dry_run)
        if not dry_run:
            _move_cursors(read.cursors)
    return Pulled({model: len(found) for model, found in rows.items()}, report, renamed)


def _read(odoo: Odoo, *, everything: bool) -> _Read:
    found = _Read()
    known = {row.model: row.written for row in SyncCursor.select().where(SyncCursor.source == SOURCE)}
    for model, wanted in MODELS.items():
        there = odoo.fields(model)
        fields = [name for name in wanted if name in there]
        if "write_date" not in there:
            # Not told when it was written, so it is all read each time.
            found.rows[model] = _all(odoo, model, [], ["id", *fields]) if fields else []
            continue
        since = "" if everything else known.get(model, "")
        found.rows[model] = list(changed(odoo, model, fields, since))
        if found.rows[model]:
            found.cursors[model] = max(found.rows[model], key=lambda row: (written(row), int(row["id"])))
    return found


def _add_staff_of_departments(odoo: Odoo, rows: dict[str, list[Row]]) -> None:
    """Who heads a department is written with the department: its people are looked at again."""
    asked = [row["id"] for row in rows["hr.department"]]
    have = {row["id"] for row in rows["hr.employee"]}
    fields = [name for name in MODELS["hr.employee"] if name in odoo.fields("hr.employee")]
    for start in range(0, len(asked), PAGE):
        domain = [["department_id", "in", asked[start : start + PAGE]]]
        rows["hr.employee"] += [row for row in _all(odoo, "hr.employee", domain, ["id", *fields]) if row["id"] not in have]


def _employees_of(odoo: Odoo, rows: Mapping[str, list[Row]]) -> dict[str, str]:
    """The employee of each account that was read: known with the employees, or asked for."""
    users = [row["id"] for row in rows["res.users"]]
    found = {user: str(row["id"]) for row in rows["hr.employee"] if (user := people_rows.reference(row, "user_id"))}
    asked = [user for user in users if str(user) not in found]
    for start in range(0, len(asked), PAGE):
        domain = [["user_id", "in", asked[start : start + PAGE]]]
        for row in _all(odoo, "hr.employee", domain, ["id", "user_id"]):
            found[people_rows.reference(row, "user_id")] = str(row["id"])
    return found


def _roles(
    odoo: Odoo, users: list[Row], roles_of: Mapping[str, Collection[Role]], usual: Collection[Role]
) -> dict[str, frozenset[Role]]:
    held = {str(row["id"]): row.get("group_ids") or row.get("groups_id") or [] for row in users}
    wanted = sorted({group for groups in held.values() for group in groups})
    names: dict[Any, str] = {}
    for start in range(0, len(wanted), PAGE):
        groups = odoo.search_read("res.groups", [["id", "in", wanted[start : start + PAGE]]], ["id", "name"])
        names.update({row["id"]: str(row["name"]) for row in groups})
    found = {}
    for user, groups in held.items():
        given = {role for group in groups for role in roles_of.get(names.get(group, ""), ())}
        found[user] = frozenset(given or usual)
    return found


def _all(odoo: Odoo, model: str, domain: list[Any], fields: list[str]) -> list[Row]:
    rows: list[Row] = []
    while True:
        page = odoo.search_read(model, domain, fields, offset=len(rows))
        rows += page
        if len(page) < PAGE:
            return rows


def _linked_partners(odoo: Odoo) -> list[Row]:
    """Partners to which something here is linked: of the others we want nothing."""
    rows = ExternalLink.select(ExternalLink.external).where(_PARTNERS).distinct().tuples()
    linked = sorted(int(external) for (external,) in rows if external.isdecimal())
    found: list[Row] = []
    for start in range(0, len(linked), PAGE):
        found += odoo.search_read("res.partner", [["id", "in", linked[start : start + PAGE]]], ["id", "name"])
    return found


def _rename(partners: list[Row], *, dry_run: bool) -> int:
    """Links show their partner by the name that it bears now."""
    renamed = 0
    for row in partners:
        other = _PARTNERS & (ExternalLink.external == str(row["id"])) & (ExternalLink.title != str(row["name"]))
        if dry_run:
            renamed += ExternalLink.select().where(other).count()
        else:
            renamed += ExternalLink.update(title=str(row["name"])).where(other).execute()
    return renamed


def _move_cursors(last: Mapping[str, Row]) -> None:
    for model, row in last.items():
        values = {SyncCursor.written: written(row), SyncCursor.external: str(row["id"])}
        SyncCursor.insert({SyncCursor.source: SOURCE, SyncCursor.model: model, **values}).on_conflict(
            conflict_target=[SyncCursor.source, SyncCursor.model], update=values
        ).execute()
