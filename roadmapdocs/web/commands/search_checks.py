"""What ``roadmapdocs check`` asks of the index of search."""

from __future__ import annotations

import os
from pathlib import Path

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.search import choosing, outbox, state
from roadmapdocs.search.models import SearchIndex
from roadmapdocs.search.ports import Engine, IndexBrokenError
from roadmapdocs.search.state import Condition
from roadmapdocs.settings import Settings


def check_search(settings: Settings) -> str:
    """That there is no index yet is nothing wrong: the server builds it. Its contents are for ``index check``.

    :raise Refusal: ``index_broken`` or ``index_folder``, saying what to do
    """
    engine, condition = state.opened()
    if condition is Condition.BROKEN:
        raise index_broken(settings, state.broken())
    if choosing.wanted(settings, engine.name if engine else "") == "whoosh":
        _check_folder(choosing.folder_of(settings))
    told = [_told(settings, engine, condition)]
    if waiting := outbox.length():
        told.append(ngettext("%(num)s change waits to be looked at", "%(num)s changes wait to be looked at", waiting))
    return "; ".join(told)


def _told(settings: Settings, engine: Engine | None, condition: Condition) -> str:
    if condition is Condition.BUILDING:
        row = SearchIndex.select().where(SearchIndex.state == "building").first()
        if row is None:
            return _("the index is of an older program; the server builds it anew")
        return _("%(engine)s is being built: %(done)s of %(total)s", engine=row.engine, done=row.done, total=row.total)
    if engine is None:
        return _("there is no index yet; the server builds it when it starts")
    try:
        count = engine.count()
    except IndexBrokenError as problem:
        state.report_broken(engine, problem)
        raise index_broken(settings, str(problem)) from problem
    return ngettext("%(engine)s, %(num)s record", "%(engine)s, %(num)s records", count, engine=engine.name)


def index_broken(settings: Settings, reason: str) -> Refusal:
    """Why searches do without the index, and what to do; ``reason`` is the engine's own word for operators."""
    row: SearchIndex | None = SearchIndex.get_or_none(SearchIndex.state == "active")
    folder = choosing.folder_of(settings) / row.generation if row is not None and row.engine not in choosing.IN_DATABASE else None
    if folder is not None and not folder.is_dir():
        message = _(
            "The index of search is gone: there is no folder %(folder)s. Until it is built anew, only numbers, dates and titles "
            "are searched. Run “roadmapdocs index rebuild”; a server that runs builds it by itself.",
            folder=folder,
        )
    else:
        message = _(
            "The index of search cannot be read: it is damaged, or the program has no right to it. Until it is built anew, only "
            "numbers, dates and titles are searched. Run “roadmapdocs index rebuild”; a server that runs builds it by itself. "
            "[%(reason)s]",
            reason=reason,
        )
    return Refusal("index_broken", message, reason=reason)


def _check_folder(folder: Path) -> None:
    """The nearest folder that is there: the others are made when they are needed."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        raise Refusal(
            "index_folder",
            _("The index cannot be written to %(folder)s: search will fall behind. Correct the rights, or name another by search_folder.", folder=there),
        )
