"""Drafts that begin with something: an item of a roadmap, a decision, an order, a document of last year.

Each makes the card, the content and the links in one transaction; from one source a second draft is made only when
asked for again.
"""

from roadmapdocs.drafting.sources.appendix import draft_appendix
from roadmapdocs.drafting.sources.item import draft_from_item
from roadmapdocs.drafting.sources.kinds import kinds_for
from roadmapdocs.drafting.sources.like import draft_like
from roadmapdocs.drafting.sources.making import Drafted, LookAt
from roadmapdocs.drafting.sources.protocol import draft_extract, draft_from_decision

__all__ = [
    "Drafted",
    "LookAt",
    "draft_appendix",
    "draft_extract",
    "draft_from_decision",
    "draft_from_item",
    "draft_like",
    "kinds_for",
]
