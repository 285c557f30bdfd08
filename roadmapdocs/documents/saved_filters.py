"""How a person likes the list of documents: conditions kept under a name, and the columns to show.

These are a person's own settings and no facts about documents: the journal of events does not tell of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import peewee as pw

from roadmapdocs.db import transaction
from roadmapdocs.documents.models import ListColumns, SavedFilter
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import User
from roadmapdocs.people.rules import Actor

#: As many filters as one person keeps: more chips than these nobody reads.
MOST_FILTERS = 20
NAME_LIMIT = 60
QUERY_LIMIT = 2_000
MOST_COLUMNS = 40
_T = TypeVar("_T")


def filters_of(user_id: int | None) -> list[SavedFilter]:
    """The person's filters in the person's order."""
    return list(
        SavedFilter.select()
        .where(SavedFilter.user == (user_id or 0))
        .order_by(SavedFilter.position, SavedFilter.id)
    )


def save_filter(name: str, query: str, *, by: Actor) -> SavedFilter:
    """Keep the conditions ``query`` (an address's query string) under a name, after the others.

    :raise Refusal: ``filter_name``, ``filter_query`` or ``too_many_filters``
    """
    user_id = _person(by)
    if len(query) > QUERY_LIMIT:
        raise Refusal("filter_query", _("These conditions are too long to be kept. Remove some of them."))
    with transaction():
        _queue(user_id)
        kept = filters_of(user_id)
        if len(kept) >= MOST_FILTERS:
            raise Refusal(
                "too_many_filters",
                _("You keep %(limit)s filters already. Remove one that you do not use.", limit=MOST_FILTERS),
            )
        name = _checked_name(name, kept)
        position = max((one.position for one in kept), default=0) + 1
        return SavedFilter.create(user=user_id, name=name, query=query, position=position)


def rename_filter(filter_id: int, name: str, *, by: Actor) -> SavedFilter:
    """
    :raise NotFound: ``no_filter``, also for somebody else's
    :raise Refusal: ``filter_name``
    """
    user_id = _person(by)
    with transaction():
        _queue(user_id)
        row = _own(filter_id, user_id)
        row.name = _checked_name(name, [one for one in filters_of(user_id) if one.id != filter_id])
        row.save(only=[SavedFilter.name])
        return row


def remove_filter(filter_id: int, *, by: Actor) -> None:
    """
    :raise NotFound: ``no_filter``, also for somebody else's
    """
    user_id = _person(by)
    with transaction():
        _own(filter_id, user_id).delete_instance()


def move_filter_up(filter_id: int, *, by: Actor) -> None:
    """Let the filter change places with the one before it; the first one stays.

    :raise NotFound: ``no_filter``, also for somebody else's
    """
    user_id = _person(by)
    with transaction():
        _queue(user_id)
        _own(filter_id, user_id)
        ids = [one.id for one in filters_of(user_id)]
        for place, one in enumerate(moved_up(ids, filter_id), start=1):
            SavedFilter.update(position=place).where(SavedFilter.id == one).execute()


def columns_of(user_id: int | None) -> list[str] | None:
    """Names of the columns that the person chose; None while nothing was chosen."""
    row = ListColumns.get_or_none(ListColumns.user == (user_id or 0))
    names = row.names if row is not None else None
    # The row may be of another version of the program: whoever shows the list passes over names it does not know.
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else None


def choose_columns(names: Sequence[str], *, by: Actor) -> None:
    """Keep the choice; none at all goes back to the usual columns."""
    user_id = _person(by)
    kept = list(dict.fromkeys(names))[:MOST_COLUMNS]
    with transaction():
        _queue(user_id)
        ListColumns.delete().where(ListColumns.user == user_id).execute()
        if kept:
            ListColumns.create(user=user_id, names=kept)


def moved_up(order: Sequence[_T], one: _T) -> list[_T]:
    """The same order with ``one`` a place nearer to the beginning."""
    moved = list(order)
    place = moved.index(one)
    if place:
        moved[place - 1], moved[place] = moved[place], moved[place - 1]
    return moved


def _person(by: Actor) -> int:
    if by.user_id is None:
        raise Forbidden("no_person", _("Filters and columns belong to a person. Sign in."))
    return by.user_id


def _queue(user_id: int) -> None:
    """Let two windows of one person wait for each other: the update comes first and takes the lock."""
    User.update(failures=User.failures).where(User.id == user_id).execute()


def _own(filter_id: int, user_id: int) -> SavedFilter:
    row: SavedFilter | None = SavedFilter.get_or_none(
        (SavedFilter.id == filter_id) & (SavedFilter.user == user_id)
    )
    if row is None:
        raise NotFound("no_filter", _("You keep no such filter: it may have been removed. Look at those you keep."))
    return row


def _checked_name(name: str, others: Sequence[pw.Model]) -> str:
    name = " ".join(name.split())
    sentence = ""
    if not name:
        sentence = _("A filter is found by its name. Write one.")
    elif len(name) > NAME_LIMIT:
        sentence = _("The name is longer than %(limit)s characters. Shorten it.", limit=NAME_LIMIT)
    elif name.casefold() in {one.name.casefold() for one in others}:
        sentence = _("You keep a filter with this name already. Choose another name.")
    if sentence:
        raise Refusal("filter_name", sentence, fields={"name": sentence})
    return name
