"""Taking in the people of an Odoo: what was written since the last time, or all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from roadmapdocs.db import transaction
from roadmapdocs.erp.connector import people_rows
from roadmapdocs.erp.connector.odoo import PAGE, Odoo, Refused, Row, record_id
from roadmapdocs.erp.connector.reading import changed, written
from roadmapdocs.erp.models import ExternalLink, SyncCursor, SyncRun
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming import take_in
from roadmapdocs.people.incoming_rules import Kind, Report, Snapshot
from roadmapdocs.people.models import ExternalRecord
from roadmapdocs.people.rules import Actor, Role

SOURCE: Final = "odoo"
#: Read in this order: each speaks of those before it.
MODELS: Final[dict[str, tuple[str, ...]]] = {
    "res.company": ("name",),
    "hr.department": ("name", "parent_id", "company_id", "manager_id", "active"),
    "hr.employee": ("name", "work_email", "department_id", "job_title", "job_id", "user_id", "gender", "sex", "active"),
    "res.users": ("login", "active", "share", "group_ids", "groups_id"),
}
_KINDS: Final = {"res.company": Kind.ORGANISATION, "hr.department": Kind.UNIT, "hr.employee": Kind.EMPLOYEE, "res.users": Kind.USER}
#: Odoo dates a change by the beginning of its transaction and shows it at the end: as long as that may take.
OVERLAP: Final = dt.timedelta(minutes=10)
#: A run that came so long after the last record has seen everything before it, whatever the clocks of both sides say.
SETTLED: Final = dt.timedelta(days=1)

_PARTNERS: Final = (ExternalLink.source == SOURCE) & (ExternalLink.model == "res.partner")


@dataclass(frozen=True, slots=True)
class Pulled:
    """``read``: how many records of each model were read; ``renamed``: links whose partners have another name now;
    ``closed``: models that the account there may not read, or that are not installed.
    """

    read: Mapping[str, int]
    people: Report
    renamed: int
    closed: tuple[str, ...] = ()


@dataclass(slots=True)
class _Read:
    rows: dict[str, list[Row]] = field(default_factory=dict)
    cursors: dict[str, Row] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)


def pull(
    odoo: Odoo,
    roles_of: Mapping[str, Role],
    usual: Collection[Role],
    *,
    complete: bool = False,
    dry_run: bool = False,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Pulled:
    """``roles_of`` maps the name of a group there, in small letters, to a role here; whom no group gives one gets the ``usual`` ones.

    ``complete`` reads everything, and ends what is there no more. A ``dry_run`` tells what would be and moves no cursor.

    :raise Unreachable:
    :raise Refused: if the account there may not read what is needed
    """
    read = _read(odoo, everything=complete)
    rows = read.rows
    _add_staff_of_departments(odoo, rows)
    _add_accounts_of_staff(odoo, rows)
    accounts = _known_or_open(rows["res.users"])
    partners = _linked_partners(odoo)
    managers = {str(row["id"]): people_rows.reference(row, "manager_id") for row in rows["hr.department"]}
    snapshot = Snapshot(
        SOURCE,
        people_rows.organisations(rows["res.company"]),
        people_rows.units(rows["hr.department"]),
        people_rows.people(rows["hr.employee"]),
        people_rows.posts(rows["hr.employee"], managers),
        people_rows.accounts(accounts, _employees_of(odoo, accounts, rows["hr.employee"]), _roles(odoo, accounts, roles_of, usual)),
        complete=complete,
    )
    with transaction():
        report = take_in(snapshot, by=by, now=now, today=today, dry_run=dry_run)
        renamed = _rename(partners, dry_run=dry_run)
        if not dry_run:
            _move_cursors(read.cursors)
    return Pulled({model: len(found) for model, found in rows.items()}, report, renamed, tuple(read.closed))


def _read(odoo: Odoo, *, everything: bool) -> _Read:
    found = _Read()
    known = {row.model: row.written for row in SyncCursor.select().where(SyncCursor.source == SOURCE)}
    last = _last_run()
    for model, wanted in MODELS.items():
        there = odoo.fields(model)
        fields = [name for name in wanted if name in there]
        if not fields:
            _check_may_be_closed(model, everything=everything)
            found.closed.append(model)
        if "write_date" not in there:
            # Not told when it was written, so it is all read each time.
            found.rows[model] = _all(odoo, model, [], ["id", *fields]) if fields else []
            continue
        since = "" if everything else _since(known.get(model, ""), last)
        found.rows[model] = list(changed(odoo, model, fields, since))
        if found.rows[model]:
            found.cursors[model] = max(found.rows[model], key=lambda row: (written(row), int(row["id"])))
    return found


def _last_run() -> dt.datetime | None:
    """When the last run began that took everything in."""
    good = (SyncRun.source == SOURCE) & ~SyncRun.dry & (SyncRun.error == "") & SyncRun.ended_at.is_null(False)
    found: dt.datetime | None = SyncRun.select(SyncRun.started_at).where(good).order_by(SyncRun.id.desc()).scalar()
    return found


def _since(known: str, last: dt.datetime | None) -> str:
    """From which moment on is read, where the last record known was written at ``known``."""
    try:
        moment = dt.datetime.fromisoformat(known)
    except ValueError:
        return known
    moment = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment
    settled = last is not None and last - moment > SETTLED
    since = moment + dt.timedelta(seconds=1) if settled else moment - OVERLAP
    return since.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")


def _check_may_be_closed(model: str, *, everything: bool) -> None:
    """That nothing ends here because it cannot be seen there.

    :raise Refused: for a complete run, if records of this model were taken in before
    """
    before = (ExternalRecord.source == SOURCE) & (ExternalRecord.kind == str(_KINDS[model]))
    if everything and ExternalRecord.select().where(before).exists():
        sentence = _("%(model)s cannot be read there any more, and a complete run would end all that came from it", model=model)
        raise Refused(sentence)


def _add_staff_of_departments(odoo: Odoo, rows: dict[str, list[Row]]) -> None:
    """Who heads a department is written with the department: its people are looked at again."""
    have = {row["id"] for row in rows["hr.employee"]}
    asked = [row["id"] for row in rows["hr.department"]]
    rows["hr.employee"] += [row for row in _of(odoo, "hr.employee", "department_id", asked) if row["id"] not in have]


def _add_accounts_of_staff(odoo: Odoo, rows: dict[str, list[Row]]) -> None:
    """Whose an account is, is written with the employee: the account is looked at again."""
    have = {str(row["id"]) for row in rows["res.users"]}
    asked = {people_rows.reference(row, "user_id") for row in rows["hr.employee"]} - have - {""}
    rows["res.users"] += _of(odoo, "res.users", "id", sorted(map(int, asked)))


def _of(odoo: Odoo, model: str, name: str, values: Sequence[Any]) -> list[Row]:
    """Records of one of the models whose field has one of the values."""
    fields = [one for one in MODELS[model] if one in odoo.fields(model)]
    found: list[Row] = []
    for start in range(0, len(values), PAGE) if fields else ():
        found += _all(odoo, model, [[name, "in", list(values[start : start + PAGE])]], ["id", *fields])
    return found


def _known_or_open(users: list[Row]) -> list[Row]:
    """Accounts that are open, and closed ones that came in before: the others were never of this office."""
    asked = (ExternalRecord.source == SOURCE) & (ExternalRecord.kind == str(Kind.USER))
    known = {external for (external,) in ExternalRecord.select(ExternalRecord.external).where(asked).tuples()}
    return [row for row in users if people_rows.is_open(row) or str(row["id"]) in known]


def _employees_of(odoo: Odoo, users: list[Row], staff: list[Row]) -> dict[str, str]:
    """The employee of each account: known with the employees, or asked for."""
    found = {user: str(row["id"]) for row in staff if (user := people_rows.reference(row, "user_id"))}
    asked = [row["id"] for row in users if str(row["id"]) not in found]
    if "user_id" not in odoo.fields("hr.employee"):
        return found
    for start in range(0, len(asked), PAGE):
        domain = [["user_id", "in", asked[start : start + PAGE]]]
        for row in _all(odoo, "hr.employee", domain, ["id", "user_id"]):
            found[people_rows.reference(row, "user_id")] = str(row["id"])
    return found


def _roles(
    odoo: Odoo, users: list[Row], roles_of: Mapping[str, Role], usual: Collection[Role]
) -> dict[str, frozenset[Role]]:
    held = {str(row["id"]): row.get("group_ids") or row.get("groups_id") or [] for row in users}
    wanted = sorted({group for groups in held.values() for group in groups})
    names: dict[Any, str] = {}
    for start in range(0, len(wanted), PAGE):
        groups = odoo.search_read("res.groups", [["id", "in", wanted[start : start + PAGE]]], ["id", "name"])
        names.update({row["id"]: str(row["name"]) for row in groups})
    found = {}
    for user, groups in held.items():
        given = {roles_of[name] for group in groups if (name := names.get(group, "").casefold()) in roles_of}
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
    linked = sorted(number for (external,) in rows if (number := record_id(external)) is not None)
    found: list[Row] = []
    for start in range(0, len(linked), PAGE):
        found += odoo.search_read("res.partner", [["id", "in", linked[start : start + PAGE]]], ["id", "name"])
    return found


def _rename(partners: list[Row], *, dry_run: bool) -> int:
    """Links show their partner by the name that it bears now."""
    renamed = 0
    for row in partners:
        if not row["name"]:
            continue  # an address of a partner may have none
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
