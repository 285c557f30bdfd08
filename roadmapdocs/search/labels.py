"""What readers see of facets: words for the marks that an engine has counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from roadmapdocs.documents.models import Kind
from roadmapdocs.documents.rules import Force, Preparation
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import pgettext
from roadmapdocs.people.models import Employee, Unit
from roadmapdocs.people.rules import initials_after
from roadmapdocs.prepared import Prepared
from roadmapdocs.roadmap.models import Edition, Roadmap, Section
from roadmapdocs.search import tags
from roadmapdocs.search.answers import FacetValue
from roadmapdocs.search.kind_words import OTHERS, kind_label, type_word
from roadmapdocs.search.some_rows import among, rows_among

_TITLE_WIDTH: Final = 48
_KINDS = Prepared(lambda: Kind.select(Kind.code, Kind.short, Kind.expected).order_by(Kind.position))
_UNITS = Prepared(lambda: Unit.select(Unit.id, Unit.name, Unit.abbreviation).where(among(Unit.id)))
_PEOPLE = Prepared(
    lambda: Employee.select(Employee.id, Employee.surname, Employee.name, Employee.patronymic).where(among(Employee.id))
)
_SECTIONS = Prepared(
    lambda: (
        Section.select(Section.id, Section.number, Roadmap.title).join(Edition).join(Roadmap).where(among(Section.id))
    )
)


def facet_values(
    counted: Mapping[str, Mapping[str, int]], narrowed: Mapping[str, Collection[str]]
) -> dict[str, tuple[FacetValue, ...]]:
    """Values of each facet in words: those counted, and those chosen, whether or not any record is left with them.

    A mark whose row has gone meanwhile is left out.
    """
    return {
        facet: _values(facet, counted.get(facet, {}), narrowed.get(facet, ()))
        for facet in tags.FACETS
        if facet in counted or narrowed.get(facet)
    }


def _values(facet: str, counted: Mapping[str, int], chosen: Collection[str]) -> tuple[FacetValue, ...]:
    counts = dict.fromkeys(chosen, 0) | {tags.value_of(tag): count for tag, count in counted.items()}
    labels = _labels(facet, counts)
    values = [
        FacetValue(value, labels[value], count, value in chosen) for value, count in counts.items() if value in labels
    ]
    order = list(labels)
    if facet in _ORDERED:
        return tuple(sorted(values, key=lambda one: order.index(one.value)))
    if facet == tags.YEAR:
        return tuple(sorted(values, key=lambda one: one.value, reverse=True))
    return tuple(sorted(values, key=lambda one: (-one.count, one.label)))


#: Their values have an order of their own; others come by how many there are.
_ORDERED: Final = (tags.KIND, tags.STATE, tags.FORCE)


def _labels(facet: str, values: Collection[str]) -> dict[str, str]:
    """Value → words, in the order of the facet where it has one."""
    if not values:
        return {}
    if facet == tags.KIND:
        return _kinds(values)
    if facet == tags.UNIT:
        units = rows_among(_UNITS, _ids(values))
        return {str(number): str(Unit(name=name, abbreviation=abbreviation)) for number, name, abbreviation in units}
    if facet == tags.SIGNER:
        known = {str(number): initials_after(*name) for number, *name in rows_among(_PEOPLE, _ids(values))}
        return known | {value: _name(value) for value in values if not value.isdecimal()}
    if facet == tags.SECTION:
        return _sections(values)
    if facet == tags.STATE:
        return {state: state_word(state) for state in Preparation}
    if facet == tags.FORCE:
        return {state: force_word(state) for state in Force}
    return {value: value for value in values}


def _kinds(values: Collection[str]) -> dict[str, str]:
    kinds = [Kind(code=code, short=short, expected=expected) for code, short, expected in _KINDS.rows()]
    labels = {kind.code: kind_label(kind) for kind in kinds if kind.code in values}
    return labels | {one: type_word(one) for one in OTHERS}


def _name(folded: str) -> str:
    """A signer who is nobody of ours is kept in small letters: «лысенко с. с.»."""
    return " ".join(part[:1].upper() + part[1:] for part in folded.split())


def _sections(values: Collection[str]) -> dict[str, str]:
    return {
        str(section): _("section %(number)s · %(roadmap)s", roadmap=_short(title), number=number.rstrip("."))
        for section, number, title in rows_among(_SECTIONS, _ids(values))
    }


def _ids(values: Collection[str]) -> list[int]:
    """Ids among values that came from an address."""
    return [int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 10]


def _short(title: str) -> str:
    """Cut between words, with the quotes closed that were opened."""
    if len(title) <= _TITLE_WIDTH:
        return title
    kept = title[:_TITLE_WIDTH].rsplit(" ", 1)[0].rstrip(" ,;:.-–—«„“") + "…"
    closing = "»" * (kept.count("«") - kept.count("»"))
    return kept + (closing or '"' * (kept.count('"') % 2))


def state_word(state: str) -> str:
    words = {
        Preparation.DRAFT: _("draft"),
        Preparation.IN_APPROVAL: _("in approval"),
        Preparation.REWORK: pgettext("state", "being reworked"),
        Preparation.AGREED: pgettext("state", "agreed"),
        Preparation.IN_SIGNING: _("in signing"),
        Preparation.SIGNED: _("signed"),
        Preparation.WITHDRAWN: _("withdrawn"),
    }
    return words[Preparation(state)]


def force_word(state: str) -> str:
    words = {
        Force.NOT_IN_FORCE: pgettext("state", "not in force"),
        Force.IN_FORCE: pgettext("state", "in force"),
        Force.AMENDED: pgettext("state", "in force as amended"),
        Force.SUSPENDED: pgettext("state", "suspended"),
        Force.ENDED: pgettext("state", "without force"),
    }
    return words[Force(state)]
