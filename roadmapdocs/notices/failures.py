"""Mail that will not go by itself: shown to administrators, who correct an address or a setting and send it again."""

from __future__ import annotations

import datetime as dt

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.audit.operations import record
from roadmapdocs.db import after_commit, transaction
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.notices import queue
from roadmapdocs.notices.models import Delivery
from roadmapdocs.notices.rules import DeliveryKind, DeliveryState
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor

SHOWN = 20
_STUCK = (str(DeliveryState.FAILED), str(DeliveryState.GIVEN_UP))


def undelivered(limit: int = SHOWN) -> list[Delivery]:
    """Mail that was refused or given up, the latest first."""
    rows = Delivery.select(Delivery, Employee).join(Employee, pw.JOIN.LEFT_OUTER).where(Delivery.state.in_(_STUCK))
    return list(rows.order_by(Delivery.created_at.desc(), Delivery.id.desc()).limit(limit))


def undelivered_count() -> int:
    return int(Delivery.select().where(Delivery.state.in_(_STUCK)).count())


def waiting_count() -> int:
    """Mail that is on its way or waits for its hour."""
    waiting = (str(DeliveryState.PENDING), str(DeliveryState.SENDING))
    return int(Delivery.select().where(Delivery.state.in_(waiting)).count())


def latest_trouble() -> str:
    """Why the last mail that waits could not go; empty where nothing failed."""
    waiting = (Delivery.state == str(DeliveryState.PENDING)) & (Delivery.last_error != "")
    found = Delivery.select(Delivery.last_error).where(waiting).order_by(Delivery.next_at.desc()).limit(1).scalar()
    return str(found or "")


def send_again(delivery_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Let a mail that was given up or refused go once more, under the same Message-ID.

    :raise Forbidden: if the actor does not keep people and their addresses
    :raise NotFound: ``no_delivery`` if there is no such mail among those
    """
    require(by, Action.MANAGE_PEOPLE)
    with transaction():
        # A letter to a guest is wiped with its link: a new link makes a new letter.
        stuck = (Delivery.id == delivery_id) & Delivery.state.in_(_STUCK) & (Delivery.kind != str(DeliveryKind.LETTER))
        columns = {"state": str(DeliveryState.PENDING), "next_at": now, "created_at": now, "attempts": 0}
        if not Delivery.update(columns).where(stuck).execute():
            raise NotFound("no_delivery", _("This mail is not waiting for you: it went, or is on its way."))
        delivery = Delivery.get_by_id(delivery_id)
        record("mail_sent_again", subject=delivery, effect={"to": delivery.address}, by=by, now=now)
        after_commit(queue.wake)
