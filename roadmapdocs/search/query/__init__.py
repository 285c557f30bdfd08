"""What people type, read into words and conditions; and into a plan for engines."""

from roadmapdocs.search.query.lexicon import KindWords, Lexicon, Named
from roadmapdocs.search.query.lifting import own_numbers
from roadmapdocs.search.query.planning import plan
from roadmapdocs.search.query.reading import read
from roadmapdocs.search.query.tree import Typed, Understood

__all__ = ["KindWords", "Lexicon", "Named", "Typed", "Understood", "own_numbers", "plan", "read"]
