"""The words of the made-up office, kept as TOML and given out for one day.

Светлореченский муниципальный округ, its people, schools, roadmaps and documents are invented. The files hold
moments and placeholders instead of dates (see :mod:`.dates`); :func:`load_office` computes them.
"""

from roadmapdocs.demo.content.loader import load_office
from roadmapdocs.demo.content.schema import (
    PREPARATION_LABELS,
    Act,
    Case,
    Document,
    Employee,
    Item,
    Journal,
    Link,
    Office,
    Organisation,
    Post,
    Proof,
    Roadmap,
    Section,
    Unit,
    User,
    Waiver,
)

__all__ = [
    "PREPARATION_LABELS",
    "Act",
    "Case",
    "Document",
    "Employee",
    "Item",
    "Journal",
    "Link",
    "Office",
    "Organisation",
    "Post",
    "Proof",
    "Roadmap",
    "Section",
    "Unit",
    "User",
    "Waiver",
    "load_office",
]
