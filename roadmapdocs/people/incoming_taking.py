"""One taking in as it goes: which of our rows stand for which records, what is told, and what is written at the end."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

import peewee as pw

from roadmapdocs.audit.operations import record_all
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming_rules import PROVISIONAL, Kind, Line, What
from roadmapdocs.people.models import Employee, ExternalRecord, Post, User, UserRole
from roadmapdocs.people.rules import Actor
from roadmapdocs.prepared import Prepared, place

LONGEST_EXTERNAL: Final = 128
LONGEST_TEXT: Final = 500
_AT_ONCE: Final = 500


class Named(Protocol):
    @property
    def external(self) -> str: ...


Record = TypeVar("Record", bound=Named)
Row = TypeVar("Row", bound=pw.Model)


def _insert(model: type[pw.Model]) -> pw.ModelInsert:
    return model.insert({one: place(one.name, one) for one in model._meta.sorted_fields if one is not model._meta.primary_key})


def _making(model: type[pw.Model]) -> Prepared:
    return Prepared(lambda: _insert(model).returning(model._meta.primary_key))


#: An office of thousands comes in at once, and each of them takes four rows.
_MAKE: Final = {model: _making(model) for model in (Employee, Post, User, UserRole)}
_ADD: Final = Prepared(lambda: _insert(ExternalRecord))


def make(model: type[Row], **values: object) -> Row:
    """A new row of a table that thousands come into; columns that are not named have their usual values."""
    row = model(**values)
    ((row_id,),) = _MAKE[model].rows(**{one.name: row.__data__.get(one.name) for one in model._meta.sorted_fields})
    row._pk = row_id
    return row


@dataclass(slots=True)
class Known:
    """A record of the source that was taken in before: the row's id here, and what the source said of it then."""

    local_id: int
    written: str
    id: int


@dataclass(slots=True)
class Taking:
    source: str
    by: Actor
    now: dt.datetime
    today: dt.date
    lines: list[Line] = field(default_factory=list)
    #: What references lead to: our row's id by kind and external name.
    resolved: dict[tuple[Kind, str], int] = field(default_factory=dict)
    known: dict[tuple[Kind, str], Known] = field(default_factory=dict)
    _new: dict[tuple[Kind, str], tuple[int, str]] = field(default_factory=dict)
    _seen: set[int] = field(default_factory=set)
    _entries: list[tuple[str, pw.Model, Mapping[str, object]]] = field(default_factory=list)

    def read(self) -> None:
        """Read what was taken in from this source before."""
        rows = ExternalRecord.select().where(ExternalRecord.source == self.source)
        kinds = {str(kind): kind for kind in Kind}
        for row in rows.namedtuples().iterator():
            if row.model in kinds and row.kind == row.model:
                self.known[kinds[row.model], row.external] = Known(row.local_id, row.written, row.id)

    def known_as(self, kind: Kind) -> dict[int, list[str]]:
        """By our row's id, under what names the source knows it."""
        found: dict[int, list[str]] = {}
        for (of, external), one in self.known.items():
            if of is kind:
                found.setdefault(one.local_id, []).append(external)
        return found

    def said(self, kind: Kind, external: str) -> str:
        """What the source said of this record the last time; empty for the first time."""
        known = self.known.get((kind, key_of(external)))
        return known.written if known is not None else ""

    def tell(self, what: What, kind: Kind, external: str, name: str, why: str = "") -> None:
        self.lines.append(Line(what, kind, external, name, why))

    def keep(self, kind: Kind, external: str, local_id: int, written: str = "") -> None:
        """Remember that our row stands for this record."""
        key = kind, key_of(external)
        known = self.known.get(key)
        self.resolved[key] = local_id
        if known is not None and (known.local_id, known.written) == (local_id, written):
            self._seen.add(known.id)
        else:
            self._new[key] = local_id, written

    def refer(self, kind: Kind, external: str) -> int | None:
        """Our row's id for a reference: of a record of this snapshot, or of one taken in before."""
        key = kind, key_of(external)
        known = self.known.get(key)
        return self.resolved.get(key, known.local_id if known is not None else None)

    def journal(self, code: str, row: pw.Model, effect: Mapping[str, object]) -> None:
        self._entries.append((code, row, {**effect, "source": self.source}))

    def change(self, code: str, row: pw.Model, values: Mapping[str, object], words: Mapping[str, Callable[[object], str]]) -> str:
        """Give the row the values that it has not, with an entry of the journal; tell what changed, nothing if nothing did.

        ``words`` say how the values of a column are told, by the column.
        """
        before = {name: row.__data__.get(name) for name in values}
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return ""
        for name, value in changed.items():
            setattr(row, name, value)
        row.save(only=list(changed))
        self.journal(code, row, {name: told(value) for name, value in values.items()})
        return "; ".join(f"{words[name](before[name])} → {words[name](value)}" for name, value in changed.items())

    def write(self) -> None:
        """Write what was remembered. A name given for want of a number gives way to the number."""
        keys = list(self._new)
        known = {key: self.known[key].id for key in keys if key in self.known}
        numbered = {(kind, self._new[kind, external][0]) for kind, external in keys if not external.startswith(PROVISIONAL)}
        given_up = {
            one.id
            for (kind, external), one in self.known.items()
            if external.startswith(PROVISIONAL) and one.id not in self._seen and (kind, one.local_id) in numbered
        }
        for ids in _portions(sorted({*known.values(), *given_up})):
            ExternalRecord.delete().where(ExternalRecord.id.in_(ids)).execute()
        _ADD.many(self._row(key, *self._new[key]) for key in sorted(keys))
        record_all(self._entries, by=self.by, now=self.now)
        for ids in _portions(sorted(self._seen)):
            ExternalRecord.update(seen_at=self.now).where(ExternalRecord.id.in_(ids)).execute()

    def _row(self, key: tuple[Kind, str], local_id: int, written: str) -> dict[str, Any]:
        kind, external = key
        names = {"source": self.source, "model": str(kind), "external": external, "kind": str(kind)}
        return {**names, "local_id": local_id, "written": written, "seen_at": self.now}


