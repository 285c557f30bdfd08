"""``roadmapdocs search``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.clock import office_day, utc_now
from roadmapdocs.web.console import console, json_option, print_json, tell

if TYPE_CHECKING:
    from roadmapdocs.people.rules import Actor
    from roadmapdocs.search.answers import Answer, Piece

_OPTION = re.compile("--[a-z]")
#: Files that nobody has read yet are read so long before a search: an old archive is left to the service.
READING = dt.timedelta(seconds=20)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True)
@click.option("--as", "login", metavar="LOGIN", help="Find what this person may read (else what the registry's owner may).")
@click.option("--kind", metavar="KIND", help="Only documents of this kind: приказ, протокол, item, …")
@click.option("--in-force", "in_force", metavar="DATE", help="Only what is in force on this day: 2021-11-29, 29.11.2021, today.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="So many hits.")
@json_option
def search(  # noqa: PLR0917  # the options of the command
    query: tuple[str, ...], login: str | None, kind: str | None, in_force: str | None, limit: int, as_json: bool
) -> None:
    """Find documents, roadmap items and sections by words in any form, a number, a date, a name."""
    if unknown := next((word for word in query if _OPTION.match(word)), None):
        # A word behind one dash must not be there: «приказ -черновик».
        raise click.NoSuchOption(unknown)
    from roadmapdocs.search import building, operations, state  # noqa: PLC0415  # commands without a registry start faster
    from roadmapdocs.search.answers import Asked  # noqa: PLC0415  # likewise
    from roadmapdocs.texts.service import read_waiting  # noqa: PLC0415  # likewise
    from roadmapdocs.web.search.answer_json import answer_as_json  # noqa: PLC0415  # likewise
    from roadmapdocs.web.search.called import day_called, kinds_called  # noqa: PLC0415  # likewise

    settings = console().open_registry()
    today = office_day(settings)
    by = _actor(login, today)
    asked = Asked(
        " ".join(query),
        narrowed={"kind": kinds_called(kind)} if kind is not None else {},
        in_force=day_called(in_force, today) if in_force is not None else None,
        limit=limit,
    )
    used = state.use_index(settings, utc_now)
    try:
        read_waiting(settings, utc_now, within=READING)
        building.ensure(used, now=utc_now())
        answer = operations.search(asked, by=by, today=today)
    finally:
        state.close_index()
    if as_json:
        print_json(answer_as_json(answer))
        return
    for line in _lines(answer):
        click.echo(line)
    _tell_more(answer)


def _actor(login: str | None, today: dt.date) -> Actor:
    from roadmapdocs.people.models import User  # noqa: PLC0415  # likewise
    from roadmapdocs.people.operations import actor_of  # noqa: PLC0415  # likewise
    from roadmapdocs.people.rules import SYSTEM  # noqa: PLC0415  # likewise

    if login is None:
        return SYSTEM
    user: User | None = User.get_or_none((User.login == login.strip().lower()) & User.active)
    if user is None:
        known = [row.login for row in User.select().where(User.active).order_by(User.login).limit(20)]
        raise NotFound(
            "no_user",
            _("There is no account %(login)s. Known: %(known)s.", login=login, known=", ".join(known) or "—"),
            login=login,
            known=known,
        )
    return actor_of(user, today=today)


def _lines(answer: Answer) -> Iterator[str]:
    """A list to be read: three lines a hit."""
    from roadmapdocs.search.labels import force_word  # noqa: PLC0415  # likewise

    for place, hit in enumerate(answer.hits, start=1):
        head = [hit.kind, f"№ {hit.number}" if hit.number else "", hit.date.strftime("%d.%m.%Y") if hit.date else ""]
        tail = [hit.signer, force_word(hit.force) if hit.force else "", hit.file]
        yield f"{place}. " + ", ".join(part for part in (" ".join(part for part in head if part), *tail) if part)
        yield f"   {_styled(hit.title)}"
        if hit.fragments:
            yield f"   {_styled(hit.fragments[0].pieces)}"


def _styled(pieces: Iterable[Piece]) -> str:
    """With what was asked for in bold, where the terminal has that."""
    return "".join(click.style(piece.text, bold=True) if piece.marked else piece.text for piece in pieces)


def _tell_more(answer: Answer) -> None:
    from markupsafe import Markup  # noqa: PLC0415  # likewise

    from roadmapdocs.web.search.words import note_words, total_words  # noqa: PLC0415  # likewise

    tell(total_words(answer.total, exact=answer.exact))
    for note in answer.notes:
        words = note_words(note, literal_url="")
        if words is not None:
            text = words["text"]
            tell(text.striptags() if isinstance(text, Markup) else str(text))
    if answer.suggestions:
        tell(_("Perhaps you meant: %(queries)s", queries="; ".join(answer.suggestions)))
