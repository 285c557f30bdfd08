"""Taking in organisations and units."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from graphlib import TopologicalSorter
from typing import Final

from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming_matching import UNCLEAR, Matching
from roadmapdocs.people.incoming_rules import IncomingOrganisation, IncomingUnit, Kind, What
from roadmapdocs.people.incoming_taking import Taking, clean, fold, key_of, singled, too_long, word
from roadmapdocs.people.incoming_unique import circling, clashing
from roadmapdocs.people.models import Organisation, Unit
from roadmapdocs.russian.organisations import organisation_genitive

#: A row's id, or the external name of what has no row yet.
Node = int | str
#: Before the short name by which the source calls an organisation, as it is remembered until the next time.
_SHORT: Final = "short name: "


def take_organisations(taking: Taking, records: Iterable[IncomingOrganisation]) -> None:
    cleaned = [
        replace(one, name=clean(one.name), short_name=clean(one.short_name), genitive=clean(one.genitive), place=clean(one.place))
        for one in records
    ]
    single = singled(taking, Kind.ORGANISATION, [(one, one.name) for one in cleaned])
    if not single:
        return
    rows = {row.id: row for row in Organisation.select()}
    matching = Matching(taking, Kind.ORGANISATION, [one.external for one in single], rows)
    by_name = _grouped({row.id: fold(row.name) for row in rows.values()})
    by_short = _grouped({row.id: fold(row.short_name) for row in rows.values()})
    by_either: dict[Hashable, list[int]] = {(name, False): ids for name, ids in by_name.items()}
    # Who tells one name only may mean the short one, unless it is somebody's full name.
    by_either.update({(name, True): ids for name, ids in {**by_short, **by_name}.items()})
    matching.by_key({one.external: (fold(one.name), not one.short_name) for one in single}, by_either)
    called = {one.external: one.name for one in single}
    single = [_with_full_name(taking, one, rows.get(matching.found[one.external] or 0)) for one in single]
    nodes = {one.external: _node(one.external, matching.found[one.external]) for one in single}
    clashes = clashing(
        {row.id: fold(row.name) for row in rows.values()},
        {nodes[one.external]: fold(one.name) for one in single if matching.found[one.external] != UNCLEAR},
    )
    rows_by_name = {row.name: row.id for row in rows.values()}
    for one in single:
        holder = rows_by_name.get(one.name)
        if holder is not None and nodes[one.external] not in {holder, *clashes}:
            # Names that are exchanged: the database lets no two bear one for a moment.
            Organisation.update(name=f"… {holder}").where(Organisation.id == holder).execute()
    for one in single:
        why = _organisation_refused(one, unclear=matching.found[one.external] == UNCLEAR, clash=nodes[one.external] in clashes)
        if why:
            taking.tell(What.REFUSED, Kind.ORGANISATION, one.external, one.name, why)
        else:
            found = matching.found[one.external]
            short = called[one.external] if called[one.external] != one.name else ""
            _keep_organisation(taking, one, rows[found] if found is not None else None, short=short)


def _with_full_name(taking: Taking, one: IncomingOrganisation, row: Organisation | None) -> IncomingOrganisation:
    """Known by its short name, an organisation keeps its full one."""
    said = taking.said(Kind.ORGANISATION, one.external)
    first = (Kind.ORGANISATION, key_of(one.external)) not in taking.known
    short = said == _SHORT + one.name or (first and row is not None and fold(one.name) == fold(row.short_name))
    if row is None or one.short_name or not short:
        return one
    return replace(one, name=row.name, short_name=row.short_name)


def _organisation_refused(one: IncomingOrganisation, *, unclear: bool, clash: bool) -> str:
    if not one.name:
        return _("It has no name.")
    if too_long(one.name, one.short_name, one.genitive, one.place):
        return _("Its name is longer than any name is.")
    if unclear or clash:
        return _("There is another organisation of this name. Give one of them another name.")
    return ""


def _keep_organisation(taking: Taking, one: IncomingOrganisation, row: Organisation | None, *, short: str) -> None:
    values = {"name": one.name, "short_name": one.short_name, "genitive": one.genitive, "place": one.place}
    if row is None:
        values["short_name"] = one.short_name or one.name
        values["genitive"] = one.genitive or organisation_genitive(one.name)
        row = Organisation.create(**values)
        taking.journal("organisation_added", row, values)
        taking.tell(What.MADE, Kind.ORGANISATION, one.external, one.name)
    else:
        if not one.genitive and row.genitive == organisation_genitive(row.name):
            # Computed before, and not typed: it follows the name.
            values["genitive"] = organisation_genitive(one.name)
        told = {name: value for name, value in values.items() if value}
        why = taking.change("organisation_changed", row, told, dict.fromkeys(values, word))
        taking.tell(What.CHANGED if why else What.SAME, Kind.ORGANISATION, one.external, one.name, why)
    taking.keep(Kind.ORGANISATION, one.external, row.id, _SHORT + short if short else "")


def take_units(taking: Taking, records: Iterable[IncomingUnit]) -> None:
    cleaned = [replace(one, name=clean(one.name), abbreviation=clean(one.abbreviation)) for one in records]
    single = singled(taking, Kind.UNIT, [(one, one.name) for one in cleaned])
    if single:
        _Units(taking, single).take()


class _Units:
    """The tree of units as it would be, from which those that cannot stand in it are taken out one after another."""

    def __init__(self, taking: Taking, records: Iterable[IncomingUnit]) -> None:
        self.taking = taking
        self.records = {one.external: one for one in records}
        self.rows = {row.id: row for row in Unit.select()}
        self.organisations = [one for (one,) in Organisation.select(Organisation.id).tuples()]
        self.refused: dict[str, str] = {}
        self.matching = Matching(taking, Kind.UNIT, list(self.records), self.rows)
        self.office = {external: self._organisation(one) for external, one in self.records.items()}
        by_name = _grouped({row.id: (row.organisation_id, fold(row.name)) for row in self.rows.values()})
        self.matching.by_key({external: self._key(one) for external, one in self.records.items()}, by_name)
        self.nodes = {external: _node(external, self.matching.found[external]) for external in self.records}

    def take(self) -> None:
        for external, one in self.records.items():
            why = self._refused(one)
            if why:
                self.refused[external] = why
        while problems := self._problems():
            self.refused.update(problems)
        for external, why in self.refused.items():
            self.taking.tell(What.REFUSED, Kind.UNIT, external, self.records[external].name, why)
        self._free_names()
        # Those above come first.
        graph = {external: [up] if isinstance(up := self._parent(external), str) else [] for external in self._active()}
        for external in TopologicalSorter(graph).static_order():
            self._write(self.records[external])

    def _active(self) -> list[str]:
        return [external for external in self.records if external not in self.refused]

    def _organisation(self, one: IncomingUnit) -> int | None:
        """Of which organisation it is, or the nearest above it of which that is told; None where nothing tells."""
        passed: set[str] = set()
        above: IncomingUnit | None = one
        while above is not None and above.external not in passed:
            passed.add(above.external)
            if above.organisation:
                return self.taking.refer(Kind.ORGANISATION, above.organisation)
            known = self.matching.found.get(above.external)
            if known is None and above.parent and above.parent not in self.records:
                known = self.taking.refer(Kind.UNIT, above.parent)
            if known in self.rows:
                return int(self.rows[known].organisation_id)
            above = self.records.get(above.parent or "")
        return self.organisations[0] if len(self.organisations) == 1 else None

    def _key(self, one: IncomingUnit) -> tuple[int | None, str]:
        return self.office[one.external], fold(one.name)

    def _refused(self, one: IncomingUnit) -> str:
        if not one.name:
            return _("It has no name.")
        if too_long(one.name, one.abbreviation):
            return _("Its name is longer than any name is.")
        if self.office[one.external] is None:
            if one.organisation:
                return _("Its organisation is not there.")
            if not self.organisations:
                return _("There is no organisation yet. Add yours among the organisations first.")
            return _("There are several organisations, and it is not told to which it belongs.")
        if self.matching.found[one.external] == UNCLEAR:
            return _("There is another unit of this name. Give one of them another name.")
        return ""

    def _parent(self, external: str) -> Node | None:
        """What it stands below when all is done; itself an external name while that has no row."""
        parent = self.records[external].parent
        if parent is None:
            found = self.matching.found[external]
            return self.rows[found].parent_id if found is not None and found in self.rows else None
        if not parent:
            return None
        resolved = self.taking.refer(Kind.UNIT, parent)
        if resolved is not None:
            return resolved
        return self.nodes.get(parent, parent)

    def _problems(self) -> dict[str, str]:
        """Why those that are in question cannot stand together with all others."""
        active = self._active()
        parents = {external: self._parent(external) for external in active}
        missing = self._missing(parents)
        if missing:
            return dict.fromkeys(missing, _("The unit above it is not there, or was refused."))
        above: dict[Node, Node | None] = {row.id: row.parent_id for row in self.rows.values()}
        wanted = {self.nodes[external]: parents[external] for external in active}
        circles = circling(above, wanted)
        names: dict[Node, Hashable] = {row.id: (row.organisation_id, fold(row.name)) for row in self.rows.values()}
        clashes = clashing(names, {self.nodes[external]: self._key(self.records[external]) for external in active})
        abroad = self._abroad({**above, **wanted}, active)
        sentences: Mapping[str, Callable[[Node], bool]] = {
            _("It would stand above itself. Correct the units above."): circles.__contains__,
            _("There is another unit of this name. Give one of them another name."): clashes.__contains__,
            _("The unit above it belongs to another organisation."): abroad.__contains__,
        }
        return {
            external: why
            for external in active
            for why, concerned in sentences.items()
            if concerned(self.nodes[external])
        }

    def _missing(self, parents: Mapping[str, Node | None]) -> set[str]:
        """Those above which there will be nothing, and all below them."""
        below: dict[str, list[str]] = {}
        for external, parent in parents.items():
            if isinstance(parent, str):
                below.setdefault(parent, []).append(external)
        fallen = [external for parent in below.keys() - parents.keys() for external in below[parent]]
        found = set(fallen)
        while fallen:
            fallen = [one for one in below.get(fallen.pop(), ()) if one not in found] + fallen
            found.update(fallen)
        return found

    def _abroad(self, above: Mapping[Node, Node | None], active: Iterable[str]) -> set[Node]:
        """Those between which and the unit above or below an organisation ends."""
        office: dict[Node, int | None] = {row.id: row.organisation_id for row in self.rows.values()}
        wanted = {self.nodes[external]: self.office[external] for external in active}
        office.update(wanted)
        apart = [(one, up) for one, up in above.items() if up is not None and office.get(up) != office[one]]
        return {one if one in wanted else up for one, up in apart}

    def _free_names(self) -> None:
        """Names that are exchanged pass through a name of nobody's: the database lets no two bear one for a moment."""
        active = [self.records[external] for external in self._active()]
        held = {(row.organisation_id, row.name): row.id for row in self.rows.values()}
        for one in active:
            holder = held.get((self.office[one.external] or 0, one.name))
            if holder is not None and holder != self.nodes[one.external]:
                Unit.update(name=f"… {holder}").where(Unit.id == holder).execute()

    def _write(self, one: IncomingUnit) -> None:
        parent = self._parent(one.external)
        values: dict[str, object] = {"organisation": self.office[one.external], "name": one.name, "parent": parent}
        if one.abbreviation:
            values["abbreviation"] = one.abbreviation
        found = self.matching.found[one.external]
        if found is None:
            row = Unit.create(**values)
            self.rows[row.id] = row
            self.taking.journal("unit_added", row, values)
            self.taking.tell(What.MADE, Kind.UNIT, one.external, one.name)
        else:
            row = self.rows[found]
            words = {"organisation": self._organisation_word, "name": word, "parent": self._unit_word, "abbreviation": word}
            why = self.taking.change("unit_changed", row, values, words)
            self.taking.tell(What.CHANGED if why else What.SAME, Kind.UNIT, one.external, one.name, why)
        self.taking.keep(Kind.UNIT, one.external, row.id)

    def _unit_word(self, unit_id: object) -> str:
        row = self.rows.get(unit_id) if isinstance(unit_id, int) else None
        return word(row.name if row is not None else "")

    def _organisation_word(self, organisation_id: object) -> str:
        return word(Organisation.get_by_id(organisation_id).name)


def _node(external: str, found: int | None) -> Node:
    return external if found is None or found == UNCLEAR else found


def _grouped(keys: Mapping[int, Hashable]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for one, key in keys.items():
        found.setdefault(key, []).append(one)
    return found
