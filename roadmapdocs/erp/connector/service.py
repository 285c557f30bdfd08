"""One run of the connector: people in, documents and terms out; on demand, and as a standing duty."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

import peewee as pw

from roadmapdocs.db import transaction
from roadmapdocs.duties import Duty, connected
from roadmapdocs.erp.connector.activities import push_activities
from roadmapdocs.erp.connector.odoo import LiveOdoo, Odoo, Refused, Unreachable
from roadmapdocs.erp.connector.pulling import SOURCE, pull
from roadmapdocs.erp.connector.pushing import push_documents
from roadmapdocs.erp.models import SyncPush, SyncRun
from roadmapdocs.erp.words import PushState
from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.files.store import FileStore, FolderStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import use_language
from roadmapdocs.people.incoming_rules import What
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.settings import Settings

EVERY_S: Final = 300.0
#: Reports are kept so long.
KEPT: Final = dt.timedelta(days=90)
#: Lines of a report that are told one by one.
MOST_LINES: Final = 500
Clock = Callable[[], dt.datetime]


def sync(
    odoo: Odoo,
    settings: Settings,
    store: FileStore,
    *,
    complete: bool = False,
    dry_run: bool = False,
    now: dt.datetime,
    ended: Clock,
) -> SyncRun:
    """Do a run and give its row with the report. ``ended`` tells the time at its end.

    An Odoo that cannot be reached ends the run, and the row says why; what was settled until then stays so.

    :raise ConfigurationError: if ``sign_in_roles`` or ``sign_in_makes`` name no roles
    """
    run: SyncRun = SyncRun.create(source=SOURCE, dry=dry_run, started_at=now)
    report: dict[str, Any] = {}
    error = ""
    today = now.astimezone(settings.zone).date()
    by_groups, usual = roles_by_groups(settings)
    try:
        report["version"] = odoo.version()
        pulled = pull(odoo, by_groups, usual, complete=complete, dry_run=dry_run, by=SYSTEM, now=now, today=today)
        told = [asdict(line) for line in pulled.people.lines if line.what is not What.SAME]
        report["read"], report["people"], report["renamed"] = dict(pulled.read), pulled.people.counts, pulled.renamed
        report["lines"], report["more"] = told[:MOST_LINES], max(len(told) - MOST_LINES, 0)
        pushed = push_documents(odoo, store, dry_run=dry_run, now=now)
        report["documents"], report["troubles"] = dict(pushed.counts), pushed.troubles
        shown = push_activities(odoo, settings.base_url.rstrip("/"), dry_run=dry_run, now=now, today=today)
        report["activities"] = {"made": shown.made, "gone": shown.gone, "same": shown.same}
        report["troubles"] += shown.troubles
    except Unreachable as problem:
        error = _("Odoo cannot be reached: %(problem)s. It is tried again at the next run.", problem=problem)
    except (Refused, Refusal) as problem:
        error = _("Odoo refused: %(problem)s. Look at the rights of the account there.", problem=problem)
    with transaction():
        SyncRun.update(ended_at=ended(), report=report, error=error).where(SyncRun.id == run.id).execute()
        SyncRun.delete().where((SyncRun.source == SOURCE) & (SyncRun.started_at < now - KEPT)).execute()
    return SyncRun.get_by_id(run.id)


def replay(now: dt.datetime) -> int:
    """Have everything that was given up sent once more; give how much that is."""
    dead = (SyncPush.source == SOURCE) & (SyncPush.state == str(PushState.DEAD))
    with transaction():
        values = {"state": str(PushState.WAITING), "attempts": 0, "next_at": now}
        return int(SyncPush.update(values).where(dead).execute())


def last_runs(limit: int = 10) -> list[SyncRun]:
    return list(SyncRun.select().where(SyncRun.source == SOURCE).order_by(SyncRun.id.desc()).limit(limit))


def queue_counts() -> dict[str, int]:
    """How much waits, is there and was given up."""
    rows = SyncPush.select(SyncPush.state, pw.fn.COUNT(SyncPush.id)).where(SyncPush.source == SOURCE).group_by(SyncPush.state)
    found = dict(rows.tuples())
    return {str(state): found.get(str(state), 0) for state in PushState}


def duty_of(settings: Settings, clock: Clock) -> Duty | None:
    """The standing duty, where the settings name an Odoo."""
    if not settings.odoo_address:
        return None

    def turn(_stopping: threading.Event) -> None:
        with connected(), use_language(settings.language):
            sync(LiveOdoo(settings), settings, FolderStore(settings.files_folder), now=clock(), ended=clock)

    return Duty("odoo", turn, every=EVERY_S)


def roles_by_groups(settings: Settings) -> tuple[Mapping[str, frozenset[Role]], frozenset[Role]]:
    """Roles by the names of groups elsewhere, and those of whom no group gives any.

    :raise ConfigurationError: naming the key and the role that there is none of
    """
    found: dict[str, set[Role]] = {}
    for pair in filter(None, re.split(r"\s*[,;\n]\s*", settings.sign_in_roles.strip())):
        group, equals, role = pair.rpartition("=")
        if not equals or not group.strip():
            raise ConfigurationError(f"sign_in_roles: {pair!r} is not a pair such as office-clerks=clerk")
        found.setdefault(group.strip(), set()).add(_role("sign_in_roles", role))
    usual = (one for one in re.split(r"[\s,;]+", settings.sign_in_makes) if one)
    return {group: frozenset(roles) for group, roles in found.items()}, frozenset(_role("sign_in_makes", one) for one in usual)


def _role(key: str, name: str) -> Role:
    try:
        return Role(name.strip())
    except ValueError as problem:
        raise ConfigurationError(f"{key}: {name.strip()!r} is no role; known: {', '.join(Role)}") from problem
