"""Queries over many keys that are composed once: peewee takes longer to compose a statement than the database to run it,
and with an index in the database these run in every save."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any, Final

import peewee as pw

from roadmapdocs.db import database

_KEYS: Final = object()
_PLACE: Final = pw.Value(_KEYS, converter=False)


def among(column: Any) -> Any:
    """The column is one of the keys that a :class:`ForKeys` is asked about; for its query."""
    if isinstance(database.obj, pw.SqliteDatabase):
        return pw.NodeList((column, pw.SQL("IN (SELECT value FROM json_each("), _PLACE, pw.SQL("))")))
    return pw.NodeList((column, pw.SQL("= ANY("), _PLACE, pw.SQL(")")))


class ForKeys:
    """A query with :func:`among` in it; composed at its first run on each of the databases."""

    def __init__(self, compose: Callable[[], pw.BaseModelSelect]) -> None:
        self._compose = compose
        self._composed: dict[type, tuple[Any, str, list[object]]] = {}

    def __call__(self, keys: Collection[int] | Collection[str]) -> Any:
        """What the query gives for these keys, as rows of its own kind; without a statement if there are none."""
        if not keys:
            return ()
        kind = type(database.obj)
        if kind not in self._composed:
            query = self._compose()
            self._composed[kind] = (query, *query.sql())
        query, sql, parameters = self._composed[kind]
        told: object = json.dumps(list(keys)) if isinstance(database.obj, pw.SqliteDatabase) else list(keys)
        cursor = database.execute_sql(sql, [told if one is _KEYS else one for one in parameters])
        return query._get_cursor_wrapper(cursor)  # the rows as the query itself would make them
