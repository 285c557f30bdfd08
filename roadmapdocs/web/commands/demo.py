"""``roadmapdocs demo``."""

from __future__ import annotations

import dataclasses

import click

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.settings import FILE_NAME, Settings
from roadmapdocs.web.clock import office_day, utc_now
from roadmapdocs.web.commands.serve import address_of, host_option, port_option
from roadmapdocs.web.console import console, tell

PASSWORD = "demo-registry"  # noqa: S105  # of a made-up office, printed at its start


@click.command()
@host_option
@port_option
@click.option("--serve/--no-serve", "serves", default=True, help="Only build the office, or serve it, too.")
def demo(host: str, port: int, serves: bool) -> None:
    """Build the made-up office with its roadmaps, people and documents, and serve it."""
    from roadmapdocs.people.models import User, UserRole  # noqa: PLC0415  # commands without a registry start faster

    settings = console().open_registry(create=True)
    if not User.select().exists():
        settings = _build(settings)
    elif not settings.demo:
        raise Refusal(
            "not_a_demo",
            _("%(folder)s holds a registry of real people. Name an empty folder by --data.", folder=settings.data),
        )
    rows = UserRole.select(UserRole, User).join(User).order_by(User.id)
    logins = [(row.user.login, row.role) for row in rows]
    if serves:
        from roadmapdocs.web.serve import listen, run  # noqa: PLC0415

        with listen(host, port) as socket:
            _introduce(logins, address_of(host, socket.getsockname()[1]))
            run(settings, socket)
    else:
        _introduce(logins, None)


def _build(settings: Settings) -> Settings:
    from roadmapdocs.demo.office import build  # noqa: PLC0415

    tell(_("The made-up office is being built; this takes some seconds …"))
    office = build(console().store, password=PASSWORD, today=office_day(settings), now=utc_now())
    file = settings.data / FILE_NAME
    before = file.read_text(encoding="utf-8") if file.is_file() else ""
    file.write_text(f'{before}demo = true\noffice = "{office.district}"\n', encoding="utf-8")
    return dataclasses.replace(settings, demo=True, office=office.district)


def _introduce(logins: list[tuple[str, str]], address: str | None) -> None:
    """Address and logins, the first of each role before the others."""
    if address:
        tell(_("The registry is at http://%(address)s/", address=address))
    tell(_("Password of everybody: %(password)s", password=PASSWORD))
    for login, role in logins:
        tell(f"  {login:<16}{role_word(role)}")
    if address:
        tell(_("Ctrl+C ends it; the data stay."))


def role_word(role: str) -> str:
    words = {
        "clerk": _("clerk"),
        "executive": _("executive"),
        "staff": _("staff"),
        "coordinator": _("coordinator"),
        "administrator": _("administrator"),
    }
    return words[role]
