"""``roadmapdocs index check``, ``refresh`` and ``rebuild``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web.clock import utc_now
from roadmapdocs.web.console import console, json_option, print_json, tell

if TYPE_CHECKING:
    from roadmapdocs.search.checking import Difference
    from roadmapdocs.search.state import Target, Used

#: Differences that are named for people; --json names all.
SHOWN = 20


@click.group()
def index() -> None:
    """The index of search."""


@index.command()
@json_option
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Compare the index with the registry and name every difference; exit code 1 if there is any."""
    used = _opened()
    target, found = _compared(used)
    waiting = _waiting()
    if as_json:
        engine = target.engine
        listed = [{"key": one.key, "kind": str(one.kind)} for one in found]
        told = {"engine": engine.name, "generation": engine.generation, "records": engine.count()}
        print_json({**told, "waiting": waiting, "differences": listed})
    else:
        _tell_compared(target, found, waiting)
    if found:
        ctx.exit(1)


@index.command()
@json_option
def refresh(as_json: bool) -> None:
    """Put right exactly what the index has wrong, and what waits."""
    from roadmapdocs.search import indexing  # noqa: PLC0415  # commands without a registry start faster
    from roadmapdocs.search.checking import mend  # noqa: PLC0415  # likewise

    used = _opened()
    with _locked_told():
        _readable(used)
        try:
            looked = indexing.drain(today=used.today())
            target, found = _compared(used)
            mend(found, target, today=used.today())
        except indexing.UnwritableError as problem:
            raise _not_written("index_not_written", problem) from problem
    left = _compared(used)[1]
    if left:
        raise Refusal(
            "index_not_mended",
            _("Some of it stays wrong: %(keys)s. Build the index anew with “index rebuild”.", keys=_names(left)),
            left=[one.key for one in left],
        )
    if as_json:
        print_json({"looked_at": looked, "mended": [one.key for one in found]})
    else:
        click.echo(ngettext("%(num)s record was put right.", "%(num)s records were put right.", len(found)))


@index.command()
@json_option
def rebuild(as_json: bool) -> None:
    """Build the index anew beside the one that answers, and let it take its place. A build that was cut short goes on."""
    from roadmapdocs.search import building  # noqa: PLC0415  # likewise

    used = _opened()
    with _locked_told(), _bar() as progress:
        try:
            building.build(used, now=utc_now(), progress=progress)
        except building.BuildFailedError as problem:
            raise _not_written("index_not_built", problem) from problem
    target = _target(used)
    if as_json:
        print_json({"engine": target.engine.name, "generation": target.generation, "records": target.engine.count()})
    else:
        count = target.engine.count()
        click.echo(ngettext("The index is built: %(num)s record.", "The index is built: %(num)s records.", count))


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal, beside what a program reads."""
    with click.progressbar(length=1, label=_("Index"), file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield progress


@contextmanager
def _locked_told() -> Iterator[None]:
    from roadmapdocs.locks import LockedError  # noqa: PLC0415  # likewise
    from roadmapdocs.search.ports import IndexBusyError  # noqa: PLC0415  # likewise

    try:
        yield
    except (LockedError, IndexBusyError) as problem:
        raise Refusal(
            "index_busy", _("Another process writes the index and does not end. Try again, or end that process.")
        ) from problem


def _opened() -> Used:
    from roadmapdocs.search import state  # noqa: PLC0415  # likewise

    settings = console().open_registry()
    return state.used() or state.use_index(settings, utc_now)


def _not_written(code: str, problem: Exception) -> Refusal:
    """``problem`` is the engine's own word for operators."""
    words = _(
        "The index cannot be written. See whether the disk is full and whether the program may write to the folder of the index; "
        "then repeat the command. [%(reason)s]",
        reason=problem,
    )
    return Refusal(code, words, reason=str(problem))


def _readable(used: Used) -> None:
    """
    :raise Refusal: ``no_index`` or ``index_broken``: there is nothing that could be put right
    """
    from roadmapdocs.search import state  # noqa: PLC0415  # likewise

    state.look_for_broken()
    try:
        _target(used)
    except Refusal as refusal:
        only = _("Only an index that can be read can be put right.")
        raise Refusal(refusal.code, f"{only} {refusal.message}", **refusal.details) from refusal


def _target(used: Used) -> Target:
    """
    :raise Refusal: ``no_index`` if none answers, ``index_broken`` with what is wrong with it
    """
    from roadmapdocs.search import state  # noqa: PLC0415  # likewise
    from roadmapdocs.web.commands.search_checks import index_broken  # noqa: PLC0415  # likewise

    target = next((one for one in state.targets() if one.active), None)
    if target is not None:
        return target
    reason = state.broken()
    if reason:
        raise index_broken(used.settings, reason)
    raise Refusal("no_index", _("There is no index yet. The server builds it when it starts; “index rebuild” does it now."))


def _compared(used: Used) -> tuple[Target, list[Difference]]:
    from roadmapdocs.search import state  # noqa: PLC0415  # likewise
    from roadmapdocs.search.checking import differences  # noqa: PLC0415  # likewise
    from roadmapdocs.search.ports import IndexBrokenError  # noqa: PLC0415  # likewise
    from roadmapdocs.web.commands.search_checks import index_broken  # noqa: PLC0415  # likewise

    target = _target(used)
    try:
        return target, list(differences(target.engine, today=used.today()))
    except IndexBrokenError as problem:
        state.report_broken(target.engine, problem)
        raise index_broken(used.settings, str(problem)) from problem


def _waiting() -> int:
    from roadmapdocs.search import outbox  # noqa: PLC0415  # likewise

    return outbox.length()


def _tell_compared(target: Target, found: list[Difference], waiting: int) -> None:
    if waiting:
        tell(ngettext("%(num)s change waits to be looked at.", "%(num)s changes wait to be looked at.", waiting))
    if not found:
        count = target.engine.count()
        words = ngettext("The index is whole: %(num)s record.", "The index is whole: %(num)s records.", count)
        click.echo(f"{words} ({target.engine.name})")
        return
    for one in found[:SHOWN]:
        click.echo(f"{one.key}: {_words()[one.kind]}")
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        click.echo(ngettext("and %(num)s more", "and %(num)s more", more))
    tell(_("“index refresh” puts this right."))


def _words() -> dict[str, str]:
    return {
        "missing": _("is not in the index"),
        "extra": _("is in the index and not in the registry"),
        "stale": _("is in the index as it was once"),
        "table": _("has a wrong row in the table of records"),
    }


def _names(found: list[Difference]) -> str:
    return ", ".join(one.key for one in found[:SHOWN])
