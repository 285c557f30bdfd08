"""What is done beside sending mail, by the server or by ``roadmapdocs work``."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Final, Protocol

from roadmapdocs.acquaintance.newcomers import ask_newcomers, drop_leavers
from roadmapdocs.assignments.series import make_due
from roadmapdocs.duties import Duty, connected
from roadmapdocs.erp.connector.service import duty_of
from roadmapdocs.erp.webhook_service import Webhooks
from roadmapdocs.i18n import use_language
from roadmapdocs.previews.service import Previews
from roadmapdocs.search.service import Search
from roadmapdocs.settings import Settings
from roadmapdocs.texts.service import Texts
from roadmapdocs.web import host
from roadmapdocs.web.clock import utc_now

#: What comes of a new day or of a change among people: nobody waits for it by the second.
_OFFICE_EVERY_S: Final = 60.0


class OfficeRound(Protocol):
    def __call__(self, *, now: dt.datetime, today: dt.date) -> object: ...


def standing_duties(settings: Settings) -> tuple[Duty, ...]:
    return (
        Previews(settings, utc_now).duty(),
        Texts(settings, utc_now).duty(),
        Search(settings, utc_now).duty(),
        _each_day("leavers", drop_leavers, settings),
        _each_day("newcomers", ask_newcomers, settings),
        _each_day("series", make_due, settings),
        Webhooks(settings, utc_now).duty(),
        *host.standing_duties(),
        *_odoo(settings),
    )


def _odoo(settings: Settings) -> tuple[Duty, ...]:
    duty = duty_of(settings, utc_now)
    return (duty,) if duty is not None else ()


def _each_day(name: str, office_round: OfficeRound, settings: Settings) -> Duty:
    """What follows from a new day in the office; one that fails keeps none of the others from theirs."""

    def turn(_stopping: threading.Event) -> None:
        with connected(), use_language(settings.language):
            now = utc_now()
            office_round(now=now, today=now.astimezone(settings.zone).date())

    return Duty(name, turn, every=_OFFICE_EVERY_S)
