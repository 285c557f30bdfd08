"""Abbreviations that a search knows: shipped ones, and what the office makes of them.

A change counts from the next search on: nothing is indexed anew, for it is the question that is widened.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from roadmapdocs.access.rules import Action, require
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.search.abbreviation_rules import check_text, key
from roadmapdocs.search.models import Abbreviation


class Origin(StrEnum):
    """Who wrote a spelling: we, a roadmap or a document that explains it, or the office."""

    SHIPPED = "shipped"
    FOUND = "found"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Spelling:
    """One of a group. ``found_in`` names where it was found; an inactive one is not searched for."""

    id: int
    text: str
    source: Origin
    found_in: str
    active: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Spellings that stand for each other, in the order they came in; ``number`` lasts as long as the group."""

    number: int
    spellings: tuple[Spelling, ...]


def groups(*, by: Actor) -> tuple[Group, ...]:
    """All groups, in the order of their first spellings' letters; those with something to confirm come first.

    :raise Forbidden: if the actor does not keep the registry
    """
    require(by, Action.MANAGE_REGISTRY)
    found: dict[int, list[Spelling]] = {}
    for row in Abbreviation.select().order_by(Abbreviation.id):
        spelling = Spelling(row.id, row.text, Origin(row.source), row.found_in, row.active)
        found.setdefault(row.group, []).append(spelling)
    made = (Group(number, tuple(spellings)) for number, spellings in found.items())
    return tuple(sorted(made, key=lambda group: (not waits(group), key(group.spellings[0].text), group.number)))


def waits(group: Group) -> bool:
    """Whether something that was found in a text has to be confirmed by the office."""
    return any(one.source is Origin.FOUND and not one.active for one in group.spellings)


def create_group(texts: Sequence[str], *, by: Actor, now: dt.datetime) -> int:
    """Make a group of spellings that stand for each other, and give its number.

    :raise Forbidden: if the actor does not keep the registry
    :raise Refusal: ``abbreviation`` if one of them cannot be read, or ``alone`` if there are fewer than two
    """
    require(by, Action.MANAGE_REGISTRY)
    spellings = {key(told): told for told in (check_text(text) for text in texts)}
    if len(spellings) < 2:
        sentence = _("A word stands for another one. Write an abbreviation, and the words that it stands for.")
        raise Refusal("alone", sentence, fields={"text": sentence})
    with transaction():
        rows = store(None, spellings.values(), Origin.OFFICE)
        for row in rows:
            _journal("abbreviation_added", row, by, now)
    return int(rows[0].group)


def add(group: int, text: str, *, by: Actor, now: dt.datetime) -> int:
    """Add a spelling to a group and give its id; one that is there already and switched off is switched on.

    :raise Forbidden: if the actor does not keep the registry
    :raise NotFound: if there is no such group
    :raise Refusal: ``abbreviation``, or ``there_already``
    """
    require(by, Action.MANAGE_REGISTRY)
    told = check_text(text)
    with transaction():
        if not Abbreviation.select().where(Abbreviation.group == group).exists():
            raise _missing()
        same = Abbreviation.get_or_none((Abbreviation.group == group) & (Abbreviation.key == key(told)))
        if same is not None and same.active:
            sentence = _("“%(text)s” is in this group already.", text=same.text)
            raise Refusal("there_already", sentence, fields={"text": sentence})
        if same is not None:
            return switch(same.id, active=True, by=by, now=now)
        row = store(group, [told], Origin.OFFICE)[0]
        _journal("abbreviation_added", row, by, now)
    return int(row.id)


def switch(spelling_id: int, *, active: bool, by: Actor, now: dt.datetime) -> int:
    """Search for a spelling from now on, or no more; give its id. What is off stays off when it is found again.

    :raise Forbidden: if the actor does not keep the registry
    :raise NotFound: if there is no such spelling
    """
    require(by, Action.MANAGE_REGISTRY)
    with transaction():
        row = _row(spelling_id)
        if row.active != active:
            row.active = active
            row.save()
            _journal("abbreviation_switched", row, by, now, active=active)
    return int(row.id)


