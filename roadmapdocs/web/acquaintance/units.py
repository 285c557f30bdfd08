"""Units as lists offer them."""

from __future__ import annotations

from roadmapdocs.people.models import Unit

#: More units than a district has.
MOST_UNITS = 500


def offered_units() -> list[tuple[int, str]]:
    """(id, name) of units by name, as a list to choose from."""
    rows = Unit.select(Unit.id, Unit.name).order_by(Unit.name, Unit.id).limit(MOST_UNITS)
    return [(unit, str(name)) for unit, name in rows.tuples()]
