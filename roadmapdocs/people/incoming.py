"""Taking in people, units, posts and accounts that another program knows.

Whoever they come from (a host, a directory of the office, a file, a connector) says what it knows as a
:class:`Snapshot`; :func:`take_in` brings ours in line with it and reports on every record. It never guesses between
two: a record that may be either of them is refused, and the others go on.
"""

from __future__ import annotations

import contextlib
import datetime as dt

from roadmapdocs.db import transaction
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming_accounts import take_accounts
from roadmapdocs.people.incoming_leaving import open_work_of_leavers
from roadmapdocs.people.incoming_people import take_people
from roadmapdocs.people.incoming_posts import take_posts
from roadmapdocs.people.incoming_rules import (
    IncomingAccount,
    IncomingOrganisation,
    IncomingPerson,
    IncomingPost,
    IncomingUnit,
    Kind,
    Line,
    Report,
    Snapshot,
    What,
)
from roadmapdocs.people.incoming_taking import Taking, key_of
from roadmapdocs.people.incoming_units import take_organisations, take_units
from roadmapdocs.people.models import ExternalRecord, User
from roadmapdocs.people.rules import Actor, Role

__all__ = [
    "IncomingAccount",
    "IncomingOrganisation",
    "IncomingPerson",
    "IncomingPost",
    "IncomingUnit",
    "Kind",
    "Line",
    "Report",
    "Snapshot",
    "What",
    "take_in",
    "user_of",
]


class _DryRun(Exception):
    """Undoes all that was done: what it would come to is known only once it has been done."""


def take_in(snapshot: Snapshot, *, by: Actor, now: dt.datetime, today: dt.date, dry_run: bool = False) -> Report:
    """Bring our people in line with what the snapshot says, in one transaction; with ``dry_run`` only tell what would be.

    :raise Forbidden: if ``by`` is no administrator
    :raise Refusal: ``nobody_named`` for a complete snapshot without anybody
    """
    if not by.has(Role.ADMINISTRATOR):
        raise Forbidden("forbidden", _("People and units are kept by the administrator."))
    taking = Taking(snapshot.source, by, now, today)
    with contextlib.suppress(_DryRun), transaction():
        taking.read()
        _check(snapshot, taking)
        _take(snapshot, taking)
        taking.write()
        if dry_run:
            raise _DryRun
    order = {kind: place for place, kind in enumerate(Kind)}
    return Report(tuple(sorted(taking.lines, key=lambda line: (order[line.kind], line.external, line.name, line.what))))


def _check(snapshot: Snapshot, taking: Taking) -> None:
    if snapshot.complete and not snapshot.people and not snapshot.accounts and taking.known:
        sentence = _(
            "Nobody is named at all, so everybody would have left. Nothing was changed. "
            "Look whether the other program, or the file, gave what it should."
        )
        raise Refusal("nobody_named", sentence, source=snapshot.source)


def _take(snapshot: Snapshot, taking: Taking) -> None:
    take_organisations(taking, snapshot.organisations)
    take_units(taking, snapshot.units)
    people = take_people(taking, snapshot.people, snapshot.accounts)
    ended = take_posts(taking, snapshot.posts, people, complete=snapshot.complete)
    closed = take_accounts(taking, snapshot.accounts, complete=snapshot.complete)
    taking.lines.extend(open_work_of_leavers(taking, ended, closed))


def user_of(source: str, model: str, external: str) -> User | None:
    """Our account of an account or a person of another program; None for one that was never taken in.

    ``model`` is "user", or "employee" for the person behind it.
    """
    rows = ExternalRecord.select(ExternalRecord.kind, ExternalRecord.local_id)
    found = rows.where(
        (ExternalRecord.source == source) & (ExternalRecord.model == model) & (ExternalRecord.external == key_of(external))
    ).first()
    if found is None or found.kind not in {Kind.USER, Kind.EMPLOYEE}:
        return None
    column = User.id if found.kind == Kind.USER else User.employee
    account: User | None = User.get_or_none(column == found.local_id)
    return account
