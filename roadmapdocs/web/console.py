"""What all commands share: the data folder, the language, one JSON document or sentences, and exit codes."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from roadmapdocs import i18n
from roadmapdocs.errors import ConfigurationError, NotFound, Refusal
from roadmapdocs.i18n import gettext as _

if TYPE_CHECKING:
    from roadmapdocs.files.store import FileStore
    from roadmapdocs.settings import Settings
    from roadmapdocs.web.extension import State

_JSON = "roadmapdocs.json"
_CONSOLE = "roadmapdocs.console"


@dataclass
class Console:
    """``data`` is the folder named on the command line; None leaves it to the environment."""

    data: Path | None = None

    @cached_property
    def settings(self) -> Settings:
        """
        :raise ConfigurationError: see :func:`roadmapdocs.settings.load`
        """
        from roadmapdocs.settings import load  # noqa: PLC0415  # commands without a registry start faster

        return self._host.settings if self._host is not None else load(self.data)

    @cached_property
    def _host(self) -> State | None:
        """What the application of ``flask roadmapdocs …`` has mounted, entered until the command ends.

        None for ``roadmapdocs …``, and where a folder is named on the command line.
        """
        if self.data is not None or "flask.cli" not in sys.modules:
            return None
        from flask.cli import NoAppException, ScriptInfo  # noqa: PLC0415  # likewise

        context = click.get_current_context()
        named = context.find_object(ScriptInfo)
        try:
            app = named.load_app() if named is not None else None
        except NoAppException:
            return None
        state: State | None = app.extensions.get("roadmapdocs") if app is not None else None
        if app is not None and state is not None:
            root = context.find_root()
            root.with_resource(app.app_context())
            root.with_resource(_closed_again())
        return state

    @property
    def store(self) -> FileStore:
        from roadmapdocs.files.store import FolderStore  # noqa: PLC0415  # likewise

        return self._host.store if self._host is not None else FolderStore(self.settings.files_folder)

    def open_registry(self, *, create: bool = False) -> Settings:
        """Connect to the database and see that its tables are those of this program.

        :raise NotFound: ``no_registry`` if there is none and none is to be made
        :raise Refusal: ``old_registry`` if it has to be upgraded first
        """
        from roadmapdocs.web import registry  # noqa: PLC0415  # likewise

        registry.open_registry(self.settings, create=create)
        return self.settings


@contextlib.contextmanager
def _closed_again() -> Iterator[None]:
    """A host's database that was not open is not open afterwards."""
    from roadmapdocs.db import database  # noqa: PLC0415  # commands without a registry start faster

    was_closed = database.is_closed()
    yield
    if was_closed and not database.is_closed():
        database.close()


def console() -> Console:
    """The console of the command that runs."""
    found = click.get_current_context().meta.get(_CONSOLE)
    return found if isinstance(found, Console) else Console()


def set_console(context: click.Context, data: Path | None) -> None:
    context.meta[_CONSOLE] = Console(data)


def _remember_json(context: click.Context, _parameter: click.Parameter, value: bool) -> bool:
    context.meta[_JSON] = value
    return value


#: ``--json`` of a command; read before the other parameters, so that their refusals are JSON, too.
json_option = click.option(
    "--json", "as_json", is_flag=True, is_eager=True, callback=_remember_json, help="Print one JSON document."
)


def print_json(document: object) -> None:
    """The one document of ``--json``."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def tell(sentence: str) -> None:
    """Something for people only; it never mixes with what a program reads from standard output."""
    click.echo(sentence, err=True)


def language_from(environment: Mapping[str, str]) -> str:
    """``ROADMAPDOCS_LANGUAGE``, else the locale's language; ours where the locale names none that we speak."""
    for name in ("ROADMAPDOCS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = environment.get(name, "").partition("_")[0].partition(".")[0].lower()
        if code in i18n.LANGUAGES:
            return code
        if code:
            break
    return i18n.DEFAULT_LANGUAGE


class Refusing(click.Group):
    """Turns refusals and operators' mistakes into a sentence, or JSON, and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        with i18n.use_language(ctx.params.get("language") or language_from(os.environ)):
            try:
                return super().invoke(ctx)
            except Refusal as refusal:
                self._refuse(ctx, refusal)
            except ConfigurationError as mistake:
                self._refuse(ctx, Refusal("configuration", str(mistake)))
            except OSError as problem:
                if isinstance(problem, BrokenPipeError):
                    raise
                self._refuse(ctx, _unreachable(problem))

    @staticmethod
    def _refuse(ctx: click.Context, refusal: Refusal) -> NoReturn:
        if ctx.meta.get(_JSON):
            print_json(refusal.as_json())
        else:
            tell(refusal.message)
        ctx.exit(1)


def _unreachable(problem: OSError) -> Refusal:
    return NotFound(
        "unreachable",
        _(
            "%(place)s cannot be read or written: %(reason)s. Check the path and your rights.",
            place=problem.filename or _("A file"),
            reason=problem.strerror or problem,
        ),
    )


def speak_utf8() -> None:
    """Russian on any terminal: what its encoding cannot show is replaced, never an exception."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