def key_of(external: str) -> str:
    """The name as it is kept: one that is too long for its column is kept by its hash."""
    if len(external) <= LONGEST_EXTERNAL:
        return external
    return "sha256:" + hashlib.sha256(external.encode("utf-8", "surrogatepass")).hexdigest()


def clean(text: str) -> str:
    """In one line, with single spaces and without what nobody sees."""
    if text.isprintable():
        return " ".join(text.split())
    shown = ("" if unicodedata.category(one) in {"Cf", "Cs"} else " " if unicodedata.category(one) == "Cc" else one for one in text)
    return " ".join("".join(shown).split())


def fold(text: str) -> str:
    """What is the same to a reader is equal: in any case, with ё or е."""
    return clean(text).casefold().replace("ё", "е")


def singled(taking: Taking, kind: Kind, records: Iterable[tuple[Record, str]]) -> list[Record]:
    """The records and their names, by external name, each once; what is told of one name in two ways is refused."""
    by_name: dict[str, dict[Record, str]] = {}
    for one, name in records:
        by_name.setdefault(one.external, {})[one] = name
    single: list[Record] = []
    for external, found in sorted(by_name.items()):
        name = min(found.values())
        if not external:
            for each in sorted(found.values()):
                taking.tell(What.REFUSED, kind, "", each, _("It has no name in the other program by which it could be known again."))
        elif len(found) > 1:
            taking.tell(What.REFUSED, kind, external, name, _("It is named twice, and not in the same way. Leave one of the two."))
        else:
            single.extend(found)
    return single


def told(value: object) -> object:
    """A value of a column as an entry of the journal has it."""
    return value.isoformat() if isinstance(value, dt.date) else value


def word(value: object) -> str:
    """A value of a column as people read it."""
    if value is None or value == "":
        return "—"
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else f"«{value}»"


def too_long(*texts: str) -> bool:
    return any(len(text) > LONGEST_TEXT for text in texts)


def _portions(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
