"""What people of ours have to do by a day, shown to them in an Odoo as activities; what is done goes from there again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from roadmapdocs.db import transaction
from roadmapdocs.erp.calendar_terms import Term, terms_of
from roadmapdocs.erp.connector.odoo import PAGE, Odoo, Refused
from roadmapdocs.erp.connector.people_rows import reference
from roadmapdocs.erp.connector.pulling import SOURCE
from roadmapdocs.erp.connector.pushing import Stopping, never
from roadmapdocs.people.models import ExternalRecord, User
from roadmapdocs.people.operations import actor_of

ACTIVITY: Final = "mail.activity"
#: What activities of a person hang on: a record that every account has, and that has a place for them.
PARTNER: Final = "res.partner"


@dataclass(slots=True)
class Shown:
    """``made``, ``gone`` and ``same`` count activities; ``troubles`` are sentences."""

    made: int = 0
    gone: int = 0
    same: int = 0
    troubles: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody who has an account on both sides. ``partner`` is empty where the account there has none."""

    user: User
    external: int
    partner: str


def push_activities(
    odoo: Odoo, base_url: str, *, dry_run: bool, now: dt.datetime, today: dt.date, stopping: Stopping = never
) -> Shown:
    """Bring the activities there in line with the terms here, or as far as it comes until ``stopping`` says so.

    ``base_url`` is the registry's own address.

    :raise Unreachable: what has been done until then stays so
    """
    known = {row.written: row for row in ExternalRecord.select().where(_OURS)}
    wanted: set[str] = set()
    run = _Run(odoo, base_url, now, dry_run, _hangs_on(odoo), {row.external for row in known.values()})
    for person in _people(odoo):
        if stopping():
            return run.shown
        for term in terms_of(actor_of(person.user, today=today), today=today):
            # A term that moves is another activity.
            key = f"{person.external} {term.key} {term.day.isoformat()}"
            wanted.add(key)
            if key in known:
                run.shown.same += 1
            else:
                run.make(person, term, key)
    for key, row in known.items():
        if key not in wanted:
            run.end(row)
    return run.shown


_OURS: Final = (ExternalRecord.source == SOURCE) & (ExternalRecord.model == ACTIVITY)


@dataclass(slots=True)
class _Run:
    """``hangs_on`` says how an activity names the model of its record; ``noted`` are ids of activities known as ours."""

    odoo: Odoo
    base_url: str
    now: dt.datetime
    dry_run: bool
    hangs_on: Mapping[str, object]
    noted: set[str]
    shown: Shown = field(default_factory=Shown)

    def make(self, person: _Person, term: Term, key: str) -> None:
        if not person.partner:
            self.shown.troubles.append(f"{person.user.login}: res.users {person.external} has no partner_id")
            return
        if not self.dry_run:
            values = {
                **self.hangs_on,
                "res_id": int(person.partner),
                "user_id": person.external,
                "summary": term.title,
                "date_deadline": term.day.isoformat(),
                "note": f"{self.base_url}{term.path}" if self.base_url else "",
            }
            try:
                made = self._standing(values) or self.odoo.create(ACTIVITY, values)
            except Refused as problem:
                self.shown.troubles.append(str(problem))
                return
            self.noted.add(str(made))
            with transaction():
                ExternalRecord.create(
                    source=SOURCE, model=ACTIVITY, external=str(made), kind="term", local_id=person.user.id, written=key,
                    seen_at=self.now,
                )  # fmt: skip
        self.shown.made += 1

    def _standing(self, values: Mapping[str, object]) -> int | None:
        """One that was made before, by a run that was cut off before it could note that."""
        asked = [[name, "=", values[name]] for name in ("res_id", "user_id", "summary", "date_deadline")]
        found = self.odoo.search_read(ACTIVITY, [["res_model", "=", PARTNER], *asked], ["id"])
        return next((int(row["id"]) for row in found if str(row["id"]) not in self.noted), None)

    def end(self, row: ExternalRecord) -> None:
        if not self.dry_run:
            try:
                if self.odoo.search_read(ACTIVITY, [["id", "=", int(row.external)]], ["id"]):
                    self.odoo.unlink(ACTIVITY, int(row.external))
            except Refused as problem:
                self.shown.troubles.append(str(problem))
                return
            with transaction():
                ExternalRecord.delete().where(ExternalRecord.id == row.id).execute()
        self.shown.gone += 1


def _hangs_on(odoo: Odoo) -> dict[str, object]:
    """How an activity names the model of its record: by the id of the model, which the name only shows, where it may."""
    if "res_model_id" not in odoo.fields(ACTIVITY):
        return {"res_model": PARTNER}
    rows = odoo.search_read("ir.model", [["model", "=", PARTNER]], ["id"])
    return {"res_model_id": rows[0]["id"]} if rows else {"res_model": PARTNER}


def _people(odoo: Odoo) -> Iterator[_Person]:
    of_users = (ExternalRecord.source == SOURCE) & (ExternalRecord.kind == "user")
    accounts = {row.external: row.local_id for row in ExternalRecord.select().where(of_users) if row.external.isdecimal()}
    users = {user.id: user for user in User.select().where(User.active & User.employee.is_null(False))}
    both = sorted((int(external), users[local]) for external, local in accounts.items() if local in users)
    for start in range(0, len(both), PAGE):
        ids = [external for external, _user in both[start : start + PAGE]]
        rows = odoo.search_read("res.users", [["id", "in", ids]], ["id", "partner_id"])
        partners = {int(row["id"]): reference(row, "partner_id") for row in rows}
        for external, user in both[start : start + PAGE]:
            if external in partners:
                yield _Person(user, external, partners[external])
