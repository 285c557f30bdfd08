"""Searches that a person keeps under a name, and what is new in them.

Like a person's filters these are settings and no facts about documents: the journal of events does not tell of them.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from typing import Any, Final

from roadmapdocs.db import transaction
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.hooks import search_matched
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import Actor
from roadmapdocs.search import state
from roadmapdocs.search.address import LONGEST_ADDRESS, asked_of_query, asks_something
from roadmapdocs.search.models import SavedSearch
from roadmapdocs.search.operations import keys_matching
from roadmapdocs.search.state import Condition

#: As many searches as one person keeps.
MOST_SEARCHES: Final = 20
NAME_LIMIT: Final = 60
#: Between two looks at one search.
LOOK_EVERY: Final = dt.timedelta(minutes=5)
#: Something new is looked for among so many of the newest matches. Twice as many are asked for: when one of them
#: goes, an old one that takes its place is not new. What matched once is remembered besides, so that a broken index
#: or one that is being built makes nothing new by being mended.
LOOKED_AT: Final = 500
_ASKED_FOR: Final = 2 * LOOKED_AT
_REMEMBERED: Final = 4 * LOOKED_AT
#: The searches looked at in one turn: the others have their turn next.
_AT_A_TIME = 50
log = logging.getLogger(__name__)


def searches_of(user_id: int | None) -> list[SavedSearch]:
    """The person's searches in the person's order."""
    mine = SavedSearch.select().where(SavedSearch.user == (user_id or 0))
    return list(mine.order_by(SavedSearch.position, SavedSearch.id))


def saved_search(search_id: int, *, by: Actor) -> SavedSearch:
    """
    :raise NotFound: ``no_search``, also for somebody else's
    """
    return _own(search_id, by.user_id or 0)


def save_search(name: str, query: str, *, notify: bool = False, by: Actor, now: dt.datetime, today: dt.date) -> SavedSearch:
    """Keep the question ``query`` (an address's query string) under a name, after the others.

    :raise Refusal: ``search_name``, ``search_query``, ``too_many_searches`` or ``no_employee``
    """
    user_id = _person(by)
    if len(query) > LONGEST_ADDRESS:
        raise Refusal("search_query", _("This question is too long to be kept. Shorten it."))
    if not asks_something(asked_of_query(query, today=today)):
        raise Refusal("search_query", _("Nothing is asked yet. Search for something, and then keep it."))
    with transaction():
        _queue(user_id)
        kept = searches_of(user_id)
        if len(kept) >= MOST_SEARCHES:
            limit = MOST_SEARCHES
            raise Refusal("too_many_searches", _("You keep %(limit)s searches already. Remove one that you do not use.", limit=limit))
        row = SavedSearch(
            user=user_id,
            name=_checked_name(name, kept),
            query=query,
            position=max((one.position for one in kept), default=0) + 1,
            looked_at=now,
        )
        if notify:
            _begin_to_tell(row, by, now, today)
        row.save(force_insert=True)
        return row


def rename_search(search_id: int, name: str, *, by: Actor) -> SavedSearch:
    """
    :raise NotFound: ``no_search``, also for somebody else's
    :raise Refusal: ``search_name``
    """
    user_id = _person(by)
    with transaction():
        _queue(user_id)
        row = _own(search_id, user_id)
        row.name = _checked_name(name, [one for one in searches_of(user_id) if one.id != search_id])
        row.save(only=[SavedSearch.name])
        return row


def remove_search(search_id: int, *, by: Actor) -> None:
    """
    :raise NotFound: ``no_search``, also for somebody else's
    """
    user_id = _person(by)
    with transaction():
        _own(search_id, user_id).delete_instance()


def move_search_up(search_id: int, *, by: Actor) -> None:
    """Let the search change places with the one before it; the first one stays.

    :raise NotFound: ``no_search``, also for somebody else's
    """
    user_id = _person(by)
    with transaction():
        _queue(user_id)
        _own(search_id, user_id)
        ids = [one.id for one in searches_of(user_id)]
        place = ids.index(search_id)
        if place:
            ids[place - 1], ids[place] = ids[place], ids[place - 1]
        for position, one in enumerate(ids, start=1):
            SavedSearch.update(position=position).where(SavedSearch.id == one).execute()


def set_notify(search_id: int, notify: bool, *, by: Actor, now: dt.datetime, today: dt.date) -> SavedSearch:
    """Tell the person when something new matches, or tell no more. What matches already is not new.

    :raise NotFound: ``no_search``, also for somebody else's
    :raise Refusal: ``no_employee`` for an account that belongs to no employee: there is nobody to tell
    """
    user_id = _person(by)
    with transaction():
        _queue(user_id)
        row = _own(search_id, user_id)
        if notify and not row.notify:
            _begin_to_tell(row, by, now, today)
        elif not notify:
            _keep(row, notify=False, seen_keys=[], looked_at=now)
        row.save(only=[SavedSearch.notify, SavedSearch.seen_keys, SavedSearch.looked_at])
        return row


def look_for_new(now: dt.datetime, today: dt.date) -> int:
    """Look whether something new matches the searches of which people want to be told; give how many had something.

    Each is asked by its owner's own rights of today. Those looked at longest ago come first. Without a whole index none
    is: by titles alone something else matches.
    """
    if state.used() is not None and state.opened()[1] is not Condition.WHOLE:
        return 0
    due = SavedSearch.notify & (SavedSearch.looked_at <= now - LOOK_EVERY)
    waiting = SavedSearch.select(SavedSearch, User).join(User).where(due & User.active)
    told = 0
    for row in list(waiting.order_by(SavedSearch.looked_at, SavedSearch.id).limit(_AT_A_TIME)):
        try:
            told += _look(row, now, today)
        except Exception:  # one person's search is no reason not to look at the others
            log.exception("The saved search %s could not be looked at", row.id)
            # It has had its turn: what fails each time does not stay before those that wait.
            SavedSearch.update(looked_at=now).where(SavedSearch.id == row.id).execute()
    return told


def _look(row: SavedSearch, now: dt.datetime, today: dt.date) -> bool:
    by = actor_of(row.user, today=today)
    keys = _matching(row.query, by, today)
    with transaction():
        # Whoever comes second, another process or the owner who has just changed it, finds it looked at already.
        mine = (SavedSearch.id == row.id) & SavedSearch.notify & (SavedSearch.looked_at == row.looked_at)
        seen = list(dict.fromkeys([*keys, *row.seen_keys]))[:_REMEMBERED]
        if not SavedSearch.update(seen_keys=seen, looked_at=now).where(mine).execute():
            return False
        known = set(row.seen_keys)
        fresh = [key for key in keys[:LOOKED_AT] if key not in known]
        if fresh:
            search_matched.send(row, keys=tuple(fresh), by=by, now=now)
        return bool(fresh)


def _begin_to_tell(row: SavedSearch, by: Actor, now: dt.datetime, today: dt.date) -> None:
    if by.employee_id is None:
        raise Refusal("no_employee", _("Your account belongs to no employee: there is nobody to write to."))
    _keep(row, notify=True, seen_keys=_matching(row.query, by, today), looked_at=now)


def _keep(row: SavedSearch, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _matching(query: str, by: Actor, today: dt.date) -> list[str]:
    """Keys of the newest records that the question finds for this reader, the newest first."""
    return list(keys_matching(asked_of_query(query, today=today), by=by, today=today, most=_ASKED_FOR))


def _person(by: Actor) -> int:
    if by.user_id is None:
        raise Forbidden("no_person", _("Searches belong to a person. Sign in."))
    return by.user_id


def _queue(user_id: int) -> None:
    """Let two windows of one person wait for each other: the update comes first and takes the lock."""
    User.update(failures=User.failures).where(User.id == user_id).execute()


def _own(search_id: int, user_id: int) -> SavedSearch:
    mine = (SavedSearch.id == search_id) & (SavedSearch.user == user_id)
    row: SavedSearch | None = SavedSearch.get_or_none(mine)
    if row is None:
        raise NotFound("no_search", _("You keep no such search: it may have been removed. Look at those you keep."))
    return row


def _checked_name(name: str, others: Sequence[Any]) -> str:
    name = " ".join(name.split())
    sentence = ""
    if not name:
        sentence = _("A search is found by its name. Write one.")
    elif len(name) > NAME_LIMIT:
        sentence = _("The name is longer than %(limit)s characters. Shorten it.", limit=NAME_LIMIT)
    elif name.casefold() in {one.name.casefold() for one in others}:
        sentence = _("You keep a search with this name already. Choose another name.")
    if sentence:
        raise Refusal("search_name", sentence, fields={"name": sentence})
    return name
