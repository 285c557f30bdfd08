"""Which nomenclature a page of cases shows: a year of an organisation, as its address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import url_for

from roadmapdocs.cases.models import CaseYear
from roadmapdocs.cases.operations import same_organisation
from roadmapdocs.cases.rules import FIRST_YEAR, LAST_YEAR
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Organisation, Unit
from roadmapdocs.people.rules import Actor

#: An address says "0" for the cases of no organisation.
NO_ORGANISATION = "0"


@dataclass(frozen=True, slots=True)
class Scope:
    """``organisations`` are those that have or may have cases, the person's own first, with their names."""

    year: int
    organisation_id: int | None
    organisations: tuple[tuple[int | None, str], ...]

    @classmethod
    def read(cls, arguments: Mapping[str, str], *, actor: Actor, this_year: int) -> Scope:
        """Read an address or a form; what makes no sense in it is passed over."""
        known = _organisations(actor)
        asked = arguments.get("organisation", "")
        chosen = next((id_ for id_, _name in known if said(id_) == asked), known[0][0])
        return cls(read_year(arguments.get("year", "")) or this_year, chosen, known)

    def url(self, page: str = "index", year: int | None = None, **more: str) -> str:
        """Address of a page of cases in this scope, or in that of another year."""
        query = urlencode({**self.fields(year), **more})
        return f"{url_for(f'roadmapdocs_cases.{page}')}?{query}"

    def fields(self, year: int | None = None) -> dict[str, str]:
        """What an address or a form says of the scope; the organisation where there is a choice."""
        fields = {"year": str(year or self.year)}
        return fields | {"organisation": said(self.organisation_id)} if len(self.organisations) > 1 else fields

    def of(self, year: int, organisation_id: int | None) -> Scope:
        return replace(self, year=year, organisation_id=organisation_id)

    @property
    def organisation(self) -> str:
        """Its name; nothing where there is only one."""
        names = dict(self.organisations)
        return names.get(self.organisation_id, "") if len(names) > 1 else ""

    def selects(self, years: list[int]) -> dict[str, object]:
        """What the macro ``selects()`` asks for: the year, and the organisation where there is a choice."""
        options = [(str(year), str(year), year == self.year) for year in years]
        fields = [{"name": "year", "label": _("Year"), "options": options}]
        if len(self.organisations) > 1:
            choices = [(said(id_), name, id_ == self.organisation_id) for id_, name in self.organisations]
            fields.append({"name": "organisation", "label": _("Organisation"), "options": choices})
        return {"action": url_for("roadmapdocs_cases.index"), "hidden": [], "fields": fields}

    def years(self, this_year: int) -> list[int]:
        """Years that have a nomenclature, and those around now, the newest first."""
        known = CaseYear.select(CaseYear.year).where(same_organisation(CaseYear, self.organisation_id)).tuples()
        return sorted({year for (year,) in known} | {this_year, this_year + 1, self.year}, reverse=True)


def read_year(text: str) -> int | None:
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def said(organisation_id: int | None) -> str:
    """The organisation as addresses and forms say it."""
    return NO_ORGANISATION if organisation_id is None else str(organisation_id)


def _organisations(actor: Actor) -> tuple[tuple[int | None, str], ...]:
    """The person's own first, then those with cases, then the others."""
    names: dict[int | None, str] = {
        row.id: row.short_name for row in Organisation.select().order_by(Organisation.short_name, Organisation.id)
    }
    with_cases = {id_ for (id_,) in CaseYear.select(CaseYear.organisation).distinct().tuples()}
    if None in with_cases or not names:
        names[None] = _("The whole office")
    units = Unit.select(Unit.organisation).where(Unit.id.in_(sorted(actor.unit_ids))).tuples()
    own = {id_ for (id_,) in units}
    if actor.organisations:
        names = {id_: name for id_, name in names.items() if actor.counts_in(id_)}
    order = sorted(names, key=lambda id_: (id_ not in with_cases, id_ not in own))
    return tuple((id_, names[id_]) for id_ in order)
