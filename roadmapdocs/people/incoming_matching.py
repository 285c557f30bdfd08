"""Which of our rows a record means that the source names for the first time: the one that nothing else can mean."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Final

from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming_rules import PROVISIONAL, Kind
from roadmapdocs.people.incoming_taking import Taking, key_of

#: Neither a row nor certainly a new one.
UNCLEAR: Final = -1


def of_another(login: str, owner: str, named: str) -> str:
    """Why a login does not go over from the person whose account it is to the one who is named with it."""
    return _(
        "The login %(login)s opens the account of %(owner)s, and here it stands beside %(named)s. Write another login; "
        "if this is one person, write the same name on both sides.",
        login=login,
        owner=owner,
        named=named,
    )


class Matching:
    """Rows for records, by external name. ``found`` has the row's id, None for a new one, or ``UNCLEAR``."""

    def __init__(self, taking: Taking, kind: Kind, externals: Collection[str], ids: Collection[int]) -> None:
        self.found: dict[str, int | None] = {}
        self._names = taking.known_as(kind)
        self._keys = {key_of(external) for external in externals}
        rows = set(ids)
        for external in externals:
            known = taking.known.get((kind, key_of(external)))
            if known is not None and known.local_id in rows:
                self.found[external] = known.local_id
        self._taken = {one for one in self.found.values() if one is not None}

    def by_key(self, keys: Mapping[str, Hashable], rows: Mapping[Hashable, Collection[int]]) -> None:
        """Find rows for the records left by what they are called: one row for one record, else it is unclear."""
        groups: dict[Hashable, list[str]] = {}
        for external, key in keys.items():
            if self.found.get(external, UNCLEAR) == UNCLEAR:
                groups.setdefault(key, []).append(external)
        for key, group in groups.items():
            free = {external: self._free(external, rows.get(key, ())) for external in group}
            alone = len(group) == 1
            for external, ids in free.items():
                if not ids:
                    self.found[external] = None
                elif alone and len(ids) == 1:
                    self.take(external, ids[0])
                else:
                    self.found[external] = UNCLEAR

    def take(self, external: str, row_id: int) -> None:
        self.found[external] = row_id
        self._taken.add(row_id)

    def free(self, external: str, row_id: int) -> bool:
        """Whether the row may be what the record means: it is not, by a name that lasts, another record of the source."""
        if row_id in self._taken:
            return False
        own = external.startswith(PROVISIONAL)
        return all(
            name not in self._keys and (own or name.startswith(PROVISIONAL)) for name in self._names.get(row_id, ())
        )

    def _free(self, external: str, ids: Collection[int]) -> list[int]:
        return [one for one in ids if self.free(external, one)]
