"""The command line: ``roadmapdocs …``, and inside a host ``flask roadmapdocs …``.

Each command lives in :mod:`roadmapdocs.web.commands` and is imported only when it is asked for, so that
``roadmapdocs terms`` starts without a database, Flask or a reader of Word files.
"""

from __future__ import annotations

import importlib
from pathlib import Path

import click

from roadmapdocs.i18n import LANGUAGES
from roadmapdocs.web.console import Refusing, set_console, speak_utf8

#: Name of the command → its module and its first line of help, shown without importing it.
COMMANDS = {
    "audit": ("journal", "The journal of events."),
    "backup": ("archive", "Put database and files into one file."),
    "check": ("check", "Report on settings, database, files and languages."),
    "control": ("control", "Reports on execution: what falls due, what is late, how it is done."),
    "decline": ("decline", "Give a name in all cases."),
    "demo": ("demo", "Build the made-up office and serve it."),
    "documents": ("documents", "Documents: bring many in at once, make one from values."),
    "index": ("index", "The index of search: check it, mend it, build it anew."),
    "odoo": ("odoo", "A live Odoo: take its people in, send documents out."),
    "people": ("people", "People from a file or an LDAP directory."),
    "restore": ("archive", "Unpack a backup into an empty data folder."),
    "rights": ("rights", "Who may what in which state, as tables."),
    "roadmap": ("roadmap", "Roadmaps: read, import, coverage, report."),
    "search": ("search", "Find documents and items by words, number, date, name."),
    "serve": ("serve", "Serve the registry by HTTP."),
    "terms": ("terms", "Read the words of a deadline."),
    "tokens": ("tokens", "Personal tokens of programs."),
    "uninstall": ("uninstall", "Remove our tables from the database."),
    "upgrade": ("upgrade", "Make the database, or bring it up to this program."),
    "users": ("users", "Accounts of people."),
    "work": ("work", "Send notices, where the server does not."),
}


class Registry(Refusing):
    """The commands of the registry, found by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # likewise
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"roadmapdocs.web.commands.{COMMANDS[cmd_name][0]}")
        found: click.Command = getattr(module, cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.command("roadmapdocs", cls=Registry)
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Data folder (ROADMAPDOCS_DATA, else ./data)."
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of messages (else by the locale).")
@click.version_option(package_name="roadmapdocs")
@click.pass_context
def group(ctx: click.Context, data: Path | None, language: str | None) -> None:  # noqa: ARG001  # read by Refusing
    """Which item of the roadmap is proved by which document, and which is not."""
    set_console(ctx, data)


def main() -> None:
    speak_utf8()
    group(prog_name="roadmapdocs")
