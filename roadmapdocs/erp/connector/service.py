"""One run of the connector: people in, documents and terms out; on demand, and as a standing duty."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import peewee as pw

from roadmapdocs.audit.operations import changes_hash
from roadmapdocs.db import transaction
from roadmapdocs.duties import Duty, connected
from roadmapdocs.erp.connector.activities import push_activities
from roadmapdocs.erp.connector.odoo import LiveOdoo, Odoo, Refused, Unreachable
from roadmapdocs.erp.connector.pulling import SOURCE, pull
from roadmapdocs.erp.connector.pushing import Stopping, never, push_documents
from roadmapdocs.erp.models import SyncPush, SyncRun
from roadmapdocs.erp.words import PushState
from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.files.store import FileStore, FolderStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import use_language
from roadmapdocs.locks import Lock, LockedError, held
from roadmapdocs.people.incoming_rules import What
from roadmapdocs.people.outside import roles_by_group, roles_made
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.settings import Settings

log = logging.getLogger(__name__)
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
    stopping: Stopping = never,
    always: bool = True,
) -> SyncRun:
    """Do a run and give its row with the report. ``ended`` tells the time at its end.

    Terms are gone through ``always``, or else only on a new day and after a change of something here.

    An Odoo that cannot be reached ends the run, and the row says why; what was settled until then stays so.

    :raise Refusal: ``under_way`` while another process does one: two would send everything twice
    :raise ConfigurationError: if ``sign_in_roles`` or ``sign_in_makes`` name no roles
    """
    roles = roles_by_group(settings.sign_in_roles), roles_made(settings.sign_in_makes)
    job = _Job(odoo, settings, store, roles, complete, dry_run, now, stopping, always)
    try:
        with held(Lock.SYNCING, wait_s=0):
            return _run(job, ended)
    except LockedError as problem:
        sentence = _("Another run is under way, so this one was not begun. Look at “roadmapdocs odoo status” in a minute.")
        raise Refusal("under_way", sentence) from problem


@dataclass(frozen=True, slots=True)
class _Job:
    odoo: Odoo
    settings: Settings
    store: FileStore
    roles: tuple[Mapping[str, Role], frozenset[Role]]
    complete: bool
    dry_run: bool
    now: dt.datetime
    stopping: Stopping
    always: bool


def _run(job: _Job, ended: Clock) -> SyncRun:
    run: SyncRun = SyncRun.create(source=SOURCE, dry=job.dry_run, started_at=job.now)
    report: dict[str, Any] = {"troubles": []}
    error = _("Something broke on our side. What, stands in the log.")
    try:
        _work(job, report)
        error = ""
    except Unreachable as problem:
        error = _("Odoo cannot be reached: %(problem)s. It is tried again at the next run.", problem=problem)
    except Refused as problem:
        error = _("Odoo refused: %(problem)s. Look at the rights of the account there.", problem=problem)
    except Refusal as refusal:
        error = refusal.message
    finally:
        with transaction():
            SyncRun.update(ended_at=ended(), report=report, error=error).where(SyncRun.id == run.id).execute()
            SyncRun.delete().where((SyncRun.source == SOURCE) & (SyncRun.started_at < job.now - KEPT)).execute()
    return SyncRun.get_by_id(run.id)


def _work(job: _Job, report: dict[str, Any]) -> None:
    """Fills the report as it goes."""
    odoo, now, today, dry_run = job.odoo, job.now, job.now.astimezone(job.settings.zone).date(), job.dry_run
    report["version"] = odoo.version()
    pulled = pull(odoo, *job.roles, complete=job.complete, dry_run=dry_run, by=SYSTEM, now=now, today=today)
    told = [asdict(line) for line in pulled.people.lines if line.what is not What.SAME]
    report["read"], report["people"], report["renamed"] = dict(pulled.read), pulled.people.counts, pulled.renamed
    report["lines"], report["more"] = told[:MOST_LINES], max(len(told) - MOST_LINES, 0)
    report["troubles"] += [_("%(model)s is not open to the account there, or not installed.", model=one) for one in pulled.closed]
    pushed = push_documents(odoo, job.store, dry_run=dry_run, now=now, stopping=job.stopping)
    report["documents"] = dict(pushed.counts)
    report["troubles"] += pushed.troubles
    state = f"{changes_hash()} {today}"
    if not job.always and state == _state_of_terms():
        report["terms"] = state
        return
    base_url = job.settings.base_url.rstrip("/")
    shown = push_activities(odoo, base_url, dry_run=dry_run, now=now, today=today, stopping=job.stopping)
    report["activities"] = {"made": shown.made, "gone": shown.gone, "same": shown.same}
    report["troubles"] += shown.troubles
    if not dry_run and not shown.troubles and not job.stopping():
        report["terms"] = state


def _state_of_terms() -> str:
    """Under what state of the registry, on what day, the last run went through all terms; empty if it did not."""
    runs = SyncRun.select(SyncRun.report).where((SyncRun.source == SOURCE) & ~SyncRun.dry & (SyncRun.error == ""))
    last = runs.where(SyncRun.ended_at.is_null(False)).order_by(SyncRun.id.desc()).first()
    return str(last.report.get("terms", "")) if last is not None else ""


def replay(now: dt.datetime) -> int:
    """Have everything that was given up sent once more; give how much that is."""
    dead = (SyncPush.source == SOURCE) & (SyncPush.state == str(PushState.DEAD))
    with transaction():
        values = {"state": str(PushState.WAITING), "attempts": 0, "next_at": now}
        return int(SyncPush.update(values).where(dead).execute())


def last_runs(limit: int = 10) -> list[SyncRun]:
    return list(SyncRun.select().where(SyncRun.source == SOURCE).order_by(SyncRun.id.desc()).limit(limit))


def given_up(limit: int = 100) -> list[tuple[int, str]]:
    """Documents that are not sent any more until somebody asks, by id, and why."""
    dead = (SyncPush.source == SOURCE) & (SyncPush.state == str(PushState.DEAD))
    rows = SyncPush.select(SyncPush.local_id, SyncPush.error).where(dead).order_by(SyncPush.id).limit(limit)
    return list(rows.tuples())


def queue_counts() -> dict[str, int]:
    """How much waits, is there and was given up."""
    rows = SyncPush.select(SyncPush.state, pw.fn.COUNT(SyncPush.id)).where(SyncPush.source == SOURCE).group_by(SyncPush.state)
    found = dict(rows.tuples())
    return {str(state): found.get(str(state), 0) for state in PushState}


def duty_of(settings: Settings, clock: Clock) -> Duty | None:
    """The standing duty, where the settings name an Odoo."""
    if not settings.odoo_address:
        return None

    def turn(stopping: threading.Event) -> None:
        with connected(), use_language(settings.language):
            store = FolderStore(settings.files_folder)
            try:
                sync(LiveOdoo(settings), settings, store, now=clock(), ended=clock, stopping=stopping.is_set, always=False)
            except (ConfigurationError, Refusal) as problem:
                # A sentence says it; of another run under way nobody has to know.
                log.log(logging.INFO if isinstance(problem, Refusal) else logging.ERROR, "%s", problem)

    return Duty("odoo", turn, every=EVERY_S)
