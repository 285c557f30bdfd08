"""``roadmapdocs work``."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

import click

from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.clock import utc_now
from roadmapdocs.web.console import console, tell

if TYPE_CHECKING:
    from roadmapdocs.settings import Settings


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
def work(once: bool) -> None:
    """Do what the server else does besides: notices, previews, texts of files, the index of search."""
    from roadmapdocs.notices.rules import DeliveryState  # noqa: PLC0415  # commands without a registry start faster
    from roadmapdocs.notices.service import Service, turn  # noqa: PLC0415  # likewise
    from roadmapdocs.search.service import Search  # noqa: PLC0415  # likewise
    from roadmapdocs.web.standing import standing_duties  # noqa: PLC0415  # likewise

    settings = console().open_registry(create=True)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    if once:
        report = turn(settings, utc_now, stopping)
        click.echo(
            _(
                "Sent: %(sent)s, put off: %(later)s, refused: %(failed)s.",
                sent=report.number(DeliveryState.SENT),
                later=report.number(DeliveryState.PENDING),
                failed=report.number(DeliveryState.FAILED) + report.number(DeliveryState.GIVEN_UP),
            )
        )
        _make_previews(settings, stopping)
        _read_files(settings, stopping)
        Search(settings, utc_now).turn(stopping)
        return
    service = Service(settings, utc_now, *standing_duties(settings))
    service.start()
    tell(_("Notices are sent. Ctrl+C ends it; what waits stays."))
    try:
        stopping.wait()
        tell(_("The mail in hand is finished first."))
    finally:
        service.stop()


def _make_previews(settings: Settings, stopping: threading.Event) -> None:
    from roadmapdocs.previews.rules import PreviewState  # noqa: PLC0415  # likewise
    from roadmapdocs.previews.service import Previews  # noqa: PLC0415  # likewise

    previews = Previews(settings, utc_now)
    try:
        report = previews.turn(stopping)
    finally:
        previews.end()
    if not report.counts:
        return
    click.echo(
        _(
            "Previews made: %(done)s, put off: %(later)s, failed: %(failed)s.",
            done=report.number(PreviewState.DONE),
            later=report.number(PreviewState.WAITING) + report.number(PreviewState.UNAVAILABLE),
            failed=report.number(PreviewState.FAILED),
        )
    )


def _read_files(settings: Settings, stopping: threading.Event) -> None:
    from roadmapdocs.texts.service import Texts  # noqa: PLC0415  # likewise

    texts = Texts(settings, utc_now)
    try:
        texts.turn(stopping)
    finally:
        texts.end()
