"""The suite, put together."""

from __future__ import annotations

from tests.search.engines.crowd import Crowd
from tests.search.engines.hostile import Hostile
from tests.search.engines.law import Law
from tests.search.engines.matching import Matching
from tests.search.engines.ordering import Ordering
from tests.search.engines.writing import Writing


class EngineContract(Matching, Ordering, Writing, Hostile, Law, Crowd):
    """What every engine does. A module that inherits it gives the fixture ``place``."""
