"""A worker: hands due mail to the mailer, makes digests, and takes up what a dead worker left behind.

Every step is claimed by an update that only one worker can win, so any number of workers may run at once.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

import peewee as pw

from roadmapdocs.db import transaction
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import use_language
from roadmapdocs.notices import mails
from roadmapdocs.notices.models import Delivery, Notice, NoticeSettings
from roadmapdocs.notices.operations import habits_of, new_delivery
from roadmapdocs.notices.ports import FolderMailer, Mailer, Permanent, SmtpMailer, Temporary
from roadmapdocs.notices.rules import (
    STALE_AFTER,
    DayOff,
    DeliveryKind,
    DeliveryState,
    Habits,
    digest_after,
    gives_up,
    may_go_at,
    wait_after,
)
from roadmapdocs.settings import MAIL_PORTS, Settings

log = logging.getLogger(__name__)

Clock = Callable[[], dt.datetime]
LONGEST_ERROR = 500
#: A mail in one of these is not tried any more.
_FINAL = frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.GIVEN_UP, DeliveryState.NEEDLESS})


@dataclass(slots=True)
class Report:
    """What one round of deliveries came to, by how many mails. ``stopped`` says why it ended early, if it did."""

    counts: dict[DeliveryState, int] = field(default_factory=dict)
    stopped: str = ""

    def count(self, state: DeliveryState) -> None:
        self.counts[state] = self.counts.get(state, 0) + 1

    def number(self, state: DeliveryState) -> int:
        return self.counts.get(state, 0)


@dataclass(frozen=True, slots=True)
class Worker:
    """``stop`` is asked before each mail: the one in hand is always finished."""

    settings: Settings
    mailer: Mailer
    clock: Clock
    day_off: DayOff
    stop: Callable[[], bool] = lambda: False

    def deliver_due(self) -> Report:
        """Send what is due. A server that cannot be reached ends the round: the others wait for the next one."""
        report = Report()
        with use_language(self.settings.language):
            while not self.stop():
                delivery = self._claim()
                if delivery is None:
                    break
                try:
                    self._deliver(delivery, report)
                except Temporary as problem:
                    self._postpone(delivery, str(problem), report)
                    if problem.everything:
                        report.stopped = str(problem)
                        break
                except Permanent as problem:
                    self._settle(delivery, DeliveryState.FAILED, report, str(problem))
                except (ValueError, LookupError, TypeError) as problem:
                    # One mail that cannot be composed must not stand before all others.
                    log.exception("The mail %s could not be composed", delivery.message_id)
                    told = _("The mail could not be composed. The worker's log says why: %(reason)s", reason=type(problem).__name__)
                    self._postpone(delivery, told, report)
        return report

    def sweep(self) -> None:
        """What time itself brings: mail that a dead worker had in hand, and digests."""
        now = self.clock()
        left = (Delivery.state == str(DeliveryState.SENDING)) & (Delivery.claimed_at <= now - STALE_AFTER)
        Delivery.update(state=str(DeliveryState.PENDING)).where(left).execute()
        for employee_id, oldest in _waiting_for_digest():
            habits = self._habits(employee_id)
            if digest_after(self._local(oldest), habits, self.day_off) <= self._local(now):
                _make_digest(employee_id, now)

    def _claim(self) -> Delivery | None:
        """The next mail that may go, in this worker's hands and no other's."""
        while True:
            now = self.clock()
            due = (Delivery.state == str(DeliveryState.PENDING)) & (Delivery.next_at <= now)
            delivery = Delivery.select().where(due).order_by(Delivery.next_at, Delivery.id).first()
            if delivery is None:
                return None
            local = self._local(now)
            later = may_go_at(local, self._habits(delivery.employee_id), self.day_off, urgent=delivery.urgent)
            if later > local:
                _change(delivery, DeliveryState.PENDING, next_at=later)
            elif _change(
                delivery, DeliveryState.PENDING, state=str(DeliveryState.SENDING), claimed_at=now, attempts=Delivery.attempts + 1
            ):
                return Delivery.get_by_id(delivery.id)

    def _deliver(self, delivery: Delivery, report: Report) -> None:
        now = self.clock()
        mail = mails.mail_of(delivery, settings=self.settings, now=now)
        if mail is None:
            self._settle(delivery, DeliveryState.NEEDLESS, report)
            return
        _change(delivery, DeliveryState.SENDING, address=str(mail["To"]), subject=str(mail["Subject"]))
        self.mailer.send(mail)
        self._settle(delivery, DeliveryState.SENT, report, sent_at=self.clock())

    def _settle(
        self, delivery: Delivery, state: DeliveryState, report: Report, error: str = "", *, sent_at: dt.datetime | None = None
    ) -> None:
        columns: dict[str, object] = {"state": str(state), "sent_at": sent_at, "last_error": error[:LONGEST_ERROR]}
        if state in _FINAL:
            # A letter may hold a secret link: once it is not on its way any more, nobody needs it here.
            columns["letter"] = {}
        _change(delivery, DeliveryState.SENDING, **columns)
        report.count(state)

    def _postpone(self, delivery: Delivery, reason: str, report: Report) -> None:
        now = self.clock()
        if gives_up(delivery.created_at, now):
            self._settle(delivery, DeliveryState.GIVEN_UP, report, reason)
            return
        later = now + wait_after(delivery.attempts)
        _change(
            delivery, DeliveryState.SENDING, state=str(DeliveryState.PENDING), next_at=later, last_error=reason[:LONGEST_ERROR]
        )
        report.count(DeliveryState.PENDING)

    def _habits(self, employee_id: int | None) -> Habits:
        mine = NoticeSettings.get_or_none(NoticeSettings.employee == (employee_id or 0))
        return habits_of(mine, office_habits(self.settings))

    def _local(self, moment: dt.datetime) -> dt.datetime:
        return moment.astimezone(self.settings.zone)


def mailer_of(settings: Settings) -> Mailer:
    """The way by which this office's mail leaves the house.

    :raise ConfigurationError: if the file with the password cannot be read
    """
    if not settings.mail_host:
        return FolderMailer(settings.outbox_folder)
    return SmtpMailer(
        settings.mail_host,
        settings.mail_port or MAIL_PORTS[settings.mail_security],
        security=settings.mail_security,
        user=settings.mail_user,
        password=settings.secret("mail_password"),
    )


def office_habits(settings: Settings) -> Habits:
    """How mail comes to whoever has chosen nothing."""
    return Habits(
        digest_at=settings.hour("digest_at"),
        quiet_from=settings.hour("quiet_from"),
        quiet_until=settings.hour("quiet_until"),
    )


def _change(delivery: Delivery, was: DeliveryState, **columns: object) -> bool:
    """Change a mail that is still as it was when it was read; False if another worker was quicker."""
    same = (Delivery.id == delivery.id) & (Delivery.state == str(was))
    if was is DeliveryState.SENDING:
        same &= Delivery.attempts == delivery.attempts
    return bool(Delivery.update(columns).where(same).execute())


def _waiting() -> pw.Expression:
    return Notice.digest & Notice.delivery.is_null() & Notice.read_at.is_null()


def _waiting_for_digest() -> list[tuple[int, dt.datetime]]:
    """By person, the moment of the oldest notice that waits for a digest."""
    oldest = pw.fn.MIN(Notice.at).converter(Notice.at.python_value)
    return list(Notice.select(Notice.employee, oldest).where(_waiting()).group_by(Notice.employee).tuples())


def _make_digest(employee_id: int, now: dt.datetime) -> None:
    """One mail for all that waits; nothing if another worker was quicker."""
    with transaction():
        mine = _waiting() & (Notice.employee == employee_id)
        if Notice.select().where(mine).exists():
            delivery = new_delivery(DeliveryKind.DIGEST, now, employee_id=employee_id)
            Notice.update(delivery=delivery).where(mine).execute()