def rename(spelling_id: int, text: str, *, by: Actor, now: dt.datetime) -> int:
    """Write a spelling in another way, and give its id. One that is not the office's own is switched off instead, and
    the new one takes its place, so that the old one does not come back by itself.

    :raise Forbidden: if the actor does not keep the registry
    :raise NotFound: if there is no such spelling
    :raise Refusal: ``abbreviation``, or ``there_already``
    """
    require(by, Action.MANAGE_REGISTRY)
    told = check_text(text)
    with transaction():
        row = _row(spelling_id)
        if row.source != Origin.OFFICE and key(told) != row.key:
            added = add(row.group, told, by=by, now=now)
            switch(row.id, active=False, by=by, now=now)
            return added
        if Abbreviation.select().where(
            (Abbreviation.group == row.group) & (Abbreviation.key == key(told)) & (Abbreviation.id != row.id)
        ).exists():
            sentence = _("“%(text)s” is in this group already.", text=told)
            raise Refusal("there_already", sentence, fields={"text": sentence})
        before = row.text
        if told != before:
            row.text, row.key = told, key(told)
            row.save()
            _journal("abbreviation_renamed", row, by, now, before=before)
    return int(row.id)


def remove(spelling_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Forget a spelling that the office wrote.

    :raise Forbidden: if the actor does not keep the registry
    :raise NotFound: if there is no such spelling
    :raise Refusal: ``not_own`` if it was shipped or found: it would come back, so it is switched off instead
    """
    require(by, Action.MANAGE_REGISTRY)
    with transaction():
        row = _row(spelling_id)
        if row.source != Origin.OFFICE:
            raise Refusal("not_own", _("This one would come back by itself. Switch it off instead."))
        _journal("abbreviation_removed", row, by, now)
        row.delete_instance()


@functools.cache
def shipped() -> tuple[tuple[str, ...], ...]:
    """The groups that we ship."""
    text = (files("roadmapdocs.search") / "abbreviations.toml").read_text(encoding="utf-8")
    return tuple(tuple(group) for group in tomllib.loads(text)["groups"])


def load_abbreviations() -> int:
    """Add the shipped spellings that the table lacks, and give how many; what the office switched off stays so."""
    added = 0
    with transaction():
        rows = Abbreviation.select(Abbreviation.group, Abbreviation.key, Abbreviation.source)
        known = {(row.group, row.key): row.source for row in rows}
        by_key = {one: group for (group, one), source in reversed(known.items()) if source == Origin.SHIPPED}
        for texts in shipped():
            group = next((by_key[key(text)] for text in texts if key(text) in by_key), None)
            missing = [text for text in texts if (group, key(text)) not in known]
            added += len(store(group, missing, Origin.SHIPPED) if missing else [])
    return added


def store(
    group: int | None, texts: Iterable[str], source: Origin, *, found_in: str = "", active: bool = True
) -> list[Abbreviation]:
    """Rows of a group; a new group has the number of its first row, so that two at once do not become one."""
    rows: list[Abbreviation] = []
    for text in texts:
        row = Abbreviation.create(
            group=group or 0, text=text, key=key(text), source=source, found_in=found_in, active=active
        )
        if group is None:
            group = row.group = row.id
            row.save()
        rows.append(row)
    return rows


def _row(spelling_id: int) -> Abbreviation:
    row: Abbreviation | None = Abbreviation.get_or_none(Abbreviation.id == spelling_id)
    if row is None:
        raise _missing()
    return row


def _missing() -> NotFound:
    return NotFound("no_abbreviation", _("There is no such abbreviation any more. Open the list again."))


def _journal(what: str, row: Abbreviation, by: Actor, now: dt.datetime, **effect: object) -> None:
    record(what, subject=row, effect={"text": row.text, "group": row.group, **effect}, by=by, now=now)
